//! What areas, groups and categories have in common on their pages: a name that can be changed, and whether they are in use.

use web::{FormBody, IfMatch};

/// The part of a page that renames and closes.
pub struct Naming {
    /// The page.
    pub own: String,
    /// Which words are said.
    pub of: Kind,
    /// Name, as typed where it was refused.
    pub name: String,
    /// Service, where there is one.
    pub service: Option<String>,
    /// The version that was read.
    pub version: i64,
    /// True while it is in use.
    pub active: bool,
}

/// What is named.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A service area.
    Area,
    /// A group.
    Group,
    /// A category.
    Category,
}

impl Naming {
    /// The key of the words on the button that closes it.
    pub fn act(&self) -> &'static str {
        match self.of {
            Kind::Area => "admin-close-area",
            Kind::Group => "admin-close-group",
            Kind::Category => "admin-close-category",
        }
    }

    /// The key of what closing means.
    pub fn help(&self) -> &'static str {
        match self.of {
            Kind::Area => "admin-close-area-help",
            Kind::Group => "admin-close-group-help",
            Kind::Category => "admin-close-category-help",
        }
    }

    /// The same with what was typed.
    #[must_use]
    pub fn typed(mut self, form: Option<&FormBody>) -> Self {
        let Some(form) = form else { return self };
        if let Some(name) = form.get("name") {
            self.name = name.to_owned();
        }
        if let (Some(service), Some(typed)) = (&mut self.service, form.get("service")) {
            *service = typed.to_owned();
        }
        self
    }
}

/// The version that a form was made from.
pub fn version_of(form: &FormBody) -> IfMatch {
    form.text("version").parse().map(IfMatch::only).unwrap_or_default()
}

/// Whether it is to be in use, as its button says.
pub fn wanted(form: &FormBody) -> Option<bool> {
    match form.text("active") {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

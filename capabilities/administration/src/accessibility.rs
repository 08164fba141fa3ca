//! The page where the accessibility declaration and the address for barriers are set.

use crate::commands::alter_accessibility;
use crate::naming::version_of;
use crate::staff::{Staff, allow_configure};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use configuration::Accessibility;
use people::{Act, form_errors};
use ui::{Choice, Errors, Frame};
use web::{App, FormBody, PageError, html, see_other, to_mend};

/// The address of the page.
const HERE: &str = "/administration/accessibility";

#[derive(Template)]
#[template(path = "administration/accessibility.html")]
struct Page {
    frame: Frame,
    sections: Vec<Choice>,
    typed: Accessibility,
    /// The version that was read.
    version: String,
    may_set: bool,
    errors: Errors,
}

fn page(app: &App, staff: Staff, typed: Accessibility, version: String, errors: Errors) -> Page {
    let title = staff.frame.t("ui-accessibility");
    Page {
        sections: staff.sections(app, HERE),
        may_set: allow_configure(&staff.actor, None).is_ok(),
        typed,
        version,
        errors,
        frame: staff.frame.titled(title),
    }
}

pub(super) async fn show(State(app): State<App>, staff: Staff) -> Result<Response, PageError> {
    staff.actor.allow_any(Act::Configure)?;
    let all = app.store.all::<Accessibility>().await?;
    let now = all.first();
    let version = now.map_or(0, |now| now.version).to_string();
    let state = now.map(|now| now.state.clone()).unwrap_or_default();
    Ok(html(&page(&app, staff, state, version, Errors::default())))
}

pub(super) async fn save(State(app): State<App>, staff: Staff, form: FormBody) -> Result<Response, PageError> {
    let typed = Accessibility {
        declaration: form.text("declaration").to_owned(),
        contact: form.text("contact").to_owned(),
    };
    match alter_accessibility(&app.store, &staff.actor, typed.clone(), version_of(&form)).await {
        Ok(_) => Ok(see_other(HERE)),
        Err(error) => {
            let errors = form_errors(error, staff.frame.language)?;
            let version = form.text("version").to_owned();
            Ok(to_mend(&page(&app, staff, typed, version, errors)))
        }
    }
}

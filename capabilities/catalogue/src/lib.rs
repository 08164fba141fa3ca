//! Services and categories: what requests are about.

use configuration::AreaId;
use kernel::{Author, Checks, Instant, Limit, Outcome, Uuid, identity};
use serde::{Deserialize, Serialize};
use store::{Aggregate, Loaded, Recorded, Tx};

identity!(
    /// A category of tickets.
    CategoryId
);

/// A category, under a service (or another category) of an area.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Category {
    /// Name as people read it.
    pub name: String,
    /// The service it belongs to, as people read it; empty where none.
    pub service: String,
    /// The area, or none for a category of all.
    pub area: Option<Uuid>,
    /// True once it is offered no more; what was classified with it keeps its name.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub closed: bool,
}

/// What can happen to a category.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum CategoryEvent {
    /// It was added.
    CategoryAdded {
        /// Name.
        name: String,
        /// Service.
        service: String,
        /// Area.
        area: Option<Uuid>,
    },
    /// It is called otherwise from now on.
    CategoryRenamed {
        /// Name.
        name: String,
        /// Service.
        service: String,
    },
    /// It is offered no more.
    CategoryClosed,
    /// It is offered again.
    CategoryReopened,
}

impl Aggregate for Category {
    const KIND: &'static str = "category";
    const LISTED: bool = true;
    type Event = CategoryEvent;

    fn name(event: &CategoryEvent) -> &'static str {
        match event {
            CategoryEvent::CategoryAdded { .. } => "category.added",
            CategoryEvent::CategoryRenamed { .. } => "category.renamed",
            CategoryEvent::CategoryClosed => "category.closed",
            CategoryEvent::CategoryReopened => "category.reopened",
        }
    }

    fn apply(&mut self, event: &CategoryEvent, _at: Instant, _author: &Author) {
        match event {
            CategoryEvent::CategoryAdded { name, service, area } => {
                *self = Self {
                    name: name.clone(),
                    service: service.clone(),
                    area: *area,
                    closed: false,
                };
            }
            CategoryEvent::CategoryRenamed { name, service } => {
                self.name.clone_from(name);
                self.service.clone_from(service);
            }
            CategoryEvent::CategoryClosed => self.closed = true,
            CategoryEvent::CategoryReopened => self.closed = false,
        }
    }
}

impl Category {
    /// A category as somebody names it: by identity, name, or service and name; one that is offered before one that is not.
    pub fn named<'a>(all: &'a [Loaded<Category>], name: &str) -> Option<&'a Loaded<Category>> {
        let is_meant = |category: &&Loaded<Category>| {
            category.id.to_string() == name
                || category.state.name.eq_ignore_ascii_case(name)
                || category.state.full_name().eq_ignore_ascii_case(name)
        };
        let mut meant = all.iter().filter(is_meant);
        meant
            .clone()
            .find(|category| !category.state.closed)
            .or_else(|| meant.next())
    }

    /// Service and category as one line: `Stampa › coda di stampa`.
    pub fn full_name(&self) -> String {
        if self.service.is_empty() {
            self.name.clone()
        } else {
            format!("{} › {}", self.service, self.name)
        }
    }
}

/// Adds a category to an area.
///
/// # Errors
/// A refusal when the name is missing or too long.
pub async fn add_category(
    tx: &Tx,
    author: &Author,
    area: Option<AreaId>,
    service: &str,
    name: &str,
) -> Outcome<CategoryId> {
    let mut checks = Checks::new();
    let service = checks
        .optional("service", Some(service), Limit::line(120))
        .unwrap_or_default();
    let name = checks.required("name", Some(name), Limit::line(120));
    checks.done()?;
    let id = CategoryId::fresh();
    let mut category = tx.fresh::<Category>(id.0);
    let event = CategoryEvent::CategoryAdded {
        name,
        service,
        area: area.map(|area| area.0),
    };
    tx.save(
        &mut category,
        author,
        vec![Recorded {
            event,
            occurred_at: tx.now(),
        }],
        &[],
    )
    .await?;
    Ok(id)
}

/// What is to be otherwise about a category; what is left out stays.
#[derive(Clone, Debug, Default)]
pub struct CategoryChange {
    /// Name.
    pub name: Option<String>,
    /// Service.
    pub service: Option<String>,
    /// Whether it is offered.
    pub active: Option<bool>,
}

/// Renames a category, closes it or opens it again.
///
/// # Errors
/// A refusal when the name is missing or too long.
pub async fn change_category(
    tx: &Tx,
    author: &Author,
    category: &mut Loaded<Category>,
    change: CategoryChange,
) -> Outcome<()> {
    let before = &category.state;
    let mut checks = Checks::new();
    let name = change.name.as_deref().unwrap_or(&before.name);
    let name = checks.required("name", Some(name), Limit::line(120));
    let service = change.service.as_deref().unwrap_or(&before.service);
    let service = checks
        .optional("service", Some(service), Limit::line(120))
        .unwrap_or_default();
    checks.done()?;
    let mut events = Vec::new();
    if name != before.name || service != before.service {
        events.push(CategoryEvent::CategoryRenamed { name, service });
    }
    match change.active {
        Some(true) if before.closed => events.push(CategoryEvent::CategoryReopened),
        Some(false) if !before.closed => events.push(CategoryEvent::CategoryClosed),
        _ => {}
    }
    if events.is_empty() {
        return Ok(());
    }
    let now = |event| Recorded {
        event,
        occurred_at: tx.now(),
    };
    tx.save(category, author, events.into_iter().map(now).collect(), &[])
        .await
        .map(drop)
}

/// What this capability hands over.
pub fn capability() -> host::Capability {
    host::Capability {
        name: "catalogue",
        records: vec![store::record_kind::<Category>()],
        ..host::Capability::default()
    }
}

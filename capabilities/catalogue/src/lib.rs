//! Services and categories: what requests are about; and offerings: what requesters may ask for.

mod offering;

pub use offering::{Offer, Offering, OfferingEvent, OfferingIcon, add_offering, change_offering, offered};

use configuration::{AreaId, NAME, Standing, record, refuse_taken, same_menus, same_name};
use kernel::{Author, Checks, Instant, NIL, Outcome, Uuid, identity};
use serde::{Deserialize, Serialize};
use store::{Aggregate, Loaded, Tx};

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
                || same_name(&category.state.name, name)
                || same_name(&category.state.full_name(), name)
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
/// A refusal when the name is missing, too long or taken.
pub async fn add_category(
    tx: &Tx,
    author: &Author,
    area: Option<AreaId>,
    service: &str,
    name: &str,
) -> Outcome<CategoryId> {
    let (service, name) = checked(service, name)?;
    let added = Category {
        name,
        service,
        area: area.map(|area| area.0),
        closed: false,
    };
    refuse_namesake(tx, NIL, &added).await?;
    let id = CategoryId::fresh();
    let mut category = tx.fresh::<Category>(id.0);
    let Category {
        name, service, area, ..
    } = added;
    let event = CategoryEvent::CategoryAdded { name, service, area };
    record(tx, author, &mut category, vec![event]).await?;
    Ok(id)
}

/// Service and name, trimmed; both are named when both are wrong.
fn checked(service: &str, name: &str) -> Outcome<(String, String)> {
    let mut checks = Checks::new();
    let name = checks.required("name", Some(name), NAME);
    let service = checks.optional("service", Some(service), NAME);
    checks.done()?;
    Ok((service.unwrap_or_default(), name))
}

/// Two categories in the same menus read differently there, closed ones included: what was classified keeps its name.
async fn refuse_namesake(tx: &Tx, but: Uuid, category: &Category) -> Outcome<()> {
    let is_same = |other: &Category| {
        same_menus(other.area, category.area) && same_name(&other.full_name(), &category.full_name())
    };
    refuse_taken(tx, but, "name", is_same).await
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
/// A refusal when the name is missing, too long or taken.
pub async fn change_category(
    tx: &Tx,
    author: &Author,
    category: &mut Loaded<Category>,
    change: CategoryChange,
) -> Outcome<()> {
    let before = &category.state;
    let (service, name) = checked(
        change.service.as_deref().unwrap_or(&before.service),
        change.name.as_deref().unwrap_or(&before.name),
    )?;
    let renamed = Category {
        name,
        service,
        ..before.clone()
    };
    let mut events = Vec::new();
    if renamed.name != before.name || renamed.service != before.service {
        refuse_namesake(tx, category.id, &renamed).await?;
        let Category { name, service, .. } = renamed;
        events.push(CategoryEvent::CategoryRenamed { name, service });
    }
    events.extend(
        Standing::changed(!category.state.closed, change.active).map(|standing| match standing {
            Standing::Closed => CategoryEvent::CategoryClosed,
            Standing::Reopened => CategoryEvent::CategoryReopened,
        }),
    );
    record(tx, author, category, events).await
}

/// What this capability hands over.
pub fn capability() -> host::Capability {
    host::Capability {
        name: "catalogue",
        records: vec![store::record_kind::<Category>(), store::record_kind::<Offering>()],
        ..host::Capability::default()
    }
}

//! Services and categories: what requests are about.

use configuration::AreaId;
use kernel::{Author, Checks, Instant, Limit, Outcome, Uuid, identity};
use serde::{Deserialize, Serialize};
use store::{Aggregate, Recorded, Tx};

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
}

impl Aggregate for Category {
    const KIND: &'static str = "category";
    const LISTED: bool = true;
    type Event = CategoryEvent;

    fn name(event: &CategoryEvent) -> &'static str {
        match event {
            CategoryEvent::CategoryAdded { .. } => "category.added",
        }
    }

    fn apply(&mut self, event: &CategoryEvent, _at: Instant, _author: &Author) {
        match event {
            CategoryEvent::CategoryAdded { name, service, area } => {
                *self = Self {
                    name: name.clone(),
                    service: service.clone(),
                    area: *area,
                };
            }
        }
    }
}

impl Category {
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

/// What this capability hands over.
pub fn capability() -> host::Capability {
    host::Capability {
        name: "catalogue",
        records: vec![store::record_kind::<Category>()],
        ..host::Capability::default()
    }
}

//! What can be set up: areas, groups, categories. Pages and resources ask for the same commands.

mod accessibility;
mod area;
mod category;
mod group;
mod offering;
mod service_level;

pub use accessibility::alter_accessibility;
pub use area::{NewArea, add_area, alter_area, set_area_parameters};
pub use category::{NewCategory, add_category, alter_category};
pub use group::{NewGroup, add_group, alter_group, alter_members};
pub use offering::{add_offering, alter_offering};
pub use service_level::{Edition, add_agreement, add_calendar, alter_agreement, alter_calendar, preview};

use kernel::{Outcome, Uuid};
use serde::{Deserialize, Serialize};
use store::{Aggregate, Loaded, Tx};

/// A record as a command left it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Kept<A> {
    /// Its identity.
    pub id: Uuid,
    /// Its version.
    pub version: i64,
    /// What it is now.
    pub state: A,
}

impl<A: Clone> Kept<A> {
    /// A record as it was read.
    pub fn of(loaded: &Loaded<A>) -> Self {
        Self {
            id: loaded.id,
            version: loaded.version,
            state: loaded.state.clone(),
        }
    }
}

/// A record that was just made.
async fn kept<A: Aggregate + Clone>(tx: &Tx, id: Uuid) -> Outcome<Kept<A>> {
    Ok(Kept::of(&tx.load::<A>(id).await?))
}

/// What a caller who meant another version is shown.
fn current(view: impl Serialize) -> serde_json::Value {
    serde_json::to_value(view).unwrap_or_default()
}

//! A rule as the API tells it.

use crate::RoutingRule;
use jiff::civil::Date;
use kernel::Uuid;
use serde::{Deserialize, Serialize};
use store::Loaded;
use utoipa::ToSchema;

/// A routing rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RuleView {
    /// Identity.
    pub id: Uuid,
    /// Its version.
    pub version: i64,
    /// The area whose new tickets it looks at.
    pub area: Uuid,
    /// The number of its newest edition, from one.
    pub edition: i64,
    /// Name.
    pub name: String,
    /// Its place among the rules of its area: the lower, the sooner.
    pub place: i64,
    /// Channels it is for; all when empty.
    pub channels: Vec<String>,
    /// Categories it is for; all when empty.
    pub categories: Vec<Uuid>,
    /// Beginnings of words of the subject, one of which must stand there.
    pub words: Vec<String>,
    /// The first day on which it holds.
    #[schema(value_type = Option<String>, format = Date)]
    pub valid_from: Option<Date>,
    /// The last one.
    #[schema(value_type = Option<String>, format = Date)]
    pub valid_until: Option<Date>,
    /// The group that takes the ticket.
    pub group: Uuid,
    /// Whether it decides about new tickets.
    pub active: bool,
}

impl RuleView {
    /// A rule as it was read.
    pub fn of(rule: &Loaded<RoutingRule>) -> Self {
        let text = rule.state.text().clone();
        Self {
            id: rule.id,
            version: rule.version,
            area: rule.state.area,
            edition: rule.state.edition(),
            name: text.name,
            place: text.place,
            channels: text.channels,
            categories: text.categories,
            words: text.words,
            valid_from: text.valid_from,
            valid_until: text.valid_until,
            group: text.group,
            active: rule.state.is_active(),
        }
    }
}

//! Conditions beyond one value for each column: several values, or none of them.

use kernel::Uuid;
use store::Card;

/// A column of the card that a condition may be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// Area.
    Area,
    /// Owner group.
    Group,
    /// Operator.
    Operator,
    /// Requester.
    Requester,
    /// Category.
    Category,
    /// State.
    State,
    /// Phase.
    Phase,
    /// Priority.
    Priority,
    /// Kind after classification.
    Kind,
    /// Channel.
    Channel,
}

/// A value to compare with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Compared {
    /// An identity.
    Id(Uuid),
    /// A code.
    Code(String),
    /// A number.
    Number(i64),
}

/// One of these values stands in the column, or (`denied`) none of them does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// The column.
    pub column: Column,
    /// The values.
    pub values: Vec<Compared>,
    /// True for none of them.
    pub denied: bool,
}

impl Column {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Column::Area => "area_id",
            Column::Group => "group_id",
            Column::Operator => "operator_id",
            Column::Requester => "requester_id",
            Column::Category => "category_id",
            Column::State => "state",
            Column::Phase => "phase",
            Column::Priority => "priority",
            Column::Kind => "ticket_kind",
            Column::Channel => "channel",
        }
    }

    fn of(self, card: &Card) -> Option<Compared> {
        let id = |id: Option<Uuid>| id.map(Compared::Id);
        let code = |code: &String| Some(Compared::Code(code.clone()));
        match self {
            Column::Area => id(Some(card.area)),
            Column::Group => id(card.group),
            Column::Operator => id(card.operator),
            Column::Requester => id(card.requester),
            Column::Category => id(card.category),
            Column::State => code(&card.state),
            Column::Phase => code(&card.phase),
            Column::Priority => Some(Compared::Number(card.priority)),
            Column::Kind => code(&card.ticket_kind),
            Column::Channel => code(&card.channel),
        }
    }
}

impl Condition {
    pub(crate) fn matches(&self, card: &Card) -> bool {
        let held = self.column.of(card).is_some_and(|value| self.values.contains(&value));
        held != self.denied
    }
}

impl From<&Compared> for store::Value {
    fn from(value: &Compared) -> Self {
        match value {
            Compared::Id(id) => (*id).into(),
            Compared::Code(code) => code.as_str().into(),
            Compared::Number(number) => (*number).into(),
        }
    }
}

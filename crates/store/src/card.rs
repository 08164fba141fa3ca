//! The card: one narrow row for each record that stands in lists.
//!
//! Lists filter, sort and count on cards alone. A card is a fold of the record's events, written with them in the same
//! transaction; `rebuild` makes it again from the journal and must find it unchanged.

use crate::{EventView, Hand, Row, Sql, Tx, Value, hand};
use kernel::{Instant, Outcome, Uuid};
use std::fmt::Write as _;

/// A fold by which another practice writes its badge on a card.
pub type CardFold = fn(&mut Card, &EventView<'_>);

/// What a list shows and filters by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// The record.
    pub id: Uuid,
    /// Rises with recording: "newest first" is this, backwards.
    pub ordinal: i64,
    /// `ticket`, later `problem`, `change`.
    pub kind: String,
    /// The number people say: `SR-2026-000123`.
    pub number: String,
    /// Service area.
    pub area: Uuid,
    /// Owner group.
    pub group: Option<Uuid>,
    /// Who works on it.
    pub operator: Option<Uuid>,
    /// Who asked.
    pub requester: Option<Uuid>,
    /// One of the six phases people see.
    pub phase: String,
    /// State as the process knows it.
    pub state: String,
    /// False once it is closed, cancelled or merged.
    pub open: bool,
    /// 1 (critical) to 5 (planned).
    pub priority: i64,
    /// Kind after classification: `incident`, `information`…
    pub ticket_kind: String,
    /// Category, when classified.
    pub category: Option<Uuid>,
    /// Channel of arrival.
    pub channel: String,
    /// One line of what it is about.
    pub subject: String,
    /// When it was opened.
    pub opened_at: Instant,
    /// When something last happened.
    pub updated_at: Instant,
    /// The next due instant, [`Instant::NEVER`] when none.
    pub due_at: Instant,
    /// The next instant at which something is to be told of it by itself, [`Instant::NEVER`] when none.
    pub alarm_at: Instant,
    /// Small marks of practices, a JSON object.
    pub badges: String,
    /// Other groups that have to do with it; empty for most.
    pub hands: Vec<Hand>,
}

impl Card {
    /// A card with nothing on it yet.
    pub fn new(id: Uuid, ordinal: i64, kind: &str) -> Self {
        Self {
            id,
            ordinal,
            kind: kind.to_owned(),
            number: String::new(),
            area: kernel::NIL,
            group: None,
            operator: None,
            requester: None,
            phase: "new".to_owned(),
            state: "new".to_owned(),
            open: true,
            priority: 4,
            ticket_kind: "unknown".to_owned(),
            category: None,
            channel: String::new(),
            subject: String::new(),
            opened_at: Instant::default(),
            updated_at: Instant::default(),
            due_at: Instant::NEVER,
            alarm_at: Instant::NEVER,
            badges: "{}".to_owned(),
            hands: Vec::new(),
        }
    }

    /// Reads a card whose columns (see [`Card::columns`]) begin at `first`.
    pub fn from_row(row: &Row, first: usize) -> Outcome<Self> {
        Ok(Self {
            id: row.get(first)?,
            ordinal: row.get(first + 1)?,
            kind: row.get(first + 2)?,
            number: row.get(first + 3)?,
            area: row.get(first + 4)?,
            group: row.get(first + 5)?,
            operator: row.get(first + 6)?,
            requester: row.get(first + 7)?,
            phase: row.get(first + 8)?,
            state: row.get(first + 9)?,
            open: row.get::<i64>(first + 10)? == 1,
            priority: row.get(first + 11)?,
            ticket_kind: row.get(first + 12)?,
            category: row.get(first + 13)?,
            channel: row.get(first + 14)?,
            subject: row.get(first + 15)?,
            opened_at: row.instant(first + 16)?,
            updated_at: row.instant(first + 17)?,
            due_at: row.instant(first + 18)?,
            badges: row.get(first + 19)?,
            hands: hands_of(row.get(first + 20)?)?,
            alarm_at: row.instant(first + 21)?,
        })
    }

    /// The columns of a card under a table's alias, as [`Card::from_row`] reads them.
    pub fn columns(alias: &str) -> String {
        columns(alias)
    }

    /// The columns of a card as one of its other hands sees it: group and operator are that hand's.
    pub fn columns_in_hand(card: &str, hand: &str) -> String {
        named(|name| {
            if matches!(name, "group_id" | "operator_id") {
                hand
            } else {
                card
            }
        })
    }
}

/// Most cards have no other hands: then nothing is parsed.
fn hands_of(text: String) -> Outcome<Vec<Hand>> {
    if text == "[]" {
        return Ok(Vec::new());
    }
    Ok(serde_json::from_str(&text)?)
}

fn hands_text(hands: &[Hand]) -> String {
    serde_json::to_string(hands).unwrap_or_else(|_| "[]".to_owned())
}

const NAMES: [&str; 22] = [
    "id",
    "ordinal",
    "kind",
    "number",
    "area_id",
    "group_id",
    "operator_id",
    "requester_id",
    "phase",
    "state",
    "is_open",
    "priority",
    "ticket_kind",
    "category_id",
    "channel",
    "subject",
    "opened_at",
    "updated_at",
    "due_at",
    "badges",
    "hands",
    "alarm_at",
];

pub(crate) fn columns(alias: &str) -> String {
    named(|_| alias)
}

/// The columns, each under the alias of the table that has it.
fn named<'a>(alias_of: impl Fn(&str) -> &'a str) -> String {
    let mut text = String::new();
    for name in NAMES {
        let comma = if text.is_empty() { "" } else { ", " };
        let _ = write!(text, "{comma}{}.{name}", alias_of(name));
    }
    text
}

fn values(card: &Card) -> Vec<Value> {
    vec![
        card.id.into(),
        card.ordinal.into(),
        card.kind.as_str().into(),
        card.number.as_str().into(),
        card.area.into(),
        card.group.into(),
        card.operator.into(),
        card.requester.into(),
        card.phase.as_str().into(),
        card.state.as_str().into(),
        i64::from(card.open).into(),
        card.priority.into(),
        card.ticket_kind.as_str().into(),
        card.category.into(),
        card.channel.as_str().into(),
        card.subject.as_str().into(),
        card.opened_at.as_millis().into(),
        card.updated_at.as_millis().into(),
        card.due_at.as_millis().into(),
        card.badges.as_str().into(),
        hands_text(&card.hands).into(),
        card.alarm_at.as_millis().into(),
    ]
}

/// The beginning of an INSERT of cards.
fn insert_text() -> String {
    format!("INSERT INTO card ({}) VALUES ", NAMES.join(", "))
}

impl Tx {
    /// Writes new cards as they are given, without a record behind them: for lists that are tried, and bulk loads.
    pub async fn insert_cards(&self, cards: &[Card]) -> Outcome<()> {
        self.insert_rows(&insert_text(), cards.iter().map(values).collect())
            .await?;
        let hands = cards.iter().flat_map(hand::hand_rows);
        let hands = hands.map(|row| hand::values(&row)).collect();
        self.insert_rows(hand::INSERT_HAND, hands).await
    }
}

/// Writes a new card, and the rows of its hands.
pub(crate) async fn insert(tx: &Tx, card: &Card) -> Outcome<()> {
    insert_row(tx, card).await?;
    hand::write(tx, card.ordinal, &[], &hand::hand_rows(card)).await
}

/// Writes a new card alone.
pub(crate) async fn insert_row(tx: &Tx, card: &Card) -> Outcome<()> {
    let mut sql = insert_text();
    crate::journal::push_row(&mut sql, 0, NAMES.len());
    tx.later("card", card.ordinal, sql, values(card)).await
}

/// Writes what changed of a card and of its hands.
pub(crate) async fn update(tx: &Tx, before: &Card, card: &Card) -> Outcome<()> {
    update_row(tx, before, card).await?;
    hand::write(tx, card.ordinal, &hand::hand_rows(before), &hand::hand_rows(card)).await
}

/// Writes what changed of a card, and only that: each column that is named costs the indexes it stands in.
pub(crate) async fn update_row(tx: &Tx, before: &Card, card: &Card) -> Outcome<()> {
    let (mut sql, mut bound) = ("UPDATE card SET ".to_owned(), vec![Value::from(before.ordinal)]);
    for ((name, old), new) in NAMES.iter().zip(values(before)).zip(values(card)) {
        if old != new {
            let comma = if bound.len() == 1 { "" } else { ", " };
            bound.push(new);
            let _ = write!(sql, "{comma}{name} = ${}", bound.len());
        }
    }
    if bound.len() == 1 {
        return Ok(());
    }
    sql.push_str(" WHERE ordinal = $1");
    tx.later("card", before.ordinal, sql, bound).await
}

/// A record's card, if it has one.
pub(crate) async fn one(sql: &impl Sql, id: Uuid) -> Outcome<Option<Card>> {
    let text = format!("SELECT {} FROM card c WHERE c.id = $1", columns("c"));
    sql.row(&text, vec![id.into()])
        .await?
        .map(|row| Card::from_row(&row, 0))
        .transpose()
}

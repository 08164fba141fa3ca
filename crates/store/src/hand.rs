//! Hands: the groups that have to do with a record beside the one its card names.
//!
//! Most records lie in one pair of hands, and their card says whose. A record that several groups work on at once, or that
//! one group owns while another works on it, lies in more. All of them stand on the card as one text, so that whoever
//! reads a card can tell who may see it; those who have it now also stand in a small table of their own, so that a queue
//! finds them by an index. A record in one pair of hands has no row there.

use crate::card::Card;
use crate::{Migration, Row, Sql, Tx, Value};
use kernel::{Outcome, Uuid};
use serde::{Deserialize, Serialize};

/// What a group has to do with a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stake {
    /// It works on a part of it: the record stands in its queue.
    Part,
    /// It owns the record while others work on it.
    Owner,
    /// It once worked on a part of it, and answers for what it did.
    Past,
}

impl Stake {
    /// Its name as stored.
    pub const fn code(self) -> &'static str {
        match self {
            Stake::Part => "part",
            Stake::Owner => "owner",
            Stake::Past => "past",
        }
    }
}

/// A group that has to do with a record, and who in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hand {
    /// The group.
    pub group: Uuid,
    /// Who in it works on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operator: Option<Uuid>,
    /// What it has to do with it.
    pub stake: Stake,
}

/// A row of the table: a hand that has the record now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandRow {
    /// The record, by its ordinal.
    pub ordinal: i64,
    /// Place among the record's hands.
    pub place: i64,
    /// The group.
    pub group: Uuid,
    /// Who in it.
    pub operator: Option<Uuid>,
    /// `part` or `owner`.
    pub stake: String,
}

impl Card {
    /// The card as one of its hands sees it.
    #[must_use]
    pub fn in_hand(&self, group: Uuid, operator: Option<Uuid>) -> Self {
        Self {
            group: Some(group),
            operator,
            hands: Vec::new(),
            ..self.clone()
        }
    }
}

/// The table, and the text on the card.
pub(crate) const MIGRATION: Migration = Migration {
    capability: "hand",
    number: 1,
    intent: "Several groups that have to do with one record",
    common: &[
        "ALTER TABLE card ADD COLUMN hands TEXT NOT NULL DEFAULT '[]'",
        "CREATE TABLE hand (ordinal BIGINT NOT NULL, place BIGINT NOT NULL, group_id UUID NOT NULL, operator_id UUID, \
         stake TEXT NOT NULL, PRIMARY KEY (ordinal, place))",
        "CREATE INDEX hand_group ON hand (group_id, stake, ordinal)",
        "CREATE INDEX hand_operator ON hand (operator_id, ordinal) WHERE operator_id IS NOT NULL",
    ],
    sqlite: &[],
    postgres: &[],
};

pub(crate) const INSERT_HAND: &str = "INSERT INTO hand (ordinal, place, group_id, operator_id, stake) VALUES ";

/// The rows that a card's hands must have.
pub fn hand_rows(card: &Card) -> Vec<HandRow> {
    let now = card.hands.iter().filter(|hand| hand.stake != Stake::Past);
    now.zip(0..)
        .map(|(hand, place)| HandRow {
            ordinal: card.ordinal,
            place,
            group: hand.group,
            operator: hand.operator,
            stake: hand.stake.code().to_owned(),
        })
        .collect()
}

pub(crate) fn values(row: &HandRow) -> Vec<Value> {
    vec![
        row.ordinal.into(),
        row.place.into(),
        row.group.into(),
        row.operator.into(),
        row.stake.as_str().into(),
    ]
}

/// Brings the rows of a record from those it has to those it must have.
pub(crate) async fn write(tx: &Tx, ordinal: i64, has: &[HandRow], due: &[HandRow]) -> Outcome<()> {
    if has == due {
        return Ok(());
    }
    if !has.is_empty() {
        let sql = "DELETE FROM hand WHERE ordinal = $1".to_owned();
        tx.later("hand", ordinal, sql, vec![ordinal.into()]).await?;
    }
    if due.is_empty() {
        return Ok(());
    }
    let (mut sql, mut bound) = (INSERT_HAND.to_owned(), Vec::new());
    for row in due {
        crate::journal::push_row(&mut sql, bound.len(), 5);
        bound.extend(values(row));
    }
    tx.later("hand", ordinal, sql, bound).await
}

pub(crate) const COLUMNS: &str = "h.ordinal, h.place, h.group_id, h.operator_id, h.stake";

/// Reads a row whose columns begin at `first`.
pub(crate) fn from_row(row: &Row, first: usize) -> Outcome<HandRow> {
    Ok(HandRow {
        ordinal: row.get(first)?,
        place: row.get(first + 1)?,
        group: row.get(first + 2)?,
        operator: row.get(first + 3)?,
        stake: row.get(first + 4)?,
    })
}

/// The rows of a record.
pub(crate) async fn of(sql: &impl Sql, ordinal: i64) -> Outcome<Vec<HandRow>> {
    let text = format!("SELECT {COLUMNS} FROM hand h WHERE h.ordinal = $1 ORDER BY h.place");
    let rows = sql.rows(&text, vec![ordinal.into()]).await?;
    rows.iter().map(|row| from_row(row, 0)).collect()
}

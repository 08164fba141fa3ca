//! Following the journal: which records changed, for those who then look at them again.

use crate::{Card, Reader, Sql, Store, Value};
use kernel::{Outcome, Uuid};
use std::fmt::Write as _;

/// Cards that are asked for in one statement.
const TOGETHER: usize = 200;

/// That something happened to a record, without what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its place in the journal.
    pub seq: i64,
    /// The record.
    pub record: Uuid,
    /// What happened, with the kind before it.
    pub name: String,
    /// Who did it.
    pub actor: Option<Uuid>,
}

impl Store {
    /// Where the journal stands: whoever follows it from here misses nothing that is not visible yet.
    pub async fn position(&self) -> Outcome<i64> {
        let sql = format!(
            "SELECT COALESCE(MAX(seq), 0) FROM event WHERE seq < {}",
            self.horizon_expression()
        );
        let row = self.read().row(&sql, vec![]).await?;
        row.ok_or_else(|| anyhow::anyhow!("no position"))?.get(0)
    }

    /// What changed after a place of the journal, in its order, at most `limit`; as complete as [`Store::events_after`].
    pub async fn changes_after(&self, after: i64, limit: i64) -> Outcome<Vec<Change>> {
        let sql = format!(
            "SELECT seq, record_id, name, actor_id FROM event WHERE seq > $1 AND seq < {} ORDER BY seq LIMIT $2",
            self.horizon_expression()
        );
        let rows = self.read().rows(&sql, vec![after.into(), limit.into()]).await?;
        rows.iter()
            .map(|row| {
                Ok(Change {
                    seq: row.get(0)?,
                    record: row.get(1)?,
                    name: row.get(2)?,
                    actor: row.get(3)?,
                })
            })
            .collect()
    }
}

impl Reader {
    /// The cards of these records, in no order; records without one are passed over.
    pub async fn cards(&self, records: &[Uuid]) -> Outcome<Vec<Card>> {
        self.cards_by("id", records.iter().map(|id| (*id).into()).collect())
            .await
    }

    /// The cards under these numbers, in no order; numbers that nothing has are passed over.
    pub async fn cards_numbered(&self, numbers: &[String]) -> Outcome<Vec<Card>> {
        self.cards_by("number", numbers.iter().map(|number| number.as_str().into()).collect())
            .await
    }

    async fn cards_by(&self, column: &str, values: Vec<Value>) -> Outcome<Vec<Card>> {
        let mut cards = Vec::with_capacity(values.len());
        for values in values.chunks(TOGETHER) {
            let mut sql = format!("SELECT {} FROM card c WHERE c.{column} IN (", Card::columns("c"));
            for place in 1..=values.len() {
                let comma = if place == 1 { "" } else { ", " };
                let _ = write!(sql, "{comma}${place}");
            }
            sql.push(')');
            for row in self.rows(&sql, values.to_vec()).await? {
                cards.push(Card::from_row(&row, 0)?);
            }
        }
        Ok(cards)
    }
}

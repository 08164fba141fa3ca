//! What several records went through and what was written in them, in two statements.

use crate::journal::{EVENT_COLUMNS, event_from};
use crate::{Content, Reader, Sql, StoredEvent, Value};
use kernel::{Outcome, Uuid};
use std::collections::HashMap;

/// The events of a record, in order, with the texts they refer to.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// Its events.
    pub events: Vec<StoredEvent>,
    /// Its texts, by identity.
    pub contents: HashMap<Uuid, Content>,
}

impl Reader {
    /// The histories of some records: a page of them, not hundreds.
    pub async fn histories_of(&self, records: &[Uuid]) -> Outcome<HashMap<Uuid, History>> {
        let mut histories: HashMap<Uuid, History> = HashMap::new();
        if records.is_empty() {
            return Ok(histories);
        }
        let places: Vec<String> = (1..=records.len()).map(|place| format!("${place}")).collect();
        let places = places.join(", ");
        let values: Vec<Value> = records.iter().map(|id| (*id).into()).collect();
        let sql =
            format!("SELECT {EVENT_COLUMNS} FROM event WHERE record_id IN ({places}) ORDER BY record_id, position");
        for row in self.rows(&sql, values.clone()).await? {
            let event = event_from(&row)?;
            histories.entry(event.record).or_default().events.push(event);
        }
        let sql = format!("SELECT record_id, id, salt, body FROM content WHERE record_id IN ({places})");
        for row in self.rows(&sql, values).await? {
            let content = Content {
                id: row.get(1)?,
                salt: row.get(2)?,
                body: row.get(3)?,
            };
            let history = histories.entry(row.get(0)?).or_default();
            history.contents.insert(content.id, content);
        }
        Ok(histories)
    }
}

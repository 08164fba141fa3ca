//! The row of a ready text, and all of them kept at hand, since they are offered while one writes.

use crate::{ReadyText, commands::Words};
use kernel::{Instant, Outcome, Refusal, Uuid};
use people::Actor;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use store::{Loaded, Row, Sql, Store, Tx};
use utoipa::ToSchema;

/// Ready texts of an installation at the most: all of them are held in memory.
pub(crate) const MOST: i64 = 500;

/// A ready text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReadyTextView {
    /// Identity.
    pub id: Uuid,
    /// Its version.
    pub version: i64,
    /// Area; nothing for all.
    pub area: Option<Uuid>,
    /// What it is called.
    pub name: String,
    /// Its words in Italian; empty where there are none.
    pub italian: String,
    /// Its words in English; empty where there are none.
    pub english: String,
    /// False once it is offered no more.
    pub active: bool,
    /// When it was last changed.
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Instant,
}

const COLUMNS: &str = "id, version, area_id, name, italian, english, is_closed, updated_at";

impl ReadyTextView {
    fn read(row: &Row) -> Outcome<Self> {
        Ok(Self {
            id: row.get(0)?,
            version: row.get(1)?,
            area: row.get(2)?,
            name: row.get(3)?,
            italian: row.get(4)?,
            english: row.get(5)?,
            active: row.get::<i64>(6)? == 0,
            updated_at: row.instant(7)?,
        })
    }

    /// What it is after a command.
    pub(crate) fn of(loaded: &Loaded<ReadyText>, words: Words) -> Self {
        Self {
            id: loaded.id,
            version: loaded.version,
            area: words.area,
            name: words.name,
            italian: words.italian.unwrap_or_default(),
            english: words.english.unwrap_or_default(),
            active: !loaded.state.closed,
            updated_at: loaded.state.updated_at,
        }
    }

    /// True when somebody may read it: whoever works in its area.
    pub fn is_for(&self, actor: &Actor) -> bool {
        actor.works_in(self.area)
    }
}

/// The ready texts that somebody may read, by name.
pub async fn ready_texts(store: &Store, actor: &Actor) -> Outcome<Vec<ReadyTextView>> {
    let all = store.kept("ready-texts", || async {
        let sql = format!("SELECT {COLUMNS} FROM ready_text ORDER BY name_key, id LIMIT $1");
        let rows = store.read().rows(&sql, vec![MOST.into()]).await?;
        rows.iter().map(ReadyTextView::read).collect::<Outcome<Vec<_>>>()
    });
    let all: Arc<Vec<ReadyTextView>> = all.await?;
    Ok(all.iter().filter(|text| text.is_for(actor)).cloned().collect())
}

/// A ready text, if somebody may read it.
///
/// # Errors
/// A refusal 404.
pub async fn ready_text(store: &Store, actor: &Actor, id: Uuid) -> Outcome<ReadyTextView> {
    let found = row(store.read(), id).await?;
    match found {
        Some(text) if text.is_for(actor) => Ok(text),
        _ => Err(Refusal::not_found().into()),
    }
}

/// The row of a ready text.
pub(crate) async fn row(sql: &impl Sql, id: Uuid) -> Outcome<Option<ReadyTextView>> {
    let text = format!("SELECT {COLUMNS} FROM ready_text WHERE id = $1");
    let row = sql.row(&text, vec![id.into()]).await?;
    row.as_ref().map(ReadyTextView::read).transpose()
}

/// How many there are.
pub(crate) async fn count(tx: &Tx) -> Outcome<i64> {
    let row = tx.row("SELECT COUNT(*) FROM ready_text", vec![]).await?;
    row.map_or(Ok(0), |row| row.get(0))
}

/// True when another text of the same area, or of all, has this name.
pub(crate) async fn is_taken(tx: &Tx, words: &Words, but: Option<Uuid>) -> Outcome<bool> {
    let sql = "SELECT id, area_id FROM ready_text WHERE name_key = $1";
    let rows = tx.rows(sql, vec![key(&words.name).into()]).await?;
    for row in rows {
        let (id, area): (Uuid, Option<Uuid>) = (row.get(0)?, row.get(1)?);
        if Some(id) != but && (area.is_none() || words.area.is_none() || area == words.area) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Writes the row of a ready text as a command left it.
pub(crate) async fn write(tx: &Tx, text: &ReadyTextView) -> Outcome<()> {
    let sql = "INSERT INTO ready_text (id, version, area_id, name, name_key, italian, english, is_closed, updated_at) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (id) DO UPDATE SET version = excluded.version, \
               area_id = excluded.area_id, name = excluded.name, name_key = excluded.name_key, \
               italian = excluded.italian, english = excluded.english, is_closed = excluded.is_closed, \
               updated_at = excluded.updated_at";
    let values = vec![
        text.id.into(),
        text.version.into(),
        text.area.into(),
        text.name.as_str().into(),
        key(&text.name).into(),
        text.italian.as_str().into(),
        text.english.as_str().into(),
        i64::from(!text.active).into(),
        text.updated_at.as_millis().into(),
    ];
    tx.run(sql, values).await.map(drop)
}

/// A name as it is compared and sorted.
fn key(name: &str) -> String {
    store::folded(name)
}

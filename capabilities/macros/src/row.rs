//! The row of a macro, and all of them kept at hand, since they are offered on every ticket.

use crate::commands::Words;
use crate::{Macro, Steps};
use kernel::{Instant, Outcome, Refusal, Uuid};
use people::Actor;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use store::{Card, Loaded, Row, Sql, Store, Tx};
use utoipa::ToSchema;

/// Macros of an installation at the most: all of them are held in memory.
pub(crate) const MOST: i64 = 300;

/// A macro.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MacroView {
    /// Identity.
    pub id: Uuid,
    /// Its version.
    pub version: i64,
    /// Area; nothing for all.
    pub area: Option<Uuid>,
    /// What it is called.
    pub name: String,
    /// What it does.
    #[schema(inline)]
    pub steps: Steps,
    /// The note that it writes for colleagues, before it ends; empty for none.
    pub note: String,
    /// True where whoever used it is led on to the next ticket.
    pub leads_on: bool,
    /// False once it is offered no more.
    pub active: bool,
    /// When it was last changed.
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Instant,
}

const COLUMNS: &str = "id, version, area_id, name, steps, note, leads_on, is_closed, updated_at";

impl MacroView {
    fn read(row: &Row) -> Outcome<Self> {
        Ok(Self {
            id: row.get(0)?,
            version: row.get(1)?,
            area: row.get(2)?,
            name: row.get(3)?,
            steps: serde_json::from_str(&row.get::<String>(4)?)?,
            note: row.get(5)?,
            leads_on: row.get::<i64>(6)? == 1,
            active: row.get::<i64>(7)? == 0,
            updated_at: row.instant(8)?,
        })
    }

    /// What it is after a command.
    pub(crate) fn of(loaded: &Loaded<Macro>, words: Words) -> Self {
        Self {
            id: loaded.id,
            version: loaded.version,
            area: words.area,
            name: words.name,
            steps: words.steps,
            note: words.note.unwrap_or_default(),
            leads_on: words.leads_on,
            active: !loaded.state.closed,
            updated_at: loaded.state.updated_at,
        }
    }

    /// True when somebody may read it: whoever works in its area.
    pub fn is_for(&self, actor: &Actor) -> bool {
        actor.works_in(self.area)
    }

    /// True when it is offered on a ticket.
    pub fn fits(&self, card: &Card) -> bool {
        self.active && self.area.is_none_or(|area| area == card.area)
    }
}

/// The macros that somebody may read, by name.
pub async fn macros(store: &Store, actor: &Actor) -> Outcome<Vec<MacroView>> {
    let all = store.kept("macros", || async {
        let sql = format!("SELECT {COLUMNS} FROM macro ORDER BY name_key, id LIMIT $1");
        let rows = store.read().rows(&sql, vec![MOST.into()]).await?;
        rows.iter().map(MacroView::read).collect::<Outcome<Vec<_>>>()
    });
    let all: Arc<Vec<MacroView>> = all.await?;
    Ok(all.iter().filter(|one| one.is_for(actor)).cloned().collect())
}

/// A macro, if somebody may read it.
///
/// # Errors
/// A refusal 404.
pub(crate) async fn one(sql: &impl Sql, actor: &Actor, id: Uuid) -> Outcome<MacroView> {
    let text = format!("SELECT {COLUMNS} FROM macro WHERE id = $1");
    let row = sql.row(&text, vec![id.into()]).await?;
    let found = row.as_ref().map(MacroView::read).transpose()?;
    let found = found.filter(|one| one.is_for(actor));
    found.ok_or_else(|| Refusal::not_found().into())
}

/// How many there are.
pub(crate) async fn count(tx: &Tx) -> Outcome<i64> {
    let row = tx.row("SELECT COUNT(*) FROM macro", vec![]).await?;
    row.map_or(Ok(0), |row| row.get(0))
}

/// True when another macro of the same area, or of all, has this name.
pub(crate) async fn is_taken(tx: &Tx, words: &Words, but: Option<Uuid>) -> Outcome<bool> {
    let sql = "SELECT id, area_id FROM macro WHERE name_key = $1";
    let rows = tx.rows(sql, vec![store::folded(&words.name).into()]).await?;
    for row in rows {
        let (id, area): (Uuid, Option<Uuid>) = (row.get(0)?, row.get(1)?);
        if Some(id) != but && configuration::same_menus(area, words.area) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Writes the row of a macro as a command left it.
pub(crate) async fn write(tx: &Tx, one: &MacroView) -> Outcome<()> {
    let sql = "INSERT INTO macro (id, version, area_id, name, name_key, steps, note, leads_on, is_closed, updated_at) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (id) DO UPDATE SET \
               version = excluded.version, area_id = excluded.area_id, name = excluded.name, \
               name_key = excluded.name_key, steps = excluded.steps, note = excluded.note, \
               leads_on = excluded.leads_on, is_closed = excluded.is_closed, updated_at = excluded.updated_at";
    let values = vec![
        one.id.into(),
        one.version.into(),
        one.area.into(),
        one.name.as_str().into(),
        store::folded(&one.name).into(),
        serde_json::to_string(&one.steps)?.into(),
        one.note.as_str().into(),
        i64::from(one.leads_on).into(),
        i64::from(!one.active).into(),
        one.updated_at.as_millis().into(),
    ];
    tx.run(sql, values).await.map(drop)
}

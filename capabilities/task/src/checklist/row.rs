//! The row of a checklist, and all of them kept at hand, since they are offered on every ticket.

use super::{Checklist, commands::Words};
use kernel::{Instant, Outcome, Refusal, Uuid};
use people::{Actor, Role};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use store::{Card, Loaded, Row, Sql, Store, Tx};
use ticket::domain::TicketKind;
use utoipa::ToSchema;

/// Checklists of an installation at the most: all of them are held in memory.
pub(crate) const MOST: i64 = 300;

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ChecklistItem {
    /// What, in one line.
    pub text: String,
    /// Until how many minutes after the checklist was put on the ticket.
    pub due_minutes: Option<i64>,
    /// The group that is to do it.
    pub group: Option<Uuid>,
}

/// A checklist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ChecklistView {
    /// Identity.
    pub id: Uuid,
    /// Its version.
    pub version: i64,
    /// Area; nothing for all.
    pub area: Option<Uuid>,
    /// What it is called.
    pub name: String,
    /// The kind of ticket it is for; nothing for all.
    pub kind: Option<TicketKind>,
    /// The role it is for; nothing for all.
    pub role: Option<Role>,
    /// What is to be done, in its order.
    pub items: Vec<ChecklistItem>,
    /// False once it is offered no more.
    pub active: bool,
    /// When it was last changed.
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Instant,
}

const COLUMNS: &str = "id, version, area_id, name, kind, role, items, is_closed, updated_at";

impl ChecklistView {
    fn read(row: &Row) -> Outcome<Self> {
        let kind: Option<String> = row.get(4)?;
        let role: Option<String> = row.get(5)?;
        Ok(Self {
            id: row.get(0)?,
            version: row.get(1)?,
            area: row.get(2)?,
            name: row.get(3)?,
            kind: kind.as_deref().and_then(TicketKind::from_code),
            role: role.as_deref().and_then(role_of),
            items: serde_json::from_str(&row.get::<String>(6)?)?,
            active: row.get::<i64>(7)? == 0,
            updated_at: row.instant(8)?,
        })
    }

    /// What it is after a command.
    pub(crate) fn of(loaded: &Loaded<Checklist>, words: Words) -> Self {
        Self {
            id: loaded.id,
            version: loaded.version,
            area: words.area,
            name: words.name,
            kind: words.kind,
            role: words.role,
            items: words.items,
            active: !loaded.state.closed,
            updated_at: loaded.state.updated_at,
        }
    }

    /// True when somebody may read it: whoever works in its area.
    pub fn is_for(&self, actor: &Actor) -> bool {
        actor.works_in(self.area)
    }

    /// True when it is offered on a ticket; before a ticket is classified those of all kinds are.
    pub fn fits(&self, card: &Card) -> bool {
        let here = self.area.is_none_or(|area| area == card.area);
        let unknown = card.ticket_kind == TicketKind::Unknown.code();
        let kind = self.kind.is_none_or(|kind| unknown || kind.code() == card.ticket_kind);
        self.active && here && kind
    }
}

/// A role by its name as programs write it.
pub(crate) fn role_of(code: &str) -> Option<Role> {
    Role::ALL.into_iter().find(|role| role.code() == code)
}

/// The checklists that somebody may read, by name.
pub async fn checklists(store: &Store, actor: &Actor) -> Outcome<Vec<ChecklistView>> {
    let all = store.kept("checklists", || async {
        let sql = format!("SELECT {COLUMNS} FROM checklist ORDER BY name_key, id LIMIT $1");
        let rows = store.read().rows(&sql, vec![MOST.into()]).await?;
        rows.iter().map(ChecklistView::read).collect::<Outcome<Vec<_>>>()
    });
    let all: Arc<Vec<ChecklistView>> = all.await?;
    Ok(all.iter().filter(|list| list.is_for(actor)).cloned().collect())
}

/// A checklist, if somebody may read it.
///
/// # Errors
/// A refusal 404.
pub(crate) async fn checklist(sql: &impl Sql, actor: &Actor, id: Uuid) -> Outcome<ChecklistView> {
    let text = format!("SELECT {COLUMNS} FROM checklist WHERE id = $1");
    let row = sql.row(&text, vec![id.into()]).await?;
    let found = row.as_ref().map(ChecklistView::read).transpose()?;
    let found = found.filter(|list| list.is_for(actor));
    found.ok_or_else(|| Refusal::not_found().into())
}

/// How many there are.
pub(crate) async fn count(tx: &Tx) -> Outcome<i64> {
    let row = tx.row("SELECT COUNT(*) FROM checklist", vec![]).await?;
    row.map_or(Ok(0), |row| row.get(0))
}

/// True when another checklist of the same area, or of all, has this name.
pub(crate) async fn is_taken(tx: &Tx, words: &Words, but: Option<Uuid>) -> Outcome<bool> {
    let sql = "SELECT id, area_id FROM checklist WHERE name_key = $1";
    let rows = tx.rows(sql, vec![key(&words.name).into()]).await?;
    for row in rows {
        let (id, area): (Uuid, Option<Uuid>) = (row.get(0)?, row.get(1)?);
        if Some(id) != but && (area.is_none() || words.area.is_none() || area == words.area) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Writes the row of a checklist as a command left it.
pub(crate) async fn write(tx: &Tx, list: &ChecklistView) -> Outcome<()> {
    let sql = "INSERT INTO checklist (id, version, area_id, name, name_key, kind, role, items, is_closed, updated_at) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (id) DO UPDATE SET \
               version = excluded.version, area_id = excluded.area_id, name = excluded.name, \
               name_key = excluded.name_key, kind = excluded.kind, role = excluded.role, items = excluded.items, \
               is_closed = excluded.is_closed, updated_at = excluded.updated_at";
    let values = vec![
        list.id.into(),
        list.version.into(),
        list.area.into(),
        list.name.as_str().into(),
        key(&list.name).into(),
        list.kind.map(|kind| kind.code().to_owned()).into(),
        list.role.map(|role| role.code().to_owned()).into(),
        serde_json::to_string(&list.items)?.into(),
        i64::from(!list.active).into(),
        list.updated_at.as_millis().into(),
    ];
    tx.run(sql, values).await.map(drop)
}

/// A name as it is compared and sorted.
fn key(name: &str) -> String {
    store::folded(name)
}

//! The row of an outage, and the ones that go on, kept at hand since every page shows them.

use crate::{Outage, OutageState};
use kernel::{Instant, Outcome, Refusal, Uuid};
use people::Actor;
use std::sync::Arc;
use store::{Loaded, Row, Sql, Store, Tx};

/// An outage as pages show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutageRow {
    /// The record.
    pub id: Uuid,
    /// Rises with recording: "newest first" is this, backwards.
    pub ordinal: i64,
    /// Area; nothing for all.
    pub area: Option<Uuid>,
    /// Where it stands.
    pub state: OutageState,
    /// What is out of order.
    pub title: String,
    /// What it means for people.
    pub meaning: String,
    /// Offices or services it touches; may be empty.
    pub places: String,
    /// The ticket it is worked on in.
    pub ticket: Option<String>,
    /// When it should work again.
    pub restore_at: Option<Instant>,
    /// When it was first told.
    pub opened_at: Instant,
    /// When something was last told of it.
    pub updated_at: Instant,
    /// When it was over.
    pub ended_at: Option<Instant>,
}

/// What an outage says, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Words {
    pub(crate) title: String,
    pub(crate) meaning: String,
    pub(crate) places: Option<String>,
}

const COLUMNS: &str =
    "id, ordinal, area_id, is_active, title, meaning, places, ticket, restore_at, opened_at, updated_at, ended_at";
/// Outages that may go on at once and be shown.
const MOST_ACTIVE: i64 = 50;

impl OutageRow {
    fn read(row: &Row) -> Outcome<Self> {
        Ok(Self {
            id: row.get(0)?,
            ordinal: row.get(1)?,
            area: row.get(2)?,
            state: if row.get::<i64>(3)? == 1 {
                OutageState::Active
            } else {
                OutageState::Over
            },
            title: row.get(4)?,
            meaning: row.get(5)?,
            places: row.get(6)?,
            ticket: row.get(7)?,
            restore_at: row.get::<Option<i64>>(8)?.map(Instant::from_millis),
            opened_at: row.instant(9)?,
            updated_at: row.instant(10)?,
            ended_at: row.get::<Option<i64>>(11)?.map(Instant::from_millis),
        })
    }

    /// True when somebody may read it: whoever the area serves.
    pub fn is_for(&self, actor: &Actor) -> bool {
        actor.works_in(self.area) || actor.is_served_by(self.area)
    }

    /// True while it goes on.
    pub fn is_active(&self) -> bool {
        self.state == OutageState::Active
    }
}

/// The outages that go on and are told to somebody, the newest first.
pub async fn active(store: &Store, actor: &Actor) -> Outcome<Vec<OutageRow>> {
    let all = store.kept("outages", || async {
        let sql = format!("SELECT {COLUMNS} FROM outage WHERE is_active = 1 ORDER BY ordinal DESC LIMIT $1");
        let rows = store.read().rows(&sql, vec![MOST_ACTIVE.into()]).await?;
        rows.iter().map(OutageRow::read).collect::<Outcome<Vec<_>>>()
    });
    let all: Arc<Vec<OutageRow>> = all.await?;
    Ok(all.iter().filter(|outage| outage.is_for(actor)).cloned().collect())
}

/// The letter by which a cursor tells that it is a place among outages.
pub const ORDER: char = 'a';

/// Outages that somebody may read, the newest first, and after which ordinal the list goes on.
pub async fn list(
    store: &Store,
    actor: &Actor,
    limit: usize,
    before: Option<i64>,
) -> Outcome<(Vec<OutageRow>, Option<i64>)> {
    let sql = format!("SELECT {COLUMNS} FROM outage WHERE ordinal < $1 ORDER BY ordinal DESC LIMIT $2");
    let most = i64::try_from(limit).unwrap_or(i64::MAX - 1) + 1;
    let rows = store
        .read()
        .rows(&sql, vec![before.unwrap_or(i64::MAX).into(), most.into()])
        .await?;
    let mut rows = rows.iter().map(OutageRow::read).collect::<Outcome<Vec<_>>>()?;
    let next = (rows.len() > limit).then(|| {
        rows.truncate(limit);
        rows.last().map_or(0, |row| row.ordinal)
    });
    rows.retain(|row| row.is_for(actor));
    Ok((rows, next))
}

/// An outage, if somebody may read it.
///
/// # Errors
/// A refusal 404.
pub async fn outage(store: &Store, actor: &Actor, id: Uuid) -> Outcome<OutageRow> {
    let sql = format!("SELECT {COLUMNS} FROM outage WHERE id = $1");
    let row = store
        .read()
        .row(&sql, vec![id.into()])
        .await?
        .ok_or_else(Refusal::not_found)?;
    let row = OutageRow::read(&row)?;
    if row.is_for(actor) {
        Ok(row)
    } else {
        Err(Refusal::not_found().into())
    }
}

/// Writes the row of an outage; the words stay where none are given.
pub(crate) async fn write(tx: &Tx, loaded: &Loaded<Outage>, words: &Words) -> Outcome<()> {
    let outage = &loaded.state;
    let sql = format!(
        "INSERT INTO outage ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) \
         ON CONFLICT (id) DO UPDATE SET is_active = excluded.is_active, title = excluded.title, meaning = excluded.meaning, \
         places = excluded.places, restore_at = excluded.restore_at, updated_at = excluded.updated_at, \
         ended_at = excluded.ended_at"
    );
    let restore = outage.telling.as_ref().and_then(|telling| telling.restore_at);
    let values = vec![
        loaded.id.into(),
        loaded.ordinal.into(),
        outage.area.into(),
        i64::from(outage.state == OutageState::Active).into(),
        words.title.as_str().into(),
        words.meaning.as_str().into(),
        words.places.clone().unwrap_or_default().into(),
        outage.ticket.clone().into(),
        restore.map(Instant::as_millis).into(),
        outage.opened_at.as_millis().into(),
        outage.updated_at.as_millis().into(),
        outage.ended_at.map(Instant::as_millis).into(),
    ];
    tx.run(&sql, values).await.map(drop)
}

/// Writes that an outage is over.
pub(crate) async fn write_end(tx: &Tx, loaded: &Loaded<Outage>) -> Outcome<()> {
    let sql = "UPDATE outage SET is_active = 0, updated_at = $2, ended_at = $3 WHERE id = $1";
    let outage = &loaded.state;
    let ended = outage.ended_at.map(Instant::as_millis);
    let values = vec![loaded.id.into(), outage.updated_at.as_millis().into(), ended.into()];
    tx.run(sql, values).await.map(drop)
}

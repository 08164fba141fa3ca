//! Looking somebody up in a source, and keeping what came of it: what, from where, when.

use crate::{Entry, RegistryField, RegistrySource, SourceKind, directory, rows};
use kernel::{Error, Instant, Outcome, Uuid};
use people::Identity;
use std::collections::HashMap;
use store::{Lane, Loaded, Reader, Row, Sql, Store, Tx};

/// What a source said of somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The source.
    pub source: Uuid,
    /// What it knows of them; nothing where it does not know them.
    pub entry: Option<Entry>,
    /// When it said so.
    pub seen_at: Instant,
}

/// How a source fares.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Health {
    /// When it last answered.
    pub answered_at: Option<Instant>,
    /// When it last did not.
    pub failed_at: Option<Instant>,
    /// Why.
    pub failure: String,
}

impl Health {
    /// True when the last thing it did was not to answer.
    pub fn is_down(&self) -> bool {
        self.failed_at
            .is_some_and(|failed| self.answered_at.is_none_or(|answered| failed >= answered))
    }
}

/// By what somebody can be found, the surest first.
pub(crate) fn known_by(identity: &Identity) -> Vec<(RegistryField, String)> {
    let known = |field: RegistryField| Some((field, field.of(identity)?.to_owned()));
    RegistryField::KEYS.into_iter().filter_map(known).collect()
}

/// What a source knows of somebody, without keeping it.
///
/// # Errors
/// When a directory is not reached or refuses.
pub async fn look_up(
    store: &Store,
    source: &Loaded<RegistrySource>,
    known: &[(RegistryField, String)],
) -> Outcome<Option<Entry>> {
    match (&source.state.text.place, &source.state.loaded) {
        (SourceKind::Directory(directory), _) => {
            let asked = directory::ask(directory, &source.state.text.mapping, known).await;
            asked.map_err(Error::Failed)
        }
        (SourceKind::File, Some(file)) => rows::find(store.read(), source.id, file, known).await,
        (SourceKind::File, None) => Ok(None),
    }
}

/// The same, and keeps what came of it.
///
/// # Errors
/// As above; that it failed is kept too.
pub(crate) async fn look_up_and_keep(
    store: &Store,
    source: &Loaded<RegistrySource>,
    (person, identity): (Uuid, &Identity),
) -> Outcome<Option<Entry>> {
    let asked = look_up(store, source, &known_by(identity)).await;
    let source = source.id;
    match asked {
        Ok(entry) => {
            keep(store, person, source, entry.clone()).await?;
            Ok(entry)
        }
        Err(error) => {
            note_failure(store, source, error.to_string()).await?;
            Err(error)
        }
    }
}

async fn keep(store: &Store, person: Uuid, source: Uuid, entry: Option<Entry>) -> Outcome<()> {
    let text = entry.as_ref().map(serde_json::to_string).transpose()?;
    let kept = store.write(Lane::Background, move |tx| {
        Box::pin(async move {
            let now = tx.now().as_millis();
            // Whoever was forgotten meanwhile is not remembered.
            let sql = "INSERT INTO registry_found (person_id, source_id, entry, seen_at) \
                       SELECT id, $2, $3, $4 FROM person WHERE id = $1 \
                       ON CONFLICT (person_id, source_id) DO UPDATE SET entry = excluded.entry, seen_at = excluded.seen_at";
            tx.run(sql, vec![person.into(), source.into(), text.into(), now.into()]).await?;
            let sql = "INSERT INTO registry_health (source_id, answered_at) VALUES ($1, $2) \
                       ON CONFLICT (source_id) DO UPDATE SET answered_at = excluded.answered_at";
            tx.run(sql, vec![source.into(), now.into()]).await.map(drop)
        })
    });
    kept.await
}

pub(crate) async fn note_failure(store: &Store, source: Uuid, failure: String) -> Outcome<()> {
    let noted = store.write(Lane::Background, move |tx| {
        Box::pin(async move {
            let sql = "INSERT INTO registry_health (source_id, failed_at, failure) VALUES ($1, $2, $3) \
                       ON CONFLICT (source_id) DO UPDATE SET failed_at = excluded.failed_at, failure = excluded.failure";
            let values = vec![source.into(), tx.now().as_millis().into(), failure.into()];
            tx.run(sql, values).await.map(drop)
        })
    });
    noted.await
}

/// What sources said of somebody.
pub async fn found_of(reader: &Reader, person: Uuid) -> Outcome<Vec<Found>> {
    let sql = "SELECT source_id, entry, seen_at FROM registry_found WHERE person_id = $1 ORDER BY source_id";
    let rows = reader.rows(sql, vec![person.into()]).await?;
    rows.iter().map(found).collect()
}

fn found(row: &Row) -> Outcome<Found> {
    let entry: Option<String> = row.get(1)?;
    Ok(Found {
        source: row.get(0)?,
        entry: entry.map(|text| serde_json::from_str(&text)).transpose()?,
        seen_at: row.instant(2)?,
    })
}

/// How all sources fare.
pub async fn health(reader: &Reader) -> Outcome<HashMap<Uuid, Health>> {
    let sql = "SELECT source_id, answered_at, failed_at, COALESCE(failure, '') FROM registry_health";
    let rows = reader.rows(sql, Vec::new()).await?;
    let one = |row: &Row| {
        let (answered, failed): (Option<i64>, Option<i64>) = (row.get(1)?, row.get(2)?);
        let health = Health {
            answered_at: answered.map(Instant::from_millis),
            failed_at: failed.map(Instant::from_millis),
            failure: row.get(3)?,
        };
        Ok((row.get(0)?, health))
    };
    rows.iter().map(one).collect()
}

/// Forgets what sources said of somebody, in tables and in the rows of files.
///
/// # Errors
/// When the database is away.
pub async fn forget(tx: &Tx, person: Uuid, traces: &[String]) -> Outcome<()> {
    tx.run("DELETE FROM registry_found WHERE person_id = $1", vec![person.into()])
        .await?;
    rows::forget(tx, traces).await
}

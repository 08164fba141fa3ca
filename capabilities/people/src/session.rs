//! Sessions: a random key in a cookie, its hash in the database. They live on the wall's time, never on a moved clock.

use kernel::{Clock, Instant, Outcome, Refusal, Uuid};
use sha2::{Digest, Sha256};
use store::{Lane, Sql, Store, Tx};

/// Days a session lasts without use.
const DAYS: i64 = 14;
/// Seconds between two notes of "seen".
const SEEN_EVERY: i64 = 60;

/// A session as its owner sees it.
#[derive(Clone, Debug)]
pub struct SessionRow {
    /// Its handle: the first half of its hash, enough to end it, useless to enter.
    pub handle: String,
    /// When it was opened.
    pub created_at: Instant,
    /// When it was last used.
    pub seen_at: Instant,
    /// From where.
    pub address: String,
    /// With which program.
    pub agent: String,
}

/// A random key of 256 bits, in hexadecimal.
pub(crate) fn random_key() -> Outcome<String> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|cause| anyhow::anyhow!("no randomness: {cause}"))?;
    Ok(hex::encode(bytes))
}

/// What stands in the database for a key.
pub(crate) fn hash_of(key: &str) -> Vec<u8> {
    Sha256::digest(key.as_bytes()).to_vec()
}

/// The handle of a session by its key.
pub(crate) fn handle_of(key: &str) -> String {
    hex::encode(&hash_of(key)[..16])
}

/// Opens a session; answers the key for the cookie.
pub async fn open_session(store: &Store, person: Uuid, address: &str, agent: &str) -> Outcome<String> {
    let key = random_key()?;
    let (id, now) = (hash_of(&key), Clock::wall_now());
    let address = address.to_owned();
    let agent: String = agent.chars().take(200).collect();
    store
        .write(Lane::People, move |tx| {
            Box::pin(async move {
                tx.run(
                    "DELETE FROM session WHERE expires_at < $1",
                    vec![now.as_millis().into()],
                )
                .await?;
                let sql = "INSERT INTO session (id, person_id, created_at, seen_at, expires_at, address, agent) \
                   VALUES ($1, $2, $3, $3, $4, $5, $6)";
                let expires = now.plus_seconds(DAYS * 86_400).as_millis();
                let values = vec![
                    id.into(),
                    person.into(),
                    now.as_millis().into(),
                    expires.into(),
                    address.into(),
                    agent.into(),
                ];
                tx.run(sql, values).await.map(drop)
            })
        })
        .await?;
    Ok(key)
}

/// The person of a session key, if it still lives. Use is noted at most once a minute.
pub(crate) async fn person_of(store: &Store, key: &str) -> Outcome<Option<Uuid>> {
    let (id, now) = (hash_of(key), Clock::wall_now());
    let sql = "SELECT person_id, seen_at FROM session WHERE id = $1 AND expires_at > $2";
    let Some(row) = store
        .read()
        .row(sql, vec![id.clone().into(), now.as_millis().into()])
        .await?
    else {
        return Ok(None);
    };
    if now.seconds_since(row.instant(1)?) > SEEN_EVERY {
        store
            .write(Lane::Background, move |tx| {
                Box::pin(async move {
                    let sql = "UPDATE session SET seen_at = $2, expires_at = $3 WHERE id = $1";
                    let expires = now.plus_seconds(DAYS * 86_400).as_millis();
                    tx.run(sql, vec![id.into(), now.as_millis().into(), expires.into()])
                        .await
                        .map(drop)
                })
            })
            .await?;
    }
    row.get(0).map(Some)
}

/// The sessions of a person, the last used first.
pub async fn sessions_of(store: &Store, person: Uuid) -> Outcome<Vec<SessionRow>> {
    let sql = "SELECT id, created_at, seen_at, address, agent FROM session WHERE person_id = $1 ORDER BY seen_at DESC LIMIT 100";
    let rows = store.read().rows(sql, vec![person.into()]).await?;
    rows.iter()
        .map(|row| {
            Ok(SessionRow {
                handle: hex::encode(&row.get::<Vec<u8>>(0)?[..16]),
                created_at: row.instant(1)?,
                seen_at: row.instant(2)?,
                address: row.get(3)?,
                agent: row.get(4)?,
            })
        })
        .collect()
}

/// Ends a session of a person by its key or its handle.
///
/// # Errors
/// A refusal 404 when there is none.
pub async fn end_session(store: &Store, person: Uuid, handle: &str) -> Outcome<()> {
    let mine = store
        .read()
        .rows("SELECT id FROM session WHERE person_id = $1", vec![person.into()])
        .await?;
    let key = hash_of(handle);
    let mut found = None;
    for row in &mine {
        let id: Vec<u8> = row.get(0)?;
        if id == key || hex::encode(&id[..16]) == handle {
            found = Some(id);
        }
    }
    let id = found.ok_or_else(Refusal::not_found)?;
    crate::extract::forget_cached();
    store
        .write(Lane::People, move |tx| {
            Box::pin(async move {
                tx.run("DELETE FROM session WHERE id = $1", vec![id.into()])
                    .await
                    .map(drop)
            })
        })
        .await
}

/// Ends the sessions of a person, but for the one that is kept.
pub(crate) async fn end_others(tx: &Tx, person: Uuid, kept: Option<Vec<u8>>) -> Outcome<()> {
    let sql = "DELETE FROM session WHERE person_id = $1 AND id <> $2";
    // No session has an empty hash.
    let values = vec![person.into(), kept.unwrap_or_default().into()];
    tx.run(sql, values).await.map(drop)
}

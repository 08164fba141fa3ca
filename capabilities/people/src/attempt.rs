//! Tries of signing in: counted by what was typed, whether or not anybody has that address.
//!
//! A try is counted before the password is looked at, in the database: tries at the same time and on other nodes count
//! together, and an address nobody has waits as long as one that somebody has. A day without tries forgets them. Of many
//! addresses only those tried last are remembered; so many tries take longer than the longest delay, so that pushing a
//! count out gains nothing.

use kernel::{Instant, Outcome, Refusal, RefusalKind};
use sha2::{Digest, Sha256};
use store::{Lane, Sql, Store, Tx};

/// Wrong tries before the delay begins.
const FREE_TRIES: i64 = 3;
/// Longest delay in seconds.
const LONGEST_DELAY: i64 = 900;
/// Seconds after which tries are forgotten.
const REMEMBERED: i64 = 86_400;
/// Addresses whose tries are remembered.
pub(crate) const MOST: i64 = 100_000;

/// What stands in the database for an address: enough to count, useless to read.
fn key_of(login: &str) -> Vec<u8> {
    Sha256::digest(login.as_bytes()).to_vec()
}

/// Counts a try that may go on to the password.
///
/// # Errors
/// A refusal 429 while the delay lasts.
pub(crate) async fn count(store: &Store, login: &str) -> Outcome<()> {
    let key = key_of(login);
    let wait = store
        .write(Lane::People, move |tx| Box::pin(async move { counted(tx, key).await }))
        .await?;
    if wait == 0 {
        return Ok(());
    }
    let mut refusal = Refusal::new(RefusalKind::TooMany, "too_many_attempts", "refusal-too-many").with("seconds", wait);
    refusal.retry_after = Some(wait);
    Err(refusal.into())
}

/// Seconds still to wait; nothing when the try was counted.
async fn counted(tx: &Tx, key: Vec<u8>) -> Outcome<i64> {
    let now = tx.now();
    let sql = "INSERT INTO sign_in_try (login, tries, next_try_at, tried_at) VALUES ($1, 1, 0, $2) \
               ON CONFLICT (login) DO UPDATE SET tries = sign_in_try.tries + 1, tried_at = excluded.tried_at \
               WHERE sign_in_try.next_try_at <= excluded.tried_at RETURNING tries";
    let counted = tx.row(sql, vec![key.clone().into(), now.as_millis().into()]).await?;
    let Some(row) = counted else {
        return waiting(tx, key, now).await;
    };
    let delay = delay(row.get(0)?);
    if delay > 0 {
        let sql = "UPDATE sign_in_try SET next_try_at = $2 WHERE login = $1";
        let next = now.plus_seconds(delay).as_millis();
        tx.run(sql, vec![key.into(), next.into()]).await?;
    }
    Ok(0)
}

async fn waiting(tx: &Tx, key: Vec<u8>, now: Instant) -> Outcome<i64> {
    let sql = "SELECT next_try_at FROM sign_in_try WHERE login = $1";
    let next = match tx.row(sql, vec![key.into()]).await? {
        Some(row) => row.get(0)?,
        None => 0,
    };
    Ok(((next - now.as_millis() + 999) / 1000).max(1))
}

/// Seconds to wait after so many tries: none for the first three, then 2, 4, 8 … 900.
fn delay(tries: i64) -> i64 {
    if tries <= FREE_TRIES {
        0
    } else {
        (1_i64 << (tries - FREE_TRIES).min(12)).min(LONGEST_DELAY)
    }
}

/// Forgets the tries of an address: somebody proved that it is theirs, or got another password.
pub(crate) async fn forgive(tx: &Tx, login: &str) -> Outcome<()> {
    let sql = "DELETE FROM sign_in_try WHERE login = $1";
    tx.run(sql, vec![key_of(login).into()]).await.map(drop)
}

/// The same in a transaction of its own.
pub(crate) async fn forgiven(store: &Store, login: &str) -> Outcome<()> {
    let login = login.to_owned();
    store
        .write(Lane::People, move |tx| {
            Box::pin(async move { forgive(tx, &login).await })
        })
        .await
}

/// Forgets tries older than a day, and those beyond the newest `most`.
pub async fn forget_tries(store: &Store, most: i64) -> Outcome<()> {
    store
        .write(Lane::Background, move |tx| {
            Box::pin(async move {
                let old = tx.now().plus_seconds(-REMEMBERED).as_millis();
                tx.run("DELETE FROM sign_in_try WHERE tried_at < $1", vec![old.into()])
                    .await?;
                let sql = "DELETE FROM sign_in_try WHERE tried_at <= \
                           (SELECT tried_at FROM sign_in_try ORDER BY tried_at DESC LIMIT 1 OFFSET $1)";
                tx.run(sql, vec![most.into()]).await.map(drop)
            })
        })
        .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delay_begins_after_three_tries_and_stops_growing() {
        let delays: Vec<i64> = [1, 3, 4, 5, 6, 12, 13, 14, 1000].map(delay).to_vec();
        assert_eq!(delays, [0, 0, 2, 4, 8, 512, 900, 900, 900]);
    }
}

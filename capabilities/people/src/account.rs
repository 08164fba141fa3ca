//! Signing in with a password: Argon2, and a delay that grows with wrong tries.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use kernel::{Clock, Error, Outcome, Refusal, RefusalKind, Uuid};
use std::sync::OnceLock;
use store::{Lane, Sql, Store, Tx};
use tokio::sync::Semaphore;

/// Shortest password.
const SHORTEST: usize = 10;
/// Wrong tries before the delay begins.
const FREE_TRIES: i64 = 3;
/// Longest delay in seconds.
const LONGEST_DELAY: i64 = 900;

/// Hashes take 19 MiB each: two at a time.
fn turns() -> &'static Semaphore {
    static TURNS: OnceLock<Semaphore> = OnceLock::new();
    TURNS.get_or_init(|| Semaphore::new(2))
}

async fn hashing<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Outcome<T> {
    let _turn = turns().acquire().await.map_err(|cause| Error::Failed(cause.into()))?;
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|cause| Error::Failed(cause.into()))
}

/// Sets the password of a person, with the login (an e-mail address) it goes with.
///
/// # Errors
/// A refusal when the password is too short, or the login is somebody else's.
pub async fn set_password(store: &Store, person: Uuid, login: &str, password: &str) -> Outcome<()> {
    let hash = hash_password(password).await?;
    let login = login.trim().to_lowercase();
    store
        .write(Lane::People, move |tx| {
            Box::pin(async move { keep(tx, person, &login, hash).await })
        })
        .await
}

/// Sets one password for several people at once, each with their login; it is hashed once.
///
/// # Errors
/// A refusal when the password is too short, or a login is somebody else's.
pub async fn set_passwords(store: &Store, people: Vec<(Uuid, String)>, password: &str) -> Outcome<()> {
    let hash = hash_password(password).await?;
    store
        .write(Lane::Background, move |tx| {
            Box::pin(async move {
                for (person, login) in people {
                    keep(tx, person, &login.trim().to_lowercase(), hash.clone()).await?;
                }
                Ok(())
            })
        })
        .await
}

/// Changes one's own password; the present one must be known.
///
/// # Errors
/// A refusal that names `current` or `password`, or 429 while the delay of sign-in lasts.
pub async fn change_password(store: &Store, person: Uuid, current: &str, password: &str) -> Outcome<()> {
    password_fits(password)?;
    let login = login_of(store, person).await?.ok_or_else(Refusal::not_found)?;
    match sign_in(store, &login, current).await {
        Err(Error::Refused(refusal)) if refusal.kind == RefusalKind::Unauthenticated => {
            Err(Refusal::field("current", "people-field-current").into())
        }
        Err(other) => Err(other),
        Ok(_) => set_password(store, person, &login, password).await,
    }
}

/// The login of a person who has one.
pub async fn login_of(store: &Store, person: Uuid) -> Outcome<Option<String>> {
    let row = store
        .read()
        .row("SELECT login FROM account WHERE person_id = $1", vec![person.into()])
        .await?;
    row.map(|row| row.get(0)).transpose()
}

/// Refuses a password that is too short.
///
/// # Errors
/// A refusal that names `password`.
pub fn password_fits(password: &str) -> Result<(), Refusal> {
    if password.chars().count() >= SHORTEST {
        return Ok(());
    }
    let mut refusal = Refusal::field("password", "field-too-short");
    refusal.fields[0].args.push(("least", SHORTEST.to_string()));
    Err(refusal)
}

/// The hash of a password that is long enough.
pub(crate) async fn hash_password(password: &str) -> Outcome<String> {
    password_fits(password)?;
    let password = password.to_owned();
    let hash = hashing(move || {
        Argon2::default()
            .hash_password(password.as_bytes())
            .map(|hash| hash.to_string())
    })
    .await?;
    Ok(hash.map_err(|cause| anyhow::anyhow!("cannot hash: {cause}"))?)
}

/// Keeps login and hash with a person.
pub(crate) async fn keep(tx: &Tx, person: Uuid, login: &str, hash: String) -> Outcome<()> {
    let taken = tx
        .row("SELECT person_id FROM account WHERE login = $1", vec![login.into()])
        .await?;
    if let Some(row) = taken
        && row.get::<Uuid>(0)? != person
    {
        return Err(Refusal::field("email", "field-taken").into());
    }
    let sql = "INSERT INTO account (person_id, login, password, failures, next_try_at) VALUES ($1, $2, $3, 0, 0) \
               ON CONFLICT (person_id) DO UPDATE SET login = excluded.login, password = excluded.password, failures = 0, next_try_at = 0";
    tx.run(sql, vec![person.into(), login.into(), hash.into()])
        .await
        .map(drop)
}

/// Checks login and password; answers the person.
///
/// # Errors
/// A refusal 401 that does not tell which of the two was wrong, or 429 while the delay lasts.
pub async fn sign_in(store: &Store, login: &str, password: &str) -> Outcome<Uuid> {
    let login = login.trim().to_lowercase();
    let sql = "SELECT person_id, password, failures, next_try_at FROM account WHERE login = $1";
    let Some(row) = store.read().row(sql, vec![login.as_str().into()]).await? else {
        // The same work as for an account that exists, so that the time tells nothing.
        verify(password.to_owned(), nobody().await?).await?;
        return Err(wrong().into());
    };
    let (person, hash, failures, next_try_at): (Uuid, String, i64, i64) =
        (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
    let wait = (next_try_at - Clock::wall_now().as_millis() + 999) / 1000;
    if wait > 0 {
        let mut refusal =
            Refusal::new(RefusalKind::TooMany, "too_many_attempts", "refusal-too-many").with("seconds", wait);
        refusal.retry_after = Some(wait);
        return Err(refusal.into());
    }
    let right = verify(password.to_owned(), hash).await?;
    note_try(store, person, right, failures).await?;
    if right { Ok(person) } else { Err(wrong().into()) }
}

async fn note_try(store: &Store, person: Uuid, right: bool, failures: i64) -> Outcome<()> {
    if right && failures == 0 {
        return Ok(());
    }
    store
        .write(Lane::People, move |tx| {
            Box::pin(async move {
                if right {
                    let sql = "UPDATE account SET failures = 0, next_try_at = 0 WHERE person_id = $1";
                    return tx.run(sql, vec![person.into()]).await.map(drop);
                }
                let sql = "UPDATE account SET failures = failures + 1 WHERE person_id = $1 RETURNING failures";
                let row = tx.row(sql, vec![person.into()]).await?.ok_or_else(Refusal::not_found)?;
                let next = Clock::wall_now().plus_seconds(delay(row.get(0)?)).as_millis();
                tx.run(
                    "UPDATE account SET next_try_at = $2 WHERE person_id = $1",
                    vec![person.into(), next.into()],
                )
                .await
                .map(drop)
            })
        })
        .await
}

/// Seconds to wait after so many wrong tries: none for the first three, then 2, 4, 8 … 900.
fn delay(failures: i64) -> i64 {
    if failures <= FREE_TRIES {
        0
    } else {
        (1_i64 << (failures - FREE_TRIES).min(12)).min(LONGEST_DELAY)
    }
}

fn wrong() -> Refusal {
    Refusal::new(
        RefusalKind::Unauthenticated,
        "wrong_credentials",
        "people-wrong-credentials",
    )
}

async fn verify(password: String, hash: String) -> Outcome<bool> {
    hashing(move || {
        PasswordHash::new(&hash).is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
    })
    .await
}

/// The hash of a password nobody has.
async fn nobody() -> Outcome<String> {
    static NOBODY: OnceLock<String> = OnceLock::new();
    if let Some(hash) = NOBODY.get() {
        return Ok(hash.clone());
    }
    let hash = hashing(|| Argon2::default().hash_password(b"nobody").map(|hash| hash.to_string())).await?;
    let hash = hash.map_err(|cause| anyhow::anyhow!("cannot hash: {cause}"))?;
    Ok(NOBODY.get_or_init(|| hash).clone())
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_delay_grows_after_three_wrong_tries_and_stops_at_a_quarter_of_an_hour() {
        let delays: Vec<i64> = (1..=8).map(super::delay).collect();
        assert_eq!(delays, [0, 0, 0, 2, 4, 8, 16, 32]);
        assert_eq!(super::delay(100), 900);
    }
}

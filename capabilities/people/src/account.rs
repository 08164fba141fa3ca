//! Signing in with a password: Argon2, and a delay that grows with wrong tries ([`attempt`]).

use crate::{Act, Actor, attempt, session};
use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use kernel::{Error, Outcome, Refusal, RefusalKind, Uuid};
use std::sync::OnceLock;
use store::{Lane, Sql, Store, Tx};
use tokio::sync::Semaphore;

/// Shortest password.
const SHORTEST: usize = 10;

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

/// A person's own wish for another password.
pub struct PasswordChange<'a> {
    /// The present one.
    pub current: &'a str,
    /// The one that is to be.
    pub password: &'a str,
    /// The key of the session in which it is wished: it goes on.
    pub session: Option<&'a str>,
}

/// Sets the password of a person, with the login (an e-mail address) it goes with. Every session of theirs ends: whoever
/// came in by the old password is out.
///
/// # Errors
/// A refusal when the password is too short, or the login is somebody else's.
pub async fn set_password(store: &Store, person: Uuid, login: &str, password: &str) -> Outcome<()> {
    set(store, (person, login), password, None).await
}

/// Sets the password of somebody else; their login is their e-mail address.
///
/// # Errors
/// A refusal 403, 404, 422 that names `password` when it is too short or there is no address to sign in with.
pub async fn reset_password(store: &Store, actor: &Actor, person: Uuid, password: &str) -> Outcome<()> {
    actor.allow_any(Act::ManagePeople)?;
    let named = crate::person_row(store.read(), person).await?;
    let email = named.ok_or_else(Refusal::not_found)?.identity.email;
    let email = email.ok_or_else(|| Refusal::field("password", "people-field-email-first"))?;
    set_password(store, person, &email, password).await
}

async fn set(store: &Store, (person, login): (Uuid, &str), password: &str, kept: Option<Vec<u8>>) -> Outcome<()> {
    let hash = hash_password(password).await?;
    let login = login.trim().to_lowercase();
    store
        .write(Lane::People, move |tx| {
            Box::pin(async move {
                keep(tx, person, &login, hash).await?;
                session::end_others(tx, person, kept).await
            })
        })
        .await?;
    crate::forget_cached();
    Ok(())
}

/// Sets one password for several people at once, each with their login; it is hashed once. Their sessions end.
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
                    session::end_others(tx, person, None).await?;
                }
                Ok(())
            })
        })
        .await?;
    crate::forget_cached();
    Ok(())
}

/// Changes one's own password; the present one must be known. One's other sessions end.
///
/// # Errors
/// A refusal that names `current` or `password`, or 429 while the delay of sign-in lasts.
pub async fn change_password(store: &Store, person: Uuid, change: PasswordChange<'_>) -> Outcome<()> {
    password_fits(change.password)?;
    let login = login_of(store, person).await?.ok_or_else(Refusal::not_found)?;
    match sign_in(store, &login, change.current).await {
        Err(Error::Refused(refusal)) if refusal.kind == RefusalKind::Unauthenticated => {
            Err(Refusal::field("current", "people-field-current").into())
        }
        Err(other) => Err(other),
        Ok(_) => {
            let kept = change.session.map(session::hash_of);
            set(store, (person, &login), change.password, kept).await
        }
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
    tx.run(sql, vec![person.into(), login.into(), hash.into()]).await?;
    attempt::forgive(tx, login).await
}

/// Checks login and password; answers the person.
///
/// # Errors
/// A refusal 401 that does not tell which of the two was wrong, or 429 while the delay lasts.
pub async fn sign_in(store: &Store, login: &str, password: &str) -> Outcome<Uuid> {
    let login = login.trim().to_lowercase();
    attempt::count(store, &login).await?;
    let account = account_of(store, &login).await?;
    // The same work for an account that does not exist, so that the time tells nothing.
    let hash = match &account {
        Some((_, hash)) => hash.clone(),
        None => nobody().await?,
    };
    let right = verify(password.to_owned(), hash).await?;
    match account {
        Some((person, _)) if right => {
            attempt::forgiven(store, &login).await?;
            Ok(person)
        }
        _ => Err(wrong().into()),
    }
}

async fn account_of(store: &Store, login: &str) -> Outcome<Option<(Uuid, String)>> {
    // No address holds a zero byte, and not every database takes one.
    if login.contains('\0') {
        return Ok(None);
    }
    let sql = "SELECT person_id, password FROM account WHERE login = $1";
    let row = store.read().row(sql, vec![login.into()]).await?;
    row.map(|row| Ok((row.get(0)?, row.get(1)?))).transpose()
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

//! The second step of signing in: a code of the moment (RFC 6238), or one of ten recovery codes that work once.
//!
//! The secret is born unconfirmed and counts only when its owner has shown a code made with it. A code is taken once, also
//! by two nodes at the same time; wrong ones are delayed like wrong passwords. Codes go by the wall clock, never by a
//! moved one.

use crate::session::hash_of;
use crate::{account, attempt};
use kernel::{Clock, Error, Outcome, Refusal, RefusalKind, Uuid};
use store::{Lane, Sql, Store, Tx};
use totp_rs::{Builder, Totp};

/// Recovery codes that are given out at once.
const RECOVERY_CODES: usize = 10;
/// Letters and digits of a recovery code; those that look alike are left out.
const LETTERS: &[u8; 31] = b"abcdefghjkmnpqrstuvwxyz23456789";
/// Seconds between the password and the code.
const STEP_LASTS: i64 = 300;
/// Who gives out the codes, as the telephone's program shows it.
const ISSUER: &str = "Sportello";

/// A secret that waits to be confirmed, as its owner needs it.
pub(crate) struct Offered {
    /// For a camera.
    pub(crate) address: String,
    /// For fingers, in groups of four.
    pub(crate) typed: String,
}

/// Where somebody stands with the second step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SecondFactor {
    /// True when signing in asks for it.
    pub on: bool,
    /// Recovery codes that are left.
    pub codes_left: i64,
}

/// Where somebody stands.
pub async fn second_factor_of(store: &Store, person: Uuid) -> Outcome<SecondFactor> {
    let sql = "SELECT (SELECT COUNT(*) FROM second_factor WHERE person_id = $1 AND confirmed = 1), \
               (SELECT COUNT(*) FROM recovery_code WHERE person_id = $1)";
    let row = store.read().row(sql, vec![person.into()]).await?;
    let row = row.ok_or_else(|| anyhow::anyhow!("no answer"))?;
    Ok(SecondFactor {
        on: row.get::<i64>(0)? > 0,
        codes_left: row.get(1)?,
    })
}

/// Makes a new secret, which does not count yet.
///
/// # Errors
/// A refusal 409 when the second step is already asked for.
pub(crate) async fn offer(store: &Store, person: Uuid) -> Outcome<Offered> {
    if second_factor_of(store, person).await?.on {
        return Err(Refusal::new(RefusalKind::Conflict, "second_factor_on", "people-second-on-already").into());
    }
    let login = account::login_of(store, person).await?.ok_or_else(Refusal::not_found)?;
    let mut secret = vec![0; 20];
    getrandom::fill(&mut secret).map_err(|cause| anyhow::anyhow!("no randomness: {cause}"))?;
    let kept = secret.clone();
    store
        .write(Lane::People, move |tx| {
            Box::pin(async move {
                let sql = "INSERT INTO second_factor (person_id, secret, confirmed, last_step) VALUES ($1, $2, 0, 0) \
                           ON CONFLICT (person_id) DO UPDATE SET secret = excluded.secret WHERE second_factor.confirmed = 0";
                tx.run(sql, vec![person.into(), kept.into()]).await.map(drop)
            })
        })
        .await?;
    offered(secret, &login)
}

/// The secret that waits to be confirmed, shown again after a wrong code.
///
/// # Errors
/// A refusal 404 when none waits.
pub(crate) async fn waiting(store: &Store, person: Uuid) -> Outcome<Offered> {
    let login = account::login_of(store, person).await?.ok_or_else(Refusal::not_found)?;
    let sql = "SELECT secret FROM second_factor WHERE person_id = $1 AND confirmed = 0";
    let row = store.read().row(sql, vec![person.into()]).await?;
    offered(row.ok_or_else(Refusal::not_found)?.get(0)?, &login)
}

fn offered(secret: Vec<u8>, login: &str) -> Outcome<Offered> {
    let totp = totp(secret, login)?;
    let letters = totp.secret().to_base32();
    let groups: Vec<&str> = (0..letters.len())
        .step_by(4)
        .filter_map(|at| letters.get(at..(at + 4).min(letters.len())))
        .collect();
    Ok(Offered {
        address: totp.to_url().map_err(|cause| anyhow::anyhow!("no address: {cause}"))?,
        typed: groups.join(" "),
    })
}

fn totp(secret: Vec<u8>, login: &str) -> Outcome<Totp> {
    let made = Builder::new()
        .with_secret(secret)
        .with_account_name(login.replace(':', ""))
        .with_issuer(Some(ISSUER))
        .build();
    Ok(made.map_err(|cause| anyhow::anyhow!("no codes: {cause}"))?)
}

/// Confirms the secret with a code made by it; answers the recovery codes, which are shown once.
///
/// # Errors
/// A refusal that names `code`, 429 while the delay lasts, 404 when nothing waits.
pub(crate) async fn confirm(store: &Store, person: Uuid, code: &str) -> Outcome<Vec<String>> {
    try_counted(store, person).await?;
    let sql = "SELECT secret FROM second_factor WHERE person_id = $1 AND confirmed = 0";
    let row = store.read().row(sql, vec![person.into()]).await?;
    let secret: Vec<u8> = row.ok_or_else(Refusal::not_found)?.get(0)?;
    let step = step_of(secret, code)?.ok_or_else(|| Refusal::field("code", "people-second-wrong"))?;
    let codes = fresh_codes()?;
    let kept = codes.clone();
    store
        .write(Lane::People, move |tx| {
            Box::pin(async move {
                let sql =
                    "UPDATE second_factor SET confirmed = 1, last_step = $2 WHERE person_id = $1 AND confirmed = 0";
                if tx.run(sql, vec![person.into(), step.into()]).await? == 0 {
                    return Err(Refusal::not_found().into());
                }
                keep_codes(tx, person, &kept).await
            })
        })
        .await?;
    attempt::forgiven(store, &key_of(person)).await?;
    Ok(codes)
}

/// New recovery codes in the place of the old ones.
///
/// # Errors
/// A refusal that names `code`.
pub(crate) async fn renew_codes(store: &Store, person: Uuid, code: &str) -> Outcome<Vec<String>> {
    check(store, person, code).await.map_err(as_field)?;
    let codes = fresh_codes()?;
    let kept = codes.clone();
    store
        .write(Lane::People, move |tx| {
            Box::pin(async move { keep_codes(tx, person, &kept).await })
        })
        .await?;
    Ok(codes)
}

/// Gives up the second step; a code must be shown.
///
/// # Errors
/// A refusal that names `code`.
pub(crate) async fn switch_off(store: &Store, person: Uuid, code: &str) -> Outcome<()> {
    check(store, person, code).await.map_err(as_field)?;
    store
        .write(Lane::People, move |tx| {
            Box::pin(async move { forget(tx, person).await })
        })
        .await
}

/// Takes the second step away from somebody: who lost telephone and codes, or is erased.
pub(crate) async fn forget(tx: &Tx, person: Uuid) -> Outcome<()> {
    tx.run("DELETE FROM recovery_code WHERE person_id = $1", vec![person.into()])
        .await?;
    tx.run("DELETE FROM second_factor WHERE person_id = $1", vec![person.into()])
        .await
        .map(drop)
}

/// Checks a code of the moment or a recovery code, and uses it up.
///
/// # Errors
/// A refusal 401 when it is wrong or was used, 429 while the delay lasts.
pub(crate) async fn check(store: &Store, person: Uuid, code: &str) -> Outcome<()> {
    try_counted(store, person).await?;
    let plain: String = code.chars().filter(|letter| letter.is_ascii_alphanumeric()).collect();
    let plain = plain.to_ascii_lowercase();
    let sql = "SELECT secret FROM second_factor WHERE person_id = $1 AND confirmed = 1";
    let row = store.read().row(sql, vec![person.into()]).await?;
    let secret: Vec<u8> = row.ok_or_else(wrong)?.get(0)?;
    let step = step_of(secret, &plain)?;
    let used = store
        .write(Lane::People, move |tx| {
            Box::pin(async move { use_up(tx, person, step, &plain).await })
        })
        .await?;
    if !used {
        return Err(wrong().into());
    }
    attempt::forgiven(store, &key_of(person)).await
}

async fn use_up(tx: &Tx, person: Uuid, step: Option<i64>, plain: &str) -> Outcome<bool> {
    let used = match step {
        Some(step) => {
            let sql = "UPDATE second_factor SET last_step = $2 WHERE person_id = $1 AND last_step < $2";
            tx.run(sql, vec![person.into(), step.into()]).await?
        }
        None => {
            let sql = "DELETE FROM recovery_code WHERE person_id = $1 AND hash = $2";
            tx.run(sql, vec![person.into(), hash_of(plain).into()]).await?
        }
    };
    Ok(used == 1)
}

/// The step of time in which a secret makes this code; nothing when it makes another.
fn step_of(secret: Vec<u8>, code: &str) -> Outcome<Option<i64>> {
    let code: String = code.chars().filter(char::is_ascii_digit).collect();
    if code.len() != 6 {
        return Ok(None);
    }
    let seconds = u64::try_from(Clock::wall_now().as_millis() / 1000).unwrap_or_default();
    let step = totp(secret, "")?.check(&code, seconds);
    Ok(step.and_then(|step| i64::try_from(step).ok()))
}

fn fresh_codes() -> Outcome<Vec<String>> {
    (0..RECOVERY_CODES).map(|_| fresh_code()).collect()
}

/// `abcde-fghjk`: ten letters of thirty-one, some fifty bits.
fn fresh_code() -> Outcome<String> {
    let mut code = String::new();
    while code.len() < 11 {
        let mut byte = [0];
        getrandom::fill(&mut byte).map_err(|cause| anyhow::anyhow!("no randomness: {cause}"))?;
        // What does not go evenly into the letters is drawn again, so that each is as likely as the next.
        if byte[0] < 248 {
            code.push(char::from(LETTERS[usize::from(byte[0]) % LETTERS.len()]));
            if code.len() == 5 {
                code.push('-');
            }
        }
    }
    Ok(code)
}

async fn keep_codes(tx: &Tx, person: Uuid, codes: &[String]) -> Outcome<()> {
    tx.run("DELETE FROM recovery_code WHERE person_id = $1", vec![person.into()])
        .await?;
    for code in codes {
        let hash = hash_of(&code.replace('-', ""));
        let sql = "INSERT INTO recovery_code (person_id, hash) VALUES ($1, $2)";
        tx.run(sql, vec![person.into(), hash.into()]).await?;
    }
    Ok(())
}

/// Somebody whose password was right and whose code is still to come; answers the key for a cookie.
pub(crate) async fn begin_step(store: &Store, person: Uuid) -> Outcome<String> {
    let key = crate::session::random_key()?;
    let (id, now) = (hash_of(&key), Clock::wall_now());
    store
        .write(Lane::People, move |tx| {
            Box::pin(async move {
                let sql = "DELETE FROM sign_in_step WHERE expires_at < $1";
                tx.run(sql, vec![now.as_millis().into()]).await?;
                let sql = "INSERT INTO sign_in_step (id, person_id, expires_at) VALUES ($1, $2, $3)";
                let expires = now.plus_seconds(STEP_LASTS).as_millis();
                tx.run(sql, vec![id.into(), person.into(), expires.into()])
                    .await
                    .map(drop)
            })
        })
        .await?;
    Ok(key)
}

/// Whose step a key is, while it lasts.
pub(crate) async fn step_person(store: &Store, key: &str) -> Outcome<Option<Uuid>> {
    let sql = "SELECT person_id FROM sign_in_step WHERE id = $1 AND expires_at > $2";
    let values = vec![hash_of(key).into(), Clock::wall_now().as_millis().into()];
    let row = store.read().row(sql, values).await?;
    row.map(|row| row.get(0)).transpose()
}

/// The step is over.
pub(crate) async fn end_step(store: &Store, key: &str) -> Outcome<()> {
    let id = hash_of(key);
    store
        .write(Lane::People, move |tx| {
            Box::pin(async move {
                tx.run("DELETE FROM sign_in_step WHERE id = $1", vec![id.into()])
                    .await
                    .map(drop)
            })
        })
        .await
}

/// Tries are counted by person, apart from those of the password.
fn key_of(person: Uuid) -> String {
    format!("second:{person}")
}

async fn try_counted(store: &Store, person: Uuid) -> Outcome<()> {
    attempt::count(store, &key_of(person)).await
}

fn wrong() -> Refusal {
    Refusal::new(RefusalKind::Unauthenticated, "wrong_code", "people-second-wrong")
}

/// On one's own page a wrong code is what is wrong with a field.
fn as_field(error: Error) -> Error {
    match error {
        Error::Refused(refusal) if refusal.kind == RefusalKind::Unauthenticated => {
            Refusal::field("code", "people-second-wrong").into()
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recovery_codes_are_easy_to_type_and_never_the_same() {
        let codes = fresh_codes().unwrap_or_default();
        assert_eq!(codes.len(), RECOVERY_CODES);
        for code in &codes {
            assert!(code.len() == 11 && code.as_bytes()[5] == b'-', "{code}");
            assert!(!code.contains(['0', 'o', '1', 'l', 'i']), "{code}");
        }
        let different: std::collections::HashSet<_> = codes.iter().collect();
        assert_eq!(different.len(), RECOVERY_CODES);
    }
}

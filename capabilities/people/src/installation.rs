//! The installation itself: what it is called, and how an empty one gets its first administrator.
//!
//! Whoever sets up must have seen the server's output: it prints a one-time code. Only the code's hash is stored, so
//! that any node accepts it, and set-up happens once whatever arrives at the same time.

use crate::account::hash_password;
use crate::{GroupKind, Identity, PersonId, Role, RoleGrant, account, create_group, person, set_members};
use i18n::Language;
use kernel::{Author, Checks, Clock, Error, FieldError, Limit, Outcome, Refusal, RefusalKind, Uuid};
use sha2::{Digest, Sha256};
use store::{Lane, Reader, Sql, Store, Tx};

/// Characters of a code: none that is taken for another.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// What the first administrator decides.
#[derive(Clone, Debug, Default)]
pub struct SetUp {
    /// Name of the organisation.
    pub organisation: String,
    /// Name and surname of the administrator.
    pub name: String,
    /// E-mail address of the administrator: also the login.
    pub email: String,
    /// Password of the administrator.
    pub password: String,
    /// Name of the first service area.
    pub area: String,
}

/// The organisation's name as it was set up, if it was.
pub async fn organisation(store: &Store) -> Outcome<Option<String>> {
    let kept = store.kept("organisation", || async {
        let sql = "SELECT value FROM installation WHERE name = 'organisation'";
        store
            .read()
            .row(sql, vec![])
            .await?
            .map(|row| row.get::<String>(0))
            .transpose()
    });
    Ok(kept.await?.as_ref().clone())
}

/// Sets the organisation's name.
///
/// # Errors
/// A refusal when it is missing or too long.
pub async fn set_organisation(tx: &Tx, name: &str) -> Outcome<()> {
    let mut checks = Checks::new();
    let name = checks.required("organisation", Some(name), Limit::line(160));
    checks.done()?;
    let sql = "INSERT INTO installation (name, value) VALUES ('organisation', $1) \
               ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    tx.run(sql, vec![name.into()]).await.map(drop)
}

/// True while nobody can sign in and nobody has set up.
pub async fn is_empty(reader: &Reader) -> Outcome<bool> {
    let sql = "SELECT 1 FROM account UNION ALL SELECT 1 FROM installation WHERE name = 'set_up' LIMIT 1";
    Ok(reader.row(sql, vec![]).await?.is_none())
}

/// A fresh set-up code while the installation is empty; it is told once, by the server's output.
pub async fn set_up_code(store: &Store) -> Outcome<Option<String>> {
    if !is_empty(store.read()).await? {
        return Ok(None);
    }
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).map_err(|cause| anyhow::anyhow!("no randomness: {cause}"))?;
    let letters: Vec<char> = bytes
        .iter()
        .map(|byte| char::from(ALPHABET[usize::from(byte % 32)]))
        .collect();
    let code: Vec<String> = letters.chunks(4).map(|four| four.iter().collect()).collect();
    let code = code.join("-");
    let (name, now) = (row_of(&code), Clock::wall_now().as_millis().to_string());
    store
        .write(Lane::People, move |tx| {
            Box::pin(async move {
                let sql = "INSERT INTO installation (name, value) VALUES ($1, $2)";
                tx.run(sql, vec![name.into(), now.into()]).await.map(drop)
            })
        })
        .await?;
    Ok(Some(code))
}

/// Checks a set-up code and everything else that was typed, so that all that is wrong is told at once.
///
/// # Errors
/// A refusal that names every wrong field.
pub async fn check(reader: &Reader, code: &str, asked: SetUp) -> Outcome<()> {
    let mut wrong: Vec<FieldError> = Vec::new();
    note(&mut wrong, check_code(reader, code).await)?;
    note(&mut wrong, checked(asked).map(drop))?;
    refuse(wrong)
}

/// Checks a set-up code as typed.
async fn check_code(reader: &Reader, typed: &str) -> Outcome<()> {
    let sql = "SELECT 1 FROM installation WHERE name = $1";
    match reader.row(sql, vec![row_of(typed).into()]).await? {
        Some(_) => Ok(()),
        None => Err(Refusal::field("code", "people-field-code").into()),
    }
}

/// The row of a code: by its hash, whatever its case, dashes and look-alikes.
fn row_of(code: &str) -> String {
    let plain: String = code
        .to_uppercase()
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| match letter {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect();
    format!("code:{}", hex::encode(Sha256::digest(plain.as_bytes())))
}

/// Sets an empty installation up: organisation, administrator, first area with its groups. Answers the administrator.
///
/// # Errors
/// A refusal that names the fields, or 409 when it has been set up already.
pub async fn set_up(store: &Store, asked: SetUp, language: Language) -> Outcome<Uuid> {
    if !is_empty(store.read()).await? {
        return Err(done_already().into());
    }
    let checked = checked(asked)?;
    let hash = hash_password(&checked.password).await?;
    let person = store
        .write(Lane::People, move |tx| {
            Box::pin(async move {
                let sql = "INSERT INTO installation (name, value) VALUES ('set_up', $1) ON CONFLICT (name) DO NOTHING";
                if tx
                    .run(sql, vec![Clock::wall_now().as_millis().to_string().into()])
                    .await?
                    == 0
                {
                    return Err(done_already().into());
                }
                tx.run("DELETE FROM installation WHERE name LIKE 'code:%'", vec![])
                    .await?;
                set_organisation(tx, &checked.organisation).await?;
                let roles = [Role::Administrator, Role::Operator].map(|role| RoleGrant { role, area: None });
                let author = Author::system("setup");
                let login = checked.identity.email.clone().unwrap_or_default();
                let person = person::register(tx, &author, checked.identity, false, &roles).await?;
                account::keep(tx, person.0, &login, hash).await?;
                open_area(tx, &author, &checked.area, person, language).await?;
                Ok(person.0)
            })
        })
        .await?;
    store.note_listed_change();
    crate::forget_cached();
    Ok(person)
}

fn done_already() -> Refusal {
    Refusal::new(RefusalKind::Conflict, "set_up_already", "people-refusal-set-up")
}

struct Checked {
    organisation: String,
    identity: Identity,
    password: String,
    area: String,
}

/// Reads all fields, so that all that is wrong is told at once.
fn checked(asked: SetUp) -> Outcome<Checked> {
    let mut wrong: Vec<FieldError> = Vec::new();
    let mut checks = Checks::new();
    let organisation = checks.required("organisation", Some(&asked.organisation), Limit::line(160));
    let area = checks.required("area", Some(&asked.area), Limit::line(120));
    if asked.email.trim().is_empty() {
        checks.wrong("email", "field-required");
    }
    note(&mut wrong, checks.done().map_err(Error::from))?;
    let identity = Identity {
        name: asked.name,
        email: Some(asked.email),
        ..Identity::default()
    }
    .checked("");
    let identity = note(&mut wrong, identity)?.unwrap_or_default();
    note(&mut wrong, account::password_fits(&asked.password).map_err(Error::from))?;
    refuse(wrong)?;
    Ok(Checked {
        organisation,
        identity,
        password: asked.password,
        area,
    })
}

/// Refuses what has wrong fields, in the order in which they were found.
fn refuse(wrong: Vec<FieldError>) -> Outcome<()> {
    if wrong.is_empty() {
        return Ok(());
    }
    let mut refusal = Refusal::new(RefusalKind::Invalid, "invalid", "refusal-invalid");
    refusal.fields = wrong;
    Err(refusal.into())
}

/// Keeps what a refusal says of fields and goes on; other errors stop.
fn note<T>(wrong: &mut Vec<FieldError>, outcome: Outcome<T>) -> Outcome<Option<T>> {
    match outcome {
        Ok(value) => Ok(Some(value)),
        Err(Error::Refused(refusal)) if !refusal.fields.is_empty() => {
            wrong.extend(refusal.fields);
            Ok(None)
        }
        Err(other) => Err(other),
    }
}

/// An area with a group for each way in and one behind them; the administrator answers at both counters.
async fn open_area(tx: &Tx, author: &Author, name: &str, person: PersonId, language: Language) -> Outcome<()> {
    let area = configuration::create_area(tx, author, &short_name(name), name).await?;
    let (hours, agreement) = (
        language.text("people-first-hours"),
        language.text("people-first-agreement"),
    );
    service_level::add_usual(tx, author, None, hours, agreement).await?;
    let groups = [
        (GroupKind::FrontEnd, "people-first-front-end"),
        (GroupKind::BackOffice, "people-first-back-office"),
        (GroupKind::SecondLevel, "people-first-second-level"),
    ];
    for (kind, key) in groups {
        let named = language.text_with(key, &[("area", name.into())]);
        let group = create_group(tx, author, &named, kind, Some(area.0)).await?;
        if kind.is_first_level() {
            set_members(tx, author, group, vec![person.0]).await?;
        }
    }
    Ok(())
}

/// A short name for programs, from what people read: `Assistenza e servizi` gives `assistenza-e-servizi`.
pub fn short_name(name: &str) -> String {
    let plain = |letter: char| match letter {
        'à' | 'á' => 'a',
        'è' | 'é' => 'e',
        'ì' | 'í' => 'i',
        'ò' | 'ó' => 'o',
        'ù' | 'ú' => 'u',
        other => other,
    };
    let letters: String = name
        .to_lowercase()
        .chars()
        .map(plain)
        .map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' })
        .collect();
    let short: String = letters
        .split_whitespace()
        .collect::<Vec<_>>()
        .join("-")
        .chars()
        .take(40)
        .collect();
    if short.is_empty() { "area".to_owned() } else { short }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_accepted_however_it_is_typed() {
        assert_eq!(row_of("AB0D-1234"), row_of(" abod 1234 "));
        assert_ne!(row_of("AB0D-1234"), row_of("AB0D-1235"));
    }

    #[test]
    fn short_names_are_plain() {
        assert_eq!(short_name("Assistenza e qualità"), "assistenza-e-qualita");
        assert_eq!(short_name("—"), "area");
    }

    #[test]
    fn everything_wrong_is_told_at_once() {
        let error = checked(SetUp {
            email: "nobody".into(),
            ..SetUp::default()
        })
        .err()
        .expect("nothing was given");
        let fields: Vec<_> = error
            .refusal()
            .expect("a refusal")
            .fields
            .iter()
            .map(|f| f.field.to_string())
            .collect();
        assert_eq!(fields, ["organisation", "area", "name", "email", "password"]);
    }
}

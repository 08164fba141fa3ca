//! How somebody likes to see things: names with a value, for them alone.

use kernel::{Outcome, Refusal, RefusalKind, Uuid};
use store::{Lane, Sql, Store};

/// Longest name, longest value, most preferences of a person.
const NAME: usize = 60;
const VALUE: usize = 4_000;
const MOST: i64 = 100;

/// A preference of a person, if they have one.
pub async fn preference(store: &Store, person: Uuid, name: &str) -> Outcome<Option<String>> {
    let sql = "SELECT value FROM preference WHERE person_id = $1 AND name = $2";
    let row = store.read().row(sql, vec![person.into(), name.into()]).await?;
    row.map(|row| row.get(0)).transpose()
}

/// Sets a preference; an empty value takes it away.
///
/// # Errors
/// A refusal 422 for a name that is none, 413 for a value too long, 429 when there are too many.
pub async fn set_preference(store: &Store, person: Uuid, name: &str, value: &str) -> Outcome<()> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '.';
    if name.is_empty() || name.len() > NAME || !name.chars().all(plain) {
        return Err(Refusal::field("name", "field-wrong-type").into());
    }
    if value.len() > VALUE {
        return Err(Refusal::new(RefusalKind::TooLarge, "body_too_large", "refusal-body-too-large").into());
    }
    let (name, value) = (name.to_owned(), value.to_owned());
    store
        .write(Lane::People, move |tx| {
            Box::pin(async move {
                let sql = "DELETE FROM preference WHERE person_id = $1 AND name = $2";
                tx.run(sql, vec![person.into(), name.as_str().into()]).await?;
                if value.is_empty() {
                    return Ok(());
                }
                let sql = "SELECT COUNT(*) FROM preference WHERE person_id = $1";
                let count = tx
                    .row(sql, vec![person.into()])
                    .await?
                    .map_or(Ok(0), |row| row.get::<i64>(0))?;
                if count >= MOST {
                    return Err(Refusal::new(RefusalKind::TooMany, "too_many", "workspace-refusal-too-many").into());
                }
                let sql = "INSERT INTO preference (person_id, name, value) VALUES ($1, $2, $3)";
                tx.run(sql, vec![person.into(), name.into(), value.into()])
                    .await
                    .map(drop)
            })
        })
        .await
}

//! People whose surname was typed with an error: the beginning of the surname must be right.

use crate::Named;
use crate::name::{COLUMNS, named};
use kernel::Outcome;
use store::{Reader, Sql, Value, apart, folded, forgiven};

/// Letters from which on an error is forgiven.
const SHORTEST: usize = 4;
/// Surnames with the same beginning that are looked at.
const LOOKED_AT: i64 = 3000;

/// The people with the nearest surnames, at most `limit`; those as near as each other by name.
pub async fn near_people(reader: &Reader, text: &str, limit: usize) -> Outcome<Vec<Named>> {
    let typed = text.trim().to_lowercase();
    if typed.chars().count() < SHORTEST || !typed.chars().all(char::is_alphabetic) {
        return Ok(Vec::new());
    }
    let beginning: String = typed.chars().take(forgiven(&typed)).collect();
    let sql = format!(
        "SELECT {COLUMNS}, surname_key FROM person WHERE surname_key >= $1 AND surname_key < $2 AND merged_into IS NULL \
         ORDER BY surname_key, is_guest, id LIMIT $3"
    );
    let values: Vec<Value> = vec![
        beginning.as_str().into(),
        format!("{beginning}\u{10FFFF}").into(),
        LOOKED_AT.into(),
    ];
    let mut near = Vec::new();
    for row in reader.rows(&sql, values).await? {
        let key: String = row.get(12)?;
        let surname = key.split(' ').next().unwrap_or_default();
        let distance = apart(&folded(surname), &folded(&typed));
        if distance <= forgiven(&typed) {
            near.push((distance, named(&row)?));
        }
    }
    // Rows came by surname and then by name, and sorting keeps that order among equals.
    near.sort_by_key(|(distance, _)| *distance);
    Ok(near.into_iter().take(limit).map(|(_, person)| person).collect())
}

//! Drafts in the database.

use crate::draft::{Fields, Kept};
use kernel::{Outcome, Uuid};
use std::fmt::Write as _;
use store::{Row, Sql, Tx, Value};

/// Rows that one statement reads or takes away.
const AT_ONCE: usize = 200;
const COLUMNS: &str = "key, fields, writer, at, others";

/// Whose draft, of what.
pub(crate) type Place = (Uuid, String);

fn kept(row: &Row, first: usize) -> Outcome<(String, Kept)> {
    let fields: Option<String> = row.get(first + 1)?;
    let fields = fields.map(|text| serde_json::from_str::<Fields>(&text)).transpose()?;
    let kept = Kept {
        fields,
        writer: row.get(first + 2)?,
        at: row.instant(first + 3)?,
        others: serde_json::from_str(&row.get::<String>(first + 4)?)?,
    };
    Ok((row.get(first)?, kept))
}

/// One draft.
pub(crate) async fn one(sql: &impl Sql, person: Uuid, key: &str) -> Outcome<Option<Kept>> {
    let text = format!("SELECT {COLUMNS} FROM draft WHERE person_id = $1 AND key = $2");
    let row = sql.row(&text, vec![person.into(), key.into()]).await?;
    row.map(|row| kept(&row, 0).map(|(_, kept)| kept)).transpose()
}

/// The drafts of a person whose keys begin so.
pub(crate) async fn under(sql: &impl Sql, person: Uuid, start: &str) -> Outcome<Vec<(String, Kept)>> {
    let text = format!("SELECT {COLUMNS} FROM draft WHERE person_id = $1 AND key >= $2 AND key < $3 ORDER BY key");
    let beyond = format!("{start}\u{10FFFF}");
    let rows = sql
        .rows(&text, vec![person.into(), start.into(), beyond.into()])
        .await?;
    rows.iter().map(|row| kept(row, 0)).collect()
}

/// How many drafts a person has that are neither sent nor thrown away.
pub(crate) async fn count(sql: &impl Sql, person: Uuid) -> Outcome<i64> {
    let text = "SELECT COUNT(*) FROM draft WHERE person_id = $1 AND fields IS NOT NULL";
    let row = sql.row(text, vec![person.into()]).await?;
    row.map_or(Ok(0), |row| row.get(0))
}

/// Some drafts, by their places.
pub(crate) async fn some(tx: &Tx, places: &[Place]) -> Outcome<Vec<(Place, Kept)>> {
    let mut found = Vec::new();
    for some in places.chunks(AT_ONCE) {
        let (list, values) = listed(some);
        let text = format!("SELECT person_id, {COLUMNS} FROM draft WHERE (person_id, key) IN (VALUES {list})");
        for row in tx.rows(&text, values).await? {
            let (key, kept) = kept(&row, 1)?;
            found.push(((row.get(0)?, key), kept));
        }
    }
    Ok(found)
}

/// Writes drafts in the place of what was there.
pub(crate) async fn replace(tx: &Tx, all: Vec<(Place, Kept)>) -> Outcome<()> {
    let places: Vec<Place> = all.iter().map(|(place, _)| place.clone()).collect();
    for some in places.chunks(AT_ONCE) {
        let (list, values) = listed(some);
        let text = format!("DELETE FROM draft WHERE (person_id, key) IN (VALUES {list})");
        tx.run(&text, values).await?;
    }
    let row = |((person, key), kept): (Place, Kept)| -> Outcome<Vec<Value>> {
        let fields = kept.fields.map(|fields| serde_json::to_string(&fields)).transpose()?;
        let others = serde_json::to_string(&kept.others)?;
        let at = kept.at.as_millis();
        Ok(vec![
            person.into(),
            key.into(),
            fields.into(),
            kept.writer.into(),
            at.into(),
            others.into(),
        ])
    };
    let rows = all.into_iter().map(row).collect::<Outcome<Vec<_>>>()?;
    tx.insert_rows(
        "INSERT INTO draft (person_id, key, fields, writer, at, others) VALUES ",
        rows,
    )
    .await
}

fn listed(places: &[Place]) -> (String, Vec<Value>) {
    let (mut list, mut values) = (String::new(), Vec::with_capacity(places.len() * 2));
    for (place, (person, key)) in places.iter().enumerate() {
        let _ = write!(
            list,
            "{}(${}, ${})",
            if place == 0 { "" } else { ", " },
            place * 2 + 1,
            place * 2 + 2
        );
        values.push((*person).into());
        values.push(key.as_str().into());
    }
    (list, values)
}

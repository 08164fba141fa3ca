//! Rows of loaded files: written a few at a time under a number of their own, looked up by what is surest.

use crate::{Entry, LoadedFile, RegistryField};
use kernel::{Outcome, Uuid};
use std::fmt::Write as _;
use store::{Lane, Reader, Sql, Store, Tx, Value};

/// Rows that share a transaction.
const TOGETHER: usize = 200;
/// Columns of a row.
const COLUMNS: usize = 8;
/// Rows that go with one statement.
const GONE: i64 = 1_000;

/// Writes the people of a file under a number of their own, which nobody asks for yet.
pub(crate) async fn write(store: &Store, source: Uuid, people: Vec<Entry>) -> Outcome<i64> {
    let edition = store
        .write(Lane::Background, move |tx| {
            Box::pin(async move {
                let sql = "SELECT COALESCE(MAX(edition), 0) + 1 FROM registry_row WHERE source_id = $1";
                let row = tx.row(sql, vec![source.into()]).await?;
                let next: i64 = row.map_or(Ok(1), |row| row.get(0))?;
                Ok(next.max(tx.now().as_millis()))
            })
        })
        .await?;
    for (part, people) in people.chunks(TOGETHER).enumerate() {
        let (first, people) = ((part * TOGETHER) as i64, people.to_vec());
        store
            .write(Lane::Background, move |tx| {
                Box::pin(async move { insert(tx, (source, edition, first), &people).await })
            })
            .await?;
    }
    Ok(edition)
}

async fn insert(tx: &Tx, (source, edition, first): (Uuid, i64, i64), people: &[Entry]) -> Outcome<()> {
    let mut sql = String::from(
        "INSERT INTO registry_row (source_id, edition, place, external_id, pin, email, phone, entry) VALUES ",
    );
    let mut values: Vec<Value> = Vec::with_capacity(people.len() * COLUMNS);
    for (place, entry) in people.iter().enumerate() {
        let comma = if place == 0 { "" } else { ", " };
        let _ = write!(sql, "{comma}(");
        for column in 1..=COLUMNS {
            let comma = if column == 1 { "" } else { ", " };
            let _ = write!(sql, "{comma}${}", place * COLUMNS + column);
        }
        sql.push(')');
        values.extend([source.into(), edition.into(), (first + place as i64).into()]);
        values.extend(RegistryField::KEYS.map(|key| Value::from(entry.get(&key).map(|text| key.plain(text)))));
        values.push(serde_json::to_string(entry)?.into());
    }
    tx.run(&sql, values).await.map(drop)
}

/// Removes the rows of other files than the one that holds.
pub(crate) async fn forget_but(store: &Store, source: Uuid, edition: i64) -> Outcome<()> {
    loop {
        let gone = store.write(Lane::Background, move |tx| {
            Box::pin(async move {
                let sql = "DELETE FROM registry_row WHERE source_id = $1 AND edition < $2 AND place IN \
                           (SELECT place FROM registry_row WHERE source_id = $1 AND edition < $2 LIMIT $3)";
                tx.run(sql, vec![source.into(), edition.into(), GONE.into()]).await
            })
        });
        if gone.await? == 0 {
            return Ok(());
        }
    }
}

/// Whom a file knows by these values, the surest first; nobody where it knows none, or several.
pub(crate) async fn find(
    reader: &Reader,
    source: Uuid,
    file: &LoadedFile,
    known: &[(RegistryField, String)],
) -> Outcome<Option<Entry>> {
    for (field, value) in known {
        let column = field.code();
        let sql =
            format!("SELECT entry FROM registry_row WHERE {column} = $1 AND source_id = $2 AND edition = $3 LIMIT 2");
        let values = vec![field.plain(value).into(), source.into(), file.edition.into()];
        let rows = reader.rows(&sql, values).await?;
        if let [only] = rows.as_slice() {
            return Ok(Some(serde_json::from_str(&only.get::<String>(0)?)?));
        }
    }
    Ok(None)
}

/// Removes what files say of somebody who is forgotten: the rows with one of their contacts.
pub(crate) async fn forget(tx: &Tx, traces: &[String]) -> Outcome<()> {
    for key in RegistryField::KEYS {
        let sql = format!("DELETE FROM registry_row WHERE {} = $1", key.code());
        for trace in traces
            .iter()
            .map(|trace| key.plain(trace))
            .filter(|trace| !trace.is_empty())
        {
            tx.run(&sql, vec![trace.into()]).await?;
        }
    }
    Ok(())
}

//! Rows in a form that either database takes: numbers, texts, and bytes in hexadecimal.

use crate::{Backend, Row, Sql, Value};
use kernel::{Outcome, Uuid};

/// Tables that are made again, or mean something to one database only.
const LEFT_OUT: [&str; 11] = [
    "search",
    "search_data",
    "search_idx",
    "search_content",
    "search_docsize",
    "search_config",
    "counter",
    "schema_migration",
    "journal_setting",
    "lease",
    "sqlite_sequence",
];

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Number,
    Text,
    Bytes,
    Identity,
}

/// A column of a table.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    pub(crate) name: String,
    kind: Kind,
    key: i64,
}

/// The tables that hold something of their own, in the order in which they were made.
pub(crate) async fn tables(sql: &impl Sql) -> Outcome<Vec<String>> {
    let text = match sql.backend() {
        Backend::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid",
        Backend::Postgres => {
            "SELECT c.relname::text FROM pg_class c WHERE c.relkind = 'r' \
             AND c.relnamespace = current_schema()::regnamespace ORDER BY c.oid"
        }
    };
    let names: Vec<String> = sql
        .rows(text, vec![])
        .await?
        .iter()
        .map(|row| row.get(0))
        .collect::<Outcome<_>>()?;
    Ok(names
        .into_iter()
        .filter(|name| !LEFT_OUT.contains(&name.as_str()))
        .collect())
}

/// The columns of a table.
pub(crate) async fn columns(sql: &impl Sql, table: &str) -> Outcome<Vec<Column>> {
    let text = match sql.backend() {
        Backend::Sqlite => "SELECT name, type, CAST(pk AS BIGINT) FROM pragma_table_info($1) ORDER BY cid",
        Backend::Postgres => {
            "SELECT a.attname::text, format_type(a.atttypid, NULL)::text, \
             COALESCE((SELECT array_position(i.indkey::int2[], a.attnum) + 1 FROM pg_index i \
             WHERE i.indrelid = a.attrelid AND i.indisprimary), 0)::bigint \
             FROM pg_attribute a WHERE a.attrelid = ($1::text)::regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum"
        }
    };
    let rows = sql.rows(text, vec![table.into()]).await?;
    rows.iter()
        .map(|row| {
            Ok(Column {
                name: row.get(0)?,
                kind: kind_of(&row.get::<String>(1)?)?,
                key: row.get(2)?,
            })
        })
        .collect()
}

fn kind_of(declared: &str) -> Outcome<Kind> {
    match declared.to_uppercase().as_str() {
        "BIGINT" | "INTEGER" => Ok(Kind::Number),
        "TEXT" => Ok(Kind::Text),
        "BLOB" | "BYTEA" => Ok(Kind::Bytes),
        "UUID" => Ok(Kind::Identity),
        other => Err(anyhow::anyhow!("a column of type {other} has no portable form").into()),
    }
}

/// A table read row by row in the order of its key.
pub(crate) struct Walk {
    sql: String,
    first: String,
    pub(crate) columns: Vec<Column>,
    keys: Vec<usize>,
    last: Option<Vec<Value>>,
}

/// Rows read at once.
const ROWS: usize = 500;

impl Walk {
    pub(crate) async fn over(sql: &impl Sql, table: &str) -> Outcome<Self> {
        let columns = columns(sql, table).await?;
        let mut keys: Vec<usize> = (0..columns.len()).filter(|place| columns[*place].key > 0).collect();
        keys.sort_by_key(|place| columns[*place].key);
        if keys.is_empty() {
            return Err(anyhow::anyhow!("the table {table} has no key to be read by").into());
        }
        let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
        let key: Vec<&str> = keys.iter().map(|place| names[*place]).collect();
        let bound: Vec<String> = (1..=key.len()).map(|place| format!("${place}")).collect();
        let (all, key) = (names.join(", "), key.join(", "));
        let first = format!("SELECT {all} FROM {table} ORDER BY {key} LIMIT {ROWS}");
        let text = format!(
            "SELECT {all} FROM {table} WHERE ({key}) > ({}) ORDER BY {key} LIMIT {ROWS}",
            bound.join(", ")
        );
        Ok(Self {
            sql: text,
            first,
            columns,
            keys,
            last: None,
        })
    }

    /// The next rows as lines; none at the end.
    pub(crate) async fn next(&mut self, sql: &impl Sql) -> Outcome<Vec<Vec<serde_json::Value>>> {
        let rows = match self.last.take() {
            Some(last) => sql.rows(&self.sql, last).await?,
            None => sql.rows(&self.first, vec![]).await?,
        };
        let Some(last) = rows.last() else { return Ok(Vec::new()) };
        self.last = Some(
            self.keys
                .iter()
                .map(|place| bound(last, *place, self.columns[*place].kind))
                .collect::<Outcome<_>>()?,
        );
        let read = |row: &Row| {
            self.columns
                .iter()
                .enumerate()
                .map(|(place, column)| portable(row, place, column.kind))
                .collect()
        };
        rows.iter().map(read).collect()
    }
}

fn bound(row: &Row, place: usize, kind: Kind) -> Outcome<Value> {
    Ok(match kind {
        Kind::Number => row.get::<i64>(place)?.into(),
        Kind::Text => row.get::<String>(place)?.into(),
        Kind::Bytes => row.get::<Vec<u8>>(place)?.into(),
        Kind::Identity => row.get::<Uuid>(place)?.into(),
    })
}

fn portable(row: &Row, place: usize, kind: Kind) -> Outcome<serde_json::Value> {
    Ok(match kind {
        Kind::Number => row.get::<Option<i64>>(place)?.into(),
        Kind::Text => row.get::<Option<String>>(place)?.into(),
        Kind::Bytes => row.get::<Option<Vec<u8>>>(place)?.map(hex::encode).into(),
        Kind::Identity => row
            .get::<Option<Uuid>>(place)?
            .map(|id| hex::encode(id.as_bytes()))
            .into(),
    })
}

impl Column {
    /// A portable value as this column takes it.
    pub(crate) fn value(&self, portable: &serde_json::Value) -> Outcome<Value> {
        let wrong = || anyhow::anyhow!("{}: {portable} does not fit", self.name);
        let bytes = |text: &str| hex::decode(text).map_err(anyhow::Error::from);
        let text = portable.as_str();
        Ok(match (self.kind, portable.is_null()) {
            (Kind::Number, true) => Option::<i64>::None.into(),
            (Kind::Text, true) => Option::<String>::None.into(),
            (Kind::Bytes, true) => Option::<Vec<u8>>::None.into(),
            (Kind::Identity, true) => Option::<Uuid>::None.into(),
            (Kind::Number, false) => portable.as_i64().ok_or_else(wrong)?.into(),
            (Kind::Text, false) => text.ok_or_else(wrong)?.into(),
            (Kind::Bytes, false) => bytes(text.ok_or_else(wrong)?)?.into(),
            (Kind::Identity, false) => Uuid::from_slice(&bytes(text.ok_or_else(wrong)?)?)
                .map_err(anyhow::Error::from)?
                .into(),
        })
    }
}

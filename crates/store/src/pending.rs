//! Writes whose answer nobody waits for: on PostgreSQL they go together, in one way there and back.
//!
//! A save writes events, record, card, texts and words; as statements of their own each would cost the way to the server.
//! They wait until the command asks something or commits and then go as one statement of several parts. All parts see the
//! database as it was before, so no two of them may touch the same row: a second write to a row sends the first ones off.

use crate::{Backend, Sql, Tx, Value};
use kernel::Outcome;
use std::fmt::Write as _;
use std::sync::PoisonError;
use std::sync::atomic::Ordering;

/// A write that waits.
pub(crate) struct Pending {
    table: &'static str,
    key: i64,
    sql: String,
    values: Vec<Value>,
}

/// Parameters that one statement may take on PostgreSQL.
const MOST_VALUES: usize = 30_000;

impl Tx {
    /// Writes to the row (or to new rows) of a table that `key` names, with what else is written next. On SQLite at once.
    pub(crate) async fn later(&self, table: &'static str, key: i64, sql: String, values: Vec<Value>) -> Outcome<()> {
        if self.backend() == Backend::Sqlite {
            return self.run(&sql, values).await.map(drop);
        }
        let must_go = {
            let pending = self.pending.lock().unwrap_or_else(PoisonError::into_inner);
            let count: usize = pending.iter().map(|write| write.values.len()).sum();
            count + values.len() > MOST_VALUES || pending.iter().any(|write| write.table == table && write.key == key)
        };
        if must_go {
            self.flush().await?;
        }
        let mut pending = self.pending.lock().unwrap_or_else(PoisonError::into_inner);
        pending.push(Pending {
            table,
            key,
            sql,
            values,
        });
        Ok(())
    }

    /// Sends off what waits. Called before anything else is asked, and before the commit.
    pub(crate) async fn flush(&self) -> Outcome<()> {
        let pending = std::mem::take(&mut *self.pending.lock().unwrap_or_else(PoisonError::into_inner));
        let Some((sql, values)) = together(pending) else {
            return Ok(());
        };
        self.inner.reader.statements.fetch_add(1, Ordering::Relaxed);
        self.session.run(&sql, values).await.map(drop)
    }
}

/// `WITH w0 AS (…), w1 AS (…) last`, the parameters counted through.
fn together(pending: Vec<Pending>) -> Option<(String, Vec<Value>)> {
    let (mut sql, mut values) = (String::new(), Vec::new());
    let last = pending.len().checked_sub(1)?;
    for (place, write) in pending.into_iter().enumerate() {
        let text = counted_on(&write.sql, values.len());
        let _ = match (place, last) {
            (0, 0) => write!(sql, "{text}"),
            (place, last) if place == last => write!(sql, ") {text}"),
            (0, _) => write!(sql, "WITH w0 AS ({text}"),
            _ => write!(sql, "), w{place} AS ({text}"),
        };
        values.extend(write.values);
    }
    Some((sql, values))
}

/// The text with its parameters counted on from `before`.
fn counted_on(sql: &str, before: usize) -> String {
    let mut counted = String::with_capacity(sql.len() + 16);
    let mut parts = sql.split('$');
    counted.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        match part[..digits].parse::<usize>() {
            Ok(number) => {
                let _ = write!(counted, "${}{}", before + number, &part[digits..]);
            }
            Err(_) => {
                let _ = write!(counted, "${part}");
            }
        }
    }
    counted
}

#[cfg(test)]
mod tests {
    use super::{Pending, together};
    use crate::Value;

    fn write(sql: &str, values: &[i64]) -> Pending {
        Pending {
            table: "t",
            key: 1,
            sql: sql.to_owned(),
            values: values.iter().map(|value| Value::from(*value)).collect(),
        }
    }

    #[test]
    fn writes_go_as_parts_of_one_statement() {
        let one = || write("INSERT INTO a VALUES ($1, $2)", &[1, 2]);
        let two = || write("UPDATE b SET x = $2 WHERE y = $1", &[3, 4]);
        assert!(together(vec![]).is_none());
        assert_eq!(together(vec![one()]).unwrap().0, "INSERT INTO a VALUES ($1, $2)");
        let (sql, values) = together(vec![one(), two(), one()]).unwrap();
        assert_eq!(
            sql,
            "WITH w0 AS (INSERT INTO a VALUES ($1, $2)), w1 AS (UPDATE b SET x = $4 WHERE y = $3) INSERT INTO a VALUES ($5, $6)"
        );
        assert_eq!(values, [1, 2, 3, 4, 1, 2].map(Value::from));
    }
}

//! Numbers that people say: unique and rising, one series for each kind and year. A gap is no fault.

use crate::{Backend, Sql, Tx};
use kernel::Outcome;

impl Tx {
    /// The next number of a series, such as `SR-2026-000123`.
    ///
    /// PostgreSQL draws from a sequence (a counter row would make every create wait for the one before), SQLite counts
    /// in a row, since there is one writer anyway.
    pub async fn number(&self, prefix: &'static str, year: i16) -> Outcome<String> {
        let series = format!("number_{}_{year}", prefix.to_lowercase());
        let row = match self.backend() {
            Backend::Sqlite => {
                let sql = "INSERT INTO counter (name, value) VALUES ($1, 1) \
                           ON CONFLICT (name) DO UPDATE SET value = counter.value + 1 RETURNING value";
                self.row(sql, vec![series.as_str().into()]).await?
            }
            Backend::Postgres => {
                self.ensure_sequence(&series).await?;
                let sql = "SELECT nextval(($1::text)::regclass), pg_current_xact_id()::text::bigint";
                let row = self.row(sql, vec![series.as_str().into()]).await?;
                if let Some(row) = &row {
                    self.note_number(row.get(1)?);
                }
                row
            }
        };
        let value: i64 = row.ok_or_else(|| anyhow::anyhow!("no number"))?.get(0)?;
        Ok(format!("{prefix}-{year}-{value:06}"))
    }

    /// Makes a year's sequence once per process: a definition inside the command would hold everybody until it commits,
    /// and a second connection of the writers' pool might never come while all of them wait here.
    async fn ensure_sequence(&self, series: &str) -> Outcome<()> {
        let known = &self.inner().known_numbers;
        if known.lock().is_ok_and(|known| known.contains(series)) {
            return Ok(());
        }
        let sql = format!("CREATE SEQUENCE IF NOT EXISTS {series}");
        for attempt in 0..3 {
            match self.inner().reader.define(&sql).await {
                Ok(()) => break,
                // Two nodes may both make it; the second look finds it.
                Err(_) if attempt < 2 => {}
                Err(cause) => return Err(cause),
            }
        }
        if let Ok(mut known) = known.lock() {
            known.insert(series.to_owned());
        }
        Ok(())
    }
}

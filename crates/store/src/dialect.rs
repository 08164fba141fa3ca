//! The few places where SQLite and PostgreSQL differ.
//!
//! Every other statement of the house is one text for both: `$1` parameters, `RETURNING`, `ON CONFLICT`, row values.

/// Which database answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    /// The embedded database.
    Sqlite,
    /// A server or a cluster of them.
    Postgres,
}

impl Backend {
    /// The suffix that locks the rows of a SELECT until the end of the transaction: of all its tables, since whoever waited
    /// for the lock reads anew only what it locks.
    pub(crate) const fn for_update(self) -> &'static str {
        match self {
            Self::Sqlite => "",
            Self::Postgres => " FOR UPDATE",
        }
    }

    /// The suffix that skips rows which somebody else holds.
    pub(crate) const fn skip_locked(self) -> &'static str {
        match self {
            Self::Sqlite => "",
            Self::Postgres => " FOR UPDATE SKIP LOCKED",
        }
    }

    /// The database's own time in milliseconds: leases live on it, never on a moved clock.
    pub(crate) const fn now_millis(self) -> &'static str {
        match self {
            Self::Sqlite => "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)",
            Self::Postgres => "(extract(epoch from clock_timestamp()) * 1000)::bigint",
        }
    }

    /// The number of the transaction that reads, where there is one: it is the high part of an event's sequence.
    pub(crate) const fn transaction_number(self) -> &'static str {
        match self {
            Self::Sqlite => "0",
            Self::Postgres => "pg_current_xact_id()::text::bigint",
        }
    }

    /// Definitions are written with `UUID` and `BYTES`; this gives them the names the database knows. A key of numbers is
    /// SQLite's own place of the row only by the name `INTEGER`; by another it would be an index beside the table.
    pub(crate) fn definition(self, text: &str) -> String {
        match self {
            Self::Sqlite => text
                .replace(" UUID", " BLOB")
                .replace(" BYTES", " BLOB")
                .replace(" BIGINT PRIMARY KEY", " INTEGER PRIMARY KEY"),
            Self::Postgres => text.replace(" BYTES", " BYTEA"),
        }
    }
}

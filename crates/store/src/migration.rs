//! Definitions of tables, by capability and number, applied once and in order by whichever node comes first.

use crate::Backend;
use crate::door::Session;
use kernel::{Error, Outcome};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// One step of a capability's tables. Never edited once released: expand, then move, then contract.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// The capability it belongs to.
    pub capability: &'static str,
    /// Its number within the capability, from one.
    pub number: i64,
    /// What it is for, in a sentence.
    pub intent: &'static str,
    /// Statements for both databases; `UUID` and `BYTES` are given their names.
    pub common: &'static [&'static str],
    /// Statements for SQLite only.
    pub sqlite: &'static [&'static str],
    /// Statements for PostgreSQL only.
    pub postgres: &'static [&'static str],
}

impl Migration {
    fn checksum(&self) -> String {
        let mut hash = Sha256::new();
        for part in [self.common, self.sqlite, self.postgres] {
            part.iter().for_each(|text| hash.update(text.as_bytes()));
            hash.update([0]);
        }
        hex::encode(hash.finalize())
    }

    fn statements(&self, backend: Backend) -> impl Iterator<Item = String> {
        let own = match backend {
            Backend::Sqlite => self.sqlite,
            Backend::Postgres => self.postgres,
        };
        self.common.iter().chain(own).map(move |text| backend.definition(text))
    }
}

/// The lock that lets one node migrate while the others wait.
const LOCK: i64 = 7_202_611;

const LEDGER: &str = "CREATE TABLE IF NOT EXISTS schema_migration (capability TEXT NOT NULL, number BIGINT NOT NULL, \
    checksum TEXT NOT NULL, intent TEXT NOT NULL, PRIMARY KEY (capability, number))";

/// Applies what is missing.
///
/// # Errors
/// When the database holds a migration this program does not know (it is newer), or one that reads otherwise.
pub(crate) async fn migrate(session: &Session, backend: Backend, own: &[Migration]) -> Outcome<()> {
    let all: Vec<Migration> = BASE
        .iter()
        .chain([&crate::hand::MIGRATION, &crate::vocabulary::MIGRATION])
        .chain(own)
        .copied()
        .collect();
    if backend == Backend::Postgres {
        session.define(&format!("SELECT pg_advisory_xact_lock({LOCK})")).await?;
    }
    session.define(LEDGER).await?;
    let applied = applied(session).await?;
    refuse_newer(&applied, &all)?;
    for migration in &all {
        match applied.get(&(migration.capability.to_owned(), migration.number)) {
            Some(checksum) if *checksum == migration.checksum() => {}
            Some(_) => return Err(differs(migration)),
            None => apply(session, backend, migration).await?,
        }
    }
    session.commit().await
}

async fn applied(session: &Session) -> Outcome<HashMap<(String, i64), String>> {
    let sql = "SELECT capability, number, checksum FROM schema_migration";
    let rows = session.rows(sql, vec![]).await?;
    rows.iter()
        .map(|row| Ok(((row.get(0)?, row.get(1)?), row.get(2)?)))
        .collect()
}

fn refuse_newer(applied: &HashMap<(String, i64), String>, all: &[Migration]) -> Outcome<()> {
    let mut unknown: Vec<String> = applied
        .keys()
        .filter(|(capability, number)| !all.iter().any(|m| m.capability == capability && m.number == *number))
        .map(|(capability, number)| format!("{capability} {number}"))
        .collect();
    if unknown.is_empty() {
        return Ok(());
    }
    unknown.sort();
    let program = env!("CARGO_PKG_VERSION");
    Err(Error::Failed(anyhow::anyhow!(
        "the database is newer than this program ({program}): it holds migrations that are not known here: {}. \
         Start the program that wrote them, or a later one.",
        unknown.join(", ")
    )))
}

fn differs(migration: &Migration) -> Error {
    Error::Failed(anyhow::anyhow!(
        "the migration {} {} of the database is not the one of this program",
        migration.capability,
        migration.number
    ))
}

async fn apply(session: &Session, backend: Backend, migration: &Migration) -> Outcome<()> {
    for text in migration.statements(backend) {
        session.define(&text).await?;
    }
    let sql = "INSERT INTO schema_migration (capability, number, checksum, intent) VALUES ($1, $2, $3, $4)";
    let values = vec![
        migration.capability.into(),
        migration.number.into(),
        migration.checksum().into(),
        migration.intent.into(),
    ];
    session.run(sql, values).await?;
    tracing::info!(
        capability = migration.capability,
        number = migration.number,
        "migration applied"
    );
    Ok(())
}

/// The store's own tables.
const BASE: &[Migration] = &[TABLES, STRETCHES, ALARMS];

/// PostgreSQL's index of words asks the newest rows first (ADR 3).
const STRETCHES: Migration = Migration {
    capability: "store",
    number: 2,
    intent: "Search in the newest stretch of rows first",
    common: &[],
    sqlite: &[],
    postgres: &[
        "ALTER INDEX search_pkey RENAME TO search_before_pkey",
        "ALTER TABLE search RENAME TO search_before",
        "CREATE SEQUENCE search_place",
        "CREATE TABLE search (ordinal BIGINT PRIMARY KEY, place BIGINT NOT NULL DEFAULT nextval('search_place'), \
         public TSVECTOR NOT NULL, internal TSVECTOR NOT NULL)",
        "INSERT INTO search (ordinal, public, internal) SELECT ordinal, public, internal FROM search_before ORDER BY ordinal",
        "DROP TABLE search_before",
        "CREATE INDEX search_words ON search USING gin ((public || internal || \
         array_to_tsvector(ARRAY['s_' || (place / 4096)::text, 'l_' || (place / 65536)::text]))) WITH (fastupdate = off)",
    ],
};

/// What tells something of itself at an instant stands in an index of its own: whoever watches takes what is due and looks
/// at nothing else (ADR 9).
const ALARMS: Migration = Migration {
    capability: "store",
    number: 3,
    intent: "The next instant at which a record tells something by itself",
    common: &[
        "ALTER TABLE card ADD COLUMN alarm_at BIGINT NOT NULL DEFAULT 9223372036854775807",
        "CREATE INDEX card_alarm ON card (alarm_at) WHERE alarm_at < 9223372036854775807",
    ],
    sqlite: &[],
    postgres: &[],
};

const TABLES: Migration = Migration {
    capability: "store",
    number: 1,
    intent: "Journal, records, cards, content, search, jobs, seals",
    common: &[
        "CREATE TABLE record (id UUID NOT NULL, kind TEXT NOT NULL, ordinal BIGINT PRIMARY KEY, version BIGINT NOT NULL, \
         head BYTES NOT NULL, state TEXT NOT NULL, recorded_at BIGINT NOT NULL, is_listed BIGINT NOT NULL)",
        "CREATE INDEX record_listed ON record (kind, ordinal) WHERE is_listed = 1",
        "CREATE UNIQUE INDEX record_id ON record (id)",
        "CREATE TABLE event (seq BIGINT PRIMARY KEY, record_id UUID NOT NULL, position BIGINT NOT NULL, name TEXT NOT NULL, \
         occurred_at BIGINT NOT NULL, recorded_at BIGINT NOT NULL, actor_id UUID, via TEXT NOT NULL, payload TEXT NOT NULL, \
         hash BYTES NOT NULL)",
        "CREATE UNIQUE INDEX event_chain ON event (record_id, position)",
        "CREATE TABLE content (id UUID PRIMARY KEY, record_id UUID NOT NULL, salt BYTES NOT NULL, body TEXT NOT NULL)",
        "CREATE INDEX content_of ON content (record_id)",
        "CREATE TABLE card (id UUID NOT NULL, ordinal BIGINT PRIMARY KEY, kind TEXT NOT NULL, number TEXT NOT NULL, \
         area_id UUID NOT NULL, group_id UUID, operator_id UUID, requester_id UUID, phase TEXT NOT NULL, state TEXT NOT NULL, \
         is_open BIGINT NOT NULL, priority BIGINT NOT NULL, ticket_kind TEXT NOT NULL, category_id UUID, channel TEXT NOT NULL, \
         subject TEXT NOT NULL, opened_at BIGINT NOT NULL, updated_at BIGINT NOT NULL, due_at BIGINT NOT NULL, badges TEXT NOT NULL)",
        "CREATE UNIQUE INDEX card_number ON card (number)",
        "CREATE UNIQUE INDEX card_id ON card (id)",
        "CREATE INDEX card_updated ON card (updated_at, ordinal)",
        "CREATE INDEX card_area ON card (area_id, ordinal)",
        "CREATE INDEX card_group ON card (group_id, ordinal)",
        "CREATE INDEX card_operator ON card (operator_id, ordinal)",
        "CREATE INDEX card_requester ON card (requester_id, ordinal)",
        "CREATE INDEX card_open ON card (ordinal) WHERE is_open = 1",
        "CREATE INDEX card_open_due ON card (due_at, ordinal) WHERE is_open = 1",
        "CREATE INDEX card_open_area ON card (area_id, ordinal) WHERE is_open = 1",
        "CREATE INDEX card_open_area_due ON card (area_id, due_at, ordinal) WHERE is_open = 1",
        "CREATE INDEX card_open_group ON card (group_id, ordinal) WHERE is_open = 1",
        "CREATE INDEX card_open_group_due ON card (group_id, due_at, ordinal) WHERE is_open = 1",
        "CREATE INDEX card_open_operator ON card (operator_id, due_at, ordinal) WHERE is_open = 1",
        "CREATE TABLE idempotency (id BYTES PRIMARY KEY, asked BYTES NOT NULL, answer TEXT NOT NULL, recorded_at BIGINT NOT NULL)",
        "CREATE INDEX idempotency_age ON idempotency (recorded_at)",
        "CREATE TABLE job (id UUID PRIMARY KEY, kind TEXT NOT NULL, payload TEXT NOT NULL, state TEXT NOT NULL, \
         run_at BIGINT NOT NULL, attempts BIGINT NOT NULL, most_attempts BIGINT NOT NULL, lease_until BIGINT, lease_by TEXT, \
         unique_key TEXT, last_error TEXT, recorded_at BIGINT NOT NULL)",
        "CREATE INDEX job_due ON job (run_at) WHERE state = 'ready'",
        "CREATE INDEX job_leased ON job (lease_until) WHERE state = 'running'",
        "CREATE INDEX job_dead ON job (recorded_at) WHERE state = 'dead'",
        "CREATE UNIQUE INDEX job_unique ON job (unique_key) WHERE unique_key IS NOT NULL AND state <> 'dead'",
        "CREATE TABLE lease (name TEXT PRIMARY KEY, holder TEXT NOT NULL, until BIGINT NOT NULL)",
        "CREATE TABLE seal (number BIGINT PRIMARY KEY, first_seq BIGINT NOT NULL, last_seq BIGINT NOT NULL, \
         events BIGINT NOT NULL, digest BYTES NOT NULL, mac BYTES NOT NULL, sealed_at BIGINT NOT NULL)",
        "CREATE TABLE journal_setting (name TEXT PRIMARY KEY, value BIGINT NOT NULL)",
    ],
    sqlite: &[
        "CREATE TABLE counter (name TEXT PRIMARY KEY, value BIGINT NOT NULL) WITHOUT ROWID",
        "CREATE VIRTUAL TABLE search USING fts5(public, internal, tokenize = \"unicode61 remove_diacritics 0 tokenchars '_'\")",
        "INSERT INTO search (search, rank) VALUES ('automerge', 0)",
        "INSERT INTO search (search, rank) VALUES ('crisismerge', 1000)",
    ],
    postgres: &[
        "CREATE TABLE search (ordinal BIGINT PRIMARY KEY, public TSVECTOR NOT NULL, internal TSVECTOR NOT NULL)",
        "CREATE INDEX search_public ON search USING gin (public) WITH (fastupdate = off)",
        "CREATE INDEX search_all ON search USING gin ((public || internal)) WITH (fastupdate = off)",
    ],
};

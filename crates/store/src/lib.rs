//! The memory of the house: one door to SQLite or PostgreSQL.
//!
//! A command is a closure over one transaction ([`Store::write`]); it is acknowledged when it is durable. What it
//! changed stands in the **journal** as typed events, chained by record and sealed in batches; lists read the **card**,
//! words are found through the **search** index, and work to be done later waits in the **jobs**. What people wrote
//! stands apart as **content**, so that it can be erased while the chain still verifies.

mod archive;
mod backup;
mod blob;
mod bulk;
mod card;
mod checkpoint;
mod content;
mod database;
mod dialect;
mod door;
mod follow;
mod hand;
mod history;
mod idempotency;
mod job;
mod journal;
mod listed;
mod memory;
mod migration;
mod nearness;
mod number;
mod overlap;
mod pending;
mod portable;
mod presence;
mod rebuild;
mod scrub;
mod seal;
mod search;
mod settings;
mod signal;
mod snapshot;
pub mod span;
mod transaction;
mod vocabulary;
mod words;
mod writer;

pub use backup::{Backup, check_backup};
pub use blob::{BlobStore, StoredBlob};
pub use bulk::NewRecord;
pub use card::{Card, CardFold};
pub use content::{Content, ContentRef, NewContent, digest_of};
pub use database::{Reader, Store, StoreParts};
pub use dialect::Backend;
pub use door::{Column, Row, Sql, Value};
pub use follow::Change;
pub use hand::{Hand, HandRow, Stake, hand_rows};
pub use history::History;
pub use idempotency::Idempotency;
pub use job::{ClaimedJob, JobFailure, JobQueue, JobRow, NewJob};
pub use journal::{
    Aggregate, Appended, EventView, FoundBy, Loaded, RecordKind, Recorded, Refolded, SavedEvent, StoredEvent, WordsOf,
    chain_hash, erased_event_kind, record_kind,
};
pub use migration::Migration;
pub use nearness::{apart, forgiven};
pub use rebuild::{RecordParts, Remade};
pub use seal::{Seal, SealKey, Sealer, seal_digest, seal_mac, seals_after, seals_apart};
pub use search::{Belongs, CANDIDATES, SearchHit, SearchQuery};
pub use settings::DatabaseSettings;
pub use signal::Ears;
pub use snapshot::Snapshot;
pub use transaction::Tx;
pub use words::{Words, folded, tokens};
pub use writer::Lane;

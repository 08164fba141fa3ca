//! The ticket: a request from the first contact to the confirmed close.
//!
//! The rules are in `domain`, pure. A command ([`perform`], [`create`]) loads, checks permission, lets the domain decide,
//! and saves the change with its events and its words in one transaction. The API and the pages build the same commands.

pub mod api;
mod commands;
pub mod domain;
mod migrations;
mod pages;
mod queries;
mod saved;
mod search;
mod words;

pub use commands::{
    ActSource, Conditions, CreateTicket, EarlierFacts, GRACE, Import, Imported, ImportedStep, Moved, Prepared, Preview,
    Replanning, TicketAct, ask_replanning, create, forget_outgoing, import, pass_to, perform, preview_replanning,
    replan, replannings, ring, share_out, use_prepared,
};
pub use migrations::MIGRATIONS;
pub use pages::{TO_DO, encoded};
pub use queries::{
    AssignmentView, ClockView, Compliance, Entry, LedgerSpan, LinkView, Measure, Party, PromiseView, Proposal,
    Reported, Share, TicketView, compliance, entries, ledger, recent_of, similar, spans, view,
};

pub use search::{Asker, SOON, Sought, Unclear, Why, Wish, find};

pub use saved::forget_desk;

/// The texts of this capability.
pub fn texts() -> i18n::Source {
    i18n::Source {
        it: include_str!("../locales/it.ftl"),
        en: include_str!("../locales/en.ftl"),
    }
}

/// How tickets are folded again, for verification and rebuilding.
pub const fn record_kind() -> store::RecordKind {
    store::record_kind::<domain::Ticket>().found_by(words::of_journal)
}

/// What this capability hands over.
pub fn capability() -> host::Capability {
    host::Capability {
        name: "ticket",
        migrations: MIGRATIONS,
        texts: Some(texts()),
        api: Some(api::routes),
        pages: Some(pages::routes),
        places: pages::places(),
        records: vec![record_kind()],
        jobs: commands::jobs(),
        scheduled: commands::scheduled(),
        slots: vec![std::sync::Arc::new(commands::belongings())],
        ..host::Capability::default()
    }
}

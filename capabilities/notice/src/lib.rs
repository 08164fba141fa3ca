//! Notices: what the desk tells requesters by mail, and in which words.
//!
//! `text` holds the texts of the area, said otherwise by area, language and tone; `post` decides from the journal who is
//! written to, and hands the mails over.

mod api;
mod marks;
mod migrations;
mod pages;
mod post;
mod text;

pub use migrations::MIGRATIONS;
pub use post::area_mail::{AreaMail, AreaMailEvent, Sender, set_sender};
pub use post::journal::{pass_over, read_on};
pub use post::mail::{Mail, MailEvent, MailState, Prepared};
pub use post::occasion::{Occasion, Why};

pub use text::area_text::{Agreed, AreaText, AreaTextEvent, Edition, Words};
pub use text::key::TextKey;
pub use text::voice::Voice;

use people::{Act, Section};
use record::InsertSource;
use std::sync::Arc;

/// The texts of this capability.
pub fn texts() -> i18n::Source {
    i18n::Source {
        it: include_str!("../locales/it.ftl"),
        en: include_str!("../locales/en.ftl"),
    }
}

/// What this capability hands over.
pub fn capability() -> host::Capability {
    host::Capability {
        name: "notice",
        texts: Some(texts()),
        api: Some(api::routes),
        pages: Some(pages::routes),
        migrations: MIGRATIONS,
        records: vec![
            store::record_kind::<AreaText>(),
            store::record_kind::<AreaMail>(),
            store::record_kind::<Mail>(),
        ],
        jobs: vec![post::send::job()],
        scheduled: vec![post::journal::watch()],
        slots: vec![
            Arc::new(Section {
                place: 45,
                href: pages::TEXTS,
                label: "notice-texts",
                act: Act::Configure,
            }),
            Arc::new(Section {
                place: 46,
                href: pages::SENDERS,
                label: "notice-senders",
                act: Act::Configure,
            }),
            Arc::new(Section {
                place: 85,
                href: pages::OUTBOX,
                label: "notice-outbox",
                act: Act::ManageJobs,
            }),
            Arc::new(marks::source()),
            Arc::new(InsertSource {
                sign: ";;",
                label: "notice-texts",
                address: |number| format!("/tickets/{number}/area-texts"),
            }),
        ],
        ..host::Capability::default()
    }
}

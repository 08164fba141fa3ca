//! Automation: when something happens to a ticket, or has not happened for a time, and conditions hold, an area's rule acts.
//!
//! `follow` reads the journal and sets off the rules of an area; `run` carries one out, as a job, with the ticket's own
//! commands. What a rule looks at (`decide`) is pure, so that `rehearse` lets a draft act on tickets of the past.

mod api;
mod commands;
mod decide;
mod follow;
mod happening;
mod migrations;
mod pages;
mod rehearse;
mod row;
mod rule;
mod run;
mod view;

pub use commands::{add_rule, alter_rule};
pub use decide::{Facts, Miss, missed};
pub use follow::read_on;
pub use happening::Happening;
pub use migrations::MIGRATIONS;
pub use rehearse::{Draft, Rehearsal, rehearse};
pub use row::RunOutcome;
pub use rule::{AutomationRule, AutomationText, Deeds, RuleEvent};
pub use view::{AutomationView, RunView};

use people::{Act, Section};
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
        name: "automation",
        texts: Some(texts()),
        api: Some(api::routes),
        pages: Some(pages::routes),
        migrations: MIGRATIONS,
        records: vec![store::record_kind::<AutomationRule>()],
        jobs: vec![run::job()],
        scheduled: vec![follow::watch(), row::tidying()],
        slots: vec![Arc::new(Section {
            place: 27,
            href: pages::LIST,
            label: "automation-title",
            act: Act::Configure,
        })],
        ..host::Capability::default()
    }
}

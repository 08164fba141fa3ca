//! Routing: which group a new ticket goes to, and why.
//!
//! An area's rules stand in an order; the first whose conditions hold decides, and where none does the area's default group
//! takes the ticket (SD-018, SD-019, SD-036). `decide` is pure and keeps what each rule said, so that a ticket can show
//! which one decided and why those before it did not; `rehearse` lets a draft decide about tickets of the past.

mod api;
mod commands;
mod decide;
mod pages;
mod practice;
mod practice_api;
mod rehearse;
mod rule;
mod share;
mod view;

pub use commands::{add_rule, alter_rule};
pub use decide::{Facts, Miss, Standing, Trial, decide, explained, standing_at};
pub use practice::{PracticeView, SkillView, set_practice};
pub use rehearse::{Draft, Example, Moved, Rehearsal, day_of, rehearse};
pub use rule::{CHANNELS, RoutingRule, RuleEvent, RuleText};
pub use share::{Candidate, choose};
pub use view::RuleView;

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
        name: "routing",
        texts: Some(texts()),
        api: Some(api::routes),
        pages: Some(pages::routes),
        records: vec![store::record_kind::<RoutingRule>()],
        slots: vec![Arc::new(Section {
            place: 25,
            href: pages::LIST,
            label: "routing-title",
            act: Act::Configure,
        })],
        ..host::Capability::default()
    }
}

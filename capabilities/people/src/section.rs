//! Sections of administration, handed over by whoever has something to set up.

use crate::{Act, Actor};
use ui::{Choice, Frame};
use web::App;

/// A section of administration.
#[derive(Clone, Copy, Debug)]
pub struct Section {
    /// Where it stands among the others: the lower, the sooner.
    pub place: u8,
    /// Where it is.
    pub href: &'static str,
    /// The key of its name.
    pub label: &'static str,
    /// What one must be allowed somewhere to open it.
    pub act: Act,
}

/// The sections that somebody may open, the present one chosen.
pub fn sections(app: &App, actor: &Actor, frame: &Frame, current: &str) -> Vec<Choice> {
    let all = app.slots.of::<Section>();
    let mut mine: Vec<&Section> = all.filter(|section| !actor.scope(section.act).is_nothing()).collect();
    mine.sort_by_key(|section| section.place);
    mine.into_iter()
        .map(|section| Choice::new(section.href, frame.t(section.label), current))
        .collect()
}

//! Sections of administration, handed over by whoever has something to set up, and the areas that somebody sets up there.

use crate::{Act, Actor};
use configuration::Area;
use kernel::Outcome;
use store::Store;
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

/// The areas that somebody sets up, and the one that is chosen though it is closed; all of them together first, where they may.
pub async fn areas_to_set_up(store: &Store, actor: &Actor, together: Choice, current: &str) -> Outcome<Vec<Choice>> {
    let scope = actor.scope(Act::Configure);
    let all = store.all::<Area>().await?;
    let mine = all.iter().filter(|area| {
        let offered = area.state.active || area.id.to_string() == current;
        offered && (scope.all || scope.areas.contains(&area.id))
    });
    let each = mine.map(|area| Choice::new(area.id.to_string(), &area.state.name, current));
    Ok(scope.all.then_some(together).into_iter().chain(each).collect())
}

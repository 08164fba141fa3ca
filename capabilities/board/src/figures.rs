//! The figures, added up from how records stand.

use kernel::{Instant, Uuid};
use record::{Moved, Standing};
use serde::Serialize;
use std::collections::HashSet;
use utoipa::ToSchema;

/// How many tickets stand where, at one instant.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Figures {
    /// Open.
    pub open: usize,
    /// Of these, with nobody.
    pub unassigned: usize,
    /// With a clock that was due before now.
    pub late: usize,
    /// With a clock that is due within two hours.
    pub soon: usize,
    /// Waiting for somebody outside.
    pub waiting: usize,
    /// Solved, and the requester has not answered yet.
    pub answered: usize,
    /// Under control.
    pub under_control: usize,
    /// Opened since midnight.
    pub opened_today: usize,
    /// Ended, with their last change since midnight.
    pub closed_today: usize,
}

/// The figures of a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct GroupFigures {
    /// The group.
    pub group: Uuid,
    /// Its name.
    pub name: String,
    /// How it stands.
    #[serde(flatten)]
    pub figures: Figures,
}

impl Figures {
    /// Of the whole, or of one group.
    pub(crate) fn of(open: &[Standing], moved: &[Moved], group: Option<Uuid>, now: Instant, midnight: Instant) -> Self {
        let soon = now.plus_seconds(ticket::SOON);
        let mine = |at: Option<Uuid>, whole: bool| group.map_or(whole, |group| at == Some(group));
        let count = |is_meant: &dyn Fn(&Standing) -> bool| {
            let meant = open.iter().filter(|one| mine(one.group, one.whole) && is_meant(one));
            meant.map(|one| one.id).collect::<HashSet<_>>().len()
        };
        let moved = |is_meant: &dyn Fn(&Moved) -> bool| {
            let meant = moved.iter().filter(|one| mine(one.group, one.whole) && is_meant(one));
            meant.map(|one| one.id).collect::<HashSet<_>>().len()
        };
        Self {
            open: count(&|_| true),
            unassigned: count(&|one| !one.assigned),
            late: count(&|one| one.due_at <= now),
            soon: count(&|one| one.due_at > now && one.due_at <= soon),
            waiting: count(&|one| one.phase == "waiting"),
            answered: count(&|one| one.state == "solution_given"),
            under_control: count(&|one| one.state == "under_control"),
            opened_today: moved(&|one| one.opened_at >= midnight),
            closed_today: moved(&|one| !one.open),
        }
    }
}

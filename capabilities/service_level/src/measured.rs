//! What the clocks of one agreement come to for a ticket: those it has, or those it would have had where what it tells is older
//! than the agreement, as history of another product is.

use crate::clocks::Book;
use crate::{Clock, Course, Facts, Metric, Standing, Terms};
use kernel::{Instant, Uuid};

/// A clock, measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measured {
    /// What it measures.
    pub metric: Metric,
    /// How it stands.
    pub standing: Standing,
    /// When it is due.
    pub due: Option<Instant>,
    /// When it stopped.
    pub stopped: Option<Instant>,
    /// Open seconds used, without pauses.
    pub seconds: i64,
}

impl Book {
    /// The clocks of a ticket under an agreement: under the editions they began with, or under the newest where it has none.
    /// Nothing for a ticket that the agreement is not for.
    pub fn measured(
        &self,
        agreement: Uuid,
        kept: &[Clock],
        course: &Course,
        facts: &Facts,
        priority: i64,
        now: Instant,
    ) -> Vec<Measured> {
        let own: Vec<Clock> = kept
            .iter()
            .filter(|clock| clock.agreement == agreement)
            .cloned()
            .collect();
        let clocks = match own.is_empty() {
            true => self.clocks_under(agreement, course, facts, priority),
            false => own,
        };
        let measure = |clock: Clock| {
            let terms = self.terms(&clock, priority)?;
            // A clock that has stopped keeps the target it had (IM-028).
            let terms = Terms {
                target: clock.target,
                ..terms
            };
            let reckoned = terms.reckon(&course.of(clock.part), now);
            Some(Measured {
                metric: clock.metric,
                standing: reckoned.standing,
                due: reckoned.due,
                stopped: reckoned.stopped,
                seconds: reckoned.net / 1000,
            })
        };
        clocks.into_iter().filter_map(measure).collect()
    }
}

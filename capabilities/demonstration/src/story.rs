//! Which stories are told, about whom, and when.

use crate::cast::Cast;
use crate::dice::Dice;
use crate::hours::{DAY, OfficeHours};
use crate::plot::Plot;
use crate::scenario::{Scenario, Told};
use crate::step::{Ending, Step};
use ticket::domain::{Channel, WaitingReason};

/// One ticket from its first word to its last.
pub(crate) struct Story {
    pub(crate) scenario: usize,
    pub(crate) told: Told,
    /// The requester's place in the cast.
    pub(crate) requester: usize,
    /// True for somebody who is not in the registry.
    pub(crate) guest: bool,
    pub(crate) channel: Channel,
    /// The story it hangs on, or is merged into.
    pub(crate) other: Option<usize>,
    /// Each step with its minute at work.
    pub(crate) steps: Vec<(i64, Step)>,
}

/// How many stories end how, and how long ago (in minutes at work) their last step was, at least and at most.
const SHARES: [(Ending, usize, i64, i64); 25] = [
    (Ending::Confirmed, 104, 60, 22 * DAY),
    (Ending::ConfirmedAfterSecond, 34, 90, 20 * DAY),
    (Ending::NoReply, 12, 30, 12 * DAY),
    (Ending::Unreached, 5, 200, 12 * DAY),
    (Ending::Refused, 6, 60, 20 * DAY),
    (Ending::Withdrawn, 7, 40, 20 * DAY),
    (Ending::Decided, 4, 90, 14 * DAY),
    (Ending::Cancelled, 7, 30, 20 * DAY),
    (Ending::New, 15, 2, 170),
    (Ending::Taken, 8, 4, 260),
    (Ending::AtWork, 13, 15, 700),
    (Ending::BackOffice, 8, 10, 600),
    (Ending::Sent, 7, 20, 500),
    (Ending::Accepted, 11, 30, 1500),
    (Ending::Returned, 4, 20, 500),
    (Ending::Waiting(WaitingReason::Requester), 7, 60, 1800),
    (Ending::Waiting(WaitingReason::Supplier), 5, 120, 3000),
    (Ending::Waiting(WaitingReason::Change), 3, 300, 4000),
    (Ending::Waiting(WaitingReason::AgreedDate), 3, 100, 1500),
    (Ending::Solved, 12, 10, 900),
    (Ending::TechnicallyClosed, 6, 20, 300),
    (Ending::ContactPending, 5, 15, 300),
    (Ending::UnderControl, 4, 30, 900),
    (Ending::Reopened, 3, 30, 500),
    (Ending::Accepted, 1, 400, 401),
];

/// Outages on which others hang: the words that name their scenario, how it ends, and how long ago it ended.
const OUTAGES: [(&str, Ending, i64, usize); 3] = [
    ("Portale del personale/Errori del portale", Ending::Accepted, 60, 6),
    (
        "Protocollo informatico/Errori dell’applicazione",
        Ending::ConfirmedAfterSecond,
        9 * DAY,
        5,
    ),
    ("Rete/Wi-Fi", Ending::Accepted, 20, 3),
];

/// Writes all stories.
pub(crate) struct Author<'a> {
    pub(crate) cast: &'a Cast,
    pub(crate) scenarios: &'a [Scenario],
    pub(crate) hours: &'a OfficeHours,
    pub(crate) dice: &'a mut Dice,
    stories: Vec<Story>,
}

impl<'a> Author<'a> {
    pub(crate) fn new(cast: &'a Cast, scenarios: &'a [Scenario], hours: &'a OfficeHours, dice: &'a mut Dice) -> Self {
        Self {
            cast,
            scenarios,
            hours,
            dice,
            stories: Vec::new(),
        }
    }

    /// All stories, in the order in which they were thought of.
    pub(crate) fn write(mut self) -> Vec<Story> {
        for (place, (ending, count, least, most)) in SHARES.into_iter().enumerate() {
            for nth in 0..count {
                let scenario = self.scenario_for(place * 7 + nth * 3, ending);
                let end = self.hours.end - self.dice.between(least, most);
                let requester = if nth == 0 && place % 3 != 1 {
                    0
                } else {
                    self.dice.place(self.cast.requesters.len())
                };
                self.add(scenario, ending, requester, When::Ends(end), None);
            }
        }
        OUTAGES.into_iter().for_each(|outage| self.outage(outage));
        (0..5).for_each(|nth| self.doubled(nth));
        self.stories
    }

    /// A scenario that fits the ending.
    fn scenario_for(&mut self, place: usize, ending: Ending) -> usize {
        let place = (place + self.dice.place(self.scenarios.len())) % self.scenarios.len();
        let needs_second_level = matches!(
            ending,
            Ending::Accepted
                | Ending::Returned
                | Ending::TechnicallyClosed
                | Ending::ContactPending
                | Ending::ConfirmedAfterSecond
                | Ending::Unreached
        );
        let staffed = |place: usize| !self.cast.members(&self.scenarios[place].second.group).is_empty();
        let mut candidates = (place..self.scenarios.len()).chain(0..place);
        candidates
            .find(|place| !needs_second_level || staffed(*place))
            .unwrap_or(place)
    }

    /// A parent with its children, each told by somebody else within the hour.
    fn outage(&mut self, (category, ending, ago, children): (&str, Ending, i64, usize)) {
        let Some(scenario) = self.scenarios.iter().position(|scenario| scenario.category == category) else {
            return;
        };
        let requester = self.dice.place(self.cast.requesters.len());
        let parent = self.add(scenario, ending, requester, When::Ends(self.hours.end - ago), None);
        let begins = self.stories[parent].steps.first().map_or(0, |(minute, _)| *minute);
        let hung = if ending == Ending::Accepted {
            Ending::Linked
        } else {
            Ending::ConfirmedAfterParent
        };
        for child in 0..children {
            let requester = self.dice.place(self.cast.requesters.len());
            let later = 4 + i64::try_from(child).unwrap_or(0) * 7;
            self.add(scenario, hung, requester, When::Begins(begins + later), Some(parent));
        }
    }

    /// Somebody asks twice: the second ticket is merged into the first.
    fn doubled(&mut self, nth: usize) {
        let scenario = self.scenario_for(nth * 5, Ending::AtWork);
        let requester = self.dice.place(self.cast.requesters.len());
        let end = self.hours.end - self.dice.between(20, 400);
        let first = self.add(scenario, Ending::AtWork, requester, When::Ends(end), None);
        let begins = self.stories[first].steps.first().map_or(0, |(minute, _)| *minute);
        self.add(
            scenario,
            Ending::Merged,
            requester,
            When::Begins(begins + 6),
            Some(first),
        );
    }

    fn add(&mut self, scenario: usize, ending: Ending, requester: usize, when: When, other: Option<usize>) -> usize {
        let written = &self.scenarios[scenario];
        let told = written.told(&self.cast.requesters[requester], self.dice);
        let mut channel = self.dice.pick(&written.channels).copied().unwrap_or(Channel::Web);
        if ending == Ending::New && matches!(channel, Channel::Phone | Channel::WalkIn) {
            channel = Channel::Web;
        }
        let pace = self.dice.between(60, 190);
        let steps = Plot::write(written, &told, channel, ending, pace);
        let guest = matches!(channel, Channel::Email | Channel::Pec) && self.dice.between(1, 9) == 1;
        let steps = timed(steps, when, self.hours.end);
        self.stories.push(Story {
            scenario,
            told,
            requester,
            guest,
            channel,
            other,
            steps,
        });
        self.stories.len() - 1
    }
}

#[derive(Clone, Copy)]
enum When {
    Begins(i64),
    Ends(i64),
}

/// Gives each step its minute; nothing happens before the first day or after now.
fn timed(steps: Vec<Step>, when: When, now: i64) -> Vec<(i64, Step)> {
    let length: i64 = steps.iter().map(|step| step.after).sum();
    let begins = match when {
        When::Begins(minute) => minute,
        When::Ends(minute) => minute - length,
    };
    let mut minute = begins.clamp(0, (now - length).max(0));
    steps
        .into_iter()
        .map(|step| {
            minute += step.after;
            (minute, step)
        })
        .collect()
}

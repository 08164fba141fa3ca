//! How near an open ticket is to what was promised: the part of the queue it stands in, and what its row says.

use i18n::TimeZone;
use kernel::Instant;
use store::Card;
use ui::Frame;

/// What is left when a ticket is said to be due soon: two hours.
const SOON: i64 = 2 * 3600;

/// How near.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Risk {
    /// It was due before now.
    Late,
    /// Within two hours.
    Soon,
    /// Before the day ends.
    Today,
    /// Another day.
    Later,
    /// No clock of it runs: it waits, or nothing was promised.
    Still,
}

impl Risk {
    pub(super) fn of(card: &Card, now: Instant, zone: &TimeZone) -> Self {
        let due = card.due_at;
        if !card.open || due == Instant::NEVER {
            Self::Still
        } else if due <= now {
            Self::Late
        } else if due.seconds_since(now) <= SOON {
            Self::Soon
        } else if i18n::date_of(due, zone) == i18n::date_of(now, zone) {
            Self::Today
        } else {
            Self::Later
        }
    }

    /// Its name in classes and texts.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Late => "late",
            Self::Soon => "soon",
            Self::Today => "today",
            Self::Later => "later",
            Self::Still => "still",
        }
    }
}

/// What a row says of the time that is left.
pub(super) struct Left {
    /// When it is due.
    pub(super) due: Instant,
    /// How near, as a class.
    pub(super) risk: &'static str,
    /// `−0:42`, `1:09`, `16:30`, `mer 9:00`.
    pub(super) text: String,
    /// Milliseconds that are left, where the text counts them down.
    pub(super) millis: Option<i64>,
}

impl Left {
    /// Nothing where no clock runs.
    pub(super) fn of(frame: &Frame, card: &Card) -> Option<Self> {
        let risk = Risk::of(card, frame.now, &frame.zone);
        let left = card.due_at.as_millis().saturating_sub(frame.now.as_millis());
        let (text, millis) = match risk {
            Risk::Still => return None,
            Risk::Late | Risk::Soon => (frame.language.duration(left), Some(left)),
            Risk::Today | Risk::Later => (frame.when(&card.due_at), None),
        };
        Some(Self {
            due: card.due_at,
            risk: risk.code(),
            text,
            millis,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Uuid;

    fn due(at: &str) -> Card {
        let mut card = Card::new(Uuid::from_u128(1), 1, "ticket");
        (card.open, card.due_at) = (true, Instant::parse(at).expect("an instant"));
        card
    }

    #[test]
    fn risk_is_by_what_is_left_and_the_day_of_the_desk() {
        let at = |text: &str| Instant::parse(text).expect("an instant");
        let zone = i18n::default_zone();
        let risk = |due_at: &str, now: &str| Risk::of(&due(due_at), at(now), &zone);
        let evening = "2026-11-23T21:30:00Z";
        assert_eq!(risk("2026-11-23T21:30:00Z", evening), Risk::Late);
        assert_eq!(
            risk("2026-11-23T23:30:00Z", evening),
            Risk::Soon,
            "though it is tomorrow in Rome"
        );
        assert_eq!(risk("2026-11-23T23:30:01Z", evening), Risk::Later);
        assert_eq!(risk("2026-11-23T22:59:00Z", "2026-11-23T18:00:00Z"), Risk::Today);
        assert_eq!(
            risk("2026-11-23T23:00:00Z", "2026-11-23T18:00:00Z"),
            Risk::Later,
            "midnight in Rome"
        );
        let mut ended = due("2026-11-23T19:00:00Z");
        ended.open = false;
        let never = Card::new(Uuid::from_u128(1), 1, "ticket");
        for still in [&ended, &never] {
            assert_eq!(Risk::of(still, at(evening), &zone), Risk::Still);
        }
    }
}

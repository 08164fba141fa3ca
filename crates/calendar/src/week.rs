//! The week as it repeats: spans of opening by day, some of them past midnight.

use jiff::civil::Weekday;
use serde::{Deserialize, Serialize};

/// Minutes of a day on the wall clock.
pub const MINUTES_A_DAY: u16 = 24 * 60;

/// From a minute of a day to a later one; more than [`MINUTES_A_DAY`] means the day after.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DayHours {
    /// Minute of the day at which it opens: 540 is nine o'clock.
    pub from: u16,
    /// Minute at which it closes, counted from the same midnight, so that 22:00 to 06:00 is 1320 to 1800.
    pub until: u16,
}

impl DayHours {
    /// From hour to hour of the same day.
    pub const fn hours(from: u16, until: u16) -> Self {
        Self {
            from: from * 60,
            until: until * 60,
        }
    }
}

/// Why a week cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WeekError {
    /// A span closes before it opens, or lasts longer than a day.
    Backwards(Weekday),
    /// Two spans share time.
    Overlap(Weekday),
    /// No span at all: nothing would ever be due.
    Empty,
}

/// Opening hours of a week, Monday first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weekly {
    days: [Vec<DayHours>; 7],
}

impl Weekly {
    /// A week of these spans, Monday first.
    ///
    /// # Errors
    /// When a span runs backwards, two overlap (also past midnight), or there is none.
    pub fn new(mut days: [Vec<DayHours>; 7]) -> Result<Self, WeekError> {
        for (place, spans) in days.iter_mut().enumerate() {
            spans.sort_unstable();
            let wrong = spans.iter().any(|span| {
                span.from >= MINUTES_A_DAY || span.until <= span.from || span.until - span.from > MINUTES_A_DAY
            });
            if wrong {
                return Err(WeekError::Backwards(weekday(place)));
            }
        }
        let week = Self { days };
        week.refuse_overlap()?;
        if week.days.iter().all(Vec::is_empty) {
            return Err(WeekError::Empty);
        }
        Ok(week)
    }

    /// Open at all times.
    pub fn always() -> Self {
        Self {
            days: std::array::from_fn(|_| vec![DayHours::hours(0, 24)]),
        }
    }

    /// The same hours from Monday to Friday.
    pub fn weekdays(hours: &[DayHours]) -> Self {
        Self {
            days: std::array::from_fn(|place| if place < 5 { hours.to_vec() } else { Vec::new() }),
        }
    }

    /// The spans that begin on a day.
    pub fn of(&self, day: Weekday) -> &[DayHours] {
        &self.days[place(day)]
    }

    /// The spans of all days, Monday first.
    pub fn days(&self) -> &[Vec<DayHours>; 7] {
        &self.days
    }

    /// True when it never closes.
    pub fn is_always(&self) -> bool {
        self.days.iter().enumerate().all(|(place, _)| {
            let mut closed_since = 0;
            for span in self.on(weekday(place)) {
                if span.from > closed_since {
                    return false;
                }
                closed_since = closed_since.max(span.until);
            }
            closed_since >= MINUTES_A_DAY
        })
    }

    /// What is open on a day between its two midnights: its own spans and what reaches over from the day before.
    pub fn on(&self, day: Weekday) -> Vec<DayHours> {
        let before = self.of(day.previous()).iter().filter_map(|span| {
            let until = span.until.checked_sub(MINUTES_A_DAY).filter(|until| *until > 0)?;
            Some(DayHours { from: 0, until })
        });
        let own = self.of(day).iter().map(|span| DayHours {
            from: span.from,
            until: span.until.min(MINUTES_A_DAY),
        });
        before.chain(own).collect()
    }

    fn refuse_overlap(&self) -> Result<(), WeekError> {
        for place in 0..7 {
            let day = weekday(place);
            let mut open = self.on(day);
            open.sort_unstable();
            if open.windows(2).any(|pair| pair[1].from < pair[0].until) {
                return Err(WeekError::Overlap(day));
            }
        }
        Ok(())
    }
}

fn weekday(place: usize) -> Weekday {
    let mut day = Weekday::Monday;
    for _ in 0..place {
        day = day.next();
    }
    day
}

fn place(day: Weekday) -> usize {
    usize::from(day.to_monday_zero_offset().unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on_monday(spans: &[DayHours]) -> [Vec<DayHours>; 7] {
        let mut days: [Vec<DayHours>; 7] = Default::default();
        days[0] = spans.to_vec();
        days
    }

    #[test]
    fn a_week_that_cannot_be_is_refused() {
        let backwards = DayHours { from: 600, until: 540 };
        let night = DayHours {
            from: 1320,
            until: 1800,
        };
        let mut early_tuesday = on_monday(&[night]);
        early_tuesday[1] = vec![DayHours::hours(5, 9)];
        for (days, expected) in [
            (on_monday(&[backwards]), WeekError::Backwards(Weekday::Monday)),
            (
                on_monday(&[DayHours::hours(9, 13), DayHours::hours(12, 18)]),
                WeekError::Overlap(Weekday::Monday),
            ),
            (early_tuesday, WeekError::Overlap(Weekday::Tuesday)),
            (Default::default(), WeekError::Empty),
        ] {
            assert_eq!(Weekly::new(days), Err(expected));
        }
    }

    #[test]
    fn a_span_past_midnight_stands_on_both_days() {
        let night = DayHours {
            from: 1320,
            until: 1800,
        };
        let week = Weekly::new(on_monday(&[DayHours::hours(9, 13), night])).expect("a week");
        assert_eq!(
            week.on(Weekday::Monday),
            [DayHours::hours(9, 13), DayHours::hours(22, 24)]
        );
        assert_eq!(week.on(Weekday::Tuesday), [DayHours::hours(0, 6)]);
        assert!(week.on(Weekday::Wednesday).is_empty());
    }

    #[test]
    fn only_a_week_without_a_gap_is_always_open() {
        assert!(Weekly::always().is_always());
        assert!(!Weekly::weekdays(&[DayHours::hours(0, 24)]).is_always());
        assert!(!Weekly::weekdays(&[DayHours::hours(9, 18)]).is_always());
    }
}

//! Days as people type them after `aperto:`: `oggi`, `settimana`, `2026-11`, `>2026-11-01`, `2026-11-01..2026-11-15`.

use i18n::TimeZone;
use jiff::ToSpan;
use jiff::civil::Date;
use kernel::Instant;

/// From the beginning of a day to the beginning of another; either may be open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Days {
    pub(super) from: Option<Date>,
    pub(super) before: Option<Date>,
}

/// Names of stretches that end today, with what they are for completion: Italian, English.
pub(super) const NAMED: [[&str; 2]; 4] = [
    ["oggi", "today"],
    ["ieri", "yesterday"],
    ["settimana", "week"],
    ["mese", "month"],
];

impl Days {
    /// Reads days; nothing when they are none.
    pub(super) fn read(text: &str, today: Date) -> Option<Self> {
        if let Some((from, until)) = text.split_once("..") {
            return Some(Self {
                from: stretch(from, today)?.from,
                before: stretch(until, today)?.before,
            });
        }
        let sign = text.len() - text.trim_start_matches(['>', '<', '=']).len();
        let days = stretch(&text[sign..], today)?;
        let (from, before) = match &text[..sign] {
            "" | "=" => (days.from, days.before),
            ">" => (days.before, None),
            ">=" => (days.from, None),
            "<" => (None, days.from),
            "<=" => (None, days.before),
            _ => return None,
        };
        Some(Self { from, before })
    }

    /// The instants at which the days begin on the reader's clock.
    pub(super) fn instants(self, zone: &TimeZone) -> (Option<Instant>, Option<Instant>) {
        let midnight = |date: Date| {
            let zoned = date.to_zoned(zone.clone()).ok()?;
            Some(Instant::from_millis(zoned.timestamp().as_millisecond()))
        };
        (self.from.and_then(midnight), self.before.and_then(midnight))
    }
}

/// The day of an instant on the reader's clock.
pub(super) fn day(at: Instant, zone: &TimeZone) -> Date {
    at.timestamp().to_zoned(zone.clone()).date()
}

/// A day, a month, a year, or one of the named stretches.
fn stretch(text: &str, today: Date) -> Option<Days> {
    let text = store::folded(text.trim());
    let between = |from: Date, before: Option<Date>| Days {
        from: Some(from),
        before,
    };
    let tomorrow = today.tomorrow().ok();
    let named = NAMED.iter().position(|names| names.contains(&text.as_str()));
    if let Some(named) = named {
        return Some(match named {
            0 => between(today, tomorrow),
            1 => between(today.yesterday().ok()?, Some(today)),
            2 => {
                let since_monday = i32::from(today.weekday().to_monday_zero_offset());
                between(today.checked_sub(since_monday.days()).ok()?, tomorrow)
            }
            _ => between(today.first_of_month(), tomorrow),
        });
    }
    written(&text)
}

/// `2026`, `2026-11`, `2026-11-03`, `3/11/2026`. Folded text has underscores where signs were.
fn written(text: &str) -> Option<Days> {
    let parts: Vec<&str> = text.split('_').collect();
    let number = |part: &str, most: usize| {
        let is_number = !part.is_empty() && part.len() <= most && part.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| part.parse::<i16>().ok())?
    };
    let year = |part: &str| number(part, 4).filter(|year| (1970..=9990).contains(year));
    let small = |part: &str| number(part, 2).and_then(|part| i8::try_from(part).ok());
    let (from, length) = match parts[..] {
        [y] => (Date::new(year(y)?, 1, 1).ok()?, 1.year()),
        [y, m] => (Date::new(year(y)?, small(m)?, 1).ok()?, 1.month()),
        [y, m, d] if y.len() == 4 => (Date::new(year(y)?, small(m)?, small(d)?).ok()?, 1.day()),
        [d, m, y] => (Date::new(year(y)?, small(m)?, small(d)?).ok()?, 1.day()),
        _ => return None,
    };
    Some(Days {
        from: Some(from),
        before: Some(from.checked_add(length).ok()?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_people_type_them() {
        let today = Date::constant(2026, 11, 25);
        let told = |text: &str| {
            let days = Days::read(text, today)?;
            let say = |date: Option<Date>| date.map_or("…".to_owned(), |date| date.to_string());
            Some(format!("{} {}", say(days.from), say(days.before)))
        };
        for (text, expected) in [
            ("oggi", "2026-11-25 2026-11-26"),
            ("Yesterday", "2026-11-24 2026-11-25"),
            ("settimana", "2026-11-23 2026-11-26"),
            ("month", "2026-11-01 2026-11-26"),
            ("2026", "2026-01-01 2027-01-01"),
            ("2026-12", "2026-12-01 2027-01-01"),
            ("2026-11-03", "2026-11-03 2026-11-04"),
            ("3/11/2026", "2026-11-03 2026-11-04"),
            (">2026-11-01", "2026-11-02 …"),
            (">=2026-11-01", "2026-11-01 …"),
            ("<2026-11", "… 2026-11-01"),
            ("<=ieri", "… 2026-11-25"),
            ("2026-10..2026-11-15", "2026-10-01 2026-11-16"),
        ] {
            assert_eq!(told(text).as_deref(), Some(expected), "{text}");
        }
        for text in [
            "",
            "x",
            "2026-13",
            "2026-02-30",
            ">",
            "><2026",
            "26",
            "..",
            "31/11/2026",
            "9999",
        ] {
            assert_eq!(told(text), None, "{text}");
        }
    }
}

//! Business time against the vectors of the sheets, and its laws.

mod compared;
mod laws;
mod vectors;

use calendar::{Calendar, DayHours, Hours, Weekly, national, patron};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use kernel::Instant;

/// Europe/Rome.
pub fn rome() -> TimeZone {
    TimeZone::get("Europe/Rome").expect("the zone is built in")
}

/// An instant by the wall clock of Rome, `2026-10-02 16:00`.
pub fn at(text: &str) -> Instant {
    let civil: DateTime = text.parse().expect("a date and time");
    let zoned = civil.to_zoned(rome()).expect("an instant");
    Instant::from_millis(zoned.timestamp().as_millisecond())
}

/// Monday to Friday, nine to six, with Italy's holidays and a municipality's patron saint.
pub fn office(municipality: &str) -> Calendar {
    let mut feasts = national();
    feasts.extend(patron(municipality).map(|patron| calendar::Feast {
        name: "patron".to_owned(),
        rule: patron.rule,
        from_year: None,
        until_year: None,
        source: String::new(),
    }));
    Calendar {
        zone: rome(),
        weekly: Weekly::weekdays(&[DayHours::hours(9, 18)]),
        feasts,
        closures: Vec::new(),
        openings: Vec::new(),
    }
}

/// The same laid out.
pub fn hours(municipality: &str) -> Hours {
    Hours::new(office(municipality), 2026)
}

//! Service levels through their own door.

mod clocks;
mod editions;

use calendar::{Calendar, DayHours, Hours, Weekly, national};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use kernel::Instant;
use std::sync::LazyLock;

/// An instant by the wall clock of Rome, `2026-10-02 16:00`.
pub fn at(text: &str) -> Instant {
    let civil: DateTime = text.parse().expect("a date and time");
    let rome = TimeZone::get("Europe/Rome").expect("the zone is built in");
    let zoned = civil.to_zoned(rome).expect("an instant");
    Instant::from_millis(zoned.timestamp().as_millisecond())
}

/// Monday to Friday, nine to six, in Rome.
pub fn office() -> Calendar {
    Calendar {
        zone: TimeZone::get("Europe/Rome").expect("the zone is built in"),
        weekly: Weekly::weekdays(&[DayHours::hours(9, 18)]),
        feasts: national(),
        closures: Vec::new(),
        openings: Vec::new(),
    }
}

/// The same laid out, once for all tests.
pub fn laid_out() -> Hours {
    static OFFICE: LazyLock<Hours> = LazyLock::new(|| Hours::new(office(), 2026));
    OFFICE.clone()
}

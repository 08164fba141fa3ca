//! Instants as people say them.
//!
//! Today needs only the hour, yesterday and tomorrow their name, this week the day; everything further away is told in
//! full. "Today" is the reader's: it depends on the time zone and on now, and both are handed in.

use jiff::{Timestamp, Zoned, civil::Weekday, tz::TimeZone};
use kernel::Instant;

use crate::Language;

/// The time zone of a service that was not told another one: Rome.
pub fn default_zone() -> TimeZone {
    TimeZone::get("Europe/Rome").unwrap_or(TimeZone::UTC)
}

/// The instant of a day and an hour on the reader's clock, as a form sends it: `2026-11-22T14:05`.
pub fn local_moment(text: &str, zone: &TimeZone) -> Option<Instant> {
    let local: jiff::civil::DateTime = text.trim().parse().ok()?;
    Some(Instant::from_millis(zone.to_timestamp(local).ok()?.as_millisecond()))
}

impl Language {
    /// An instant as said from here and now: `9:12`, `ieri 16:40`, `lun 9:00`, `22/11/2026 14:05`.
    pub fn when(self, at: Instant, now: Instant, zone: &TimeZone) -> String {
        let (at, now) = (zoned(at, zone), zoned(now, zone));
        let days = (at.date().duration_since(now.date())).as_hours() / 24;
        let hour = hour(&at);
        match days {
            0 => hour,
            -1 => format!("{} {hour}", self.either("ieri", "yesterday")),
            1 => format!("{} {hour}", self.either("domani", "tomorrow")),
            -6..=6 => format!("{} {hour}", self.weekday(at.weekday())),
            _ => full(&at),
        }
    }

    /// An instant in full, for documents and titles: `22/11/2026 14:05`.
    pub fn instant(self, at: Instant, zone: &TimeZone) -> String {
        full(&zoned(at, zone))
    }

    /// The day of an instant: `22/11/2026`.
    pub fn day(self, at: Instant, zone: &TimeZone) -> String {
        date(&zoned(at, zone))
    }

    /// The hour of an instant: `9:12`.
    pub fn hour(self, at: Instant, zone: &TimeZone) -> String {
        hour(&zoned(at, zone))
    }

    /// An instant for machines, as in the `datetime` of a `<time>`: `2026-11-22T13:05:00Z`.
    pub fn machine(self, at: Instant) -> String {
        let whole_seconds = at.as_millis().div_euclid(1000);
        Timestamp::from_second(whole_seconds)
            .unwrap_or(Timestamp::UNIX_EPOCH)
            .to_string()
    }

    fn weekday(self, day: Weekday) -> &'static str {
        match day {
            Weekday::Monday => self.either("lun", "Mon"),
            Weekday::Tuesday => self.either("mar", "Tue"),
            Weekday::Wednesday => self.either("mer", "Wed"),
            Weekday::Thursday => self.either("gio", "Thu"),
            Weekday::Friday => self.either("ven", "Fri"),
            Weekday::Saturday => self.either("sab", "Sat"),
            Weekday::Sunday => self.either("dom", "Sun"),
        }
    }

    fn either(self, it: &'static str, en: &'static str) -> &'static str {
        match self {
            Language::It => it,
            Language::En => en,
        }
    }
}

/// The day on which an instant falls.
pub fn date_of(at: Instant, zone: &TimeZone) -> jiff::civil::Date {
    zoned(at, zone).date()
}

fn zoned(at: Instant, zone: &TimeZone) -> Zoned {
    Timestamp::from_millisecond(at.as_millis())
        .unwrap_or(Timestamp::UNIX_EPOCH)
        .to_zoned(zone.clone())
}

fn hour(at: &Zoned) -> String {
    format!("{}:{:02}", at.hour(), at.minute())
}

fn date(at: &Zoned) -> String {
    format!("{}/{:02}/{:04}", at.day(), at.month(), at.year())
}

fn full(at: &Zoned) -> String {
    format!("{} {}", date(at), hour(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        let timestamp: Timestamp = text.parse().expect("a test instant");
        Instant::from_millis(timestamp.as_millisecond())
    }

    #[test]
    fn near_instants_are_short_and_far_ones_full() {
        let now = at("2026-11-25T09:00:00+01:00"); // a Wednesday
        let cases = [
            ("2026-11-25T09:12:00+01:00", "9:12", "9:12"),
            ("2026-11-25T00:00:00+01:00", "0:00", "0:00"),
            ("2026-11-24T23:59:00+01:00", "ieri 23:59", "yesterday 23:59"),
            ("2026-11-24T16:40:00+01:00", "ieri 16:40", "yesterday 16:40"),
            ("2026-11-26T08:00:00+01:00", "domani 8:00", "tomorrow 8:00"),
            ("2026-11-30T09:00:00+01:00", "lun 9:00", "Mon 9:00"),
            ("2026-11-20T09:00:00+01:00", "ven 9:00", "Fri 9:00"),
            ("2026-11-18T14:05:00+01:00", "18/11/2026 14:05", "18/11/2026 14:05"),
            ("2026-12-02T14:05:00+01:00", "2/12/2026 14:05", "2/12/2026 14:05"),
        ];
        for (instant, it, en) in cases {
            assert_eq!(Language::It.when(at(instant), now, &default_zone()), it);
            assert_eq!(Language::En.when(at(instant), now, &default_zone()), en);
        }
    }

    #[test]
    fn what_a_form_sends_is_read_on_the_readers_clock() {
        assert_eq!(
            local_moment("2026-11-22T14:05", &default_zone()),
            Some(at("2026-11-22T14:05:00+01:00"))
        );
        assert_eq!(local_moment("domani", &default_zone()), None);
    }

    #[test]
    fn today_belongs_to_the_reader() {
        let now = at("2026-11-22T23:30:00Z"); // already Monday in Rome
        let evening = at("2026-11-22T22:00:00Z");
        assert_eq!(Language::It.when(evening, now, &default_zone()), "ieri 23:00");
        assert_eq!(Language::It.when(evening, now, &TimeZone::UTC), "22:00");
    }

    #[test]
    fn days_are_counted_by_the_calendar_when_the_clock_changes() {
        let now = at("2026-10-26T09:00:00+01:00"); // the day after summer time ended
        let before = at("2026-10-25T00:30:00+02:00");
        assert_eq!(Language::It.when(before, now, &default_zone()), "ieri 0:30");
    }

    #[test]
    fn documents_and_machines_get_the_whole_instant() {
        let instant = at("2026-11-22T14:05:00+01:00");
        assert_eq!(Language::It.instant(instant, &default_zone()), "22/11/2026 14:05");
        assert_eq!(Language::It.day(instant, &default_zone()), "22/11/2026");
        assert_eq!(Language::It.hour(instant, &default_zone()), "14:05");
        assert_eq!(Language::It.machine(instant), "2026-11-22T13:05:00Z");
    }
}

//! Office hours: stories happen from eight to six, Monday to Friday, in Rome.
//!
//! A story counts in minutes at work since the first day told; this turns such a minute into an instant.

use jiff::civil::{Date, Weekday};
use jiff::{ToSpan, tz::TimeZone};
use kernel::Instant;

/// Minutes of one day at work.
pub(crate) const DAY: i64 = 600;
/// Working days told.
const DAYS: usize = 26;
const OPENS_AT: i8 = 8;

/// The working days that end now.
pub(crate) struct OfficeHours {
    days: Vec<Date>,
    zone: TimeZone,
    /// The last minute at work before now.
    pub(crate) end: i64,
}

impl OfficeHours {
    /// The working days before an instant.
    pub(crate) fn before(now: Instant) -> Self {
        let zone = TimeZone::get("Europe/Rome").unwrap_or(TimeZone::UTC);
        let local = now.timestamp().to_zoned(zone.clone()).datetime();
        let mut days: Vec<Date> = Vec::with_capacity(DAYS);
        let mut day = local.date();
        // Before the desk opens there is nothing of today to tell.
        if local.hour() < OPENS_AT {
            day = day.saturating_sub(1.day());
        }
        while days.len() < DAYS {
            if !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
                days.push(day);
            }
            day = day.saturating_sub(1.day());
        }
        days.reverse();
        let full = (DAYS as i64 - 1) * DAY;
        let today = days.last() == Some(&local.date());
        let minutes = i64::from(local.hour() - OPENS_AT) * 60 + i64::from(local.minute());
        let end = full + if today { minutes.min(DAY) } else { DAY };
        Self {
            days,
            zone,
            end: end - 1,
        }
    }

    /// The instant of a minute at work, some seconds into it.
    pub(crate) fn instant(&self, minute: i64, seconds: i64) -> Instant {
        let minute = minute.clamp(0, self.end);
        let place = usize::try_from(minute / DAY).unwrap_or(0).min(self.days.len() - 1);
        let opens = self.days[place].at(OPENS_AT, 0, 0, 0);
        let start = opens
            .to_zoned(self.zone.clone())
            .map_or(0, |zoned| zoned.timestamp().as_millisecond());
        Instant::from_millis(start).plus_seconds((minute % DAY) * 60 + seconds)
    }

    /// When the first day begins.
    pub(crate) fn start(&self) -> Instant {
        self.instant(0, 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_at_work_skip_nights_and_weekends_and_end_before_now() {
        for now in [
            "2026-11-22T21:30:00Z",
            "2026-11-23T06:10:00Z",
            "2026-11-23T07:00:30Z",
            "2026-11-23T14:10:00Z",
        ] {
            let now = Instant::parse(now).expect("valid");
            let hours = OfficeHours::before(now);
            assert!(hours.instant(hours.end, 0) <= now, "{now}");
            assert!(hours.instant(DAY, 0).seconds_since(hours.instant(DAY - 1, 0)) >= 14 * 3600);
            assert!(now.seconds_since(hours.start()) > 33 * 86_400);
        }
    }
}

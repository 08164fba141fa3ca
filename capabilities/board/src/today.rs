//! The day as it went so far: arrivals and ends by the hour.

use i18n::TimeZone;
use kernel::Instant;
use record::Moved;
use serde::Serialize;
use std::collections::HashSet;
use utoipa::ToSchema;

/// An hour of today.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Hour {
    /// 0–23, on the desk's clock.
    pub hour: i8,
    /// Tickets opened in it.
    pub opened: usize,
    /// Tickets that ended in it.
    pub closed: usize,
}

/// When today began.
pub(crate) fn midnight(now: Instant, zone: &TimeZone) -> Instant {
    let day = i18n::date_of(now, zone).to_zoned(zone.clone());
    day.map_or(now, |day| Instant::from_millis(day.timestamp().as_millisecond()))
}

fn hour_of(at: Instant, zone: &TimeZone) -> i8 {
    at.timestamp().to_zoned(zone.clone()).hour()
}

/// The hours up to now; those before the first arrival or end are left out.
pub(crate) fn hours(moved: &[Moved], now: Instant, midnight: Instant, zone: &TimeZone) -> Vec<Hour> {
    let last = hour_of(now, zone);
    let mut hours: Vec<Hour> = (0..=last)
        .map(|hour| Hour {
            hour,
            ..Hour::default()
        })
        .collect();
    let mut told = HashSet::new();
    for one in moved.iter().filter(|one| one.whole && told.insert(one.id)) {
        let place = |at: Instant| usize::try_from(hour_of(at, zone)).unwrap_or_default();
        if one.opened_at >= midnight
            && let Some(hour) = hours.get_mut(place(one.opened_at))
        {
            hour.opened += 1;
        }
        if !one.open
            && let Some(hour) = hours.get_mut(place(one.updated_at))
        {
            hour.closed += 1;
        }
    }
    let first = hours.iter().position(|hour| hour.opened + hour.closed > 0);
    hours.drain(..first.unwrap_or(hours.len()).min(hours.len().saturating_sub(6)));
    hours
}

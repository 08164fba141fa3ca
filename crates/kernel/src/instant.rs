//! An instant: milliseconds since 1970 in UTC.
//!
//! The same eight bytes stand on both databases and order as numbers, which is what keysets and due instants need.
//! People see it through `i18n`, other programs as RFC 3339.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// Milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(i64);

impl Instant {
    /// An instant later than any that occurs: "no due instant" sorts last.
    pub const NEVER: Instant = Instant(i64::MAX);

    /// From milliseconds since 1970 in UTC.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since 1970 in UTC.
    pub const fn as_millis(self) -> i64 {
        self.0
    }

    /// The instant `seconds` later (earlier when negative); it stops at the ends of the range.
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1000)))
    }

    /// The beginning of its second.
    pub const fn second(self) -> Self {
        Self(self.0 - self.0.rem_euclid(1000))
    }

    /// Whole seconds from `earlier` to this instant, negative when it is later.
    pub const fn seconds_since(self, earlier: Instant) -> i64 {
        (self.0 - earlier.0) / 1000
    }

    /// Reads an RFC 3339 text such as `2026-11-22T10:30:00Z`.
    pub fn parse(text: &str) -> Option<Self> {
        let stamp: jiff::Timestamp = text.parse().ok()?;
        Some(Self(stamp.as_millisecond()))
    }

    /// The calendar year of this instant in UTC.
    pub fn year(self) -> i16 {
        self.timestamp().to_zoned(jiff::tz::TimeZone::UTC).year()
    }

    /// The same instant as a `jiff` timestamp, for calendars and formatters.
    pub fn timestamp(self) -> jiff::Timestamp {
        jiff::Timestamp::from_millisecond(self.0).unwrap_or(jiff::Timestamp::MAX)
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:.3}", self.timestamp())
    }
}

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(from)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not an RFC 3339 instant"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_written_and_read_as_rfc_3339() {
        let instant = Instant::parse("2026-11-22T10:30:00.250Z").expect("valid");
        assert_eq!(instant.to_string(), "2026-11-22T10:30:00.250Z");
        assert_eq!(Instant::parse("2026-11-22T11:30:00.250+01:00"), Some(instant));
        assert_eq!(Instant::parse("ieri"), None);
    }

    #[test]
    fn never_is_later_than_any_other_and_prints() {
        assert!(Instant::NEVER > Instant::from_millis(4_000_000_000_000));
        assert!(!Instant::NEVER.to_string().is_empty());
    }
}

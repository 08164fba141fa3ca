//! Numbers, quantities and lengths of time as people write them.

use crate::Language;

/// One hour, in milliseconds.
const HOUR: i64 = 3_600_000;

/// From here on a length of time is told in days: minutes no longer matter to anyone.
const LONG: i64 = 48 * HOUR;

impl Language {
    /// A number with its thousands and as many decimals as it has, three at most: `1.234,5`, `1,234.5`.
    pub fn number(self, value: f64) -> String {
        let plain = format!("{value:.3}");
        self.punctuated(plain.trim_end_matches('0').trim_end_matches('.'))
    }

    /// A number with exactly these decimals: `94,20`.
    pub fn decimal(self, value: f64, decimals: usize) -> String {
        self.punctuated(&format!("{value:.decimals$}"))
    }

    /// A count: `12.418`.
    pub fn count(self, value: u64) -> String {
        self.punctuated(&value.to_string())
    }

    /// A count that was not carried on beyond a limit: `1.000+` when there are more.
    pub fn count_up_to(self, value: u64, limit: u64) -> String {
        if value > limit {
            format!("{}+", self.count(limit))
        } else {
            self.count(value)
        }
    }

    /// A share as a percentage: `94,2 %`, `94.2%`.
    pub fn percent(self, share: f64, decimals: usize) -> String {
        let number = self.decimal(share * 100.0, decimals);
        match self {
            Language::It => format!("{number}\u{a0}%"),
            Language::En => format!("{number}%"),
        }
    }

    /// The size of a file: `214 kB`, `1,2 MB`.
    pub fn bytes(self, size: u64) -> String {
        const UNITS: [&str; 4] = ["kB", "MB", "GB", "TB"];
        if size < 1000 {
            return format!("{size}\u{a0}B");
        }
        let mut value = size as f64 / 1000.0;
        let mut unit = 0;
        while value >= 999.5 && unit + 1 < UNITS.len() {
            value /= 1000.0;
            unit += 1;
        }
        let decimals = usize::from(value < 9.95 && unit > 0);
        format!("{}\u{a0}{}", self.decimal(value, decimals), UNITS[unit])
    }

    /// The largest file that is taken, as a person says it: `50 MB`. Settings count in mebibytes, which is a little more, so
    /// that a file of that size is taken whichever way its owner's computer counts.
    pub fn size_limit(self, most: u64) -> String {
        const MEBIBYTE: u64 = 1024 * 1024;
        if most >= MEBIBYTE && most.is_multiple_of(MEBIBYTE) {
            return format!("{}\u{a0}MB", self.count(most / MEBIBYTE));
        }
        self.bytes(most)
    }

    /// A length of time in hours and minutes, in days when it is long; negative with a true minus: `1:09`, `−0:42`, `3 g`.
    /// Seconds are dropped, never rounded up: what is left is never more than it looks.
    pub fn duration(self, millis: i64) -> String {
        let sign = if millis < 0 { "−" } else { "" };
        let length = millis.saturating_abs();
        if length >= LONG {
            let days = self.count((length / (24 * HOUR)).unsigned_abs());
            return format!("{sign}{days}\u{a0}{}", if self == Language::It { "g" } else { "d" });
        }
        let minutes = length / 60_000;
        format!("{sign}{}:{:02}", minutes / 60, minutes % 60)
    }

    /// Puts the marks of this language into a plain number.
    fn punctuated(self, plain: &str) -> String {
        let (thousands, point) = match self {
            Language::It => ('.', ','),
            Language::En => (',', '.'),
        };
        let (sign, digits) = match plain.strip_prefix('-') {
            Some(digits) => ("−", digits),
            None => ("", plain),
        };
        let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
        let mut written = String::from(sign);
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && (whole.len() - index).is_multiple_of(3) {
                written.push(thousands);
            }
            written.push(digit);
        }
        if !decimals.is_empty() {
            written.push(point);
            written.push_str(decimals);
        }
        written
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_wear_the_marks_of_the_language() {
        let cases = [
            (0.0, "0", "0"),
            (12.0, "12", "12"),
            (1234.5, "1.234,5", "1,234.5"),
            (-1234567.25, "−1.234.567,25", "−1,234,567.25"),
            (999.0, "999", "999"),
            (1000.0, "1.000", "1,000"),
        ];
        for (value, it, en) in cases {
            assert_eq!(Language::It.number(value), it);
            assert_eq!(Language::En.number(value), en);
        }
        assert_eq!(Language::It.decimal(4.0, 1), "4,0");
        assert_eq!(Language::It.percent(0.942, 1), "94,2\u{a0}%");
        assert_eq!(Language::En.percent(0.942, 0), "94%");
    }

    #[test]
    fn counts_stop_at_their_limit() {
        let cases = [(999, "999"), (1000, "1.000"), (1001, "1.000+")];
        for (value, expected) in cases {
            assert_eq!(Language::It.count_up_to(value, 1000), expected);
        }
    }

    #[test]
    fn files_have_sizes_people_can_compare() {
        let cases = [
            (0, "0\u{a0}B"),
            (999, "999\u{a0}B"),
            (1000, "1\u{a0}kB"),
            (214_300, "214\u{a0}kB"),
            (999_600, "1,0\u{a0}MB"),
            (1_240_000, "1,2\u{a0}MB"),
            (25_000_000, "25\u{a0}MB"),
            (3_100_000_000, "3,1\u{a0}GB"),
        ];
        for (size, expected) in cases {
            assert_eq!(Language::It.bytes(size), expected);
        }
    }

    #[test]
    fn a_limit_is_said_as_it_is_set() {
        let cases = [
            (50 * 1024 * 1024, "50\u{a0}MB"),
            (2048 * 1024 * 1024, "2.048\u{a0}MB"),
            (25_000_000, "25\u{a0}MB"),
            (600_000, "600\u{a0}kB"),
        ];
        for (most, expected) in cases {
            assert_eq!(Language::It.size_limit(most), expected);
        }
    }

    #[test]
    fn lengths_are_hours_and_minutes_then_days() {
        let minute = 60_000;
        let cases = [
            (0, "0:00", "0:00"),
            (59_999, "0:00", "0:00"),
            (69 * minute, "1:09", "1:09"),
            (-42 * minute, "−0:42", "−0:42"),
            (47 * HOUR + 59 * minute, "47:59", "47:59"),
            (LONG, "2\u{a0}g", "2\u{a0}d"),
            (80 * HOUR, "3\u{a0}g", "3\u{a0}d"),
            (-80 * HOUR, "−3\u{a0}g", "−3\u{a0}d"),
        ];
        for (millis, it, en) in cases {
            assert_eq!(Language::It.duration(millis), it);
            assert_eq!(Language::En.duration(millis), en);
        }
    }
}

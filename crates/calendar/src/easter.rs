//! Easter, on which the movable feasts hang.

use jiff::civil::Date;

/// Easter Sunday of a year in the Gregorian calendar, by the anonymous computus (working-time sheet §6).
///
/// # Panics
/// Never: the computus gives a day of March or April for every year.
pub fn easter(year: i16) -> Date {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let f = (b + 8) / 25;
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let month = (h + l - 7 * m + 114) / 31;
    let day = (h + l - 7 * m + 114) % 31 + 1;
    Date::constant(year, month as i8, day as i8)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan;

    /// Working-time sheet §7.
    #[test]
    fn easter_monday_is_where_the_sheet_has_it() {
        for monday in [
            "2024-04-01",
            "2025-04-21",
            "2026-04-06",
            "2027-03-29",
            "2028-04-17",
            "2029-04-02",
            "2030-04-22",
            "2031-04-14",
            "2032-03-29",
        ] {
            let monday: Date = monday.parse().expect("a date");
            assert_eq!(easter(monday.year()) + 1.day(), monday);
        }
    }

    #[test]
    fn whit_monday_is_fifty_days_after_easter() {
        for whit in ["2026-05-25", "2027-05-17", "2028-06-05"] {
            let whit: Date = whit.parse().expect("a date");
            assert_eq!(easter(whit.year()) + 50.days(), whit);
        }
    }
}

//! Hours and days as people type them into a form, and as the form shows them again.

use crate::{Closure, DayHours, MINUTES_A_DAY, Opening};
use jiff::civil::Date;

/// The spans of a day: `9-13, 14:30-18`, `22:00-06:00` past midnight, `0-24` all day; nothing when closed.
///
/// # Errors
/// The part that is none.
pub fn hours_of(text: &str) -> Result<Vec<DayHours>, String> {
    let parts = text.split([',', ';']).map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| span(part).ok_or_else(|| part.to_owned())).collect()
}

fn span(text: &str) -> Option<DayHours> {
    let (from, until) = text.split_once(['-', '–'])?;
    let (from, mut until) = (minute(from)?, minute(until)?);
    if until <= from {
        until += MINUTES_A_DAY;
    }
    (from < MINUTES_A_DAY).then_some(DayHours { from, until })
}

fn minute(text: &str) -> Option<u16> {
    let text = text.trim();
    let (hours, minutes) = text.split_once([':', '.']).unwrap_or((text, "0"));
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours <= 24 && minutes < 60 && (hours < 24 || minutes == 0)).then_some(hours * 60 + minutes)
}

/// The spans of a day as they are typed.
pub fn hours_text(spans: &[DayHours]) -> String {
    let told = spans
        .iter()
        .map(|span| format!("{}-{}", clock(span.from), clock(span.until)));
    told.collect::<Vec<_>>().join(", ")
}

fn clock(minute: u16) -> String {
    let minute = match minute {
        MINUTES_A_DAY => minute,
        other => other % MINUTES_A_DAY,
    };
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// A day as it is written: `2026-12-24` or `24/12/2026`.
pub fn day_of(text: &str) -> Option<Date> {
    let text = text.trim();
    if let Ok(date) = text.parse() {
        return Some(date);
    }
    let mut parts = text.split('/').map(str::trim);
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let has_more = parts.next().is_some();
    let date = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
    (!has_more && year.len() == 4).then_some(date)
}

/// Closed days, one to a line: `24/12/2026 Vigilia`, `2026-12-24..2026-12-31 Chiusura di Natale [Ordine 12/2026]`.
///
/// # Errors
/// The number of the first line that is none, from one.
pub fn closures_of(text: &str) -> Result<Vec<Closure>, usize> {
    lines(text).map(|(number, line)| closure(line).ok_or(number)).collect()
}

fn closure(line: &str) -> Option<Closure> {
    let (days, name) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let (from, until) = days.split_once("..").unwrap_or((days, days));
    let (name, source) = sourced(name);
    Some(Closure {
        from: day_of(from)?,
        until: day_of(until)?,
        name,
        source,
    })
}

/// A name, and behind it in brackets where it is written.
fn sourced(text: &str) -> (String, String) {
    let text = text.trim();
    let parts = text.strip_suffix(']').and_then(|text| text.rsplit_once('['));
    let (name, source) = parts.unwrap_or((text, ""));
    (name.trim().to_owned(), source.trim().to_owned())
}

/// A name with where it is written, as it is typed.
fn with_source(name: &str, source: &str) -> String {
    if source.is_empty() {
        name.to_owned()
    } else {
        format!("{name} [{source}]").trim_start().to_owned()
    }
}

/// Closed days as they are typed.
pub fn closures_text(closures: &[Closure]) -> String {
    let told = closures.iter().map(|one| {
        let days = if one.from == one.until {
            one.from.to_string()
        } else {
            format!("{}..{}", one.from, one.until)
        };
        format!("{days} {}", with_source(&one.name, &one.source))
            .trim_end()
            .to_owned()
    });
    told.collect::<Vec<_>>().join("\n")
}

/// Extra openings, one to a line: `28/11/2026 9-13 Sabato di avvio [Ordine 14/2026]`.
///
/// # Errors
/// The number of the first line that is none, from one.
pub fn openings_of(text: &str) -> Result<Vec<Opening>, usize> {
    lines(text).map(|(number, line)| opening(line).ok_or(number)).collect()
}

fn opening(line: &str) -> Option<Opening> {
    let (date, rest) = line.split_once(char::is_whitespace)?;
    let (hours, name) = rest.trim_start().split_once(char::is_whitespace).unwrap_or((rest, ""));
    let (name, source) = sourced(name);
    Some(Opening {
        date: day_of(date)?,
        hours: span(hours)?,
        name,
        source,
    })
}

/// Extra openings as they are typed.
pub fn openings_text(openings: &[Opening]) -> String {
    let told = openings.iter().map(|one| {
        let hours = hours_text(&[one.hours]);
        let name = with_source(&one.name, &one.source);
        format!("{} {hours} {name}", one.date).trim_end().to_owned()
    });
    told.collect::<Vec<_>>().join("\n")
}

/// The lines that say something, by their numbers from one.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let numbered = (1..).zip(text.lines().map(str::trim));
    numbered.filter(|(_, line)| !line.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_as_people_type_them() {
        for (typed, shown) in [
            ("9-18", "09:00-18:00"),
            (" 8.30-13, 14:00–17:30 ", "08:30-13:00, 14:00-17:30"),
            ("22-6", "22:00-06:00"),
            ("0-24", "00:00-24:00"),
            ("", ""),
        ] {
            let spans = hours_of(typed).expect(typed);
            assert_eq!(hours_text(&spans), shown, "{typed}");
            assert_eq!(hours_of(shown), Ok(spans), "{typed}");
        }
        for typed in ["nove-diciotto", "9", "9-25", "9:70-10", "24-26", "9-13-18"] {
            assert!(hours_of(typed).is_err(), "{typed}");
        }
    }

    #[test]
    fn wt_406_closed_days_and_openings_come_back_as_they_were_with_their_source() {
        let closed = "2026-12-24..2026-12-31 Chiusura di Natale\n2026-08-14";
        let closures = closures_of("24/12/2026..31/12/2026 Chiusura di Natale\n\n14/8/2026").expect("closures");
        assert_eq!(closures_text(&closures), closed);
        assert_eq!(closures_of(closed), Ok(closures));
        let openings = openings_of("28/11/2026 9-13 Sabato di avvio").expect("openings");
        assert_eq!(openings_text(&openings), "2026-11-28 09:00-13:00 Sabato di avvio");
        let sourced = "2026-12-24 Vigilia [Ordine 12/2026]\n2026-12-31 [Ordine 13/2026]";
        let closures = closures_of(sourced).expect("with sources");
        let told: Vec<_> = closures
            .iter()
            .map(|one| (one.name.as_str(), one.source.as_str()))
            .collect();
        assert_eq!(told, [("Vigilia", "Ordine 12/2026"), ("", "Ordine 13/2026")]);
        assert_eq!(closures_text(&closures), sourced);
        let opened = "2026-11-28 09:00-13:00 Sabato [1] di avvio [Ordine 14/2026]";
        assert_eq!(
            openings_of(opened).map(|openings| openings_text(&openings)),
            Ok(opened.to_owned())
        );
        assert_eq!(closures_of("2026-12-24 Vigilia\n31/31/2026 Mai"), Err(2));
        assert_eq!(openings_of("2026-12-24 sempre"), Err(1));
    }
}

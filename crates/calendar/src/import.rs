//! Days from an iCalendar file (RFC 5545): all-day events become closures, those that come back each year become feasts.

use crate::{Closure, Feast, Rule};
use jiff::civil::Date;

/// Most events that are taken from one file.
const MOST: usize = 2000;
/// Longest name that is kept, in characters.
const LONGEST_NAME: usize = 200;

/// What could not be taken over, by the line of the file at which the event begins, from one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IcsError {
    /// No calendar at all.
    NoCalendar,
    /// More events than are taken.
    TooMany,
    /// The event has no day on which it begins.
    NoDate(usize),
    /// The event is for some hours only: hours are not closed by files.
    NotAllDay(usize),
    /// It comes back in another way than each year.
    Recurs(usize),
}

/// An event as it is read, line by line.
#[derive(Default)]
struct Event {
    line: usize,
    begins: Option<String>,
    ends: Option<String>,
    name: String,
    recurs: Option<String>,
    source: String,
}

/// The closed days of a file, and what in it could not be taken over.
pub fn closures_from_ics(text: &str) -> (Vec<Closure>, Vec<Feast>, Vec<IcsError>) {
    let (mut closures, mut feasts, mut wrong) = (Vec::new(), Vec::new(), Vec::new());
    let mut event: Option<Event> = None;
    let mut is_calendar = false;
    for (line, text) in unfolded(text) {
        let (name, value) = text.split_once(':').unwrap_or((&text, ""));
        let property = name.split(';').next().unwrap_or_default().to_ascii_uppercase();
        match (property.as_str(), value.trim()) {
            ("BEGIN", "VCALENDAR") => is_calendar = true,
            ("BEGIN", "VEVENT") => {
                event = Some(Event {
                    line,
                    ..Event::default()
                });
            }
            ("END", "VEVENT") => {
                if closures.len() + feasts.len() >= MOST {
                    wrong.push(IcsError::TooMany);
                    break;
                }
                match event.take().map(taken) {
                    Some(Ok(Taken::Closure(closure))) => closures.push(closure),
                    Some(Ok(Taken::Feast(feast))) => feasts.push(feast),
                    Some(Err(why)) => wrong.push(why),
                    None => {}
                }
            }
            (property, value) => {
                if let Some(event) = &mut event {
                    note(event, property, value);
                }
            }
        }
    }
    if !is_calendar {
        wrong.push(IcsError::NoCalendar);
    }
    (closures, feasts, wrong)
}

fn note(event: &mut Event, property: &str, value: &str) {
    match property {
        "DTSTART" => event.begins = Some(value.to_owned()),
        "DTEND" => event.ends = Some(value.to_owned()),
        "RRULE" => event.recurs = Some(value.to_ascii_uppercase()),
        "SUMMARY" => event.name = unescaped(value),
        "URL" | "SOURCE" => event.source = value.chars().take(LONGEST_NAME).collect(),
        _ => {}
    }
}

enum Taken {
    Closure(Closure),
    Feast(Feast),
}

fn taken(event: Event) -> Result<Taken, IcsError> {
    let begins = event.begins.ok_or(IcsError::NoDate(event.line))?;
    if begins.contains('T') {
        return Err(IcsError::NotAllDay(event.line));
    }
    let from = day(&begins).ok_or(IcsError::NoDate(event.line))?;
    // The day on which an event ends is no longer part of it.
    let ends = event
        .ends
        .as_deref()
        .and_then(day)
        .and_then(|ends| ends.yesterday().ok());
    let until = ends.filter(|until| *until >= from).unwrap_or(from);
    match event.recurs.as_deref() {
        None => Ok(Taken::Closure(Closure {
            from,
            until,
            name: event.name,
            source: event.source,
        })),
        Some("FREQ=YEARLY") if from == until => Ok(Taken::Feast(Feast {
            name: event.name,
            rule: Rule::Yearly {
                month: from.month(),
                day: from.day(),
            },
            from_year: Some(from.year()),
            until_year: None,
            source: event.source,
        })),
        Some(_) => Err(IcsError::Recurs(event.line)),
    }
}

fn day(text: &str) -> Option<Date> {
    let digits = text.trim();
    if digits.len() != 8 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let part = |from: usize, until: usize| digits[from..until].parse().ok();
    Date::new(digits[..4].parse().ok()?, part(4, 6)?, part(6, 8)?).ok()
}

/// The lines of a file, those that were folded put together, each with the number of its first.
fn unfolded(text: &str) -> Vec<(usize, String)> {
    let mut lines: Vec<(usize, String)> = Vec::new();
    for (place, line) in text.lines().enumerate() {
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(rest), Some((_, whole))) => whole.push_str(rest),
            _ => lines.push((place + 1, line.to_owned())),
        }
    }
    lines
}

fn unescaped(value: &str) -> String {
    let mut plain = String::new();
    let mut characters = value.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => match characters.next() {
                Some('n' | 'N') => plain.push(' '),
                Some(other) => plain.push(other),
                None => {}
            },
            character if character.is_control() => {}
            character => plain.push(character),
        }
    }
    plain.trim().chars().take(LONGEST_NAME).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n\
        BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261207\r\nDTEND;VALUE=DATE:20261209\r\nSUMMARY:Ponte dell'Immacolata\\, ch\r\n iuso\r\nEND:VEVENT\r\n\
        BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260813\r\nSUMMARY:Un giorno\r\nEND:VEVENT\r\n\
        BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260513\r\nRRULE:FREQ=YEARLY\r\nSUMMARY:Festa della ditta\r\nEND:VEVENT\r\n\
        BEGIN:VEVENT\r\nDTSTART:20260513T090000Z\r\nSUMMARY:Riunione\r\nEND:VEVENT\r\n\
        BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260513\r\nRRULE:FREQ=WEEKLY\r\nEND:VEVENT\r\n\
        BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261399\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

    #[test]
    fn whole_days_are_taken_and_the_rest_is_told() {
        let (closures, feasts, wrong) = closures_from_ics(FILE);
        let told: Vec<String> = closures
            .iter()
            .map(|one| format!("{} {} {}", one.from, one.until, one.name))
            .collect();
        assert_eq!(
            told,
            [
                "2026-12-07 2026-12-08 Ponte dell'Immacolata, chiuso",
                "2026-08-13 2026-08-13 Un giorno"
            ]
        );
        assert_eq!(feasts.len(), 1);
        assert_eq!(feasts[0].rule, Rule::Yearly { month: 5, day: 13 });
        assert_eq!(
            wrong,
            [IcsError::NotAllDay(18), IcsError::Recurs(22), IcsError::NoDate(26)]
        );
    }

    #[test]
    fn what_is_no_calendar_is_told() {
        for text in ["", "ciao", "BEGIN:VEVENT\nDTSTART:\nEND:VEVENT"] {
            assert!(closures_from_ics(text).2.contains(&IcsError::NoCalendar), "{text}");
        }
    }
}

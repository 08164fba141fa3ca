//! One row of the log, read: everything in it is valid, or the column that is not is named.

use super::columns::Columns;
use jiff::civil::DateTime;
use kernel::Instant;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Longest text of a field, in characters.
const LONGEST: usize = 120;

/// A text that many rows share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Word(u32);

/// Texts kept once.
#[derive(Default)]
pub(crate) struct Words {
    known: HashMap<Box<str>, Word>,
    texts: Vec<Box<str>>,
}

impl Words {
    pub(crate) fn keep(&mut self, text: &str) -> Word {
        if let Some(word) = self.known.get(text) {
            return *word;
        }
        let word = Word(u32::try_from(self.texts.len()).unwrap_or(u32::MAX));
        self.texts.push(text.into());
        self.known.insert(text.into(), word);
        word
    }

    pub(crate) fn text(&self, word: Word) -> &str {
        self.texts.get(word.0 as usize).map_or("", |text| text)
    }
}

/// The states of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LogState {
    New,
    Active,
    AwaitingUserInfo,
    AwaitingProblem,
    AwaitingVendor,
    AwaitingEvidence,
    Resolved,
    Closed,
    /// Not recorded (`?`, or `-100` as the product writes it): it stood where it had stood before.
    Unknown,
}

/// A row.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// Line of the file.
    pub(crate) line: u64,
    pub(crate) state: LogState,
    /// `sys_mod_count`.
    pub(crate) count: i64,
    pub(crate) opened_at: Instant,
    pub(crate) updated_at: Instant,
    pub(crate) resolved_at: Option<Instant>,
    pub(crate) closed_at: Option<Instant>,
    pub(crate) caller: Option<Word>,
    pub(crate) category: Option<Word>,
    pub(crate) subcategory: Option<Word>,
    pub(crate) group: Option<Word>,
    pub(crate) operator: Option<Word>,
    pub(crate) contact: Option<Word>,
    pub(crate) location: Option<Word>,
    pub(crate) symptom: Option<Word>,
    pub(crate) item: Option<Word>,
    pub(crate) impact: i64,
    pub(crate) urgency: i64,
    pub(crate) priority: i64,
    pub(crate) reopenings: i64,
    /// Of everything in the row: two rows alike are one.
    pub(crate) digest: u64,
}

/// Why a row is not taken: the column, a stable code, and the key of its sentence.
pub(crate) struct Wrong {
    pub(crate) column: String,
    pub(crate) code: &'static str,
}

fn wrong(column: &str, code: &'static str) -> Wrong {
    Wrong {
        column: column.to_owned(),
        code,
    }
}

/// Reads a row; answers its number too.
pub(crate) fn read(columns: &Columns, fields: &[String], line: u64, words: &mut Words) -> Result<(Word, Row), Wrong> {
    if fields.len() < columns.count() {
        return Err(wrong(columns.name(fields.len()), "too_few_columns"));
    }
    if fields.len() > columns.count() {
        return Err(wrong(columns.name(columns.count() - 1), "too_many_columns"));
    }
    if let Some(place) = fields.iter().position(|field| field.contains(is_unwelcome)) {
        return Err(wrong(columns.name(place), "control_characters"));
    }
    let from = Fields { columns, fields };
    let mut text = |name: &'static str| from.text(name).map(|found| found.map(|text| words.keep(text)));
    let number = text("number")?.ok_or_else(|| wrong("number", "missing"))?;
    let (caller, category, subcategory) = (text("caller_id")?, text("category")?, text("subcategory")?);
    let (group, operator) = (text("assignment_group")?, text("assigned_to")?);
    let (contact, location, symptom, item) = (
        text("contact_type")?,
        text("location")?,
        text("u_symptom")?,
        text("cmdb_ci")?,
    );
    let (impact, urgency) = (
        from.level("impact", 3)?.unwrap_or(2),
        from.level("urgency", 3)?.unwrap_or(2),
    );
    let row = Row {
        line,
        state: from.state()?,
        count: from.count("sys_mod_count")?,
        opened_at: from
            .instant("opened_at")?
            .ok_or_else(|| wrong("opened_at", "missing"))?,
        updated_at: from
            .instant("sys_updated_at")?
            .ok_or_else(|| wrong("sys_updated_at", "missing"))?,
        resolved_at: from.instant("resolved_at")?,
        closed_at: from.instant("closed_at")?,
        caller,
        category,
        subcategory,
        group,
        operator,
        contact,
        location,
        symptom,
        item,
        impact,
        urgency,
        priority: from.level("priority", 5)?.unwrap_or(impact + urgency - 1),
        reopenings: from.count("reopen_count")?,
        digest: digest(fields),
    };
    Ok((number, row))
}

struct Fields<'r> {
    columns: &'r Columns,
    fields: &'r [String],
}

impl<'r> Fields<'r> {
    fn get(&self, name: &str) -> Option<&'r str> {
        self.columns.field(self.fields, name)
    }

    /// A text that will stand on a ticket: neither endless nor a formula for somebody's spreadsheet.
    fn text(&self, name: &'static str) -> Result<Option<&'r str>, Wrong> {
        let Some(text) = self.get(name) else { return Ok(None) };
        if text.chars().count() > LONGEST {
            return Err(wrong(name, "too_long"));
        }
        if text.starts_with(['=', '+', '-', '@']) {
            return Err(wrong(name, "formula"));
        }
        Ok(Some(text))
    }

    fn state(&self) -> Result<LogState, Wrong> {
        let Some(text) = self.get("incident_state") else {
            return Ok(LogState::Unknown);
        };
        Ok(match text.to_lowercase().as_str() {
            "new" => LogState::New,
            "active" => LogState::Active,
            "awaiting user info" => LogState::AwaitingUserInfo,
            "awaiting problem" => LogState::AwaitingProblem,
            "awaiting vendor" => LogState::AwaitingVendor,
            "awaiting evidence" => LogState::AwaitingEvidence,
            "resolved" => LogState::Resolved,
            "closed" => LogState::Closed,
            "-100" => LogState::Unknown,
            _ => return Err(wrong("incident_state", "unknown_state")),
        })
    }

    /// `2 - Medium`: the figure counts.
    fn level(&self, name: &'static str, most: i64) -> Result<Option<i64>, Wrong> {
        let Some(text) = self.get(name) else { return Ok(None) };
        let figure = text
            .split_once(" - ")
            .map_or(text, |(figure, _)| figure)
            .trim()
            .parse::<i64>();
        let figure = figure.ok().filter(|figure| (1..=most).contains(figure));
        figure.map(Some).ok_or_else(|| wrong(name, "unknown_level"))
    }

    fn count(&self, name: &'static str) -> Result<i64, Wrong> {
        let Some(text) = self.get(name) else {
            return Err(wrong(name, "missing"));
        };
        text.parse::<i64>()
            .ok()
            .filter(|count| (0..100_000).contains(count))
            .ok_or_else(|| wrong(name, "bad_number"))
    }

    fn instant(&self, name: &'static str) -> Result<Option<Instant>, Wrong> {
        let Some(text) = self.get(name) else { return Ok(None) };
        instant(text).map(Some).ok_or_else(|| wrong(name, "bad_date"))
    }
}

/// Day-first, in UTC: `29-02-2016 01:16`, `29/2/2016 01:16:30`.
fn instant(text: &str) -> Option<Instant> {
    let (date, time) = text.split_once([' ', 'T'])?;
    let separator = if date.contains('/') { '/' } else { '-' };
    let mut date = date.split(separator);
    let (day, month, year) = (date.next()?.parse().ok()?, date.next()?.parse().ok()?, date.next()?);
    let year = if year.len() == 4 {
        year.parse().ok()?
    } else {
        return None;
    };
    let mut time = time.trim().split(':');
    // Two figures, always: a minute cut in the middle is not another minute.
    let whole = |text: &str| text.parse().ok().filter(|_| text.len() == 2);
    let (hour, minute) = (time.next()?.parse().ok()?, time.next().and_then(whole)?);
    let second = time.next().map_or(Some(0), whole)?;
    if date.next().is_some() || time.next().is_some() || !(1970..=2200).contains(&year) {
        return None;
    }
    let moment = DateTime::new(year, month, day, hour, minute, second, 0).ok()?;
    let moment = moment.to_zoned(jiff::tz::TimeZone::UTC).ok()?;
    Some(Instant::from_millis(moment.timestamp().as_millisecond()))
}

/// Control characters, and the marks that turn text around to deceive.
fn is_unwelcome(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FFFD}')
}

fn digest(fields: &[String]) -> u64 {
    let mut hasher = DefaultHasher::new();
    fields.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::instant;

    #[test]
    fn times_are_day_first_and_in_utc() {
        let cases = [
            ("29-02-2016 01:16", Some("2016-02-29T01:16:00Z")),
            ("1/3/2016 09:05", Some("2016-03-01T09:05:00Z")),
            ("01-03-2016 09:05:30", Some("2016-03-01T09:05:30Z")),
            ("30-02-2016 01:16", None),
            ("13-13-2016 01:16", None),
            ("2016-03-01 09:05", None),
            ("01-03-16 09:05", None),
            ("01-03-2016", None),
            ("01-03-2016 09:0", None),
            ("01-03-2016 25:00", None),
            ("ieri alle 9", None),
        ];
        for (text, expected) in cases {
            assert_eq!(instant(text), expected.and_then(kernel::Instant::parse), "{text}");
        }
    }
}

//! The header: which column stands where, and whether the file is such a log at all.

use super::lines::{Split, fields};
use kernel::{Refusal, RefusalKind};

/// Columns without which nothing can be told.
const NEEDED: [&str; 16] = [
    "number",
    "incident_state",
    "reopen_count",
    "sys_mod_count",
    "caller_id",
    "opened_at",
    "sys_updated_at",
    "category",
    "subcategory",
    "impact",
    "urgency",
    "priority",
    "assignment_group",
    "assigned_to",
    "resolved_at",
    "closed_at",
];
/// Columns that are read where they are there.
const WELCOME: [&str; 4] = ["contact_type", "location", "u_symptom", "cmdb_ci"];

/// Where each column stands.
pub(crate) struct Columns {
    names: Vec<String>,
    needed: [usize; NEEDED.len()],
    welcome: [Option<usize>; WELCOME.len()],
    /// The separator of fields.
    pub(crate) separator: u8,
}

impl Columns {
    /// Reads the first line.
    pub(crate) fn read(line: &[u8]) -> Result<Self, Box<Refusal>> {
        let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line);
        let text = std::str::from_utf8(line)
            .ok()
            .filter(|text| !text.contains(|letter: char| letter.is_control() && letter != '\t'));
        let text = text.ok_or_else(no_log)?;
        let best = [b',', b';']
            .into_iter()
            .map(|separator| (known(text, separator), separator))
            .max_by_key(|(known, _)| *known);
        let (found, separator) = best.ok_or_else(no_log)?;
        if found < 2 {
            return Err(no_log());
        }
        let Split::Fields(names) = fields(text, separator) else {
            return Err(no_log());
        };
        let names: Vec<String> = names.iter().map(|name| name.trim().to_lowercase()).collect();
        let place = |wanted: &str| names.iter().position(|name| name == wanted);
        let missing: Vec<&str> = NEEDED.into_iter().filter(|name| place(name).is_none()).collect();
        if !missing.is_empty() {
            let refusal = Refusal::new(
                RefusalKind::Invalid,
                "missing_columns",
                "integration-refusal-missing-columns",
            );
            return Err(Box::new(refusal.with("columns", missing.join(", "))));
        }
        let twice = NEEDED
            .into_iter()
            .chain(WELCOME)
            .find(|wanted| names.iter().filter(|name| name == wanted).count() > 1);
        if let Some(column) = twice {
            let refusal = Refusal::new(
                RefusalKind::Invalid,
                "doubled_column",
                "integration-refusal-doubled-column",
            );
            return Err(Box::new(refusal.with("column", column)));
        }
        let needed = NEEDED.map(|name| place(name).unwrap_or_default());
        let welcome = WELCOME.map(place);
        Ok(Self {
            needed,
            welcome,
            names,
            separator,
        })
    }

    /// How many columns a row must have.
    pub(crate) fn count(&self) -> usize {
        self.names.len()
    }

    /// The name of a column by its place; the last one's beyond the end.
    pub(crate) fn name(&self, place: usize) -> &str {
        self.names.get(place).or(self.names.last()).map_or("", String::as_str)
    }

    /// The field of a column, trimmed; empty and `?` are unknown.
    pub(crate) fn field<'f>(&self, fields: &'f [String], name: &str) -> Option<&'f str> {
        let needed = NEEDED.iter().position(|known| *known == name).map(|at| self.needed[at]);
        let place = needed.or_else(|| {
            WELCOME
                .iter()
                .position(|known| *known == name)
                .and_then(|at| self.welcome[at])
        })?;
        fields
            .get(place)
            .map(|field| field.trim())
            .filter(|field| !field.is_empty() && *field != "?")
    }
}

/// How many known columns a header has with this separator.
fn known(text: &str, separator: u8) -> usize {
    let Split::Fields(names) = fields(text, separator) else {
        return 0;
    };
    names
        .iter()
        .filter(|name| NEEDED.contains(&name.trim().to_lowercase().as_str()))
        .count()
}

fn no_log() -> Box<Refusal> {
    Box::new(Refusal::new(
        RefusalKind::Invalid,
        "no_csv",
        "integration-refusal-no-csv",
    ))
}

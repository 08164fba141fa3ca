//! A registry as a CSV file: semicolon or comma, with or without a mark of its encoding, whatever ends its lines.

use crate::{Entry, RegistryField};
use kernel::{Checks, Outcome, Refusal};
use std::collections::BTreeMap;

/// Most rows of a file.
const ROWS: usize = 200_000;
/// Longest value that is kept.
const LONGEST: usize = 400;

/// The people of a file: of each only what the mapping asks for.
///
/// # Errors
/// A refusal that names `file`: no text, a column that is missing, a line that cannot be read, too many rows.
pub fn people_of(bytes: &[u8], mapping: &BTreeMap<RegistryField, String>) -> Outcome<Vec<Entry>> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|_| Refusal::field("file", "registry-file-encoding"))?;
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter(text))
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let header = reader.headers().map_err(|_| unreadable(1))?.clone();
    let columns = columns(&header, mapping)?;
    let mut people = Vec::new();
    for (place, row) in reader.records().enumerate() {
        let row = row.map_err(|_| unreadable(place + 2))?;
        if people.len() >= ROWS {
            return Err(Refusal::field("file", "registry-file-rows").into());
        }
        let entry = entry(&row, &columns);
        if !entry.is_empty() {
            people.push(entry);
        }
    }
    if people.is_empty() {
        return Err(Refusal::field("file", "registry-file-empty").into());
    }
    Ok(people)
}

/// What separates the values: whichever the first line has more of.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    let count = |sign: char| first.matches(sign).count();
    let signs = [(b';', count(';')), (b',', count(',')), (b'\t', count('\t'))];
    signs
        .into_iter()
        .rev()
        .max_by_key(|(_, count)| *count)
        .map_or(b';', |(sign, _)| sign)
}

fn unreadable(line: usize) -> kernel::Error {
    let mut checks = Checks::new();
    checks.wrong_with("file", "registry-file-line", "line", line.to_string());
    match checks.done() {
        Err(refusal) => refusal.into(),
        Ok(()) => Refusal::field("file", "registry-file-encoding").into(),
    }
}

/// Where each field stands in a row.
fn columns(
    header: &csv::StringRecord,
    mapping: &BTreeMap<RegistryField, String>,
) -> Outcome<Vec<(RegistryField, usize)>> {
    let mut checks = Checks::new();
    let mut columns = Vec::new();
    for (field, name) in mapping {
        match header
            .iter()
            .position(|column| column.trim().eq_ignore_ascii_case(name))
        {
            Some(place) => columns.push((*field, place)),
            None => checks.wrong_with("file", "registry-file-column", "column", name.clone()),
        }
    }
    checks.done()?;
    Ok(columns)
}

fn entry(row: &csv::StringRecord, columns: &[(RegistryField, usize)]) -> Entry {
    let value = |(field, place): &(RegistryField, usize)| {
        let text = row.get(*place)?.trim();
        let kept: String = text.chars().filter(|c| !c.is_control()).take(LONGEST).collect();
        (!kept.is_empty()).then_some((*field, kept))
    };
    columns.iter().filter_map(value).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mapping() -> BTreeMap<RegistryField, String> {
        BTreeMap::from([
            (RegistryField::Name, "Nominativo".to_owned()),
            (RegistryField::Email, "Posta".to_owned()),
        ])
    }

    #[test]
    fn a_file_is_read_whatever_program_wrote_it() {
        for text in [
            "nominativo;posta;stipendio\nMario Rossi;M.Rossi@ente.example;1000\n",
            "\u{feff}Nominativo;Posta;Stipendio\r\nMario Rossi;M.Rossi@ente.example;1000\r\n",
            "NOMINATIVO,POSTA,STIPENDIO\n\"Mario Rossi\",M.Rossi@ente.example,1000",
            "Stipendio\tPosta\tNominativo\n1000\t M.Rossi@ente.example \tMario Rossi\n\n",
        ] {
            let people = people_of(text.as_bytes(), &mapping()).expect(text);
            assert_eq!(people.len(), 1, "{text}");
            assert_eq!(people[0][&RegistryField::Name], "Mario Rossi");
            assert_eq!(people[0][&RegistryField::Email], "M.Rossi@ente.example");
            assert_eq!(people[0].len(), 2, "what is not asked for is not kept");
        }
    }

    #[test]
    fn what_is_wrong_with_a_file_is_named() {
        for (bytes, key) in [
            (b"nome;posta\nx;y\n".as_slice(), "registry-file-column"),
            (b"nominativo;posta\n".as_slice(), "registry-file-empty"),
            (b"nominativo;posta\nNicol\xf2;x\n".as_slice(), "registry-file-encoding"),
        ] {
            let error = people_of(bytes, &mapping()).expect_err(key);
            assert_eq!(error.refusal().expect("a refusal").fields[0].key, key);
        }
    }
}

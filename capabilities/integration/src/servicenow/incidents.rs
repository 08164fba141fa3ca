//! All incidents of a file, each with its rows in order, and the rows that were not taken.
//!
//! Rows are kept small (texts once, times as numbers), so that a log of a hundred thousand rows fits in a few megabytes
//! and the rows of a number may stand anywhere in the file.

use super::columns::Columns;
use super::history::Incident;
use super::lines::{Record, Records};
use super::row::{self, Word, Words, Wrong};
use crate::RefusedRow;
use i18n::Language;
use kernel::{Refusal, RefusalKind};
use std::collections::HashMap;
use std::io::BufRead;

/// What a file tells.
pub(crate) struct Incidents {
    words: Words,
    all: Vec<Incident>,
    /// Rows that were not taken, in the order of the file.
    pub(crate) refused: Vec<RefusedRow>,
}

/// Why a file was not read.
pub(crate) enum Unread {
    /// It is no such log.
    Refused(Box<Refusal>),
    /// It cannot be read.
    Broken(std::io::Error),
}

impl From<std::io::Error> for Unread {
    fn from(cause: std::io::Error) -> Self {
        Self::Broken(cause)
    }
}

impl From<Box<Refusal>> for Unread {
    fn from(refusal: Box<Refusal>) -> Self {
        Self::Refused(refusal)
    }
}

impl Incidents {
    /// Reads a file.
    pub(crate) fn read(input: impl BufRead, language: Language) -> Result<Self, Unread> {
        let mut records = Records::new(input);
        let header = records.header()?.ok_or_else(empty)?;
        let columns = Columns::read(&header)?;
        records.separator = columns.separator;
        let mut read = Self {
            words: Words::default(),
            all: Vec::new(),
            refused: Vec::new(),
        };
        let mut places: HashMap<Word, usize> = HashMap::new();
        while let Some((line, record)) = records.next()? {
            if let Err(wrong) = read.take(&columns, line, record, &mut places) {
                let text = language.text(&format!("integration-reason-{}", wrong.code.replace('_', "-")));
                read.refused.push(RefusedRow {
                    line,
                    column: wrong.column,
                    reason: format!("{}: {text}", wrong.code),
                });
            }
        }
        read.all.iter_mut().for_each(Incident::order);
        Ok(read)
    }

    fn take(
        &mut self,
        columns: &Columns,
        line: u64,
        record: Record,
        places: &mut HashMap<Word, usize>,
    ) -> Result<(), Wrong> {
        let whole = |code| Wrong {
            column: String::new(),
            code,
        };
        let fields = match record {
            Record::Fields(fields) => fields,
            Record::NotText(place) => {
                return Err(Wrong {
                    column: columns.name(place).to_owned(),
                    code: "not_utf8",
                });
            }
            Record::TooLong => return Err(whole("line_too_long")),
            Record::Quotes => return Err(whole("open_quote")),
        };
        let (number, row) = row::read(columns, &fields, line, &mut self.words)?;
        let place = *places.entry(number).or_insert(self.all.len());
        if place == self.all.len() {
            self.all.push(Incident::new(number));
        }
        self.all[place].add(row);
        Ok(())
    }

    /// The incidents in the order in which the file first names them.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Incident> {
        self.all.iter()
    }

    /// The text of a word.
    pub(crate) fn word(&self, word: Word) -> &str {
        self.words.text(word)
    }
}

fn empty() -> Box<Refusal> {
    Box::new(Refusal::new(
        RefusalKind::Invalid,
        "no_csv",
        "integration-refusal-empty",
    ))
}

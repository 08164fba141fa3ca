//! A draft, and what becomes of it when somebody writes on. Pure: the memory of a node and the database fold the same writes.

use kernel::Instant;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Versions of other devices that are kept beside a draft.
const OTHERS: usize = 3;

/// What was typed, by the names of the form's fields.
pub type Fields = BTreeMap<String, String>;

/// A version of a draft: what one device wrote, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// What was typed.
    pub fields: Fields,
    /// The page that wrote it.
    pub writer: String,
    /// When.
    #[serde(with = "millis")]
    pub at: Instant,
}

/// A draft as it is kept: also one that was sent or thrown away, for as long as words may still be under way to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Kept {
    /// What was typed; nothing once it was sent or thrown away.
    pub(crate) fields: Option<Fields>,
    /// The page that wrote it, or sent it.
    pub(crate) writer: String,
    /// When.
    pub(crate) at: Instant,
    /// What other devices wrote in between; of a draft thrown away, itself.
    pub(crate) others: Vec<Version>,
}

/// What somebody does to a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// Types; `based_on` is the instant of the version that was on screen, `settled` says that other versions may go.
    Typed {
        fields: Fields,
        based_on: i64,
        settled: bool,
    },
    /// Sends the form.
    Sent,
    /// Throws it away.
    Discarded,
    /// Fetches back what was thrown away.
    Restored,
}

/// A change, by whom and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Write {
    pub(crate) change: Change,
    pub(crate) writer: String,
    pub(crate) at: Instant,
}

/// What a draft is after a write.
pub(crate) fn after(before: Option<Kept>, write: &Write) -> Option<Kept> {
    let ended = |others: Vec<Version>| Kept {
        fields: None,
        writer: write.writer.clone(),
        at: write.at,
        others,
    };
    match (&write.change, before) {
        (
            Change::Typed {
                fields,
                based_on,
                settled,
            },
            before,
        ) => Some(typed(before, write, fields, *based_on, *settled)),
        (Change::Sent, _) => Some(ended(Vec::new())),
        (Change::Discarded, Some(before)) => Some(match before.version() {
            Some(itself) => ended(vec![itself]),
            None => before,
        }),
        (Change::Discarded, None) => None,
        (Change::Restored, Some(mut before)) if before.fields.is_none() && !before.others.is_empty() => {
            let itself = before.others.remove(0);
            Some(Kept {
                fields: Some(itself.fields),
                writer: itself.writer,
                at: write.at,
                others: before.others,
            })
        }
        (Change::Restored, before) => before,
    }
}

fn typed(before: Option<Kept>, write: &Write, fields: &Fields, based_on: i64, settled: bool) -> Kept {
    let fresh = |others: Vec<Version>| Kept {
        fields: Some(fields.clone()),
        writer: write.writer.clone(),
        at: write.at,
        others,
    };
    let Some(before) = before else { return fresh(Vec::new()) };
    let Some(version) = before.version() else {
        // Words that were on their way when the form was sent do not bring the draft back.
        let late =
            before.writer == write.writer || write.at <= before.at || based_on != 0 && based_on < before.at.as_millis();
        return if late { before } else { fresh(Vec::new()) };
    };
    let known =
        settled || version.writer == write.writer || based_on == version.at.as_millis() || version.fields == *fields;
    // What a page wrote before is not another's version of what it writes now.
    let mine = |other: &Version| other.writer == write.writer;
    let others: Vec<Version> = before
        .others
        .iter()
        .filter(|other| !settled && !mine(other))
        .cloned()
        .collect();
    if known {
        return fresh(others);
    }
    if write.at < version.at {
        let mine = Version {
            fields: fields.clone(),
            writer: write.writer.clone(),
            at: write.at,
        };
        return Kept {
            others: beside(others, mine),
            ..before
        };
    }
    fresh(beside(others, version))
}

/// Of each device the newest version, newest first.
fn beside(mut others: Vec<Version>, version: Version) -> Vec<Version> {
    others.retain(|other| other.writer != version.writer && other.fields != version.fields);
    others.insert(0, version);
    others.truncate(OTHERS);
    others
}

impl Kept {
    fn version(&self) -> Option<Version> {
        self.fields.clone().map(|fields| Version {
            fields,
            writer: self.writer.clone(),
            at: self.at,
        })
    }
}

/// Instants as stored: milliseconds.
mod millis {
    use kernel::Instant;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(at: &Instant, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(at.as_millis())
    }

    pub(super) fn deserialize<'d, D: Deserializer<'d>>(deserializer: D) -> Result<Instant, D::Error> {
        i64::deserialize(deserializer).map(Instant::from_millis)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Fields {
        Fields::from([("text".to_owned(), text.to_owned())])
    }

    fn types(writer: &str, at: i64, based_on: i64, text: &str) -> Write {
        write(
            writer,
            at,
            Change::Typed {
                fields: words(text),
                based_on,
                settled: false,
            },
        )
    }

    fn write(writer: &str, at: i64, change: Change) -> Write {
        Write {
            change,
            writer: writer.to_owned(),
            at: Instant::from_millis(at),
        }
    }

    /// The text, and the texts beside it.
    fn told(writes: &[Write]) -> (Option<String>, Vec<String>) {
        let kept = writes.iter().fold(None, after);
        let text = |fields: &Fields| fields["text"].clone();
        let kept = kept.expect("a draft");
        (
            kept.fields.as_ref().map(text),
            kept.others.iter().map(|one| text(&one.fields)).collect(),
        )
    }

    #[test]
    fn whoever_goes_on_from_what_is_there_replaces_it() {
        assert_eq!(
            told(&[types("a", 1, 0, "Buon"), types("a", 2, 0, "Buongiorno")]),
            (Some("Buongiorno".into()), vec![])
        );
        assert_eq!(
            told(&[types("a", 1, 0, "Buon"), types("b", 2, 1, "Buonasera")]),
            (Some("Buonasera".into()), vec![])
        );
    }

    #[test]
    fn of_two_devices_the_newer_wins_and_the_older_stays_beside() {
        let both = [types("a", 1, 0, "dall'ufficio"), types("b", 2, 0, "dal telefono")];
        assert_eq!(told(&both), (Some("dal telefono".into()), vec!["dall'ufficio".into()]));
        let late = [types("b", 2, 0, "dal telefono"), types("a", 1, 0, "dall'ufficio")];
        assert_eq!(
            told(&late),
            (Some("dal telefono".into()), vec!["dall'ufficio".into()]),
            "in whatever order they come"
        );
        let same = [types("a", 1, 0, "uguale"), types("b", 2, 0, "uguale")];
        assert_eq!(told(&same), (Some("uguale".into()), vec![]));
        let settled = write(
            "b",
            3,
            Change::Typed {
                fields: words("dal telefono"),
                based_on: 2,
                settled: true,
            },
        );
        assert_eq!(
            told(&[both[0].clone(), both[1].clone(), settled]),
            (Some("dal telefono".into()), vec![])
        );
    }

    #[test]
    fn what_was_sent_does_not_come_back_by_words_under_way() {
        let sent = [types("a", 1, 0, "ecco"), write("a", 3, Change::Sent)];
        for late in [
            types("a", 4, 1, "ecco"),
            types("b", 2, 1, "ecco!"),
            types("b", 5, 1, "ecco!"),
        ] {
            assert_eq!(told(&[sent[0].clone(), sent[1].clone(), late]), (None, vec![]));
        }
        assert_eq!(
            told(&[sent[0].clone(), sent[1].clone(), types("b", 5, 0, "altro")]).0,
            Some("altro".into())
        );
    }

    #[test]
    fn what_was_thrown_away_is_fetched_back() {
        let thrown = [types("a", 1, 0, "ecco"), write("", 2, Change::Discarded)];
        assert_eq!(told(&thrown), (None, vec!["ecco".into()]));
        let back = write("", 3, Change::Restored);
        assert_eq!(
            told(&[thrown[0].clone(), thrown[1].clone(), back]),
            (Some("ecco".into()), vec![])
        );
        assert_eq!(
            told(&[thrown[0].clone(), thrown[1].clone(), thrown[1].clone()]),
            (None, vec!["ecco".into()]),
            "twice is once"
        );
        assert_eq!(after(None, &write("", 1, Change::Discarded)), None);
    }
}

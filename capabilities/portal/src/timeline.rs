//! The history of a request as the person who asked reads it: their words, our words, the steps.

use crate::standing::href;
use kernel::{Instant, Uuid};
use serde_json::Value;
use ticket::Entry;
use ui::Frame;

/// One thing that happened.
#[derive(Clone, Debug)]
pub struct Item {
    /// `in` (the person's words), `out` (ours), `file`, or `fact`.
    pub kind: &'static str,
    /// Who: "Tu", or the name of a colleague.
    pub who: String,
    /// When.
    pub at: Instant,
    /// What a message is, where it is more than words: "soluzione".
    pub mark: String,
    /// Words, by paragraph and line; of a fact or file the first line alone.
    pub paragraphs: Vec<Vec<String>>,
    /// Where a file is.
    pub href: String,
    /// Its size.
    pub size: String,
}

impl Item {
    /// The one line of a fact.
    pub fn line(&self) -> &str {
        self.paragraphs
            .first()
            .and_then(|lines| lines.first())
            .map_or("", String::as_str)
    }
}

/// The items of a request, in order.
pub fn items(frame: &Frame, number: &str, person: Uuid, entries: &[Entry]) -> Vec<Item> {
    entries
        .iter()
        .filter(|entry| entry.visibility == "public")
        .filter_map(|entry| item(frame, number, person, entry))
        .collect()
}

fn item(frame: &Frame, number: &str, person: Uuid, entry: &Entry) -> Option<Item> {
    let mine = entry.actor.as_ref().is_some_and(|actor| actor.id == person);
    let text = |field: &str| {
        entry
            .data
            .get(field)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let base = Item {
        kind: "fact",
        who: who(frame, entry, mine),
        at: entry.occurred_at,
        mark: String::new(),
        paragraphs: Vec::new(),
        href: String::new(),
        size: String::new(),
    };
    let fact = |key: &str| {
        Some(Item {
            paragraphs: vec![vec![frame.t(key)]],
            ..base.clone()
        })
    };
    let said = |kind, words: String, mark: &str| {
        let mark = if mark.is_empty() { String::new() } else { frame.t(mark) };
        Some(Item {
            kind,
            paragraphs: paragraphs(&words),
            mark,
            ..base.clone()
        })
    };
    match entry.kind.as_str() {
        "ticket.opened" if text("description").is_empty() => fact("portal-fact-opened"),
        "ticket.opened" => Some(Item {
            who: frame.t("portal-you"),
            ..said("in", text("description"), "")?
        }),
        "ticket.message_added" if entry.data.get("from_requester") == Some(&Value::Bool(true)) => {
            said("in", text("body"), "")
        }
        "ticket.message_added" => said("out", text("body"), ""),
        "ticket.solution_given" => said("out", text("solution"), "portal-mark-solution"),
        "ticket.solution_refused" if mine && !text("note").is_empty() => {
            said("in", text("note"), "portal-mark-refused")
        }
        "ticket.solution_refused" if !mine => Some(told_for(frame, &base, "refused", &text("note"))),
        "ticket.solution_accepted" if !mine => Some(told_for(frame, &base, "accepted", "")),
        "ticket.reopened" if mine => said("in", text("reason"), "portal-mark-reopened"),
        "ticket.attachment_added" => Some(file(frame, number, entry, base.clone())),
        "ticket.taken" => fact("portal-fact-taken"),
        "ticket.rerouted" => fact("portal-fact-rerouted"),
        "ticket.paused" => fact(&format!("portal-fact-paused-{}", text("reason").replace('_', "-"))),
        "ticket.resumed" => fact("portal-fact-resumed"),
        "ticket.woken" => fact("portal-fact-woken"),
        "ticket.solution_accepted" => fact("portal-fact-accepted"),
        "ticket.solution_refused" => fact("portal-fact-refused"),
        "ticket.closed" => fact(&format!("portal-fact-closed-{}", text("reason").replace('_', "-"))),
        "ticket.reopened" => fact("portal-fact-reopened"),
        "ticket.rated" => Some(rating(frame, entry, &base, &text("note"))),
        "ticket.cancelled" => fact("portal-fact-cancelled"),
        "ticket.merged_into" if text("number").is_empty() => fact("portal-fact-merged-elsewhere"),
        "ticket.merged_into" => {
            let words = frame.t1("portal-fact-merged", "number", text("number"));
            Some(Item {
                paragraphs: vec![vec![words]],
                ..base.clone()
            })
        }
        _ => None,
    }
}

/// How it was, with the word that came along.
fn rating(frame: &Frame, entry: &Entry, base: &Item, words: &str) -> Item {
    let score = entry.data.get("score").and_then(Value::as_i64).unwrap_or_default();
    let said = frame.tn("portal-fact-rated", score);
    let line = if words.is_empty() {
        said
    } else {
        format!("{said} «{words}»")
    };
    Item {
        paragraphs: vec![vec![line]],
        ..base.clone()
    }
}

/// What a colleague recorded on the person's behalf, told as what it is; who wrote it down stands beside it.
fn told_for(frame: &Frame, base: &Item, what: &str, words: &str) -> Item {
    let quoted = if words.is_empty() { "" } else { "-words" };
    let key = format!("portal-recorded-{what}{quoted}");
    Item {
        paragraphs: vec![vec![frame.t1(&key, "words", words)]],
        ..base.clone()
    }
}

fn who(frame: &Frame, entry: &Entry, mine: bool) -> String {
    if mine {
        return frame.t("portal-you");
    }
    let name = entry.actor.as_ref().and_then(|actor| actor.name.clone());
    name.unwrap_or_else(|| frame.t("portal-desk"))
}

fn file(frame: &Frame, number: &str, entry: &Entry, base: Item) -> Item {
    let text = |field: &str| entry.data.get(field).and_then(Value::as_str).unwrap_or_default();
    let size = entry.data.get("size").and_then(Value::as_u64).unwrap_or_default();
    Item {
        kind: "file",
        paragraphs: vec![vec![text("name").to_owned()]],
        href: format!("{}/attachments/{}", href(number), text("attachment")),
        size: frame.language.bytes(size),
        ..base
    }
}

/// Words by paragraph and line.
fn paragraphs(words: &str) -> Vec<Vec<String>> {
    let parts = words.split("\n\n").map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| part.lines().map(str::to_owned).collect()).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn words_keep_their_lines_and_paragraphs() {
        let found = super::paragraphs("Buongiorno,\nnon va.\n\n\nGrazie");
        assert_eq!(found, [vec!["Buongiorno,", "non va."], vec!["Grazie"]]);
    }
}

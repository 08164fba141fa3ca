//! The conversation: people's words in boxes, facts in one line each, files beside the words they came with.

use super::desk::Opened;
use super::names::term;
use super::sentence::{Teller, id, text};
use crate::queries::Entry;
use kernel::{Instant, Uuid};
use record::Mark;
use ui::{Frame, Link};

/// Words or a fact.
pub(super) struct Item {
    /// Place in the ticket's history.
    pub(super) place: i64,
    pub(super) at: Instant,
    pub(super) who: String,
    /// `in`, `out`, `note` for words; empty for a fact.
    pub(super) kind: &'static str,
    pub(super) to: String,
    /// Said above the words: that they are the solution.
    pub(super) mark: String,
    pub(super) sentence: String,
    pub(super) paragraphs: Vec<String>,
    pub(super) quoted: Vec<String>,
    pub(super) files: Vec<File>,
    /// Colleagues whom a note names.
    pub(super) mentions: Vec<Link>,
    /// What became of it elsewhere.
    pub(super) marks: Vec<Mark>,
}

/// An attached file.
pub(super) struct File {
    pub(super) href: String,
    pub(super) name: String,
    pub(super) size: String,
}

/// The whole conversation, oldest first.
pub(super) fn conversation(frame: &Frame, opened: &Opened) -> Vec<Item> {
    let teller = Teller::of(frame, &opened.names, &opened.entries);
    let mut items: Vec<Item> = Vec::new();
    for entry in &opened.entries {
        if entry.kind == "ticket.attachment_added" {
            let file = file(frame, opened, entry);
            // Sent with words, it stands below them.
            match items.last_mut().filter(|last| came_with(last, entry)) {
                Some(words) => words.files.push(file),
                None => items.push(Item {
                    files: vec![file],
                    ..fact(&teller, entry)
                }),
            }
            continue;
        }
        // Named in a note, they stand below it.
        if entry.kind == "ticket.colleagues_mentioned"
            && let Some(note) = items.last_mut().filter(|last| last.kind == "note")
        {
            note.mentions = mentions(opened, entry);
            continue;
        }
        if let Some(words) = spoken(frame, opened, entry) {
            items.push(words);
            if !opened_for_another(entry) {
                continue;
            }
        }
        items.push(fact(&teller, entry));
    }
    items
}

/// Puts each mark below the item it is about: of several at one place the words come before the fact.
pub(super) fn put(items: &mut [Item], marks: Vec<Mark>) {
    for mark in marks {
        if let Some(item) = items.iter_mut().find(|item| item.place == mark.place) {
            item.marks.push(mark);
        }
    }
}

/// A file belongs to the words before it when the same person sent both within a minute.
fn came_with(words: &Item, file: &Entry) -> bool {
    !words.kind.is_empty() && words.who == author(file) && file.occurred_at.seconds_since(words.at) < 60
}

/// Whoever opened it for somebody else is told too.
fn opened_for_another(entry: &Entry) -> bool {
    let by = entry.actor.as_ref().map(|actor| actor.id);
    entry.kind == "ticket.opened" && by.is_some_and(|by| by != id(&entry.data, "requester"))
}

fn fact(teller: &Teller<'_>, entry: &Entry) -> Item {
    let told = teller.tell(entry);
    let (paragraphs, _) = paragraphs(&told.words);
    Item {
        place: entry.position,
        at: entry.occurred_at,
        who: author(entry),
        kind: "",
        to: String::new(),
        mark: String::new(),
        sentence: told.sentence,
        paragraphs,
        quoted: Vec::new(),
        files: Vec::new(),
        mentions: Vec::new(),
        marks: Vec::new(),
    }
}

/// The colleagues whom a note names, each with the way to them.
fn mentions(opened: &Opened, entry: &Entry) -> Vec<Link> {
    let people = entry.data["people"].as_array().into_iter().flatten();
    let people = people.filter_map(|id| id.as_str()?.parse().ok());
    people
        .map(|id: Uuid| Link::new(format!("/people/{id}"), format!("@{}", opened.names.person(id))))
        .collect()
}

/// Words that somebody wrote: the description, messages, solutions.
fn spoken(frame: &Frame, opened: &Opened, entry: &Entry) -> Option<Item> {
    let data = &entry.data;
    let requester = opened
        .ticket
        .requester
        .as_ref()
        .and_then(|requester| requester.name.clone())
        .unwrap_or_default();
    let towards = || {
        if requester.is_empty() {
            String::new()
        } else {
            frame.t1("ticket-page-to", "who", requester.as_str())
        }
    };
    let (kind, who, to, mark, words) = match entry.kind.as_str() {
        "ticket.opened" if !text(data, "description").is_empty() => {
            let asked_by = opened.names.person(id(data, "requester"));
            let who = if asked_by.is_empty() {
                frame.t("ticket-page-nobody-yet")
            } else {
                asked_by
            };
            (
                "in",
                who,
                term(frame.language, "by", text(data, "channel")),
                String::new(),
                text(data, "description"),
            )
        }
        "ticket.message_added" if text(data, "visibility") == "internal" => {
            ("note", author(entry), String::new(), String::new(), text(data, "body"))
        }
        "ticket.message_added" if data["from_requester"] == true => (
            "in",
            author(entry),
            term(frame.language, "via", &entry.via),
            String::new(),
            text(data, "body"),
        ),
        "ticket.message_added" => ("out", author(entry), towards(), String::new(), text(data, "body")),
        "ticket.solution_given" => (
            "out",
            author(entry),
            towards(),
            frame.t("ticket-page-solution"),
            text(data, "solution"),
        ),
        _ => return None,
    };
    let erased = words.is_empty();
    let (paragraphs, quoted) = if erased {
        (vec![frame.t("ticket-page-erased")], Vec::new())
    } else {
        paragraphs(words)
    };
    let sentence = String::new();
    Some(Item {
        place: entry.position,
        at: entry.occurred_at,
        who,
        kind,
        to,
        mark,
        sentence,
        paragraphs,
        quoted,
        files: Vec::new(),
        mentions: Vec::new(),
        marks: Vec::new(),
    })
}

fn author(entry: &Entry) -> String {
    entry
        .actor
        .as_ref()
        .and_then(|actor| actor.name.clone())
        .unwrap_or_default()
}

fn file(frame: &Frame, opened: &Opened, entry: &Entry) -> File {
    let part = format!("/attachments/{}", text(&entry.data, "attachment"));
    let size = entry.data["size"].as_u64().unwrap_or_default();
    File {
        href: format!("/tickets/{}{part}", opened.ticket.number),
        name: text(&entry.data, "name").to_owned(),
        size: frame.language.bytes(size),
    }
}

/// Words as paragraphs; signature and quoted text apart, to be folded.
fn paragraphs(words: &str) -> (Vec<String>, Vec<String>) {
    let lines: Vec<&str> = words.lines().collect();
    let folded = lines
        .iter()
        .position(|line| *line == "-- " || *line == "--" || line.starts_with('>'));
    // A quotation that stands first is what the words are about: it is not folded.
    let folded = folded.filter(|place| *place > 0).unwrap_or(lines.len());
    (split(&lines[..folded]), split(&lines[folded..]))
}

fn split(lines: &[&str]) -> Vec<String> {
    let text = lines.join("\n");
    text.split("\n\n")
        .map(|part| part.trim_matches('\n').to_owned())
        .filter(|part| !part.trim().is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signature_and_quotation_are_folded_and_paragraphs_kept() {
        let (shown, folded) = paragraphs("Buongiorno,\nnon stampa.\n\nGrazie\n-- \nPaolo Greco");
        assert_eq!(shown, ["Buongiorno,\nnon stampa.", "Grazie"]);
        assert_eq!(folded, ["-- \nPaolo Greco"]);
        assert_eq!(paragraphs("> solo citazione").0, ["> solo citazione"]);
    }
}

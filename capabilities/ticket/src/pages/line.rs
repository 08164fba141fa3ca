//! A ticket in the queue, as a row or as the row of a table.

use super::names::{Names, term};
use super::queue::phase_name;
use super::risk::Left;
use askama::Template;
use i18n::Language;
use kernel::{Instant, Uuid};
use store::Card;
use ui::Frame;

/// A ticket in the queue.
pub(super) struct Line {
    pub(super) href: String,
    /// The record behind it, by which the row is found again.
    pub(super) record: Uuid,
    pub(super) level: u8,
    pub(super) subject: String,
    pub(super) number: String,
    pub(super) who: String,
    pub(super) requester: String,
    pub(super) state: String,
    pub(super) group: String,
    pub(super) opened_at: Instant,
    pub(super) updated_at: Instant,
    /// When it is due, if it is.
    pub(super) due_at: Option<Instant>,
    /// How near that is.
    pub(super) left: Option<Left>,
    /// How old it is, where nothing is left to be counted.
    pub(super) age: String,
    pub(super) mark: String,
    pub(super) tone: &'static str,
    pub(super) operator: String,
    pub(super) open: bool,
}

/// A row by itself, as it is told to those who watch.
#[derive(Template)]
#[template(path = "ticket/_row.html")]
pub(super) struct Row<'f> {
    pub(super) frame: &'f Frame,
    pub(super) row: Line,
}

/// The same as the row of a table.
#[derive(Template)]
#[template(path = "ticket/_cells.html")]
pub(super) struct Cells<'f> {
    pub(super) frame: &'f Frame,
    pub(super) row: Line,
}

impl Line {
    /// A card as a row; `of_new` where everything is new and nothing needs to say so. Its address leads to the ticket
    /// without the list around it.
    pub(super) fn of(frame: &Frame, names: &Names, card: &Card, of_new: bool) -> Self {
        let language = frame.language;
        let requester = card
            .requester
            .map(|id| names.person(id))
            .filter(|name| !name.is_empty());
        let requester = requester.unwrap_or_else(|| frame.t("ticket-page-nobody-yet"));
        let (mark, tone) = mark(language, card, of_new);
        let age = frame.now.as_millis() - card.opened_at.as_millis();
        Self {
            href: format!("/tickets/{}", card.number),
            record: card.id,
            level: u8::try_from(card.priority).unwrap_or(5).clamp(1, 5),
            subject: card.subject.clone(),
            number: card.number.clone(),
            who: format!("{requester} · {}", term(language, "channel", &card.channel)),
            requester,
            state: term(language, "state", &card.state),
            group: card.group.map(|id| names.group(id)).unwrap_or_default(),
            opened_at: card.opened_at,
            updated_at: card.updated_at,
            due_at: Some(card.due_at).filter(|due| card.open && *due != Instant::NEVER),
            left: Left::of(frame, card),
            age: if card.phase == "waiting" || !card.open {
                String::new()
            } else {
                language.duration(age.max(0))
            },
            mark,
            tone,
            operator: card.operator.map(|id| names.person(id)).unwrap_or_default(),
            open: false,
        }
    }
}

/// What the row says beside its words, and how loud.
fn mark(language: Language, card: &Card, of_new: bool) -> (String, &'static str) {
    match card.phase.as_str() {
        "new" if !of_new => (phase_name(language, "new"), "info"),
        "second_level" | "closing" => (phase_name(language, &card.phase), "neutral"),
        "waiting" => (phase_name(language, "waiting"), "warning"),
        "closed" => (term(language, "state", &card.state), "neutral"),
        _ => (String::new(), "neutral"),
    }
}

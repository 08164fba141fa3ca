//! What a search has to say beside its results: a condition that was not understood, words that were put right.

use super::asked::{Asked, encoded};
use crate::search::{Sought, Unclear, Why};
use record::condition;
use ui::{Frame, Link};

/// A sentence and what one may have meant.
pub(super) struct Told {
    pub(super) text: String,
    pub(super) lead: String,
    pub(super) links: Vec<Link>,
}

/// What there is to say; `address` makes the address of another question.
pub(super) fn told(frame: &Frame, text: &str, sought: &Sought, address: impl Fn(&str) -> String) -> Vec<Told> {
    let mut told: Vec<Told> = sought
        .unclear
        .iter()
        .map(|unclear| Told {
            text: sentence(frame, unclear),
            lead: frame.t("ticket-question-meant"),
            links: suggestions(frame, text, unclear, &address),
        })
        .collect();
    if let Some(corrected) = &sought.corrected {
        told.push(Told {
            text: frame.t1("ticket-question-nothing", "words", text),
            lead: frame.t("ticket-question-looked-for"),
            links: vec![Link::new(address(corrected), corrected)],
        });
    }
    told
}

/// What in the address counts for nothing: a condition that is not understood, a place that is none of this list.
pub(super) fn not_understood(frame: &Frame, asked: &Asked, is_lost: bool) -> Vec<Told> {
    let strange = asked.strange.iter().map(|(name, value)| {
        frame.t2(
            "ticket-question-strange",
            "name",
            name.as_str(),
            "value",
            value.as_str(),
        )
    });
    let lost = is_lost.then(|| frame.t("ticket-question-lost"));
    let told = |text| Told {
        text,
        lead: String::new(),
        links: Vec::new(),
    };
    strange.chain(lost).map(told).collect()
}

/// The address of the search page for a question.
pub(super) fn search_address(question: &str) -> String {
    format!("/search?q={}", encoded(question))
}

fn sentence(frame: &Frame, unclear: &Unclear) -> String {
    let field = match unclear.why {
        Why::Missing => unclear.field.name(frame.language),
        Why::Unknown | Why::Ambiguous => unclear.field.code(),
    };
    frame.t2(unclear.key(), "field", field, "value", unclear.value.as_str())
}

/// The question with the condition put right, once for each value that may be meant.
fn suggestions(frame: &Frame, text: &str, unclear: &Unclear, address: impl Fn(&str) -> String) -> Vec<Link> {
    let (from, to) = unclear.place;
    let denied = if text[from..].starts_with('-') { "-" } else { "" };
    let right = |value: &String| {
        let condition = condition(unclear.field, value, frame.language);
        let question = format!("{}{denied}{condition}{}", &text[..from], &text[to..]);
        Link::new(address(&question), value)
    };
    unclear.suggested.iter().map(right).collect()
}

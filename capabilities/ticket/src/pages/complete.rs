//! `GET /search/complete?q=`: what the part being typed may become, a condition's name or one of its values.
//!
//! A fragment: options of a list that the field shows below itself. Choosing one puts its question into the field.

use super::asked::Asked;
use super::staff::Staff;
use crate::search::{Asker, matching, values};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use kernel::Outcome;
use people::Act;
use record::{Field, Part, Question, condition_among};
use store::{Store, folded};
use web::{App, PageError};

/// Most options shown at once.
const SHOWN: usize = 12;

/// What may stand in the field.
#[derive(Template)]
#[template(path = "ticket/_options.html")]
struct Options {
    options: Vec<Completion>,
}

/// One way to go on.
pub(super) struct Completion {
    /// The whole question after choosing it.
    pub(super) fill: String,
    pub(super) label: String,
    pub(super) note: String,
}

pub(super) async fn complete(State(app): State<App>, staff: Staff, asked: Asked) -> Result<Response, PageError> {
    let asker = Asker::of(&staff.actor, &staff.frame);
    let options = completions(&app.store, &asker, &asked.typed).await?;
    Ok(web::html(&Options { options }))
}

/// How the last part of a question may go on; nothing when it is no condition and none begins like it.
pub(super) async fn completions(store: &Store, asker: &Asker<'_>, text: &str) -> Outcome<Vec<Completion>> {
    let question = Question::read(text);
    let last = question.terms.last().filter(|term| term.place.1 == text.len());
    let (from, denied) = last.map_or((text.len(), false), |term| (term.place.0, term.denied));
    let kept = format!("{}{}", &text[..from], if denied { "-" } else { "" });
    match last.map(|term| &term.part) {
        None => Ok(fields(asker, &kept, "")),
        Some(Part::Word(word)) => Ok(fields(asker, &kept, word)),
        Some(Part::Condition(field, typed)) => offered(store, asker, &kept, *field, typed, text.ends_with(',')).await,
        Some(Part::Phrase(_)) => Ok(Vec::new()),
    }
}

/// Conditions whose name begins as typed; of one-letter names nobody needs to be told.
fn fields(asker: &Asker<'_>, kept: &str, typed: &str) -> Vec<Completion> {
    let typed = folded(typed);
    let is_meant = |field: &&Field| {
        field
            .names()
            .iter()
            .any(|name| name.len() > 1 && folded(name).starts_with(&typed))
    };
    let fields = Field::ALL.iter().filter(is_meant);
    fields
        .map(|field| Completion {
            fill: format!("{kept}{}:", field.name(asker.language)),
            label: format!("{}:", field.name(asker.language)),
            note: String::new(),
        })
        .collect()
}

/// Values of a condition that begin as its last one.
async fn offered(
    store: &Store,
    asker: &Asker<'_>,
    kept: &str,
    field: Field,
    typed: &[String],
    anew: bool,
) -> Outcome<Vec<Completion>> {
    let (before, last) = match typed.split_last() {
        Some((last, before)) if !anew => (before, last.as_str()),
        _ => (typed, ""),
    };
    let known = values(store, asker.language, field).await?;
    let mut shown: Vec<String> = matching(&known, last)
        .into_iter()
        .map(|value| value.shown.clone())
        .collect();
    if field == Field::Requester && last.chars().count() > 1 && !asker.actor.scope(Act::ViewPeople).is_nothing() {
        let people = people::find_people(store.read(), last, SHOWN as i64).await?;
        shown.extend(people.into_iter().map(|person| person.identity.name));
    }
    let with_others = |value: &String| {
        let all: Vec<String> = before.iter().chain([value]).cloned().collect();
        condition_among(field, &all, asker.language)
    };
    Ok(shown
        .into_iter()
        .take(SHOWN)
        .map(|value| Completion {
            fill: format!("{kept}{} ", with_others(&value)),
            note: format!("{}:", field.name(asker.language)),
            label: value,
        })
        .collect())
}

//! What is done with ready texts: written, changed, closed, used again.

use crate::ready_text::Said;
use crate::row::{self, ReadyTextView};
use crate::{ReadyText, ReadyTextEvent, placeholder};
use configuration::Area;
use kernel::{Checks, Limit, Outcome, Refusal, RefusalKind, Uuid};
use people::{Act, Actor};
use std::sync::Arc;
use store::{Aggregate, Idempotency, Lane, NewContent, Recorded, Store, Tx};
use web::IfMatch;

const NAME: Limit = Limit::line(80);
const WORDS: Limit = Limit::text(8_000);

/// A ready text as somebody writes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wording {
    /// What it is called.
    pub name: String,
    /// Area by identity, code or name; nothing for all.
    pub area: Option<String>,
    /// Its words in Italian.
    pub italian: String,
    /// Its words in English.
    pub english: String,
}

/// What is to be otherwise about a ready text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// What it says from now on.
    pub wording: Option<Wording>,
    /// Whether it is offered.
    pub active: Option<bool>,
}

/// What a text says, trimmed and measured, its area known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Words {
    pub(crate) name: String,
    pub(crate) area: Option<Uuid>,
    pub(crate) italian: Option<String>,
    pub(crate) english: Option<String>,
}

impl Wording {
    async fn checked(self, store: &Store) -> Outcome<Words> {
        let mut checks = Checks::new();
        let name = checks.required("name", Some(&self.name), NAME);
        let italian = said(&mut checks, "italian", &self.italian);
        let english = said(&mut checks, "english", &self.english);
        if self.italian.trim().is_empty() && self.english.trim().is_empty() {
            checks.wrong("italian", "ready-text-needs-words");
        }
        let area = Area::noted(store, &mut checks, self.area.as_deref()).await?;
        checks.done()?;
        Ok(Words {
            name,
            area,
            italian,
            english,
        })
    }
}

/// The words of one language; a place that nobody knows would reach a requester as it stands.
fn said(checks: &mut Checks, field: &'static str, text: &str) -> Option<String> {
    let words = checks.optional(field, Some(text), WORDS)?;
    if let Some(name) = placeholder::unknown(&words) {
        checks.wrong_with(field, "ready-text-unknown-place", "place", format!("{{{name}}}"));
    }
    Some(words)
}

impl Words {
    fn of(view: ReadyTextView) -> Self {
        let some = |text: String| Some(text).filter(|text| !text.is_empty());
        Self {
            name: view.name,
            area: view.area,
            italian: some(view.italian),
            english: some(view.english),
        }
    }

    /// The words as events hold them, and the contents they refer to.
    fn said(&self) -> (Said, Vec<NewContent>) {
        let name = NewContent::new(&self.name);
        let italian = self.italian.as_ref().map(NewContent::new);
        let english = self.english.as_ref().map(NewContent::new);
        let said = Said {
            area: self.area,
            name: name.reference(),
            italian: italian.as_ref().map(NewContent::reference),
            english: english.as_ref().map(NewContent::reference),
        };
        let contents = std::iter::once(name).chain(italian).chain(english);
        (said, contents.collect())
    }
}

/// Writes a ready text.
///
/// # Errors
/// A refusal 403, 422 that names the fields, 429 when there are too many.
pub async fn write(
    store: &Store,
    actor: &Arc<Actor>,
    wording: Wording,
    once: Option<Idempotency>,
) -> Outcome<ReadyTextView> {
    actor.allow_any(Act::Configure)?;
    let words = wording.checked(store).await?;
    actor.allow_over(Act::Configure, words.area)?;
    let author = actor.author();
    let write = store.write_once(Lane::People, once, move |tx| {
        Box::pin(async move {
            tx.alone_by(ReadyText::KIND).await?;
            if row::count(tx).await? >= row::MOST {
                return Err(Refusal::new(RefusalKind::TooMany, "too_many", "ready-text-too-many").into());
            }
            refuse_taken(tx, &words, None).await?;
            let (said, contents) = words.said();
            let mut text = tx.fresh::<ReadyText>(Uuid::now_v7());
            let written = at(tx, ReadyTextEvent::Written { said });
            tx.save(&mut text, &author, vec![written], &contents).await?;
            let view = ReadyTextView::of(&text, words);
            row::write(tx, &view).await?;
            Ok(view)
        })
    });
    let written = write.await?;
    store.note_listed_change();
    Ok(written)
}

/// Changes what a ready text says, closes it or opens it again; what is as it was makes no event.
///
/// # Errors
/// A refusal 403, 404, 412 when it has changed, 422 that names the fields.
pub async fn alter(
    store: &Store,
    actor: &Arc<Actor>,
    id: Uuid,
    change: Change,
    if_match: IfMatch,
) -> Outcome<ReadyTextView> {
    actor.allow_any(Act::Configure)?;
    let wanted = match change.wording {
        Some(wording) => Some(wording.checked(store).await?),
        None => None,
    };
    let (actor, active) = (actor.clone(), change.active);
    let alter = store.write(Lane::People, move |tx| {
        Box::pin(async move {
            tx.alone_by(ReadyText::KIND).await?;
            let before = allowed(tx, &actor, id).await?;
            if_match.check(before.version, || serde_json::to_value(&before).unwrap_or_default())?;
            let mut text = tx.load::<ReadyText>(id).await?;
            let (mut events, mut contents) = (Vec::new(), Vec::new());
            let was_active = before.active;
            let mut words = Words::of(before);
            if let Some(wanted) = wanted.filter(|wanted| *wanted != words) {
                actor.allow_over(Act::Configure, wanted.area)?;
                refuse_taken(tx, &wanted, Some(id)).await?;
                let (said, new) = wanted.said();
                events.push(at(tx, ReadyTextEvent::Changed { said }));
                contents = new;
                words = wanted;
            }
            match active.filter(|active| *active != was_active) {
                Some(true) => events.push(at(tx, ReadyTextEvent::Reopened)),
                Some(false) => events.push(at(tx, ReadyTextEvent::Closed)),
                None => {}
            }
            if !events.is_empty() {
                tx.save(&mut text, &actor.author(), events, &contents).await?;
            }
            let view = ReadyTextView::of(&text, words);
            row::write(tx, &view).await?;
            Ok(view)
        })
    });
    let altered = alter.await?;
    store.note_listed_change();
    Ok(altered)
}

/// A text as it is, for whoever may change it; what one may not read does not exist.
async fn allowed(tx: &Tx, actor: &Actor, id: Uuid) -> Outcome<ReadyTextView> {
    let found = row::row(tx, id).await?.filter(|text| text.is_for(actor));
    let text = found.ok_or_else(Refusal::not_found)?;
    actor.allow_over(Act::Configure, text.area)?;
    Ok(text)
}

async fn refuse_taken(tx: &Tx, words: &Words, but: Option<Uuid>) -> Outcome<()> {
    if row::is_taken(tx, words, but).await? {
        return Err(Refusal::field("name", "field-taken").into());
    }
    Ok(())
}

fn at(tx: &Tx, event: ReadyTextEvent) -> Recorded<ReadyTextEvent> {
    Recorded {
        event,
        occurred_at: tx.now(),
    }
}

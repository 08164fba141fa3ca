//! What is done with texts: written for an area or for all, taken back, agreed with the client.

use super::area_text::{Agreed, AreaText, AreaTextEvent, Words};
use super::key::TextKey;
use super::template;
use super::voice::Voice;
use configuration::Area;
use kernel::{Checks, Limit, Outcome, Refusal, Uuid};
use people::{Act, Actor};
use std::sync::Arc;
use store::{Aggregate, Lane, Recorded, Store, Tx};
use web::IfMatch;

const SUBJECT: Limit = Limit::line(200);
const BODY: Limit = Limit::text(8_000);
const NAME: Limit = Limit::line(200);
/// Editions of a text at the most: all of them are kept at hand.
const MOST: usize = 500;

/// Which text of which area, in which voice.
#[derive(Clone, Copy, Debug)]
pub struct Which {
    /// The text.
    pub key: TextKey,
    /// Area; nothing for all.
    pub area: Option<Uuid>,
    /// Voice.
    pub voice: Voice,
}

impl Which {
    fn allow(self, actor: &Actor) -> Outcome<()> {
        actor.allow_any(Act::Configure)?;
        actor.allow_over(Act::Configure, self.area)
    }
}

/// The area that is named; nothing for all.
///
/// # Errors
/// A refusal that names the field.
pub(crate) async fn area_of(store: &Store, named: Option<&str>) -> Outcome<Option<Uuid>> {
    let mut checks = Checks::new();
    let named = named.filter(|named| !named.is_empty() && *named != "all");
    let area = Area::noted(store, &mut checks, named).await?;
    checks.done()?;
    Ok(area)
}

/// The words as they may be kept.
///
/// # Errors
/// A refusal that names the field, the line and what is wrong.
pub(crate) fn checked(key: TextKey, words: &Words) -> Outcome<Words> {
    let mut checks = Checks::new();
    let subject = checks.required("subject", Some(&words.subject), SUBJECT);
    let body = checks.required("body", Some(&words.body), BODY);
    for (field, source) in [("subject", &subject), ("body", &body)] {
        if let Err(fault) = template::check(source, key) {
            fault.note(&mut checks, field);
        } else if let Some(variable) = key.needs()
            && field == "body"
            && !body.is_empty()
            && !template::says(&body, variable)
        {
            checks.wrong_with("body", "notice-fault-needs", "about", variable.name(i18n::Language::It));
        }
    }
    checks.done()?;
    Ok(Words { subject, body })
}

/// Says a text otherwise; what it says already makes no edition.
///
/// # Errors
/// A refusal 403, 412 when it has changed, 422 that names field, line and fault.
pub async fn write(store: &Store, actor: &Arc<Actor>, which: Which, words: Words, if_match: IfMatch) -> Outcome<()> {
    which.allow(actor)?;
    let words = checked(which.key, &words)?;
    alter(store, actor, which, if_match, move |tx, text| {
        if text.in_force(which.voice).and_then(|edition| edition.words.as_ref()) == Some(&words) {
            return Ok(None);
        }
        if text.editions.len() >= MOST {
            return Err(Refusal::new(kernel::RefusalKind::TooMany, "too_many", "notice-too-many-editions").into());
        }
        let written = AreaTextEvent::Written {
            key: which.key,
            area: which.area,
            voice: which.voice,
            words,
        };
        Ok(Some(at(tx, written)))
    })
    .await
}

/// Takes a text back: the one of all areas, or the default, holds again.
///
/// # Errors
/// A refusal 403, 412 when it has changed.
pub async fn withdraw(store: &Store, actor: &Arc<Actor>, which: Which, if_match: IfMatch) -> Outcome<()> {
    which.allow(actor)?;
    alter(store, actor, which, if_match, move |tx, text| {
        let there = text.in_force(which.voice).is_some();
        Ok(there.then(|| at(tx, AreaTextEvent::Withdrawn { voice: which.voice })))
    })
    .await
}

/// Notes with whom the edition in force was agreed, when, and where that is written.
///
/// # Errors
/// A refusal 403, 409 when the text was never written here, 412 when it has changed, 422 that names the fields.
pub async fn agree(store: &Store, actor: &Arc<Actor>, which: Which, agreed: Agreed, if_match: IfMatch) -> Outcome<()> {
    which.allow(actor)?;
    let mut checks = Checks::new();
    let agreed = Agreed {
        with: checks.required("with", Some(&agreed.with), NAME),
        on: checks.required("on", Some(&agreed.on), Limit::line(10)),
        reference: checks.required("reference", Some(&agreed.reference), NAME),
    };
    if !agreed.on.is_empty() && !is_day(&agreed.on) {
        checks.wrong("on", "notice-field-day");
    }
    checks.done()?;
    alter(store, actor, which, if_match, move |tx, text| {
        let none = || {
            Refusal::new(
                kernel::RefusalKind::Conflict,
                "nothing_to_agree",
                "notice-nothing-to-agree",
            )
        };
        let edition = text.in_force(which.voice).ok_or_else(none)?;
        if edition.agreed.as_ref() == Some(&agreed) {
            return Ok(None);
        }
        let edition = edition.number;
        Ok(Some(at(tx, AreaTextEvent::Agreed { edition, agreed })))
    })
    .await
}

fn is_day(text: &str) -> bool {
    kernel::Instant::parse(&format!("{text}T00:00:00Z")).is_some()
}

async fn alter(
    store: &Store,
    actor: &Arc<Actor>,
    which: Which,
    if_match: IfMatch,
    change: impl FnOnce(&Tx, &AreaText) -> Outcome<Option<Recorded<AreaTextEvent>>> + Send + 'static,
) -> Outcome<()> {
    let author = actor.author();
    store
        .write(Lane::People, move |tx| {
            Box::pin(async move {
                tx.alone_by(AreaText::KIND).await?;
                let id = AreaText::identity(which.key, which.area);
                let found = tx.find::<AreaText>(id).await?;
                let mut text = found.unwrap_or_else(|| tx.fresh::<AreaText>(id));
                let state = text.state.clone();
                if_match.check(text.version, || serde_json::to_value(&state).unwrap_or_default())?;
                let Some(event) = change(tx, &text.state)? else {
                    return Ok(());
                };
                tx.save(&mut text, &author, vec![event], &[]).await.map(drop)
            })
        })
        .await?;
    store.note_listed_change();
    Ok(())
}

fn at(tx: &Tx, event: AreaTextEvent) -> Recorded<AreaTextEvent> {
    Recorded {
        event,
        occurred_at: tx.now(),
    }
}

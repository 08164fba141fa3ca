//! What is done with rules: added, changed, closed, used again.

use crate::{CHANNELS, RoutingRule, RuleEvent, RuleText, RuleView};
use catalogue::Category;
use configuration::{Area, NAME, record, same_menus, same_name};
use kernel::{Checks, NIL, Outcome, Refusal, RefusalKind, Uuid};
use people::{Act, Actor, Group};
use std::sync::Arc;
use store::{Idempotency, Lane, Loaded, Store, Tx};
use web::IfMatch;

/// Rules of an installation at the most: all of them are looked at from memory.
const MOST: usize = 500;
/// Words of a rule at the most.
const WORDS: usize = 20;
/// How short and how long a beginning of a word may be.
const LETTERS: std::ops::RangeInclusive<usize> = 3..=40;

/// Adds a rule to an area.
///
/// # Errors
/// A refusal 403, 422 that names the fields, 429 when there are too many.
pub async fn add_rule(
    store: &Store,
    actor: &Arc<Actor>,
    area: Uuid,
    text: RuleText,
    once: Option<Idempotency>,
) -> Outcome<RuleView> {
    actor.allow_in(Act::Configure, area)?;
    let author = actor.author();
    let add = store.write_once(Lane::People, once, move |tx| {
        Box::pin(async move {
            let others = tx.all_alone::<RoutingRule>().await?;
            if others.len() >= MOST {
                return Err(Refusal::new(RefusalKind::TooMany, "too_many", "routing-too-many").into());
            }
            if tx.find::<Area>(area).await?.is_none() {
                return Err(Refusal::field("area", "field-not-found").into());
            }
            let text = checked(tx, &others, (NIL, area), text).await?;
            let mut rule = tx.fresh::<RoutingRule>(Uuid::now_v7());
            record(tx, &author, &mut rule, vec![RuleEvent::RuleAdded { area, text }]).await?;
            Ok(RuleView::of(&rule))
        })
    });
    add.await
}

/// Changes what a rule says, closes it or opens it again; tickets that came by it stay where they are.
///
/// # Errors
/// A refusal 403, 404, 412 when it has changed, 422 that names the fields.
pub async fn alter_rule(
    store: &Store,
    actor: &Arc<Actor>,
    id: Uuid,
    (text, active): (Option<RuleText>, Option<bool>),
    if_match: IfMatch,
) -> Outcome<RuleView> {
    let actor = actor.clone();
    let alter = store.write(Lane::People, move |tx| {
        Box::pin(async move {
            let others = tx.all_alone::<RoutingRule>().await?;
            let mut rule = tx.load::<RoutingRule>(id).await?;
            if !actor.works_in(Some(rule.state.area)) {
                return Err(Refusal::not_found().into());
            }
            actor.allow_in(Act::Configure, rule.state.area)?;
            if_match.check(rule.version, || {
                serde_json::to_value(RuleView::of(&rule)).unwrap_or_default()
            })?;
            let (was_active, place) = (rule.state.is_active(), (id, rule.state.area));
            let is_active = active.unwrap_or(was_active);
            let wanted = text.unwrap_or_else(|| rule.state.text().clone());
            let mut events = Vec::new();
            // A rule that decides nothing hides nothing and may stand anywhere.
            let others: &[Loaded<RoutingRule>] = if is_active { &others } else { &[] };
            if wanted != *rule.state.text() || is_active && !was_active {
                let text = checked(tx, others, place, wanted).await?;
                if text != *rule.state.text() {
                    events.push(RuleEvent::RuleChanged { text });
                }
            }
            match (was_active, is_active) {
                (true, false) => events.push(RuleEvent::RuleClosed),
                (false, true) => events.push(RuleEvent::RuleReopened),
                _ => {}
            }
            record(tx, &actor.author(), &mut rule, events).await?;
            Ok(RuleView::of(&rule))
        })
    });
    alter.await
}

/// A rule as it may stand: measured, about things that are there, and neither hidden by another rule nor hiding one.
async fn checked(
    tx: &Tx,
    others: &[Loaded<RoutingRule>],
    (but, area): (Uuid, Uuid),
    mut text: RuleText,
) -> Outcome<RuleText> {
    let mut checks = Checks::new();
    text.name = checks.required("name", Some(&text.name), NAME);
    let place = checks.within("place", Some(text.place), 1, 999);
    text.words = words(&mut checks, text.words);
    if text
        .channels
        .iter()
        .any(|channel| !CHANNELS.contains(&channel.as_str()))
    {
        checks.wrong("channels", "field-unknown-value");
    }
    if let (Some(from), Some(until)) = (text.valid_from, text.valid_until)
        && until < from
    {
        checks.wrong("valid_until", "routing-field-backwards");
    }
    group(tx, &mut checks, text.group, area).await?;
    for category in &text.categories {
        let found = tx.find::<Category>(*category).await?;
        if found.is_none_or(|found| !same_menus(found.state.area, Some(area))) {
            checks.wrong("categories", "field-not-found");
            break;
        }
    }
    let mut beside = others
        .iter()
        .filter(|other| other.id != but && other.state.area == area && other.state.is_active());
    if beside
        .clone()
        .any(|other| same_name(&other.state.text().name, &text.name))
    {
        checks.wrong("name", "field-taken");
    }
    if beside.clone().any(|other| other.state.text().place == text.place) {
        checks.wrong("place", "routing-field-place-taken");
    } else if place.is_some()
        && let Some((key, rule)) = beside.find_map(|other| in_the_way(&text, other.state.text()))
    {
        checks.wrong_with("place", key, "rule", rule);
    }
    checks.done()?;
    Ok(text)
}

/// A rule of which one would never be asked beside this one, and what to say of it.
fn in_the_way(text: &RuleText, other: &RuleText) -> Option<(&'static str, String)> {
    let (key, hides) = if other.place < text.place {
        ("routing-field-hidden", other.hides(text))
    } else {
        ("routing-field-hides", text.hides(other))
    };
    hides.then(|| (key, other.name.clone()))
}

/// The group must be there to take what it is given: of the first level, in use, with somebody in it.
async fn group(tx: &Tx, checks: &mut Checks, group: Uuid, area: Uuid) -> Outcome<()> {
    match tx.find::<Group>(group).await? {
        None => checks.wrong("group", "field-not-found"),
        Some(found) if !same_menus(found.state.area, Some(area)) => checks.wrong("group", "field-not-found"),
        Some(found) if found.state.closed => checks.wrong("group", "field-closed"),
        Some(found) if !found.state.kind.is_first_level() => checks.wrong("group", "routing-field-group-level"),
        Some(found) if found.state.members.is_empty() => checks.wrong("group", "routing-field-group-empty"),
        Some(_) => {}
    }
    Ok(())
}

/// Beginnings of words, each once, in lower case.
fn words(checks: &mut Checks, typed: Vec<String>) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in typed.iter().map(|word| word.trim().to_lowercase()) {
        let fits = LETTERS.contains(&word.chars().count()) && word.chars().all(char::is_alphanumeric);
        if !fits {
            checks.wrong_with("words", "routing-field-word", "word", word);
            return words;
        }
        if !words.contains(&word) {
            words.push(word);
        }
    }
    checks.within("words", i64::try_from(words.len()).ok(), 0, WORDS as i64);
    words
}

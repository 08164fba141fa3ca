//! What is done with rules: added, changed, closed, used again.

use crate::{AutomationRule, AutomationText, AutomationView, Deeds, Happening, RuleEvent};
use catalogue::Category;
use configuration::{Area, NAME, record, same_menus, same_name};
use kernel::{Checks, Limit, NIL, Outcome, Refusal, RefusalKind, Uuid};
use people::{Act, Actor, Group};
use service_level::ServiceCalendar;
use std::sync::Arc;
use store::{Idempotency, Lane, Loaded, Store, Tx};
use ticket::domain::TicketKind;
use web::IfMatch;

/// Rules of an installation at the most: all of them are looked at from memory.
const MOST: usize = 500;
/// Values of one condition at the most.
const VALUES: usize = 50;
/// Longest wait: ninety days.
pub(crate) const LONGEST: i64 = 90 * 24 * 60;
/// Longest text that a rule writes.
const WORDS: Limit = Limit::text(4_000);

/// Adds a rule to an area.
///
/// # Errors
/// A refusal 403, 422 that names the fields, 429 when there are too many.
pub async fn add_rule(
    store: &Store,
    actor: &Arc<Actor>,
    area: Uuid,
    text: AutomationText,
    once: Option<Idempotency>,
) -> Outcome<AutomationView> {
    actor.allow_in(Act::Configure, area)?;
    let author = actor.author();
    let add = store.write_once(Lane::People, once, move |tx| {
        Box::pin(async move {
            let others = tx.all_alone::<AutomationRule>().await?;
            if others.len() >= MOST {
                return Err(Refusal::new(RefusalKind::TooMany, "too_many", "automation-too-many").into());
            }
            if tx.find::<Area>(area).await?.is_none() {
                return Err(Refusal::field("area", "field-not-found").into());
            }
            let text = checked(tx, &others, (NIL, area), text).await?;
            let mut rule = tx.fresh::<AutomationRule>(Uuid::now_v7());
            record(tx, &author, &mut rule, vec![RuleEvent::RuleAdded { area, text }]).await?;
            Ok(AutomationView::of(&rule))
        })
    });
    add.await
}

/// Changes what a rule says, closes it or opens it again. What it was about to do and has not done yet, it does as it says
/// then, and not at all once it is closed.
///
/// # Errors
/// A refusal 403, 404, 412 when it has changed, 422 that names the fields.
pub async fn alter_rule(
    store: &Store,
    actor: &Arc<Actor>,
    id: Uuid,
    (text, active): (Option<AutomationText>, Option<bool>),
    if_match: IfMatch,
) -> Outcome<AutomationView> {
    let actor = actor.clone();
    let alter = store.write(Lane::People, move |tx| {
        Box::pin(async move {
            let others = tx.all_alone::<AutomationRule>().await?;
            let mut rule = tx.load::<AutomationRule>(id).await?;
            if !actor.works_in(Some(rule.state.area)) {
                return Err(Refusal::not_found().into());
            }
            actor.allow_in(Act::Configure, rule.state.area)?;
            if_match.check(rule.version, || {
                serde_json::to_value(AutomationView::of(&rule)).unwrap_or_default()
            })?;
            let was_active = rule.state.active;
            let is_active = active.unwrap_or(was_active);
            let wanted = text.unwrap_or_else(|| rule.state.text().clone());
            let mut events = Vec::new();
            if wanted != *rule.state.text() || is_active && !was_active {
                let text = checked(tx, &others, (id, rule.state.area), wanted).await?;
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
            Ok(AutomationView::of(&rule))
        })
    });
    alter.await
}

/// A rule as it may stand: measured, able to act one day, and about things that are there.
async fn checked(
    tx: &Tx,
    others: &[Loaded<AutomationRule>],
    (but, area): (Uuid, Uuid),
    mut text: AutomationText,
) -> Outcome<AutomationText> {
    let mut checks = Checks::new();
    text.name = checks.required("name", Some(&text.name), NAME);
    checks.within("place", Some(text.place), 1, 999);
    let mut beside = others
        .iter()
        .filter(|other| other.id != but && other.state.area == area && other.state.active);
    if beside
        .clone()
        .any(|other| same_name(&other.state.text().name, &text.name))
    {
        checks.wrong("name", "field-taken");
    }
    if beside.any(|other| other.state.text().place == text.place) {
        checks.wrong("place", "automation-field-place-taken");
    }
    times(tx, &mut checks, &mut text, area).await?;
    conditions(tx, &mut checks, &mut text, area).await?;
    deeds(tx, &mut checks, &mut text.deeds, area).await?;
    checks.done()?;
    Ok(text)
}

/// What sets it off, how long it waits, and for what in vain.
async fn times(tx: &Tx, checks: &mut Checks, text: &mut AutomationText, area: Uuid) -> Outcome<()> {
    checks.within("after_minutes", Some(text.after_minutes), 0, LONGEST);
    ordered(&mut text.unless, |one| {
        Happening::ALL.iter().position(|known| known == one)
    });
    if text.after_minutes == 0 && !text.unless.is_empty() {
        checks.wrong("unless", "automation-field-unless-at-once");
    }
    if text.after_minutes == 0 {
        text.hours = None;
    }
    if let Some(hours) = text.hours {
        let found = tx.find::<ServiceCalendar>(hours).await?;
        match found {
            Some(found) if !same_menus(found.state.area, Some(area)) => checks.wrong("hours", "field-not-found"),
            Some(found) if found.state.closed => checks.wrong("hours", "field-closed"),
            Some(_) => {}
            None => checks.wrong("hours", "field-not-found"),
        }
    }
    Ok(())
}

async fn conditions(tx: &Tx, checks: &mut Checks, text: &mut AutomationText, area: Uuid) -> Outcome<()> {
    ordered(&mut text.kinds, |one| {
        TicketKind::ALL.iter().position(|known| known == one)
    });
    ordered(&mut text.priorities, |one| Some(*one));
    ordered(&mut text.channels, |one| Some(one.code()));
    ordered(&mut text.categories, |one| Some(*one));
    ordered(&mut text.groups, |one| Some(*one));
    if text.priorities.iter().any(|priority| !(1..=5).contains(priority)) {
        checks.wrong("priorities", "field-unknown-value");
    }
    checks.within(
        "categories",
        i64::try_from(text.categories.len()).ok(),
        0,
        VALUES as i64,
    );
    checks.within("groups", i64::try_from(text.groups.len()).ok(), 0, VALUES as i64);
    for category in text.categories.iter().take(VALUES) {
        let found = tx.find::<Category>(*category).await?;
        if found.is_none_or(|found| !same_menus(found.state.area, Some(area))) {
            checks.wrong("categories", "field-not-found");
            break;
        }
    }
    for group in text.groups.iter().take(VALUES) {
        let found = tx.find::<Group>(*group).await?;
        if found.is_none_or(|found| !same_menus(found.state.area, Some(area))) {
            checks.wrong("groups", "field-not-found");
            break;
        }
    }
    Ok(())
}

/// It does something, to a group that is there to take what it is given.
async fn deeds(tx: &Tx, checks: &mut Checks, deeds: &mut Deeds, area: Uuid) -> Outcome<()> {
    deeds.note = checks.optional("note", deeds.note.as_deref(), WORDS);
    deeds.reply = checks.optional("reply", deeds.reply.as_deref(), WORDS);
    if deeds.priority.is_some() {
        checks.within("priority", deeds.priority, 1, 5);
    }
    if let Some(group) = deeds.group {
        match tx.find::<Group>(group).await? {
            Some(found) if !same_menus(found.state.area, Some(area)) => checks.wrong("group", "field-not-found"),
            Some(found) if found.state.closed => checks.wrong("group", "field-closed"),
            Some(found) if found.state.members.is_empty() => checks.wrong("group", "automation-field-group-empty"),
            Some(_) => {}
            None => checks.wrong("group", "field-not-found"),
        }
    }
    if deeds.is_empty() {
        checks.wrong("deeds", "automation-field-nothing-done");
    }
    Ok(())
}

/// Values in one order, each once.
fn ordered<T: PartialEq, K: Ord>(values: &mut Vec<T>, key: impl Fn(&T) -> K) {
    values.sort_by_key(key);
    values.dedup();
}

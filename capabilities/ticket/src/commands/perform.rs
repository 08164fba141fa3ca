//! Doing something to a ticket: load, check, let the domain decide, save.

use super::TicketAct;
use super::directory::Directory;
use super::{complaint, family, identification, promise, reported, wake};
use crate::domain::{
    AttachedFile, Classification, ClosedReason, Done, LinkedTo, State, Ticket, TicketEvent, Visibility, Working,
};
use crate::queries::TicketView;
use crate::words;
use kernel::{Error, Outcome, Refusal, Uuid};
use people::{Act, Actor};
use record::NewAttachment;
use routing::Facts;
use std::sync::Arc;
use store::{Idempotency, Lane, Loaded, Sql, Store, Tx};
use web::IfMatch;

/// Under what conditions something is done.
#[derive(Clone, Debug, Default)]
pub struct Conditions {
    /// A repeated request gets the first answer.
    pub idempotency: Option<Idempotency>,
    /// The version that is meant.
    pub if_match: IfMatch,
}

/// Does acts to a ticket, in order and in one transaction: all of them, or none. Of files that were refused nothing is left.
///
/// # Errors
/// The refusal of the first act that may not be done.
pub async fn perform(
    store: &Store,
    actor: &Arc<Actor>,
    ticket: Uuid,
    acts: Vec<TicketAct>,
    conditions: Conditions,
) -> Outcome<TicketView> {
    let files = hashes_of(&acts);
    if files.is_empty() {
        return perform_once(store, actor, ticket, acts, conditions).await;
    }
    let done = match record::hold(store, &files).await {
        Ok(_in_hand) => perform_once(store, actor, ticket, acts, conditions).await,
        Err(gone) => Err(gone),
    };
    match &done {
        Err(Error::Refused(_)) => record::put_back(store, files).await,
        // A failure leaves it open whether they were taken.
        _ => record::clear_away(store).await,
    }
    done
}

/// The files that some acts would attach.
fn hashes_of(acts: &[TicketAct]) -> Vec<String> {
    let hash = |act: &TicketAct| match act {
        TicketAct::Attach { file } => Some(file.blob.hash.clone()),
        _ => None,
    };
    acts.iter().filter_map(hash).collect()
}

async fn perform_once(
    store: &Store,
    actor: &Arc<Actor>,
    ticket: Uuid,
    acts: Vec<TicketAct>,
    conditions: Conditions,
) -> Outcome<TicketView> {
    let acts = acts.into_iter().map(TicketAct::checked).collect::<Outcome<Vec<_>>>()?;
    let directory = Directory::of(store).await?;
    let actor = actor.clone();
    let Conditions { idempotency, if_match } = conditions;
    store
        .write_once(Lane::People, idempotency, move |tx| {
            Box::pin(async move { perform_in(tx, &directory, &actor, ticket, acts, &if_match).await })
        })
        .await
}

pub(super) async fn perform_in(
    tx: &Tx,
    directory: &Directory,
    actor: &Actor,
    ticket: Uuid,
    acts: Vec<TicketAct>,
    if_match: &IfMatch,
) -> Outcome<TicketView> {
    hold_family(tx, ticket, &acts).await?;
    let mut loaded = tx.load::<Ticket>(ticket).await?;
    for act in &acts {
        allow(actor, act, &loaded)?;
    }
    if_match.check(loaded.version, || {
        serde_json::to_value(seen_by(actor, &loaded)).unwrap_or_default()
    })?;
    let before = loaded.state.clone();
    let parameters = directory.parameters(loaded.state.area);
    let mut working = Working::on(loaded.state.clone(), parameters, tx.now(), actor.author());
    for act in acts {
        one_after_the_other(tx, directory, actor, &mut working, &loaded, act).await?;
    }
    working.reckon_clocks(directory.book());
    let (events, contents) = (working.events, working.contents);
    tx.save(&mut loaded, &actor.author(), events.clone(), &contents).await?;
    index(tx, &loaded, &before, &events, &contents).await?;
    family::go_on(tx, directory, actor, &before, &loaded).await?;
    wake::queue(tx, &before, &loaded).await?;
    promise::queue(tx, &before, &loaded).await?;
    reported::queue(tx, &before, &loaded, parameters).await?;
    Ok(seen_by(actor, &loaded))
}

/// Holds the other tickets that some acts change or ask about, in one order for everybody.
pub(super) async fn hold_family(tx: &Tx, ticket: Uuid, acts: &[TicketAct]) -> Outcome<()> {
    let mut held = Vec::new();
    for act in acts {
        if let TicketAct::Merge { into: other } | TicketAct::Link { to: other, .. } = act {
            held.extend(identity_of(tx, other).await?);
        }
    }
    let ends = |act: &TicketAct| {
        matches!(
            act,
            TicketAct::Merge { .. } | TicketAct::Cancel { .. } | TicketAct::Close { .. }
        )
    };
    if acts.iter().any(ends) {
        held.extend(family::children(tx, ticket).await?.into_iter().map(|child| child.id));
    }
    if !held.is_empty() {
        held.push(ticket);
        tx.hold_all(&held).await?;
    }
    Ok(())
}

/// Whether some acts would be done, one after the other, without doing them.
///
/// # Errors
/// The refusal that the first of them would meet.
pub(super) async fn try_out(
    tx: &Tx,
    directory: &Directory,
    actor: &Actor,
    ticket: Uuid,
    acts: Vec<TicketAct>,
) -> Outcome<()> {
    let loaded = tx.load::<Ticket>(ticket).await?;
    for act in &acts {
        allow(actor, act, &loaded)?;
    }
    let parameters = directory.parameters(loaded.state.area);
    let mut working = Working::on(loaded.state.clone(), parameters, tx.now(), actor.author());
    for act in acts {
        one_after_the_other(tx, directory, actor, &mut working, &loaded, act).await?;
    }
    Ok(())
}

/// One act behind those before it, where it may be done.
async fn one_after_the_other(
    tx: &Tx,
    directory: &Directory,
    actor: &Actor,
    working: &mut Working<'_>,
    loaded: &Loaded<Ticket>,
    act: TicketAct,
) -> Outcome<()> {
    complaint::keep_away(tx, actor, working, &act).await?;
    let controlled = working.ticket.state == State::UnderControl;
    apply(tx, directory, actor, working, loaded, act).await?;
    if controlled {
        may_decide(actor, working, loaded)?;
    }
    Ok(())
}

/// What is under control goes on as the control manager decides, or whoever leads in their stead (SD-108). What is allowed
/// from any open state is no such decision, and neither is what the requester says.
fn may_decide(actor: &Actor, working: &Working<'_>, loaded: &Loaded<Ticket>) -> Outcome<()> {
    let decided = match working.ticket.state {
        State::Level1Work | State::BackOfficeWork | State::Level2Work | State::SolutionGiven => true,
        State::Closed => working.ticket.closed_reason == Some(ClosedReason::Decided),
        _ => false,
    };
    let may = loaded.card.as_ref().is_some_and(|card| actor.may(Act::Decide, card));
    if decided && !may {
        return Err(working.refused("SD-108", "ticket-refusal-control").into());
    }
    Ok(())
}

/// The ticket as whoever acted may see it.
fn seen_by(actor: &Actor, loaded: &Loaded<Ticket>) -> TicketView {
    let view = TicketView::of(loaded);
    let internal = loaded
        .card
        .as_ref()
        .is_some_and(|card| actor.may(Act::ViewInternal, card));
    if internal { view } else { view.for_requester() }
}

pub(super) fn allow(actor: &Actor, act: &TicketAct, loaded: &Loaded<Ticket>) -> Outcome<()> {
    let card = loaded.card.as_ref().ok_or_else(Refusal::not_found)?;
    actor.allow(act.permission(), card)?;
    // Whoever was served says how it was, and nobody for them.
    if matches!(act, TicketAct::Rate { .. }) && card.requester != Some(actor.person) {
        return Err(Refusal::forbidden().into());
    }
    let part = act.assignment().and_then(|id| loaded.state.assignment(id));
    match part {
        // Of several parts each group works on its own.
        Some(part) if !actor.may(act.permission(), &card.in_hand(part.group, part.operator)) => {
            Err(Refusal::forbidden().into())
        }
        _ => Ok(()),
    }
}

/// Words that were written become findable.
async fn index(
    tx: &Tx,
    loaded: &Loaded<Ticket>,
    before: &Ticket,
    events: &[store::Recorded<TicketEvent>],
    contents: &[store::NewContent],
) -> Outcome<()> {
    let written = words::of_events(events.iter().map(|recorded| &recorded.event), contents);
    tx.index_written(loaded.ordinal, &written).await?;
    if before.area != loaded.state.area || before.requester != loaded.state.requester {
        tx.index_scope(loaded.ordinal, loaded.state.area, loaded.state.requester)
            .await?;
    }
    Ok(())
}

/// One act: what it needs looked up, then the rule.
pub(super) async fn apply(
    tx: &Tx,
    directory: &Directory,
    actor: &Actor,
    working: &mut Working<'_>,
    loaded: &Loaded<Ticket>,
    act: TicketAct,
) -> Outcome<()> {
    match act {
        TicketAct::Take => {
            let holder = holder(tx, working.ticket.operator).await?;
            working.take(actor.person, &holder)?;
        }
        TicketAct::Assign { group, operator } => assign(tx, directory, working, group, operator).await?,
        TicketAct::Identify { requester, verified } => {
            let found = people::open_requester(tx, &actor.author(), &requester.checked()?).await?;
            let how = (verified && found.known).then(|| actor.door.code().to_owned());
            working.identify((found.person.0, found.category), how)?;
        }
        TicketAct::Register { reason } => working.register(reason)?,
        TicketAct::Diagnose { diagnosis } => working.diagnose(diagnosis)?,
        TicketAct::RecordCheck { requester, checks } => working.record_check(requester, checks),
        TicketAct::TellDiscrepancy => identification::tell(tx, actor, working).await?,
        act @ TicketAct::Classify { .. } => {
            identification::must_be_accepted(tx, working, &act).await?;
            classify(directory, working, act)?;
        }
        TicketAct::Reroute { area, reason } => {
            let area = directory.area(Some(&area))?;
            let facts = Facts {
                channel: working.ticket.channel.code().to_owned(),
                // What it was about, it was about there.
                category: None,
                subject: loaded
                    .card
                    .as_ref()
                    .map(|card| card.subject.clone())
                    .unwrap_or_default(),
                on: routing::day_of(tx.now()),
            };
            let route = directory.route(tx, area, &facts).await?;
            working.reroute(area, route, reason)?;
        }
        TicketAct::Link { kind, to } => {
            let to = other(tx, actor, loaded.id, &to, "to").await?;
            working.children = family::children(tx, loaded.id).await?;
            working.link(kind, &to)?;
        }
        TicketAct::Unlink { to } => working.unlink(to)?,
        TicketAct::Merge { into } => merge(tx, directory, actor, working, loaded.id, &into).await?,
        TicketAct::Mention { people } => {
            staff_only(tx, &people).await?;
            working.mention(people);
        }
        TicketAct::Attach { file } => attach(tx, loaded.id, working, file).await?,
        other => apply_pure(tx, directory, actor, working, other).await?,
    }
    Ok(())
}

fn classify(directory: &Directory, working: &mut Working<'_>, act: TicketAct) -> Outcome<()> {
    let TicketAct::Classify {
        kind,
        category,
        impact,
        urgency,
        priority,
        reason,
    } = act
    else {
        return Ok(());
    };
    let present = working.ticket.category;
    let category = category.map(|named| directory.category(&named, present)).transpose()?;
    Ok(working.classify(Classification {
        kind,
        category,
        impact,
        urgency,
        priority,
        reason,
    })?)
}

async fn attach(tx: &Tx, ticket: Uuid, working: &mut Working<'_>, file: NewAttachment) -> Outcome<()> {
    record::insert_attachment(tx, ticket, &file).await?;
    let visibility = if file.internal {
        Visibility::Internal
    } else {
        Visibility::Public
    };
    Ok(working.attach(AttachedFile {
        id: file.id,
        name: file.name,
        sha256: file.blob.hash,
        size: i64::try_from(file.blob.size).unwrap_or(i64::MAX),
        media_type: file.media_type,
        visibility,
    })?)
}

/// Only people of the desk read notes, so only they are named in them.
async fn staff_only(tx: &Tx, people: &[Uuid]) -> Outcome<()> {
    for person in people {
        let sql = "SELECT 1 FROM person WHERE id = $1 AND is_staff = 1";
        let found = tx.row(sql, vec![(*person).into()]).await?;
        found.ok_or_else(|| Refusal::field("text", "field-not-found"))?;
    }
    Ok(())
}

async fn accept(tx: &Tx, actor: &Actor, working: &mut Working<'_>, assignment: Uuid) -> Outcome<()> {
    let held = working.ticket.assignment(assignment).and_then(|part| part.operator);
    let holder = holder(tx, held).await?;
    Ok(working.accept_assignment(assignment, actor.person, &holder)?)
}

/// Acts that need little more than the ticket itself.
async fn apply_pure(
    tx: &Tx,
    directory: &Directory,
    actor: &Actor,
    working: &mut Working<'_>,
    act: TicketAct,
) -> Outcome<()> {
    match act {
        TicketAct::SendToSecondLevel { group, note } => {
            let (group, kind) = directory.group(&group, None)?;
            if kind.is_first_level() {
                return Err(Refusal::field("group", "ticket-field-second-level-group").into());
            }
            working.send_to_second_level(Uuid::now_v7(), group, note)?;
        }
        TicketAct::AcceptAssignment { assignment } => accept(tx, actor, working, assignment).await?,
        TicketAct::CloseTechnically {
            assignment,
            activity,
            outcome,
            callback_required,
        } => {
            working.close_technically(
                assignment,
                Done {
                    activity,
                    outcome,
                    callback_required,
                },
            )?;
        }
        TicketAct::ReturnAssignment { assignment, reason } => working.return_assignment(assignment, reason)?,
        TicketAct::WithdrawAssignment { assignment } => working.withdraw_assignment(assignment)?,
        TicketAct::Pause { reason, wake_at, note } => working.pause(reason, wake_at, note)?,
        TicketAct::Resume => working.resume()?,
        TicketAct::Wake { wake_at } => working.wake(wake_at),
        TicketAct::Say { visibility, body } => {
            let from_requester = working.ticket.requester == Some(actor.person) && !actor_works_here(actor, working);
            working.say(visibility, body, from_requester)?;
        }
        TicketAct::Solve { solution } => working.solve(solution)?,
        TicketAct::Hear {
            satisfied,
            class_right,
            note,
        } => working.hear(satisfied, class_right, note)?,
        TicketAct::Call { outcome } => working.call(outcome)?,
        TicketAct::Close { reason, note } => working.close(reason, note)?,
        TicketAct::Reopen { reason } => working.reopen(reason)?,
        TicketAct::Rate { score, note } => working.rate(score, note)?,
        TicketAct::Promise { text, due_at } => working.promise(Uuid::now_v7(), text, due_at)?,
        TicketAct::KeepPromise { promise } => working.keep_promise(promise)?,
        TicketAct::WithdrawPromise { promise, reason } => working.withdraw_promise(promise, reason)?,
        TicketAct::MissPromise { promise } => working.miss_promise(promise),
        TicketAct::TellTimes { text, expected_at } => working.tell_times(text, expected_at)?,
        TicketAct::Cancel { reason } => working.cancel(reason)?,
        TicketAct::ChangeSubject { subject } => working.change_subject(subject)?,
        TicketAct::Automate {
            rule,
            edition,
            name,
            cause,
        } => working.note_rule((rule, edition), name, cause),
        _ => {}
    }
    Ok(())
}

/// An operator who asked for something is its requester, unless it lies with them to answer it.
fn actor_works_here(actor: &Actor, working: &Working<'_>) -> bool {
    working.ticket.operator == Some(actor.person)
}

async fn assign(
    tx: &Tx,
    directory: &Directory,
    working: &mut Working<'_>,
    group: Option<String>,
    operator: Option<Uuid>,
) -> Outcome<()> {
    if group.is_none() && operator.is_none() {
        return Err(Refusal::field("group", "field-required").into());
    }
    let present = working.ticket.group;
    let group = group.map(|named| directory.group(&named, present)).transpose()?;
    if group.is_some_and(|(_, kind)| !kind.is_first_level()) {
        return Err(Refusal::field("group", "ticket-field-first-level-group").into());
    }
    if let Some(operator) = operator {
        let sql = "SELECT 1 FROM person WHERE id = $1 AND is_staff = 1";
        let found = tx.row(sql, vec![operator.into()]).await?;
        found.ok_or_else(|| Refusal::field("operator", "field-not-found"))?;
    }
    let back_office_l1 = group.is_some_and(|(_, kind)| kind == people::GroupKind::BackOfficeL1);
    Ok(working.assign(group.map(|(group, _)| group), operator, back_office_l1)?)
}

/// The name of whoever has it: the other of two people is told who was first (SD-112).
async fn holder(tx: &Tx, operator: Option<Uuid>) -> Outcome<String> {
    let Some(operator) = operator else {
        return Ok(String::new());
    };
    let row = tx
        .row("SELECT name FROM person WHERE id = $1", vec![operator.into()])
        .await?;
    row.map_or(Ok(String::new()), |row| row.get(0))
}

/// The identity of a ticket that is named by identity or number.
async fn identity_of(tx: &Tx, key: &str) -> Outcome<Option<Uuid>> {
    if let Ok(id) = key.trim().parse::<Uuid>() {
        return Ok(Some(id));
    }
    let Some(number) = record::number_of(key) else {
        return Ok(None);
    };
    let row = tx
        .row("SELECT id FROM card WHERE number = $1", vec![number.into()])
        .await?;
    row.map(|row| row.get(0)).transpose()
}

/// Another ticket, by identity or number; what may not be seen does not exist.
async fn other(tx: &Tx, actor: &Actor, this: Uuid, key: &str, field: &'static str) -> Outcome<LinkedTo> {
    let missing = || Refusal::field(field, "field-not-found");
    let id = identity_of(tx, key).await?.ok_or_else(missing)?;
    let found = tx.find::<Ticket>(id).await?.ok_or_else(missing)?;
    let seen = found.card.as_ref().is_some_and(|card| actor.may(Act::View, card));
    if !seen {
        return Err(missing().into());
    }
    Ok(LinkedTo {
        id,
        number: found.state.number.clone(),
        open: found.state.state.is_open(),
        has_parent: found.state.parent().is_some(),
        is_self: id == this,
    })
}

/// Merging ends this one and notes it on the other, in the same transaction.
async fn merge(
    tx: &Tx,
    directory: &Directory,
    actor: &Actor,
    working: &mut Working<'_>,
    this: Uuid,
    into: &str,
) -> Outcome<()> {
    let target = other(tx, actor, this, into, "into").await?;
    working.children = family::children(tx, this).await?;
    working.merge_into(&target)?;
    let mut loaded = tx.load::<Ticket>(target.id).await?;
    // Both change, so both must lie within reach: seeing the other is not enough.
    let card = loaded.card.as_ref().ok_or_else(Refusal::not_found)?;
    actor.allow(Act::Cancel, card)?;
    let parameters = directory.parameters(loaded.state.area);
    let mut there = Working::on(loaded.state.clone(), parameters, tx.now(), actor.author());
    there.take_in(&LinkedTo {
        id: this,
        number: working.ticket.number.clone(),
        open: false,
        has_parent: false,
        is_self: false,
    });
    tx.save(&mut loaded, &actor.author(), there.events, &[]).await.map(drop)
}

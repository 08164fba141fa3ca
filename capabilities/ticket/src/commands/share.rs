//! Sharing out: groups that do not wait for somebody to take the next ticket give it to whoever is there for it.
//!
//! One node looks every few seconds at the new tickets of the few groups that share them out, most urgent first; opening a ticket
//! costs nothing more. What was given to somebody who is not there any more and has not taken it goes back to the group.

use super::complaint;
use super::directory::Directory;
use crate::domain::{Given, Ticket, TicketKind, Working};
use host::Scheduled;
use kernel::{Error, Instant, Outcome, Uuid};
use people::{Actor, Group, Practice};
use routing::{Candidate, choose};
use std::collections::HashMap;
use store::{Lane, Loaded, Sql, Store};
use web::App;
use workspace::{Presence, Present};

/// New tickets of a group that one look goes through.
const AT_ONCE: i64 = 200;

/// Looks every two seconds.
pub(super) const fn watch() -> Scheduled {
    Scheduled {
        name: "ticket.share",
        every: 2,
        run: |app| Box::pin(look(app)),
    }
}

async fn look(app: App) -> Outcome<()> {
    share_out(&app.store).await.map(drop)
}

/// Gives what waits to whoever is there for it, and takes back what waits for somebody who is not; answers of how many tickets.
///
/// # Errors
/// When the database is away; what was given stays given.
pub async fn share_out(store: &Store) -> Outcome<usize> {
    let groups = store.all::<Group>().await?;
    let shares = |group: &&Loaded<Group>| group.state.practice.gives() && !group.state.closed;
    let mut moved = 0;
    for group in groups.iter().filter(shares) {
        moved += share_out_of(store, group).await?;
    }
    Ok(moved)
}

/// A ticket that nobody has taken.
struct Waiting {
    id: Uuid,
    operator: Option<Uuid>,
    category: Option<Uuid>,
    is_complaint: bool,
}

async fn share_out_of(store: &Store, group: &Loaded<Group>) -> Outcome<usize> {
    let waiting = waiting(store, group.id).await?;
    if waiting.is_empty() {
        return Ok(0);
    }
    let (present, now) = (workspace::present(store).await?, store.clock().now());
    let mut candidates = candidates(store, &group.state.members, &present, now).await?;
    let practice = &group.state.practice;
    let mut moved = 0;
    for ticket in waiting {
        let to = match ticket.operator {
            Some(operator) if present.of(operator, now) == Presence::Away => None,
            Some(_) => continue,
            None => match choose(practice, ticket.category, &free_of(store, &ticket, &candidates).await?) {
                Some(chosen) => Some(chosen),
                None => continue,
            },
        };
        let load = candidates.iter().find(|one| Some(one.person) == to).map(|one| one.load);
        if give(store, ticket.id, (to, load), practice).await? {
            moved += 1;
            if let Some(one) = candidates.iter_mut().find(|one| Some(one.person) == to) {
                (one.load, one.given) = (one.load + 1, Some(now));
            }
        }
    }
    Ok(moved)
}

/// Those to whom a ticket may be given: of a complaint, whoever it does not concern (SD-109).
async fn free_of(store: &Store, ticket: &Waiting, candidates: &[Candidate]) -> Outcome<Vec<Candidate>> {
    if !ticket.is_complaint {
        return Ok(candidates.to_vec());
    }
    let complaint = store.read().state::<Ticket>(ticket.id).await?;
    let links = complaint.map(|complaint| complaint.state.links).unwrap_or_default();
    let about: Vec<Uuid> = links.iter().map(|link| link.to).collect();
    let mut free = Vec::new();
    for candidate in candidates {
        if !complaint::concerns(store.read(), &about, candidate.person).await? {
            free.push(candidate.clone());
        }
    }
    Ok(free)
}

async fn waiting(store: &Store, group: Uuid) -> Outcome<Vec<Waiting>> {
    let sql = "SELECT id, operator_id, category_id, ticket_kind FROM card WHERE group_id = $1 AND is_open = 1 AND state = 'new' \
               ORDER BY due_at, ordinal LIMIT $2";
    let rows = store.read().rows(sql, vec![group.into(), AT_ONCE.into()]).await?;
    let waiting = rows.iter().map(|row| {
        Ok(Waiting {
            id: row.get(0)?,
            operator: row.get(1)?,
            category: row.get(2)?,
            is_complaint: row.get::<String>(3)? == TicketKind::Complaint.code(),
        })
    });
    waiting.collect()
}

/// The people of a group as they stand now, with what they have to do.
async fn candidates(store: &Store, members: &[Uuid], present: &Present, now: Instant) -> Outcome<Vec<Candidate>> {
    let loads = loads(store, members).await?;
    let candidate = |person: &Uuid| Candidate {
        person: *person,
        available: present.of(*person, now) == Presence::Available,
        load: loads.get(person).copied().unwrap_or_default(),
        given: present.said(*person).and_then(|said| said.given),
    };
    Ok(members.iter().map(candidate).collect())
}

/// How many tickets some people have on which the desk itself has something to do.
async fn loads(store: &Store, people: &[Uuid]) -> Outcome<HashMap<Uuid, i64>> {
    let mut loads = HashMap::new();
    for some in people.chunks(100) {
        let list: Vec<String> = (1..=some.len()).map(|at| format!("${at}")).collect();
        let sql = format!(
            "SELECT operator_id, COUNT(*) FROM card WHERE is_open = 1 AND operator_id IN ({}) \
             AND phase IN ('new', 'working') GROUP BY operator_id",
            list.join(", ")
        );
        let values = some.iter().map(|person| (*person).into()).collect();
        for row in store.read().rows(&sql, values).await? {
            loads.insert(row.get(0)?, row.get(1)?);
        }
    }
    Ok(loads)
}

/// Gives a ticket to somebody, or takes it back; false when it was taken or given meanwhile.
async fn give(
    store: &Store,
    ticket: Uuid,
    (operator, load): (Option<Uuid>, Option<i64>),
    practice: &Practice,
) -> Outcome<bool> {
    let directory = Directory::of(store).await?;
    let sharing = practice.sharing;
    let given = store.write(Lane::Background, move |tx| {
        let directory = directory.clone();
        Box::pin(async move {
            let author = Actor::system().author();
            let mut loaded = tx.load::<Ticket>(ticket).await?;
            let parameters = directory.parameters(loaded.state.area);
            let mut working = Working::on(loaded.state.clone(), parameters, tx.now(), author.clone());
            working.give(Given {
                operator,
                sharing,
                load,
            })?;
            working.reckon_clocks(directory.book());
            let events = working.events;
            tx.save(&mut loaded, &author, events, &[]).await?;
            match operator {
                Some(person) => workspace::note_given(tx, person).await,
                None => Ok(()),
            }
        })
    });
    match given.await {
        Ok(()) => Ok(true),
        Err(Error::Refused(_)) => Ok(false),
        Err(other) => Err(other),
    }
}

//! The board of a scope: found once for all who ask the same, and told to each of them for two seconds.

use crate::choice::{Choosable, Chosen};
use crate::figures::{Figures, GroupFigures};
use crate::today::{Hour, hours, midnight};
use kernel::{Instant, Outcome, Uuid};
use people::Actor;
use record::{Filter, MovedRows, OpenRows, Sort};
use serde::Serialize;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant as Stopwatch};
use store::{Card, Store};
use utoipa::ToSchema;
use workspace::Presence;

/// How long a board is told again before it is found anew.
pub(crate) const KEPT: Duration = Duration::from_secs(2);
/// Boards from which on old ones are thrown away.
const MANY: usize = 200;
/// Tickets that are due next.
const NEXT: usize = 5;

/// How everything stands.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Board {
    /// When it was found.
    #[schema(value_type = String, format = DateTime)]
    pub at: Instant,
    /// The area it is of, where one was chosen.
    pub area: Option<Uuid>,
    /// The group it is of, where one was chosen.
    pub group: Option<Uuid>,
    /// The whole.
    #[serde(flatten)]
    pub figures: Figures,
    /// How many of the groups' people are there.
    pub people: There,
    /// Each group that has something open or whose day has begun.
    pub groups: Vec<GroupFigures>,
    /// The day so far.
    pub hours: Vec<Hour>,
    /// What is due next.
    pub next: Vec<NextDue>,
    /// What has waited the longest for somebody to take it.
    pub oldest: Option<NextDue>,
}

/// A ticket on the board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct NextDue {
    /// Its number.
    pub number: String,
    /// What it is about.
    pub subject: String,
    /// When it was opened.
    #[schema(value_type = String, format = DateTime)]
    pub opened_at: Instant,
    /// When it is due.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub due_at: Option<Instant>,
}

/// How many are there; nothing tells who.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct There {
    /// There for the next one.
    pub available: usize,
    /// Working behind a contact.
    pub wrap_up: usize,
    /// There, and not for anything new.
    pub busy: usize,
    /// Not there.
    pub away: usize,
}

type Place = Arc<tokio::sync::Mutex<Option<(Stopwatch, Arc<Board>)>>>;

/// Boards that were found lately.
#[derive(Default)]
struct Found(Mutex<HashMap<String, Place>>);

impl Found {
    fn place(&self, question: String) -> Place {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MANY {
            all.retain(|_, place| Arc::strong_count(place) > 1);
        }
        all.entry(question).or_default().clone()
    }
}

/// The board that was chosen, as far as this person may see it.
pub(crate) async fn board(store: &Store, actor: &Actor, chosen: Chosen) -> Outcome<(Arc<Board>, Choosable)> {
    let choosable = Choosable::of(store, actor).await?;
    choosable.check(chosen)?;
    let filter = Filter {
        area: chosen.area,
        group: chosen.group,
        ..Filter::default()
    };
    let question = OpenRows::of(actor, &filter).text();
    let known: Vec<&Uuid> = choosable.groups.iter().map(|(id, _)| id).collect();
    let place = store.memory::<Found>().place(format!("{question} {known:?}"));
    // Of many who ask at once one asks the database.
    let mut kept = place.lock().await;
    let asked = Stopwatch::now();
    if let Some((at, board)) = kept.as_ref()
        && asked.saturating_duration_since(*at) < KEPT
    {
        return Ok((board.clone(), choosable));
    }
    let board = Arc::new(find(store, actor, chosen, &filter, &choosable).await?);
    *kept = Some((asked, board.clone()));
    Ok((board, choosable))
}

async fn find(store: &Store, actor: &Actor, chosen: Chosen, filter: &Filter, choosable: &Choosable) -> Outcome<Board> {
    let (now, zone) = (store.clock().now(), i18n::default_zone());
    let midnight = midnight(now, &zone);
    let open = OpenRows::of(actor, filter).ask(store).await?;
    let moved = MovedRows::of(actor, filter, midnight).ask(store).await?;
    let of = |group| Figures::of(&open, &moved, group, now, midnight);
    let rows = choosable
        .groups
        .iter()
        .filter(|(id, _)| chosen.group.is_none_or(|group| group == *id));
    let rows = rows.map(|(id, name)| GroupFigures {
        group: *id,
        name: name.clone(),
        figures: of(Some(*id)),
    });
    let mut groups: Vec<GroupFigures> = rows.filter(|row| row.figures != Figures::default()).collect();
    // Where it burns comes first.
    groups.sort_by(|one, other| {
        let heat = |row: &GroupFigures| {
            (
                row.figures.late,
                row.figures.soon,
                row.figures.unassigned,
                row.figures.open,
            )
        };
        heat(other).cmp(&heat(one)).then_with(|| one.name.cmp(&other.name))
    });
    Ok(Board {
        at: now,
        area: chosen.area,
        group: chosen.group,
        figures: of(None),
        people: there(store, choosable, chosen, now).await?,
        groups,
        hours: hours(&moved, now, midnight, &zone),
        next: next(store, actor, filter).await?,
        oldest: oldest(store, actor, filter).await?,
    })
}

/// What is due first of what the desk has to do, as `/tickets/next` would lead there.
async fn next(store: &Store, actor: &Actor, filter: &Filter) -> Outcome<Vec<NextDue>> {
    let filter = Filter {
        open: Some(true),
        phases: ticket::TO_DO.map(str::to_owned).into(),
        due_before: Some(Instant::NEVER),
        ..filter.clone()
    };
    let found = record::list(store, actor, &filter, Sort::Due, 2 * NEXT, None).await?;
    let due = found.cards.iter().filter(|card| card.state != "solution_given");
    Ok(due.take(NEXT).map(NextDue::of).collect())
}

async fn oldest(store: &Store, actor: &Actor, filter: &Filter) -> Outcome<Option<NextDue>> {
    let filter = Filter {
        open: Some(true),
        unassigned: true,
        states: vec!["new".to_owned()],
        ..filter.clone()
    };
    let found = record::list(store, actor, &filter, Sort::Oldest, 1, None).await?;
    Ok(found.cards.first().map(NextDue::of))
}

impl NextDue {
    fn of(card: &Card) -> Self {
        Self {
            number: card.number.clone(),
            subject: card.subject.clone(),
            opened_at: card.opened_at,
            due_at: Some(card.due_at).filter(|due| *due < Instant::NEVER),
        }
    }
}

/// The people of the groups, each counted once.
async fn there(store: &Store, choosable: &Choosable, chosen: Chosen, now: Instant) -> Outcome<There> {
    let groups = choosable.members.iter();
    let groups = groups.filter(|(id, _)| chosen.group.is_none_or(|group| group == *id));
    let people: HashSet<Uuid> = groups.flat_map(|(_, members)| members.iter().copied()).collect();
    let present = workspace::present(store).await?;
    let mut there = There::default();
    for person in people {
        match present.of(person, now) {
            Presence::Available => there.available += 1,
            Presence::WrapUp => there.wrap_up += 1,
            Presence::Busy => there.busy += 1,
            Presence::Away => there.away += 1,
        }
    }
    Ok(there)
}

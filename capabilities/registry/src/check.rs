//! Looking requesters up, ticket by ticket: the journal says who asks, a job asks the sources of the area, the ticket records
//! what came of it. Nobody waits for it, and a source that does not answer is seen among the jobs and on its own page.

use crate::look::{look_up_and_keep, note_failure};
use crate::{RegistrySource, discrepancies};
use futures_util::future::BoxFuture;
use host::{JobHandler, Scheduled};
use kernel::{Outcome, Uuid};
use people::{Actor, Named};
use std::collections::BTreeSet;
use std::sync::Arc;
use store::{Change, Lane, Loaded, NewJob, Sql, Store, Tx};
use ticket::domain::{SourceCheck, Standing, Ticket};
use ticket::{Conditions, TicketAct, perform};
use web::App;

const KIND: &str = "registry.check";
/// Under which name the place in the journal is kept.
const POSITION: &str = "check";
/// Changes that are looked at together, and how often in one look.
const AT_ONCE: i64 = 500;
const ROUNDS: usize = 40;

/// After these somebody else may ask, or in another area.
const TELLING: [&str; 6] = [
    "ticket.opened",
    "ticket.guest_linked",
    "ticket.data_verified",
    "ticket.requester_merged",
    "ticket.requester_unmerged",
    "ticket.rerouted",
];

/// Looks each second for tickets whose requester is to be looked up.
pub(crate) const fn following() -> Scheduled {
    Scheduled {
        name: "registry.follow",
        every: 1,
        run: |app| Box::pin(async move { follow(&app.store).await }),
    }
}

/// Queues what is new in the journal. An installation without sources only remembers how far it has come.
///
/// # Errors
/// When the database is away; what was queued stays queued.
pub async fn follow(store: &Store) -> Outcome<()> {
    let sources = store.all::<RegistrySource>().await?;
    let any = sources.iter().any(|source| source.state.active);
    let sql = "SELECT seq FROM registry_position WHERE name = $1";
    let place = store.read().row(sql, vec![POSITION.into()]).await?;
    let place: Option<i64> = place.map(|row| row.get(0)).transpose()?;
    let (Some(mut after), true) = (place, any) else {
        let position = store.position().await?;
        return match place {
            Some(place) if place >= position => Ok(()),
            _ => note(store, position, Vec::new()).await,
        };
    };
    for _ in 0..ROUNDS {
        let changes = store.changes_after(after, AT_ONCE).await?;
        let Some(last) = changes.last() else { return Ok(()) };
        after = last.seq;
        note(store, after, to_check(&changes)).await?;
    }
    Ok(())
}

fn to_check(changes: &[Change]) -> Vec<Uuid> {
    let telling = changes.iter().filter(|change| TELLING.contains(&change.name.as_str()));
    let each: BTreeSet<Uuid> = telling.map(|change| change.record).collect();
    each.into_iter().collect()
}

async fn note(store: &Store, seq: i64, tickets: Vec<Uuid>) -> Outcome<()> {
    let noted = store.write(Lane::Background, move |tx| {
        let noted: BoxFuture<'_, Outcome<()>> = Box::pin(async move {
            for ticket in tickets {
                queue(tx, ticket, seq).await?;
            }
            let sql = "INSERT INTO registry_position (name, seq) VALUES ($1, $2) \
                       ON CONFLICT (name) DO UPDATE SET seq = excluded.seq";
            tx.run(sql, vec![POSITION.into(), seq.into()]).await.map(drop)
        });
        noted
    });
    noted.await
}

async fn queue(tx: &Tx, ticket: Uuid, seq: i64) -> Outcome<()> {
    tx.enqueue(NewJob {
        kind: KIND,
        payload: serde_json::to_string(&ticket)?,
        run_at: tx.now(),
        unique_key: Some(format!("{KIND}:{ticket}:{seq}")),
    })
    .await
}

/// The job.
pub(crate) const fn job() -> JobHandler {
    JobHandler {
        kind: KIND,
        run: |app, payload| Box::pin(run(app, payload)),
    }
}

async fn run(app: App, payload: String) -> Outcome<()> {
    check(&app.store, serde_json::from_str(&payload)?).await
}

/// Looks the requester of a ticket up in the sources of its area and records what came of it. What answers is recorded although
/// another source does not; then it is tried again.
///
/// # Errors
/// When a source does not answer, or the database is away.
pub async fn check(store: &Store, ticket: Uuid) -> Outcome<()> {
    let Some(loaded) = store.read().state::<Ticket>(ticket).await? else {
        return Ok(());
    };
    let Some(requester) = loaded.state.requester.filter(|_| loaded.state.state.is_open()) else {
        return Ok(());
    };
    let Some(known) = people::person_row(store.read(), requester).await? else {
        return Ok(());
    };
    let sources = store.all::<RegistrySource>().await?;
    let (mut checks, mut silent) = (Vec::new(), None);
    for source in sources.iter().filter(|source| source.state.is_of(loaded.state.area)) {
        match one(store, source, &known).await {
            Ok(check) => checks.push(check),
            Err(error) => silent = Some(error),
        }
    }
    if !checks.is_empty() && checks.iter().all(|check| check.standing == Standing::Absent) {
        known_elsewhere(store, &sources, (loaded.state.area, &known), &mut checks).await?;
    }
    if !checks.is_empty() {
        let act = TicketAct::RecordCheck { requester, checks };
        let system = Arc::new(Actor::system());
        perform(store, &system, ticket, vec![act], Conditions::default()).await?;
    }
    silent.map_or(Ok(()), Err)
}

async fn one(store: &Store, source: &Loaded<RegistrySource>, known: &Named) -> Outcome<SourceCheck> {
    let entry = look_up_and_keep(store, source, (known.id, &known.identity)).await?;
    let fields = entry.as_ref().map(|entry| discrepancies(&known.identity, entry));
    let standing = match &fields {
        None => Standing::Absent,
        Some(fields) if fields.is_empty() => Standing::Congruent,
        Some(_) => Standing::Discrepant,
    };
    let fields = fields.unwrap_or_default();
    Ok(SourceCheck {
        source: source.id,
        standing,
        fields: fields.into_iter().map(|field| field.code().to_owned()).collect(),
    })
}

/// Whoever is in no registry of the area may be in another's: that is shown as such (SD-040). Another area's registry that does
/// not answer holds nothing up.
async fn known_elsewhere(
    store: &Store,
    sources: &[Loaded<RegistrySource>],
    (area, known): (Uuid, &Named),
    checks: &mut Vec<SourceCheck>,
) -> Outcome<()> {
    let others = sources
        .iter()
        .filter(|source| source.state.active && !source.state.is_of(area));
    for source in others {
        match look_up_and_keep(store, source, (known.id, &known.identity)).await {
            Ok(Some(_)) => checks.push(SourceCheck {
                source: source.id,
                standing: Standing::Elsewhere,
                fields: Vec::new(),
            }),
            Ok(None) => {}
            Err(error) => note_failure(store, source.id, error.to_string()).await?,
        }
    }
    Ok(())
}

//! The tickets of `sportello bench clocks`: many due in the same second, many with three clocks that run, one with a long life.

use super::Dice;
use super::clocks::due_after;
use super::organisation::VIA;
use super::words::Vocabulary;
use crate::cli::told;
use anyhow::{Context, Result, bail};
use configuration::Parameters;
use kernel::{Author, Instant, Outcome, Uuid};
use serde_json::{Value, json};
use service_level::{AgreementText, Book, Metric, Target, book};
use std::sync::Arc;
use store::{Aggregate, Lane, NewContent, NewRecord, Recorded, Sql, Store, Tx};
use ticket::domain::{Channel, Opening, Ticket, TicketEvent, TicketKind, WaitingReason, Working};

/// Clocks that are due in the same second.
const DUE: usize = 10_000;
/// Tickets with three running clocks each.
const RUNNING: usize = 33_334;
/// Events of the ticket with a long life, a few more.
const LONG: usize = 1_000;
/// Seconds until what is due is due: by then all must be written, and the server must stand.
pub(super) const LEAD: i64 = 120;
/// Within how many seconds what is due was to be solved.
const WITHIN: i64 = 86_400;
/// Tickets written by one transaction.
const BATCH: usize = 500;

/// What was made.
pub(super) struct Made {
    pub(super) due: Instant,
    pub(super) due_count: usize,
    /// The place of the journal after which everything measured is told.
    pub(super) seq: i64,
    /// Clocks that run, and the agreement under which they do.
    pub(super) running: usize,
    pub(super) agreement: Uuid,
    /// The ticket with a long life.
    pub(super) long: Uuid,
}

impl Made {
    /// The targets of the clocks that run.
    #[expect(clippy::unused_self, reason = "it is theirs")]
    pub(super) fn targets(&self, seconds: i64) -> Vec<Value> {
        let target = |one: Target| json!({"metric": one.metric.code(), "priority": one.priority, "seconds": one.seconds, "elapsed": one.elapsed});
        running_targets(seconds).map(target).collect()
    }
}

/// Targets of the metrics for tickets of the usual priority, in time that always counts.
fn running_targets(seconds: i64) -> impl Iterator<Item = Target> {
    let metrics = Metric::ALL.into_iter().filter(|metric| !metric.is_of_part());
    metrics.map(move |metric| Target {
        metric,
        priority: 4,
        seconds,
        elapsed: true,
    })
}

/// Makes everything: first what takes its time, last what is due soon.
pub(super) async fn make(store: &Store) -> Result<Made> {
    let area = *areas(store).await?.first().context("no area: bench load comes first")?;
    let (long_running, agreement) = agreed(store, "lungo", running_targets(30 * 86_400).collect()).await?;
    let resolution = running_targets(WITHIN).filter(|target| target.metric == Metric::Resolution);
    let (soon, _) = agreed(store, "breve", resolution.collect()).await?;
    let book = book(store).await.map_err(told)?;
    let now = store.clock().now();
    let running = Plan {
        area,
        category: long_running,
        opened: now,
        book: book.clone(),
    };
    eprintln!("{RUNNING} tickets with three clocks each …");
    write(store, &running, RUNNING).await?;
    let long = write_long(store, &running).await?;
    let due = due_after(store.clock().now());
    let soon = Plan {
        area,
        category: soon,
        opened: due.plus_seconds(-WITHIN),
        book,
    };
    eprintln!("{DUE} tickets due at the same time …");
    write(store, &soon, DUE).await?;
    if store.clock().now() >= due.plus_seconds(-20) {
        bail!("writing took too long: what is due is due before the server stands");
    }
    let row = store
        .read()
        .row("SELECT MAX(seq) FROM event", vec![])
        .await
        .map_err(told)?;
    Ok(Made {
        due,
        due_count: DUE,
        seq: row.context("no event")?.get(0).map_err(told)?,
        running: RUNNING * 3,
        agreement,
        long,
    })
}

async fn areas(store: &Store) -> Result<Vec<Uuid>> {
    let areas = store.all::<configuration::Area>().await.map_err(told)?;
    Ok(areas.iter().map(|area| area.id).collect())
}

/// A category of its own, and an agreement for it.
async fn agreed(store: &Store, name: &str, targets: Vec<Target>) -> Result<(Uuid, Uuid)> {
    // Each run has its own.
    let name = format!("Misura {name} {}", store.clock().now().as_millis());
    let made = store.write(Lane::People, move |tx| {
        let (name, targets) = (name.clone(), targets.clone());
        Box::pin(async move {
            let author = Author::system(VIA);
            let category = catalogue::add_category(tx, &author, None, "Misure", &name).await?;
            let text = AgreementText {
                name,
                categories: vec![category.0],
                targets,
                ..AgreementText::default()
            };
            let agreement = service_level::add_agreement(tx, &author, None, text).await?;
            Ok((category.0, agreement.id))
        })
    });
    let made = made.await.map_err(told)?;
    store.note_listed_change();
    Ok(made)
}

/// What tickets are made like.
#[derive(Clone)]
struct Plan {
    area: Uuid,
    category: Uuid,
    opened: Instant,
    book: Arc<Book>,
}

async fn write(store: &Store, plan: &Plan, tickets: usize) -> Result<()> {
    let vocabulary = Arc::new(Vocabulary::new());
    for first in (0..tickets).step_by(BATCH) {
        let (plan, vocabulary) = (plan.clone(), vocabulary.clone());
        let some = BATCH.min(tickets - first);
        let written = store.write(Lane::Background, move |tx| {
            let (plan, vocabulary) = (plan.clone(), vocabulary.clone());
            Box::pin(async move {
                let mut records = Vec::with_capacity(some);
                for n in first..first + some {
                    records.push(ticket(tx, &plan, &vocabulary, n).await?);
                }
                tx.save_new::<Ticket>(records).await
            })
        });
        written.await.map_err(told)?;
    }
    Ok(())
}

async fn ticket(tx: &Tx, plan: &Plan, vocabulary: &Vocabulary, n: usize) -> Outcome<NewRecord<Ticket>> {
    let subject = NewContent::new(vocabulary.sentence(&mut Dice::new(n as u64), 5));
    let number = tx.number("SR", tx.now().year()).await?;
    let public = format!("{number}\n{}", subject.body);
    Ok(NewRecord {
        id: Uuid::now_v7(),
        events: lived(plan, beginning(plan, number, &subject), plan.opened),
        contents: vec![subject],
        public,
        internal: String::new(),
    })
}

fn beginning(plan: &Plan, number: String, subject: &NewContent) -> Vec<TicketEvent> {
    let opening = Opening {
        number,
        area: plan.area,
        channel: Channel::Phone,
        requester: None,
        requester_category: None,
        proven: false,
        subject: subject.reference(),
        description: None,
        group: None,
        external_ref: None,
        route: None,
    };
    let classified = TicketEvent::Classified {
        kind: TicketKind::Incident,
        category: Some(plan.category),
        impact: 2,
        urgency: 3,
        priority: 4,
        override_reason: None,
    };
    vec![TicketEvent::Opened { opening }, classified]
}

/// Events a second apart, with what its clocks have come to at an instant.
fn lived(plan: &Plan, events: Vec<TicketEvent>, now: Instant) -> Vec<(Author, Recorded<TicketEvent>)> {
    let (author, parameters) = (Author::system(VIA), Parameters::default());
    let mut ticket = Ticket::default();
    let mut recorded = Vec::with_capacity(events.len() + 1);
    for (place, event) in (0..).zip(events) {
        let occurred_at = plan.opened.plus_seconds(place).min(now);
        ticket.apply(&event, occurred_at, &author);
        recorded.push(Recorded { event, occurred_at });
    }
    let mut working = Working::on(ticket, &parameters, now, author.clone());
    working.reckon_clocks(&plan.book);
    recorded.extend(working.events);
    recorded.into_iter().map(|one| (author.clone(), one)).collect()
}

/// A ticket that waited again and again, and changed hands in between.
async fn write_long(store: &Store, plan: &Plan) -> Result<Uuid> {
    let plan = Plan {
        opened: plan.opened.plus_seconds(-(LONG as i64)),
        ..plan.clone()
    };
    let written = store.write(Lane::Background, move |tx| {
        let plan = plan.clone();
        Box::pin(async move {
            let subject = NewContent::new("Una richiesta che ha una lunga storia".to_owned());
            let number = tx.number("SR", tx.now().year()).await?;
            let public = format!("{number}\n{}", subject.body);
            let mut events = beginning(&plan, number, &subject);
            events.extend((0..LONG).map(long_step));
            let now = plan.opened.plus_seconds(LONG as i64 + 10);
            let record = NewRecord {
                id: Uuid::now_v7(),
                events: lived(&plan, events, now),
                contents: vec![subject],
                public,
                internal: String::new(),
            };
            let id = record.id;
            tx.save_new::<Ticket>(vec![record]).await?;
            Ok(id)
        })
    });
    written.await.map_err(told)
}

fn long_step(n: usize) -> TicketEvent {
    match n % 3 {
        0 => TicketEvent::Paused {
            reason: WaitingReason::Requester,
            wake_at: None,
            note: None,
        },
        1 => TicketEvent::Resumed,
        _ => TicketEvent::Assigned {
            group: None,
            operator: Some(Uuid::from_u128(n as u128)),
        },
    }
}

//! `sportello bench load`: tickets with ten events each, written in bulk, which must then verify and rebuild unchanged.

use super::Dice;
use super::organisation::{self, Organisation, VIA};
use super::words::Vocabulary;
use crate::cli::told;
use anyhow::{Result, bail};
use kernel::{Author, Instant, Outcome, Uuid};
use std::sync::Arc;
use std::time::Instant as Stopwatch;
use store::{Backend, Lane, NewContent, NewRecord, Recorded, Sql, Store, Tx};
use ticket::domain::{Channel, ClosedReason, Opening, Ticket, TicketEvent, TicketKind, Visibility};

/// Tickets written by one transaction.
const BATCH: usize = 500;
/// One in so many is open.
const OPEN_EACH: usize = 67;

/// Loads `tickets` into an empty database.
pub(crate) async fn load(store: &Store, tickets: usize) -> Result<()> {
    let row = store
        .read()
        .row("SELECT COUNT(*) FROM card", vec![])
        .await
        .map_err(told)?;
    if row.map(|row| row.get::<i64>(0)).transpose().map_err(told)?.unwrap_or(0) > 0 {
        bail!("bench load wants a database without tickets");
    }
    let started = Stopwatch::now();
    let organisation = Arc::new(organisation::make(store, 50_000.min(tickets.max(1000))).await?);
    let vocabulary = Arc::new(Vocabulary::new());
    let indexes = drop_indexes(store).await?;
    let year = store.clock().now().year();
    let mut done = 0;
    while done < tickets {
        let some = BATCH.min(tickets - done);
        let (organisation, vocabulary, first) = (organisation.clone(), vocabulary.clone(), done);
        store
            .write(Lane::Background, move |tx| {
                Box::pin(async move {
                    let records = (first..first + some)
                        .map(|n| ticket(&organisation, &vocabulary, n, year, tickets, tx.now()))
                        .collect();
                    tx.save_new::<Ticket>(records).await
                })
            })
            .await
            .map_err(told)?;
        done += some;
        if done % 50_000 == 0 {
            eprintln!("{done} / {tickets} ({:.0} s)", started.elapsed().as_secs_f64());
        }
    }
    eprintln!("indexes …");
    make_indexes(store, indexes).await?;
    count_on(store, year, tickets).await?;
    store.keep_words().await.map_err(told)?;
    notice::pass_over(store).await.map_err(told)?;
    eprintln!("{tickets} tickets in {:.0} s", started.elapsed().as_secs_f64());
    Ok(())
}

/// Wide writes go faster without the secondary indexes; their definitions come back word for word.
async fn drop_indexes(store: &Store) -> Result<Vec<String>> {
    let sql = match store.backend() {
        Backend::Sqlite => {
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ('card', 'content', 'event')"
        }
        Backend::Postgres => {
            "SELECT indexname::text, indexdef FROM pg_indexes WHERE tablename IN ('card', 'content', 'event', 'search') AND indexname NOT LIKE '%_pkey' AND schemaname = current_schema()"
        }
    };
    let rows = store.read().rows(sql, vec![]).await.map_err(told)?;
    let found: Vec<(String, String)> = rows
        .iter()
        .map(|row| Ok((row.get(0)?, row.get(1)?)))
        .collect::<Outcome<_>>()
        .map_err(told)?;
    let names: Vec<String> = found.iter().map(|(name, _)| name.clone()).collect();
    define(store, names.iter().map(|name| format!("DROP INDEX {name}")).collect()).await?;
    Ok(found.into_iter().map(|(_, definition)| definition).collect())
}

async fn make_indexes(store: &Store, definitions: Vec<String>) -> Result<()> {
    define(store, definitions).await?;
    if store.backend() == Backend::Sqlite {
        let merge = vec!["INSERT INTO search (search) VALUES ('optimize')".to_owned()];
        define(store, merge).await?;
    }
    define(store, vec!["ANALYZE".to_owned()]).await
}

async fn define(store: &Store, statements: Vec<String>) -> Result<()> {
    store
        .write(Lane::Background, move |tx| {
            Box::pin(async move {
                for sql in statements {
                    tx.run(&sql, vec![]).await?;
                }
                Ok(())
            })
        })
        .await
        .map_err(told)
}

/// The next number goes on after the load.
async fn count_on(store: &Store, year: i16, tickets: usize) -> Result<()> {
    store
        .write(Lane::Background, move |tx| {
            Box::pin(async move { set_counter(tx, year, tickets as i64).await })
        })
        .await
        .map_err(told)
}

async fn set_counter(tx: &Tx, year: i16, tickets: i64) -> Outcome<()> {
    let series = format!("number_sr_{year}");
    tx.number("SR", year).await?;
    match tx.backend() {
        Backend::Sqlite => {
            tx.run(
                "UPDATE counter SET value = $2 WHERE name = $1",
                vec![series.into(), tickets.into()],
            )
            .await?;
        }
        Backend::Postgres => {
            tx.row(
                "SELECT setval(($1::text)::regclass, $2)",
                vec![series.into(), tickets.into()],
            )
            .await?;
        }
    }
    Ok(())
}

/// Who a ticket is about and who works on it.
struct Parties {
    area: usize,
    group: Uuid,
    operator: Uuid,
    requester: Uuid,
}

/// One ticket with its ten events. A year of history, evenly, the last ticket just now.
fn ticket(
    org: &Organisation,
    vocabulary: &Vocabulary,
    n: usize,
    year: i16,
    all: usize,
    now: Instant,
) -> NewRecord<Ticket> {
    let mut dice = Dice::new(n as u64 + 1);
    let parties = parties(org, &mut dice);
    let is_open = n.is_multiple_of(OPEN_EACH);
    let texts = texts(vocabulary, &mut dice, is_open);
    let number = format!("SR-{year}-{:06}", n + 1);
    let opened = now.plus_seconds(-31_000_000 + (n as f64 / all.max(1) as f64 * 30_990_000.0) as i64);
    let opening = Opening {
        number: number.clone(),
        area: org.areas[parties.area],
        channel: [Channel::Phone, Channel::Email, Channel::Web][dice.below(3)],
        requester: Some(parties.requester),
        requester_category: None,
        proven: true,
        subject: texts[0].reference(),
        description: Some(texts[1].reference()),
        group: Some(parties.group),
        external_ref: None,
        route: None,
    };
    let category = org.categories[parties.area][dice.below(10)];
    let mut steps = first_steps(opening, &parties, classified(category, &mut dice), &texts);
    steps.extend(if is_open {
        still_open(&parties)
    } else {
        ending(&parties, &texts)
    });
    let mut public = number;
    for text in &texts {
        public.push('\n');
        public.push_str(&text.body);
    }
    NewRecord {
        id: Uuid::now_v7(),
        events: dated(steps, opened),
        internal: texts[2].body.clone(),
        contents: texts,
        public,
    }
}

fn parties(org: &Organisation, dice: &mut Dice) -> Parties {
    let area = dice.below(org.areas.len());
    Parties {
        area,
        group: org.groups[area][dice.below(3)],
        operator: org.operators[area][dice.below(org.operators[area].len())],
        requester: org.requesters[dice.below(org.requesters.len())],
    }
}

/// Subject, description, answer, reply; and the solution, where there is one.
fn texts(vocabulary: &Vocabulary, dice: &mut Dice, is_open: bool) -> Vec<NewContent> {
    let counts: &[usize] = if is_open {
        &[5, 30, 18, 12]
    } else {
        &[5, 30, 18, 12, 20]
    };
    counts
        .iter()
        .map(|count| NewContent::new(vocabulary.sentence(dice, *count)))
        .collect()
}

type Step = (Option<Uuid>, TicketEvent);

fn classified(category: Uuid, dice: &mut Dice) -> TicketEvent {
    let (impact, urgency) = (1 + dice.below(3) as i64, 1 + dice.below(3) as i64);
    TicketEvent::Classified {
        kind: TicketKind::Incident,
        category: Some(category),
        impact,
        urgency,
        priority: impact + urgency - 1,
        override_reason: None,
    }
}

fn message(text: &NewContent, visibility: Visibility, from_requester: bool) -> TicketEvent {
    TicketEvent::MessageAdded {
        visibility,
        body: text.reference(),
        from_requester,
    }
}

fn first_steps(opening: Opening, parties: &Parties, classified: TicketEvent, texts: &[NewContent]) -> Vec<Step> {
    let (operator, requester) = (parties.operator, parties.requester);
    let verified = TicketEvent::DataVerified {
        requester,
        category: None,
        how: "phone".to_owned(),
    };
    vec![
        (Some(requester), TicketEvent::Opened { opening }),
        (Some(operator), TicketEvent::Taken { operator }),
        (Some(operator), verified),
        (Some(operator), classified),
        (Some(operator), message(&texts[2], Visibility::Public, false)),
        (Some(requester), message(&texts[3], Visibility::Public, true)),
        (Some(operator), message(&texts[2], Visibility::Internal, false)),
    ]
}

fn still_open(parties: &Parties) -> Vec<Step> {
    let assigned = TicketEvent::Assigned {
        group: Some(parties.group),
        operator: Some(parties.operator),
    };
    vec![(Some(parties.operator), assigned); 3]
}

fn ending(parties: &Parties, texts: &[NewContent]) -> Vec<Step> {
    let solution = texts[4].reference();
    let closed = TicketEvent::Closed {
        reason: ClosedReason::Confirmed,
        note: None,
    };
    vec![
        (Some(parties.operator), TicketEvent::SolutionGiven { solution }),
        (Some(parties.requester), TicketEvent::SolutionAccepted),
        (Some(parties.requester), closed),
    ]
}

/// The steps a quarter of an hour apart.
fn dated(steps: Vec<Step>, opened: Instant) -> Vec<(Author, Recorded<TicketEvent>)> {
    let at = |place: usize| opened.plus_seconds(place as i64 * 900);
    let recorded = |(place, (person, event))| {
        let via = VIA.to_owned();
        let occurred_at = at(place);
        (Author { person, via }, Recorded { event, occurred_at })
    };
    steps.into_iter().enumerate().map(recorded).collect()
}

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

/// One ticket with its ten events.
fn ticket(
    org: &Organisation,
    vocabulary: &Vocabulary,
    n: usize,
    year: i16,
    all: usize,
    now: Instant,
) -> NewRecord<Ticket> {
    let mut dice = Dice::new(n as u64 + 1);
    let area = dice.below(org.areas.len());
    let group = org.groups[area][dice.below(3)];
    let operator = org.operators[area][dice.below(org.operators[area].len())];
    let requester = org.requesters[dice.below(org.requesters.len())];
    let subject = vocabulary.sentence(&mut dice, 5);
    let texts: Vec<NewContent> = [subject]
        .into_iter()
        .chain([30, 18, 12, 20].map(|count| vocabulary.sentence(&mut dice, count)))
        .map(NewContent::new)
        .collect();
    let number = format!("SR-{year}-{:06}", n + 1);
    // A year of history, evenly, the last ticket just now.
    let opened = now.plus_seconds(-31_000_000 + (n as f64 / all.max(1) as f64 * 30_990_000.0) as i64);
    let opening = Opening {
        number: number.clone(),
        area: org.areas[area],
        channel: [Channel::Phone, Channel::Email, Channel::Web][dice.below(3)],
        requester: Some(requester),
        proven: true,
        subject: texts[0].reference(),
        description: Some(texts[1].reference()),
        group: Some(group),
        external_ref: None,
    };
    let (impact, urgency) = (1 + dice.below(3) as i64, 1 + dice.below(3) as i64);
    let category = Some(org.categories[area][dice.below(10)]);
    let reference = |place: usize| texts[place].reference();
    let message = |place, visibility, from_requester| TicketEvent::MessageAdded {
        visibility,
        body: reference(place),
        from_requester,
    };
    let mut steps = vec![
        (Some(requester), TicketEvent::Opened { opening }),
        (Some(operator), TicketEvent::Taken { operator }),
        (
            Some(operator),
            TicketEvent::DataVerified {
                requester,
                how: "phone".to_owned(),
            },
        ),
        (
            Some(operator),
            TicketEvent::Classified {
                kind: TicketKind::Incident,
                category,
                impact,
                urgency,
                priority: impact + urgency - 1,
                override_reason: None,
            },
        ),
        (Some(operator), message(2, Visibility::Public, false)),
        (Some(requester), message(3, Visibility::Public, true)),
        (Some(operator), message(2, Visibility::Internal, false)),
    ];
    let open = n.is_multiple_of(OPEN_EACH);
    if open {
        steps.extend((0..3).map(|_| {
            (
                Some(operator),
                TicketEvent::Assigned {
                    group: Some(group),
                    operator: Some(operator),
                },
            )
        }));
    } else {
        steps.push((Some(operator), TicketEvent::SolutionGiven { solution: reference(4) }));
        steps.push((Some(requester), TicketEvent::SolutionAccepted));
        steps.push((
            Some(requester),
            TicketEvent::Closed {
                reason: ClosedReason::Confirmed,
                note: None,
            },
        ));
    }
    let events = steps.into_iter().enumerate().map(|(place, (person, event))| {
        let author = Author {
            person,
            via: VIA.to_owned(),
        };
        (
            author,
            Recorded {
                event,
                occurred_at: opened.plus_seconds(place as i64 * 900),
            },
        )
    });
    let solution = if open { "" } else { texts[4].body.as_str() };
    let public = format!(
        "{number}\n{}\n{}\n{}\n{}\n{solution}",
        texts[0].body, texts[1].body, texts[2].body, texts[3].body
    );
    let internal = texts[2].body.clone();
    NewRecord {
        id: Uuid::now_v7(),
        events: events.collect(),
        contents: texts,
        public,
        internal,
    }
}

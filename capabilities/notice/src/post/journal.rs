//! Reading the journal for what somebody is told by mail: in its order, missing nothing, each event decided upon once.
//!
//! How far it was read stands in a row; moving on and writing the mails down is one transaction, so that a node that dies,
//! or two that read at the same time, neither lose nor double anything.

use super::area_mail::{self, AreaMail};
use super::mail::{Mail, MailEvent, MailState, Prepared};
use super::occasion::{Addressee, Case, Occasion, Verdict, decide};
use super::row::{self, MailRow};
use super::send;
use crate::text::area_text::{AreaText, in_force};
use crate::text::for_ticket::About;
use host::Scheduled;
use kernel::{Author, Outcome, Uuid};
use mail::Mailer;
use store::{Lane, Recorded, Sql, Store, StoredEvent, Tx};
use ticket::domain::TicketEvent;
use web::App;

/// Events that are read at once, and decided upon in one transaction.
const AT_ONCE: i64 = 200;
/// Most rounds of one look: what is left is read by the next.
const ROUNDS: usize = 20;

/// Looks each second for what happened.
pub(crate) const fn watch() -> Scheduled {
    Scheduled {
        name: "notice.journal",
        every: 1,
        run: |app| Box::pin(look(app)),
    }
}

async fn look(app: App) -> Outcome<()> {
    for _ in 0..ROUNDS {
        if read_on(&app).await? < AT_ONCE as usize {
            break;
        }
    }
    Ok(())
}

/// Reads on in the journal; answers how many events were read.
///
/// # Errors
/// When the database is away; nothing is lost then.
pub async fn read_on(app: &App) -> Outcome<usize> {
    let after = position(&app.store).await?;
    let events = app.store.events_after(after, AT_ONCE).await?;
    let Some(last) = events.last().map(|event| event.seq) else {
        return Ok(0);
    };
    let mut prepared = Vec::new();
    for event in events.iter().filter(|event| Occasion::may_be(event)) {
        prepared.extend(of_event(app, event).await?);
    }
    move_on(&app.store, after, last, prepared).await?;
    Ok(events.len())
}

async fn position(store: &Store) -> Outcome<i64> {
    let row = store
        .read()
        .row("SELECT seq FROM mail_reader WHERE name = 'mail'", vec![])
        .await?;
    row.map_or(Ok(0), |row| row.get(0))
}

async fn move_on(store: &Store, after: i64, last: i64, prepared: Vec<Prepared>) -> Outcome<()> {
    store
        .write(Lane::Background, move |tx| {
            Box::pin(async move {
                let sql = "UPDATE mail_reader SET seq = $1 WHERE name = 'mail' AND seq = $2";
                if tx.run(sql, vec![last.into(), after.into()]).await? == 1 {
                    for about in prepared {
                        write(tx, about).await?;
                    }
                }
                Ok(())
            })
        })
        .await
}

/// What happened until now is told to nobody: it is past (a demonstration, a measurement).
///
/// # Errors
/// When the database is away.
pub async fn pass_over(store: &Store) -> Outcome<()> {
    store
        .write(Lane::Background, |tx| {
            Box::pin(async move {
                let sql = "UPDATE mail_reader SET seq = (SELECT COALESCE(MAX(seq), 0) FROM event) WHERE name = 'mail'";
                tx.run(sql, vec![]).await.map(drop)
            })
        })
        .await
}

/// Writes a mail down, and queues it where there is somebody to hand it to.
async fn write(tx: &Tx, about: Prepared) -> Outcome<()> {
    let mail = MailRow {
        id: Uuid::now_v7(),
        ticket: about.ticket,
        place: about.place,
        person: about.person,
        occasion: about.occasion,
        state: about.state,
        attempts: 0,
        last_error: String::new(),
        next_at: tx.now(),
        recorded_at: tx.now(),
        updated_at: tx.now(),
    };
    if !row::insert(tx, &mail).await? {
        return Ok(());
    }
    let event = Recorded {
        event: MailEvent::Prepared { about },
        occurred_at: tx.now(),
    };
    let mut record = tx.fresh::<Mail>(mail.id);
    tx.save(&mut record, &Author::system("mail"), vec![event], &[]).await?;
    if mail.state == MailState::Waiting {
        send::queue(tx, mail.id, 1, tx.now()).await?;
    }
    Ok(())
}

/// What one event has somebody told.
async fn of_event(app: &App, event: &StoredEvent) -> Outcome<Option<Prepared>> {
    let Ok(told) = serde_json::from_str::<TicketEvent>(&event.payload) else {
        return Ok(None);
    };
    let Some(occasion) = Occasion::of(&told) else {
        return Ok(None);
    };
    let Some(about) = About::load(&app.store, event.record).await? else {
        return Ok(None);
    };
    let case = case(app, &about, occasion, Some((event, &told))).await?;
    let (person, unaddressed) = match decide(&case) {
        Verdict::Write(person) => (person, false),
        Verdict::NoAddress(person) => (person, true),
        Verdict::Not(_) => return Ok(None),
    };
    let state = if unaddressed {
        MailState::NoAddress
    } else if app.slots.of::<Mailer>().next().is_some() {
        MailState::Waiting
    } else {
        MailState::Held
    };
    let (voice, all) = (about.voice(), app.store.all::<AreaText>().await?);
    let found = in_force(&all, occasion.text(), Some(about.ticket.state.area), voice);
    Ok(Some(Prepared {
        ticket: event.record,
        place: event.position,
        person,
        occasion,
        voice,
        edition: found.map(|(text, edition)| (text.id, edition.number)),
        expected: about.expected(),
        state,
    }))
}

/// The case of something that happened, or that would happen now.
pub(crate) async fn case(
    app: &App,
    about: &About,
    occasion: Occasion,
    happened: Option<(&StoredEvent, &TicketEvent)>,
) -> Outcome<Case> {
    let ticket = &about.ticket.state;
    let all = app.store.all::<AreaMail>().await?;
    let (sender, _) = area_mail::sender(&all, ticket.area);
    let imported = happened.is_some_and(|(event, _)| event.author.via == "import");
    let further_part = match happened {
        Some((_, TicketEvent::AssignmentCreated { assignment })) => {
            let first = ticket.open_assignment().map(|part| part.id);
            first.is_some_and(|first| first != assignment.id)
        }
        _ => false,
    };
    let closed = match happened {
        Some((_, TicketEvent::Closed { reason, .. })) => Some(*reason),
        _ => None,
    };
    Ok(Case {
        occasion,
        channel: ticket.channel,
        imported,
        requester: ticket.requester.map(|person| Addressee {
            person,
            has_address: about.address().is_some(),
            erased: about.requester.is_none(),
        }),
        author: happened.and_then(|(event, _)| event.author.person),
        open: ticket.state.is_open(),
        closed,
        further_part,
        wanted: sender.wants(occasion),
    })
}

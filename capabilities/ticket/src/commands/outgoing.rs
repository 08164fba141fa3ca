//! A reply on its way: kept at once, given after ten seconds, and until then taken back by whoever wrote it (ADR 7).
//!
//! Giving and taking back both begin by taking the row away, so of the two exactly one happens. What the journal tells is the
//! reply as it was given; what was never given is no fact.

use super::directory::Directory;
use super::perform::{allow, perform_in};
use super::{TicketAct, complaint};
use crate::domain::{Ticket, Visibility, Working};
use host::JobHandler;
use kernel::{Error, Instant, Outcome, Refusal, Uuid};
use people::{Actor, Door};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use store::{Idempotency, Lane, NewJob, Sql, Store, Tx};
use web::{App, IfMatch};

/// Seconds for which a reply can be taken back.
pub const GRACE: i64 = 10;
const KIND: &str = "ticket.reply";

/// A reply on its way.
#[derive(Clone, Debug)]
pub(crate) struct Outgoing {
    /// Its identity.
    pub(crate) id: Uuid,
    /// Who wrote it.
    pub(crate) person: Uuid,
    /// The words.
    pub(crate) body: String,
    /// When it is given.
    pub(crate) due_at: Instant,
}

#[derive(Serialize, Deserialize)]
struct Reply {
    reply: Uuid,
}

fn say(body: String) -> TicketAct {
    TicketAct::Say {
        visibility: Visibility::Public,
        body,
    }
}

/// Keeps a reply, to be given in ten seconds. Whatever would be refused then is refused now; sent again, it is kept once.
///
/// # Errors
/// The refusal of the reply.
pub(crate) async fn hold_reply(
    store: &Store,
    actor: &Arc<Actor>,
    ticket: Uuid,
    body: String,
    once: Option<Idempotency>,
) -> Outcome<()> {
    let act = say(body).checked()?;
    let directory = Directory::of(store).await?;
    let actor = actor.clone();
    store
        .write_once(Lane::People, once, move |tx| {
            Box::pin(async move {
                let loaded = tx.load::<Ticket>(ticket).await?;
                allow(&actor, &act, &loaded)?;
                let parameters = directory.parameters(loaded.state.area);
                let mut working = Working::on(loaded.state.clone(), parameters, tx.now(), actor.author());
                complaint::keep_away(tx, &actor, &working, &act).await?;
                let TicketAct::Say { body, visibility } = act else {
                    return Ok(());
                };
                working.say(visibility, body.clone(), false)?;
                keep(tx, ticket, actor.person, body).await
            })
        })
        .await
}

async fn keep(tx: &Tx, ticket: Uuid, person: Uuid, body: String) -> Outcome<()> {
    let (reply, due_at) = (Uuid::now_v7(), tx.now().plus_seconds(GRACE));
    let sql = "INSERT INTO outgoing_reply (id, ticket_id, person_id, body, due_at) VALUES ($1, $2, $3, $4, $5)";
    let values = vec![
        reply.into(),
        ticket.into(),
        person.into(),
        body.into(),
        due_at.as_millis().into(),
    ];
    tx.run(sql, values).await?;
    tx.enqueue(NewJob {
        kind: KIND,
        payload: serde_json::to_string(&Reply { reply })?,
        run_at: due_at,
        unique_key: None,
    })
    .await
}

/// The replies to a ticket that are on their way, the oldest first.
pub(crate) async fn outgoing_of(sql: &impl Sql, ticket: Uuid) -> Outcome<Vec<Outgoing>> {
    let text = "SELECT id, person_id, body, due_at FROM outgoing_reply WHERE ticket_id = $1 ORDER BY id";
    let rows = sql.rows(text, vec![ticket.into()]).await?;
    let outgoing = rows.iter().map(|row| {
        Ok(Outgoing {
            id: row.get(0)?,
            person: row.get(1)?,
            body: row.get(2)?,
            due_at: row.instant(3)?,
        })
    });
    outgoing.collect()
}

/// Takes a reply back, by whoever wrote it; answers its words.
///
/// # Errors
/// A refusal 409 when it has been given, or is not theirs.
pub(crate) async fn take_back(store: &Store, actor: &Actor, ticket: Uuid, reply: Uuid) -> Outcome<String> {
    let person = actor.person;
    store
        .write(Lane::People, move |tx| {
            Box::pin(async move {
                let sql =
                    "DELETE FROM outgoing_reply WHERE id = $1 AND ticket_id = $2 AND person_id = $3 RETURNING body";
                let row = tx.row(sql, vec![reply.into(), ticket.into(), person.into()]).await?;
                let gone = || Refusal::rule("SD-110", "ticket-refusal-reply-given");
                row.ok_or_else(gone)?.get(0)
            })
        })
        .await
}

/// Forgets the replies on their way to a ticket, or by a person: after an erasure nothing more is given.
pub async fn forget_outgoing(tx: &Tx, id: Uuid) -> Outcome<()> {
    let sql = "DELETE FROM outgoing_reply WHERE ticket_id = $1 OR person_id = $1";
    tx.run(sql, vec![id.into()]).await.map(drop)
}

/// The job that gives a reply.
pub(super) const fn reply_job() -> JobHandler {
    JobHandler {
        kind: KIND,
        run: |app, payload| Box::pin(give(app, payload)),
    }
}

async fn give(app: App, payload: String) -> Outcome<()> {
    let Reply { reply } = serde_json::from_str(&payload)?;
    let sql = "SELECT ticket_id, person_id FROM outgoing_reply WHERE id = $1";
    let Some(row) = app.store.read().row(sql, vec![reply.into()]).await? else {
        return Ok(());
    };
    let (ticket, person): (Uuid, Uuid) = (row.get(0)?, row.get(1)?);
    let Some(actor) = Actor::load(&app.store, person, String::new(), None, Door::Console).await? else {
        return Ok(());
    };
    let directory = Directory::of(&app.store).await?;
    let giver = actor.clone();
    let given = app.store.write(Lane::People, move |tx| {
        Box::pin(async move {
            let sql = "DELETE FROM outgoing_reply WHERE id = $1 RETURNING body";
            let Some(row) = tx.row(sql, vec![reply.into()]).await? else {
                return Ok(());
            };
            let acts = vec![say(row.get(0)?)];
            perform_in(tx, &directory, &giver, ticket, acts, &IfMatch::default())
                .await
                .map(drop)
        })
    });
    match given.await {
        Err(Error::Refused(refusal)) => {
            tracing::info!(%ticket, code = refusal.code, "a reply could not be given any more and is a draft again");
            back_to_draft(&app.store, &actor, ticket, reply).await
        }
        other => other,
    }
}

/// What can be given no more (the ticket was cancelled meanwhile) goes back to whoever wrote it.
async fn back_to_draft(store: &Store, actor: &Actor, ticket: Uuid, reply: Uuid) -> Outcome<()> {
    let body = take_back(store, actor, ticket, reply).await?;
    let loaded = store
        .read()
        .state::<Ticket>(ticket)
        .await?
        .ok_or_else(Refusal::not_found)?;
    draft_again(store, actor.person, &loaded.state.number, reply, body).await
}

/// The words as a draft of the ticket's composer; what is written there meanwhile is not lost either.
pub(crate) async fn draft_again(store: &Store, person: Uuid, number: &str, reply: Uuid, body: String) -> Outcome<()> {
    let fields = [("kind", "reply".to_owned()), ("text", body)];
    let typed = workspace::Typed {
        fields: fields.into_iter().map(|(name, text)| (name.to_owned(), text)).collect(),
        writer: format!("reply-{reply}"),
        ..workspace::Typed::default()
    };
    workspace::keep(store, person, &format!("message:{number}"), typed)
        .await
        .map(drop)
}

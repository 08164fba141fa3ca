//! Forgetting a person, everywhere: identity, account, and every text of the requests they made.
//!
//! What happened stays in the journal (figures do not change); what was written goes, with its salt, by `content.erased`
//! events. Each ticket is a transaction of its own, the person comes last, so that a broken erasure is done again.

use crate::erasures::{self, Erasure};
use kernel::{Author, Checks, Limit, Outcome, Refusal, Uuid};
use people::{Act, Actor, Group};
use std::collections::HashMap;
use std::sync::Arc;
use store::{Lane, Sql, Store, Tx, span};
use ticket::domain::Ticket;

/// What an erasure removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Erased {
    /// Tickets that were gone through.
    pub tickets: u64,
    /// Texts removed.
    pub texts: u64,
    /// Files removed.
    pub files: u64,
    /// True when no trace was found in the database's files afterwards.
    pub clean: bool,
}

impl Erased {
    /// With what another part of the same erasure removed; clean is what the last one found.
    fn add(&mut self, other: Self) {
        self.tickets += other.tickets;
        self.texts += other.texts;
        self.files += other.files;
        self.clean = other.clean;
    }
}

/// Erases a person. Doing it again removes what came in the meantime.
///
/// # Errors
/// A refusal 403 without the permission, 404 when nobody has this identity, 422 when the reason is missing or names them.
pub async fn erase_person(store: &Store, actor: &Arc<Actor>, person: Uuid, reason: &str) -> Outcome<Erased> {
    actor.allow_any(Act::Erase)?;
    let mut checks = Checks::new();
    let reason = checks.required("reason", Some(reason), Limit::line(400));
    checks.done()?;
    // Whoever turned out to be this person is this person.
    let mut all = people::all_absorbed_by(store, person).await?;
    all.push(person);
    for same in &all {
        refuse_naming(&traces_of(store, *same).await?, &reason)?;
    }
    let mut erased = Erased::default();
    for same in all {
        erased.add(erase(store, &actor.author(), same, reason.clone()).await?);
    }
    Ok(erased)
}

/// Does again what the list says and the database does not know: after a restore. Answers how many.
pub async fn reapply(store: &Store, list: &[Erasure]) -> Outcome<u64> {
    let mut count = 0;
    for erasure in list {
        let Some(person) = store.read().state::<people::Person>(erasure.person).await? else {
            continue;
        };
        if !person.state.erased {
            erase(
                store,
                &Author::system("restore"),
                erasure.person,
                erasure.reason.clone(),
            )
            .await?;
            count += 1;
        }
    }
    Ok(count)
}

async fn erase(store: &Store, author: &Author, person: Uuid, reason: String) -> Outcome<Erased> {
    let traces = traces_of(store, person).await?;
    refuse_naming(&traces, &reason)?;
    let noted = Erasure {
        person,
        at: store.clock().now(),
        reason: reason.clone(),
    };
    erasures::note(&store.settings().data, &noted).await?;
    store.begin_scrubbing().await?;
    let mut work = Work {
        store,
        author,
        reason,
        traces,
        numbers: Vec::new(),
        erased: Erased::default(),
    };
    for ticket in tickets_of(store, person).await? {
        work.erase_ticket(ticket).await?;
    }
    work.erase_self(person).await?;
    workspace::forget(store, person, &work.numbers, &work.traces).await?;
    work.erased.clean = store.finish_scrubbing(&work.traces).await?;
    if !work.erased.clean {
        tracing::warn!(%person, "somebody holds the database's log: traces may stay in it until it is next emptied");
    }
    Ok(work.erased)
}

/// By what somebody was known.
async fn traces_of(store: &Store, person: Uuid) -> Outcome<Vec<String>> {
    let traces = store.write(Lane::Background, move |tx| {
        Box::pin(async move {
            tx.load::<people::Person>(person).await?;
            people::traces_of(tx, person).await
        })
    });
    traces.await
}

/// The reason stays in the journal: it must not name anybody.
fn refuse_naming(traces: &[String], reason: &str) -> Outcome<()> {
    let lowered = reason.to_lowercase();
    if traces.iter().any(|trace| lowered.contains(&trace.to_lowercase())) {
        return Err(Refusal::field("reason", "privacy-field-reason-names").into());
    }
    Ok(())
}

/// Every ticket that the person ever asked for.
async fn tickets_of(store: &Store, person: Uuid) -> Outcome<Vec<Uuid>> {
    let sql = "SELECT id FROM card WHERE requester_id = $1 UNION SELECT record_id FROM event \
               WHERE name IN ('ticket.opened', 'ticket.guest_linked', 'ticket.data_verified') AND payload LIKE $2";
    let rows = store
        .read()
        .rows(sql, vec![person.into(), format!("%\"requester\":\"{person}\"%").into()])
        .await?;
    rows.iter().map(|row| row.get(0)).collect()
}

struct Work<'w> {
    store: &'w Store,
    author: &'w Author,
    reason: String,
    /// What must be found nowhere afterwards.
    traces: Vec<String>,
    /// The numbers of their tickets.
    numbers: Vec<String>,
    erased: Erased,
}

/// What one ticket gave up.
struct Given {
    number: String,
    texts: Vec<String>,
    files: Vec<String>,
}

impl Work<'_> {
    async fn erase_ticket(&mut self, ticket: Uuid) -> Outcome<()> {
        let (author, reason) = (self.author.clone(), self.reason.clone());
        let given = self
            .store
            .write(Lane::Background, move |tx| {
                Box::pin(async move { erase_texts(tx, &author, ticket, &reason).await })
            })
            .await?;
        self.erased.tickets += 1;
        self.erased.texts += given.texts.len() as u64;
        self.numbers.push(given.number);
        for hash in given.files {
            // Somebody may have attached the same file in between.
            if record::kept_under(self.store.read(), &hash).await? == 0 {
                self.store.blobs().remove(&hash).await?;
                self.erased.files += 1;
            }
        }
        self.traces.extend(given.texts);
        Ok(())
    }

    async fn erase_self(&mut self, person: Uuid) -> Outcome<()> {
        let groups = self.store.all::<Group>().await?;
        let mine: Vec<Uuid> = groups
            .iter()
            .filter(|group| group.state.members.contains(&person))
            .map(|group| group.id)
            .collect();
        let (author, reason, traces) = (self.author.clone(), self.reason.clone(), self.traces.clone());
        self.store
            .write(Lane::Background, move |tx| {
                Box::pin(async move {
                    people::erase_identity(tx, &author, person, &mine, &reason).await?;
                    ticket::forget_outgoing(tx, person).await?;
                    ticket::forget_desk(tx, person).await?;
                    registry::forget(tx, person, &traces).await?;
                    forget_answers_and_jobs(tx, person).await?;
                    forget_jobs_that_say(tx, &traces).await
                })
            })
            .await
    }
}

/// The texts and files of one ticket, its words, and what was kept of answers about it.
async fn erase_texts(tx: &Tx, author: &Author, ticket: Uuid, reason: &str) -> Outcome<Given> {
    let mut loaded = tx.load::<Ticket>(ticket).await?;
    let rows = tx
        .rows("SELECT id, body FROM content WHERE record_id = $1", vec![ticket.into()])
        .await?;
    let contents: Vec<Uuid> = rows.iter().map(|row| row.get(0)).collect::<Outcome<_>>()?;
    let texts: Vec<String> = rows.iter().map(|row| row.get(1)).collect::<Outcome<_>>()?;
    if !contents.is_empty() {
        tx.erase_contents(&mut loaded, author, &contents, reason).await?;
    }
    let files = record::remove_attachments(tx, ticket).await?;
    ticket::forget_outgoing(tx, ticket).await?;
    task::forget_tasks_of(tx, author, ticket, reason).await?;
    if let (Some(card), Some(words)) = (&loaded.card, ticket::record_kind().words) {
        let events = span::events_of(tx, ticket).await?;
        tx.reindex(card, &words(&events, &HashMap::new())?).await?;
    }
    forget_answers_and_jobs(tx, ticket).await?;
    Ok(Given {
        number: loaded.state.number,
        texts,
        files,
    })
}

/// Answers kept for repeated requests, and jobs, that speak of somebody or something.
async fn forget_answers_and_jobs(tx: &Tx, id: Uuid) -> Outcome<()> {
    let like = format!("%{id}%");
    tx.run(
        "DELETE FROM idempotency WHERE answer LIKE $1",
        vec![like.as_str().into()],
    )
    .await?;
    let sql = "UPDATE job SET last_error = NULL WHERE payload LIKE $1";
    tx.run(sql, vec![like.into()]).await.map(drop)
}

/// Jobs hold identities only; one that holds a word of the person all the same is removed.
async fn forget_jobs_that_say(tx: &Tx, traces: &[String]) -> Outcome<()> {
    let rows = tx
        .rows("SELECT id, payload, COALESCE(last_error, '') FROM job", vec![])
        .await?;
    for row in &rows {
        let (payload, error): (String, String) = (row.get(1)?, row.get(2)?);
        let says = |text: &str| {
            traces
                .iter()
                .any(|trace| trace.len() >= 4 && text.contains(trace.as_str()))
        };
        if says(&payload) {
            tx.run("DELETE FROM job WHERE id = $1", vec![row.get::<Uuid>(0)?.into()])
                .await?;
        } else if says(&error) {
            tx.run(
                "UPDATE job SET last_error = NULL WHERE id = $1",
                vec![row.get::<Uuid>(0)?.into()],
            )
            .await?;
        }
    }
    Ok(())
}

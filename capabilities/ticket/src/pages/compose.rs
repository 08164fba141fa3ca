//! `POST /tickets/{number}/messages`: a reply, a note or a solution, with files.

use super::asked::Asked;
use super::mention;
use super::show::{self, Written};
use super::staff::Staff;
use crate::commands::{self, Conditions, TicketAct};
use crate::domain::Visibility;
use axum::extract::State;
use axum::extract::multipart::{Field, Multipart, MultipartRejection};
use axum::response::Response;
use futures_util::TryStreamExt;
use kernel::{Error, Outcome, Refusal, RefusalKind};
use record::NewAttachment;
use serde::de::IgnoredAny;
use store::{Card, Idempotency, Lane, StoredEvent};
use web::{App, PageError, PagePath};

/// Most bytes of a field that is no file.
const TEXT: usize = 400_000;
/// Things that happened meanwhile which are looked at.
const LOOKED_AT: i64 = 200;
/// Most files at once.
const FILES: usize = 20;

/// What was sent.
#[derive(Default)]
struct Sent {
    kind: String,
    text: String,
    solution_seen: Option<String>,
    /// The last thing that stood on the page when it was written.
    seen: Option<i64>,
    draft_writer: String,
    /// The key of what was being written: the same words under the same key are said once.
    once: String,
    files: Vec<NewAttachment>,
}

impl Sent {
    /// Words that are sent twice, by a double click or after an answer that never came, are the same words.
    fn once(&self, person: kernel::Uuid) -> Option<Idempotency> {
        let key = format!("message {} {} {}", self.once, self.kind, self.text);
        (!self.once.is_empty()).then(|| Idempotency::new(person, &key, &[b"message"]))
    }

    /// Files that no act has taken leave no bytes.
    async fn put_back(&mut self, app: &App) {
        let files = std::mem::take(&mut self.files);
        if files.is_empty() {
            return;
        }
        let hashes: Vec<String> = files.iter().map(|file| file.blob.hash.clone()).collect();
        drop(files);
        record::put_back(&app.store, hashes).await;
    }
}

pub(super) async fn send(
    State(app): State<App>,
    staff: Staff,
    asked: Asked,
    PagePath(number): PagePath<String>,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Response, PageError> {
    let card = show::card(&app, &staff, &number).await?;
    let mut sent = Sent::default();
    let done = match form {
        Ok(form) => match receive(&app, form, &mut sent).await {
            Ok(()) => perform(&app, &staff, &card, &mut sent).await,
            Err(refused) => Err(refused),
        },
        Err(_) => Err(Refusal::field("text", "field-required").into()),
    };
    sent.put_back(&app).await;
    let done = match done {
        Err(Error::Refused(_)) if was_done(&app, &staff, &sent).await? => Ok(()),
        done => done,
    };
    match done {
        Ok(()) => {
            let key = show::draft_key(&card.number);
            workspace::sent(&app.store, staff.actor.person, &key, &sent.draft_writer)?;
            Ok(web::see_other(&format!("{}#composer", asked.ticket(&card.number, ""))))
        }
        Err(Error::Refused(refusal)) => {
            let error = words(&staff, &refusal);
            let written = Written {
                kind: sent.kind,
                text: sent.text,
                error,
            };
            let status = web::status_of(refusal.kind);
            Ok(show::page(&app, staff, &asked, &card.number, written, status).await?)
        }
        Err(other) => Err(other.into()),
    }
}

/// True when the very same words were taken before: what is refused now is then their echo.
async fn was_done(app: &App, staff: &Staff, sent: &Sent) -> Outcome<bool> {
    let Some(once) = sent.once(staff.actor.person) else {
        return Ok(false);
    };
    let before = app.store.write(Lane::People, move |tx| {
        Box::pin(async move { once.answered::<IgnoredAny>(tx).await })
    });
    Ok(before.await?.is_some())
}

fn words(staff: &Staff, refusal: &Refusal) -> String {
    let language = staff.frame.language;
    match refusal.fields.first() {
        Some(field) => web::sentence(language, field.key, &field.args),
        None => web::sentence(language, refusal.key, &refusal.args),
    }
}

/// Reads the form as it streams in: words into memory, files into the attachment store.
async fn receive(app: &App, mut form: Multipart, sent: &mut Sent) -> Outcome<()> {
    let broken = |_| Refusal::field("text", "field-wrong-type");
    while let Some(field) = form.next_field().await.map_err(broken)? {
        match field.name() {
            Some("kind") => sent.kind = read(field).await?,
            Some("text") => sent.text = read(field).await?,
            Some("once") => sent.once = read(field).await?,
            Some("draft_writer") => sent.draft_writer = read(field).await?,
            Some("seen") => sent.seen = read(field).await?.parse().ok(),
            Some("seen_solution") => sent.solution_seen = Some(read(field).await?),
            Some("files") => {
                let name = field.file_name().unwrap_or_default().to_owned();
                if name.is_empty() {
                    continue;
                }
                if sent.files.len() >= FILES {
                    return Err(Refusal::field("files", "ticket-page-too-many-files").into());
                }
                let stream = Box::pin(field.into_stream());
                let most = app.settings.attachment_limit;
                sent.files
                    .push(record::receive(&app.store, &name, stream, most, false).await?);
            }
            _ => {}
        }
    }
    Ok(())
}

async fn read(mut field: Field<'_>) -> Outcome<String> {
    let mut bytes = Vec::new();
    while let Some(more) = field
        .chunk()
        .await
        .map_err(|_| Refusal::field("text", "field-wrong-type"))?
    {
        if bytes.len() + more.len() > TEXT {
            return Err(Refusal::new(
                kernel::RefusalKind::TooLarge,
                "body_too_large",
                "refusal-body-too-large",
            )
            .into());
        }
        bytes.extend_from_slice(&more);
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

async fn perform(app: &App, staff: &Staff, card: &Card, sent: &mut Sent) -> Outcome<()> {
    let body = sent.text.clone();
    let internal = sent.kind == "note";
    if !internal {
        nothing_arrived(app, card, sent.seen).await?;
    }
    let first = match sent.kind.as_str() {
        "solution" => {
            unchanged(app, card, sent.solution_seen.as_deref()).await?;
            TicketAct::Solve { solution: body }
        }
        "note" => TicketAct::Say {
            visibility: Visibility::Internal,
            body,
        },
        // Words alone can be taken back for some seconds; files would have to be held with them (ADR 7).
        _ if sent.files.is_empty() => {
            let once = sent.once(staff.actor.person);
            return commands::hold_reply(&app.store, &staff.actor, card.id, body, once).await;
        }
        _ => TicketAct::Say {
            visibility: Visibility::Public,
            body,
        },
    };
    let mut acts = vec![first];
    if internal {
        let people = mention::named_in(&app.store, &sent.text).await?;
        acts.push(TicketAct::Mention { people });
    }
    for mut file in std::mem::take(&mut sent.files) {
        file.internal = internal;
        acts.push(TicketAct::Attach { file });
    }
    let conditions = Conditions {
        idempotency: sent.once(staff.actor.person),
        ..Conditions::default()
    };
    commands::perform(&app.store, &staff.actor, card.id, acts, conditions)
        .await
        .map(drop)
}

/// Whoever writes to the requester has read what the requester wrote meanwhile: the page comes back once with it.
async fn nothing_arrived(app: &App, card: &Card, seen: Option<i64>) -> Outcome<()> {
    let Some(seen) = seen else { return Ok(()) };
    let since = app.store.read().events_of(card.id, seen, LOOKED_AT).await?;
    let from_requester = |event: &StoredEvent| match event.name.as_str() {
        "ticket.solution_refused" => event.author.person == card.requester,
        "ticket.message_added" => {
            let said: serde_json::Value = serde_json::from_str(&event.payload).unwrap_or_default();
            said["from_requester"] == true
        }
        _ => false,
    };
    if since.iter().any(from_requester) {
        return Err(Refusal::new(RefusalKind::Conflict, "reply_arrived", "ticket-page-reply-arrived").into());
    }
    Ok(())
}

/// A solution that somebody gave in between is not written over unseen.
async fn unchanged(app: &App, card: &Card, seen: Option<&str>) -> Outcome<()> {
    let Some(seen) = seen else { return Ok(()) };
    let now = app.store.read().state::<crate::domain::Ticket>(card.id).await?;
    let now = now
        .and_then(|loaded| loaded.state.facts.solved_at)
        .map(|at| at.to_string())
        .unwrap_or_default();
    if now == seen || now.is_empty() {
        return Ok(());
    }
    Err(Refusal::new(kernel::RefusalKind::Stale, "stale", "ticket-page-solved-meanwhile").into())
}

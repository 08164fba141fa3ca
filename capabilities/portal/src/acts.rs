//! What a person does to a request of their own: answer, say whether it works, take it back, open it again.

use crate::files::Sent;
use crate::show::{Typed, own, refused};
use crate::standing::href;
use axum::extract::{Request, State};
use axum::response::Response;
use kernel::{Outcome, Refusal};
use people::{Actor, Visit, form_errors};
use store::{Card, Idempotency};
use ticket::domain::{ClosedReason, Visibility};
use ticket::{Conditions, TicketAct};
use web::{App, FormBody, PageError, PagePath, see_other};

pub(super) async fn answer(
    State(app): State<App>,
    visit: Visit,
    PagePath(number): PagePath<String>,
    request: Request,
) -> Result<Response, PageError> {
    let card = own(&app, &visit.actor, &number).await?;
    let sent = Sent::read(&app, request).await?;
    let body = sent.fields.text("body").to_owned();
    let typed = Typed {
        body: body.clone(),
        ..Typed::default()
    };
    let once = once(&visit.actor, sent.fields.text("once"), &body);
    let acts = match sent.refused {
        Some(error) => Err(error),
        None => words_and_files(body, sent.files),
    };
    let conditions = Conditions {
        idempotency: once,
        ..Conditions::default()
    };
    let outcome = match acts {
        Ok(acts) => ticket::perform(&app.store, &visit.actor, card.id, acts, conditions)
            .await
            .map(drop),
        Err(error) => Err(error),
    };
    told(&app, visit, card, outcome, typed, "sent").await
}

/// The same words under the same key, sent by a double click or once more after an answer that never came, are given once.
fn once(actor: &Actor, key: &str, body: &str) -> Option<Idempotency> {
    let bound = format!("answer {key} {body}");
    (!key.is_empty()).then(|| Idempotency::new(actor.person, &bound, &[b"answer"]))
}

fn words_and_files(body: String, files: Vec<record::NewAttachment>) -> Outcome<Vec<TicketAct>> {
    if body.trim().is_empty() && files.is_empty() {
        return Err(Refusal::field("body", "portal-field-words").into());
    }
    let words = (!body.trim().is_empty()).then_some(TicketAct::Say {
        visibility: Visibility::Public,
        body,
    });
    Ok(words
        .into_iter()
        .chain(files.into_iter().map(|file| TicketAct::Attach { file }))
        .collect())
}

pub(super) async fn outcome(
    State(app): State<App>,
    visit: Visit,
    PagePath(number): PagePath<String>,
    form: FormBody,
) -> Result<Response, PageError> {
    let card = own(&app, &visit.actor, &number).await?;
    let satisfied = form.text("works") == "yes";
    let note = form.text("note").to_owned();
    let typed = Typed {
        note: note.clone(),
        ..Typed::default()
    };
    let act = TicketAct::Hear {
        satisfied,
        class_right: true,
        note: Some(note),
    };
    done(
        &app,
        visit,
        card,
        Ok(vec![act]),
        typed,
        if satisfied { "accepted" } else { "refused" },
    )
    .await
}

pub(super) async fn withdraw(
    State(app): State<App>,
    visit: Visit,
    PagePath(number): PagePath<String>,
) -> Result<Response, PageError> {
    let card = own(&app, &visit.actor, &number).await?;
    let act = TicketAct::Close {
        reason: ClosedReason::Withdrawn,
        note: None,
    };
    done(&app, visit, card, Ok(vec![act]), Typed::default(), "withdrawn").await
}

pub(super) async fn reopen(
    State(app): State<App>,
    visit: Visit,
    PagePath(number): PagePath<String>,
    form: FormBody,
) -> Result<Response, PageError> {
    let card = own(&app, &visit.actor, &number).await?;
    let reason = form.text("reason").to_owned();
    let typed = Typed {
        reason: reason.clone(),
        ..Typed::default()
    };
    done(
        &app,
        visit,
        card,
        Ok(vec![TicketAct::Reopen { reason }]),
        typed,
        "reopened",
    )
    .await
}

/// How it was, once it is closed.
pub(super) async fn rate(
    State(app): State<App>,
    visit: Visit,
    PagePath(number): PagePath<String>,
    form: FormBody,
) -> Result<Response, PageError> {
    let card = own(&app, &visit.actor, &number).await?;
    let note = form.text("rating_note").to_owned();
    let typed = Typed {
        rating_note: note.clone(),
        ..Typed::default()
    };
    let score = form.text("score").parse();
    let act = score.map_err(|_| Refusal::field("score", "portal-field-score").into());
    let act = act.map(|score| TicketAct::Rate {
        score,
        note: Some(note),
    });
    done(&app, visit, card, act.map(|act| vec![act]), typed, "rated").await
}

/// Does the acts and shows the request with a word on what was done; or the form again with what is to mend.
async fn done(
    app: &App,
    visit: Visit,
    card: Card,
    acts: Outcome<Vec<TicketAct>>,
    typed: Typed,
    said: &str,
) -> Result<Response, PageError> {
    let outcome = match acts {
        Ok(acts) => ticket::perform(&app.store, &visit.actor, card.id, acts, Conditions::default())
            .await
            .map(drop),
        Err(error) => Err(error),
    };
    told(app, visit, card, outcome, typed, said).await
}

async fn told(
    app: &App,
    visit: Visit,
    card: Card,
    outcome: Outcome<()>,
    typed: Typed,
    said: &str,
) -> Result<Response, PageError> {
    match outcome {
        Ok(()) => Ok(see_other(&format!("{}?said={said}", href(&card.number)))),
        Err(error) => {
            let errors = form_errors(error, visit.frame.language)?;
            refused(app, visit, card, typed, errors).await
        }
    }
}

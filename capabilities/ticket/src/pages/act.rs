//! `/tickets/{number}/{act}`: one form for each act. What is refused comes back with every typed word in its place.

use super::asked::Asked;
use super::deeds::Deed;
use super::desk::{Desk, Opened};
use super::fields::{Field, Form};
use super::merge::{Settled, settle, settle_all};
use super::requester::{self, RequesterForm};
use super::show;
use super::staff::Staff;
use super::submit;
use crate::commands::{self, Conditions, TicketAct};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kernel::{Error, Outcome, Refusal, RefusalKind};
use std::collections::HashMap;
use ui::{Choice, Errors, Frame};
use web::{App, FormBody, IfMatch, PageError, PagePath};

/// A form of an act.
#[derive(Template)]
#[template(path = "ticket/act.html")]
struct Page {
    frame: Frame,
    desk: Desk,
    title: String,
    help: String,
    send: String,
    danger: bool,
    action: String,
    fields: Vec<Field>,
    overriding: Vec<Field>,
    requester: Option<RequesterForm>,
    hidden: Vec<(String, String)>,
    disputes: Vec<Dispute>,
    errors: Errors,
    refused: String,
}

/// A field that somebody else changed too.
struct Dispute {
    name: &'static str,
    label: String,
    choices: Vec<Choice>,
}

/// What a form says back.
#[derive(Default)]
pub(super) struct Answer {
    pub(super) errors: Errors,
    pub(super) refused: String,
    disputed: Vec<&'static str>,
    status: StatusCode,
}

pub(super) async fn form(
    State(app): State<App>,
    staff: Staff,
    asked: Asked,
    PagePath((number, act)): PagePath<(String, String)>,
) -> Result<Response, PageError> {
    let deed = Deed::from_code(&act).ok_or_else(Refusal::not_found)?;
    let opened = load(&app, &staff, &number).await?;
    let now = submit::present(deed, &opened);
    let body = now
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect::<HashMap<_, _>>();
    page(
        &app,
        staff,
        &asked,
        deed,
        opened,
        &FormBody::from(body),
        Answer::default(),
    )
    .await
}

async fn load(app: &App, staff: &Staff, number: &str) -> Outcome<Opened> {
    show::card(app, staff, number).await?;
    let opened = Opened::load(&app.store, &staff.actor, number).await?;
    staff.note(app, "ticket", Some(opened.card.id));
    Ok(opened)
}

pub(super) async fn submit(
    State(app): State<App>,
    staff: Staff,
    asked: Asked,
    PagePath((number, act)): PagePath<(String, String)>,
    body: FormBody,
) -> Result<Response, PageError> {
    let deed = Deed::from_code(&act).ok_or_else(Refusal::not_found)?;
    let opened = load(&app, &staff, &number).await?;
    if body.text("do") == "search" {
        return page(&app, staff, &asked, deed, opened, &body, Answer::default()).await;
    }
    match perform(&app, &staff, deed, &number, &body).await {
        Ok(()) => Ok(web::see_other(&afterwards(&app, &staff, &asked, &number).await?)),
        Err(Stopped::Disputed(disputed)) => {
            let opened = load(&app, &staff, &number).await?;
            let answer = Answer {
                disputed,
                status: StatusCode::CONFLICT,
                ..Answer::default()
            };
            page(&app, staff, &asked, deed, opened, &body, answer).await
        }
        Err(Stopped::Failed(Error::Refused(refusal))) => {
            let answer = refused(&staff.frame, &refusal);
            page(&app, staff, &asked, deed, opened, &body, answer).await
        }
        Err(Stopped::Failed(other)) => Err(other.into()),
    }
}

/// Where an act leads: back to the ticket, or to the list when the act took it out of one's sight.
async fn afterwards(app: &App, staff: &Staff, asked: &Asked, number: &str) -> Outcome<String> {
    match show::card(app, staff, number).await {
        Ok(card) => Ok(asked.ticket(&card.number, "")),
        Err(Error::Refused(refusal)) if refusal.kind == RefusalKind::NotFound => Ok(asked.list()),
        Err(other) => Err(other),
    }
}

/// Why an act was not done.
enum Stopped {
    /// Somebody else changed these fields too.
    Disputed(Vec<&'static str>),
    /// Refused or failed.
    Failed(Error),
}

impl<E: Into<Error>> From<E> for Stopped {
    fn from(error: E) -> Self {
        Stopped::Failed(error.into())
    }
}

/// Settles the form with the ticket as it is now and does the act; when the ticket changes in that very moment, again.
async fn perform(app: &App, staff: &Staff, deed: Deed, number: &str, body: &FormBody) -> Result<(), Stopped> {
    let once = body.once(staff.actor.person, &format!("{} {number}", deed.code()));
    for _ in 0..3 {
        let opened = Opened::load(&app.store, &staff.actor, number).await?;
        let body = settle_all(body, &submit::present(deed, &opened)).map_err(Stopped::Disputed)?;
        let act: TicketAct = match deed {
            Deed::Identify => TicketAct::Identify {
                requester: requester::named(&body)?.ok_or_else(|| Refusal::field("requester", "field-required"))?,
                verified: body.get("verified").is_some(),
            },
            _ => submit::act(deed, &body, &opened, &staff.frame)?,
        };
        let conditions = Conditions {
            if_match: IfMatch::only(opened.ticket.version),
            idempotency: once.clone(),
        };
        match commands::perform(&app.store, &staff.actor, opened.card.id, vec![act], conditions).await {
            Err(error)
                if error
                    .refusal()
                    .is_some_and(|refusal| refusal.kind == RefusalKind::Stale) => {}
            done => return Ok(done.map(drop)?),
        }
    }
    Err(Refusal::new(RefusalKind::Stale, "stale", "refusal-stale").into())
}

/// A refusal as a form says it: fields by name, rules on top.
pub(super) fn refused(frame: &Frame, refusal: &Refusal) -> Answer {
    let mut answer = Answer {
        status: web::status_of(refusal.kind),
        ..Answer::default()
    };
    for field in &refusal.fields {
        answer.errors.add(
            field.field.clone(),
            web::sentence(frame.language, field.key, &field.args),
        );
    }
    if refusal.fields.is_empty() {
        answer.refused = web::sentence(frame.language, refusal.key, &refusal.args);
    }
    answer
}

async fn page(
    app: &App,
    staff: Staff,
    asked: &Asked,
    deed: Deed,
    opened: Opened,
    body: &FormBody,
    answer: Answer,
) -> Result<Response, PageError> {
    let actor = staff.actor.clone();
    let form = Form {
        frame: &staff.frame,
        body,
        errors: &answer.errors,
    };
    let mut fields = form.fields(deed, &opened);
    let overriding = if deed == Deed::Classify {
        form.overriding()
    } else {
        Vec::new()
    };
    let disputes = disputes(
        &staff.frame,
        deed,
        &opened,
        body,
        &answer.disputed,
        fields.iter().chain(&overriding),
    );
    fields.retain(|field| !answer.disputed.contains(&field.name));
    let requester = match deed {
        Deed::Identify => {
            let part = RequesterForm::load(&app.store, &actor, &staff.frame, body, &answer.errors).await?;
            Some(part.for_deed(deed))
        }
        _ => None,
    };
    let text = |part: &str| staff.frame.t(&format!("ticket-page-act-{}{part}", deed.code()));
    let (title, help) = (text(""), if deed.is_direct() { String::new() } else { text("-help") });
    let hidden = hidden(deed, &opened, body, &answer.disputed);
    let action = asked.ticket(&opened.ticket.number, &format!("/{}", deed.code()));
    let (desk, frame) = Desk::around(app, &actor, staff.frame, asked, &opened).await?;
    let frame = frame.titled(format!("{title} · {}", opened.ticket.number));
    let page = Page {
        frame,
        desk,
        send: title.clone(),
        title,
        help,
        danger: matches!(deed, Deed::Cancel | Deed::Merge),
        action,
        fields,
        overriding,
        requester,
        hidden,
        disputes,
        errors: answer.errors,
        refused: answer.refused,
    };
    Ok((answer.status, web::html(&page)).into_response())
}

/// What the form was opened with, and which assignment it is about. A disputed field has now seen the other's value.
fn hidden(deed: Deed, opened: &Opened, body: &FormBody, disputed: &[&str]) -> Vec<(String, String)> {
    let mut hidden: Vec<(String, String)> = Vec::new();
    for (name, now) in submit::present(deed, opened) {
        let field = format!("seen_{name}");
        let seen = body
            .get(&field)
            .filter(|_| !disputed.contains(&name))
            .map(str::to_owned);
        hidden.push((field, seen.unwrap_or(now)));
    }
    let assignment = submit::assignment(body, opened);
    if matches!(
        deed,
        Deed::TechnicalClosure | Deed::Return | Deed::Accept | Deed::Withdraw
    ) {
        hidden.extend(assignment.map(|id| ("assignment".to_owned(), id.to_string())));
    }
    hidden.extend(body.get("link").map(|link| ("link".to_owned(), link.to_owned())));
    hidden
}

/// Both values of each disputed field, mine first.
fn disputes<'f>(
    frame: &Frame,
    deed: Deed,
    opened: &Opened,
    body: &FormBody,
    disputed: &[&str],
    fields: impl Iterator<Item = &'f Field>,
) -> Vec<Dispute> {
    let now = submit::present(deed, opened);
    let mut disputes = Vec::new();
    for field in fields.filter(|field| disputed.contains(&field.name)) {
        let current = now
            .iter()
            .find(|(name, _)| *name == field.name)
            .map_or("", |(_, value)| value);
        let seen = format!("seen_{}", field.name);
        if let Settled::Disputed { mine, theirs } = settle(body.get(&seen), current, body.text(field.name).trim()) {
            let choices = [("mine", mine), ("theirs", theirs)].map(|(whose, value)| {
                let shown = field
                    .choices
                    .iter()
                    .find(|choice| choice.value == value)
                    .map_or(&value, |choice| &choice.label);
                let shown = if shown.is_empty() {
                    frame.t("ticket-page-nothing")
                } else {
                    shown.clone()
                };
                let label = frame.t1(&format!("ticket-page-{whose}"), "value", shown);
                Choice::new(value, label, "")
            });
            disputes.push(Dispute {
                name: field.name,
                label: field.label.clone(),
                choices: choices.into(),
            });
        }
    }
    disputes
}

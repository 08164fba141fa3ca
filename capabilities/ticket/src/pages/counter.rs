//! A new call: somebody is on the telephone, and the ticket is open before they hang up (SD-035).
//!
//! The form is a draft from the first letter on, under a name of its own: a second call in the middle leaves the first one as
//! it is. What the form asks for is one command, also when the call is solved at once.

use super::asked::Asked;
use super::caller::{self, Panel};
use super::fields::{Field, Form};
use super::names::{Names, term, terms};
use super::reported::{self, Likely};
use super::requester::{self, RequesterForm};
use super::show;
use super::staff::Staff;
use super::submit;
use super::waiting_calls::{self, WaitingCall};
use crate::commands::{self, Conditions, CreateTicket, EarlierFacts, TicketAct};
use crate::domain::{Channel, LinkKind, TicketKind};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kernel::{Error, Instant, Outcome, Refusal, Uuid};
use people::Act;
use serde::Deserialize;
use std::collections::HashMap;
use store::Idempotency;
use ui::{Choice, Errors, Frame};
use web::{App, FormBody, PageError, PagePath, PageQuery};

/// Channels by which people reach a counter.
const CHANNELS: [Channel; 6] = [
    Channel::Phone,
    Channel::WalkIn,
    Channel::Email,
    Channel::Pec,
    Channel::Fax,
    Channel::Chat,
];
/// Fields that are folded away: what stands in them unfolds them.
const FOLDED: [&str; 4] = ["kind", "category", "impact", "urgency"];

/// The form of a call.
#[derive(Template)]
#[template(path = "ticket/new.html")]
struct New {
    frame: Frame,
    errors: Errors,
    refused: String,
    call: String,
    began: i64,
    draft_at: i64,
    draft_ended: String,
    waiting: Vec<WaitingCall>,
    thrown: String,
    requester: Option<RequesterForm>,
    panel: Option<Panel>,
    subject: String,
    likely: Vec<Likely>,
    description: String,
    solution: String,
    confirmed: bool,
    areas: Vec<Choice>,
    channels: Vec<Choice>,
    classification: Vec<Field>,
    folded: bool,
    taken: bool,
}

/// Which call is meant.
#[derive(Default, Deserialize)]
pub(super) struct Meant {
    /// One that waits, or a name for a new one.
    call: Option<Uuid>,
    /// One that was just thrown away.
    thrown: Option<Uuid>,
}

/// What a form is shown with.
#[derive(Default)]
struct Shown {
    call: Uuid,
    thrown: Option<Uuid>,
    errors: Errors,
    refused: String,
    status: StatusCode,
}

pub(super) async fn form(
    State(app): State<App>,
    staff: Staff,
    meant: Result<PageQuery<Meant>, PageError>,
) -> Result<Response, PageError> {
    staff.allow_counter()?;
    let meant = meant.map(|PageQuery(meant)| meant).unwrap_or_default();
    let call = meant.call.unwrap_or_else(Uuid::now_v7);
    let draft = workspace::draft(&app.store, staff.actor.person, &waiting_calls::key_of(call)).await?;
    let typed: HashMap<String, String> = draft
        .draft
        .map(|draft| draft.fields)
        .unwrap_or_default()
        .into_iter()
        .collect();
    let shown = Shown {
        call,
        thrown: meant.thrown,
        ..Shown::default()
    };
    page(&app, staff, &FormBody::from(typed), shown).await
}

pub(super) async fn open(State(app): State<App>, staff: Staff, body: FormBody) -> Result<Response, PageError> {
    staff.allow_counter()?;
    let shown = Shown {
        call: body.text("call").parse().unwrap_or_else(|_| Uuid::now_v7()),
        ..Shown::default()
    };
    if let Some(number) = body.get("on") {
        return Ok(web::see_other(
            &go_on_with(&app, &staff, &body, shown.call, number).await?,
        ));
    }
    if body.text("do") == "search" {
        staff.note(&app, "search", None);
        return page(&app, staff, &body, shown).await;
    }
    let opened = match asked(&body, app.store.clock().now()) {
        Ok(asked) => {
            let conditions = Conditions {
                idempotency: Some(once(&staff, &body)),
                ..Conditions::default()
            };
            commands::create(&app.store, &staff.actor, asked, conditions).await
        }
        Err(refused) => Err(refused),
    };
    match opened {
        Ok(ticket) => {
            let key = waiting_calls::key_of(shown.call);
            workspace::sent(&app.store, staff.actor.person, &key, body.text("draft_writer"))?;
            Ok(web::see_other(&format!("/tickets/{}/opened", ticket.number)))
        }
        Err(Error::Refused(refusal)) => {
            let (errors, refused) = said(&staff.frame, &body, &refusal);
            let status = web::status_of(refusal.kind);
            let shown = Shown {
                errors,
                refused,
                status,
                ..shown
            };
            page(&app, staff, &body, shown).await
        }
        Err(other) => Err(other.into()),
    }
}

/// A form that is sent twice opens one ticket; changed in between it is another form.
fn once(staff: &Staff, body: &FormBody) -> Idempotency {
    let mut fields: Vec<_> = body
        .fields()
        .iter()
        .filter(|(name, _)| *name != "draft_writer")
        .collect();
    fields.sort();
    let all = format!("{fields:?}");
    Idempotency::new(staff.actor.person, &format!("call {all}"), &[all.as_bytes()])
}

/// The call is about a ticket that is open already: what was typed goes there as a draft of a note, and the call is over.
async fn go_on_with(app: &App, staff: &Staff, body: &FormBody, call: Uuid, number: &str) -> Outcome<String> {
    let card = show::card(app, staff, number).await?;
    let person = staff.actor.person;
    let words: Vec<&str> = ["subject", "description"]
        .into_iter()
        .map(|name| body.text(name).trim())
        .collect();
    let text = words.join("\n\n").trim().to_owned();
    let key = show::draft_key(&card.number);
    let free = workspace::draft(&app.store, person, &key).await?.draft.is_none();
    // Words that are being written there already are not touched: the call then waits.
    if free || text.is_empty() {
        if !text.is_empty() {
            let fields = [("kind", "note".to_owned()), ("text", text)];
            let typed = workspace::Typed {
                fields: fields.into_iter().map(|(name, text)| (name.to_owned(), text)).collect(),
                ..workspace::Typed::default()
            };
            workspace::keep(&app.store, person, &key, typed).await?;
        }
        workspace::sent(
            &app.store,
            person,
            &waiting_calls::key_of(call),
            body.text("draft_writer"),
        )?;
    }
    Ok(format!("/tickets/{}?write=note", card.number))
}

/// A refusal in the words of the form: by field, or on top.
fn said(frame: &Frame, body: &FormBody, refusal: &Refusal) -> (Errors, String) {
    let language = frame.language;
    let mut errors = Errors::default();
    for field in &refusal.fields {
        errors.add(field.field.clone(), web::sentence(language, field.key, &field.args));
    }
    if body.text("subject").trim().is_empty() && errors.of("subject").is_empty() {
        errors.add("subject", language.text("field-required"));
    }
    let on_top = errors.is_empty();
    let words = on_top.then(|| web::sentence(language, refusal.key, &refusal.args));
    (errors, words.unwrap_or_default())
}

/// What the form asks for. Whoever says what it is, or solves it, has taken it.
fn asked(body: &FormBody, now: Instant) -> Outcome<CreateTicket> {
    let some = |name: &str| {
        body.get(name)
            .map(str::trim)
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
    };
    let requester = requester::named(body)?.ok_or_else(|| Refusal::field("requester", "ticket-page-say-who"))?;
    let solution = some("solution");
    let parent = some("parent");
    let classified = FOLDED.iter().any(|name| some(name).is_some());
    let classification = (classified || solution.is_some() || parent.is_some())
        .then(|| classification(body))
        .transpose()?;
    let facts = EarlierFacts {
        taken: body.get("taken").is_some() || classification.is_some(),
        classification,
        outcome: solution
            .as_ref()
            .filter(|_| body.get("confirmed").is_some())
            .map(|_| TicketAct::Hear {
                satisfied: true,
                class_right: true,
                note: None,
            }),
        solution: solution.map(|solution| TicketAct::Solve { solution }),
        told: reported::told(body.text("told")),
        parent: parent.map(|to| TicketAct::Link {
            kind: LinkKind::Parent,
            to,
        }),
        ..EarlierFacts::default()
    };
    let began = body.text("began").parse().map_or(now, Instant::from_millis);
    Ok(CreateTicket {
        area: some("area"),
        subject: body.text("subject").to_owned(),
        description: some("description"),
        requester: Some(requester),
        channel: some("channel").and_then(|code| Channel::from_code(&code)),
        external_ref: None,
        offering: None,
        began: Some(began),
        facts,
    })
}

/// What it is. Solved before anybody said what it was, it was a malfunction: the form says so beside the solution.
fn classification(body: &FormBody) -> Outcome<TicketAct> {
    let mut fields = body.fields().clone();
    if body.text("kind").is_empty() {
        fields.insert("kind".to_owned(), TicketKind::Incident.code().to_owned());
    }
    fields.remove("priority");
    fields.remove("reason");
    submit::classification(&FormBody::from(fields))
}

async fn page(app: &App, staff: Staff, body: &FormBody, shown: Shown) -> Result<Response, PageError> {
    let actor = staff.actor.clone();
    let names = Names::of(&app.store, []).await?;
    let requester = RequesterForm::load(&app.store, &actor, &staff.frame, body, &shown.errors).await?;
    let panel = match requester.chosen() {
        Some(person) => caller::panel(app, &staff, person).await?,
        None => None,
    };
    let form = Form {
        frame: &staff.frame,
        body,
        errors: &shown.errors,
    };
    let mut classification = form.classify(&names, None);
    classification.iter_mut().for_each(|field| field.required = false);
    let key = waiting_calls::key_of(shown.call);
    let standing = workspace::draft(&app.store, actor.person, &key).await?;
    let scope = actor.scope(Act::Create);
    let mut areas = names.area_choices(body.text("area"));
    areas.retain(|area| scope.all || scope.areas.iter().any(|mine| mine.to_string() == area.value));
    let channel = body.get("channel").unwrap_or(Channel::Phone.code());
    let codes = CHANNELS.iter().map(|channel| channel.code());
    let touched = FOLDED
        .iter()
        .any(|name| !body.text(name).is_empty() || !shown.errors.of(name).is_empty());
    let page = New {
        refused: shown.refused,
        call: shown.call.to_string(),
        began: body.text("began").parse().unwrap_or(staff.frame.now.as_millis()),
        draft_at: standing.draft.map_or(0, |draft| draft.at.as_millis()),
        draft_ended: standing.ended_by,
        waiting: waiting_calls::waiting(app, &staff, Some(shown.call)).await?,
        thrown: shown.thrown.map(|call| call.to_string()).unwrap_or_default(),
        requester: Some(requester),
        panel,
        likely: reported::of_words(app, &staff, body.text("subject"), body.text("area")).await?,
        subject: body.text("subject").to_owned(),
        description: body.text("description").to_owned(),
        solution: body.text("solution").to_owned(),
        confirmed: body.get("confirmed").is_some(),
        areas,
        channels: terms(staff.frame.language, "channel", codes, channel),
        classification,
        folded: !touched && shown.errors.of("area").is_empty(),
        taken: body.get("subject").is_none() || body.get("taken").is_some(),
        frame: staff.frame.clone().titled(staff.frame.t("ticket-page-new-call")),
        errors: shown.errors,
    };
    Ok((shown.status, web::html(&page)).into_response())
}

/// The number, to be read aloud.
#[derive(Template)]
#[template(path = "ticket/opened.html")]
struct OpenedPage {
    frame: Frame,
    href: String,
    aloud: Vec<String>,
    subject: String,
    who: String,
    priority: String,
    taken: bool,
    heading: String,
    say: String,
}

/// A number in the pieces in which it is read: `SR-2026-`, `000`, `183`.
fn aloud(number: &str) -> Vec<String> {
    let (head, digits) = number.split_at(number.rfind('-').map_or(0, |place| place + 1));
    let (first, rest) = digits.split_at(digits.len() / 2);
    let pieces = [head, first, rest].into_iter().filter(|part| !part.is_empty());
    pieces.map(str::to_owned).collect()
}

pub(super) async fn opened(
    State(app): State<App>,
    staff: Staff,
    asked: Asked,
    PagePath(number): PagePath<String>,
) -> Result<Response, PageError> {
    let card = show::card(&app, &staff, &number).await?;
    let names = Names::of(&app.store, card.requester).await?;
    let frame = &staff.frame;
    let area = names.areas.iter().find(|area| area.id == card.area);
    let days = area.map_or(0, |area| area.state.parameters.reopen_days);
    let (heading, say) = if card.open {
        (frame.t("ticket-page-opened-heading"), frame.t("ticket-page-opened-say"))
    } else {
        (
            frame.t("ticket-page-closed-heading"),
            frame.tn("ticket-page-closed-say", days),
        )
    };
    let page = OpenedPage {
        href: asked.ticket(&card.number, ""),
        who: card.requester.map(|id| names.person(id)).unwrap_or_default(),
        priority: term(frame.language, "priority", &card.priority.to_string()),
        taken: card.operator == Some(staff.actor.person),
        heading,
        say,
        aloud: aloud(&card.number),
        frame: frame
            .clone()
            .titled(frame.t1("ticket-page-opened-title", "number", card.number.as_str())),
        subject: card.subject,
    };
    Ok(web::html(&page))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_in_pieces_and_stays_the_same_number() {
        assert_eq!(aloud("SR-2026-000183"), ["SR-2026-", "000", "183"]);
        assert_eq!(aloud("SR-2026-1234567").concat(), "SR-2026-1234567");
        assert_eq!(aloud("").concat(), "");
    }
}

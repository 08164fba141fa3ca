//! The counter: somebody calls, and the ticket is open before the call ends.

use super::asked::Asked;
use super::fields::{Field, Form};
use super::names::{Names, term, terms};
use super::requester::{self, RequesterForm};
use super::show;
use super::staff::Staff;
use super::submit;
use crate::commands::{self, Conditions, CreateTicket, EarlierFacts, TicketAct};
use crate::domain::Channel;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kernel::{Error, Outcome, Refusal};
use people::Act;
use ui::{Choice, Errors, Frame};
use web::{App, FormBody, PageError};

/// Channels by which people reach a counter.
const CHANNELS: [Channel; 6] = [
    Channel::Phone,
    Channel::WalkIn,
    Channel::Email,
    Channel::Pec,
    Channel::Fax,
    Channel::Chat,
];

/// The form of the counter.
#[derive(Template)]
#[template(path = "ticket/new.html")]
struct New {
    frame: Frame,
    errors: Errors,
    refused: String,
    requester: Option<RequesterForm>,
    subject: String,
    description: String,
    areas: Vec<Choice>,
    channels: Vec<Choice>,
    classification: Vec<Field>,
    taken: bool,
}

/// The number, to be read aloud.
#[derive(Template)]
#[template(path = "ticket/opened.html")]
struct OpenedPage {
    frame: Frame,
    href: String,
    number: String,
    subject: String,
    who: String,
    priority: String,
    taken: bool,
}

pub(super) async fn form(State(app): State<App>, staff: Staff) -> Result<Response, PageError> {
    staff.allow_counter()?;
    page(
        &app,
        staff,
        &FormBody::default(),
        Errors::default(),
        String::new(),
        StatusCode::OK,
    )
    .await
}

pub(super) async fn open(State(app): State<App>, staff: Staff, body: FormBody) -> Result<Response, PageError> {
    staff.allow_counter()?;
    if body.text("do") == "search" {
        staff.note(&app, "search", None);
        return page(&app, staff, &body, Errors::default(), String::new(), StatusCode::OK).await;
    }
    let opened = match asked(&body) {
        Ok(asked) => commands::create(&app.store, &staff.actor, asked, Conditions::default()).await,
        Err(refused) => Err(refused),
    };
    match opened {
        Ok(ticket) => Ok(web::see_other(&format!("/tickets/{}/opened", ticket.number))),
        Err(Error::Refused(refusal)) => {
            let language = staff.frame.language;
            let mut errors = Errors::default();
            for field in &refusal.fields {
                errors.add(field.field.clone(), web::sentence(language, field.key, &field.args));
            }
            if body.text("subject").trim().is_empty() && errors.of("subject").is_empty() {
                errors.add("subject", language.text("field-required"));
            }
            let words = if errors.is_empty() {
                web::sentence(language, refusal.key, &refusal.args)
            } else {
                String::new()
            };
            page(&app, staff, &body, errors, words, web::status_of(refusal.kind)).await
        }
        Err(other) => Err(other.into()),
    }
}

/// What the form asks for. A kind that was chosen classifies at once, and whoever classifies has taken it.
fn asked(body: &FormBody) -> Outcome<CreateTicket> {
    let some = |name: &str| {
        body.get(name)
            .map(str::trim)
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
    };
    let requester = requester::named(body)?.ok_or_else(|| Refusal::field("requester", "ticket-page-say-who"))?;
    let classification = some("kind").map(|_| submit::classification(body)).transpose()?;
    let facts = EarlierFacts {
        taken: body.get("taken").is_some() || classification.is_some(),
        classification: classification.map(|act| match act {
            TicketAct::Classify {
                kind,
                category,
                impact,
                urgency,
                ..
            } => TicketAct::Classify {
                kind,
                category,
                impact,
                urgency,
                priority: None,
                reason: None,
            },
            other => other,
        }),
        ..EarlierFacts::default()
    };
    Ok(CreateTicket {
        area: some("area"),
        subject: body.text("subject").to_owned(),
        description: some("description"),
        requester: Some(requester),
        channel: some("channel").and_then(|code| Channel::from_code(&code)),
        external_ref: None,
        offering: None,
        facts,
    })
}

async fn page(
    app: &App,
    staff: Staff,
    body: &FormBody,
    errors: Errors,
    refused: String,
    status: StatusCode,
) -> Result<Response, PageError> {
    let actor = staff.actor.clone();
    let names = Names::of(&app.store, []).await?;
    let requester = RequesterForm::load(&app.store, &actor, &staff.frame, body, &errors).await?;
    let form = Form {
        frame: &staff.frame,
        body,
        errors: &errors,
    };
    let mut classification = form.classify(&names, None);
    classification.iter_mut().for_each(|field| field.required = false);
    let scope = actor.scope(Act::Create);
    let mut areas = names.area_choices(body.text("area"));
    areas.retain(|area| scope.all || scope.areas.iter().any(|mine| mine.to_string() == area.value));
    let channel = body.get("channel").unwrap_or(Channel::Phone.code());
    let channels = terms(
        staff.frame.language,
        "channel",
        CHANNELS.iter().map(|channel| channel.code()),
        channel,
    );
    let fresh = body.fields().is_empty();
    let title = staff.frame.t("ticket-page-new-ticket");
    let page = New {
        frame: staff.frame.titled(title),
        refused,
        requester: Some(requester),
        subject: body.text("subject").to_owned(),
        description: body.text("description").to_owned(),
        areas,
        channels,
        classification,
        taken: fresh || body.get("taken").is_some(),
        errors,
    };
    Ok((status, web::html(&page)).into_response())
}

pub(super) async fn opened(
    State(app): State<App>,
    staff: Staff,
    asked: Asked,
    Path(number): Path<String>,
) -> Result<Response, PageError> {
    let card = show::card(&app, &staff, &number).await?;
    let names = Names::of(&app.store, card.requester).await?;
    let title = staff
        .frame
        .t1("ticket-page-opened-title", "number", card.number.as_str());
    let page = OpenedPage {
        href: asked.ticket(&card.number, ""),
        who: card.requester.map(|id| names.person(id)).unwrap_or_default(),
        priority: term(staff.frame.language, "priority", &card.priority.to_string()),
        taken: card.operator == Some(staff.actor.person),
        frame: staff.frame.titled(title),
        number: card.number,
        subject: card.subject,
    };
    Ok(web::html(&page))
}

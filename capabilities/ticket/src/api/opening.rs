//! Opening a ticket, and correcting it.

use super::bodies::{ChangeBody, NewTicket};
use super::doing::{Asking, answer, idempotency};
use crate::commands::{self, Conditions, CreateTicket, TicketAct};
use crate::queries::TicketView;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use people::Signed;
use web::{ApiBody, ApiError, ApiPath, App, ChangeRefused, IfMatch, Problem};

/// Opens a ticket, with the facts that are known already: a call solved at once is one request.
#[utoipa::path(
    post, path = "/tickets", tag = "tickets", request_body = NewTicket,
    params(("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses(
        (status = 201, description = "Opened", body = TicketView),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not allowed", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Refused by a rule", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields to correct", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn create_ticket(
    State(app): State<App>,
    signed: Signed,
    headers: HeaderMap,
    body: ApiBody<NewTicket>,
) -> Result<Response, ApiError> {
    let facts = body.value.facts();
    let new = body.value;
    let description = with_items(new.description, new.configuration_items);
    let asked = CreateTicket {
        area: new.area,
        subject: new.subject,
        description,
        requester: new.requester.map(Into::into),
        channel: new.channel,
        external_ref: new.external_ref,
        offering: new.offering,
        began: None,
        facts,
    };
    let idempotency = idempotency(&signed.0, &headers, "create", &body.raw)?;
    let conditions = Conditions {
        idempotency,
        if_match: IfMatch::default(),
    };
    let ticket = commands::create(&app.store, &signed.0, asked, conditions).await?;
    Ok(answer(StatusCode::CREATED, &ticket))
}

/// Configuration items have no room of their own yet: they are kept with the words.
fn with_items(description: Option<String>, items: Option<Vec<String>>) -> Option<String> {
    let items = items.filter(|items| !items.is_empty()).map(|items| items.join(", "));
    match (description, items) {
        (Some(text), Some(items)) => Some(format!("{text}\n\n[{items}]")),
        (text, items) => text.or(items),
    }
}

/// Corrects fields of a ticket.
#[utoipa::path(
    patch, path = "/tickets/{ticket}", tag = "tickets", request_body = ChangeBody,
    params(("ticket" = String, Path, description = "Identity or number"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant")),
    responses((status = 200, description = "Done: the ticket as it is now", body = TicketView), ChangeRefused)
)]
pub(super) async fn change_ticket(
    asking: Asking,
    ApiPath(key): ApiPath<String>,
    body: ApiBody<ChangeBody>,
) -> Result<Response, ApiError> {
    let ChangeBody {
        subject,
        kind,
        category,
        impact,
        urgency,
    } = body.value;
    let mut acts = Vec::new();
    if let Some(subject) = subject {
        acts.push(TicketAct::ChangeSubject { subject });
    }
    if kind.is_some() || category.is_some() || impact.is_some() || urgency.is_some() {
        acts.push(TicketAct::Classify {
            kind,
            category,
            impact,
            urgency,
            priority: None,
            reason: None,
        });
    }
    if acts.is_empty() {
        return Err(kernel::Refusal::field("subject", "field-required").into());
    }
    asking.act(&key, "change", &body.raw, acts).await
}

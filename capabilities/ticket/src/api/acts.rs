//! Acts on a ticket by the API.

use super::bodies::{
    AssignmentBody, ChangeBody, ClassificationBody, ClosureBody, ContactAttemptBody, DiagnosisBody, IdentificationBody,
    LinkBody, MergeBody, MessageBody, NewTicket, NothingBody, OutcomeBody, OwnerBody, PauseBody, ReasonBody,
    RerouteBody, SolutionBody, TechnicalClosureBody,
};
use crate::commands::{self, Conditions, CreateTicket, TicketAct};
use crate::domain::Visibility;
use crate::queries::TicketView;
use axum::Json;
use axum::extract::State;
use axum::http::header::{ETAG, LOCATION};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use kernel::{Outcome, Uuid};
use people::{Act, Actor, Signed};
use store::Idempotency;
use web::{ApiBody, ApiError, ApiPath, App, IfMatch, Problem, etag};

/// The caller's key, bound to what is asked.
fn idempotency(actor: &Actor, headers: &HeaderMap, route: &str, raw: &[u8]) -> Outcome<Option<Idempotency>> {
    let Some(key) = headers.get("idempotency-key") else {
        return Ok(None);
    };
    let key = key.to_str().ok().filter(|key| !key.is_empty() && key.len() <= 255);
    let key = key.ok_or_else(|| kernel::Refusal::field("Idempotency-Key", "field-wrong-type"))?;
    Ok(Some(Idempotency::new(actor.person, key, &[route.as_bytes(), raw])))
}

/// A ticket as an answer, with its version.
fn answer(status: StatusCode, ticket: &TicketView) -> Response {
    let mut response = (status, [(ETAG, etag(ticket.version))], Json(ticket)).into_response();
    if status == StatusCode::CREATED
        && let Ok(location) = format!("/api/v1/tickets/{}", ticket.number).parse()
    {
        response.headers_mut().insert(LOCATION, location);
    }
    response
}

/// Loads the ticket's identity, does the acts, answers the ticket.
async fn act(app: &App, request: Request<'_>, acts: Vec<TicketAct>) -> Result<Response, ApiError> {
    let Request {
        signed,
        headers,
        if_match,
        key,
        route,
        raw,
    } = request;
    let actor = signed.0;
    let card = record::card(app.store.read(), &actor, Act::View, key).await?;
    let idempotency = idempotency(&actor, headers, &format!("{route} {}", card.id), raw)?;
    let ticket = commands::perform(&app.store, &actor, card.id, acts, Conditions { idempotency, if_match }).await?;
    Ok(answer(StatusCode::OK, &ticket))
}

/// What all acts have in common.
struct Request<'r> {
    signed: Signed,
    headers: &'r HeaderMap,
    if_match: IfMatch,
    key: &'r str,
    route: &'static str,
    raw: &'r [u8],
}

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
    responses(
        (status = 200, description = "Done: the ticket as it is now", body = TicketView),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not allowed", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Not there, or not to be seen", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Refused by a rule", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "Changed since it was read", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields to correct", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn change_ticket(
    State(app): State<App>,
    signed: Signed,
    if_match: IfMatch,
    headers: HeaderMap,
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
    let request = Request {
        signed,
        headers: &headers,
        if_match,
        key: &key,
        route: "change",
        raw: &body.raw,
    };
    act(&app, request, acts).await
}

/// Takes a ticket in charge; of two people one wins and the other is told who (SD-112).
#[utoipa::path(
    post, path = "/tickets/{ticket}/take", tag = "acts",
    params(("ticket" = String, Path, description = "Identity or number"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses(
        (status = 200, description = "Done: the ticket as it is now", body = TicketView),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not allowed", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Not there, or not to be seen", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Refused by a rule", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "Changed since it was read", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields to correct", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn take(
    State(app): State<App>,
    signed: Signed,
    if_match: IfMatch,
    headers: HeaderMap,
    ApiPath(key): ApiPath<String>,
    body: ApiBody<NothingBody>,
) -> Result<Response, ApiError> {
    let acts = vec![TicketAct::Take];
    let request = Request {
        signed,
        headers: &headers,
        if_match,
        key: &key,
        route: "take",
        raw: &body.raw,
    };
    act(&app, request, acts).await
}

/// Gives a ticket to a group of the desk, a person, or both.
#[utoipa::path(
    post, path = "/tickets/{ticket}/owner", tag = "acts", request_body = OwnerBody,
    params(("ticket" = String, Path, description = "Identity or number"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses(
        (status = 200, description = "Done: the ticket as it is now", body = TicketView),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not allowed", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Not there, or not to be seen", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Refused by a rule", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "Changed since it was read", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields to correct", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn assign_owner(
    State(app): State<App>,
    signed: Signed,
    if_match: IfMatch,
    headers: HeaderMap,
    ApiPath(key): ApiPath<String>,
    body: ApiBody<OwnerBody>,
) -> Result<Response, ApiError> {
    let raw = body.raw.clone();
    let body = body.value;
    let acts = vec![TicketAct::Assign {
        group: body.group,
        operator: body.operator,
    }];
    let request = Request {
        signed,
        headers: &headers,
        if_match,
        key: &key,
        route: "assign_owner",
        raw: &raw,
    };
    act(&app, request, acts).await
}

/// Says who the requester is (SD-041, SD-042).
#[utoipa::path(
    post, path = "/tickets/{ticket}/identification", tag = "acts", request_body = IdentificationBody,
    params(("ticket" = String, Path, description = "Identity or number"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses(
        (status = 200, description = "Done: the ticket as it is now", body = TicketView),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not allowed", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Not there, or not to be seen", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Refused by a rule", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "Changed since it was read", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields to correct", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn identify(
    State(app): State<App>,
    signed: Signed,
    if_match: IfMatch,
    headers: HeaderMap,
    ApiPath(key): ApiPath<String>,
    body: ApiBody<IdentificationBody>,
) -> Result<Response, ApiError> {
    let raw = body.raw.clone();
    let body = body.value;
    let acts = vec![body.act()];
    let request = Request {
        signed,
        headers: &headers,
        if_match,
        key: &key,
        route: "identify",
        raw: &raw,
    };
    act(&app, request, acts).await
}

/// Registers the reason (SD-052).
#[utoipa::path(
    post, path = "/tickets/{ticket}/registration", tag = "acts", request_body = ReasonBody,
    params(("ticket" = String, Path, description = "Identity or number"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses(
        (status = 200, description = "Done: the ticket as it is now", body = TicketView),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not allowed", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Not there, or not to be seen", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Refused by a rule", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "Changed since it was read", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields to correct", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn register(
    State(app): State<App>,
    signed: Signed,
    if_match: IfMatch,
    headers: HeaderMap,
    ApiPath(key): ApiPath<String>,
    body: ApiBody<ReasonBody>,
) -> Result<Response, ApiError> {
    let raw = body.raw.clone();
    let body = body.value;
    let acts = vec![TicketAct::Register { reason: body.reason }];
    let request = Request {
        signed,
        headers: &headers,
        if_match,
        key: &key,
        route: "register",
        raw: &raw,
    };
    act(&app, request, acts).await
}

/// Records a diagnosis (SD-053).
#[utoipa::path(
    post, path = "/tickets/{ticket}/diagnosis", tag = "acts", request_body = DiagnosisBody,
    params(("ticket" = String, Path, description = "Identity or number"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses(
        (status = 200, description = "Done: the ticket as it is now", body = TicketView),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not allowed", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Not there, or not to be seen", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Refused by a rule", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "Changed since it was read", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields to correct", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn diagnose(
    State(app): State<App>,
    signed: Signed,
    if_match: IfMatch,
    headers: HeaderMap,
    ApiPath(key): ApiPath<String>,
    body: ApiBody<DiagnosisBody>,
) -> Result<Response, ApiError> {
    let raw = body.raw.clone();
    let body = body.value;
    let acts = vec![TicketAct::Diagnose {
        diagnosis: body.diagnosis,
    }];
    let request = Request {
        signed,
        headers: &headers,
        if_match,
        key: &key,
        route: "diagnose",
        raw: &raw,
    };
    act(&app, request, acts).await
}

/// Classifies a ticket, or classifies it again (SD-054).
#[utoipa::path(
    post, path = "/tickets/{ticket}/classification", tag = "acts", request_body = ClassificationBody,
    params(("ticket" = String, Path, description = "Identity or number"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses(
        (status = 200, description = "Done: the ticket as it is now", body = TicketView),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not allowed", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Not there, or not to be seen", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Refused by a rule", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "Changed since it was read", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields to correct", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn classify(
    State(app): State<App>,
    signed: Signed,
    if_match: IfMatch,
    headers: HeaderMap,
    ApiPath(key): ApiPath<String>,
    body: ApiBody<ClassificationBody>,
) -> Result<Response, ApiError> {
    let raw = body.raw.clone();
    let body = body.value;
    let acts = vec![body.act()];
    let request = Request {
        signed,
        headers: &headers,
        if_match,
        key: &key,
        route: "classify",
        raw: &raw,
    };
    act(&app, request, acts).await
}

/// Sends a ticket to another area (SD-050).
#[utoipa::path(
    post, path = "/tickets/{ticket}/reroute", tag = "acts", request_body = RerouteBody,
    params(("ticket" = String, Path, description = "Identity or number"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses(
        (status = 200, description = "Done: the ticket as it is now", body = TicketView),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not allowed", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Not there, or not to be seen", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Refused by a rule", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "Changed since it was read", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields to correct", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn reroute(
    State(app): State<App>,
    signed: Signed,
    if_match: IfMatch,
    headers: HeaderMap,
    ApiPath(key): ApiPath<String>,
    body: ApiBody<RerouteBody>,
) -> Result<Response, ApiError> {
    let raw = body.raw.clone();
    let body = body.value;
    let acts = vec![TicketAct::Reroute {
        area: body.area,
        reason: body.reason,
    }];
    let request = Request {
        signed,
        headers: &headers,
        if_match,
        key: &key,
        route: "reroute",
        raw: &raw,
    };
    act(&app, request, acts).await
}

/// Links a ticket to another (SD-055).
#[utoipa::path(
    post, path = "/tickets/{ticket}/link", tag = "acts", request_body = LinkBody,
    params(("ticket" = String, Path, description = "Identity or number"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses(
        (status = 200, description = "Done: the ticket as it is now", body = TicketView),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not allowed", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Not there, or not to be seen", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Refused by a rule", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "Changed since it was read", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields to correct", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn link(
    State(app): State<App>,
    signed: Signed,
    if_match: IfMatch,
    headers: HeaderMap,
    ApiPath(key): ApiPath<String>,
    body: ApiBody<LinkBody>,
) -> Result<Response, ApiError> {
    let raw = body.raw.clone();
    let body = body.value;
    let acts = vec![TicketAct::Link {
        kind: body.kind,
        to: body.to,
    }];
    let request = Request {
        signed,
        headers: &headers,
        if_match,
        key: &key,
        route: "link",
        raw: &raw,
    };
    act(&app, request, acts).await
}

/// Sends a ticket, or a part of it, to the second level (SD-070).
#[utoipa::path(
    post, path = "/tickets/{ticket}/assignments", tag = "acts", request_body = AssignmentBody,
    params(("ticket" = String, Path, description = "Identity or number"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses(
        (status = 200, description = "Done: the ticket as it is now", body = TicketView),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not allowed", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Not there, or not to be seen", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Refused by a rule", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "Changed since it was read", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields to correct", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn send_to_second_level(
    State(app): State<App>,
    signed: Signed,
    if_match: IfMatch,
    headers: HeaderMap,
    ApiPath(key): ApiPath<String>,
    body: ApiBody<AssignmentBody>,
) -> Result<Response, ApiError> {
    let raw = body.raw.clone();
    let body = body.value;
    let acts = {
        let diagnosis = body.diagnosis.map(|diagnosis| TicketAct::Diagnose { diagnosis });
        let classification = body.classification.map(ClassificationBody::act);
        let send = TicketAct::SendToSecondLevel {
            group: body.group,
            note: body.note,
        };
        [diagnosis, classification, Some(send)].into_iter().flatten().collect()
    };
    let request = Request {
        signed,
        headers: &headers,
        if_match,
        key: &key,
        route: "send_to_second_level",
        raw: &raw,
    };
    act(&app, request, acts).await
}

/// Lets a ticket wait for a coded reason.
#[utoipa::path(
    post, path = "/tickets/{ticket}/pause", tag = "acts", request_body = PauseBody,
    params(("ticket" = String, Path, description = "Identity or number"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses(
        (status = 200, description = "Done: the ticket as it is now", body = TicketView),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not allowed", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Not there, or not to be seen", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Refused by a rule", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "Changed since it was read", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields to correct", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn pause(
    State(app): State<App>,
    signed: Signed,
    if_match: IfMatch,
    headers: HeaderMap,
    ApiPath(key): ApiPath<String>,
    body: ApiBody<PauseBody>,
) -> Result<Response, ApiError> {
    let raw = body.raw.clone();
    let body = body.value;
    let acts = vec![TicketAct::Pause {
        reason: body.reason,
        wake_at: body.wake_at,
        note: body.note,
    }];
    let request = Request {
        signed,
        headers: &headers,
        if_match,
        key: &key,
        route: "pause",
        raw: &raw,
    };
    act(&app, request, acts).await
}

/// Goes on with a ticket that waits.
#[utoipa::path(
    post, path = "/tickets/{ticket}/resumption", tag = "acts",
    params(("ticket" = String, Path, description = "Identity or number"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses(
        (status = 200, description = "Done: the ticket as it is now", body = TicketView),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not allowed", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Not there, or not to be seen", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Refused by a rule", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "Changed since it was read", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields to correct", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn resume(
    State(app): State<App>,
    signed: Signed,
    if_match: IfMatch,
    headers: HeaderMap,
    ApiPath(key): ApiPath<String>,
    body: ApiBody<NothingBody>,
) -> Result<Response, ApiError> {
    let acts = vec![TicketAct::Resume];
    let request = Request {
        signed,
        headers: &headers,
        if_match,
        key: &key,
        route: "resume",
        raw: &body.raw,
    };
    act(&app, request, acts).await
}

/// Gives a solution; earlier facts may come along (SD-059).
#[utoipa::path(
    post, path = "/tickets/{ticket}/solution", tag = "acts", request_body = SolutionBody,
    params(("ticket" = String, Path, description = "Identity or number"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses(
        (status = 200, description = "Done: the ticket as it is now", body = TicketView),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not allowed", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Not there, or not to be seen", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Refused by a rule", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "Changed since it was read", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields to correct", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn solve(
    State(app): State<App>,
    signed: Signed,
    if_match: IfMatch,
    headers: HeaderMap,
    ApiPath(key): ApiPath<String>,
    body: ApiBody<SolutionBody>,
) -> Result<Response, ApiError> {
    let raw = body.raw.clone();
    let body = body.value;
    let acts = body.acts();
    let request = Request {
        signed,
        headers: &headers,
        if_match,
        key: &key,
        route: "solve",
        raw: &raw,
    };
    act(&app, request, acts).await
}

/// Records what the requester says of the solution (SD-061).
#[utoipa::path(
    post, path = "/tickets/{ticket}/outcome", tag = "acts", request_body = OutcomeBody,
    params(("ticket" = String, Path, description = "Identity or number"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses(
        (status = 200, description = "Done: the ticket as it is now", body = TicketView),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not allowed", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Not there, or not to be seen", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Refused by a rule", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "Changed since it was read", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields to correct", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn hear(
    State(app): State<App>,
    signed: Signed,
    if_match: IfMatch,
    headers: HeaderMap,
    ApiPath(key): ApiPath<String>,
    body: ApiBody<OutcomeBody>,
) -> Result<Response, ApiError> {
    let raw = body.raw.clone();
    let body = body.value;
    let acts = vec![body.act()];
    let request = Request {
        signed,
        headers: &headers,
        if_match,
        key: &key,
        route: "hear",
        raw: &raw,
    };
    act(&app, request, acts).await
}

/// Records a call to the requester (SD-084); when reached, the answer may come along.
#[utoipa::path(
    post, path = "/tickets/{ticket}/contact-attempts", tag = "acts", request_body = ContactAttemptBody,
    params(("ticket" = String, Path, description = "Identity or number"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses(
        (status = 200, description = "Done: the ticket as it is now", body = TicketView),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not allowed", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Not there, or not to be seen", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Refused by a rule", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "Changed since it was read", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields to correct", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn call(
    State(app): State<App>,
    signed: Signed,
    if_match: IfMatch,
    headers: HeaderMap,
    ApiPath(key): ApiPath<String>,
    body: ApiBody<ContactAttemptBody>,
) -> Result<Response, ApiError> {
    let raw = body.raw.clone();
    let body = body.value;
    let acts = {
        let heard = body.satisfied.map(|satisfied| TicketAct::Hear {
            satisfied,
            class_right: true,
            note: body.note,
        });
        [Some(TicketAct::Call { outcome: body.outcome }), heard]
            .into_iter()
            .flatten()
            .collect()
    };
    let request = Request {
        signed,
        headers: &headers,
        if_match,
        key: &key,
        route: "call",
        raw: &raw,
    };
    act(&app, request, acts).await
}

/// Closes a ticket where the requester was heard or need not be (SD-080…089).
#[utoipa::path(
    post, path = "/tickets/{ticket}/closure", tag = "acts", request_body = ClosureBody,
    params(("ticket" = String, Path, description = "Identity or number"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses(
        (status = 200, description = "Done: the ticket as it is now", body = TicketView),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not allowed", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Not there, or not to be seen", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Refused by a rule", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "Changed since it was read", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields to correct", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn close(
    State(app): State<App>,
    signed: Signed,
    if_match: IfMatch,
    headers: HeaderMap,
    ApiPath(key): ApiPath<String>,
    body: ApiBody<ClosureBody>,
) -> Result<Response, ApiError> {
    let raw = body.raw.clone();
    let body = body.value;
    let acts = vec![TicketAct::Close {
        reason: body.reason,
        note: body.note,
    }];
    let request = Request {
        signed,
        headers: &headers,
        if_match,
        key: &key,
        route: "close",
        raw: &raw,
    };
    act(&app, request, acts).await
}

/// Opens a closed ticket again within the term (SD-088).
#[utoipa::path(
    post, path = "/tickets/{ticket}/reopening", tag = "acts", request_body = ReasonBody,
    params(("ticket" = String, Path, description = "Identity or number"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses(
        (status = 200, description = "Done: the ticket as it is now", body = TicketView),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not allowed", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Not there, or not to be seen", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Refused by a rule", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "Changed since it was read", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields to correct", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn reopen(
    State(app): State<App>,
    signed: Signed,
    if_match: IfMatch,
    headers: HeaderMap,
    ApiPath(key): ApiPath<String>,
    body: ApiBody<ReasonBody>,
) -> Result<Response, ApiError> {
    let raw = body.raw.clone();
    let body = body.value;
    let acts = vec![TicketAct::Reopen { reason: body.reason }];
    let request = Request {
        signed,
        headers: &headers,
        if_match,
        key: &key,
        route: "reopen",
        raw: &raw,
    };
    act(&app, request, acts).await
}

/// Cancels a ticket: it was none.
#[utoipa::path(
    post, path = "/tickets/{ticket}/cancellation", tag = "acts", request_body = ReasonBody,
    params(("ticket" = String, Path, description = "Identity or number"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses(
        (status = 200, description = "Done: the ticket as it is now", body = TicketView),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not allowed", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Not there, or not to be seen", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Refused by a rule", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "Changed since it was read", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields to correct", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn cancel(
    State(app): State<App>,
    signed: Signed,
    if_match: IfMatch,
    headers: HeaderMap,
    ApiPath(key): ApiPath<String>,
    body: ApiBody<ReasonBody>,
) -> Result<Response, ApiError> {
    let raw = body.raw.clone();
    let body = body.value;
    let acts = vec![TicketAct::Cancel { reason: body.reason }];
    let request = Request {
        signed,
        headers: &headers,
        if_match,
        key: &key,
        route: "cancel",
        raw: &raw,
    };
    act(&app, request, acts).await
}

/// Ends a ticket as merged into another.
#[utoipa::path(
    post, path = "/tickets/{ticket}/merge", tag = "acts", request_body = MergeBody,
    params(("ticket" = String, Path, description = "Identity or number"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses(
        (status = 200, description = "Done: the ticket as it is now", body = TicketView),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not allowed", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Not there, or not to be seen", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Refused by a rule", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "Changed since it was read", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields to correct", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn merge(
    State(app): State<App>,
    signed: Signed,
    if_match: IfMatch,
    headers: HeaderMap,
    ApiPath(key): ApiPath<String>,
    body: ApiBody<MergeBody>,
) -> Result<Response, ApiError> {
    let raw = body.raw.clone();
    let body = body.value;
    let acts = vec![TicketAct::Merge { into: body.into }];
    let request = Request {
        signed,
        headers: &headers,
        if_match,
        key: &key,
        route: "merge",
        raw: &raw,
    };
    act(&app, request, acts).await
}

/// Adds a message or an internal note.
#[utoipa::path(
    post, path = "/tickets/{ticket}/messages", tag = "acts", request_body = MessageBody,
    params(("ticket" = String, Path, description = "Identity or number"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses(
        (status = 200, description = "Done: the ticket as it is now", body = TicketView),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not allowed", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Not there, or not to be seen", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Refused by a rule", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "Changed since it was read", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields to correct", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn say(
    State(app): State<App>,
    signed: Signed,
    if_match: IfMatch,
    headers: HeaderMap,
    ApiPath(key): ApiPath<String>,
    body: ApiBody<MessageBody>,
) -> Result<Response, ApiError> {
    let raw = body.raw.clone();
    let body = body.value;
    let acts = vec![TicketAct::Say {
        visibility: body.visibility.unwrap_or(Visibility::Public),
        body: body.body,
    }];
    let request = Request {
        signed,
        headers: &headers,
        if_match,
        key: &key,
        route: "say",
        raw: &raw,
    };
    act(&app, request, acts).await
}

/// Accepts an assignment.
#[utoipa::path(
    post, path = "/tickets/{ticket}/assignments/{assignment}/acceptance", tag = "acts",
    params(("ticket" = String, Path, description = "Identity or number"),
        ("assignment" = Uuid, Path, description = "Which assignment"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses(
        (status = 200, description = "Done: the ticket as it is now", body = TicketView),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not allowed", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Not there, or not to be seen", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Refused by a rule", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "Changed since it was read", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields to correct", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn accept_assignment(
    State(app): State<App>,
    signed: Signed,
    if_match: IfMatch,
    headers: HeaderMap,
    ApiPath((key, assignment)): ApiPath<(String, Uuid)>,
    body: ApiBody<NothingBody>,
) -> Result<Response, ApiError> {
    let acts = vec![TicketAct::AcceptAssignment { assignment }];
    let request = Request {
        signed,
        headers: &headers,
        if_match,
        key: &key,
        route: "accept_assignment",
        raw: &body.raw,
    };
    act(&app, request, acts).await
}

/// Closes an assignment technically (SD-073, SD-074).
#[utoipa::path(
    post, path = "/tickets/{ticket}/assignments/{assignment}/technical-closure", tag = "acts", request_body = TechnicalClosureBody,
    params(("ticket" = String, Path, description = "Identity or number"),
        ("assignment" = Uuid, Path, description = "Which assignment"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses(
        (status = 200, description = "Done: the ticket as it is now", body = TicketView),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not allowed", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Not there, or not to be seen", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Refused by a rule", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "Changed since it was read", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields to correct", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn close_technically(
    State(app): State<App>,
    signed: Signed,
    if_match: IfMatch,
    headers: HeaderMap,
    ApiPath((key, assignment)): ApiPath<(String, Uuid)>,
    body: ApiBody<TechnicalClosureBody>,
) -> Result<Response, ApiError> {
    let raw = body.raw.clone();
    let body = body.value;
    let acts = {
        let classification = body.classification.map(ClassificationBody::act);
        let closure = TicketAct::CloseTechnically {
            assignment,
            activity: body.activity,
            outcome: body.outcome,
            callback_required: body.callback_required,
        };
        [classification, Some(closure)].into_iter().flatten().collect()
    };
    let request = Request {
        signed,
        headers: &headers,
        if_match,
        key: &key,
        route: "close_technically",
        raw: &raw,
    };
    act(&app, request, acts).await
}

/// Gives an assignment back to the desk, with a reason.
#[utoipa::path(
    post, path = "/tickets/{ticket}/assignments/{assignment}/return", tag = "acts", request_body = ReasonBody,
    params(("ticket" = String, Path, description = "Identity or number"),
        ("assignment" = Uuid, Path, description = "Which assignment"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses(
        (status = 200, description = "Done: the ticket as it is now", body = TicketView),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not allowed", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Not there, or not to be seen", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Refused by a rule", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "Changed since it was read", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields to correct", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn return_assignment(
    State(app): State<App>,
    signed: Signed,
    if_match: IfMatch,
    headers: HeaderMap,
    ApiPath((key, assignment)): ApiPath<(String, Uuid)>,
    body: ApiBody<ReasonBody>,
) -> Result<Response, ApiError> {
    let raw = body.raw.clone();
    let body = body.value;
    let acts = vec![TicketAct::ReturnAssignment {
        assignment,
        reason: body.reason,
    }];
    let request = Request {
        signed,
        headers: &headers,
        if_match,
        key: &key,
        route: "return_assignment",
        raw: &raw,
    };
    act(&app, request, acts).await
}

/// Takes an assignment back.
#[utoipa::path(
    post, path = "/tickets/{ticket}/assignments/{assignment}/withdrawal", tag = "acts",
    params(("ticket" = String, Path, description = "Identity or number"),
        ("assignment" = Uuid, Path, description = "Which assignment"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses(
        (status = 200, description = "Done: the ticket as it is now", body = TicketView),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not allowed", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Not there, or not to be seen", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Refused by a rule", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "Changed since it was read", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields to correct", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn withdraw_assignment(
    State(app): State<App>,
    signed: Signed,
    if_match: IfMatch,
    headers: HeaderMap,
    ApiPath((key, assignment)): ApiPath<(String, Uuid)>,
    body: ApiBody<NothingBody>,
) -> Result<Response, ApiError> {
    let acts = vec![TicketAct::WithdrawAssignment { assignment }];
    let request = Request {
        signed,
        headers: &headers,
        if_match,
        key: &key,
        route: "withdraw_assignment",
        raw: &body.raw,
    };
    act(&app, request, acts).await
}

/// Takes a link away; from a parent the ticket goes back to where it was.
#[utoipa::path(
    delete, path = "/tickets/{ticket}/links/{other}", tag = "acts",
    params(("ticket" = String, Path, description = "Identity or number"), ("other" = Uuid, Path, description = "The other ticket")),
    responses(
        (status = 200, description = "Done: the ticket as it is now", body = TicketView),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not allowed", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Not there, or not to be seen", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Refused by a rule", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "Changed since it was read", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields to correct", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn unlink(
    State(app): State<App>,
    signed: Signed,
    if_match: IfMatch,
    headers: HeaderMap,
    ApiPath((key, other)): ApiPath<(String, Uuid)>,
) -> Result<Response, ApiError> {
    let request = Request {
        signed,
        headers: &headers,
        if_match,
        key: &key,
        route: "unlink",
        raw: other.as_bytes(),
    };
    act(&app, request, vec![TicketAct::Unlink { to: other }]).await
}

//! Working on a ticket at the desk: taking it, knowing whose it is and what it is, waiting.

use super::bodies::{
    ClassificationBody, DiagnosisBody, IdentificationBody, NothingBody, OwnerBody, PauseBody, ReasonBody, RerouteBody,
    TimesBody,
};
use super::doing::Asking;
use crate::commands::TicketAct;
use crate::queries::TicketView;
use axum::response::Response;
use web::{ApiBody, ApiError, ApiPath, ChangeRefused};

/// Takes a ticket in charge; of two people one wins and the other is told who (SD-112).
#[utoipa::path(
    post, path = "/tickets/{ticket}/take", tag = "acts",
    params(("ticket" = String, Path, description = "Identity or number"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses((status = 200, description = "Done: the ticket as it is now", body = TicketView), ChangeRefused)
)]
pub(super) async fn take(
    asking: Asking,
    ApiPath(key): ApiPath<String>,
    body: ApiBody<NothingBody>,
) -> Result<Response, ApiError> {
    let acts = vec![TicketAct::Take];
    asking.act(&key, "take", &body.raw, acts).await
}

/// Gives a ticket to a group of the desk, a person, or both.
#[utoipa::path(
    post, path = "/tickets/{ticket}/owner", tag = "acts", request_body = OwnerBody,
    params(("ticket" = String, Path, description = "Identity or number"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses((status = 200, description = "Done: the ticket as it is now", body = TicketView), ChangeRefused)
)]
pub(super) async fn assign_owner(
    asking: Asking,
    ApiPath(key): ApiPath<String>,
    ApiBody { value: body, raw }: ApiBody<OwnerBody>,
) -> Result<Response, ApiError> {
    let acts = vec![TicketAct::Assign {
        group: body.group,
        operator: body.operator,
    }];
    asking.act(&key, "assign_owner", &raw, acts).await
}

/// Says who the requester is (SD-041, SD-042).
#[utoipa::path(
    post, path = "/tickets/{ticket}/identification", tag = "acts", request_body = IdentificationBody,
    params(("ticket" = String, Path, description = "Identity or number"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses((status = 200, description = "Done: the ticket as it is now", body = TicketView), ChangeRefused)
)]
pub(super) async fn identify(
    asking: Asking,
    ApiPath(key): ApiPath<String>,
    ApiBody { value: body, raw }: ApiBody<IdentificationBody>,
) -> Result<Response, ApiError> {
    let acts = vec![body.act()];
    asking.act(&key, "identify", &raw, acts).await
}

/// Tells the requester which data do not agree with the registries, over the channel they came by (SD-043).
#[utoipa::path(
    post, path = "/tickets/{ticket}/discrepancy-notice", tag = "acts",
    params(("ticket" = String, Path, description = "Identity or number"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses((status = 200, description = "Done: the ticket as it is now", body = TicketView), ChangeRefused)
)]
pub(super) async fn tell_discrepancy(
    asking: Asking,
    ApiPath(key): ApiPath<String>,
    body: ApiBody<NothingBody>,
) -> Result<Response, ApiError> {
    let acts = vec![TicketAct::TellDiscrepancy];
    asking.act(&key, "tell_discrepancy", &body.raw, acts).await
}

/// Notes that the requester was told what is known of it, and by when it should work again (SD-056).
#[utoipa::path(
    post, path = "/tickets/{ticket}/told", tag = "acts", request_body = TimesBody,
    params(("ticket" = String, Path, description = "Identity or number"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses((status = 200, description = "Done: the ticket as it is now", body = TicketView), ChangeRefused)
)]
pub(super) async fn tell_times(
    asking: Asking,
    ApiPath(key): ApiPath<String>,
    ApiBody { value: body, raw }: ApiBody<TimesBody>,
) -> Result<Response, ApiError> {
    let acts = vec![TicketAct::TellTimes {
        text: body.text,
        expected_at: body.expected_at,
    }];
    asking.act(&key, "tell_times", &raw, acts).await
}

/// Registers the reason (SD-052).
#[utoipa::path(
    post, path = "/tickets/{ticket}/registration", tag = "acts", request_body = ReasonBody,
    params(("ticket" = String, Path, description = "Identity or number"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses((status = 200, description = "Done: the ticket as it is now", body = TicketView), ChangeRefused)
)]
pub(super) async fn register(
    asking: Asking,
    ApiPath(key): ApiPath<String>,
    ApiBody { value: body, raw }: ApiBody<ReasonBody>,
) -> Result<Response, ApiError> {
    let acts = vec![TicketAct::Register { reason: body.reason }];
    asking.act(&key, "register", &raw, acts).await
}

/// Records a diagnosis (SD-053).
#[utoipa::path(
    post, path = "/tickets/{ticket}/diagnosis", tag = "acts", request_body = DiagnosisBody,
    params(("ticket" = String, Path, description = "Identity or number"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses((status = 200, description = "Done: the ticket as it is now", body = TicketView), ChangeRefused)
)]
pub(super) async fn diagnose(
    asking: Asking,
    ApiPath(key): ApiPath<String>,
    ApiBody { value: body, raw }: ApiBody<DiagnosisBody>,
) -> Result<Response, ApiError> {
    let acts = vec![TicketAct::Diagnose {
        diagnosis: body.diagnosis,
    }];
    asking.act(&key, "diagnose", &raw, acts).await
}

/// Classifies a ticket, or classifies it again (SD-054).
#[utoipa::path(
    post, path = "/tickets/{ticket}/classification", tag = "acts", request_body = ClassificationBody,
    params(("ticket" = String, Path, description = "Identity or number"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses((status = 200, description = "Done: the ticket as it is now", body = TicketView), ChangeRefused)
)]
pub(super) async fn classify(
    asking: Asking,
    ApiPath(key): ApiPath<String>,
    ApiBody { value: body, raw }: ApiBody<ClassificationBody>,
) -> Result<Response, ApiError> {
    let acts = vec![body.act()];
    asking.act(&key, "classify", &raw, acts).await
}

/// Sends a ticket to another area (SD-050).
#[utoipa::path(
    post, path = "/tickets/{ticket}/reroute", tag = "acts", request_body = RerouteBody,
    params(("ticket" = String, Path, description = "Identity or number"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses((status = 200, description = "Done: the ticket as it is now", body = TicketView), ChangeRefused)
)]
pub(super) async fn reroute(
    asking: Asking,
    ApiPath(key): ApiPath<String>,
    ApiBody { value: body, raw }: ApiBody<RerouteBody>,
) -> Result<Response, ApiError> {
    let acts = vec![TicketAct::Reroute {
        area: body.area,
        reason: body.reason,
    }];
    asking.act(&key, "reroute", &raw, acts).await
}

/// Lets a ticket wait for a coded reason.
#[utoipa::path(
    post, path = "/tickets/{ticket}/pause", tag = "acts", request_body = PauseBody,
    params(("ticket" = String, Path, description = "Identity or number"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses((status = 200, description = "Done: the ticket as it is now", body = TicketView), ChangeRefused)
)]
pub(super) async fn pause(
    asking: Asking,
    ApiPath(key): ApiPath<String>,
    ApiBody { value: body, raw }: ApiBody<PauseBody>,
) -> Result<Response, ApiError> {
    let acts = vec![TicketAct::Pause {
        reason: body.reason,
        wake_at: body.wake_at,
        note: body.note,
    }];
    asking.act(&key, "pause", &raw, acts).await
}

/// Goes on with a ticket that waits.
#[utoipa::path(
    post, path = "/tickets/{ticket}/resumption", tag = "acts",
    params(("ticket" = String, Path, description = "Identity or number"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses((status = 200, description = "Done: the ticket as it is now", body = TicketView), ChangeRefused)
)]
pub(super) async fn resume(
    asking: Asking,
    ApiPath(key): ApiPath<String>,
    body: ApiBody<NothingBody>,
) -> Result<Response, ApiError> {
    let acts = vec![TicketAct::Resume];
    asking.act(&key, "resume", &body.raw, acts).await
}

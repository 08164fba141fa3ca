//! Attachments by the API: received as a stream, told by their bytes, never served inline.

use crate::commands::{self, Conditions, TicketAct};
use crate::queries::TicketView;
use axum::Json;
use axum::extract::{Multipart, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use futures_util::TryStreamExt;
use kernel::{Outcome, Refusal, Uuid};
use people::{Act, Address, Signed};
use record::{Attachment, NewAttachment};
use utoipa::ToSchema;
use web::{ApiError, ApiPath, App, IdempotencyKey, Page, Problem};

/// A file to attach.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes a multipart form for the API's documentation")]
pub(super) struct AttachmentForm {
    /// The file.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
    /// `public` (the default) or `internal`; before the file.
    visibility: Option<String>,
}

/// Attaches a file to a ticket.
#[utoipa::path(
    post, path = "/tickets/{ticket}/attachments", tag = "attachments",
    params(("ticket" = String, Path, description = "Identity or number"), IdempotencyKey),
    request_body(content = AttachmentForm, content_type = "multipart/form-data"),
    responses(
        (status = 201, description = "Attached: the ticket as it is now", body = TicketView),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not allowed", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Not there, or not to be seen", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Refused by a rule", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields to correct", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn attach(
    State(app): State<App>,
    Signed(actor): Signed,
    once: IdempotencyKey,
    ApiPath(key): ApiPath<String>,
    form: Result<Multipart, axum::extract::multipart::MultipartRejection>,
) -> Result<Response, ApiError> {
    let card = record::card(app.store.read(), &actor, Act::View, &key).await?;
    // Whether it is a reply or a note stands in the form; whoever may write neither sends no bytes.
    if !actor.may(Act::Note, &card) {
        actor.allow(Act::Reply, &card)?;
    }
    let form = form.map_err(|_| Refusal::field("file", "field-required"))?;
    let file = receive(&app, form).await?;
    // A form sent again has another boundary: what is compared is what it says.
    let visibility = [u8::from(file.internal)];
    let asked = [
        b"attach",
        card.id.as_bytes().as_slice(),
        file.name.as_bytes(),
        file.blob.hash.as_bytes(),
        &visibility,
    ];
    let conditions = Conditions {
        idempotency: once.bound(actor.person, &asked),
        ..Conditions::default()
    };
    let acts = vec![TicketAct::Attach { file }];
    let ticket = commands::perform(&app.store, &actor, card.id, acts, conditions).await?;
    Ok((StatusCode::CREATED, Json(ticket)).into_response())
}

/// The first file of a form, streamed into the attachment store.
pub(crate) async fn receive(app: &App, mut form: Multipart) -> Outcome<NewAttachment> {
    let broken = |_| Refusal::field("file", "field-wrong-type");
    let mut internal = false;
    while let Some(field) = form.next_field().await.map_err(broken)? {
        match field.name() {
            Some("visibility") => {
                internal = match field.text().await.map_err(broken)?.as_str() {
                    "internal" => true,
                    "public" => false,
                    _ => return Err(Refusal::field("visibility", "field-unknown-value").into()),
                };
            }
            Some("file") => {
                let name = field.file_name().unwrap_or_default().to_owned();
                let stream = Box::pin(field.into_stream());
                let most = app.settings.attachment_limit;
                return record::receive(&app.store, &name, stream, most, internal).await;
            }
            _ => {}
        }
    }
    Err(Refusal::field("file", "field-required").into())
}

/// The files of a ticket.
#[utoipa::path(
    get, path = "/tickets/{ticket}/attachments", tag = "attachments",
    params(("ticket" = String, Path, description = "Identity or number")),
    responses(
        (status = 200, description = "The files the caller may see", body = Page<Attachment>),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Not there, or not to be seen", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn list_attachments(
    State(app): State<App>,
    Signed(actor): Signed,
    ApiPath(key): ApiPath<String>,
) -> Result<Json<Page<Attachment>>, ApiError> {
    let card = record::card(app.store.read(), &actor, Act::View, &key).await?;
    let internal = actor.may(Act::ViewInternal, &card);
    let mut items = record::attachments_of(app.store.read(), card.id).await?;
    items.retain(|file| internal || !file.internal);
    Ok(Json(Page { items, next: None }))
}

/// A file, to be saved and never shown inside a page.
#[utoipa::path(
    get, path = "/tickets/{ticket}/attachments/{attachment}", tag = "attachments",
    params(("ticket" = String, Path, description = "Identity or number"), ("attachment" = Uuid, Path, description = "Which file")),
    responses(
        (status = 200, description = "The bytes", content_type = "application/octet-stream"),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Not there, or not to be seen", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn download(
    State(app): State<App>,
    Signed(actor): Signed,
    Address(address): Address,
    ApiPath((key, id)): ApiPath<(String, Uuid)>,
) -> Result<Response, ApiError> {
    let card = record::card(app.store.read(), &actor, Act::View, &key).await?;
    let file = record::attachment(app.store.read(), card.id, id).await?;
    if file.internal && !actor.may(Act::ViewInternal, &card) {
        return Err(Refusal::not_found().into());
    }
    super::read::noted_read(&app, &actor, "attachment", Some(card.id), address);
    Ok(web::download(&app, &file.sha256, &file.name, file.size).await?)
}

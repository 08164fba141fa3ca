//! Attachments to be saved.

use super::show::card;
use super::staff::Staff;
use axum::extract::State;
use axum::response::Response;
use kernel::{Refusal, Uuid};
use web::{App, PageError, PagePath};

pub(super) async fn download(
    State(app): State<App>,
    staff: Staff,
    PagePath((number, id)): PagePath<(String, String)>,
) -> Result<Response, PageError> {
    let card = card(&app, &staff, &number).await?;
    let id = id.parse::<Uuid>().map_err(|_| Refusal::not_found())?;
    let file = record::attachment(app.store.read(), card.id, id).await?;
    staff.note(&app, "attachment", Some(card.id));
    Ok(web::download(&app, &file.sha256, &file.name, file.size).await?)
}

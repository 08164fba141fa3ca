//! What a form with files sends, and files on their way back.

use axum::extract::multipart::Field;
use axum::extract::{FromRequest, Multipart, Request, State};
use axum::response::Response;
use futures_util::TryStreamExt;
use kernel::{Error, Outcome, Refusal, Uuid};
use people::{Act, Visit};
use record::NewAttachment;
use std::collections::HashMap;
use web::{App, FormBody, PageError, PagePath};

/// Most bytes of a field that is not a file.
const TEXT: usize = 256 * 1024;
/// Most files of one form.
const FILES: usize = 10;

/// A form with files; the files have been received already.
pub(super) struct Sent {
    /// The fields.
    pub(super) fields: FormBody,
    /// The files.
    pub(super) files: Vec<NewAttachment>,
    /// Why a file was not taken, if one was not.
    pub(super) refused: Option<Error>,
}

impl Sent {
    /// Reads a form. Of files that were refused, or came with a form that breaks off, nothing is left.
    pub(super) async fn read(app: &App, request: Request) -> Outcome<Self> {
        let form = Multipart::from_request(request, app)
            .await
            .map_err(|_| Refusal::field("file", "field-wrong-type"))?;
        let mut sent = Self {
            fields: FormBody::default(),
            files: Vec::new(),
            refused: None,
        };
        if let Err(error) = receive(app, form, &mut sent).await {
            sent.put_back(app).await;
            return Err(error);
        }
        if sent.refused.is_some() {
            sent.put_back(app).await;
        }
        Ok(sent)
    }

    /// Lets go of the files.
    async fn put_back(&mut self, app: &App) {
        let files = std::mem::take(&mut self.files);
        let hashes: Vec<String> = files.iter().map(|file| file.blob.hash.clone()).collect();
        drop(files);
        record::put_back(&app.store, hashes).await;
    }
}

async fn receive(app: &App, mut form: Multipart, sent: &mut Sent) -> Outcome<()> {
    let mut fields = HashMap::new();
    while let Some(field) = form.next_field().await.map_err(broken)? {
        let name = field.name().unwrap_or_default().to_owned();
        let Some(file) = field.file_name().map(str::to_owned) else {
            fields.insert(name, text(field).await?);
            continue;
        };
        // A field for files that was left empty comes as a file without a name.
        if file.is_empty() || sent.files.len() >= FILES || sent.refused.is_some() {
            continue;
        }
        let (stream, most) = (Box::pin(field.into_stream()), app.settings.attachment_limit);
        match record::receive(&app.store, &file, stream, most, false).await {
            Ok(file) => sent.files.push(file),
            Err(error) if error.refusal().is_some() => sent.refused = Some(error),
            Err(error) => return Err(error),
        }
    }
    sent.fields = FormBody::from(fields);
    Ok(())
}

fn broken(_: axum::extract::multipart::MultipartError) -> Error {
    Refusal::field("file", "field-wrong-type").into()
}

async fn text(mut field: Field<'_>) -> Outcome<String> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(broken)? {
        if bytes.len() + chunk.len() > TEXT {
            return Err(Refusal::new(
                kernel::RefusalKind::TooLarge,
                "body_too_large",
                "refusal-body-too-large",
            )
            .into());
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// A file of one's own request, to be saved and never shown inside a page.
pub(super) async fn download(
    State(app): State<App>,
    visit: Visit,
    PagePath((number, id)): PagePath<(String, Uuid)>,
) -> Result<Response, PageError> {
    let card = record::card(app.store.read(), &visit.actor, Act::View, &number).await?;
    let file = record::attachment(app.store.read(), card.id, id).await?;
    if file.internal || card.requester != Some(visit.actor.person) {
        return Err(Refusal::not_found().into());
    }
    Ok(web::download(&app, &file.sha256, &file.name, file.size).await?)
}

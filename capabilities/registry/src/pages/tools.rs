//! What is done with a source that is there: a file is loaded, somebody is looked up, it is closed or opened again.

use super::LIST;
use super::form::{Shown, standing_page};
use crate::api::{source_of, tried};
use crate::look::known_by;
use crate::{alter_source, load_file};
use axum::extract::State;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::response::Response;
use kernel::{Outcome, Refusal, Uuid};
use people::{Address, Identity, Visit, form_errors};
use web::{App, FormBody, IfMatch, PageError, PagePath, ReadNote, html, see_other, to_mend};

pub(super) async fn load(
    State(app): State<App>,
    visit: Visit,
    PagePath(id): PagePath<Uuid>,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Response, PageError> {
    source_of(&app.store, &visit.actor, id).await?;
    let loaded = async {
        let bytes = sent(form).await?;
        load_file(&app.store, &visit.actor, id, &bytes).await
    };
    match loaded.await {
        Ok(_) => Ok(see_other(&format!("{LIST}/{id}"))),
        Err(error) => refused(&app, visit, id, error).await,
    }
}

/// The bytes of the file that a form sends.
async fn sent(form: Result<Multipart, MultipartRejection>) -> Outcome<Vec<u8>> {
    let required = || Refusal::field("file", "field-required");
    let broken = |_| Refusal::field("file", "registry-file-broken");
    let mut form = form.map_err(|_| required())?;
    while let Some(field) = form.next_field().await.map_err(broken)? {
        if field.name() == Some("file") {
            let bytes = field.bytes().await.map_err(broken)?;
            return if bytes.is_empty() {
                Err(required().into())
            } else {
                Ok(bytes.to_vec())
            };
        }
    }
    Err(required().into())
}

pub(super) async fn look(
    State(app): State<App>,
    visit: Visit,
    Address(address): Address,
    PagePath(id): PagePath<Uuid>,
    form: FormBody,
) -> Result<Response, PageError> {
    let source = source_of(&app.store, &visit.actor, id).await?;
    let who = form.text("who").trim().to_owned();
    let looked = async {
        if who.is_empty() {
            return Err(Refusal::field("who", "field-required").into());
        }
        // Whatever was typed may be any of them.
        let any = Identity {
            email: Some(who.clone()).filter(|text| text.contains('@')),
            pin: Some(who.clone()),
            external_id: Some(who.clone()),
            phone: Some(who.clone()),
            ..Identity::default()
        };
        tried(&app, &source, &known_by(&any)).await
    };
    match looked.await {
        Ok(entry) => {
            app.reads.note(ReadNote {
                person: visit.actor.person,
                what: "search",
                record: Some(id),
                at: app.store.clock().now(),
                address,
            });
            let shown = Shown {
                trial: Some(entry),
                ..Shown::default()
            };
            Ok(html(&standing_page(&app, visit, id, shown).await?))
        }
        Err(error) => refused(&app, visit, id, error).await,
    }
}

pub(super) async fn set_standing(
    State(app): State<App>,
    visit: Visit,
    PagePath(id): PagePath<Uuid>,
    form: FormBody,
) -> Result<Response, PageError> {
    let active = match form.text("active") {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    };
    source_of(&app.store, &visit.actor, id).await?;
    match alter_source(&app.store, &visit.actor, id, (None, active), IfMatch::default()).await {
        Ok(_) => Ok(see_other(&format!("{LIST}/{id}"))),
        Err(error) => refused(&app, visit, id, error).await,
    }
}

async fn refused(app: &App, visit: Visit, id: Uuid, error: kernel::Error) -> Result<Response, PageError> {
    let errors = form_errors(error, visit.frame.language)?;
    let shown = Shown {
        errors,
        ..Shown::default()
    };
    Ok(to_mend(&standing_page(app, visit, id, shown).await?))
}

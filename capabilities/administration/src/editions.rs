//! A calendar or an agreement on its page: shown, looked at before it is saved, given another edition, closed, opened again.

use crate::commands::{Edition, preview};
use crate::naming::{version_of, wanted};
use crate::replanning::{Shown, Would};
use crate::staff::{Staff, allow_configure};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use kernel::{Error, Outcome, Uuid};
use people::form_errors;
use service_level::Draft;
use store::{Aggregate, Loaded};
use ui::Errors;
use web::{App, FormBody, IfMatch, PageError, PagePath, html, see_other, to_mend};

/// What has editions and a page.
pub(super) trait Editable: Aggregate {
    /// The page with all of them.
    const LIST: &'static str;
    /// What the form holds, as typed.
    type Form: Send + Sync;
    /// What an edition says.
    type Text: Send + 'static;
    /// The page of one.
    type Page: Template;

    /// The area it belongs to; nothing for one of all.
    fn area(&self) -> Option<Uuid>;
    /// The form as it stands.
    fn form(&self) -> Self::Form;
    /// The form as it was sent.
    fn typed(body: &FormBody) -> Self::Form;
    /// What a form says, over what stands.
    fn said(&self, form: &Self::Form) -> Outcome<Self::Text>;
    /// It with a text that nobody has saved yet.
    fn draft(id: Uuid, text: Self::Text) -> Draft;
    /// Gives it another edition, closes it or opens it again.
    fn alter(
        app: &App,
        staff: &Staff,
        id: Uuid,
        edition: Edition<Self::Text>,
        if_match: IfMatch,
    ) -> impl Future<Output = Outcome<()>> + Send;
    /// The page, with a form and what is to be shown beside it.
    fn page(
        app: &App,
        staff: Staff,
        one: &Loaded<Self>,
        form: Self::Form,
        shown: Shown,
    ) -> impl Future<Output = Outcome<Self::Page>> + Send;
}

/// One of them, for whoever may change it.
pub(super) async fn to_change<T: Editable>(app: &App, staff: &Staff, id: Uuid) -> Outcome<Loaded<T>> {
    let one = staff.found::<T>(app, id).await?;
    allow_configure(&staff.actor, one.state.area())?;
    Ok(one)
}

pub(super) async fn show<T: Editable>(
    State(app): State<App>,
    staff: Staff,
    PagePath(id): PagePath<Uuid>,
) -> Result<Response, PageError> {
    let one = staff.found::<T>(&app, id).await?;
    let form = one.state.form();
    Ok(html(&T::page(&app, staff, &one, form, Shown::default()).await?))
}

pub(super) async fn look<T: Editable>(
    State(app): State<App>,
    staff: Staff,
    PagePath(id): PagePath<Uuid>,
    body: FormBody,
) -> Result<Response, PageError> {
    let one = to_change::<T>(&app, &staff, id).await?;
    let form = T::typed(&body);
    let looked = match one.state.said(&form) {
        Ok(text) => preview(&app.store, &staff.actor, one.state.area(), T::draft(id, text)).await,
        Err(error) => Err(error),
    };
    match looked {
        Ok(looked) => {
            let would = Some(Would::of(&staff.frame, &looked));
            let errors = Errors::default();
            Ok(html(&T::page(&app, staff, &one, form, Shown { would, errors }).await?))
        }
        Err(error) => refused(&app, staff, &one, form, error).await,
    }
}

pub(super) async fn save<T: Editable>(
    State(app): State<App>,
    staff: Staff,
    PagePath(id): PagePath<Uuid>,
    body: FormBody,
) -> Result<Response, PageError> {
    let one = to_change::<T>(&app, &staff, id).await?;
    let form = T::typed(&body);
    let saved = match one.state.said(&form) {
        Ok(text) => {
            let edition = Edition {
                text: Some(text),
                active: None,
                replan: body.text("replan") == "true",
            };
            T::alter(&app, &staff, id, edition, version_of(&body)).await
        }
        Err(error) => Err(error),
    };
    match saved {
        Ok(()) => Ok(see_other(T::LIST)),
        Err(error) => refused(&app, staff, &one, form, error).await,
    }
}

/// The page again with what was typed, and what is wrong with it.
pub(super) async fn refused<T: Editable>(
    app: &App,
    staff: Staff,
    one: &Loaded<T>,
    form: T::Form,
    error: Error,
) -> Result<Response, PageError> {
    let errors = form_errors(error, staff.frame.language)?;
    let shown = Shown { would: None, errors };
    Ok(to_mend(&T::page(app, staff, one, form, shown).await?))
}

pub(super) async fn set_standing<T: Editable>(
    State(app): State<App>,
    staff: Staff,
    PagePath(id): PagePath<Uuid>,
    body: FormBody,
) -> Result<Response, PageError> {
    let one = to_change::<T>(&app, &staff, id).await?;
    let edition = Edition {
        text: None,
        active: wanted(&body),
        replan: false,
    };
    match T::alter(&app, &staff, id, edition, version_of(&body)).await {
        Ok(()) => Ok(see_other(&format!("{}/{id}", T::LIST))),
        Err(error) => {
            let form = one.state.form();
            refused(&app, staff, &one, form, error).await
        }
    }
}

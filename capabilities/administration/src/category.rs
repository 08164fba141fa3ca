//! One category: its name, its service, whether it is offered.

use crate::commands::alter_category;
use crate::groups::area_name;
use crate::naming::{Kind, Naming, version_of, wanted};
use crate::staff::{Staff, allow_configure};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use catalogue::{Category, CategoryChange};
use configuration::Area;
use kernel::{Outcome, Refusal, Uuid};
use people::{Act, form_errors};
use ui::{Errors, Frame};
use web::{App, FormBody, PageError, PagePath, html, see_other, to_mend};

#[derive(Template)]
#[template(path = "administration/category.html")]
struct CategoryPage {
    frame: Frame,
    name: String,
    about: String,
    naming: Naming,
    may_change: bool,
    errors: Errors,
}

pub(super) async fn show(
    State(app): State<App>,
    staff: Staff,
    PagePath(id): PagePath<Uuid>,
) -> Result<Response, PageError> {
    Ok(html(&page(&app, &staff, id, None, Errors::default()).await?))
}

async fn page(app: &App, staff: &Staff, id: Uuid, typed: Option<&FormBody>, errors: Errors) -> Outcome<CategoryPage> {
    staff.actor.allow_any(Act::Configure)?;
    let (categories, areas) = (app.store.all::<Category>().await?, app.store.all::<Area>().await?);
    let found = categories.iter().find(|category| category.id == id);
    let category = found.ok_or_else(Refusal::not_found)?;
    let (state, frame) = (&category.state, &staff.frame);
    let naming = Naming {
        own: own(id),
        of: Kind::Category,
        name: state.name.clone(),
        service: Some(state.service.clone()),
        version: category.version,
        active: !state.closed,
    };
    Ok(CategoryPage {
        name: state.full_name(),
        about: area_name(frame, &areas, state.area),
        naming: naming.typed(typed),
        may_change: allow_configure(&staff.actor, state.area).is_ok(),
        errors,
        frame: frame
            .clone()
            .titled(state.full_name())
            .back_to("/administration/categories", frame.t("admin-categories")),
    })
}

fn own(id: Uuid) -> String {
    format!("/administration/categories/{id}")
}

pub(super) async fn rename(
    State(app): State<App>,
    staff: Staff,
    PagePath(id): PagePath<Uuid>,
    form: FormBody,
) -> Result<Response, PageError> {
    let change = CategoryChange {
        name: Some(form.text("name").to_owned()),
        service: form.get("service").map(str::to_owned),
        active: None,
    };
    alter(&app, &staff, id, change, &form).await
}

pub(super) async fn set_standing(
    State(app): State<App>,
    staff: Staff,
    PagePath(id): PagePath<Uuid>,
    form: FormBody,
) -> Result<Response, PageError> {
    let change = CategoryChange {
        active: wanted(&form),
        ..CategoryChange::default()
    };
    alter(&app, &staff, id, change, &form).await
}

async fn alter(
    app: &App,
    staff: &Staff,
    id: Uuid,
    change: CategoryChange,
    form: &FormBody,
) -> Result<Response, PageError> {
    staff.actor.allow_any(Act::Configure)?;
    match alter_category(&app.store, &staff.actor, id, change, version_of(form)).await {
        Ok(_) => Ok(see_other(&own(id))),
        Err(error) => {
            let errors = form_errors(error, staff.frame.language)?;
            let page = page(app, staff, id, Some(form), errors).await?;
            Ok(to_mend(&page))
        }
    }
}

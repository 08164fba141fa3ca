//! Service areas.

use crate::staff::{Staff, allow_configure};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use configuration::{Area, AreaId, create_area};
use kernel::{Outcome, Refusal};
use people::{Act, Group, form_errors};
use store::{Lane, Loaded};
use ui::{Choice, Errors, Frame};
use web::{App, FormBody, PageError, html, see_other};

#[derive(Template)]
#[template(path = "administration/areas.html")]
struct Areas {
    frame: Frame,
    sections: Vec<Choice>,
    areas: Vec<AreaRow>,
    may_add: bool,
    new_name: String,
    errors: Errors,
}

struct AreaRow {
    href: String,
    name: String,
    code: String,
    groups: usize,
    days: i64,
}

pub(super) async fn list(State(app): State<App>, staff: Staff) -> Result<Response, PageError> {
    Ok(html(&page(&app, staff, String::new(), Errors::default()).await?))
}

async fn page(app: &App, staff: Staff, name: String, errors: Errors) -> Outcome<Areas> {
    staff.actor.allow_any(Act::Configure)?;
    let (areas, groups) = (app.store.all::<Area>().await?, app.store.all::<Group>().await?);
    let row = |area: &Loaded<Area>| AreaRow {
        href: format!("/administration/areas/{}", area.id),
        name: area.state.name.clone(),
        code: area.state.code.clone(),
        groups: groups.iter().filter(|group| group.state.area == Some(area.id)).count(),
        days: area.state.parameters.reopen_days,
    };
    let title = staff.frame.t("admin-areas");
    Ok(Areas {
        sections: staff.sections("/administration/areas"),
        areas: areas.iter().map(row).collect(),
        may_add: allow_configure(&staff.actor, None).is_ok(),
        new_name: name,
        errors,
        frame: staff.frame.titled(title),
    })
}

pub(super) async fn create(State(app): State<App>, staff: Staff, form: FormBody) -> Result<Response, PageError> {
    match add(&app, &staff, form.text("name")).await {
        Ok(area) => Ok(see_other(&format!("/administration/areas/{}", area.0))),
        Err(error) => {
            let errors = form_errors(error, staff.frame.language)?;
            let page = page(&app, staff, form.text("name").to_owned(), errors).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&page)).into_response())
        }
    }
}

async fn add(app: &App, staff: &Staff, name: &str) -> Outcome<AreaId> {
    allow_configure(&staff.actor, None)?;
    let (name, code) = (name.to_owned(), people::short_name(name));
    let areas = app.store.all::<Area>().await?;
    if areas
        .iter()
        .any(|area| area.state.code == code || area.state.name.eq_ignore_ascii_case(name.trim()))
    {
        return Err(Refusal::field("name", "field-taken").into());
    }
    let author = staff.actor.author();
    app.store
        .write(Lane::People, move |tx| {
            Box::pin(async move { create_area(tx, &author, &code, &name).await })
        })
        .await
}

//! Service areas.

use crate::commands::{NewArea, add_area};
use crate::staff::{Staff, allow_configure};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use configuration::Area;
use kernel::Outcome;
use people::{Act, Group, form_errors};
use store::Loaded;
use ui::{Choice, Errors, Frame};
use web::{App, FormBody, PageError, html, see_other, to_mend};

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
    active: bool,
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
        active: area.state.active,
    };
    let title = staff.frame.t("admin-areas");
    Ok(Areas {
        sections: staff.sections(app, "/administration/areas"),
        areas: areas.iter().map(row).collect(),
        may_add: allow_configure(&staff.actor, None).is_ok(),
        new_name: name,
        errors,
        frame: staff.frame.titled(title),
    })
}

pub(super) async fn create(State(app): State<App>, staff: Staff, form: FormBody) -> Result<Response, PageError> {
    let new = NewArea {
        name: form.text("name").to_owned(),
        code: None,
    };
    let once = form.once(staff.actor.person, "area");
    match add_area(&app.store, &staff.actor, new, once).await {
        Ok(area) => Ok(see_other(&format!("/administration/areas/{}", area.id))),
        Err(error) => {
            let errors = form_errors(error, staff.frame.language)?;
            let page = page(&app, staff, form.text("name").to_owned(), errors).await?;
            Ok(to_mend(&page))
        }
    }
}

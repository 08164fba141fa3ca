//! Categories: what requests are about.

use crate::commands::{NewCategory, add_category};
use crate::groups::area_name;
use crate::staff::{Staff, area_choices, area_of};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use catalogue::Category;
use configuration::Area;
use kernel::Outcome;
use people::{Act, form_errors};
use store::Loaded;
use ui::{Choice, Errors, Frame};
use web::{App, FormBody, PageError, html, see_other, to_mend};

#[derive(Template)]
#[template(path = "administration/categories.html")]
struct Categories {
    frame: Frame,
    sections: Vec<Choice>,
    categories: Vec<CategoryRow>,
    areas: Vec<Choice>,
    service: String,
    new_name: String,
    errors: Errors,
}

struct CategoryRow {
    href: String,
    name: String,
    service: String,
    area: String,
    active: bool,
}

pub(super) async fn list(State(app): State<App>, staff: Staff) -> Result<Response, PageError> {
    Ok(html(&page(&app, staff, &FormBody::default(), Errors::default()).await?))
}

async fn page(app: &App, staff: Staff, form: &FormBody, errors: Errors) -> Outcome<Categories> {
    staff.actor.allow_any(Act::Configure)?;
    let (categories, areas) = (app.store.all::<Category>().await?, app.store.all::<Area>().await?);
    let row = |category: &Loaded<Category>| CategoryRow {
        href: format!("/administration/categories/{}", category.id),
        active: !category.state.closed,
        name: category.state.name.clone(),
        service: category.state.service.clone(),
        area: area_name(&staff.frame, &areas, category.state.area),
    };
    let mut rows: Vec<CategoryRow> = categories.iter().map(row).collect();
    rows.sort_by(|a, b| (&a.area, &a.service, &a.name).cmp(&(&b.area, &b.service, &b.name)));
    let title = staff.frame.t("admin-categories");
    Ok(Categories {
        sections: staff.sections(app, "/administration/categories"),
        categories: rows,
        areas: area_choices(app, form.text("area")).await?,
        service: form.text("service").to_owned(),
        new_name: form.text("name").to_owned(),
        errors,
        frame: staff.frame.titled(title),
    })
}

pub(super) async fn create(State(app): State<App>, staff: Staff, form: FormBody) -> Result<Response, PageError> {
    match add(&app, &staff, &form).await {
        Ok(()) => Ok(see_other("/administration/categories")),
        Err(error) => {
            let errors = form_errors(error, staff.frame.language)?;
            let page = page(&app, staff, &form, errors).await?;
            Ok(to_mend(&page))
        }
    }
}

async fn add(app: &App, staff: &Staff, form: &FormBody) -> Outcome<()> {
    staff.actor.allow_any(Act::Configure)?;
    let new = NewCategory {
        name: form.text("name").to_owned(),
        service: form.text("service").to_owned(),
        area: area_of(app, form.text("area")).await?,
    };
    let once = form.once(staff.actor.person, "category");
    add_category(&app.store, &staff.actor, new, once).await.map(drop)
}

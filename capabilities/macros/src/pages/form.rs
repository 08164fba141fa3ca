//! Writing a macro, changing it, closing it.

use super::LIST;
use super::menus::Menus;
use super::told::Known;
use super::typed::Typed;
use crate::row::{self, MacroView};
use crate::{Change, alter, write};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use kernel::{Outcome, Uuid};
use people::{Act, Visit, form_errors};
use store::Store;
use ui::{Errors, Frame};
use web::{App, FormBody, IfMatch, PageError, PagePath, html, see_other, to_mend};

#[derive(Template)]
#[template(path = "macros/form.html")]
struct MacroForm {
    frame: Frame,
    heading: String,
    action: String,
    typed: Typed,
    version: i64,
    menus: Menus,
    /// Whether it is offered; nothing for a new one.
    active: Option<bool>,
    may_change: bool,
    /// What it does, for whoever may not change it.
    does: Vec<String>,
    errors: Errors,
}

pub(super) async fn new(State(app): State<App>, visit: Visit) -> Result<Response, PageError> {
    visit.actor.allow_any(Act::Configure)?;
    let typed = Typed {
        leads_on: true,
        ..Typed::default()
    };
    Ok(html(&page(&app.store, visit, None, typed, Errors::default()).await?))
}

pub(super) async fn create(State(app): State<App>, visit: Visit, form: FormBody) -> Result<Response, PageError> {
    visit.actor.allow_any(Act::Configure)?;
    let typed = Typed::of(&form);
    let once = form.once(visit.actor.person, "new macro");
    let written = match typed.wanted() {
        Ok(wanted) => write(&app.store, &visit.actor, wanted, once).await,
        Err(error) => Err(error),
    };
    match written {
        Ok(_) => Ok(see_other(LIST)),
        Err(error) => {
            let errors = form_errors(error, visit.frame.language)?;
            Ok(to_mend(&page(&app.store, visit, None, typed, errors).await?))
        }
    }
}

pub(super) async fn edit(
    State(app): State<App>,
    visit: Visit,
    PagePath(id): PagePath<Uuid>,
) -> Result<Response, PageError> {
    visit.actor.allow_any(Act::Configure)?;
    let one = row::one(app.store.read(), &visit.actor, id).await?;
    let typed = Typed::as_it_is(&one);
    Ok(html(
        &page(&app.store, visit, Some(&one), typed, Errors::default()).await?,
    ))
}

pub(super) async fn save(
    State(app): State<App>,
    visit: Visit,
    PagePath(id): PagePath<Uuid>,
    form: FormBody,
) -> Result<Response, PageError> {
    let typed = Typed::of(&form);
    let change = typed.wanted().map(|wanted| Change {
        wanted: Some(wanted),
        active: None,
    });
    change_it(&app, visit, id, change, &form, Some(typed)).await
}

pub(super) async fn set_standing(
    State(app): State<App>,
    visit: Visit,
    PagePath(id): PagePath<Uuid>,
    form: FormBody,
) -> Result<Response, PageError> {
    let change = Change {
        wanted: None,
        active: form.text("active").parse().ok(),
    };
    change_it(&app, visit, id, Ok(change), &form, None).await
}

async fn change_it(
    app: &App,
    visit: Visit,
    id: Uuid,
    change: Outcome<Change>,
    form: &FormBody,
    typed: Option<Typed>,
) -> Result<Response, PageError> {
    visit.actor.allow_any(Act::Configure)?;
    let meant = form.text("version").parse().map(IfMatch::only).unwrap_or_default();
    let changed = match change {
        Ok(change) => alter(&app.store, &visit.actor, id, change, meant).await,
        Err(error) => Err(error),
    };
    match changed {
        Ok(_) => Ok(see_other(LIST)),
        Err(error) => {
            let errors = form_errors(error, visit.frame.language)?;
            let one = row::one(app.store.read(), &visit.actor, id).await?;
            let typed = typed.unwrap_or_else(|| Typed::as_it_is(&one));
            Ok(to_mend(&page(&app.store, visit, Some(&one), typed, errors).await?))
        }
    }
}

async fn page(
    store: &Store,
    visit: Visit,
    one: Option<&MacroView>,
    typed: Typed,
    errors: Errors,
) -> Outcome<MacroForm> {
    let Visit { actor, frame } = visit;
    let heading = one.map_or_else(|| frame.t("macros-new"), |one| one.name.clone());
    let known = Known::of(store, &actor).await?;
    Ok(MacroForm {
        action: one.map_or_else(|| format!("{LIST}/new"), |one| format!("{LIST}/{}", one.id)),
        menus: Menus::of(store, &frame, &actor, &typed).await?,
        version: one.map_or(0, |one| one.version),
        active: one.map(|one| one.active),
        may_change: one.is_none_or(|one| actor.allow_over(Act::Configure, one.area).is_ok()),
        does: one.map(|one| known.told(&frame, one)).unwrap_or_default(),
        typed,
        errors,
        frame: frame
            .clone()
            .titled(heading.clone())
            .back_to(LIST, frame.t("macros-title")),
        heading,
    })
}

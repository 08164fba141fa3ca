//! Telling of an outage, and telling more.

use super::show::identity;
use super::staff_only;
use crate::commands::{self, NewOutage, Told};
use crate::{Outage, row};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use configuration::Area;
use kernel::{Instant, Outcome, Refusal};
use people::{Act, Actor, Visit, form_errors};
use store::Store;
use ui::{Choice, Errors, Frame};
use web::{App, FormBody, IfMatch, PageError, PagePath, html, see_other, to_mend};

#[derive(Template)]
#[template(path = "outage/form.html")]
struct OutageForm {
    frame: Frame,
    heading: String,
    action: String,
    cancel: String,
    typed: Typed,
    version: i64,
    areas: Vec<Choice>,
    is_new: bool,
    errors: Errors,
}

/// An outage as typed.
#[derive(Clone, Debug, Default)]
struct Typed {
    title: String,
    meaning: String,
    places: String,
    restore_at: String,
    area: String,
    ticket: String,
}

/// What a form sends for all areas.
const ALL: &str = "all";

impl Typed {
    fn of(form: &FormBody) -> Self {
        let text = |field| form.text(field).to_owned();
        Self {
            title: text("title"),
            meaning: text("meaning"),
            places: text("places"),
            restore_at: text("restore_at"),
            area: text("area"),
            ticket: text("ticket"),
        }
    }

    fn told(&self, frame: &Frame) -> Outcome<Told> {
        let restore = Some(self.restore_at.trim()).filter(|text| !text.is_empty());
        let at = |text| {
            i18n::local_moment(text, &frame.zone).ok_or_else(|| Refusal::field("restore_at", "field-wrong-type"))
        };
        Ok(Told {
            title: self.title.clone(),
            meaning: self.meaning.clone(),
            places: Some(self.places.clone()),
            restore_at: restore.map(at).transpose()?,
        })
    }
}

/// An instant as a field of date and hour takes it.
fn field_value(frame: &Frame, at: Instant) -> String {
    at.timestamp()
        .to_zoned(frame.zone.clone())
        .strftime("%Y-%m-%dT%H:%M")
        .to_string()
}

pub(super) async fn new(State(app): State<App>, visit: Visit) -> Result<Response, PageError> {
    staff_only(&visit.actor)?;
    visit.actor.allow_any(Act::TellOutages)?;
    Ok(html(
        &page(&app.store, visit, None, Typed::default(), Errors::default()).await?,
    ))
}

pub(super) async fn create(State(app): State<App>, visit: Visit, form: FormBody) -> Result<Response, PageError> {
    staff_only(&visit.actor)?;
    visit.actor.allow_any(Act::TellOutages)?;
    let typed = Typed::of(&form);
    let opened = match typed.told(&visit.frame) {
        Ok(told) => {
            let new = NewOutage {
                told,
                area: Some(typed.area.clone()).filter(|area| !area.is_empty() && area != ALL),
                ticket: Some(typed.ticket.clone()),
            };
            let once = form.once(visit.actor.person, "outage");
            commands::open(&app.store, &visit.actor, new, once).await
        }
        Err(error) => Err(error),
    };
    match opened {
        Ok(done) => Ok(see_other(&format!("/outages/{}", done.id))),
        Err(error) => {
            let errors = form_errors(error, visit.frame.language)?;
            Ok(to_mend(&page(&app.store, visit, None, typed, errors).await?))
        }
    }
}

pub(super) async fn edit(
    State(app): State<App>,
    visit: Visit,
    PagePath(id): PagePath<String>,
) -> Result<Response, PageError> {
    staff_only(&visit.actor)?;
    let outage = row::outage(&app.store, &visit.actor, identity(&id)?).await?;
    visit.actor.allow_over(Act::TellOutages, outage.area)?;
    let typed = Typed {
        restore_at: outage
            .restore_at
            .map_or_else(String::new, |at| field_value(&visit.frame, at)),
        title: outage.title,
        meaning: outage.meaning,
        places: outage.places,
        ..Typed::default()
    };
    Ok(html(
        &page(&app.store, visit, Some(&id), typed, Errors::default()).await?,
    ))
}

pub(super) async fn save(
    State(app): State<App>,
    visit: Visit,
    PagePath(id): PagePath<String>,
    form: FormBody,
) -> Result<Response, PageError> {
    staff_only(&visit.actor)?;
    let outage = row::outage(&app.store, &visit.actor, identity(&id)?).await?;
    visit.actor.allow_over(Act::TellOutages, outage.area)?;
    let typed = Typed::of(&form);
    let meant = form.text("version").parse().map(IfMatch::only).unwrap_or_default();
    let saved = match typed.told(&visit.frame) {
        Ok(told) => commands::update(&app.store, &visit.actor, outage.id, told, meant).await,
        Err(error) => Err(error),
    };
    match saved {
        Ok(done) => Ok(see_other(&format!("/outages/{}", done.id))),
        Err(error) => {
            let errors = form_errors(error, visit.frame.language)?;
            Ok(to_mend(&page(&app.store, visit, Some(&id), typed, errors).await?))
        }
    }
}

async fn page(store: &Store, visit: Visit, id: Option<&str>, typed: Typed, errors: Errors) -> Outcome<OutageForm> {
    let Visit { actor, frame } = visit;
    let version = match id {
        Some(id) => store
            .read()
            .state::<Outage>(identity(id)?)
            .await?
            .map_or(0, |outage| outage.version),
        None => 0,
    };
    let (heading, own, back) = match id {
        Some(id) => (frame.t("outage-update"), format!("/outages/{id}"), typed.title.clone()),
        None => (frame.t("outage-new"), "/outages".to_owned(), frame.t("outage-title")),
    };
    Ok(OutageForm {
        action: if id.is_some() {
            format!("{own}/edit")
        } else {
            "/outages/new".to_owned()
        },
        areas: areas(store, &frame, &actor, &typed.area).await?,
        is_new: id.is_none(),
        cancel: own.clone(),
        typed,
        version,
        errors,
        frame: frame.titled(heading.clone()).back_to(own, back),
        heading,
    })
}

/// The areas somebody tells of; all of them together where they may.
async fn areas(store: &Store, frame: &Frame, actor: &Actor, current: &str) -> Outcome<Vec<Choice>> {
    let scope = actor.scope(Act::TellOutages);
    let all = store.all::<Area>().await?;
    let mine = all
        .iter()
        .filter(|area| area.state.active && (scope.all || scope.areas.contains(&area.id)));
    let everywhere = scope.all.then(|| Choice::new(ALL, frame.t("outage-area-all"), current));
    let each = mine.map(|area| Choice::new(area.id.to_string(), &area.state.name, current));
    Ok(everywhere.into_iter().chain(each).collect())
}

//! One outage: what it means, and what was told of it so far.

use super::{Step, staff_only, story};
use crate::row::{self, OutageRow};
use crate::{Outage, commands, tell};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use configuration::Area;
use kernel::{Outcome, Refusal, Uuid};
use people::{Act, Visit, form_errors};
use ui::{Errors, Frame};
use web::{App, FormBody, IfMatch, PageError, PagePath, html, see_other, to_mend};

#[derive(Template)]
#[template(path = "outage/show.html")]
struct Show {
    frame: Frame,
    outage: OutageRow,
    version: i64,
    about: String,
    steps: Vec<Step>,
    may_tell: bool,
    errors: Errors,
}

#[derive(Template)]
#[template(path = "outage/public.html")]
struct OnPortal {
    frame: Frame,
    outage: OutageRow,
    about: String,
    steps: Vec<Step>,
}

pub(super) async fn show(
    State(app): State<App>,
    visit: Visit,
    PagePath(id): PagePath<String>,
) -> Result<Response, PageError> {
    Ok(html(&page(&app, &visit, &id, Errors::default()).await?))
}

/// An identity in an address; anything else does not exist.
pub(super) fn identity(text: &str) -> Outcome<Uuid> {
    Ok(text.parse().map_err(|_| Refusal::not_found())?)
}

async fn page(app: &App, visit: &Visit, id: &str, errors: Errors) -> Outcome<Show> {
    let (actor, frame) = (&visit.actor, &visit.frame);
    staff_only(actor)?;
    let id = identity(id)?;
    let outage = row::outage(&app.store, actor, id).await?;
    let loaded = app
        .store
        .read()
        .state::<Outage>(id)
        .await?
        .ok_or_else(Refusal::not_found)?;
    let area = match outage.area {
        Some(area) => Area::by_id(&app.store, area)
            .await?
            .map(|area| area.name)
            .unwrap_or_default(),
        None => frame.t("outage-area-all"),
    };
    let about = [Some(area), about(frame, &outage)]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>();
    Ok(Show {
        version: loaded.version,
        about: about.join(" · "),
        steps: story(&app.store, frame, id).await?,
        may_tell: outage.is_active() && actor.allow_over(Act::TellOutages, outage.area).is_ok(),
        errors,
        frame: frame
            .clone()
            .titled(outage.title.clone())
            .back_to("/outages", frame.t("outage-title")),
        outage,
    })
}

/// Where, and until when: nothing when neither is known.
fn about(frame: &Frame, outage: &OutageRow) -> Option<String> {
    let places = Some(outage.places.clone()).filter(|places| !places.is_empty());
    let restore = outage.restore_at.filter(|_| outage.is_active());
    let told: Vec<String> = places
        .into_iter()
        .chain(restore.map(|at| tell::expected(frame, at)))
        .collect();
    (!told.is_empty()).then(|| told.join(" · "))
}

pub(super) async fn end(
    State(app): State<App>,
    visit: Visit,
    PagePath(id): PagePath<String>,
    form: FormBody,
) -> Result<Response, PageError> {
    staff_only(&visit.actor)?;
    let meant = form.text("version").parse().map(IfMatch::only).unwrap_or_default();
    match commands::end(&app.store, &visit.actor, identity(&id)?, meant).await {
        Ok(done) => Ok(see_other(&format!("/outages/{}", done.id))),
        Err(error) => {
            let errors = form_errors(error, visit.frame.language)?;
            Ok(to_mend(&page(&app, &visit, &id, errors).await?))
        }
    }
}

/// An outage as requesters read it.
pub(super) async fn on_portal(
    State(app): State<App>,
    visit: Visit,
    PagePath(id): PagePath<String>,
) -> Result<Response, PageError> {
    let Visit { actor, frame } = visit;
    let outage = row::outage(&app.store, &actor, identity(&id)?).await?;
    let back = frame.t("outage-back");
    Ok(html(&OnPortal {
        about: about(&frame, &outage).unwrap_or_default(),
        steps: story(&app.store, &frame, outage.id).await?,
        frame: frame.titled(outage.title.clone()).back_to("/portal", back),
        outage,
    }))
}

//! Writing a ready text, changing it, closing it.

use super::LIST;
use crate::Placeholder;
use crate::commands::{self, Change, Wording};
use crate::row::{self, ReadyTextView};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use kernel::{Outcome, Uuid};
use people::{Act, Visit, areas_to_set_up, form_errors};
use store::Store;
use ui::{Choice, Errors, Frame};
use web::{App, FormBody, IfMatch, PageError, PagePath, html, see_other, to_mend};

#[derive(Template)]
#[template(path = "ready_text/form.html")]
struct ReadyTextForm {
    frame: Frame,
    heading: String,
    action: String,
    typed: Typed,
    version: i64,
    areas: Vec<Choice>,
    places: Vec<Place>,
    /// One of them, as an example.
    example: String,
    /// Whether it is offered; nothing for a new one.
    active: Option<bool>,
    may_change: bool,
    errors: Errors,
}

/// A place, as it is explained.
struct Place {
    sign: String,
    meaning: String,
}

/// A text as typed.
#[derive(Clone, Debug, Default)]
struct Typed {
    name: String,
    area: String,
    italian: String,
    english: String,
}

/// What a form sends for all areas.
const ALL: &str = "all";

impl Typed {
    fn of(form: &FormBody) -> Self {
        let text = |field| form.text(field).to_owned();
        Self {
            name: text("name"),
            area: text("area"),
            italian: text("italian"),
            english: text("english"),
        }
    }

    fn as_it_is(text: &ReadyTextView) -> Self {
        Self {
            name: text.name.clone(),
            area: text.area.map_or_else(|| ALL.to_owned(), |area| area.to_string()),
            italian: text.italian.clone(),
            english: text.english.clone(),
        }
    }

    fn wording(&self) -> Wording {
        Wording {
            name: self.name.clone(),
            area: Some(self.area.clone()).filter(|area| !area.is_empty() && area != ALL),
            italian: self.italian.clone(),
            english: self.english.clone(),
        }
    }
}

pub(super) async fn new(State(app): State<App>, visit: Visit) -> Result<Response, PageError> {
    visit.actor.allow_any(Act::Configure)?;
    Ok(html(
        &page(&app.store, visit, None, Typed::default(), Errors::default()).await?,
    ))
}

pub(super) async fn create(State(app): State<App>, visit: Visit, form: FormBody) -> Result<Response, PageError> {
    visit.actor.allow_any(Act::Configure)?;
    let typed = Typed::of(&form);
    let once = form.once(visit.actor.person, "ready text");
    match commands::write(&app.store, &visit.actor, typed.wording(), once).await {
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
    let text = row::ready_text(&app.store, &visit.actor, id).await?;
    let typed = Typed::as_it_is(&text);
    Ok(html(
        &page(&app.store, visit, Some(&text), typed, Errors::default()).await?,
    ))
}

pub(super) async fn save(
    State(app): State<App>,
    visit: Visit,
    PagePath(id): PagePath<Uuid>,
    form: FormBody,
) -> Result<Response, PageError> {
    let typed = Typed::of(&form);
    let change = Change {
        wording: Some(typed.wording()),
        active: None,
    };
    alter(&app, visit, id, change, &form, Some(typed)).await
}

pub(super) async fn set_standing(
    State(app): State<App>,
    visit: Visit,
    PagePath(id): PagePath<Uuid>,
    form: FormBody,
) -> Result<Response, PageError> {
    let change = Change {
        wording: None,
        active: form.text("active").parse().ok(),
    };
    alter(&app, visit, id, change, &form, None).await
}

async fn alter(
    app: &App,
    visit: Visit,
    id: Uuid,
    change: Change,
    form: &FormBody,
    typed: Option<Typed>,
) -> Result<Response, PageError> {
    visit.actor.allow_any(Act::Configure)?;
    let meant = form.text("version").parse().map(IfMatch::only).unwrap_or_default();
    match commands::alter(&app.store, &visit.actor, id, change, meant).await {
        Ok(_) => Ok(see_other(LIST)),
        Err(error) => {
            let errors = form_errors(error, visit.frame.language)?;
            let text = row::ready_text(&app.store, &visit.actor, id).await?;
            let typed = typed.unwrap_or_else(|| Typed::as_it_is(&text));
            Ok(to_mend(&page(&app.store, visit, Some(&text), typed, errors).await?))
        }
    }
}

async fn page(
    store: &Store,
    visit: Visit,
    text: Option<&ReadyTextView>,
    typed: Typed,
    errors: Errors,
) -> Outcome<ReadyTextForm> {
    let Visit { actor, frame } = visit;
    let heading = text.map_or_else(|| frame.t("ready-text-new"), |text| text.name.clone());
    let sign = |place: Placeholder| format!("{{{}}}", place.name(frame.language));
    let place = |place: &Placeholder| Place {
        sign: sign(*place),
        meaning: frame.t(meaning_key(*place)),
    };
    let everywhere = Choice::new(ALL, frame.t("ready-text-area-all"), &typed.area);
    Ok(ReadyTextForm {
        action: text.map_or_else(|| format!("{LIST}/new"), |text| format!("{LIST}/{}", text.id)),
        areas: areas_to_set_up(store, &actor, everywhere, &typed.area).await?,
        places: Placeholder::ALL.iter().map(place).collect(),
        example: sign(Placeholder::Requester),
        version: text.map_or(0, |text| text.version),
        active: text.map(|text| text.active),
        may_change: text.is_none_or(|text| actor.allow_over(Act::Configure, text.area).is_ok()),
        typed,
        errors,
        frame: frame
            .clone()
            .titled(heading.clone())
            .back_to(LIST, frame.t("ready-text-title")),
        heading,
    })
}

fn meaning_key(place: Placeholder) -> &'static str {
    match place {
        Placeholder::Requester => "ready-text-place-requester",
        Placeholder::Number => "ready-text-place-number",
        Placeholder::Subject => "ready-text-place-subject",
        Placeholder::Operator => "ready-text-place-operator",
        Placeholder::Area => "ready-text-place-area",
        Placeholder::Greeting => "ready-text-place-greeting",
    }
}

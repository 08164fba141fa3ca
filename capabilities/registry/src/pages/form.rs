//! One source: how it is reached, what is read of it, what was loaded, and a try.

use super::LIST;
use super::list::standing;
use crate::api::source_of;
use crate::{
    Directory, Entry, Health, RegistryField, RegistrySource, SourceKind, SourceText, add_source, alter_source, health,
    password_variable,
};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use configuration::Area;
use kernel::{Outcome, Refusal, Uuid};
use people::{Act, Visit, form_errors};
use store::Loaded;
use ui::{Choice, Errors, Frame};
use web::{App, FormBody, IfMatch, PageError, PagePath, html, see_other, to_mend};

#[derive(Template)]
#[template(path = "registry/form.html")]
struct Form {
    frame: Frame,
    /// Where it is; `action` means something else to a card of the page.
    own: String,
    is_new: bool,
    /// What the source is called; `name` means something else to a field of the page.
    called: String,
    areas: Vec<Choice>,
    area: String,
    kinds: Vec<Choice>,
    directory: Directory,
    mapping: Vec<Mapped>,
    errors: Errors,
    source: Option<Standing>,
}

/// A field with the attribute or column that has it.
struct Mapped {
    name: String,
    label: String,
    value: String,
}

/// What is there of a source that was added.
struct Standing {
    is_file: bool,
    active: bool,
    words: String,
    tone: &'static str,
    loaded: String,
    variable: String,
    health: Health,
    trial: Vec<(String, String)>,
    tried: bool,
}

/// What a page shows besides what is typed.
#[derive(Default)]
pub(super) struct Shown {
    pub(super) errors: Errors,
    /// What came of a try, where there was one.
    pub(super) trial: Option<Option<Entry>>,
}

pub(super) async fn new(State(app): State<App>, visit: Visit) -> Result<Response, PageError> {
    visit.actor.allow_any(Act::Configure)?;
    let page = page(&app, visit, None, &FormBody::default(), Shown::default()).await?;
    Ok(html(&page))
}

pub(super) async fn create(State(app): State<App>, visit: Visit, form: FormBody) -> Result<Response, PageError> {
    visit.actor.allow_any(Act::Configure)?;
    let added = async {
        let area = area_of(&app, form.text("area")).await?;
        let once = form.once(visit.actor.person, "registry");
        add_source(&app.store, &visit.actor, area, read(&form)?, once).await
    };
    match added.await {
        Ok(source) => Ok(see_other(&format!("{LIST}/{}", source.id))),
        Err(error) => {
            let errors = form_errors(error, visit.frame.language)?;
            let shown = Shown {
                errors,
                ..Shown::default()
            };
            Ok(to_mend(&page(&app, visit, None, &form, shown).await?))
        }
    }
}

pub(super) async fn show(
    State(app): State<App>,
    visit: Visit,
    PagePath(id): PagePath<Uuid>,
) -> Result<Response, PageError> {
    Ok(html(&standing_page(&app, visit, id, Shown::default()).await?))
}

/// The page of a source as it is.
pub(super) async fn standing_page(app: &App, visit: Visit, id: Uuid, shown: Shown) -> Outcome<impl Template + use<>> {
    let source = source_of(&app.store, &visit.actor, id).await?;
    page(app, visit, Some(&source), &FormBody::default(), shown).await
}

pub(super) async fn save(
    State(app): State<App>,
    visit: Visit,
    PagePath(id): PagePath<Uuid>,
    form: FormBody,
) -> Result<Response, PageError> {
    let source = source_of(&app.store, &visit.actor, id).await?;
    let saved = async {
        let change = (Some(read(&form)?), None);
        alter_source(&app.store, &visit.actor, id, change, IfMatch::default()).await
    };
    match saved.await {
        Ok(_) => Ok(see_other(&format!("{LIST}/{id}"))),
        Err(error) => {
            let errors = form_errors(error, visit.frame.language)?;
            let shown = Shown {
                errors,
                ..Shown::default()
            };
            Ok(to_mend(&page(&app, visit, Some(&source), &form, shown).await?))
        }
    }
}

async fn page(
    app: &App,
    visit: Visit,
    source: Option<&Loaded<RegistrySource>>,
    form: &FormBody,
    shown: Shown,
) -> Outcome<Form> {
    let areas = app.store.all::<Area>().await?;
    let before = source.map(|source| source.state.text.clone()).unwrap_or_default();
    let text = match form.get("name") {
        Some(_) => typed(form),
        None => before,
    };
    let Visit { actor, frame } = visit;
    let own = |area: &&Loaded<Area>| area.state.active && actor.allow_in(Act::Configure, area.id).is_ok();
    let all = actor
        .scope(Act::Configure)
        .all
        .then(|| Choice::new("all", frame.t("registry-all-areas"), form.text("area")));
    let each = areas.iter().filter(own);
    let each = each.map(|area| Choice::new(area.id.to_string(), &area.state.name, form.text("area")));
    let area = source.and_then(|source| areas.iter().find(|area| Some(area.id) == source.state.area));
    let (kind, directory) = match &text.place {
        SourceKind::Directory(directory) => ("directory", directory.clone()),
        SourceKind::File => ("file", Directory::default()),
    };
    let title = source.map_or_else(|| frame.t("registry-new"), |source| source.state.text.name.clone());
    Ok(Form {
        own: source.map_or_else(|| format!("{LIST}/new"), |source| format!("{LIST}/{}", source.id)),
        is_new: source.is_none(),
        areas: all.into_iter().chain(each).collect(),
        area: area.map_or_else(|| frame.t("registry-all-areas"), |area| area.state.name.clone()),
        kinds: ["file", "directory"]
            .map(|one| Choice::new(one, frame.t(&format!("registry-kind-{one}")), kind))
            .into(),
        directory,
        mapping: mapping(&frame, &text),
        source: match source {
            Some(source) => Some(standing_of(app, &frame, source, shown.trial).await?),
            None => None,
        },
        called: text.name,
        errors: shown.errors,
        frame: frame.clone().titled(title).back_to(LIST, frame.t("registry-title")),
    })
}

fn mapping(frame: &Frame, text: &SourceText) -> Vec<Mapped> {
    let mapped = |field: RegistryField| Mapped {
        name: format!("map_{}", field.code()),
        label: frame.t(field.text_key()),
        value: text.mapping.get(&field).cloned().unwrap_or_default(),
    };
    RegistryField::ALL.map(mapped).into()
}

async fn standing_of(
    app: &App,
    frame: &Frame,
    source: &Loaded<RegistrySource>,
    trial: Option<Option<Entry>>,
) -> Outcome<Standing> {
    let mut all = health(app.store.read()).await?;
    let health = all.remove(&source.id).unwrap_or_default();
    let (words, tone) = standing(&source.state, health.is_down());
    let told = |file: &crate::LoadedFile| frame.t2("registry-loaded", "n", file.rows, "when", frame.when(&file.at));
    let pair = |(field, text): (RegistryField, String)| (frame.t(field.text_key()), text);
    Ok(Standing {
        is_file: source.state.text.place == SourceKind::File,
        active: source.state.active,
        words: frame.t(words),
        tone,
        loaded: source.state.loaded.as_ref().map(told).unwrap_or_default(),
        variable: match &source.state.text.place {
            SourceKind::Directory(directory) if !directory.secret.is_empty() => password_variable(&directory.secret),
            _ => String::new(),
        },
        health,
        tried: trial.is_some(),
        trial: trial.flatten().unwrap_or_default().into_iter().map(pair).collect(),
    })
}

/// What a form says of a source, as far as it can be read.
fn typed(form: &FormBody) -> SourceText {
    let text = |field: &str| form.text(field).trim().to_owned();
    let column = |field: RegistryField| {
        let column = text(&format!("map_{}", field.code()));
        (!column.is_empty()).then_some((field, column))
    };
    SourceText {
        name: text("name"),
        place: match form.text("kind") {
            "directory" => SourceKind::Directory(Directory {
                url: text("url"),
                base: text("base"),
                filter: text("filter"),
                bind_dn: text("bind_dn"),
                secret: text("secret"),
            }),
            _ => SourceKind::File,
        },
        mapping: RegistryField::ALL.into_iter().filter_map(column).collect(),
    }
}

fn read(form: &FormBody) -> Outcome<SourceText> {
    if !matches!(form.text("kind"), "file" | "directory") {
        return Err(Refusal::field("kind", "field-required").into());
    }
    Ok(typed(form))
}

/// The area of a form: nothing for all of them.
async fn area_of(app: &App, text: &str) -> Outcome<Option<Uuid>> {
    if text == "all" {
        return Ok(None);
    }
    let areas = app.store.all::<Area>().await?;
    let found = areas
        .iter()
        .find(|area| area.id.to_string() == text)
        .map(|area| area.id);
    found
        .map(Some)
        .ok_or_else(|| Refusal::field("area", "field-required").into())
}

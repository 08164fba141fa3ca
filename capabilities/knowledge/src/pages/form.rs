//! Writing an article, and changing it. What was typed is never lost: a version that somebody else saved meanwhile is shown
//! below it, and the next save is meant.

use super::list::audience_key;
use super::staff_only;
use crate::commands::{self, Writing};
use crate::{ArticleView, Audience, view};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use configuration::Area;
use i18n::Language;
use kernel::{Error, Outcome, Refusal, RefusalKind};
use people::{Act, Actor, Visit, form_errors};
use store::Store;
use ui::{Choice, Errors, Frame};
use web::{App, FormBody, IfMatch, PageError, PagePath, html, see_other, to_mend};

#[derive(Template)]
#[template(path = "knowledge/form.html")]
struct ArticleForm {
    frame: Frame,
    heading: String,
    action: String,
    cancel: String,
    typed: Typed,
    version: i64,
    draft: String,
    languages: Vec<Choice>,
    audiences: Vec<Choice>,
    areas: Vec<Choice>,
    meanwhile: Option<ArticleView>,
    errors: Errors,
}

/// An article as typed.
#[derive(Clone, Debug, Default)]
struct Typed {
    title: String,
    body: String,
    language: String,
    audience: String,
    area: String,
    minutes: String,
}

/// What a form sends for all areas.
const ALL: &str = "all";

impl Typed {
    fn of(form: &FormBody) -> Self {
        let text = |field| form.text(field).to_owned();
        Self {
            title: text("title"),
            body: text("body"),
            language: text("language"),
            audience: text("audience"),
            area: text("area"),
            minutes: text("minutes"),
        }
    }

    fn as_it_is(article: &ArticleView) -> Self {
        Self {
            title: article.title.clone(),
            body: article.body.clone().unwrap_or_default(),
            language: article.language.code().to_owned(),
            audience: article.audience.code().to_owned(),
            area: article.area.map_or_else(|| ALL.to_owned(), |area| area.to_string()),
            minutes: article.minutes.map_or_else(String::new, |minutes| minutes.to_string()),
        }
    }

    fn writing(&self) -> Outcome<Writing> {
        let minutes = Some(self.minutes.trim()).filter(|minutes| !minutes.is_empty());
        let minutes = minutes.map(str::parse).transpose();
        let minutes = minutes.map_err(|_| Refusal::field("minutes", "field-wrong-type"))?;
        Ok(Writing {
            title: self.title.clone(),
            body: self.body.clone(),
            language: self.language.parse().unwrap_or_default(),
            audience: Audience::from_code(&self.audience).unwrap_or_default(),
            area: Some(self.area.clone()).filter(|area| !area.is_empty() && area != ALL),
            minutes,
        })
    }
}

/// What a form is about: a new article, or one that is there.
struct About<'a> {
    article: Option<&'a ArticleView>,
    typed: Typed,
    meanwhile: Option<ArticleView>,
    errors: Errors,
}

pub(super) async fn new(State(app): State<App>, visit: Visit) -> Result<Response, PageError> {
    staff_only(&visit.actor)?;
    visit.actor.allow_any(Act::WriteGuides)?;
    let about = About {
        article: None,
        typed: Typed::default(),
        meanwhile: None,
        errors: Errors::default(),
    };
    Ok(html(&page(&app.store, visit, about).await?))
}

pub(super) async fn create(State(app): State<App>, visit: Visit, form: FormBody) -> Result<Response, PageError> {
    staff_only(&visit.actor)?;
    visit.actor.allow_any(Act::WriteGuides)?;
    let typed = Typed::of(&form);
    let once = form.once(visit.actor.person, "article");
    let written = match typed.writing() {
        Ok(writing) => commands::write(&app.store, &visit.actor, writing, once).await,
        Err(error) => Err(error),
    };
    match written {
        Ok(article) => Ok(see_other(&format!("/knowledge/{}", article.number))),
        Err(error) => {
            let errors = form_errors(error, visit.frame.language)?;
            let about = About {
                article: None,
                typed,
                meanwhile: None,
                errors,
            };
            Ok(to_mend(&page(&app.store, visit, about).await?))
        }
    }
}

pub(super) async fn edit(
    State(app): State<App>,
    visit: Visit,
    PagePath(number): PagePath<String>,
) -> Result<Response, PageError> {
    let article = editable(&app, &visit.actor, &number).await?;
    let about = About {
        typed: Typed::as_it_is(&article),
        article: Some(&article),
        meanwhile: None,
        errors: Errors::default(),
    };
    Ok(html(&page(&app.store, visit, about).await?))
}

pub(super) async fn save(
    State(app): State<App>,
    visit: Visit,
    PagePath(number): PagePath<String>,
    form: FormBody,
) -> Result<Response, PageError> {
    let article = editable(&app, &visit.actor, &number).await?;
    let typed = Typed::of(&form);
    let meant = form.text("version").parse().map(IfMatch::only).unwrap_or_default();
    let saved = match typed.writing() {
        Ok(writing) => commands::edit(&app.store, &visit.actor, article.id, writing, meant).await,
        Err(error) => Err(error),
    };
    let error = match saved {
        Ok(article) => return Ok(see_other(&format!("/knowledge/{}", article.number))),
        Err(error) => error,
    };
    let stale = matches!(&error, Error::Refused(refusal) if refusal.kind == RefusalKind::Stale);
    let errors = form_errors(error, visit.frame.language)?;
    let about = About {
        article: Some(&article),
        typed,
        meanwhile: stale.then(|| article.clone()),
        errors,
    };
    Ok(to_mend(&page(&app.store, visit, about).await?))
}

/// An article that the person may change.
async fn editable(app: &App, actor: &Actor, number: &str) -> Outcome<ArticleView> {
    staff_only(actor)?;
    let row = crate::article_row(app.store.read(), actor, number).await?;
    actor.allow_over(row.change(), row.area)?;
    view::article(app.store.read(), actor, number).await
}

async fn page(store: &Store, visit: Visit, about: About<'_>) -> Outcome<ArticleForm> {
    let Visit { actor, frame } = visit;
    let About {
        article,
        typed,
        meanwhile,
        errors,
    } = about;
    let (heading, own, back) = match article {
        Some(article) => (
            frame.t1("knowledge-edit", "number", &article.number),
            format!("/knowledge/{}", article.number),
            article.number.clone(),
        ),
        None => (
            frame.t("knowledge-new"),
            "/knowledge".to_owned(),
            frame.t("knowledge-title"),
        ),
    };
    Ok(ArticleForm {
        action: article.map_or("/knowledge/new".to_owned(), |_| format!("{own}/edit")),
        version: article.map_or(0, |article| article.version),
        draft: article.map_or("article-new".to_owned(), |article| {
            format!("{}-{}", article.number, article.version)
        }),
        languages: Language::ALL
            .map(|one| Choice::new(one.code(), one.own_name(), &typed.language))
            .to_vec(),
        audiences: audiences(&frame, &typed.audience),
        areas: areas(store, &frame, &actor, &typed.area).await?,
        cancel: own.clone(),
        typed,
        meanwhile,
        errors,
        frame: frame.titled(heading.clone()).back_to(own, back),
        heading,
    })
}

fn audiences(frame: &Frame, current: &str) -> Vec<Choice> {
    let current = if current.is_empty() {
        Audience::Public.code()
    } else {
        current
    };
    Audience::ALL
        .map(|audience| Choice::new(audience.code(), frame.t(audience_key(audience)), current))
        .to_vec()
}

/// The areas somebody writes for; all of them together where they may.
async fn areas(store: &Store, frame: &Frame, actor: &Actor, current: &str) -> Outcome<Vec<Choice>> {
    let scope = actor.scope(Act::WriteGuides);
    let all = store.all::<Area>().await?;
    let mine = all
        .iter()
        .filter(|area| area.state.active && (scope.all || scope.areas.contains(&area.id)));
    let everywhere = scope
        .all
        .then(|| Choice::new(ALL, frame.t("knowledge-area-all"), current));
    let each = mine.map(|area| Choice::new(area.id.to_string(), &area.state.name, current));
    Ok(everywhere.into_iter().chain(each).collect())
}

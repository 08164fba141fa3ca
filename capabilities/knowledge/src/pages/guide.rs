//! Guides on the portal: all of them, and one to read and to judge.

use crate::find::{self, Shelf};
use crate::markup::{Block, Span, blocks};
use crate::{ArticleRow, ArticleState, ArticleView, Audience, commands, view};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use kernel::Refusal;
use people::{Visit, query_value};
use serde::Deserialize;
use ui::Frame;
use web::{App, Cursor, FormBody, PageError, PagePath, PageQuery, html, see_other};

/// Guides on a page.
const SHOWN: usize = 40;

#[derive(Template)]
#[template(path = "knowledge/guides.html")]
struct Guides {
    frame: Frame,
    guides: Vec<GuideLine>,
    next: String,
}

/// A guide in the list.
struct GuideLine {
    href: String,
    title: String,
    note: String,
    language: &'static str,
}

#[derive(Template)]
#[template(path = "knowledge/guide.html")]
struct Guide {
    frame: Frame,
    article: ArticleView,
    blocks: Vec<Block>,
    about: String,
    ask: String,
    thanked: bool,
}

#[derive(Deserialize)]
pub(super) struct GuidesQuery {
    cursor: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct GuideQuery {
    #[serde(default)]
    said: String,
}

pub(super) async fn all(
    State(app): State<App>,
    visit: Visit,
    PageQuery(query): PageQuery<GuidesQuery>,
) -> Result<Response, PageError> {
    let Visit { actor, frame } = visit;
    let after = Cursor::ordinal_in(find::ORDER, query.cursor.as_deref())?;
    let (found, next) = find::list(app.store.read(), &actor, Shelf::Guides, SHOWN, after).await?;
    let line = |row: ArticleRow| GuideLine {
        href: format!("/portal/guides/{}", row.number),
        note: row
            .minutes
            .map_or_else(String::new, |minutes| frame.tn("knowledge-minutes", minutes)),
        language: row.language.code(),
        title: row.title,
    };
    let guides = found.into_iter().map(line).collect();
    let next = next.map(|ordinal| Cursor::at(find::ORDER, ordinal));
    let (title, back) = (frame.t("knowledge-guides"), frame.t("knowledge-back"));
    Ok(html(&Guides {
        guides,
        next: next.map_or_else(String::new, |next| format!("/portal/guides?cursor={next}")),
        frame: frame.titled(title).back_to("/portal", back),
    }))
}

/// A guide that somebody may read on the portal.
async fn guide(app: &App, visit: &Visit, number: &str) -> Result<ArticleView, PageError> {
    let article = view::article(app.store.read(), &visit.actor, number).await?;
    let is_guide = article.state == ArticleState::Published && article.audience == Audience::Public;
    if is_guide {
        Ok(article)
    } else {
        Err(Refusal::not_found().into())
    }
}

pub(super) async fn show(
    State(app): State<App>,
    visit: Visit,
    PagePath(number): PagePath<String>,
    PageQuery(query): PageQuery<GuideQuery>,
) -> Result<Response, PageError> {
    let article = guide(&app, &visit, &number).await?;
    let frame = visit.frame;
    let minutes = article.minutes.map(|minutes| frame.tn("knowledge-minutes", minutes));
    let updated = frame.t1(
        "knowledge-updated",
        "day",
        frame.language.day(article.updated_at, &frame.zone),
    );
    let about: Vec<String> = minutes.into_iter().chain([updated]).collect();
    let back = frame.t("knowledge-guides");
    Ok(html(&Guide {
        blocks: blocks(article.body.as_deref().unwrap_or_default()),
        about: about.join(" · "),
        ask: format!("/portal/new?subject={}", query_value(&article.title)),
        thanked: query.said == "voice",
        frame: frame.titled(article.title.clone()).back_to("/portal/guides", back),
        article,
    }))
}

pub(super) async fn judge(
    State(app): State<App>,
    visit: Visit,
    PagePath(number): PagePath<String>,
    form: FormBody,
) -> Result<Response, PageError> {
    let article = guide(&app, &visit, &number).await?;
    commands::judge(&app.store, &visit.actor, &article.number, form.text("useful") == "yes").await?;
    Ok(see_other(&format!(
        "/portal/guides/{}?said=voice#voice",
        article.number
    )))
}

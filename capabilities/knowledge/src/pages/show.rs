//! An article as the desk reads it, and its publication.

use super::list::{area_name, audience_key, state_key, tone};
use super::staff_only;
use crate::markup::{Block, Span, blocks};
use crate::{ArticleState, ArticleView, Audience, Voices, commands, view};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use kernel::Outcome;
use people::{Act, Visit, form_errors};
use ui::{Errors, Frame};
use web::{App, FormBody, IfMatch, PageError, PagePath, html, see_other, to_mend};

#[derive(Template)]
#[template(path = "knowledge/show.html")]
struct Show {
    frame: Frame,
    article: ArticleView,
    blocks: Vec<Block>,
    about: String,
    state: String,
    tone: &'static str,
    internal: bool,
    is_published: bool,
    portal: String,
    voices: Voices,
    may_edit: bool,
    may_publish: bool,
    errors: Errors,
}

pub(super) async fn show(
    State(app): State<App>,
    visit: Visit,
    PagePath(number): PagePath<String>,
) -> Result<Response, PageError> {
    Ok(html(&page(&app, &visit, &number, Errors::default()).await?))
}

async fn page(app: &App, visit: &Visit, number: &str, errors: Errors) -> Outcome<Show> {
    let (actor, frame) = (&visit.actor, &visit.frame);
    staff_only(actor)?;
    let article = view::article(app.store.read(), actor, number).await?;
    let is_published = article.state == ArticleState::Published;
    let internal = article.audience == Audience::Internal;
    let may = |act| actor.allow_over(act, article.area).is_ok();
    let mut about = vec![
        article.number.clone(),
        area_name(&app.store, frame, article.area).await?,
        frame.t(audience_key(article.audience)),
        article.language.own_name().to_owned(),
    ];
    about.extend(article.minutes.map(|minutes| frame.tn("knowledge-minutes", minutes)));
    Ok(Show {
        blocks: blocks(article.body.as_deref().unwrap_or_default()),
        about: about.join(" · "),
        state: frame.t(state_key(article.state)),
        tone: tone(article.state),
        internal,
        is_published,
        portal: if is_published && !internal {
            format!("/portal/guides/{}", article.number)
        } else {
            String::new()
        },
        voices: view::voices(app.store.read(), article.id).await?,
        may_edit: may(if is_published {
            Act::PublishGuides
        } else {
            Act::WriteGuides
        }),
        may_publish: may(Act::PublishGuides),
        errors,
        frame: frame
            .clone()
            .titled(article.title.clone())
            .back_to("/knowledge", frame.t("knowledge-title")),
        article,
    })
}

pub(super) async fn publish(
    State(app): State<App>,
    visit: Visit,
    PagePath(number): PagePath<String>,
    form: FormBody,
) -> Result<Response, PageError> {
    set_state(&app, &visit, &number, ArticleState::Published, &form).await
}

pub(super) async fn withdraw(
    State(app): State<App>,
    visit: Visit,
    PagePath(number): PagePath<String>,
    form: FormBody,
) -> Result<Response, PageError> {
    set_state(&app, &visit, &number, ArticleState::Withdrawn, &form).await
}

async fn set_state(
    app: &App,
    visit: &Visit,
    number: &str,
    state: ArticleState,
    form: &FormBody,
) -> Result<Response, PageError> {
    staff_only(&visit.actor)?;
    let id = view::article(app.store.read(), &visit.actor, number).await?.id;
    let meant = form.text("version").parse().map(IfMatch::only).unwrap_or_default();
    match commands::set_state(&app.store, &visit.actor, id, state, meant).await {
        Ok(article) => Ok(see_other(&format!("/knowledge/{}", article.number))),
        Err(error) => {
            let errors = form_errors(error, visit.frame.language)?;
            Ok(to_mend(&page(app, visit, number, errors).await?))
        }
    }
}

//! `GET /live`: what changes while one looks; `POST /live/look`: what one looks at oneself.
//!
//! One stream for each browser. Each message carries its place in the journal, and the browser comes back with it after a
//! broken line, so that nothing is missed; what is told twice does no harm, because it is the state of a row and not a
//! difference. Nothing here may be more than the reader may see by asking.

mod counts;
mod lines;
mod reader;
mod topics;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use kernel::{Checks, Limit, Refusal};
use live::{Doing, Look};
use people::{Act, SignedPage};
use std::convert::Infallible;
use std::sync::Arc;
use web::{App, FormBody, PageError, PageQuery};

use reader::Reader;
use topics::Topics;

/// The stream.
pub(super) async fn stream(
    State(app): State<App>,
    PageQuery(pairs): PageQuery<Vec<(String, String)>>,
    headers: HeaderMap,
) -> Result<Response, PageError> {
    let Some(actor) = people::still_signed_in(&app, &headers).await? else {
        // An event source knows no status: it is told in words, and does not come back.
        let over = stream::iter([Ok::<_, Infallible>(Event::default().event("over").data("{}"))]);
        return Ok(Sse::new(over).into_response());
    };
    let mut topics = Topics::of(&pairs, &actor);
    let resumed = headers.get("last-event-id").and_then(|value| value.to_str().ok());
    if let Some(since) = resumed.and_then(|value| value.parse().ok()) {
        topics.since = Some(since);
    }
    let reader = Reader::begin(app, actor, headers, topics, web::language());
    let events = stream::unfold(reader, |mut reader| async move {
        let event = reader.next().await?;
        Some((Ok::<_, Infallible>(event), reader))
    });
    Ok(Sse::new(events).into_response())
}

/// Takes down who looks at a ticket and what they do there.
pub(super) async fn look(
    State(app): State<App>,
    SignedPage(actor): SignedPage,
    form: FormBody,
) -> Result<StatusCode, PageError> {
    if !actor.is_staff() {
        return Err(Refusal::not_found().into());
    }
    let mut checks = Checks::new();
    let page = checks.required("page", form.get("page"), Limit::line(40));
    let doing = serde_json::from_value::<Doing>(form.text("doing").into());
    if doing.is_err() {
        checks.wrong("doing", "field-unknown-value");
    }
    checks.done()?;
    let card = record::card(app.store.read(), &actor, Act::ViewInternal, form.text("ticket")).await?;
    let look = Look {
        // Somebody else's page cannot be spoken for.
        page: format!("{}:{page}", actor.person.simple()),
        person: actor.person,
        name: actor.name.clone(),
        record: card.id,
        doing: doing.unwrap_or(Doing::Viewing),
    };
    app.live.look(look, Arc::new(card));
    Ok(StatusCode::NO_CONTENT)
}

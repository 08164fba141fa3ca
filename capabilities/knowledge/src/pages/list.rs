//! The desk's list of articles.

use super::staff_only;
use crate::find::{self, Shelf};
use crate::{ArticleRow, ArticleState, Audience};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use configuration::Area;
use kernel::{Instant, Outcome};
use people::{Act, Visit};
use serde::Deserialize;
use store::Store;
use ui::{Choice, Frame};
use web::{App, Cursor, PageError, PageQuery, html};

/// Articles on a page.
const SHOWN: usize = 50;

#[derive(Template)]
#[template(path = "knowledge/list.html")]
struct List {
    frame: Frame,
    words: String,
    state: String,
    states: Vec<Choice>,
    articles: Vec<Line>,
    next: String,
    may_write: bool,
}

/// An article in the list.
pub(super) struct Line {
    pub(super) href: String,
    pub(super) number: String,
    pub(super) title: String,
    pub(super) area: String,
    pub(super) audience: String,
    pub(super) internal: bool,
    pub(super) state: String,
    pub(super) tone: &'static str,
    pub(super) updated_at: Instant,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct ListQuery {
    q: String,
    state: String,
    cursor: Option<String>,
}

pub(super) async fn list(
    State(app): State<App>,
    visit: Visit,
    PageQuery(query): PageQuery<ListQuery>,
) -> Result<Response, PageError> {
    let Visit { actor, frame } = visit;
    staff_only(&actor)?;
    let state = ArticleState::from_code(&query.state);
    let words: String = query.q.trim().chars().take(240).collect();
    let (reader, shelf) = (app.store.read(), Shelf::Desk(state));
    let (found, next) = if words.is_empty() {
        let after = Cursor::ordinal_in(find::ORDER, query.cursor.as_deref())?;
        find::list(reader, &actor, shelf, SHOWN, after).await?
    } else {
        (find::find(reader, &actor, shelf, &words, SHOWN).await?, None)
    };
    let title = frame.t("knowledge-title");
    let page = List {
        articles: lines(&app.store, &frame, found).await?,
        states: states(&frame, state),
        state: state.map_or_else(String::new, |state| state.code().to_owned()),
        next: next.map_or_else(String::new, |ordinal| next_page(state, ordinal)),
        may_write: !actor.scope(Act::WriteGuides).is_nothing(),
        words,
        frame: frame.titled(title),
    };
    Ok(html(&page))
}

fn next_page(state: Option<ArticleState>, ordinal: i64) -> String {
    let state = state.map_or("", ArticleState::code);
    let cursor = Cursor::at(find::ORDER, ordinal);
    format!("/knowledge?state={state}&cursor={cursor}")
}

/// The states to choose from, with all of them first.
fn states(frame: &Frame, current: Option<ArticleState>) -> Vec<Choice> {
    let current = current.map_or("/knowledge".to_owned(), address);
    let all = Choice::new("/knowledge", frame.t("knowledge-all"), &current);
    let each = ArticleState::ALL.map(|state| Choice::new(address(state), frame.t(state_key(state)), &current));
    std::iter::once(all).chain(each).collect()
}

fn address(state: ArticleState) -> String {
    format!("/knowledge?state={}", state.code())
}

/// The key of a state's name.
pub(super) fn state_key(state: ArticleState) -> &'static str {
    match state {
        ArticleState::Draft => "knowledge-state-draft",
        ArticleState::Published => "knowledge-state-published",
        ArticleState::Withdrawn => "knowledge-state-withdrawn",
    }
}

/// The key of an audience's name.
pub(super) fn audience_key(audience: Audience) -> &'static str {
    match audience {
        Audience::Public => "knowledge-audience-public",
        Audience::Internal => "knowledge-audience-internal",
    }
}

/// The tone of a state.
pub(super) fn tone(state: ArticleState) -> &'static str {
    match state {
        ArticleState::Draft => "warning",
        ArticleState::Published => "success",
        ArticleState::Withdrawn => "neutral",
    }
}

/// The name of an area, or of all together.
pub(super) async fn area_name(store: &Store, frame: &Frame, area: Option<kernel::Uuid>) -> Outcome<String> {
    let Some(area) = area else {
        return Ok(frame.t("knowledge-area-all"));
    };
    Ok(Area::by_id(store, area)
        .await?
        .map(|area| area.name)
        .unwrap_or_default())
}

async fn lines(store: &Store, frame: &Frame, rows: Vec<ArticleRow>) -> Outcome<Vec<Line>> {
    let mut lines = Vec::with_capacity(rows.len());
    for row in rows {
        lines.push(Line {
            href: format!("/knowledge/{}", row.number),
            area: area_name(store, frame, row.area).await?,
            audience: frame.t(audience_key(row.audience)),
            internal: row.audience == Audience::Internal,
            state: frame.t(state_key(row.state)),
            tone: tone(row.state),
            number: row.number,
            title: row.title,
            updated_at: row.updated_at,
        });
    }
    Ok(lines)
}

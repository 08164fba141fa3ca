//! People, to be found by name or contact.

use crate::staff::Staff;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use people::{Act, Named};
use serde::Deserialize;
use ui::Frame;
use web::{App, PageError, PageQuery, html};

/// People on a page.
const SHOWN: i64 = 50;

#[derive(Template)]
#[template(path = "administration/people.html")]
struct People {
    frame: Frame,
    words: String,
    people: Vec<Named>,
    next: String,
    may_add: bool,
}

#[derive(Deserialize)]
pub(super) struct PeopleQuery {
    #[serde(default)]
    q: String,
    #[serde(default)]
    cursor: Option<String>,
}

pub(super) async fn list(
    State(app): State<App>,
    staff: Staff,
    PageQuery(query): PageQuery<PeopleQuery>,
) -> Result<Response, PageError> {
    staff.actor.allow_any(Act::ViewPeople)?;
    // What nobody is called finds nobody.
    let plain = query.q.chars().filter(|c| !c.is_control());
    let words: String = plain.take(200).collect();
    let found = people::find_people_after(app.store.read(), &words, SHOWN, query.cursor.as_deref()).await?;
    let next = found
        .next
        .as_deref()
        .map(|cursor| address(&words, cursor))
        .unwrap_or_default();
    staff.read(&app, "search", None);
    let may_add = staff.may(Act::ManagePeople);
    let title = staff.frame.t("admin-people");
    Ok(html(&People {
        frame: staff.frame.titled(title),
        words,
        people: found.people,
        next,
        may_add,
    }))
}

/// The address of the next page.
fn address(words: &str, cursor: &str) -> String {
    format!("/people?q={}&cursor={cursor}", people::query_value(words))
}

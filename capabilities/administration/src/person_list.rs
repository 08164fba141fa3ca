//! People, to be found by name or contact.

use crate::staff::Staff;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use people::{Act, Named};
use serde::Deserialize;
use ui::Frame;
use web::{App, PageError, html};

/// People on a page.
const SHOWN: i64 = 50;

#[derive(Template)]
#[template(path = "administration/people.html")]
struct People {
    frame: Frame,
    words: String,
    people: Vec<Named>,
    may_add: bool,
}

#[derive(Deserialize)]
pub(super) struct PeopleQuery {
    #[serde(default)]
    q: String,
}

pub(super) async fn list(
    State(app): State<App>,
    staff: Staff,
    Query(query): Query<PeopleQuery>,
) -> Result<Response, PageError> {
    staff.actor.allow_any(Act::ViewPeople)?;
    let words: String = query.q.chars().take(200).collect();
    let people = people::find_people(app.store.read(), &words, SHOWN).await?;
    staff.read(&app, "search", None);
    let may_add = staff.may(Act::ManagePeople);
    let title = staff.frame.t("admin-people");
    Ok(html(&People {
        frame: staff.frame.titled(title),
        words,
        people,
        may_add,
    }))
}

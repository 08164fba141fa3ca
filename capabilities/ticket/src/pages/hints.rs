//! First steps at the desk: three hints above the queue, one at a time, each until somebody has said that they know it.

use super::staff::Staff;
use axum::extract::State;
use axum::response::Response;
use kernel::{Outcome, Refusal};
use people::local_path;
use web::{App, FormBody, PageError, PagePath};

/// All hints, in the order in which they are given.
const HINTS: [&str; 3] = ["next", "search", "call"];
/// The one that is only for people who open tickets for whoever calls.
const CALL: &str = "call";
/// The preference that holds the names of those that are known, with blanks between them.
const KNOWN: &str = "hints";

/// A hint as it is shown.
pub(super) struct Hint {
    pub(super) title: String,
    pub(super) text: String,
    /// Where one says that one knows it.
    pub(super) known: String,
    /// `1 di 3`.
    pub(super) place: String,
}

/// The first hint that the reader has not put away yet.
pub(super) async fn hint(app: &App, staff: &Staff) -> Outcome<Option<Hint>> {
    let known = workspace::preference(&app.store, staff.actor.person, KNOWN).await?;
    let known = known.unwrap_or_default();
    let mine: Vec<&str> = HINTS
        .into_iter()
        .filter(|name| *name != CALL || staff.actor.opens_for_others())
        .collect();
    let first = mine.iter().position(|name| !known.split(' ').any(|one| one == *name));
    Ok(first.map(|place| {
        let (frame, name) = (&staff.frame, mine[place]);
        Hint {
            title: frame.t(&format!("ticket-hint-{name}")),
            text: frame.t(&format!("ticket-hint-{name}-text")),
            known: format!("/hints/{name}/known"),
            place: frame.t2("ticket-hint-place", "n", place + 1, "of", mine.len()),
        }
    }))
}

/// Somebody knows it: it is not shown to them again.
pub(super) async fn put_away(
    State(app): State<App>,
    staff: Staff,
    PagePath(name): PagePath<String>,
    form: FormBody,
) -> Result<Response, PageError> {
    let name = HINTS.into_iter().find(|hint| *hint == name);
    let name = name.ok_or_else(Refusal::not_found)?;
    let person = staff.actor.person;
    let known = workspace::preference(&app.store, person, KNOWN).await?;
    let mut known: Vec<String> = known
        .unwrap_or_default()
        .split_whitespace()
        .map(str::to_owned)
        .collect();
    if !known.iter().any(|one| one == name) {
        known.push(name.to_owned());
        workspace::set_preference(&app.store, person, KNOWN, &known.join(" ")).await?;
    }
    Ok(web::see_other(local_path(form.text("to")).unwrap_or("/tickets")))
}

//! Why a ticket lies with its group, on a page: the rules that were asked, and what each said.

use super::asked::Asked;
use super::desk::{Desk, Opened};
use super::staff::Staff;
use crate::domain::OverflowReason;
use crate::queries::{self, Routed};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use kernel::Outcome;
use people::{Act, Group};
use store::{Loaded, Store};
use ui::Frame;
use web::{App, PageError, PagePath};

#[derive(Template)]
#[template(path = "ticket/routing.html")]
struct Page {
    frame: Frame,
    desk: Desk,
    said: String,
    overflow: String,
    trials: Vec<Line>,
}

struct Line {
    name: String,
    edition: String,
    group: String,
    said: String,
    decided: bool,
}

pub(super) async fn show(
    State(app): State<App>,
    staff: Staff,
    asked: Asked,
    PagePath(number): PagePath<String>,
) -> Result<Response, PageError> {
    let opened = Opened::load(&app.store, &staff.actor, &number).await?;
    staff.actor.allow(Act::ViewInternal, &opened.card)?;
    staff.note(&app, "ticket", Some(opened.card.id));
    let routed = queries::routed(&app.store, opened.card.id).await?;
    let (said, overflow, trials) = told(&app.store, &staff.frame, routed).await?;
    let (desk, frame) = Desk::around(&app, &staff.actor, staff.frame, &asked, &opened).await?;
    Ok(web::html(&Page {
        frame,
        desk,
        said,
        overflow,
        trials,
    }))
}

/// Who decided, in a sentence, where it flowed over to, and what each rule said.
async fn told(store: &Store, frame: &Frame, routed: Option<Routed>) -> Outcome<(String, String, Vec<Line>)> {
    let Some(routed) = routed else {
        return Ok((frame.t("ticket-page-routing-never"), String::new(), Vec::new()));
    };
    let groups = store.all::<Group>().await?;
    let name = |id| {
        let found = groups.iter().find(|group: &&Loaded<Group>| Some(group.id) == id);
        found.map(|group| group.state.name.clone()).unwrap_or_default()
    };
    let rule = routed.trials.iter().find(|trial| trial.missed.is_none());
    let meant = routed.overflow.map_or(routed.group, |overflow| Some(overflow.from));
    let (group, when) = (name(meant), frame.instant(&routed.at));
    let mut args = vec![("group", group.as_str().into()), ("when", when.as_str().into())];
    let key = match (rule, routed.rule, routed.group) {
        (Some(rule), _, _) => {
            args.push(("rule", rule.name.as_str().into()));
            "ticket-page-routing-by-rule"
        }
        (None, Some(_), _) => "ticket-page-routing-by-former-rule",
        (None, None, None) => "ticket-page-routing-nobody",
        (None, None, Some(_)) => "ticket-page-routing-by-default",
    };
    let said = frame.language.text_with(key, &args);
    let line = |trial: &queries::RoutingTrial| Line {
        name: trial.name.clone(),
        edition: trial.edition.to_string(),
        group: name(Some(trial.group)),
        said: match trial.missed {
            None => frame.t("ticket-page-routing-decided"),
            Some(missed) => frame.t(&format!("ticket-page-routing-missed-{}", missed.code())),
        },
        decided: trial.missed.is_none(),
    };
    let overflow = routed.overflow.map_or_else(String::new, |overflow| {
        let key = match overflow.why {
            OverflowReason::Hours => "ticket-page-routing-over-hours",
            OverflowReason::Full => "ticket-page-routing-over-full",
        };
        let (from, to) = (name(Some(overflow.from)), name(routed.group));
        frame.t2(key, "from", from, "to", to)
    });
    Ok((said, overflow, routed.trials.iter().map(line).collect()))
}

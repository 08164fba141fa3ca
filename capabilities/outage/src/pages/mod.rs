//! Pages of outages: the desk's, and what requesters read.

mod form;
mod list;
mod show;

use axum::Router;
use axum::routing::{get, post};
use kernel::{Instant, Outcome, Refusal, Uuid};
use people::Actor;
use store::Store;
use ui::Frame;
use web::{App, Audience, Place};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/outages", get(list::list))
        .route("/outages/new", get(form::new).post(form::create))
        .route("/outages/{outage}", get(show::show))
        .route("/outages/{outage}/edit", get(form::edit).post(form::save))
        .route("/outages/{outage}/end", post(show::end))
        .route("/portal/outages", get(list::on_portal))
        .route("/portal/outages/{outage}", get(show::on_portal))
}

pub(crate) fn places() -> Vec<Place> {
    vec![Place {
        label: "outage-place",
        href: "/outages",
        icon: "outage",
        key: "g o",
        audience: Audience::Staff,
    }]
}

/// The desk's pages do not exist for others.
fn staff_only(actor: &Actor) -> Outcome<()> {
    if actor.is_staff() {
        Ok(())
    } else {
        Err(Refusal::not_found().into())
    }
}

/// Something that was told of an outage.
pub(crate) struct Step {
    pub(crate) at: Instant,
    pub(crate) label: String,
    pub(crate) lines: Vec<String>,
}

/// The story of an outage, the newest first.
async fn story(store: &Store, frame: &Frame, id: Uuid) -> Outcome<Vec<Step>> {
    let events = store.read().events_of(id, 0, 500).await?;
    let contents = store.read().contents_of(id).await?;
    let mut steps = Vec::new();
    for event in events.iter().filter(|event| event.name.starts_with("outage.")) {
        let (label, telling) = match serde_json::from_str::<crate::OutageEvent>(&event.payload)? {
            crate::OutageEvent::Opened { telling, .. } => ("outage-step-opened", Some(telling)),
            crate::OutageEvent::Updated { telling } => ("outage-step-updated", Some(telling)),
            crate::OutageEvent::Ended => ("outage-step-ended", None),
        };
        let meaning = telling
            .as_ref()
            .and_then(|telling| contents.get(&telling.meaning.content));
        let mut lines: Vec<String> =
            meaning.map_or_else(Vec::new, |text| text.body.lines().map(str::to_owned).collect());
        let restore = telling.and_then(|telling| telling.restore_at);
        lines.extend(restore.map(|at| crate::tell::expected(frame, at)));
        steps.push(Step {
            at: event.occurred_at,
            label: frame.t(label),
            lines,
        });
    }
    steps.reverse();
    Ok(steps)
}

//! Calls that wait: half typed when another one came, to be gone on with or thrown away.

use super::staff::Staff;
use kernel::{Outcome, Uuid};
use web::App;
use workspace::Draft;

/// What keys of calls begin with.
const CALLS: &str = "call:";
/// Fields in which somebody typed something about the call; the others have values of their own from the beginning.
const TELLING: [&str; 8] = [
    "who",
    "person",
    "name",
    "email",
    "phone",
    "subject",
    "description",
    "solution",
];

/// A call that waits.
pub(super) struct WaitingCall {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) who: String,
    pub(super) when: String,
}

/// The key of a call's draft.
pub(super) fn key_of(call: Uuid) -> String {
    format!("{CALLS}{call}")
}

fn tells(draft: &Draft) -> bool {
    TELLING.iter().any(|field| !draft.text(field).trim().is_empty())
}

/// The calls of a person that wait, but the one on screen; the oldest first.
pub(super) async fn waiting(app: &App, staff: &Staff, but: Option<Uuid>) -> Outcome<Vec<WaitingCall>> {
    let but = but.map(key_of).unwrap_or_default();
    let drafts = workspace::drafts_under(&app.store, staff.actor.person, CALLS).await?;
    let waiting = drafts.iter().filter(|draft| draft.key != but && tells(draft));
    Ok(waiting.map(|draft| told(staff, draft)).collect())
}

fn told(staff: &Staff, draft: &Draft) -> WaitingCall {
    let said = ["subject", "description"]
        .into_iter()
        .map(|field| draft.text(field).trim());
    let title = said
        .into_iter()
        .find(|text| !text.is_empty())
        .map(|text| text.chars().take(80).collect());
    let who = ["who", "name", "phone", "email"]
        .into_iter()
        .map(|field| draft.text(field).trim());
    WaitingCall {
        id: draft.key.trim_start_matches(CALLS).to_owned(),
        title: title.unwrap_or_else(|| staff.frame.t("ticket-page-call-without-subject")),
        who: who
            .into_iter()
            .find(|text| !text.is_empty())
            .unwrap_or_default()
            .to_owned(),
        when: staff.frame.when(&draft.at),
    }
}

/// How many wait.
pub(super) async fn count(app: &App, person: Uuid) -> Outcome<u64> {
    let drafts = workspace::drafts_under(&app.store, person, CALLS).await?;
    Ok(drafts.iter().filter(|draft| tells(draft)).count() as u64)
}

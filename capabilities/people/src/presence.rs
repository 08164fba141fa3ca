//! What somebody of the desk can say of themselves on every page: handed over by whoever knows who is there.

use crate::Actor;
use futures_util::future::BoxFuture;
use kernel::Outcome;
use std::sync::Arc;
use ui::Choice;
use web::App;

/// What somebody can say, on its way.
type Found = BoxFuture<'static, Outcome<Vec<Choice>>>;

/// Hands over what somebody can say of themselves, what they are by now chosen; nothing for whoever is not of the desk.
#[derive(Clone, Copy)]
pub struct PresenceSource(pub fn(App, Arc<Actor>) -> Found);

/// What somebody can say. A page without it is better than none: what fails is logged and left out.
pub(crate) async fn presences(app: &App, actor: &Arc<Actor>) -> Vec<Choice> {
    let mut all = Vec::new();
    for PresenceSource(find) in app.slots.of::<PresenceSource>() {
        match find(app.clone(), actor.clone()).await {
            Ok(found) => all.extend(found),
            Err(cause) => tracing::warn!(%cause, "who is there could not be read"),
        }
    }
    all
}

//! Notices across the top of every page, handed over by other capabilities: a known outage.

use crate::Actor;
use futures_util::future::BoxFuture;
use kernel::Outcome;
use std::sync::Arc;
use ui::{Banner, Frame};
use web::App;

/// Notices on their way.
type Found = BoxFuture<'static, Outcome<Vec<Banner>>>;

/// Hands over what is to stand across the top for somebody; the frame gives language and zone.
#[derive(Clone, Copy)]
pub struct NoticeSource(pub fn(App, Arc<Actor>, Frame) -> Found);

/// All notices for somebody. A page without them is better than none: what fails is logged and left out.
pub(crate) async fn notices(app: &App, actor: &Arc<Actor>, frame: &Frame) -> Vec<Banner> {
    let mut all = Vec::new();
    for NoticeSource(find) in app.slots.of::<NoticeSource>() {
        match find(app.clone(), actor.clone(), frame.clone()).await {
            Ok(found) => all.extend(found),
            Err(cause) => tracing::warn!(%cause, "notices could not be read"),
        }
    }
    all
}

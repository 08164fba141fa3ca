//! Who would be written to about a ticket if something happened now, and why, or why not.

use super::journal::case;
use super::mail::MailState;
use super::occasion::{Occasion, Verdict, Why, decide};
use crate::text::for_ticket::About;
use kernel::Outcome;
use mail::Mailer;
use serde::Serialize;
use utoipa::ToSchema;
use web::App;

/// What one occasion would have somebody told.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Would {
    /// The occasion.
    pub occasion: Occasion,
    /// Where the mail would stand at first; nothing where nobody would be written to.
    pub state: Option<MailState>,
    /// Why nobody would be.
    pub why: Option<Why>,
}

/// What would happen on each occasion, if somebody of the desk acted now. Nothing is written and nothing is sent.
pub(crate) async fn rehearse(app: &App, about: &About) -> Outcome<Vec<Would>> {
    let reachable = app.slots.of::<Mailer>().next().is_some();
    let mut all = Vec::new();
    for occasion in Occasion::ALL {
        let (state, why) = match decide(&case(app, about, occasion, None).await?) {
            Verdict::Write(_) if reachable => (Some(MailState::Waiting), None),
            Verdict::Write(_) => (Some(MailState::Held), None),
            Verdict::NoAddress(_) => (Some(MailState::NoAddress), None),
            Verdict::Not(why) => (None, Some(why)),
        };
        all.push(Would { occasion, state, why });
    }
    Ok(all)
}

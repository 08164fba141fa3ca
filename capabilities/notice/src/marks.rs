//! What became of mail, below the words it was about.

use crate::post::row;
use futures_util::future::BoxFuture;
use kernel::{Outcome, Uuid};
use record::{Mark, MarkSource};
use ui::Frame;
use web::App;

/// The marks that mail puts on a ticket.
pub(crate) fn source() -> MarkSource {
    MarkSource {
        address: |number| format!("/tickets/{number}/mail"),
        label: "notice-outbox",
        find: |app, ticket, frame| -> BoxFuture<'static, Outcome<Vec<Mark>>> { Box::pin(marks(app, ticket, frame)) },
    }
}

async fn marks(app: App, ticket: Uuid, frame: Frame) -> Outcome<Vec<Mark>> {
    let mails = row::of_ticket(app.store.read(), ticket).await?;
    let mark = |mail: &row::MailRow| Mark {
        place: mail.place,
        words: frame.t1("notice-mark-mail", "state", frame.t(mail.state.label())),
        tone: mail.state.tone(),
    };
    Ok(mails.iter().map(mark).collect())
}

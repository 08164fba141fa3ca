//! What a person does about mail: has it tried again.

use super::mail::{Mail, MailEvent, MailState};
use super::row::{self, After, MailRow};
use super::send;
use kernel::{Outcome, Refusal, RefusalKind, Uuid};
use mail::Mailer;
use people::{Act, Actor};
use std::sync::Arc;
use store::{Lane, Recorded, Tx};
use web::App;

/// Mails that are tried again at once.
const AT_ONCE: i64 = 200;

/// Has a mail tried again that was refused, held, or had no address.
///
/// # Errors
/// A refusal 403, 404, 409 when it is on its way or with the server, or when there is no mail server.
pub(crate) async fn requeue(app: &App, actor: &Arc<Actor>, mail: Uuid) -> Outcome<()> {
    actor.allow_any(Act::ManageJobs)?;
    let mail = row::mail(app.store.read(), mail).await?;
    allow_server(app)?;
    if !mail.state.may_be_tried_again() {
        return Err(Refusal::new(RefusalKind::Conflict, "mail_on_its_way", "notice-refusal-on-its-way").into());
    }
    again(app, actor, vec![mail]).await.map(drop)
}

/// Has the mails tried again that were held while there was no mail server; answers how many.
///
/// # Errors
/// A refusal 403, 409 when there is no mail server.
pub(crate) async fn requeue_held(app: &App, actor: &Arc<Actor>) -> Outcome<usize> {
    actor.allow_any(Act::ManageJobs)?;
    allow_server(app)?;
    let held = row::list(app.store.read(), Some(MailState::Held), None, AT_ONCE).await?;
    again(app, actor, held).await
}

fn allow_server(app: &App) -> Outcome<()> {
    match app.slots.of::<Mailer>().next() {
        Some(_) => Ok(()),
        None => Err(Refusal::new(RefusalKind::Conflict, "no_mail_server", "notice-refusal-no-server").into()),
    }
}

async fn again(app: &App, actor: &Arc<Actor>, mails: Vec<MailRow>) -> Outcome<usize> {
    let author = actor.author();
    app.store
        .write(Lane::People, move |tx| {
            Box::pin(async move {
                let mut count = 0;
                for mail in mails {
                    if !back(tx, &mail).await? {
                        continue;
                    }
                    count += 1;
                    let mut record = tx.load::<Mail>(mail.id).await?;
                    let event = Recorded {
                        event: MailEvent::Requeued,
                        occurred_at: tx.now(),
                    };
                    tx.save(&mut record, &author, vec![event], &[]).await?;
                }
                Ok(count)
            })
        })
        .await
}

async fn back(tx: &Tx, mail: &MailRow) -> Outcome<bool> {
    let after = After {
        state: MailState::Waiting,
        attempts: mail.attempts,
        error: "",
        next_at: tx.now(),
    };
    if !row::note(tx, mail, after).await? {
        return Ok(false);
    }
    send::queue(tx, mail.id, mail.attempts + 1, tx.now()).await?;
    Ok(true)
}

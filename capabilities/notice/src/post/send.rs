//! Handing mails over: one job a try. What the server took is noted at once; a try that was made is not made again.
//!
//! Between the server's yes and our note a node may die. The job goes to another one then, and the mail a second time to the
//! server, with the same Message-ID: whoever reads mail can tell that it is the same, and nothing is lost.

use super::compose::{Composed, compose, last_try};
use super::mail::{Mail, MailEvent, MailState};
use super::row::{self, After, MailRow};
use host::JobHandler;
use kernel::{Author, Instant, Outcome, Uuid};
use mail::{Mailer, Unsent};
use serde::{Deserialize, Serialize};
use store::{Lane, NewJob, Recorded, Store, Tx};
use web::App;

const KIND: &str = "notice.mail";

/// A try to hand a mail over.
#[derive(Serialize, Deserialize)]
struct Try {
    mail: Uuid,
    /// Which try, from one.
    attempt: i64,
}

/// Queues a try.
pub(crate) async fn queue(tx: &Tx, mail: Uuid, attempt: i64, run_at: Instant) -> Outcome<()> {
    tx.enqueue(NewJob {
        kind: KIND,
        payload: serde_json::to_string(&Try { mail, attempt })?,
        run_at,
        unique_key: Some(format!("{KIND}:{mail}:{attempt}")),
    })
    .await
}

/// The job of a try.
pub(crate) const fn job() -> JobHandler {
    JobHandler {
        kind: KIND,
        run: |app, payload| Box::pin(run(app, payload)),
    }
}

/// What came of a try.
struct Came {
    state: MailState,
    error: String,
}

impl Came {
    fn of(state: MailState, error: impl Into<String>) -> Self {
        Self {
            state,
            error: error.into(),
        }
    }
}

async fn run(app: App, payload: String) -> Outcome<()> {
    let Try { mail, attempt } = serde_json::from_str(&payload)?;
    let mail = match row::mail(app.store.read(), mail).await {
        Err(kernel::Error::Refused(_)) => return Ok(()),
        found => found?,
    };
    // A job may run twice: this try was made, or is not wanted any more.
    if !mail.state.is_on_its_way() || mail.attempts >= attempt {
        return Ok(());
    }
    let came = hand_over(&app, &mail).await?;
    note(&app.store, mail, attempt, came).await
}

async fn hand_over(app: &App, mail: &MailRow) -> Outcome<Came> {
    let Some(mailer) = app.slots.of::<Mailer>().next() else {
        return Ok(Came::of(MailState::Held, ""));
    };
    let letter = match compose(app, mail).await? {
        Composed::Letter(letter) => letter,
        Composed::NoAddress => return Ok(Came::of(MailState::NoAddress, "")),
        Composed::Erased => return Ok(Came::of(MailState::Dead, "erased")),
    };
    Ok(match mailer.send(&letter).await {
        Ok(_) => Came::of(MailState::Sent, ""),
        Err(Unsent::Never(told)) => Came::of(MailState::Dead, without_addresses(&told)),
        Err(Unsent::Later(told) | Unsent::Away(told)) => Came::of(MailState::Failed, without_addresses(&told)),
    })
}

async fn note(store: &Store, mail: MailRow, attempt: i64, came: Came) -> Outcome<()> {
    let Came { mut state, error } = came;
    let next_at = store.clock().now().plus_seconds(delay(attempt));
    if state == MailState::Failed && next_at > last_try(mail.recorded_at) {
        state = MailState::Dead;
    }
    store
        .write(Lane::Background, move |tx| {
            Box::pin(async move {
                let error: String = error.chars().take(500).collect();
                let after = After {
                    state,
                    attempts: attempt,
                    error: &error,
                    next_at,
                };
                if !row::note(tx, &mail, after).await? {
                    return Ok(());
                }
                if state == MailState::Failed {
                    return queue(tx, mail.id, attempt + 1, next_at).await;
                }
                let event = match state {
                    MailState::Sent => MailEvent::Sent { attempt },
                    MailState::Held => MailEvent::Held,
                    MailState::NoAddress => MailEvent::Unaddressed,
                    _ => MailEvent::Died { attempt },
                };
                let mut record = tx.load::<Mail>(mail.id).await?;
                let event = Recorded {
                    event,
                    occurred_at: tx.now(),
                };
                tx.save(&mut record, &Author::system("mail"), vec![event], &[])
                    .await
                    .map(drop)
            })
        })
        .await
}

/// Seconds before the next try: half a minute, a minute, two … at most an hour.
fn delay(attempt: i64) -> i64 {
    (30_i64 << attempt.clamp(1, 8).saturating_sub(1)).min(3600)
}

/// What a server says names whom it refuses; what we keep does not.
fn without_addresses(told: &str) -> String {
    let words = told.split_whitespace();
    let kept = words.map(|word| if word.contains('@') { "…" } else { word });
    kept.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tries_are_further_and_further_apart_up_to_an_hour() {
        let delays: Vec<i64> = (1..=9).map(delay).collect();
        assert_eq!(delays, [30, 60, 120, 240, 480, 960, 1920, 3600, 3600]);
    }

    #[test]
    fn nothing_that_is_kept_of_a_refusal_names_anybody() {
        let told = "permanent error (550): <rosa@ente.example>... no such user rosa@ente.example";
        assert_eq!(without_addresses(told), "permanent error (550): … no such user …");
    }
}

//! What belongs to a person changes hands when they turn out to be another, and comes back when that was an error.
//!
//! Whoever holds something of a person hands over a [`Belongings`]; the job asks each of them in turn. A merge is the same
//! however much changes hands: it is said at once, and the rest follows in small steps that may be done twice.

use futures_util::future::BoxFuture;
use host::JobHandler;
use kernel::{Outcome, Uuid};
use serde::{Deserialize, Serialize};
use store::{NewJob, Tx};
use web::App;

const KIND: &str = "people.hand_over";
/// Seconds after which it is looked again: a request that was being opened meanwhile may still be the other's.
const AGAIN: i64 = 5;

/// Which way something changes hands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// To the one who stays.
    Over,
    /// Back to the one who went.
    Back,
}

/// A change of hands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandOver {
    /// The merge that causes it.
    pub merge: Uuid,
    /// Who went.
    pub person: Uuid,
    /// Who stays.
    pub into: Uuid,
    /// Which way.
    pub direction: Direction,
}

/// What some capability holds of people.
#[derive(Clone, Copy)]
pub struct Belongings {
    /// The key of the sentence that tells how many there are (`$n`).
    pub label: &'static str,
    /// How many somebody has.
    pub count: fn(App, Uuid) -> BoxFuture<'static, Outcome<i64>>,
    /// Lets them change hands. It may run twice and must not mind.
    pub hand_over: fn(App, HandOver) -> BoxFuture<'static, Outcome<()>>,
}

/// What somebody has, as the keys of sentences with their numbers.
pub async fn holdings(app: &App, person: Uuid) -> Outcome<Vec<(&'static str, i64)>> {
    let mut found = Vec::new();
    for belongings in app.slots.of::<Belongings>() {
        found.push((belongings.label, (belongings.count)(app.clone(), person).await?));
    }
    Ok(found)
}

/// Queues a change of hands with the merge, or its undoing: at once, and once again.
pub(crate) async fn queue(tx: &Tx, handing: HandOver) -> Outcome<()> {
    let payload = serde_json::to_string(&handing)?;
    for (run_at, turn) in [(tx.now(), "first"), (tx.now().plus_seconds(AGAIN), "again")] {
        tx.enqueue(NewJob {
            kind: KIND,
            payload: payload.clone(),
            run_at,
            unique_key: Some(format!("{KIND}:{}:{:?}:{turn}", handing.merge, handing.direction)),
        })
        .await?;
    }
    Ok(())
}

/// The job.
pub(crate) const fn job() -> JobHandler {
    JobHandler {
        kind: KIND,
        run: |app, payload| Box::pin(run(app, payload)),
    }
}

async fn run(app: App, payload: String) -> Outcome<()> {
    let handing: HandOver = serde_json::from_str(&payload)?;
    for belongings in app.slots.of::<Belongings>() {
        (belongings.hand_over)(app.clone(), handing).await?;
    }
    Ok(())
}

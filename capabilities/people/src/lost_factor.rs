//! Somebody has lost telephone and recovery codes: whoever manages people takes the second step of signing in away, with a
//! reason, and the person reads on their own page who did it and why.

use crate::second_factor::{forget, second_factor_of};
use crate::{Act, Actor, Person, PersonEvent};
use kernel::{Checks, Instant, Limit, NIL, Outcome, Refusal, RefusalKind, Uuid};
use serde::{Deserialize, Serialize};
use store::{ContentRef, Lane, NewContent, Recorded, Sql, Store};

/// Longest reason.
const REASON: Limit = Limit::text(400);

/// That the second step was taken away, as the person's record says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactorTaken {
    /// When.
    pub at: Instant,
    /// By whom.
    pub by: Uuid,
    /// Why.
    pub reason: ContentRef,
}

/// The same in words, for the person it happened to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenWords {
    /// When.
    pub at: Instant,
    /// By whom; empty for somebody who was erased.
    pub by: String,
    /// Why.
    pub reason: String,
}

/// Takes the second step of signing in away from somebody else.
///
/// # Errors
/// A refusal 403, 404, 409 when it is not on or is one's own, 422 that names `reason`.
pub async fn take_second_factor(store: &Store, actor: &Actor, person: Uuid, reason: &str) -> Outcome<()> {
    actor.allow_any(Act::ManagePeople)?;
    let mut checks = Checks::new();
    let reason = checks.required("reason", Some(reason), REASON);
    checks.done()?;
    if person == actor.person {
        return Err(refused("own_second_factor", "people-second-own").into());
    }
    let author = actor.author();
    store
        .write(Lane::People, move |tx| {
            Box::pin(async move {
                let mut loaded = tx.load::<Person>(person).await?;
                let sql = "SELECT 1 FROM second_factor WHERE person_id = $1 AND confirmed = 1";
                if tx.row(sql, vec![person.into()]).await?.is_none() {
                    return Err(refused("second_factor_off", "people-second-not-on").into());
                }
                forget(tx, person).await?;
                let content = NewContent::new(reason);
                let event = Recorded {
                    event: PersonEvent::SecondFactorTaken {
                        reason: content.reference(),
                    },
                    occurred_at: tx.now(),
                };
                tx.save(&mut loaded, &author, vec![event], &[content]).await.map(drop)
            })
        })
        .await
}

fn refused(code: &'static str, key: &'static str) -> Refusal {
    Refusal::new(RefusalKind::Conflict, code, key)
}

/// Who took the second step away from a person and why, as long as they have not switched it on again.
pub async fn second_factor_taken(store: &Store, person: Uuid) -> Outcome<Option<TakenWords>> {
    let loaded = store.read().state::<Person>(person).await?;
    let Some(taken) = loaded.and_then(|loaded| loaded.state.factor_taken) else {
        return Ok(None);
    };
    if second_factor_of(store, person).await?.on {
        return Ok(None);
    }
    let contents = store.read().contents_of(person).await?;
    let names = crate::names(store.read(), [taken.by]).await?;
    Ok(Some(TakenWords {
        at: taken.at,
        by: names.get(&taken.by).cloned().unwrap_or_default(),
        reason: contents
            .get(&taken.reason.content)
            .map(|content| content.body.clone())
            .unwrap_or_default(),
    }))
}

/// The fold of the event.
pub(crate) fn taken(reason: &ContentRef, at: Instant, by: Option<Uuid>) -> FactorTaken {
    FactorTaken {
        at,
        by: by.unwrap_or(NIL),
        reason: reason.clone(),
    }
}

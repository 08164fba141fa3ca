//! Whether somebody of the desk is there for work: a live fact, and nobody's history.
//!
//! People say what they are; whoever has no page of the console open for a while is away, whatever they said. Only the last
//! word of each person is kept (PR-071): nothing tells when they came, went or how often.

use kernel::{Instant, Outcome, Uuid};
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use store::{Lane, Sql, Store};
use utoipa::ToSchema;

/// Seconds for which a sign of life holds.
const SEEN_FOR: i64 = 180;
/// Seconds after which work behind a contact is over by itself.
const WRAPPED_UP: i64 = 120;
/// How long signs of life wait for each other.
const WRITTEN_AFTER: Duration = Duration::from_secs(30);
/// People whose sign of life is written by one statement.
const AT_ONCE: usize = 200;

/// What somebody is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    /// There for the next one.
    Available,
    /// Working behind a contact, and there again by itself in two minutes.
    WrapUp,
    /// There, and not for anything new.
    Busy,
    /// Not there.
    Away,
}

impl Presence {
    /// All of them.
    pub const ALL: [Presence; 4] = [Presence::Available, Presence::WrapUp, Presence::Busy, Presence::Away];

    /// Its name as programs write it.
    pub const fn code(self) -> &'static str {
        match self {
            Presence::Available => "available",
            Presence::WrapUp => "wrap_up",
            Presence::Busy => "busy",
            Presence::Away => "away",
        }
    }

    /// The one of a name.
    pub fn from_code(code: &str) -> Option<Presence> {
        Presence::ALL.into_iter().find(|presence| presence.code() == code)
    }

    /// The key of its name in texts.
    pub const fn text_key(self) -> &'static str {
        match self {
            Presence::Available => "workspace-presence-available",
            Presence::WrapUp => "workspace-presence-wrap-up",
            Presence::Busy => "workspace-presence-busy",
            Presence::Away => "workspace-presence-away",
        }
    }
}

/// What somebody said last, and when they were last seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Said {
    /// What they said.
    pub presence: Presence,
    /// When.
    pub since: Instant,
    /// Their last sign of life.
    pub seen: Instant,
    /// When they were last given something by the house.
    pub given: Option<Instant>,
}

impl Said {
    /// What they are by now: whoever is not seen is away, and wrapping up comes to its end.
    pub fn now(&self, now: Instant) -> Presence {
        let seen = self.seen.plus_seconds(SEEN_FOR) > now;
        match self.presence {
            _ if !seen => Presence::Away,
            Presence::WrapUp if self.since.plus_seconds(WRAPPED_UP) <= now => Presence::Available,
            said => said,
        }
    }
}

/// Who is there: what everybody said last. Whoever never said anything is away.
#[derive(Clone, Debug, Default)]
pub struct Present(HashMap<Uuid, Said>);

impl Present {
    /// What a person is by now.
    pub fn of(&self, person: Uuid, now: Instant) -> Presence {
        self.0.get(&person).map_or(Presence::Away, |said| said.now(now))
    }

    /// What a person said last.
    pub fn said(&self, person: Uuid) -> Option<&Said> {
        self.0.get(&person)
    }
}

/// Who is there, as this node knows it: at most a second old.
pub async fn present(store: &Store) -> Outcome<Arc<Present>> {
    store
        .kept("workspace.present", || async { read(store.read()).await })
        .await
}

async fn read(sql: &impl Sql) -> Outcome<Present> {
    let rows = sql
        .rows("SELECT person_id, said, since, seen_at, given_at FROM presence", vec![])
        .await?;
    let said = rows.iter().map(|row| {
        let (person, said): (Uuid, String) = (row.get(0)?, row.get(1)?);
        let given: Option<i64> = row.get(4)?;
        let said = Said {
            presence: Presence::from_code(&said).unwrap_or(Presence::Away),
            since: row.instant(2)?,
            seen: row.instant(3)?,
            given: given.map(Instant::from_millis),
        };
        Ok((person, said))
    });
    Ok(Present(said.collect::<Outcome<_>>()?))
}

/// Somebody says what they are.
pub async fn say(store: &Store, person: Uuid, presence: Presence) -> Outcome<()> {
    let said = store.write(Lane::People, move |tx| {
        Box::pin(async move {
            let sql = "INSERT INTO presence (person_id, said, since, seen_at) VALUES ($1, $2, $3, $3) \
                       ON CONFLICT (person_id) DO UPDATE SET said = excluded.said, since = excluded.since, \
                       seen_at = excluded.seen_at";
            let now = tx.now().as_millis();
            let values = vec![person.into(), presence.code().into(), now.into()];
            tx.run(sql, values).await.map(drop)
        })
    });
    said.await?;
    store.note_listed_change();
    Ok(())
}

/// Notes that somebody was given something by the house: the next one is for somebody else where it goes in turn.
pub async fn note_given(tx: &store::Tx, person: Uuid) -> Outcome<()> {
    let sql = "UPDATE presence SET given_at = $1 WHERE person_id = $2";
    tx.run(sql, vec![tx.now().as_millis().into(), person.into()])
        .await
        .map(drop)
}

/// People who gave a sign of life since it was last written.
#[derive(Default)]
struct SignsOfLife(Mutex<HashSet<Uuid>>);

impl SignsOfLife {
    fn all(&self) -> MutexGuard<'_, HashSet<Uuid>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Notes that somebody has a page of the console open: in memory, to be written with the others in a while.
pub fn seen(store: &Store, person: Uuid) {
    let signs = store.memory::<SignsOfLife>();
    let is_first = {
        let mut all = signs.all();
        let was_empty = all.is_empty();
        all.insert(person) && was_empty
    };
    if is_first {
        let store = store.clone();
        tokio::spawn(async move {
            tokio::time::sleep(WRITTEN_AFTER).await;
            if let Err(cause) = write_signs(&store).await {
                tracing::warn!(%cause, "signs of life were not written this time");
            }
        });
    }
}

/// Writes the signs of life of this node. Whoever never said what they are is not kept.
///
/// # Errors
/// When the database is away; the next sign of each is written again.
pub async fn write_signs(store: &Store) -> Outcome<()> {
    let people: Vec<Uuid> = store.memory::<SignsOfLife>().all().drain().collect();
    for some in people.chunks(AT_ONCE) {
        let some = some.to_vec();
        let written = store.write(Lane::Background, move |tx| {
            Box::pin(async move {
                let list: Vec<String> = (2..some.len() + 2).map(|at| format!("${at}")).collect();
                let sql = format!(
                    "UPDATE presence SET seen_at = $1 WHERE person_id IN ({})",
                    list.join(", ")
                );
                let mut values = vec![tx.now().as_millis().into()];
                values.extend(some.into_iter().map(store::Value::from));
                tx.run(&sql, values).await.map(drop)
            })
        });
        written.await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(presence: Presence) -> Said {
        Said {
            presence,
            since: Instant::from_millis(0),
            seen: Instant::from_millis(0),
            given: None,
        }
    }

    #[test]
    fn whoever_is_not_seen_is_away_whatever_they_said() {
        let at = |seconds: i64| Instant::from_millis(seconds * 1000);
        let there = said(Presence::Available);
        assert_eq!(there.now(at(SEEN_FOR - 1)), Presence::Available);
        assert_eq!(there.now(at(SEEN_FOR)), Presence::Away);
        assert_eq!(said(Presence::Busy).now(at(SEEN_FOR)), Presence::Away);
    }

    #[test]
    fn wrapping_up_ends_by_itself() {
        let at = |seconds: i64| Instant::from_millis(seconds * 1000);
        let wrapping = said(Presence::WrapUp);
        assert_eq!(wrapping.now(at(WRAPPED_UP - 1)), Presence::WrapUp);
        assert_eq!(wrapping.now(at(WRAPPED_UP)), Presence::Available);
    }

    #[test]
    fn nobody_is_there_who_never_said_so() {
        assert_eq!(
            Present::default().of(Uuid::from_u128(1), Instant::from_millis(0)),
            Presence::Away
        );
    }
}

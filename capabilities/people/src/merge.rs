//! Two who are one: a guest or a double turns out to be somebody known. Whoever goes is found no more and leads to the one
//! who stays; nothing of either is overwritten, so that an error is put right by saying so.
//!
//! Requests change hands afterwards, in small steps ([`crate::hand_over`]), and by the same merge they come back.

use crate::hand_over::{self, Direction, HandOver};
use crate::person::{is_of_desk, save};
use crate::{Act, Actor, Identity, Person, PersonEvent};
use kernel::{Author, Instant, Outcome, Refusal, RefusalKind, Uuid};
use serde::{Deserialize, Serialize};
use store::{Lane, Loaded, Sql, Store, Tx};

/// A chain of merges ends: nobody who was merged takes anybody in.
const LONGEST_CHAIN: usize = 64;

/// That somebody turned out to be another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merged {
    /// Which merge it is.
    pub merge: Uuid,
    /// Who they are.
    pub into: Uuid,
    /// When it was said.
    pub at: Instant,
    /// By whom.
    pub by: Option<Uuid>,
}

impl Merged {
    pub(crate) fn new(merge: Uuid, into: Uuid, at: Instant, author: &Author) -> Self {
        let by = author.person;
        Self { merge, into, at, by }
    }
}

/// Somebody who turned out to be the person one looks at.
#[derive(Clone, Debug)]
pub struct Absorbed {
    /// Who they were thought to be.
    pub id: Uuid,
    /// By what they were known.
    pub identity: Identity,
    /// True for a guest.
    pub guest: bool,
    /// When and by whom it was said.
    pub merged: Merged,
}

/// Who somebody is after all merges.
pub async fn survivor_of(sql: &impl Sql, person: Uuid) -> Outcome<Uuid> {
    let mut standing = person;
    for _ in 0..LONGEST_CHAIN {
        let text = "SELECT merged_into FROM person WHERE id = $1";
        let row = sql.row(text, vec![standing.into()]).await?;
        match row.map(|row| row.get::<Option<Uuid>>(0)).transpose()?.flatten() {
            Some(into) => standing = into,
            None => break,
        }
    }
    Ok(standing)
}

/// Says that a person is another: from now on there is only the other.
///
/// # Errors
/// A refusal 403, 404; 409 where the person works here, has an account or was merged already; 422 that names `into`.
pub async fn merge_people(store: &Store, actor: &Actor, person: Uuid, into: Uuid) -> Outcome<()> {
    actor.allow_any(Act::MergePeople)?;
    let actor = actor.clone();
    let merged = store.write(Lane::People, move |tx| {
        Box::pin(async move {
            tx.hold_all(&[person, into]).await?;
            let mut gone = tx.load::<Person>(person).await?;
            let missing = || Refusal::field("into", "field-not-found");
            let mut stays = tx.find::<Person>(into).await?.ok_or_else(missing)?;
            if gone.state.merged.as_ref().is_some_and(|merged| merged.into == into) {
                return Ok(());
            }
            may_go(tx, &actor, &gone).await?;
            may_stay(person, &stays)?;
            let handing = HandOver {
                merge: Uuid::now_v7(),
                person,
                into,
                direction: Direction::Over,
            };
            record(tx, &actor.author(), (&mut gone, &mut stays), handing).await
        })
    });
    merged.await?;
    crate::standing::known_anew(store);
    Ok(())
}

/// Says that a merge was an error: the person stands for themselves again, and gets back what changed hands with it.
///
/// # Errors
/// A refusal 403, 404, 409 where the person was not merged.
pub async fn unmerge_people(store: &Store, actor: &Actor, person: Uuid) -> Outcome<()> {
    actor.allow_any(Act::MergePeople)?;
    let actor = actor.clone();
    let undone = store.write(Lane::People, move |tx| {
        Box::pin(async move {
            let into = merged(&tx.load::<Person>(person).await?.state)?.into;
            tx.hold_all(&[person, into]).await?;
            let mut gone = tx.load::<Person>(person).await?;
            let merge = merged(&gone.state)?.merge;
            allow(&actor, &gone.state)?;
            let mut stays = tx.load::<Person>(into).await?;
            let handing = HandOver {
                merge,
                person,
                into,
                direction: Direction::Back,
            };
            record(tx, &actor.author(), (&mut gone, &mut stays), handing).await
        })
    });
    undone.await?;
    crate::standing::known_anew(store);
    Ok(())
}

fn merged(person: &Person) -> Outcome<&Merged> {
    let refused = || Refusal::new(RefusalKind::Conflict, "not_merged", "people-refusal-not-merged");
    person.merged.as_ref().ok_or_else(|| refused().into())
}

/// A guest is merged by whoever is at the desk, somebody known by those who manage people.
fn allow(actor: &Actor, gone: &Person) -> Outcome<()> {
    actor.allow_any(if gone.guest {
        Act::MergePeople
    } else {
        Act::ManagePeople
    })
}

async fn may_go(tx: &Tx, actor: &Actor, gone: &Loaded<Person>) -> Outcome<()> {
    if gone.state.erased {
        return Err(Refusal::not_found().into());
    }
    allow(actor, &gone.state)?;
    let refused = |code, key| Err(Refusal::new(RefusalKind::Conflict, code, key).into());
    if gone.state.merged.is_some() {
        return refused("already_merged", "people-refusal-merged");
    }
    let sql = "SELECT 1 FROM account WHERE person_id = $1";
    let signs_in = tx.row(sql, vec![gone.id.into()]).await?.is_some();
    if signs_in || is_of_desk(&gone.state) {
        return refused("signs_in", "people-refusal-merge-account");
    }
    Ok(())
}

fn may_stay(person: Uuid, stays: &Loaded<Person>) -> Outcome<()> {
    let key = match &stays.state {
        _ if stays.id == person => "people-field-merge-self",
        state if state.erased => "field-not-found",
        state if state.merged.is_some() => "people-field-merge-gone",
        _ => return Ok(()),
    };
    Err(Refusal::field("into", key).into())
}

/// The events on both, the row that leads on, and the work that follows.
async fn record(
    tx: &Tx,
    author: &Author,
    (gone, stays): (&mut Loaded<Person>, &mut Loaded<Person>),
    handing: HandOver,
) -> Outcome<()> {
    let HandOver {
        merge, person, into, ..
    } = handing;
    let (of_gone, of_stays, led) = match handing.direction {
        Direction::Over => (
            PersonEvent::MergedInto { merge, into },
            PersonEvent::TookIn { merge, person },
            Some(into),
        ),
        Direction::Back => (
            PersonEvent::MergeUndone { merge },
            PersonEvent::LetGo { merge, person },
            None,
        ),
    };
    save(tx, gone, author, vec![of_gone], &[]).await?;
    save(tx, stays, author, vec![of_stays], &[]).await?;
    let sql = "UPDATE person SET merged_into = $2 WHERE id = $1";
    tx.run(sql, vec![person.into(), led.into()]).await?;
    hand_over::queue(tx, handing).await
}

/// Whether a merge stands, with the person held until the transaction ends: what changes hands because of it does not
/// change hands after it was undone.
pub async fn stands(tx: &Tx, handing: &HandOver) -> Outcome<bool> {
    let person = tx.find::<Person>(handing.person).await?;
    let merged = person.and_then(|person| person.state.merged);
    Ok(merged.is_some_and(|merged| merged.merge == handing.merge))
}

/// Those who turned out to be a person, by whoever said so last first.
pub async fn absorbed_by(store: &Store, person: Uuid) -> Outcome<Vec<Absorbed>> {
    let Some(stays) = store.read().state::<Person>(person).await? else {
        return Ok(Vec::new());
    };
    let mut absorbed = Vec::new();
    for id in stays.state.absorbed.into_iter().rev() {
        let known = crate::person_row(store.read(), id).await?;
        let state = store.read().state::<Person>(id).await?;
        let merged = state.and_then(|loaded| loaded.state.merged);
        if let (Some(known), Some(merged)) = (known, merged) {
            absorbed.push(Absorbed {
                id,
                identity: known.identity,
                guest: known.guest,
                merged,
            });
        }
    }
    Ok(absorbed)
}

/// Everybody who turned out to be a person, over however many merges: forgetting the person forgets them too.
pub async fn all_absorbed_by(store: &Store, person: Uuid) -> Outcome<Vec<Uuid>> {
    let (mut all, mut open) = (Vec::new(), vec![person]);
    while let Some(next) = open.pop() {
        let state = store.read().state::<Person>(next).await?;
        let absorbed = state.map(|loaded| loaded.state.absorbed).unwrap_or_default();
        let new: Vec<Uuid> = absorbed.into_iter().filter(|one| !all.contains(one)).collect();
        all.extend(&new);
        open.extend(new);
    }
    Ok(all)
}

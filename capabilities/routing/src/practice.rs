//! How a group works, set and shown.

use catalogue::Category;
use configuration::same_menus;
use kernel::{Checks, Outcome, Refusal, Uuid};
use people::{Act, Actor, Group, Practice, Sharing, write_practice};
use serde::{Deserialize, Serialize};
use service_level::ServiceCalendar;
use std::sync::Arc;
use store::{Lane, Loaded, Store, Tx};
use utoipa::ToSchema;
use web::IfMatch;

/// How a group works.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PracticeView {
    /// The group.
    pub group: Uuid,
    /// The group's version.
    pub version: i64,
    /// How new tickets find somebody.
    pub sharing: Sharing,
    /// Open tickets with which a person is given no more; any number when nothing is said.
    pub most_each: Option<i64>,
    /// Tickets that nobody has taken, with which the group is full; never when nothing is said.
    pub most_waiting: Option<i64>,
    /// The calendar in whose hours it works; always when nothing is said.
    pub hours: Option<Uuid>,
    /// The group that takes what comes while this one is full or not there.
    pub overflow: Option<Uuid>,
    /// What each of its people knows.
    pub skills: Vec<SkillView>,
}

/// What somebody knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SkillView {
    /// Somebody of the group.
    pub person: Uuid,
    /// Categories.
    pub categories: Vec<Uuid>,
}

impl PracticeView {
    /// How a group works, as it was read.
    pub fn of(group: &Loaded<Group>) -> Self {
        let Practice {
            sharing,
            most_each,
            most_waiting,
            hours,
            overflow,
            skills,
        } = group.state.practice.clone();
        let skill = |(person, categories)| SkillView { person, categories };
        Self {
            group: group.id,
            version: group.version,
            sharing,
            most_each,
            most_waiting,
            hours,
            overflow,
            skills: skills.into_iter().map(skill).collect(),
        }
    }
}

/// Sets how a group of the first level works. What was given stays where it is.
///
/// # Errors
/// A refusal 403, 404, 412 when the group has changed, 422 that names the fields.
pub async fn set_practice(
    store: &Store,
    actor: &Arc<Actor>,
    group: Uuid,
    practice: Practice,
    if_match: IfMatch,
) -> Outcome<PracticeView> {
    let practice = practice.checked()?;
    let actor = actor.clone();
    let set = store.write(Lane::People, move |tx| {
        Box::pin(async move {
            let groups = tx.all_alone::<Group>().await?;
            let mut group = tx.load::<Group>(group).await?;
            may_set(&actor, &group)?;
            if_match.check(group.version, || {
                serde_json::to_value(PracticeView::of(&group)).unwrap_or_default()
            })?;
            check(tx, &groups, &group, &practice).await?;
            write_practice(tx, &actor.author(), &mut group, practice).await?;
            Ok(PracticeView::of(&group))
        })
    });
    set.await
}

/// Whoever configures everything sets up groups of all areas; those of an area whoever configures there.
///
/// # Errors
/// A refusal 404 where the group is not theirs to see, 403 where it is not theirs to set up.
pub(crate) fn may_set(actor: &Actor, group: &Loaded<Group>) -> Outcome<()> {
    if !actor.works_in(group.state.area) {
        return Err(Refusal::not_found().into());
    }
    match group.state.area {
        Some(area) => actor.allow_in(Act::Configure, area),
        None if actor.scope(Act::Configure).all => Ok(()),
        None => Err(Refusal::forbidden().into()),
    }
}

/// Everything that is named must be there, and nothing may go round for ever.
async fn check(tx: &Tx, groups: &[Loaded<Group>], group: &Loaded<Group>, practice: &Practice) -> Outcome<()> {
    let mut checks = Checks::new();
    let area = group.state.area;
    if practice.gives() && !group.state.kind.is_first_level() {
        checks.wrong("sharing", "routing-field-sharing-level");
    } else if practice.gives() && group.state.members.is_empty() {
        checks.wrong("sharing", "routing-field-group-empty");
    }
    if let Some(hours) = practice.hours {
        let found = tx.find::<ServiceCalendar>(hours).await?;
        if found.is_none_or(|found| !same_menus(found.state.area, area) || found.state.closed) {
            checks.wrong("hours", "field-not-found");
        }
    }
    if let Some(key) = practice
        .overflow
        .and_then(|overflow| wrong_overflow(groups, group, overflow))
    {
        checks.wrong("overflow", key);
    }
    let is_member = |person: &Uuid| group.state.members.contains(person);
    if !practice.skills.keys().all(is_member) {
        checks.wrong("skills", "routing-field-not-of-the-group");
    }
    for category in practice.skills.values().flatten() {
        let found = tx.find::<Category>(*category).await?;
        if found.is_none_or(|found| !same_menus(found.state.area, area)) {
            checks.wrong("skills", "field-not-found");
            break;
        }
    }
    Ok(checks.done()?)
}

/// Why a group cannot take over from another, if it cannot: it has to be one of the first level that is in use, and may not
/// hand on to where it came from.
fn wrong_overflow(groups: &[Loaded<Group>], from: &Loaded<Group>, to: Uuid) -> Option<&'static str> {
    let find = |id: Uuid| groups.iter().find(|group| group.id == id);
    let Some(taker) = find(to).filter(|taker| same_menus(taker.state.area, from.state.area)) else {
        return Some("field-not-found");
    };
    if taker.state.closed {
        return Some("field-closed");
    }
    if !taker.state.kind.is_first_level() {
        return Some("routing-field-group-level");
    }
    let mut passed = vec![from.id];
    let mut next = Some(to);
    while let Some(id) = next {
        if passed.contains(&id) {
            return Some("routing-field-overflow-round");
        }
        passed.push(id);
        next = find(id).and_then(|group| group.state.practice.overflow);
    }
    None
}

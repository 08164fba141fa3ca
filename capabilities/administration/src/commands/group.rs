//! Making a group, renaming it, closing it when nothing lies with it and somebody else takes what it would get.

use super::{Kept, current, kept};
use crate::staff::allow_configure;
use crate::views::GroupView;
use configuration::Area;
use kernel::{Outcome, Refusal, Uuid};
use people::{Actor, Group, GroupChange, GroupKind, Membership, change_group, change_members, create_group};
use store::{Idempotency, Lane, Loaded, Store, Tx};
use web::IfMatch;

/// A group as asked for.
#[derive(Clone, Debug, Default)]
pub struct NewGroup {
    /// Name.
    pub name: String,
    /// What it is for.
    pub kind: GroupKind,
    /// The area; nothing for all.
    pub area: Option<Uuid>,
}

/// Makes a group.
///
/// # Errors
/// A refusal 403, or 422 that names what is wrong.
pub async fn add_group(store: &Store, actor: &Actor, new: NewGroup, once: Option<Idempotency>) -> Outcome<Kept<Group>> {
    allow_configure(actor, new.area)?;
    let author = actor.author();
    let add = store.write_once(Lane::People, once, move |tx| {
        Box::pin(async move {
            let group = create_group(tx, &author, &new.name, new.kind, new.area).await?;
            kept(tx, group.0).await
        })
    });
    add.await
}

/// Renames a group, closes it or opens it again.
///
/// # Errors
/// A refusal 403, 404, 409 when it has open tickets or an area would be left without a group for its new ones, 412 when it
/// has changed, 422 that names what is wrong.
pub async fn alter_group(
    store: &Store,
    actor: &Actor,
    id: Uuid,
    change: GroupChange,
    if_match: IfMatch,
) -> Outcome<Kept<Group>> {
    let areas = store.all::<Area>().await?;
    let actor = actor.clone();
    let alter = store.write(Lane::People, move |tx| {
        Box::pin(async move {
            let mut group = tx.load::<Group>(id).await?;
            allow_configure(&actor, group.state.area)?;
            if_match.check(group.version, || current(GroupView::of(&Kept::of(&group), true)))?;
            if change.active == Some(false) && !group.state.closed {
                let groups = tx.all_alone::<Group>().await?;
                refuse_last(&areas, &groups, &group)?;
                refuse_busy(tx, &groups, id).await?;
            }
            change_group(tx, &actor.author(), &mut group, change).await?;
            Ok(Kept::of(&group))
        })
    });
    alter.await
}

/// Changes who belongs to a group.
///
/// # Errors
/// A refusal 403, 404, 412 when it has changed, 422 that names `members` when somebody is not of the desk.
pub async fn alter_members(
    store: &Store,
    actor: &Actor,
    id: Uuid,
    change: Membership,
    if_match: IfMatch,
) -> Outcome<Kept<Group>> {
    let actor = actor.clone();
    let alter = store.write(Lane::People, move |tx| {
        Box::pin(async move {
            let mut group = tx.load::<Group>(id).await?;
            allow_configure(&actor, group.state.area)?;
            if_match.check(group.version, || current(GroupView::of(&Kept::of(&group), true)))?;
            change_members(tx, &actor.author(), &mut group, change).await?;
            Ok(Kept::of(&group))
        })
    });
    let group = alter.await?;
    people::forget_cached();
    Ok(group)
}

/// New tickets of an area go to a group of its desk: one must be left.
fn refuse_last(areas: &[Loaded<Area>], groups: &[Loaded<Group>], group: &Loaded<Group>) -> Result<(), Refusal> {
    let receives = |state: &Group| state.kind.is_first_level() && !state.closed;
    let area = areas
        .iter()
        .find(|area| Some(area.id) == group.state.area && area.state.active);
    let Some(area) = area.filter(|_| receives(&group.state)) else {
        return Ok(());
    };
    let mut others = groups.iter().filter(|other| other.id != group.id);
    if others.any(|other| other.state.area == Some(area.id) && receives(&other.state)) {
        return Ok(());
    }
    Err(Refusal::rule("last_group", "admin-refusal-last-group").with("area", &area.state.name))
}

/// What lies with a group, or is its own while others work on it, goes to another one first; the refusal says where it is.
async fn refuse_busy(tx: &Tx, groups: &[Loaded<Group>], id: Uuid) -> Outcome<()> {
    let held = record::held_by(tx, id).await?;
    if held.total() == 0 {
        return Ok(());
    }
    let key = match (held.queue, held.elsewhere.len()) {
        (_, 0) => "admin-refusal-group-has-tickets",
        (0, _) => "admin-refusal-group-owns-tickets",
        _ => "admin-refusal-group-has-and-owns-tickets",
    };
    let name = |id: &Uuid| {
        groups
            .iter()
            .find(|group| group.id == *id)
            .map(|group| group.state.name.as_str())
    };
    let names: Vec<&str> = held.elsewhere.iter().filter_map(|(group, _)| name(group)).collect();
    Err(Refusal::rule("group_has_tickets", key)
        .with("n", held.total())
        .with("queue", held.queue)
        .with("away", held.total() - held.queue)
        .with("groups", names.join(", "))
        .into())
}

//! Views that somebody saved: a list's query under a name, for oneself or for a group.

use kernel::{Checks, Limit, Outcome, Refusal, RefusalKind, Uuid};
use people::{Act, Actor};
use store::{Idempotency, Lane, Row, Sql, Store, Tx};

/// Views that a person saves at the most.
const MOST: i64 = 40;

/// A saved view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SavedView {
    pub(crate) id: Uuid,
    pub(crate) person: Uuid,
    /// The group it is shared with.
    pub(crate) group: Option<Uuid>,
    pub(crate) name: String,
    /// The list's query, with its question mark.
    pub(crate) query: String,
}

/// The views somebody sees: their own, and those of their groups; by name.
pub(crate) async fn views_of(store: &Store, actor: &Actor) -> Outcome<Vec<SavedView>> {
    let columns = "SELECT id, person_id, group_id, name, query FROM saved_view WHERE";
    let mut sql = format!("{columns} person_id = $1");
    let mut values = vec![actor.person.into()];
    for group in &actor.groups {
        values.push((*group).into());
        sql.push_str(&format!(" UNION {columns} group_id = ${}", values.len()));
    }
    let rows = store.read().rows(&sql, values).await?;
    let mut views: Vec<SavedView> = rows.iter().map(view_of).collect::<Outcome<_>>()?;
    views.sort_by_key(|view| (view.name.to_lowercase(), view.id));
    Ok(views)
}

fn view_of(row: &Row) -> Outcome<SavedView> {
    Ok(SavedView {
        id: row.get(0)?,
        person: row.get(1)?,
        group: row.get(2)?,
        name: row.get(3)?,
        query: row.get(4)?,
    })
}

/// A view as it is to be saved.
pub(crate) struct NewView<'n> {
    pub(crate) name: &'n str,
    /// The list's query.
    pub(crate) query: String,
    /// The group it is shared with.
    pub(crate) group: Option<Uuid>,
    /// The key under which it is saved once.
    pub(crate) once: Option<Idempotency>,
}

/// Saves a view.
///
/// # Errors
/// A refusal that names `name`, or `group` when it is not one's own, 429 when there are too many.
pub(crate) async fn save_view(store: &Store, actor: &Actor, view: NewView<'_>) -> Outcome<()> {
    let NewView {
        name,
        query,
        group,
        once,
    } = view;
    let mut checks = Checks::new();
    let name = checks.required("name", Some(name), Limit::line(40));
    if group.is_some_and(|group| !actor.groups.contains(&group)) {
        checks.wrong("group", "field-not-found");
    }
    checks.done()?;
    let person = actor.person;
    store
        .write_once(Lane::People, once, move |tx| {
            Box::pin(async move {
                let sql = "SELECT COUNT(*) FROM saved_view WHERE person_id = $1";
                let count = tx.row(sql, vec![person.into()]).await?;
                if count.map_or(Ok(0), |row| row.get::<i64>(0))? >= MOST {
                    return Err(Refusal::new(RefusalKind::TooMany, "too_many", "ticket-view-too-many").into());
                }
                let sql = "INSERT INTO saved_view (id, person_id, group_id, name, query, recorded_at) \
                           VALUES ($1, $2, $3, $4, $5, $6)";
                let values = vec![
                    Uuid::now_v7().into(),
                    person.into(),
                    group.into(),
                    name.into(),
                    query.into(),
                    tx.now().as_millis().into(),
                ];
                tx.run(sql, values).await.map(drop)
            })
        })
        .await
}

/// Removes a view: one's own, or a group's by who configures.
///
/// # Errors
/// A refusal 404 for anybody else's.
pub(crate) async fn remove_view(store: &Store, actor: &Actor, id: Uuid) -> Outcome<()> {
    let views = views_of(store, actor).await?;
    let view = views
        .into_iter()
        .find(|view| view.id == id)
        .ok_or_else(Refusal::not_found)?;
    if view.person != actor.person && actor.scope(Act::Configure).is_nothing() {
        return Err(Refusal::forbidden().into());
    }
    store
        .write(Lane::People, move |tx| {
            Box::pin(async move {
                tx.run("DELETE FROM saved_view WHERE id = $1", vec![id.into()])
                    .await
                    .map(drop)
            })
        })
        .await
}

/// What an erased person leaves behind here: their own views go, those of a group stay without them. What became of bulk
/// acts goes too: its sentences may name anybody.
pub async fn forget_desk(tx: &Tx, person: Uuid) -> Outcome<()> {
    tx.run(
        "DELETE FROM saved_view WHERE person_id = $1 AND group_id IS NULL",
        vec![person.into()],
    )
    .await?;
    let sql = "UPDATE saved_view SET person_id = $2 WHERE person_id = $1";
    tx.run(sql, vec![person.into(), kernel::NIL.into()]).await?;
    crate::commands::forget_told(tx, person).await?;
    tx.run("DELETE FROM bulk WHERE state IN ('done', 'undone')", vec![])
        .await
        .map(drop)
}

//! Adding a category, renaming it, closing it.

use super::{Kept, current, kept};
use crate::staff::allow_configure;
use crate::views::CategoryView;
use catalogue::{Category, CategoryChange, change_category};
use configuration::AreaId;
use kernel::{Outcome, Uuid};
use people::Actor;
use store::{Idempotency, Lane, Store};
use web::IfMatch;

/// A category as asked for.
#[derive(Clone, Debug, Default)]
pub struct NewCategory {
    /// Name.
    pub name: String,
    /// The service; empty for none.
    pub service: String,
    /// The area; nothing for all.
    pub area: Option<Uuid>,
}

/// Adds a category.
///
/// # Errors
/// A refusal 403, or 422 that names what is wrong.
pub async fn add_category(
    store: &Store,
    actor: &Actor,
    new: NewCategory,
    once: Option<Idempotency>,
) -> Outcome<Kept<Category>> {
    allow_configure(actor, new.area)?;
    let author = actor.author();
    let add = store.write_once(Lane::People, once, move |tx| {
        Box::pin(async move {
            let area = new.area.map(AreaId);
            let category = catalogue::add_category(tx, &author, area, &new.service, &new.name).await?;
            kept(tx, category.0).await
        })
    });
    add.await
}

/// Renames a category, closes it or opens it again. What was classified with it keeps its name.
///
/// # Errors
/// A refusal 403, 404, 412 when it has changed, 422 that names what is wrong.
pub async fn alter_category(
    store: &Store,
    actor: &Actor,
    id: Uuid,
    change: CategoryChange,
    if_match: IfMatch,
) -> Outcome<Kept<Category>> {
    let actor = actor.clone();
    let alter = store.write(Lane::People, move |tx| {
        Box::pin(async move {
            let mut category = tx.load::<Category>(id).await?;
            allow_configure(&actor, category.state.area)?;
            if_match.check(category.version, || current(CategoryView::of(&Kept::of(&category))))?;
            change_category(tx, &actor.author(), &mut category, change).await?;
            Ok(Kept::of(&category))
        })
    });
    alter.await
}

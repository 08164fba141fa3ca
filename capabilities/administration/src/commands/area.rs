//! Opening an area, renaming it, closing it.

use super::{Kept, current, kept};
use crate::staff::allow_configure;
use crate::views::{AreaView, ParametersView};
use configuration::{Area, AreaChange, Parameters, change_area, create_area, set_parameters};
use kernel::{Checks, Limit, Outcome, Refusal, Uuid};
use people::Actor;
use store::{Idempotency, Lane, Loaded, Store};
use web::IfMatch;

/// An area as asked for.
#[derive(Clone, Debug, Default)]
pub struct NewArea {
    /// Name as people read it.
    pub name: String,
    /// Short stable name for programs; made of the name where left out.
    pub code: Option<String>,
}

/// Opens an area.
///
/// # Errors
/// A refusal 403, or 422 that names what is wrong or taken.
pub async fn add_area(store: &Store, actor: &Actor, new: NewArea, once: Option<Idempotency>) -> Outcome<Kept<Area>> {
    allow_configure(actor, None)?;
    let mut checks = Checks::new();
    let name = checks.required("name", Some(&new.name), Limit::line(120));
    let code = checks.optional("code", new.code.as_deref(), Limit::line(40));
    checks.done()?;
    let author = actor.author();
    let add = store.write_once(Lane::People, once, move |tx| {
        Box::pin(async move {
            let code = free_code(&tx.all_alone::<Area>().await?, code, &name)?;
            let area = create_area(tx, &author, &code, &name).await?;
            kept(tx, area.0).await
        })
    });
    add.await
}

/// Renames an area, closes it or opens it again. The last one that takes tickets stays open.
///
/// # Errors
/// A refusal 403, 404, 409 for the last one, 412 when it has changed, 422 that names what is wrong or taken.
pub async fn alter_area(
    store: &Store,
    actor: &Actor,
    id: Uuid,
    change: AreaChange,
    if_match: IfMatch,
) -> Outcome<Kept<Area>> {
    allow_configure(actor, Some(id))?;
    let author = actor.author();
    let alter = store.write(Lane::People, move |tx| {
        Box::pin(async move {
            let mut area = tx.load::<Area>(id).await?;
            if_match.check(area.version, || current(AreaView::of(&Kept::of(&area))))?;
            if change.active == Some(false) {
                refuse_last(&tx.all_alone::<Area>().await?, id)?;
            }
            change_area(tx, &author, &mut area, change).await?;
            Ok(Kept::of(&area))
        })
    });
    alter.await
}

/// The code asked for, or one made of the name; refused under the field that brought it.
fn free_code(areas: &[Loaded<Area>], asked: Option<String>, name: &str) -> Result<String, Refusal> {
    let field = if asked.is_some() { "code" } else { "name" };
    let code = asked.unwrap_or_else(|| people::short_name(name));
    if areas.iter().any(|area| area.state.code.eq_ignore_ascii_case(&code)) {
        return Err(Refusal::field(field, "field-taken"));
    }
    Ok(code)
}

fn refuse_last(areas: &[Loaded<Area>], id: Uuid) -> Result<(), Refusal> {
    if areas.iter().any(|area| area.state.active && area.id != id) {
        return Ok(());
    }
    Err(Refusal::rule("last_area", "admin-refusal-last-area"))
}

/// Sets what an area decides.
///
/// # Errors
/// A refusal 403, 404, 412 when it has changed, 422 that names what is out of range.
pub async fn set_area_parameters(
    store: &Store,
    actor: &Actor,
    id: Uuid,
    change: impl FnOnce(&Parameters) -> Parameters + Send + 'static,
    if_match: IfMatch,
) -> Outcome<Kept<Area>> {
    allow_configure(actor, Some(id))?;
    let author = actor.author();
    let set = store.write(Lane::People, move |tx| {
        Box::pin(async move {
            let mut area = tx.load::<Area>(id).await?;
            if_match.check(area.version, || current(ParametersView::of(&area.state.parameters)))?;
            let parameters = change(&area.state.parameters);
            set_parameters(tx, &author, &mut area, parameters).await?;
            Ok(Kept::of(&area))
        })
    });
    set.await
}

//! What is done with sources: added, changed, loaded, closed, asked again.

use crate::csv_file::people_of;
use crate::{Directory, RegistrySource, SourceEvent, SourceKind, SourceText, SourceView, rows};
use configuration::{Area, NAME, record, refuse_taken, same_menus, same_name};
use kernel::{Checks, Limit, NIL, Outcome, Refusal, Uuid};
use people::{Act, Actor};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use store::{Idempotency, Lane, Loaded, Store};
use web::IfMatch;

/// Longest of whatever says how a directory is reached.
const SETTING: Limit = Limit::line(400);

/// Adds a source to an area, or to all of them.
///
/// # Errors
/// A refusal 403, 422 that names the fields.
pub async fn add_source(
    store: &Store,
    actor: &Arc<Actor>,
    area: Option<Uuid>,
    text: SourceText,
    once: Option<Idempotency>,
) -> Outcome<SourceView> {
    actor.allow_over(Act::Configure, area)?;
    let text = checked(text)?;
    let author = actor.author();
    let add = store.write_once(Lane::People, once, move |tx| {
        Box::pin(async move {
            if let Some(area) = area
                && tx.find::<Area>(area).await?.is_none()
            {
                return Err(Refusal::field("area", "field-not-found").into());
            }
            let taken =
                |other: &RegistrySource| same_menus(other.area, area) && same_name(&other.text.name, &text.name);
            refuse_taken::<RegistrySource>(tx, NIL, "name", taken).await?;
            let mut source = tx.fresh::<RegistrySource>(Uuid::now_v7());
            record(tx, &author, &mut source, vec![SourceEvent::SourceAdded { area, text }]).await?;
            Ok(SourceView::of(&source))
        })
    });
    add.await
}

/// Changes how a source is reached and read, closes it or opens it again.
///
/// # Errors
/// A refusal 403, 404, 412 when it has changed, 422 that names the fields.
pub async fn alter_source(
    store: &Store,
    actor: &Arc<Actor>,
    id: Uuid,
    (text, active): (Option<SourceText>, Option<bool>),
    if_match: IfMatch,
) -> Outcome<SourceView> {
    let text = text.map(checked).transpose()?;
    let actor = actor.clone();
    let alter = store.write(Lane::People, move |tx| {
        Box::pin(async move {
            let mut source = tx.load::<RegistrySource>(id).await?;
            may_change(&actor, &source)?;
            if_match.check(source.version, || {
                serde_json::to_value(SourceView::of(&source)).unwrap_or_default()
            })?;
            let (area, mut events) = (source.state.area, Vec::new());
            if let Some(text) = text.filter(|text| *text != source.state.text) {
                let taken =
                    |other: &RegistrySource| same_menus(other.area, area) && same_name(&other.text.name, &text.name);
                refuse_taken::<RegistrySource>(tx, id, "name", taken).await?;
                events.push(SourceEvent::SourceChanged { text });
            }
            match (source.state.active, active) {
                (true, Some(false)) => events.push(SourceEvent::SourceClosed),
                (false, Some(true)) => events.push(SourceEvent::SourceReopened),
                _ => {}
            }
            record(tx, &actor.author(), &mut source, events).await?;
            Ok(SourceView::of(&source))
        })
    });
    alter.await
}

/// What is of another area does not exist; what is of one's own may be changed by whoever sets things up there.
fn may_change(actor: &Actor, source: &Loaded<RegistrySource>) -> Outcome<()> {
    if !actor.works_in(source.state.area) {
        return Err(Refusal::not_found().into());
    }
    actor.allow_over(Act::Configure, source.state.area)
}

/// Loads a file: its people take the place of those loaded before, all at once.
///
/// # Errors
/// A refusal 403, 404, 409 for a directory, 422 that names what is wrong with `file`.
pub async fn load_file(store: &Store, actor: &Arc<Actor>, id: Uuid, bytes: &[u8]) -> Outcome<SourceView> {
    let sources = store.all::<RegistrySource>().await?;
    let source = sources
        .iter()
        .find(|source| source.id == id)
        .ok_or_else(Refusal::not_found)?;
    may_change(actor, source)?;
    if source.state.text.place != SourceKind::File {
        let key = "registry-refusal-no-file";
        return Err(Refusal::new(kernel::RefusalKind::Conflict, "no_file", key).into());
    }
    let people = people_of(bytes, &source.state.text.mapping)?;
    let loaded = (people.len() as i64, hex::encode(Sha256::digest(bytes)));
    let edition = rows::write(store, id, people).await?;
    let (author, (rows, sha256)) = (actor.author(), loaded);
    let view = store.write(Lane::People, move |tx| {
        Box::pin(async move {
            let mut source = tx.load::<RegistrySource>(id).await?;
            let event = SourceEvent::SourceLoaded { edition, rows, sha256 };
            record(tx, &author, &mut source, vec![event]).await?;
            Ok(SourceView::of(&source))
        })
    });
    let view = view.await?;
    rows::forget_but(store, id, edition).await?;
    Ok(view)
}

/// A source as it may stand: measured, reached by an address that we speak, with something by which people are found.
fn checked(mut text: SourceText) -> Outcome<SourceText> {
    let mut checks = Checks::new();
    text.name = checks.required("name", Some(&text.name), NAME);
    if let SourceKind::Directory(directory) = &mut text.place {
        check_directory(&mut checks, directory);
    }
    text.mapping.retain(|_, column| !column.trim().is_empty());
    for column in text.mapping.values_mut() {
        *column = checks.required("mapping", Some(column.as_str()), Limit::line(120));
    }
    let is_directory = matches!(text.place, SourceKind::Directory(_));
    // The name of an attribute stands in a question of its own language.
    let plain = |name: &String| {
        name.chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | ';'))
    };
    if is_directory && !text.mapping.values().all(plain) {
        checks.wrong("mapping", "registry-field-attribute");
    }
    let finds = |field: &crate::RegistryField| text.mapping.contains_key(field);
    if !crate::RegistryField::KEYS.iter().any(finds) {
        checks.wrong("mapping", "registry-field-no-key");
    }
    checks.done()?;
    Ok(text)
}

/// Whether a text can be a filter: what it is made of is for the directory to say.
fn is_filter(text: &str) -> bool {
    let is_balanced = text.matches('(').count() == text.matches(')').count();
    is_balanced && text.starts_with('(') && text.ends_with(')')
}

fn check_directory(checks: &mut Checks, directory: &mut Directory) {
    directory.url = checks.required("url", Some(&directory.url), SETTING);
    if !(directory.url.starts_with("ldap://") || directory.url.starts_with("ldaps://")) {
        checks.wrong("url", "registry-field-url");
    }
    directory.base = checks.required("base", Some(&directory.base), SETTING);
    directory.filter = checks
        .optional("filter", Some(&directory.filter), SETTING)
        .unwrap_or_default();
    if !directory.filter.is_empty() && !is_filter(&directory.filter) {
        checks.wrong("filter", "registry-field-filter");
    }
    directory.bind_dn = checks
        .optional("bind_dn", Some(&directory.bind_dn), SETTING)
        .unwrap_or_default();
    directory.secret = checks
        .optional("secret", Some(&directory.secret), Limit::line(40))
        .unwrap_or_default();
    let is_name = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    if !directory.secret.chars().all(is_name) {
        checks.wrong("secret", "registry-field-secret");
    }
    if !directory.bind_dn.is_empty() && directory.secret.is_empty() {
        checks.wrong("secret", "field-required");
    }
}

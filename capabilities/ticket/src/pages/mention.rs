//! Colleagues named in a note: `@Lucia Bruni`. The name in the words is what people read; the reference is what others act on.

use super::show;
use super::staff::Staff;
use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use kernel::{Outcome, Refusal, Uuid};
use people::Act;
use serde::Serialize;
use store::Store;
use web::{App, PageError, PagePath};

/// Colleagues that one note names at most.
const MOST: usize = 10;

/// A colleague to choose.
#[derive(Serialize)]
struct Colleague {
    name: String,
    more: String,
    /// What is inserted.
    text: String,
}

/// The people of the desk, for the list that opens while one writes.
pub(super) async fn colleagues(
    State(app): State<App>,
    staff: Staff,
    PagePath(number): PagePath<String>,
) -> Result<Response, PageError> {
    let card = show::card(&app, &staff, &number).await?;
    if !staff.actor.may(Act::Note, &card) {
        return Err(Refusal::forbidden().into());
    }
    let all = people::operators(&app.store).await?;
    let all = all.iter().map(|one| Colleague {
        name: one.identity.name.clone(),
        text: format!("@{} ", one.identity.name),
        more: one.identity.office.clone().unwrap_or_default(),
    });
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(all.collect::<Vec<_>>())).into_response())
}

/// The people of the desk whom a note names.
pub(super) async fn named_in(store: &Store, note: &str) -> Outcome<Vec<Uuid>> {
    if !note.contains('@') {
        return Ok(Vec::new());
    }
    let all = people::operators(store).await?;
    let named = all.iter().filter(|one| names(note, &one.identity.name));
    Ok(named.map(|one| one.id).take(MOST).collect())
}

/// True when a note names somebody whole: `@Anna Rossi` does not name an Anna Ross.
fn names(note: &str, name: &str) -> bool {
    let sign = format!("@{name}");
    let whole = |place: usize| !note[place + sign.len()..].starts_with(char::is_alphanumeric);
    !name.is_empty() && note.match_indices(&sign).any(|(place, _)| whole(place))
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn a_name_is_named_whole_and_with_its_sign() {
        assert!(names("@Lucia Bruni, guarda tu?", "Lucia Bruni"));
        assert!(names("Chiedi a @Lucia Bruni", "Lucia Bruni"));
        assert!(!names("Lucia Bruni ha già visto", "Lucia Bruni"));
        assert!(!names("@Anna Rossi", "Anna Ross"));
        assert!(!names("@", ""));
    }
}

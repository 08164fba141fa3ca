//! Guides proposed to somebody who says what they need, and to the desk what it wrote for itself too.

use crate::ArticleState;
use crate::find::{self, Shelf};
use kernel::Outcome;
use record::{Sought, Suggestion};
use web::App;

/// Guides that are proposed at once.
const MOST: usize = 4;

pub(crate) async fn guides(app: App, sought: Sought) -> Outcome<Vec<Suggestion>> {
    let (shelf, pages) = match sought.desk {
        true => (Shelf::Desk(Some(ArticleState::Published)), "/knowledge"),
        false => (Shelf::Guides, "/portal/guides"),
    };
    let found = find::find(app.store.read(), &sought.actor, shelf, &sought.words, MOST).await?;
    let frame = &sought.frame;
    let note = |minutes: Option<i64>| match minutes {
        Some(minutes) => frame.tn("knowledge-suggested-minutes", minutes),
        None => frame.t("knowledge-suggested"),
    };
    let suggestion = |article: crate::ArticleRow| Suggestion {
        href: format!("{pages}/{}", article.number),
        note: note(article.minutes),
        title: article.title,
        icon: "guide",
    };
    Ok(found.into_iter().map(suggestion).collect())
}

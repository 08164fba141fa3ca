//! Where the accessibility declaration stands, and who hears of a barrier.

use super::{Kept, current};
use crate::staff::allow_configure;
use crate::views::AccessibilityView;
use configuration::{Accessibility, accessibility_alone, set_accessibility};
use kernel::Outcome;
use people::Actor;
use store::{Lane, Store};
use web::IfMatch;

/// Sets declaration and contact of the whole service.
///
/// # Errors
/// A refusal 403, 412 when they have changed, 422 that names what is wrong.
pub async fn alter_accessibility(
    store: &Store,
    actor: &Actor,
    accessibility: Accessibility,
    if_match: IfMatch,
) -> Outcome<Kept<Accessibility>> {
    allow_configure(actor, None)?;
    let accessibility = accessibility.checked()?;
    let author = actor.author();
    let alter = store.write(Lane::People, move |tx| {
        Box::pin(async move {
            let mut now = accessibility_alone(tx).await?;
            if_match.check(now.version, || current(AccessibilityView::of(&now.state)))?;
            set_accessibility(tx, &author, &mut now, accessibility).await?;
            Ok(Kept::of(&now))
        })
    });
    alter.await
}

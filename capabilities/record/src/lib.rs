//! The envelope: what all records share, whatever their practice.
//!
//! Lists over cards, cut to what the reader may see; words found in them; attachments. A practice brings its own events
//! and acts; this room never asks which.

mod aside;
mod attachment;
mod condition;
mod filter;
mod find;
mod held;
mod highlight;
mod insert;
mod known;
mod likeness;
mod list;
mod mark;
mod migrations;
mod question;
mod rank;
mod received;
mod sharing;
mod standing;
mod suggestion;

pub use aside::{Aside, AsideSource, Beside, asides};
pub use attachment::{
    Attachment, NewAttachment, any_attachment_of_nothing, attachment, attachments_between, attachments_of,
    hashes_after, insert_attachment, kept_under, media_type_of, records_holding, remove_attachments,
};
pub use condition::{Column, Compared, Condition};
pub use filter::{Filter, Sort};
pub use find::{Wanted, finds, page_of, ranked, search, shown_before};
pub use held::{HeldBy, held_by};
pub use highlight::{Piece, excerpt, holds_phrase, marked};
pub use insert::InsertSource;
pub use known::{Known, KnownSource, Reading, known};
pub use likeness::{Likeness, NEAR, closeness, is_near};
pub use list::{Listing, OpenCount, count_open, list};
pub use mark::{Mark, MarkSource, marks};
pub use migrations::MIGRATIONS;
pub use question::{Field, Part, Question, Term, condition, condition_among};
pub use received::{InHand, clear_away, hold, put_back, receive};
pub use sharing::{Sharing, sharing, sharing_of};
pub use standing::{Moved, MovedRows, OpenRows, Standing};
pub use suggestion::{Sought, Suggestion, SuggestionSource, suggestions};

use kernel::{Outcome, Refusal, Uuid};
use people::{Act, Actor};
use store::{Card, Reader, Sql};

/// Reads a card by identity or number and checks that the actor may do this to it.
///
/// # Errors
/// A refusal 404 when it is not there or may not be seen.
pub async fn card(reader: &Reader, actor: &Actor, act: Act, key: &str) -> Outcome<Card> {
    let column = if key.parse::<Uuid>().is_ok() { "id" } else { "number" };
    let sql = format!("SELECT {} FROM card c WHERE c.{column} = $1", Card::columns("c"));
    let value = match key.parse::<Uuid>() {
        Ok(id) => id.into(),
        Err(_) => number_of(key).ok_or_else(Refusal::not_found)?.into(),
    };
    let row = reader.row(&sql, vec![value]).await?.ok_or_else(Refusal::not_found)?;
    let card = Card::from_row(&row, 0)?;
    actor.allow(act, &card)?;
    Ok(card)
}

/// A text as a number that a record may have: letters, digits and hyphens, few of them.
pub fn number_of(text: &str) -> Option<String> {
    let text = text.trim();
    let whole = (1..=40).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    whole.then(|| text.to_ascii_uppercase())
}

/// What this capability hands over.
pub fn capability() -> host::Capability {
    host::Capability {
        name: "record",
        migrations: MIGRATIONS,
        ..host::Capability::default()
    }
}

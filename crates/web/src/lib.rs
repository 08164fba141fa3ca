//! The door that pages and programs come through: languages, problems, bodies, versions, cursors.
//!
//! Nothing here knows a practice. Handlers take what these pieces have read, call a command, and answer with what it
//! said; a refusal becomes a problem document or a page in one place.

mod app;
mod body;
mod conditional;
mod cursor;
mod download;
mod form;
mod once;
mod page;
mod problem;
mod refused;
mod slot;
mod speech;

pub use app::{App, AppSettings, Audience, Place, ReadLog, ReadNote};
pub use body::{ApiBody, ApiPath, ApiQuery, conditions_of};
pub use conditional::{IfMatch, etag};
pub use cursor::{Cursor, Page};
pub use download::download;
pub use form::FormBody;
pub use once::IdempotencyKey;
pub use page::{PageError, PagePath, PageQuery, html, see_other, to_mend};
pub use problem::{ApiError, FieldProblem, Problem, status_of};
pub use refused::{ChangeRefused, ReadRefused};
pub use slot::{Slot, Slots};
pub use speech::{language, negotiate, sentence, with_language};

/// The texts of refusals that every room shares.
pub fn texts() -> i18n::Source {
    i18n::Source {
        it: include_str!("../locales/it.ftl"),
        en: include_str!("../locales/en.ftl"),
    }
}

//! Lists of what is kept at hand: whole, or a page at a time for whoever asks for pages.

use kernel::{Checks, Outcome};
use serde::Deserialize;
use utoipa::IntoParams;
use web::{Cursor, Page};

/// The letter by which a cursor tells that it is a place in such a list.
const ORDER: char = 'h';

/// Which part of a list is wanted.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub(super) struct ListQuery {
    /// How many at the most, 1–200; left out, all of them.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<i64>,
    /// Where to go on.
    cursor: Option<String>,
}

impl ListQuery {
    /// The part of the list that is wanted. Nothing is ever taken out of these lists, so that a place in one stays the same.
    ///
    /// # Errors
    /// A refusal that names `limit` or `cursor`.
    pub(super) fn page<R, V>(&self, rows: &[R], view: impl FnMut(&R) -> V) -> Outcome<Page<V>> {
        let mut checks = Checks::new();
        let limit = checks.within("limit", self.limit, 1, 200);
        checks.done()?;
        let shown = Cursor::ordinal_in(ORDER, self.cursor.as_deref())?.unwrap_or(0);
        let begin = usize::try_from(shown).unwrap_or(0).min(rows.len());
        let most = limit.and_then(|limit| usize::try_from(limit).ok());
        let end = most.map_or(rows.len(), |most| (begin + most).min(rows.len()));
        Ok(Page {
            items: rows[begin..end].iter().map(view).collect(),
            next: (end < rows.len()).then(|| Cursor::at(ORDER, end as i64)),
        })
    }
}

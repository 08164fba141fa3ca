//! Where a list goes on: the keys of the last row that was looked at.

use kernel::{Outcome, Refusal};
use serde::Serialize;
use utoipa::ToSchema;

/// A place in a list: the sort key (when it is not the ordinal itself) and the ordinal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// The sort key.
    pub key: i64,
    /// The ordinal that breaks ties.
    pub ordinal: i64,
}

impl Cursor {
    /// The text that goes out.
    pub fn encode(self) -> String {
        format!("{:x}-{:x}", self.key.cast_unsigned(), self.ordinal.cast_unsigned())
    }

    /// Reads what came back.
    ///
    /// # Errors
    /// A refusal that names `cursor` when it is not one of ours.
    pub fn decode(text: &str) -> Outcome<Self> {
        let read = |part: &str| {
            u64::from_str_radix(part, 16)
                .ok()
                .filter(|_| !part.starts_with('+'))
                .map(u64::cast_signed)
        };
        let cursor = text.rsplit_once('-').and_then(|(key, ordinal)| {
            Some(Self {
                key: read(key)?,
                ordinal: read(ordinal)?,
            })
        });
        cursor.ok_or_else(|| Refusal::field("cursor", "field-bad-cursor").into())
    }
}

/// One page of a list; it may be short and still have `next`.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// Where to go on, nothing at the end.
    pub next: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_as_it_went_and_others_are_refused() {
        for cursor in [
            Cursor { key: 0, ordinal: 1 },
            Cursor {
                key: i64::MAX,
                ordinal: 77,
            },
            Cursor { key: -5, ordinal: 3 },
        ] {
            assert_eq!(Cursor::decode(&cursor.encode()).expect("ours"), cursor);
        }
        for bad in ["", "x", "1", "1-", "zz-1", "1-99999999999999999999"] {
            assert!(Cursor::decode(bad).is_err(), "{bad}");
        }
    }
}

//! Where a list goes on: the keys of the last row that was looked at.

use kernel::{Error, Outcome, Refusal};
use serde::Serialize;
use utoipa::ToSchema;

/// A place in a list: the order it is a place of, the sort key (when it is not the ordinal itself) and the ordinal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// The order, as a letter: in another the same numbers would be another place.
    pub order: char,
    /// The sort key.
    pub key: i64,
    /// The ordinal that breaks ties.
    pub ordinal: i64,
}

impl Cursor {
    /// The text that goes out.
    pub fn encode(self) -> String {
        let (key, ordinal) = (self.key.cast_unsigned(), self.ordinal.cast_unsigned());
        format!("{}.{key:x}-{ordinal:x}", self.order)
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
        let cursor = text.split_once('.').and_then(|(order, place)| {
            let (key, ordinal) = place.split_once('-')?;
            Some(Self {
                order: order.parse().ok()?,
                key: read(key)?,
                ordinal: read(ordinal)?,
            })
        });
        cursor.ok_or_else(Self::foreign)
    }

    /// The same, where it is a place of this order.
    ///
    /// # Errors
    /// A refusal that names `cursor` when it comes from another list.
    pub fn within(self, order: char) -> Outcome<Self> {
        if self.order == order {
            Ok(self)
        } else {
            Err(Self::foreign())
        }
    }

    /// A place in a list that is walked by ordinals alone, as it goes out.
    pub fn at(order: char, ordinal: i64) -> String {
        let key = 0;
        Self { order, key, ordinal }.encode()
    }

    /// Reads such a place back: after which ordinal to go on.
    ///
    /// # Errors
    /// A refusal that names `cursor` when it is not one of this list.
    pub fn ordinal_in(order: char, text: Option<&str>) -> Outcome<Option<i64>> {
        let cursor = text.map(Self::decode).transpose()?;
        let cursor = cursor.map(|cursor| cursor.within(order)).transpose()?;
        Ok(cursor.map(|cursor| cursor.ordinal))
    }

    fn foreign() -> Error {
        Refusal::field("cursor", "field-bad-cursor").into()
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
        for cursor in
            [('n', 0, 1), ('u', i64::MAX, 77), ('d', -5, 3)].map(|(order, key, ordinal)| Cursor { order, key, ordinal })
        {
            assert_eq!(Cursor::decode(&cursor.encode()).expect("ours"), cursor);
            assert!(cursor.within(cursor.order).is_ok() && cursor.within('x').is_err());
        }
        for bad in [
            "",
            "x",
            "1",
            "1-",
            "zz-1",
            "n.1-",
            "n.zz-1",
            "1-1",
            "nn.1-1",
            ".1-1",
            "n.1-99999999999999999999",
        ] {
            assert!(Cursor::decode(bad).is_err(), "{bad}");
        }
    }
}

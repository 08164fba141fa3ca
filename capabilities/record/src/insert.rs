//! What is inserted while somebody writes on a record: a sign opens a list, a choice puts words in its place.
//!
//! Whoever has words to offer hands over a source; the page with the field shows a list for each and names none.

/// A source of words to insert.
#[derive(Clone, Copy)]
pub struct InsertSource {
    /// The sign that opens the list.
    pub sign: &'static str,
    /// The key of the list's name.
    pub label: &'static str,
    /// Where the words for a record are, by its number: `[{name, more, text}]`.
    pub address: fn(&str) -> String,
}

//! Languages of the product: texts, numbers, instants.
//!
//! Italian is the language of reference and English stands beside it. Every capability hands over a [`Source`] with its
//! two Fluent files; [`install`] puts them together once for the process. What a person reads then comes from
//! [`Language::text`], and numbers and instants are written by the pure functions of this crate, so that a time looks
//! the same in a list, in a message and on paper.

mod check;
mod language;
mod moment;
mod number;
mod texts;

pub use check::check;
pub use jiff::tz::TimeZone;
pub use language::Language;
pub use moment::{date_of, default_zone, local_moment};
pub use texts::{Arg, Source, Texts, install};

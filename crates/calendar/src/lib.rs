//! Business time: when a service is open, and how much of that lies between two instants.
//!
//! Pure: dates, hours and zones come in, instants and seconds go out. Hours are told as the clock on the wall shows them and
//! measured as they pass, so the night in which clocks go back has an hour more and the other one an hour less.

mod easter;
mod feast;
mod hours;
mod import;
mod patron;
mod typed;
mod week;

pub use easter::easter;
pub use feast::{Feast, Rule, is_known_feast, national};
pub use hours::{Calendar, Closure, Hours, Opening, Reason, Span};
pub use import::{IcsError, closures_from_ics};
pub use patron::{PATRONS, Patron, patron};
pub use typed::{closures_of, closures_text, day_of, hours_of, hours_text, openings_of, openings_text};
pub use week::{DayHours, MINUTES_A_DAY, WeekError, Weekly};

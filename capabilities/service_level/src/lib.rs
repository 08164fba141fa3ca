//! Service levels: calendars, agreements, and the clocks that follow from them.
//!
//! What is agreed is a record with editions; what a clock shows is reckoned, each time anew, from what happened to the
//! ticket. `clock` and `clocks` are pure; `service_calendar` and `agreement` are the records.

mod agreement;
mod book;
mod clock;
mod clocks;
mod interruption;
mod measured;
mod service_calendar;
mod turn;
mod typed;

pub use agreement::{
    Agreement, AgreementEvent, AgreementId, AgreementText, Facts, Target, add_agreement, add_usual, change_agreement,
};
pub use book::{Draft, book, book_with};
pub use clock::{Course, Metric, Part, PartCourse, Pause, Reckoned, Standing, Stretch, Terms};
pub use clocks::{Book, LaidOut};
pub use interruption::{Interruption, Interruptions};
pub use measured::Measured;
pub use service_calendar::{
    CalendarEvent, CalendarId, CalendarText, MOST_DAYS, ServiceCalendar, add_calendar, change_calendar, week_key,
};
pub use turn::{Clock, Turn, Turned};
pub use typed::{duration_of, duration_text};

/// The texts of this capability.
pub fn texts() -> i18n::Source {
    i18n::Source {
        it: include_str!("../locales/it.ftl"),
        en: include_str!("../locales/en.ftl"),
    }
}

/// What this capability hands over.
pub fn capability() -> host::Capability {
    host::Capability {
        name: "service_level",
        texts: Some(texts()),
        records: vec![
            store::record_kind::<ServiceCalendar>(),
            store::record_kind::<Agreement>(),
        ],
        ..host::Capability::default()
    }
}

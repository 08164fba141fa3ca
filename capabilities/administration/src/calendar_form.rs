//! The form of a calendar: hours by day as people type them, closed days and openings one to a line.

use calendar::{Weekly, closures_of, closures_text, hours_of, hours_text, openings_of, openings_text};
use kernel::{Checks, Outcome};
use service_level::CalendarText;
use web::FormBody;

/// The names of the days' fields, Monday first.
pub const DAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// What the form holds, as typed.
#[derive(Clone, Debug, Default)]
pub struct CalendarForm {
    pub name: String,
    pub zone: String,
    pub days: [String; 7],
    pub national: bool,
    pub patron: String,
    pub closures: String,
    pub openings: String,
}

impl CalendarForm {
    /// As it was sent.
    pub fn typed(form: &FormBody) -> Self {
        Self {
            name: form.text("name").to_owned(),
            zone: form.text("zone").to_owned(),
            days: DAYS.map(|day| form.text(day).to_owned()),
            national: form.text("national") == "true",
            patron: form.text("patron").to_owned(),
            closures: form.text("closures").to_owned(),
            openings: form.text("openings").to_owned(),
        }
    }

    /// As a calendar stands.
    pub fn of(text: &CalendarText) -> Self {
        let days = text.weekly.days();
        Self {
            name: text.name.clone(),
            zone: text.zone.clone(),
            days: std::array::from_fn(|day| hours_text(&days[day])),
            national: text.national,
            patron: text.patron.clone().unwrap_or_default(),
            closures: closures_text(&text.closures),
            openings: openings_text(&text.openings),
        }
    }

    /// What it says; the feasts that a file brought stay as they are.
    ///
    /// # Errors
    /// A refusal that names every field that cannot be read.
    pub fn text(&self, before: &CalendarText) -> Outcome<CalendarText> {
        let mut checks = Checks::new();
        let weekly = week_of(&mut checks, DAYS, &self.days);
        let closures = closures_of(&self.closures).unwrap_or_else(|line| {
            checks.wrong_with("closures", "admin-calendar-bad-line", "line", line);
            Vec::new()
        });
        let openings = openings_of(&self.openings).unwrap_or_else(|line| {
            checks.wrong_with("openings", "admin-calendar-bad-line", "line", line);
            Vec::new()
        });
        checks.done()?;
        Ok(CalendarText {
            name: self.name.clone(),
            zone: self.zone.trim().to_owned(),
            weekly,
            national: self.national,
            patron: Some(self.patron.trim().to_owned()).filter(|patron| !patron.is_empty()),
            feasts: before.feasts.clone(),
            closures,
            openings,
        })
    }
}

/// The week of what was typed for each day; what is wrong with a day is told of its field, what is wrong with the week of the
/// first.
pub fn week_of(checks: &mut Checks, fields: [&'static str; 7], typed: &[String; 7]) -> Weekly {
    let mut days: [Vec<calendar::DayHours>; 7] = Default::default();
    let mut is_wrong = false;
    for (place, typed) in typed.iter().enumerate() {
        match hours_of(typed) {
            Ok(hours) => days[place] = hours,
            Err(part) => {
                is_wrong = true;
                checks.wrong_with(fields[place], "admin-calendar-bad-hours", "part", part);
            }
        }
    }
    match Weekly::new(days) {
        Ok(weekly) => return weekly,
        Err(why) if !is_wrong => checks.wrong(fields[0], service_level::week_key(why)),
        Err(_) => {}
    }
    Weekly::default()
}

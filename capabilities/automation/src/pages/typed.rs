//! The form of a rule as it is typed, and the rule that is meant.

use crate::{AutomationText, Deeds, Happening};
use kernel::{Checks, Outcome, Uuid};
use service_level::{duration_of, duration_text};
use ticket::domain::{Channel, TicketKind};
use web::FormBody;

/// The texts of the form, as typed or as they are.
#[derive(Clone, Debug, Default)]
pub(super) struct Typed {
    pub(super) name: String,
    pub(super) place: String,
    pub(super) on: String,
    pub(super) after: String,
    pub(super) hours: String,
    pub(super) unless: Vec<String>,
    pub(super) kinds: Vec<String>,
    pub(super) priorities: Vec<String>,
    pub(super) channels: Vec<String>,
    pub(super) categories: Vec<String>,
    pub(super) groups: Vec<String>,
    pub(super) priority: String,
    pub(super) group: String,
    pub(super) note: String,
    pub(super) reply: String,
}

impl Typed {
    pub(super) fn of(form: &FormBody) -> Self {
        let ticked = |start: &str| {
            let names = form.fields().keys().filter_map(|name| name.strip_prefix(start));
            names.map(str::to_owned).collect()
        };
        let text = |field: &str| form.text(field).trim().to_owned();
        Self {
            name: text("name"),
            place: text("place"),
            on: text("on"),
            after: text("after_minutes"),
            hours: text("hours"),
            unless: ticked("unless_"),
            kinds: ticked("kind_"),
            priorities: ticked("priority_"),
            channels: ticked("channel_"),
            categories: ticked("category_"),
            groups: ticked("group_"),
            priority: text("priority"),
            group: text("group"),
            note: text("note"),
            reply: text("reply"),
        }
    }

    pub(super) fn as_it_is(text: &AutomationText) -> Self {
        let id = |id: &Option<Uuid>| id.map_or_else(String::new, |id| id.to_string());
        let deeds = &text.deeds;
        Self {
            name: text.name.clone(),
            place: text.place.to_string(),
            on: text.on.code().to_owned(),
            after: duration_text(text.after_minutes * 60),
            hours: id(&text.hours),
            unless: text.unless.iter().map(|one| one.code().to_owned()).collect(),
            kinds: text.kinds.iter().map(|one| one.code().to_owned()).collect(),
            priorities: text.priorities.iter().map(i64::to_string).collect(),
            channels: text.channels.iter().map(|one| one.code().to_owned()).collect(),
            categories: text.categories.iter().map(Uuid::to_string).collect(),
            groups: text.groups.iter().map(Uuid::to_string).collect(),
            priority: deeds.priority.map_or_else(String::new, |priority| priority.to_string()),
            group: id(&deeds.group),
            note: deeds.note.clone().unwrap_or_default(),
            reply: deeds.reply.clone().unwrap_or_default(),
        }
    }

    /// The rule that is meant.
    ///
    /// # Errors
    /// A refusal that names every field that cannot be read.
    pub(super) fn text(&self) -> Outcome<AutomationText> {
        let mut checks = Checks::new();
        let place = self.place.parse().unwrap_or_else(|_| {
            checks.wrong("place", "field-wrong-type");
            1
        });
        let on = Happening::from_code(&self.on).unwrap_or_else(|| {
            checks.wrong("on", "field-required");
            Happening::Opened
        });
        let seconds = match self.after.as_str() {
            "" | "0" => Some(0),
            typed => duration_of(typed).filter(|seconds| seconds % 60 == 0),
        };
        if seconds.is_none() {
            checks.wrong("after_minutes", "automation-field-after");
        }
        let said = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        checks.done()?;
        Ok(AutomationText {
            name: self.name.clone(),
            place,
            on,
            after_minutes: seconds.unwrap_or_default() / 60,
            hours: self.hours.parse().ok(),
            unless: self
                .unless
                .iter()
                .filter_map(|code| Happening::from_code(code))
                .collect(),
            kinds: self
                .kinds
                .iter()
                .filter_map(|code| TicketKind::from_code(code))
                .collect(),
            priorities: self.priorities.iter().filter_map(|one| one.parse().ok()).collect(),
            channels: self
                .channels
                .iter()
                .filter_map(|code| Channel::from_code(code))
                .collect(),
            categories: self.categories.iter().filter_map(|id| id.parse().ok()).collect(),
            groups: self.groups.iter().filter_map(|id| id.parse().ok()).collect(),
            deeds: Deeds {
                priority: self.priority.parse().ok(),
                group: self.group.parse().ok(),
                note: said(&self.note),
                reply: said(&self.reply),
            },
        })
    }
}

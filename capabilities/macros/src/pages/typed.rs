//! The form of a macro as it is typed, and the macro that is meant.

use crate::{Ending, MacroToBe, MacroView, Steps};
use kernel::{Checks, Outcome, Uuid};
use ticket::domain::{TicketKind, WaitingReason};
use web::FormBody;

/// What a form sends for all areas.
pub(super) const ALL: &str = "all";

/// The texts of the form, as typed or as they are.
#[derive(Clone, Debug, Default)]
pub(super) struct Typed {
    pub(super) name: String,
    pub(super) area: String,
    pub(super) take: bool,
    pub(super) kind: String,
    pub(super) category: String,
    pub(super) impact: String,
    pub(super) urgency: String,
    pub(super) reply: String,
    pub(super) note: String,
    pub(super) end: String,
    pub(super) group: String,
    pub(super) reason: String,
    pub(super) days: String,
    pub(super) text: String,
    pub(super) leads_on: bool,
}

impl Typed {
    pub(super) fn of(form: &FormBody) -> Self {
        let text = |field: &str| form.text(field).trim().to_owned();
        Self {
            name: text("name"),
            area: text("area"),
            take: form.get("take").is_some(),
            kind: text("kind"),
            category: text("category"),
            impact: text("impact"),
            urgency: text("urgency"),
            reply: text("reply"),
            note: text("note"),
            end: text("end"),
            group: text("group"),
            reason: text("reason"),
            days: text("days"),
            text: text("text"),
            leads_on: form.get("leads_on").is_some(),
        }
    }

    pub(super) fn as_it_is(one: &MacroView) -> Self {
        let id = |id: Option<Uuid>| id.map(|id| id.to_string()).unwrap_or_default();
        let number = |number: Option<i64>| number.map(|number| number.to_string()).unwrap_or_default();
        let steps = &one.steps;
        let typed = Self {
            name: one.name.clone(),
            area: one.area.map_or_else(|| ALL.to_owned(), |area| area.to_string()),
            take: steps.take,
            kind: steps.kind.map(|kind| kind.code().to_owned()).unwrap_or_default(),
            category: id(steps.category),
            impact: number(steps.impact),
            urgency: number(steps.urgency),
            reply: id(steps.reply),
            note: one.note.clone(),
            leads_on: one.leads_on,
            ..Self::default()
        };
        match &steps.end {
            None => typed,
            Some(Ending::HandOver { group }) => Self {
                end: "hand_over".to_owned(),
                group: group.to_string(),
                ..typed
            },
            Some(Ending::Wait { reason, days }) => Self {
                end: "wait".to_owned(),
                reason: reason.code().to_owned(),
                days: number(*days),
                ..typed
            },
            Some(Ending::Solve { text }) => Self {
                end: "solve".to_owned(),
                text: text.to_string(),
                ..typed
            },
        }
    }

    /// The macro that is meant.
    ///
    /// # Errors
    /// A refusal that names every field that cannot be read.
    pub(super) fn wanted(&self) -> Outcome<MacroToBe> {
        let mut checks = Checks::new();
        let steps = Steps {
            take: self.take,
            kind: TicketKind::from_code(&self.kind),
            category: chosen(&mut checks, "category", &self.category),
            impact: self.impact.parse().ok(),
            urgency: self.urgency.parse().ok(),
            reply: chosen(&mut checks, "reply", &self.reply),
            end: self.ending(&mut checks),
        };
        checks.done()?;
        Ok(MacroToBe {
            name: self.name.clone(),
            area: Some(self.area.clone()).filter(|area| !area.is_empty() && area != ALL),
            steps,
            note: self.note.clone(),
            leads_on: self.leads_on,
        })
    }

    fn ending(&self, checks: &mut Checks) -> Option<Ending> {
        match self.end.as_str() {
            "hand_over" => must(checks, "group", &self.group).map(|group| Ending::HandOver { group }),
            "wait" => {
                let reason = WaitingReason::from_code(&self.reason);
                if reason.is_none() {
                    checks.wrong("reason", "field-required");
                }
                // What is no number is out of range like any others.
                let days = Some(&self.days).filter(|days| !days.is_empty());
                let days = days.map(|days| days.parse().unwrap_or(0));
                reason.map(|reason| Ending::Wait { reason, days })
            }
            "solve" => must(checks, "text", &self.text).map(|text| Ending::Solve { text }),
            _ => None,
        }
    }
}

fn chosen(checks: &mut Checks, field: &'static str, text: &str) -> Option<Uuid> {
    let id = text.parse().ok();
    if id.is_none() && !text.is_empty() {
        checks.wrong(field, "field-not-found");
    }
    id
}

fn must(checks: &mut Checks, field: &'static str, text: &str) -> Option<Uuid> {
    if text.is_empty() {
        checks.wrong(field, "field-required");
    }
    chosen(checks, field, text)
}

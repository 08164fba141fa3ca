//! The form of an agreement: targets by what is measured and by priority, as people type them.

use jiff::civil::Date;
use kernel::{Checks, Outcome, Uuid};
use people::PersonCategory;
use service_level::{AgreementText, Metric, Target, duration_of, duration_text};
use std::collections::HashSet;
use ticket::domain::{Channel, TicketKind, WaitingReason};
use web::FormBody;

/// Priorities, the most urgent first.
pub const PRIORITIES: [i64; 5] = [1, 2, 3, 4, 5];

/// What the form holds, as typed.
#[derive(Clone, Debug, Default)]
pub struct AgreementForm {
    pub name: String,
    pub calendar: String,
    /// By metric in their order, and by priority.
    pub targets: [[String; 5]; Metric::ALL.len()],
    /// By priority: whether all time counts.
    pub elapsed: [bool; 5],
    pub kinds: HashSet<String>,
    pub channels: HashSet<String>,
    pub categories: HashSet<String>,
    pub services: HashSet<String>,
    pub requesters: HashSet<String>,
    pub groups: HashSet<String>,
    pub pausing: HashSet<String>,
    pub pauses_while_solved: bool,
    pub attention: String,
    pub fallback: bool,
    pub valid_from: String,
    pub valid_until: String,
}

/// The field of a target.
pub fn target_field(metric: Metric, priority: i64) -> String {
    format!("target_{}_{priority}", metric.code())
}

/// What is ticked under a beginning: `kind_incident` is `incident` of `kind_`.
fn ticked(form: &FormBody, beginning: &str) -> HashSet<String> {
    let on = form.fields().iter().filter(|(_, value)| *value == "true");
    on.filter_map(|(field, _)| field.strip_prefix(beginning))
        .map(str::to_owned)
        .collect()
}

impl AgreementForm {
    /// As it was sent.
    pub fn typed(form: &FormBody) -> Self {
        let target = |metric: Metric| PRIORITIES.map(|priority| form.text(&target_field(metric, priority)).to_owned());
        let is_on = |field: &str| form.text(field) == "true";
        Self {
            name: form.text("name").to_owned(),
            calendar: form.text("calendar").to_owned(),
            targets: Metric::ALL.map(target),
            elapsed: PRIORITIES.map(|priority| is_on(&format!("elapsed_{priority}"))),
            kinds: ticked(form, "kind_"),
            channels: ticked(form, "channel_"),
            categories: ticked(form, "category_"),
            services: ticked(form, "service_"),
            requesters: ticked(form, "requester_"),
            groups: ticked(form, "group_"),
            pausing: ticked(form, "pausing_"),
            pauses_while_solved: is_on("pauses_while_solved"),
            attention: form.text("attention").to_owned(),
            fallback: is_on("fallback"),
            valid_from: form.text("valid_from").to_owned(),
            valid_until: form.text("valid_until").to_owned(),
        }
    }

    /// As an agreement stands.
    pub fn of(text: &AgreementText) -> Self {
        let typed = |metric: Metric| {
            PRIORITIES.map(|priority| {
                let target = text.target(metric, priority);
                target.map_or_else(String::new, |target| duration_text(target.seconds))
            })
        };
        let counts_all = |priority: i64| text.targets.iter().any(|one| one.priority == priority && one.elapsed);
        let day = |day: Option<Date>| day.map_or_else(String::new, |day| day.to_string());
        let shares = text.attention.iter().map(i64::to_string);
        Self {
            name: text.name.clone(),
            calendar: text.calendar.map_or_else(String::new, |calendar| calendar.to_string()),
            targets: Metric::ALL.map(typed),
            elapsed: PRIORITIES.map(counts_all),
            kinds: text.kinds.iter().cloned().collect(),
            channels: text.channels.iter().cloned().collect(),
            categories: text.categories.iter().map(Uuid::to_string).collect(),
            services: text.services.iter().cloned().collect(),
            requesters: text.requesters.iter().cloned().collect(),
            groups: text.groups.iter().map(Uuid::to_string).collect(),
            pausing: text.pausing.iter().cloned().collect(),
            pauses_while_solved: text.pauses_while_solved,
            attention: shares.collect::<Vec<_>>().join(", "),
            fallback: text.fallback,
            valid_from: day(text.valid_from),
            valid_until: day(text.valid_until),
        }
    }

    /// What it says.
    ///
    /// # Errors
    /// A refusal that names every field that cannot be read.
    pub fn text(&self) -> Outcome<AgreementText> {
        let mut checks = Checks::new();
        let calendar = Some(self.calendar.as_str()).filter(|calendar| !calendar.is_empty());
        let calendar = calendar.map(str::parse).transpose().unwrap_or_else(|_| {
            checks.wrong("calendar", "field-not-found");
            None
        });
        let text = AgreementText {
            name: self.name.clone(),
            calendar,
            kinds: chosen(TicketKind::ALL.iter().map(|kind| kind.code()), &self.kinds),
            categories: identities(&self.categories),
            services: self.services.iter().cloned().collect(),
            requesters: chosen(
                PersonCategory::ALL.iter().map(|category| category.code()),
                &self.requesters,
            ),
            groups: identities(&self.groups),
            channels: chosen(Channel::ALL.iter().map(|channel| channel.code()), &self.channels),
            targets: self.targets(&mut checks),
            pausing: chosen(WaitingReason::ALL.iter().map(|reason| reason.code()), &self.pausing),
            pauses_while_solved: self.pauses_while_solved,
            attention: self.attention(&mut checks),
            fallback: self.fallback,
            valid_from: day(&mut checks, "valid_from", &self.valid_from),
            valid_until: day(&mut checks, "valid_until", &self.valid_until),
        };
        checks.done()?;
        Ok(text)
    }

    fn targets(&self, checks: &mut Checks) -> Vec<Target> {
        let mut targets = Vec::new();
        for (metric, row) in Metric::ALL.into_iter().zip(&self.targets) {
            for (place, typed) in row.iter().enumerate().filter(|(_, typed)| !typed.trim().is_empty()) {
                let priority = PRIORITIES[place];
                match duration_of(typed) {
                    Some(seconds) => targets.push(Target {
                        metric,
                        priority,
                        seconds,
                        elapsed: self.elapsed[place],
                    }),
                    None => checks.wrong(target_field(metric, priority), "admin-agreement-bad-target"),
                }
            }
        }
        targets
    }

    fn attention(&self, checks: &mut Checks) -> Vec<i64> {
        let parts = self.attention.split([',', ';', ' ']);
        let parts = parts
            .map(|part| part.trim().trim_end_matches('%'))
            .filter(|part| !part.is_empty());
        let shares: Result<Vec<i64>, _> = parts.map(str::parse).collect();
        shares.unwrap_or_else(|_| {
            checks.wrong("attention", "admin-agreement-bad-attention");
            Vec::new()
        })
    }
}

/// Those of a closed list that are ticked, in its order.
fn chosen<'c>(all: impl Iterator<Item = &'c str>, ticked: &HashSet<String>) -> Vec<String> {
    all.filter(|code| ticked.contains(*code)).map(str::to_owned).collect()
}

fn identities(ticked: &HashSet<String>) -> Vec<Uuid> {
    ticked.iter().filter_map(|id| id.parse().ok()).collect()
}

fn day(checks: &mut Checks, field: &'static str, typed: &str) -> Option<Date> {
    if typed.trim().is_empty() {
        return None;
    }
    let day = calendar::day_of(typed);
    if day.is_none() {
        checks.wrong(field, "admin-agreement-bad-day");
    }
    day
}

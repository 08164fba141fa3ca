//! Facts of a ticket's history as sentences, one for each type of event.

use super::names::{Names, metric, term};
use crate::commands::field_name;
use crate::domain::TechnicalOutcome;
use crate::queries::Entry;
use i18n::{Arg, Language};
use kernel::{Instant, Uuid};
use serde_json::Value;
use std::collections::HashMap;
use ui::Frame;

/// A fact in words: the sentence, and what somebody wrote with it.
pub(super) struct Told {
    pub(super) sentence: String,
    pub(super) words: String,
}

/// Tells facts; it remembers what earlier ones said of links and assignments.
pub(super) struct Teller<'p> {
    frame: &'p Frame,
    names: &'p Names,
    linked: HashMap<String, String>,
    assigned: HashMap<String, String>,
}

impl<'p> Teller<'p> {
    pub(super) fn of(frame: &'p Frame, names: &'p Names, entries: &[Entry]) -> Self {
        let (mut linked, mut assigned) = (HashMap::new(), HashMap::new());
        for entry in entries {
            match entry.kind.as_str() {
                "ticket.linked" => {
                    linked.insert(
                        text(&entry.data, "to").to_owned(),
                        text(&entry.data, "number").to_owned(),
                    );
                }
                "ticket.imported" if !text(&entry.data, "assignment").is_empty() => {
                    let part = text(&entry.data, "assignment").to_owned();
                    assigned.insert(part, names.group(id(&entry.data, "group")));
                }
                "ticket.assignment_created" => {
                    let assignment = &entry.data["assignment"];
                    assigned.insert(text(assignment, "id").to_owned(), names.group(id(assignment, "group")));
                }
                _ => {}
            }
        }
        Self {
            frame,
            names,
            linked,
            assigned,
        }
    }

    /// The fact in words.
    pub(super) fn tell(&self, entry: &Entry) -> Told {
        let kind = entry
            .kind
            .strip_prefix("ticket.")
            .unwrap_or(&entry.kind)
            .replace('_', "-");
        let data = &entry.data;
        let args = self.values(&kind, data);
        let variant = variant(&kind, data);
        let args: Vec<(&str, Arg)> = args
            .iter()
            .map(|(name, value)| (*name, Arg::from(value.as_str())))
            .collect();
        Told {
            sentence: self
                .language()
                .text_with(&format!("ticket-event-{kind}{variant}"), &args),
            words: words(data),
        }
    }

    fn language(&self) -> Language {
        self.frame.language
    }

    /// What the sentence needs to know.
    fn values(&self, kind: &str, data: &Value) -> Vec<(&'static str, String)> {
        let language = self.language();
        let plain = |name| text(data, name).to_owned();
        match kind {
            "colleagues-mentioned" => vec![("who", self.people(data))],
            "opened" => vec![("channel", term(language, "by", text(data, "channel")))],
            "assigned" => vec![
                ("group", self.names.group(id(data, "group"))),
                ("who", self.names.person(id(data, "operator"))),
            ],
            "automated" => vec![("name", plain("name")), ("edition", data["edition"].to_string())],
            "given" => vec![
                ("who", self.names.person(id(data, "operator"))),
                ("load", data["load"].to_string()),
            ],
            "moved-to-back-office-l1" => vec![("group", self.names.group(id(data, "group")))],
            "guest-linked" | "data-verified" => vec![("who", self.names.person(id(data, "requester")))],
            "data-checked" => vec![("fields", self.fields(checked_fields(data)))],
            "discrepancy-notified" => vec![("fields", self.fields(strings(&data["fields"])))],
            "requester-merged" | "requester-unmerged" => vec![
                ("who", self.names.person(id(data, "requester"))),
                ("from", self.names.person(id(data, "from"))),
            ],
            "classified" => self.classified(data),
            "rerouted" => vec![("area", self.names.area(id(data, "area")))],
            "put-under-control" => vec![("rule", plain("rule"))],
            "linked" | "merged-into" | "merged-from" => vec![("number", plain("number"))],
            "unlinked" => vec![("number", self.linked.get(text(data, "to")).cloned().unwrap_or_default())],
            "assignment-created" => vec![("group", self.names.group(id(&data["assignment"], "group")))],
            "assignment-accepted"
            | "assignment-returned"
            | "assignment-withdrawn"
            | "assignment-technically-closed" => {
                let group = self.assigned.get(text(data, "assignment")).cloned().unwrap_or_default();
                vec![("group", group), ("outcome", self.technical_outcome(data))]
            }
            "paused" => self.paused(data),
            "woken" => vec![("when", self.moment(data, "wake_at"))],
            "promise-made" => vec![("when", self.moment(data, "due_at"))],
            "closed" => vec![("reason", term(language, "closed", text(data, "reason")))],
            "rated" => vec![("n", data["score"].to_string())],
            "subject-changed" => vec![("subject", plain("subject"))],
            "attachment-added" => vec![("name", plain("name"))],
            "imported" => vec![
                ("state", term(language, "state", text(data, "state"))),
                ("n", data["priority"].to_string()),
            ],
            _ if kind.starts_with("clock-") => vec![("what", self.clocks(data))],
            _ => Vec::new(),
        }
    }

    /// Fields of a person by what they are called.
    fn fields(&self, fields: Vec<String>) -> String {
        let named = fields.iter().map(|field| field_name(self.language(), field));
        named.collect::<Vec<_>>().join(", ")
    }

    /// What several clocks measure, with the instant at which each is due.
    fn clocks(&self, data: &Value) -> String {
        let clocks = data["clocks"].as_array().into_iter().flatten();
        let told = clocks.map(|clock| {
            let group = self.names.group(id(&clock["part"], "group"));
            let metric = metric(self.language(), text(clock, "metric"), &group);
            match self.moment(clock, "due") {
                when if when.is_empty() => metric,
                when => format!("{metric} ({when})"),
            }
        });
        told.collect::<Vec<_>>().join(", ")
    }

    /// The names of several people.
    fn people(&self, data: &Value) -> String {
        let ids = data["people"].as_array().into_iter().flatten();
        let names = ids.filter_map(|id| Some(self.names.person(id.as_str()?.parse().ok()?)));
        names.collect::<Vec<_>>().join(", ")
    }

    fn classified(&self, data: &Value) -> Vec<(&'static str, String)> {
        let language = self.language();
        let category = self.names.category(id(data, "category"));
        let kind = term(language, "kind", text(data, "kind"));
        vec![
            (
                "what",
                if category.is_empty() {
                    kind
                } else {
                    format!("{kind}, {category}")
                },
            ),
            ("impact", term(language, "level", &data["impact"].to_string())),
            ("urgency", term(language, "urgency", &data["urgency"].to_string())),
            ("n", data["priority"].to_string()),
        ]
    }

    fn paused(&self, data: &Value) -> Vec<(&'static str, String)> {
        vec![
            ("reason", term(self.language(), "waiting", text(data, "reason"))),
            ("when", self.moment(data, "wake_at")),
        ]
    }

    fn moment(&self, data: &Value, field: &str) -> String {
        let at = Instant::parse(text(data, field)).map(|at| self.frame.when(&at));
        at.unwrap_or_default()
    }

    fn technical_outcome(&self, data: &Value) -> String {
        let code = text(&data["closure"], "outcome");
        // Events from before the list was closed may say it in words of their own.
        match TechnicalOutcome::from_code(code) {
            Some(outcome) => term(self.language(), "technical", outcome.code()),
            None => code.to_owned(),
        }
    }
}

/// Some facts have several sentences.
fn variant(kind: &str, data: &Value) -> &'static str {
    let has = |name: &str| !data[name].is_null();
    match kind {
        "data-checked" if !checked_fields(data).is_empty() => "-discrepant",
        "data-checked" if has_standing(data, "congruent") => "-congruent",
        "data-checked" if has_standing(data, "elsewhere") => "-elsewhere",
        "data-checked" => "-absent",
        "discrepancy-notified" if text(data, "how") == "voice" => "-voice",
        "assigned" => match (has("group"), has("operator")) {
            (true, true) => "-both",
            (_, true) => "-operator",
            _ => "-group",
        },
        "classified" if has("override_reason") => "-overridden",
        "linked" => match text(data, "kind") {
            "parent" => "-parent",
            "follows" => "-follows",
            _ => "-related",
        },
        "unlinked" if text(data, "because") == "parent_ended" => "-parent-ended",
        "unlinked" if text(data, "because") == "parent_merged" => "-parent-merged",
        "paused" if has("wake_at") => "-until",
        "solution-refused" if data["class_right"] == Value::Bool(false) => "-wrong-class",
        "outbound-attempted" if text(data, "outcome") == "reached" => "-reached",
        "assignment-technically-closed" if data["closure"]["callback_required"] == Value::Bool(true) => "-call",
        _ => "",
    }
}

/// The fields that some registry writes differently, each once.
fn checked_fields(data: &Value) -> Vec<String> {
    let checks = data["checks"].as_array().into_iter().flatten();
    let mut fields: Vec<String> = checks.flat_map(|check| strings(&check["fields"])).collect();
    fields.sort();
    fields.dedup();
    fields
}

fn has_standing(data: &Value, standing: &str) -> bool {
    let mut checks = data["checks"].as_array().into_iter().flatten();
    checks.any(|check| text(check, "standing") == standing)
}

fn strings(value: &Value) -> Vec<String> {
    let items = value.as_array().into_iter().flatten();
    items.filter_map(Value::as_str).map(str::to_owned).collect()
}

/// What somebody wrote with a fact.
fn words(data: &Value) -> String {
    let fields = ["reason", "note", "diagnosis", "override_reason", "text"];
    let inside = [(&data["assignment"], "note"), (&data["closure"], "activity")];
    let coded = |field: &str| field == "reason" && data.get("state").is_none() && is_code(text(data, "reason"));
    let own = fields
        .into_iter()
        .filter(|field| !coded(field))
        .map(|field| text(data, field));
    own.chain(inside.into_iter().map(|(value, field)| text(value, field)))
        .find(|words| !words.is_empty())
        .unwrap_or_default()
        .to_owned()
}

/// A reason may be a word of a closed list: it is told by the sentence already.
fn is_code(text: &str) -> bool {
    use crate::domain::{ClosedReason, WaitingReason};
    ClosedReason::from_code(text).is_some() || WaitingReason::from_code(text).is_some()
}

/// A text field, empty where there is none.
pub(super) fn text<'d>(data: &'d Value, field: &str) -> &'d str {
    data.get(field).and_then(Value::as_str).unwrap_or_default()
}

/// An identity, nil where there is none.
pub(super) fn id(data: &Value, field: &str) -> Uuid {
    text(data, field).parse().unwrap_or_default()
}

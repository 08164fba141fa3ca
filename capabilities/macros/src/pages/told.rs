//! What a macro does, in words: one for each of its steps.

use crate::{Ending, MacroView};
use catalogue::Category;
use kernel::{Outcome, Uuid};
use people::{Actor, Group};
use ready_text::ReadyTextView;
use std::sync::Arc;
use store::{Loaded, Store};
use ui::Frame;

/// Names of what macros refer to.
pub(super) struct Known {
    categories: Arc<Vec<Loaded<Category>>>,
    groups: Arc<Vec<Loaded<Group>>>,
    texts: Vec<ReadyTextView>,
}

impl Known {
    pub(super) async fn of(store: &Store, actor: &Actor) -> Outcome<Self> {
        Ok(Self {
            categories: store.all::<Category>().await?,
            groups: store.all::<Group>().await?,
            texts: ready_text::ready_texts(store, actor).await?,
        })
    }

    fn text(&self, id: Uuid) -> &str {
        let found = self.texts.iter().find(|text| text.id == id);
        found.map_or("", |text| text.name.as_str())
    }

    /// What a macro does.
    pub(super) fn told(&self, frame: &Frame, one: &MacroView) -> Vec<String> {
        let steps = &one.steps;
        let mut told = Vec::new();
        if steps.take {
            told.push(frame.t("macros-does-take"));
        }
        if steps.classifies() {
            told.push(frame.t1("macros-does-classify", "as", self.class(frame, one)));
        }
        if let Some(text) = steps.reply {
            told.push(frame.t1("macros-does-reply", "text", self.text(text)));
        }
        if !one.note.is_empty() {
            told.push(frame.t("macros-does-note"));
        }
        told.extend(self.ending(frame, steps.end.as_ref()));
        if one.leads_on {
            told.push(frame.t("macros-does-lead-on"));
        }
        told
    }

    fn class(&self, frame: &Frame, one: &MacroView) -> String {
        let steps = &one.steps;
        let term = |list: &str, code: &str| frame.t(&format!("ticket-page-{list}-{code}"));
        let category = self
            .categories
            .iter()
            .find(|category| Some(category.id) == steps.category);
        let level = |list: &str, level: i64| {
            let name = term(list, &level.to_string());
            frame.t1(&format!("macros-{list}-is"), "level", name)
        };
        let parts = [
            steps.kind.map(|kind| term("kind", kind.code())),
            category.map(|category| category.state.full_name()),
            steps.impact.map(|impact| level("impact", impact)),
            steps.urgency.map(|urgency| level("urgency", urgency)),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    fn ending(&self, frame: &Frame, end: Option<&Ending>) -> Option<String> {
        Some(match end? {
            Ending::HandOver { group } => {
                let found = self.groups.iter().find(|one| one.id == *group);
                let name = found.map_or("", |one| one.state.name.as_str());
                frame.t1("macros-does-hand-over", "group", name)
            }
            Ending::Wait { reason, days } => {
                let reason = frame.t(&format!("ticket-page-waiting-{}", reason.code().replace('_', "-")));
                match days {
                    Some(days) => frame.t2("macros-does-wait-days", "reason", reason, "days", *days),
                    None => frame.t1("macros-does-wait", "reason", reason),
                }
            }
            Ending::Solve { text } => frame.t1("macros-does-solve", "text", self.text(*text)),
        })
    }
}

//! A rule in words.

use crate::{AutomationText, Deeds, Happening};
use catalogue::Category;
use i18n::Language;
use kernel::Uuid;
use people::Group;
use service_level::duration_text;
use store::Loaded;
use ui::Frame;

/// What a rule speaks of, by name.
pub(super) struct Named<'n> {
    pub(super) frame: &'n Frame,
    pub(super) groups: &'n [Loaded<Group>],
    pub(super) categories: &'n [Loaded<Category>],
}

/// A happening as people call it.
pub(super) fn happening_name(language: Language, one: Happening) -> String {
    language.text(&format!("automation-on-{}", one.code().replace('_', "-")))
}

/// A word of the ticket's own lists.
pub(super) fn term(language: Language, list: &str, code: &str) -> String {
    language.text(&format!("ticket-page-{list}-{}", code.replace('_', "-")))
}

fn listed(names: impl Iterator<Item = String>) -> String {
    names.collect::<Vec<_>>().join(", ")
}

impl Named<'_> {
    /// When it acts: what sets it off, after how long, for what it waits in vain.
    pub(super) fn when(&self, text: &AutomationText) -> String {
        let language = self.frame.language;
        let on = happening_name(language, text.on);
        if text.after_minutes == 0 {
            return on;
        }
        let after = duration_text(text.after_minutes * 60);
        let unless = listed(text.unless.iter().map(|one| happening_name(language, *one)));
        let args = [
            ("on", on.as_str().into()),
            ("after", after.as_str().into()),
            ("unless", unless.as_str().into()),
        ];
        let key = if unless.is_empty() {
            "automation-when-after"
        } else {
            "automation-when-unless"
        };
        language.text_with(key, &args)
    }

    /// Its conditions, one by one.
    pub(super) fn conditions(&self, text: &AutomationText) -> Vec<String> {
        let language = self.frame.language;
        let category = |id: &Uuid| self.categories.iter().find(|one| one.id == *id);
        let said = [
            (
                "kind",
                listed(text.kinds.iter().map(|one| term(language, "kind", one.code()))),
            ),
            (
                "priority",
                listed(
                    text.priorities
                        .iter()
                        .map(|one| term(language, "priority", &one.to_string())),
                ),
            ),
            (
                "channel",
                listed(text.channels.iter().map(|one| term(language, "channel", one.code()))),
            ),
            (
                "category",
                listed(
                    text.categories
                        .iter()
                        .filter_map(category)
                        .map(|one| one.state.full_name()),
                ),
            ),
            ("group", listed(text.groups.iter().map(|id| self.group(*id)))),
        ];
        let told = said.into_iter().filter(|(_, names)| !names.is_empty());
        told.map(|(what, names)| self.frame.t1(&format!("automation-for-{what}"), "names", names))
            .collect()
    }

    /// What it does, one by one.
    pub(super) fn deeds(&self, deeds: &Deeds) -> Vec<String> {
        let language = self.frame.language;
        let priority = deeds.priority.map(|priority| {
            let name = term(language, "priority", &priority.to_string());
            self.frame.t1("automation-does-priority", "priority", name)
        });
        let group = deeds
            .group
            .map(|group| self.frame.t1("automation-does-group", "group", self.group(group)));
        let note = deeds.note.as_ref().map(|_| self.frame.t("automation-does-note"));
        let reply = deeds.reply.as_ref().map(|_| self.frame.t("automation-does-reply"));
        [priority, group, note, reply].into_iter().flatten().collect()
    }

    fn group(&self, id: Uuid) -> String {
        let found = self.groups.iter().find(|one| one.id == id);
        found.map(|group| group.state.name.clone()).unwrap_or_default()
    }
}

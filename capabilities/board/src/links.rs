//! From each figure to the list that shows exactly its tickets.

use crate::choice::Chosen;
use crate::figures::Figures;
use i18n::Language;
use kernel::Uuid;
use record::{Field, condition};

/// A figure as it is shown.
pub(crate) struct Shown {
    /// Its name in texts and classes.
    pub(crate) code: &'static str,
    /// How many.
    pub(crate) count: usize,
    /// The same as it is written.
    pub(crate) told: String,
    /// The list.
    pub(crate) href: String,
}

/// All figures in their order, each with its list.
pub(crate) fn shown(figures: &Figures, chosen: Chosen, language: Language) -> Vec<Shown> {
    let due = |key: &str| condition(Field::Due, &language.text(key), language);
    let state = |code: &str| condition(Field::State, code, language);
    let today = language.text("board-today-word");
    let opened = condition(Field::Opened, &today, language);
    let changed = condition(Field::Changed, &today, language);
    let nobody = condition(Field::Operator, &language.text("ticket-question-nobody"), language);
    let all = [
        ("late", figures.late, "", due("ticket-question-late")),
        ("soon", figures.soon, "", due("ticket-question-soon")),
        ("unassigned", figures.unassigned, "", nobody),
        ("open", figures.open, "", String::new()),
        ("waiting", figures.waiting, "phase=waiting", String::new()),
        ("answered", figures.answered, "", state("solution_given")),
        ("under-control", figures.under_control, "", state("under_control")),
        ("opened-today", figures.opened_today, "view=all", opened),
        (
            "closed-today",
            figures.closed_today,
            "view=closed&sort=updated",
            changed,
        ),
    ];
    let shown = |(code, count, more, words): (&'static str, usize, &str, String)| Shown {
        code,
        count,
        told: language.count(count as u64),
        href: address("/tickets", chosen, more, &words),
    };
    all.into_iter().map(shown).collect()
}

/// An address with what was chosen.
pub(crate) fn address(path: &str, chosen: Chosen, more: &str, words: &str) -> String {
    let named = |name: &str, id: Option<Uuid>| id.map(|id| format!("{name}={id}")).unwrap_or_default();
    let words = if words.is_empty() {
        String::new()
    } else {
        format!("q={}", ticket::encoded(words))
    };
    let parts = [
        more.to_owned(),
        named("area", chosen.area),
        named("group", chosen.group),
        words,
    ];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    if parts.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{}", parts.join("&"))
    }
}

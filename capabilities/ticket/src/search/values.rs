//! The values a condition may have, and which of them somebody means.
//!
//! A value goes by its names in both languages and by its code. It is meant when the whole name was typed, or else its
//! beginning, the beginning of one of its words, or a part of it: whatever comes first decides, accents and case never.

use super::days;
use crate::domain::{Channel, Phase, State, TicketKind};
use crate::pages::term;
use catalogue::Category;
use configuration::Area;
use i18n::Language;
use kernel::{Outcome, Uuid};
use people::Group;
use record::Field;
use store::{Store, apart, folded, forgiven};

/// Most values that are told as a suggestion.
const SUGGESTED: usize = 4;

/// What a value stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Means {
    /// A record.
    Id(Uuid),
    /// One of these codes.
    Codes(Vec<&'static str>),
    /// A priority.
    Priority(i64),
    /// Open, or ended.
    Open(bool),
    /// Whoever asks.
    Me,
    /// Nobody.
    Nobody,
    /// Days, read from the name itself.
    Days,
    /// Due before now.
    Late,
    /// Due within two hours.
    Soon,
}

/// A value that a condition may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Value {
    /// As it is offered and typed.
    pub(crate) shown: String,
    names: Vec<String>,
    pub(super) means: Means,
}

impl Value {
    fn new(shown: impl Into<String>, others: impl IntoIterator<Item = String>, means: Means) -> Self {
        let shown = shown.into();
        let names = std::iter::once(shown.clone()).chain(others);
        Self {
            names: names.map(|name| plain(&name)).collect(),
            shown,
            means,
        }
    }
}

/// What typing came to.
pub(super) enum Picked<'v> {
    /// This one.
    One(&'v Value),
    /// Several, none before the others.
    Several(Vec<&'v Value>),
    /// None; these are near.
    None(Vec<&'v Value>),
}

/// A name in lower case, without accents and signs.
fn plain(name: &str) -> String {
    let folded = folded(name).replace('_', " ");
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Which value is meant.
pub(super) fn pick<'v>(values: &'v [Value], typed: &str) -> Picked<'v> {
    let found = matching(values, typed);
    match found[..] {
        [] => Picked::None(near(values, &plain(typed))),
        [one] => Picked::One(one),
        _ => Picked::Several(found),
    }
}

/// The values that typing may mean, those of the best kind of match only; all when nothing was typed.
pub(crate) fn matching<'v>(values: &'v [Value], typed: &str) -> Vec<&'v Value> {
    let typed = plain(typed);
    let kinds: [fn(&str, &str) -> bool; 5] = [
        |name, typed| name == typed,
        |name, typed| typed.len() > 3 && bare(name) == bare(typed),
        |name, typed| name.starts_with(typed),
        |name, typed| name.split(' ').any(|word| word.starts_with(typed)),
        |name, typed| name.contains(typed),
    ];
    let of_kind = |fits: &fn(&str, &str) -> bool| {
        let fitting = values
            .iter()
            .filter(|value| value.names.iter().any(|name| fits(name, &typed)));
        fitting.collect::<Vec<_>>()
    };
    kinds
        .iter()
        .map(of_kind)
        .find(|found| !found.is_empty())
        .unwrap_or_default()
}

/// A word without the ending that says gender and number: "aperti" is "aperto".
fn bare(name: &str) -> &str {
    name.trim_end_matches(['a', 'e', 'i', 'o'])
}

/// The values whose name, or a word of it, is a typing error away.
fn near<'v>(values: &'v [Value], typed: &str) -> Vec<&'v Value> {
    let distance = |value: &Value| {
        let words = value
            .names
            .iter()
            .flat_map(|name| std::iter::once(name.as_str()).chain(name.split(' ')));
        words.map(|word| apart(word, typed)).min().unwrap_or(usize::MAX)
    };
    let mut found: Vec<(usize, &Value)> = values.iter().map(|value| (distance(value), value)).collect();
    found.retain(|(distance, _)| *distance <= forgiven(typed));
    found.sort_by_key(|(distance, _)| *distance);
    found.into_iter().take(SUGGESTED).map(|(_, value)| value).collect()
}

/// All values of a field; none of those that cannot be listed, like requesters.
pub(crate) async fn values(store: &Store, language: Language, field: Field) -> Outcome<Vec<Value>> {
    Ok(match field {
        Field::State => states(language),
        Field::Phase => Phase::ALL
            .iter()
            .map(|phase| phase_value(language, *phase, Means::Codes(vec![phase.code()])))
            .collect(),
        Field::Priority => (1..=5).map(|level| priority(language, level)).collect(),
        Field::Channel => coded(language, "channel", Channel::ALL.iter().map(|channel| channel.code())),
        Field::Kind => coded(language, "kind", TicketKind::ALL.iter().map(|kind| kind.code())),
        Field::Group => {
            let groups = store.all::<Group>().await?;
            let value = |group: &store::Loaded<Group>| Value::new(&group.state.name, [], Means::Id(group.id));
            sorted(groups.iter().map(value).collect())
        }
        Field::Area => {
            let areas = store.all::<Area>().await?;
            let value = |area: &store::Loaded<Area>| {
                Value::new(&area.state.name, [area.state.code.clone()], Means::Id(area.id))
            };
            sorted(areas.iter().map(value).collect())
        }
        Field::Category => {
            let categories = store.all::<Category>().await?;
            let value = |one: &store::Loaded<Category>| {
                Value::new(one.state.full_name(), [one.state.name.clone()], Means::Id(one.id))
            };
            sorted(categories.iter().map(value).collect())
        }
        Field::Operator => {
            let operators = people::operators(store).await?;
            let nobody = both("ticket-question-nobody");
            let people = operators
                .iter()
                .map(|one| Value::new(&one.identity.name, [], Means::Id(one.id)));
            let nobody = Value::new(language.text("ticket-question-nobody"), nobody, Means::Nobody);
            [me(language), nobody].into_iter().chain(people).collect()
        }
        Field::Requester => vec![me(language)],
        Field::Due => {
            let said = |key: &str, means| Value::new(language.text(key), both(key), means);
            let near = [
                ("ticket-question-late", Means::Late),
                ("ticket-question-soon", Means::Soon),
            ];
            let [it, en] = days::NAMED[0];
            let today = Value::new(if language == Language::It { it } else { en }, [], Means::Days);
            near.into_iter()
                .map(|(key, means)| said(key, means))
                .chain([today])
                .collect()
        }
        Field::Opened | Field::Changed => days::NAMED
            .iter()
            .map(|[it, en]| Value::new(if language == Language::It { *it } else { *en }, [], Means::Days))
            .collect(),
    })
}

fn sorted(mut values: Vec<Value>) -> Vec<Value> {
    values.sort_by(|a, b| a.shown.cmp(&b.shown));
    values
}

fn both(key: &str) -> Vec<String> {
    Language::ALL.iter().map(|language| language.text(key)).collect()
}

fn me(language: Language) -> Value {
    Value::new(
        language.text("ticket-question-me"),
        both("ticket-question-me"),
        Means::Me,
    )
}

fn coded(language: Language, list: &str, codes: impl Iterator<Item = &'static str>) -> Vec<Value> {
    codes
        .map(|code| {
            let names = Language::ALL.iter().map(|language| term(*language, list, code));
            let names: Vec<String> = names.chain([code.to_owned()]).collect();
            Value::new(term(language, list, code), names, Means::Codes(vec![code]))
        })
        .collect()
}

/// A priority goes by its number and by its word; it is typed as the number.
fn priority(language: Language, level: i64) -> Value {
    let names = Language::ALL
        .iter()
        .map(|language| term(*language, "priority", &level.to_string()));
    let words = names.flat_map(|name| name.split(" · ").map(str::to_owned).collect::<Vec<_>>());
    let words: Vec<String> = words.collect();
    let own = term(language, "priority", &level.to_string());
    let shown = own.rsplit(" · ").next().unwrap_or_default().to_owned();
    Value::new(shown, words, Means::Priority(level))
}

fn phase_value(language: Language, phase: Phase, means: Means) -> Value {
    let name = |language: Language| {
        let phase = ui::Phase::from_code(phase.code());
        phase.map(|phase| language.text(phase.text_key())).unwrap_or_default()
    };
    let names: Vec<String> = Language::ALL
        .iter()
        .map(|language| name(*language))
        .chain([phase.code().to_owned()])
        .collect();
    Value::new(name(language), names, means)
}

/// Open and ended, the phases as all their states, then the states themselves. Where a phase bears the name of a state, the
/// state goes by the phase's names too.
fn states(language: Language) -> Vec<Value> {
    let open = [("ticket-question-open", true), ("ticket-question-ended", false)];
    let open = open.map(|(key, open)| Value::new(language.text(key), both(key), Means::Open(open)));
    let mut states = coded(language, "state", State::ALL.iter().map(|state| state.code()));
    let mut phases = Vec::new();
    for phase in Phase::ALL {
        let of_phase = State::ALL.iter().filter(|state| state.phase() == *phase);
        let value = phase_value(
            language,
            *phase,
            Means::Codes(of_phase.map(|state| state.code()).collect()),
        );
        let same = states
            .iter_mut()
            .find(|state| state.names.iter().any(|name| value.names.contains(name)));
        match same {
            Some(state) => state.names.extend(value.names),
            None => phases.push(value),
        }
    }
    open.into_iter().chain(phases).chain(states).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(name: &str) -> Value {
        Value::new(name, [], Means::Nobody)
    }

    #[test]
    fn the_best_kind_of_match_decides() {
        let groups = [
            "Sistemi e reti",
            "Back Office SPT",
            "Back Office",
            "Identità e accessi",
            "Rete Ufficio",
        ]
        .map(value);
        let told = |typed: &str| match pick(&groups, typed) {
            Picked::One(value) => value.shown.clone(),
            Picked::Several(values) => format!("{} of several", values.len()),
            Picked::None(near) => format!(
                "near {}",
                near.iter()
                    .map(|value| value.shown.as_str())
                    .collect::<Vec<_>>()
                    .join(", ")
            ),
        };
        for (typed, expected) in [
            ("back office", "Back Office"),
            ("SISTEMI", "Sistemi e reti"),
            ("ret", "Rete Ufficio"),
            ("reti", "Sistemi e reti"),
            ("identita", "Identità e accessi"),
            ("office", "2 of several"),
            ("sistmi", "near Sistemi e reti"),
            ("qwerty", "near "),
        ] {
            assert_eq!(told(typed), expected, "{typed}");
        }
    }
}

//! What the conditions of a question mean here: a filter, and what could not be understood.
//!
//! Nothing that was typed is passed over in silence: a condition that names nothing, or several things, is told with
//! what it may have meant, and then nothing is found until it is put right.

use super::Asker;
use super::days::{self, Days};
use super::values::{Means, Picked, Value, pick, values};
use kernel::{Instant, Outcome};
use people::Act;
use record::{Column, Compared, Condition, Field, Filter, Part, Question, Term};
use store::Store;

/// What is left when a ticket is said to be due soon, as the queue says it: two hours.
pub const SOON: i64 = 2 * 3600;
/// Values that are told when several may be meant.
const TOLD: usize = 5;

/// Why a condition was not understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// No value follows the colon.
    Missing,
    /// There is no such value.
    Unknown,
    /// There are several.
    Ambiguous,
}

/// A condition that was not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unclear {
    /// What it is about.
    pub field: Field,
    /// As typed.
    pub value: String,
    /// Why.
    pub why: Why,
    /// What may be meant.
    pub suggested: Vec<String>,
    /// Where the condition stands in what was typed.
    pub place: (usize, usize),
}

impl Unclear {
    /// The key of its sentence.
    pub(crate) const fn key(&self) -> &'static str {
        match self.why {
            Why::Missing => "ticket-question-missing",
            Why::Unknown => "ticket-question-unknown",
            Why::Ambiguous => "ticket-question-ambiguous",
        }
    }
}

/// What the conditions come to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Meaning {
    pub(crate) filter: Filter,
    pub(crate) unclear: Vec<Unclear>,
}

/// Adds the conditions of a question to a filter.
pub(crate) async fn meaning(store: &Store, asker: &Asker<'_>, question: &Question, filter: Filter) -> Outcome<Meaning> {
    let mut meaning = Meaning {
        filter,
        unclear: Vec::new(),
    };
    for term in &question.terms {
        if let Part::Condition(field, typed) = &term.part {
            meaning.add(store, asker, term, *field, typed).await?;
        }
    }
    Ok(meaning)
}

impl Meaning {
    async fn add(
        &mut self,
        store: &Store,
        asker: &Asker<'_>,
        term: &Term,
        field: Field,
        typed: &[String],
    ) -> Outcome<()> {
        let mut unclear = |value: &str, why, suggested: Vec<String>| {
            self.unclear.push(Unclear {
                field,
                value: value.to_owned(),
                why,
                suggested,
                place: term.place,
            });
        };
        if typed.is_empty() {
            unclear("", Why::Missing, Vec::new());
            return Ok(());
        }
        let known = values(store, asker.language, field).await?;
        let mut meant = Vec::new();
        for value in typed {
            let found = match field {
                Field::Opened | Field::Changed => dated(&known, value, asker),
                Field::Due => due(&known, value, asker, term.denied),
                Field::Requester => requester(store, asker, &known, value).await?,
                _ => named(&known, value),
            };
            match found {
                Ok(means) => meant.push((means, value.as_str())),
                Err((why, suggested)) => unclear(value, why, suggested),
            }
        }
        self.narrow(asker, field, &meant, term.denied);
        Ok(())
    }

    fn narrow(&mut self, asker: &Asker<'_>, field: Field, meant: &[(Means, &str)], denied: bool) {
        let mut values = Vec::new();
        for (means, typed) in meant {
            match means {
                Means::Open(open) => self.filter.open = Some(*open != denied),
                Means::Nobody if denied => self.filter.assigned = true,
                Means::Nobody => self.filter.unassigned = true,
                Means::Days => self.dated(asker, field, typed, denied),
                Means::Late | Means::Soon => {}
                Means::Id(id) => values.push(Compared::Id(*id)),
                Means::Me => values.push(Compared::Id(asker.actor.person)),
                Means::Priority(level) => values.push(Compared::Number(*level)),
                Means::Codes(codes) => values.extend(codes.iter().map(|code| Compared::Code((*code).to_owned()))),
            }
        }
        self.due(asker, meant, denied);
        // Who types a state wants it also where the view shows open tickets only.
        if matches!(field, Field::State | Field::Phase) && !denied && !values.is_empty() {
            self.filter.open = None;
        }
        if let Some(column) = column(field).filter(|_| !values.is_empty()) {
            self.compare(column, values, denied);
        }
    }

    /// A single value that is not denied takes the place that an index serves, where it is free.
    fn compare(&mut self, column: Column, values: Vec<Compared>, denied: bool) {
        if let ([Compared::Id(id)], false) = (values.as_slice(), denied) {
            let place = match column {
                Column::Area => Some(&mut self.filter.area),
                Column::Group => Some(&mut self.filter.group),
                Column::Operator => Some(&mut self.filter.operator),
                Column::Requester => Some(&mut self.filter.requester),
                _ => None,
            };
            if let Some(place @ None) = place {
                *place = Some(*id);
                return;
            }
        }
        if let ([Compared::Number(level)], false, None) = (values.as_slice(), denied, self.filter.priority) {
            self.filter.priority = Some(*level);
            return;
        }
        let condition = Condition { column, values, denied };
        self.filter.also.push(condition);
    }

    /// Days narrow what other days left; of a denied stretch what came before it is meant, or what came after an open one.
    fn dated(&mut self, asker: &Asker<'_>, field: Field, typed: &str, denied: bool) {
        let Some(days) = Days::read(typed, days::day(asker.now, &asker.zone)) else {
            return;
        };
        let (from, before) = days.instants(&asker.zone);
        let (from, before) = match (from, before) {
            (Some(from), _) if denied => (None, Some(from)),
            (None, before) if denied => (before, None),
            as_typed => as_typed,
        };
        let filter = &mut self.filter;
        let (kept_from, kept_before) = match field {
            Field::Changed => (&mut filter.updated_since, &mut filter.updated_before),
            Field::Due => (&mut filter.due_from, &mut filter.due_before),
            _ => (&mut filter.opened_from, &mut filter.opened_before),
        };
        // What is never due is due on no day.
        let before = before.or((field == Field::Due).then_some(Instant::NEVER));
        narrow(kept_from, kept_before, from, before);
    }

    /// Late, soon, or one of both.
    fn due(&mut self, asker: &Asker<'_>, meant: &[(Means, &str)], denied: bool) {
        let is_meant = |means: &Means| meant.iter().any(|(one, _)| one == means);
        let (late, soon) = (is_meant(&Means::Late), is_meant(&Means::Soon));
        let now = Instant::from_millis(asker.now.as_millis() + 1);
        let (from, before) = match (late, soon, denied) {
            (false, false, _) => return,
            (_, _, true) => (Some(now), None),
            (true, false, _) => (None, Some(now)),
            (late, true, _) => ((!late).then_some(now), Some(now.plus_seconds(SOON))),
        };
        narrow(&mut self.filter.due_from, &mut self.filter.due_before, from, before);
    }
}

/// A stretch narrows what others left.
fn narrow(
    kept_from: &mut Option<Instant>,
    kept_before: &mut Option<Instant>,
    from: Option<Instant>,
    before: Option<Instant>,
) {
    *kept_from = (*kept_from).max(from);
    *kept_before = match (*kept_before, before) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    };
}

const fn column(field: Field) -> Option<Column> {
    Some(match field {
        Field::State => Column::State,
        Field::Phase => Column::Phase,
        Field::Group => Column::Group,
        Field::Area => Column::Area,
        Field::Priority => Column::Priority,
        Field::Channel => Column::Channel,
        Field::Kind => Column::Kind,
        Field::Category => Column::Category,
        Field::Operator => Column::Operator,
        Field::Requester => Column::Requester,
        Field::Opened | Field::Changed | Field::Due => return None,
    })
}

/// A value, or why there is none with what may be meant.
type Found = Result<Means, (Why, Vec<String>)>;

fn named(known: &[Value], typed: &str) -> Found {
    let shown = |values: Vec<&Value>| values.into_iter().take(TOLD).map(|value| value.shown.clone()).collect();
    match pick(known, typed) {
        Picked::One(value) => Ok(value.means.clone()),
        Picked::Several(values) => Err((Why::Ambiguous, shown(values))),
        Picked::None(near) => Err((Why::Unknown, shown(near))),
    }
}

fn dated(known: &[Value], typed: &str, asker: &Asker<'_>) -> Found {
    match Days::read(typed, days::day(asker.now, &asker.zone)) {
        Some(_) => Ok(Means::Days),
        None => Err((Why::Unknown, known.iter().map(|value| value.shown.clone()).collect())),
    }
}

/// Late or soon, or a day. What is not soon may be late or far off: that is no stretch, and is not understood.
fn due(known: &[Value], typed: &str, asker: &Asker<'_>, denied: bool) -> Found {
    if Days::read(typed, days::day(asker.now, &asker.zone)).is_some() {
        return Ok(Means::Days);
    }
    match named(known, typed) {
        Ok(Means::Soon) if denied => Err((Why::Unknown, Vec::new())),
        found => found,
    }
}

/// A requester by contact, surname or name, for those who may look people up.
async fn requester(store: &Store, asker: &Asker<'_>, known: &[Value], typed: &str) -> Outcome<Found> {
    if let Picked::One(value) = pick(known, typed)
        && store::folded(typed).len() > 1
    {
        return Ok(Ok(value.means.clone()));
    }
    if asker.actor.scope(Act::ViewPeople).is_nothing() {
        return Ok(Err((Why::Unknown, Vec::new())));
    }
    let found = people::find_people(store.read(), typed, TOLD as i64).await?;
    let whole: Vec<_> = found
        .iter()
        .filter(|person| store::folded(&person.identity.name) == store::folded(typed))
        .collect();
    Ok(match (&found[..], &whole[..]) {
        (_, [one]) => Ok(Means::Id(one.id)),
        ([one], _) => Ok(Means::Id(one.id)),
        ([], _) => Err((Why::Unknown, Vec::new())),
        _ => {
            let names = found.into_iter().map(|person| person.identity.name).collect();
            Err((Why::Ambiguous, names))
        }
    })
}

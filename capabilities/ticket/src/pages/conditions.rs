//! The conditions that narrow a queue: each in force stands as a chip that takes it away, and any field can be added.
//!
//! A condition added here is written into the question as one would type it, so that chips, the search field, saved views
//! and the API speak of the same thing.

use super::asked::{Asked, encoded};
use super::names::{Names, term};
use super::queue::phase_name;
use super::staff::Staff;
use crate::search::values;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use catalogue::Category;
use configuration::Area;
use kernel::{Outcome, Refusal};
use people::Group;
use record::{Field, Part, Question, condition_among};
use serde::Deserialize;
use store::Store;
use ui::{Choice, Frame, Link};
use web::{App, PageError, PageQuery};

/// The conditions in force, each as a link that takes it away.
pub(super) fn in_force(frame: &Frame, names: &Names, asked: &Asked) -> Vec<Link> {
    let question = Question::read(&asked.words);
    let of_filters = asked.filters.iter().map(|(name, value)| {
        let label = named(frame, Field::of(name), &filter_value(frame, names, name, value));
        Link::new(asked.without(name).list(), label)
    });
    let conditions = question.terms.iter().filter_map(|term| {
        let Part::Condition(field, values) = &term.part else {
            return None;
        };
        let values = values.join(", ");
        let values = if term.denied {
            frame.t1("ticket-page-condition-denied", "value", values)
        } else {
            values
        };
        let rest = without(&asked.words, term.place);
        Some(Link::new(
            asked.asking(&rest).list(),
            named(frame, Some(*field), &values),
        ))
    });
    let words = of_kind(&asked.words, &question, |part| !matches!(part, Part::Condition(..)));
    let of_words = (!words.is_empty()).then(|| {
        let rest = of_kind(&asked.words, &question, |part| matches!(part, Part::Condition(..)));
        Link::new(asked.asking(&rest).list(), format!("«{words}»"))
    });
    of_filters.chain(conditions).chain(of_words).collect()
}

fn filter_value(frame: &Frame, names: &Names, name: &str, value: &str) -> String {
    let id = value.parse().unwrap_or_default();
    match name {
        "phase" => phase_name(frame.language, value),
        "channel" | "priority" => term(frame.language, name, value),
        "group" => names.group(id),
        "area" => names.area(id),
        _ => names.person(id),
    }
}

fn named(frame: &Frame, field: Option<Field>, value: &str) -> String {
    match field {
        Some(field) => format!("{}: {value}", frame.t(label(field))),
        None => value.to_owned(),
    }
}

/// The key of a field's name.
const fn label(field: Field) -> &'static str {
    match field {
        Field::State => "ticket-page-state",
        Field::Phase => "ticket-page-phase",
        Field::Group => "ticket-page-group",
        Field::Area => "ticket-page-area",
        Field::Priority => "ticket-page-priority",
        Field::Channel => "ticket-page-channel",
        Field::Kind => "ticket-page-kind",
        Field::Category => "ticket-page-category",
        Field::Operator => "ticket-page-operator",
        Field::Requester => "ticket-page-requester",
        Field::Opened => "ticket-page-opened-column",
        Field::Changed => "ticket-page-changed-column",
        Field::Due => "ticket-page-due-condition",
    }
}

/// A question without the part that stands there.
fn without(text: &str, (from, to): (usize, usize)) -> String {
    let (before, after) = (text[..from].trim_end(), text[to..].trim_start());
    format!("{before} {after}").trim().to_owned()
}

/// The parts of one kind, as they were typed.
fn of_kind(text: &str, question: &Question, wanted: impl Fn(&Part) -> bool) -> String {
    let parts = question.terms.iter().filter(|term| wanted(&term.part));
    parts
        .map(|term| &text[term.place.0..term.place.1])
        .collect::<Vec<_>>()
        .join(" ")
}

/// A question with one more value of a field: beside those the field has already, or at the end.
fn with(text: &str, field: Field, value: &str, language: i18n::Language) -> String {
    let question = Question::read(text);
    let own = question.terms.iter().find_map(|term| match &term.part {
        Part::Condition(of, values) if *of == field && !term.denied => Some((term.place, values.clone())),
        _ => None,
    });
    let (place, mut values) = own.unwrap_or(((text.len(), text.len()), Vec::new()));
    if !values.iter().any(|known| known == value) {
        values.push(value.to_owned());
    }
    let condition = condition_among(field, &values, language);
    let (before, after) = (text[..place.0].trim_end(), text[place.1..].trim_start());
    format!("{before} {condition} {after}").trim().to_owned()
}

/// The fields that can be added, each with the page of its values.
pub(super) fn fields(frame: &Frame, asked: &Asked) -> Vec<Link> {
    let link = |field: &Field| Link::new(asked.condition(field.code()), frame.t(label(*field)));
    Field::ALL.iter().map(link).collect()
}

/// The values of a field, to choose one.
#[derive(Template)]
#[template(path = "ticket/condition.html")]
struct Values {
    frame: Frame,
    name: String,
    field: &'static str,
    /// What the list is asked for otherwise, for the form that takes a typed value.
    kept: Vec<(&'static str, String)>,
    values: Vec<Choice>,
    help: String,
    back: String,
}

/// Which field, and the value that was typed for it.
#[derive(Deserialize)]
pub(super) struct Wanted {
    field: String,
    #[serde(default)]
    value: String,
}

/// `GET /tickets/condition?field=`: the values of a field; with a value, the list that it narrows.
pub(super) async fn condition(
    State(app): State<App>,
    staff: Staff,
    asked: Asked,
    PageQuery(wanted): PageQuery<Wanted>,
) -> Result<Response, PageError> {
    let field = Field::of(&wanted.field).ok_or_else(Refusal::not_found)?;
    let language = staff.frame.language;
    let value = wanted.value.trim();
    if !value.is_empty() {
        return Ok(web::see_other(
            &asked.asking(&with(&asked.words, field, value, language)).list(),
        ));
    }
    Ok(web::html(&page(&app.store, staff.frame, &asked, field).await?))
}

async fn page(store: &Store, frame: Frame, asked: &Asked, field: Field) -> Outcome<Values> {
    let language = frame.language;
    let (known, unused) = (values(store, language, field).await?, out_of_use(store, field).await?);
    let offered = known.iter().filter(|value| !unused.contains(&value.shown));
    let choice = |shown: &String| {
        let question = with(&asked.words, field, shown, language);
        Choice {
            chosen: question == asked.words,
            ..Choice::new(asked.asking(&question).list(), shown, "")
        }
    };
    let name = frame.t(label(field));
    let help = match field {
        Field::Requester => frame.t("ticket-page-condition-requester-help"),
        Field::Opened | Field::Changed | Field::Due => frame.t("ticket-page-condition-opened-help"),
        _ => String::new(),
    };
    Ok(Values {
        values: offered.map(|value| choice(&value.shown)).collect(),
        field: field.code(),
        kept: asked.kept(),
        help,
        back: asked.list(),
        frame: frame
            .titled(name.clone())
            .back_to(asked.list(), language.text("ticket-page-place")),
        name,
    })
}

/// Names that are out of use: they are still understood when somebody types them.
async fn out_of_use(store: &Store, field: Field) -> Outcome<Vec<String>> {
    Ok(match field {
        Field::Group => {
            let groups = store.all::<Group>().await?;
            let closed = groups.iter().filter(|group| group.state.closed);
            closed.map(|group| group.state.name.clone()).collect()
        }
        Field::Area => {
            let areas = store.all::<Area>().await?;
            let closed = areas.iter().filter(|area| !area.state.active);
            closed.map(|area| area.state.name.clone()).collect()
        }
        Field::Category => {
            let categories = store.all::<Category>().await?;
            let closed = categories.iter().filter(|category| category.state.closed);
            closed.map(|category| category.state.full_name()).collect()
        }
        _ => Vec::new(),
    })
}

/// An address of this page for a field.
pub(super) fn address(field: &str, query: &str) -> String {
    let rest = query.trim_start_matches('?');
    let more = if rest.is_empty() { "" } else { "&" };
    format!("/tickets/condition?field={}{more}{rest}", encoded(field))
}

#[cfg(test)]
mod tests {
    use super::*;
    use i18n::Language;

    #[test]
    fn a_value_joins_those_of_its_field() {
        let cases = [
            ("", Field::State, "in attesa", "stato:\"in attesa\""),
            ("vpn", Field::Group, "Sistemi", "vpn gruppo:Sistemi"),
            (
                "stato:nuovo vpn",
                Field::State,
                "in attesa",
                "stato:nuovo,\"in attesa\" vpn",
            ),
            ("-stato:nuovo", Field::State, "chiuso", "-stato:nuovo stato:chiuso"),
            ("p:1", Field::Priority, "1", "priorità:1"),
        ];
        for (text, field, value, expected) in cases {
            assert_eq!(with(text, field, value, Language::It), expected, "{text}");
        }
    }

    #[test]
    fn what_is_taken_away_leaves_the_rest_as_it_was() {
        let text = "vpn  stato:\"in attesa\"  «due parole» -p:1";
        let question = Question::read(text);
        let rest = |place: usize| without(text, question.terms[place].place);
        assert_eq!(rest(0), "stato:\"in attesa\"  «due parole» -p:1");
        assert_eq!(rest(1), "vpn «due parole» -p:1");
        assert_eq!(rest(3), "vpn  stato:\"in attesa\"  «due parole»");
        assert_eq!(
            of_kind(text, &question, |part| !matches!(part, Part::Condition(..))),
            "vpn «due parole»"
        );
    }
}

//! Places in a ready text, filled in for the ticket at hand: `{saluto} {richiedente}`. Pure.
//!
//! Their names are known in Italian and English at once, like those of the search field, so that a text reads well in either
//! language. Braces around anything else than one word are words like others.

use i18n::Language;

/// A place that is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placeholder {
    /// Name of whoever asked.
    Requester,
    /// Number of the ticket.
    Number,
    /// Its subject.
    Subject,
    /// Name of whoever writes.
    Operator,
    /// Name of its area.
    Area,
    /// A greeting by the time of day.
    Greeting,
}

impl Placeholder {
    /// All of them, in the order in which they are explained.
    pub const ALL: [Self; 6] = [
        Self::Greeting,
        Self::Requester,
        Self::Number,
        Self::Subject,
        Self::Operator,
        Self::Area,
    ];

    /// Its names: the Italian one, the English one.
    pub const fn names(self) -> [&'static str; 2] {
        match self {
            Self::Requester => ["richiedente", "requester"],
            Self::Number => ["numero", "number"],
            Self::Subject => ["oggetto", "subject"],
            Self::Operator => ["operatore", "operator"],
            Self::Area => ["ambito", "area"],
            Self::Greeting => ["saluto", "greeting"],
        }
    }

    /// The name by which it is explained in a language.
    pub const fn name(self, language: Language) -> &'static str {
        match language {
            Language::It => self.names()[0],
            Language::En => self.names()[1],
        }
    }

    /// The place of a name, whatever its case.
    pub fn of(name: &str) -> Option<Self> {
        let name = name.to_lowercase();
        Self::ALL
            .into_iter()
            .find(|place| place.names().contains(&name.as_str()))
    }
}

/// What places are filled with; empty where nothing is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Name of whoever asked.
    pub requester: String,
    /// Number of the ticket.
    pub number: String,
    /// Its subject.
    pub subject: String,
    /// Name of whoever writes.
    pub operator: String,
    /// Name of its area.
    pub area: String,
    /// A greeting by the time of day.
    pub greeting: String,
}

impl Facts {
    fn of(&self, place: Placeholder) -> &str {
        match place {
            Placeholder::Requester => &self.requester,
            Placeholder::Number => &self.number,
            Placeholder::Subject => &self.subject,
            Placeholder::Operator => &self.operator,
            Placeholder::Area => &self.area,
            Placeholder::Greeting => &self.greeting,
        }
    }
}

/// A text with its places filled in. Where nothing is known the blank before the place goes too: «Buongiorno,» and not
/// «Buongiorno ,». What is filled in is not looked through again.
pub fn fill(text: &str, facts: &Facts) -> String {
    let mut filled = String::with_capacity(text.len() + 64);
    for part in parts(text) {
        match part {
            Part::Words(words) => filled.push_str(words),
            Part::Place(name) => match Placeholder::of(name).map(|place| facts.of(place)) {
                Some("") => {
                    if filled.ends_with(' ') {
                        filled.pop();
                    }
                }
                Some(value) => filled.push_str(value),
                None => {
                    filled.push('{');
                    filled.push_str(name);
                    filled.push('}');
                }
            },
        }
    }
    filled
}

/// The first place in a text that nobody knows.
pub fn unknown(text: &str) -> Option<&str> {
    parts(text).into_iter().find_map(|part| match part {
        Part::Place(name) if Placeholder::of(name).is_none() => Some(name),
        _ => None,
    })
}

enum Part<'t> {
    Words(&'t str),
    Place(&'t str),
}

fn parts(text: &str) -> Vec<Part<'_>> {
    let (mut parts, mut rest) = (Vec::new(), text);
    while let Some(open) = rest.find('{') {
        let inside = &rest[open + 1..];
        let Some(close) = inside.find(|c: char| !c.is_alphabetic()) else {
            break;
        };
        if close == 0 || !inside[close..].starts_with('}') {
            let words = open + 1;
            parts.push(Part::Words(&rest[..words]));
            rest = &rest[words..];
            continue;
        }
        parts.push(Part::Words(&rest[..open]));
        parts.push(Part::Place(&inside[..close]));
        rest = &inside[close + 1..];
    }
    parts.push(Part::Words(rest));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn facts() -> Facts {
        Facts {
            requester: "Paolo Greco".to_owned(),
            number: "SR-2026-000012".to_owned(),
            subject: "Rete {numero}".to_owned(),
            greeting: "Buongiorno".to_owned(),
            ..Facts::default()
        }
    }

    #[test]
    fn places_are_filled_in_by_either_name_and_the_rest_stays() {
        let cases = [
            ("{saluto} {richiedente},", "Buongiorno Paolo Greco,"),
            ("{Greeting} {REQUESTER}", "Buongiorno Paolo Greco"),
            ("«{oggetto}» ({numero})", "«Rete {numero}» (SR-2026-000012)"),
            ("{saluto} {operatore}, a presto", "Buongiorno, a presto"),
            ("{", "{"),
            ("{} { numero } {a b} {{numero}}", "{} { numero } {a b} {SR-2026-000012}"),
            ("{numero", "{numero"),
            ("{mai}", "{mai}"),
        ];
        for (text, expected) in cases {
            assert_eq!(fill(text, &facts()), expected, "{text}");
        }
    }

    #[test]
    fn a_place_nobody_knows_is_named() {
        assert_eq!(unknown("{saluto} {nome}"), Some("nome"));
        for known in ["{saluto} {subject}", "{due parole}", "{}", "{x", "niente"] {
            assert_eq!(unknown(known), None, "{known}");
        }
    }

    #[test]
    fn every_place_has_a_name_of_its_own_in_each_language() {
        for language in Language::ALL {
            for place in Placeholder::ALL {
                assert_eq!(Placeholder::of(place.name(language)), Some(place));
            }
        }
    }

    proptest! {
        #[test]
        fn a_text_without_places_stays_as_it_is(text in "[^{}]{0,80}") {
            prop_assert_eq!(fill(&text, &facts()), text);
        }

        #[test]
        fn whatever_was_typed_is_filled_in(text in "[{}a-zà ]{0,40}|\\PC{0,40}") {
            fill(&text, &facts());
            unknown(&text);
        }
    }
}

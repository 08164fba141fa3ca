//! The language of the search field: words, "phrases", `stato:attesa`, `-gruppo:sistemi`.
//!
//! Reading never fails. What is no condition is a word, and a half-typed phrase ends where the text does. A condition is a
//! name known here, a colon and a value, several of them separated by commas; what the value means is told by the practice
//! that owns it. The names of fields are part of the language like its signs, in Italian and English at once, so that a
//! question somebody sent to a colleague means the same on both screens.

use i18n::Language;

/// What a condition is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// Where it waits, or simply open or ended.
    State,
    /// The phase people see.
    Phase,
    /// In whose hands: group.
    Group,
    /// Service area.
    Area,
    /// Priority.
    Priority,
    /// Channel of arrival.
    Channel,
    /// What it turned out to be.
    Kind,
    /// Category.
    Category,
    /// In whose hands: person.
    Operator,
    /// Who asked.
    Requester,
    /// The day it was opened.
    Opened,
    /// The day something last happened to it.
    Changed,
    /// When the next of its clocks is due.
    Due,
}

impl Field {
    /// All fields, in the order in which they are offered.
    pub const ALL: [Field; 13] = [
        Field::State,
        Field::Group,
        Field::Priority,
        Field::Operator,
        Field::Requester,
        Field::Category,
        Field::Area,
        Field::Phase,
        Field::Kind,
        Field::Channel,
        Field::Opened,
        Field::Changed,
        Field::Due,
    ];

    /// Its names: the Italian one, the English one, then others that people type.
    pub const fn names(self) -> &'static [&'static str] {
        match self {
            Field::State => &["stato", "state", "status"],
            Field::Phase => &["fase", "phase"],
            Field::Group => &["gruppo", "group"],
            Field::Area => &["area", "area", "ambito"],
            Field::Priority => &["priorità", "priority", "p"],
            Field::Channel => &["canale", "channel"],
            Field::Kind => &["tipo", "kind", "type"],
            Field::Category => &["categoria", "category"],
            Field::Operator => &["operatore", "operator", "assignee"],
            Field::Requester => &["richiedente", "requester", "da", "from"],
            Field::Opened => &["aperto", "opened", "aperta"],
            Field::Changed => &["modificato", "changed", "modificata", "updated"],
            Field::Due => &["scadenza", "due", "scade"],
        }
    }

    /// The name by which programs and texts know the field.
    pub const fn code(self) -> &'static str {
        self.names()[1]
    }

    /// The name by which the field is offered in a language.
    pub const fn name(self, language: Language) -> &'static str {
        match language {
            Language::It => self.names()[0],
            Language::En => self.names()[1],
        }
    }

    /// The field of a name, whatever its case and accents.
    pub fn of(name: &str) -> Option<Field> {
        let name = store::folded(name);
        let is_meant = |field: &Field| field.names().iter().any(|known| store::folded(known) == name);
        Field::ALL.into_iter().find(is_meant)
    }
}

/// What a part of a question is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A word.
    Word(String),
    /// Words that stand together in this order.
    Phrase(String),
    /// A condition; its values as typed, none when nothing follows the colon yet.
    Condition(Field, Vec<String>),
}

/// A part of a question, and whether it is denied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// What it is.
    pub part: Part,
    /// True with a hyphen before it.
    pub denied: bool,
    /// Where it stands in what was typed, in bytes.
    pub place: (usize, usize),
}

/// What somebody typed, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Question {
    /// The parts, in order.
    pub terms: Vec<Term>,
}

impl Question {
    /// Reads what was typed.
    pub fn read(text: &str) -> Self {
        let mut reading = Reading { text, at: 0 };
        let mut terms = Vec::new();
        while let Some(term) = reading.term() {
            terms.push(term);
        }
        Self { terms }
    }

    /// The words to find, those of phrases too.
    pub fn words(&self) -> String {
        let words: Vec<&str> = self.texts(false).collect();
        words.join(" ")
    }

    /// The words that must not stand in it. Of a denied phrase nothing is looked up beforehand.
    pub fn denied_words(&self) -> String {
        let denied = self.terms.iter().filter(|term| term.denied);
        let words = denied.filter_map(|term| match &term.part {
            Part::Word(word) => Some(word.as_str()),
            _ => None,
        });
        words.collect::<Vec<_>>().join(" ")
    }

    /// The phrases that must stand in it, or (`denied`) must not.
    pub fn phrases(&self, denied: bool) -> Vec<String> {
        let meant = self.terms.iter().filter(|term| term.denied == denied);
        let phrases = meant.filter_map(|term| match &term.part {
            Part::Phrase(phrase) => Some(phrase.clone()),
            _ => None,
        });
        phrases.collect()
    }

    /// True when it holds a condition.
    pub fn has_conditions(&self) -> bool {
        self.terms.iter().any(|term| matches!(term.part, Part::Condition(..)))
    }

    fn texts(&self, denied: bool) -> impl Iterator<Item = &str> {
        let meant = self.terms.iter().filter(move |term| term.denied == denied);
        meant.filter_map(|term| match &term.part {
            Part::Word(text) | Part::Phrase(text) => Some(text.as_str()),
            Part::Condition(..) => None,
        })
    }
}

/// A condition as it is typed: the value in quotes where a blank or a comma would end it.
pub fn condition(field: Field, value: &str, language: Language) -> String {
    condition_among(field, &[value.to_owned()], language)
}

/// A condition with several values, of which one is enough.
pub fn condition_among(field: Field, values: &[String], language: Language) -> String {
    let quoted = |value: &String| {
        if value.contains(|c: char| c.is_whitespace() || c == ',') {
            format!("\"{}\"", value.replace(is_quote, ""))
        } else {
            value.clone()
        }
    };
    let values: Vec<String> = values.iter().map(quoted).collect();
    format!("{}:{}", field.name(language), values.join(","))
}

const fn is_quote(c: char) -> bool {
    matches!(c, '"' | '«' | '»' | '“' | '”')
}

/// A walk over what was typed.
struct Reading<'t> {
    text: &'t str,
    at: usize,
}

impl Reading<'_> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn skip(&mut self, wanted: impl Fn(char) -> bool) {
        while let Some(c) = self.peek().filter(|c| wanted(*c)) {
            self.at += c.len_utf8();
        }
    }

    fn term(&mut self) -> Option<Term> {
        self.skip(char::is_whitespace);
        let first = self.peek()?;
        let from = self.at;
        let denied = first == '-' && {
            let next = self.text[self.at + 1..].chars().next();
            next.is_some_and(|next| !next.is_whitespace() && next != '-')
        };
        if denied {
            self.at += 1;
        }
        let part = match self.peek() {
            Some(quote) if is_quote(quote) => Part::Phrase(self.quoted()),
            _ => self.condition().unwrap_or_else(|| Part::Word(self.word())),
        };
        Some(Term {
            part,
            denied,
            place: (from, self.at),
        })
    }

    /// What stands between quotes, or between the first one and the end.
    fn quoted(&mut self) -> String {
        self.skip_one();
        let from = self.at;
        self.skip(|c| !is_quote(c));
        let inside = self.text[from..self.at].trim().to_owned();
        self.skip_one();
        inside
    }

    fn skip_one(&mut self) {
        self.at += self.peek().map_or(0, char::len_utf8);
    }

    fn word(&mut self) -> String {
        let from = self.at;
        // A sign at the very beginning belongs to the word, so that each turn goes on.
        self.skip_one();
        self.skip(|c| !c.is_whitespace() && !is_quote(c));
        self.text[from..self.at].to_owned()
    }

    /// A name that is known, its colon and its values.
    fn condition(&mut self) -> Option<Part> {
        let rest = &self.text[self.at..];
        let (name, _) = rest.split_once(':')?;
        let field = Field::of(name).filter(|_| !name.is_empty() && !name.contains(char::is_whitespace))?;
        self.at += name.len() + 1;
        let mut values = Vec::new();
        loop {
            let value = match self.peek() {
                Some(quote) if is_quote(quote) => self.quoted(),
                _ => self.plain_value(),
            };
            if !value.is_empty() {
                values.push(value);
            }
            if self.peek() != Some(',') {
                break;
            }
            self.at += 1;
        }
        Some(Part::Condition(field, values))
    }

    fn plain_value(&mut self) -> String {
        let from = self.at;
        self.skip(|c| !c.is_whitespace() && c != ',' && !is_quote(c));
        self.text[from..self.at].to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parts(text: &str) -> Vec<String> {
        let said = |term: Term| {
            let denied = if term.denied { "not " } else { "" };
            match term.part {
                Part::Word(word) => format!("{denied}word {word}"),
                Part::Phrase(phrase) => format!("{denied}phrase {phrase}"),
                Part::Condition(field, values) => format!("{denied}{field:?} {}", values.join("|")),
            }
        };
        Question::read(text).terms.into_iter().map(said).collect()
    }

    #[test]
    fn words_phrases_and_conditions_are_told_apart() {
        let cases: [(&str, &[&str]); 12] = [
            ("stampante rotta", &["word stampante", "word rotta"]),
            (
                "\"posta certificata\" ferma",
                &["phrase posta certificata", "word ferma"],
            ),
            ("«posta certificata", &["phrase posta certificata"]),
            ("stato:attesa", &["State attesa"]),
            ("PRIORITA:1,2 p:3", &["Priority 1|2", "Priority 3"]),
            (
                "gruppo:\"Sportello Personale\" rete",
                &["Group Sportello Personale", "word rete"],
            ),
            (
                "-stato:chiuso -fax -\"due parole\"",
                &["not State chiuso", "not word fax", "not phrase due parole"],
            ),
            ("group:", &["Group "]),
            ("https://ente.example/a:b", &["word https://ente.example/a:b"]),
            (
                "prn-rag-01 - -- ora:9",
                &["word prn-rag-01", "word -", "word --", "word ora:9"],
            ),
            ("aperto:>2026-11-01 opened:oggi", &["Opened >2026-11-01", "Opened oggi"]),
            ("", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(parts(text), expected, "{text}");
        }
    }

    #[test]
    fn a_condition_is_read_as_it_was_written() {
        for field in Field::ALL {
            for value in ["Sistemi", "Sportello Personale", "1", "a,b", "è \"così\""] {
                for language in Language::ALL {
                    let read = Question::read(&condition(field, value, language));
                    let plain = value.replace('"', "");
                    assert_eq!(read.terms.len(), 1);
                    assert_eq!(read.terms[0].part, Part::Condition(field, vec![plain]));
                }
            }
        }
    }

    fn typed() -> impl Strategy<Value = String> {
        let bits = prop::sample::select(vec![
            "stato:",
            "gruppo:",
            "p:",
            "\"",
            "«",
            "-",
            ",",
            ":",
            " ",
            "a",
            "è",
            "東",
            "SR-2026-000123",
            "\u{0}",
            "\u{301}",
        ]);
        prop_oneof![
            prop::collection::vec(bits, 0..30).prop_map(|bits| bits.concat()),
            any::<String>(),
        ]
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_read_and_nothing_is_lost(text in typed()) {
            let question = Question::read(&text);
            let mut at = 0;
            for term in &question.terms {
                let (from, to) = term.place;
                prop_assert!(from >= at && to > from && to <= text.len());
                prop_assert!(text[at..from].chars().all(char::is_whitespace));
                at = to;
            }
            prop_assert!(text[at..].chars().all(char::is_whitespace));
        }

        #[test]
        fn words_without_signs_are_those_words(words in prop::collection::vec("[a-zàèìòù0-9.@]{1,12}", 0..8)) {
            let question = Question::read(&words.join("  "));
            prop_assert_eq!(question.words(), words.join(" "));
            prop_assert!(!question.has_conditions());
        }
    }
}

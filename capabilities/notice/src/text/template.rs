//! Texts that are filled in: a small language of places, conditions and repetitions, run in a box.
//!
//! A text reaches nothing but its own variables, includes no other, and ends after a number of steps, whatever it asks for.
//! What is filled in is never read as part of the text.

use super::facts::Facts;
use super::key::TextKey;
use super::variable::Variable;
use i18n::Language;
use kernel::Checks;
use minijinja::{Environment, Error, ErrorKind, UndefinedBehavior};

/// Steps after which a text is stopped.
const FUEL: u64 = 20_000;
/// Most characters that a text comes to.
const LONGEST: usize = 40_000;

/// What is wrong with a text: where, and what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The line, from one.
    pub line: usize,
    /// The key of what is wrong.
    pub key: &'static str,
    /// What it is about.
    pub about: String,
}

impl Fault {
    fn of(error: &Error) -> Self {
        let key = match error.kind() {
            ErrorKind::UnknownFilter
            | ErrorKind::UnknownTest
            | ErrorKind::UnknownFunction
            | ErrorKind::UnknownMethod => "notice-fault-unknown",
            ErrorKind::OutOfFuel => "notice-fault-endless",
            ErrorKind::SyntaxError => "notice-fault-syntax",
            _ => "notice-fault-other",
        };
        Self {
            line: error.line().unwrap_or(1),
            key,
            about: error.detail().unwrap_or_default().to_owned(),
        }
    }

    /// Notes it as the fault of a field.
    pub(crate) fn note(self, checks: &mut Checks, field: &'static str) {
        let about = if self.about.is_empty() {
            self.line.to_string()
        } else {
            format!("{}: {}", self.line, self.about)
        };
        checks.wrong_with(field, self.key, "about", about);
    }
}

fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    for function in ["debug", "dict", "namespace", "range"] {
        environment.remove_global(function);
    }
    environment.set_fuel(Some(FUEL));
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
    environment
}

/// Fills in a text.
///
/// # Errors
/// What is wrong with it.
pub(crate) fn fill(source: &str, facts: &Facts, variables: &[Variable]) -> Result<String, Fault> {
    let environment = environment();
    let template = environment
        .template_from_str(source)
        .map_err(|error| Fault::of(&error))?;
    let filled = template
        .render(facts.context(variables))
        .map_err(|error| Fault::of(&error))?;
    if filled.chars().count() > LONGEST {
        return Err(Fault {
            line: 1,
            key: "notice-fault-too-long",
            about: String::new(),
        });
    }
    Ok(tidied(&filled))
}

/// A condition that does not hold leaves no gap behind: at most one empty line follows another.
fn tidied(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    let mut empty = 0;
    for line in text.trim().lines() {
        let line = line.trim_end();
        empty = if line.is_empty() { empty + 1 } else { 0 };
        if empty < 2 {
            tidy.push_str(line);
            tidy.push('\n');
        }
    }
    tidy.truncate(tidy.trim_end().len());
    tidy
}

/// Checks a text as somebody wrote it: that it is understood, says nothing that nobody knows, and comes to an end whether
/// its variables are filled or empty.
///
/// # Errors
/// What is wrong with it.
pub(crate) fn check(source: &str, key: TextKey) -> Result<(), Fault> {
    let environment = environment();
    let template = environment
        .template_from_str(source)
        .map_err(|error| Fault::of(&error))?;
    let known = |name: &str| {
        let mut variables = key.variables().iter();
        variables.any(|variable| {
            Language::ALL
                .into_iter()
                .any(|language| variable.name(language) == name)
        })
    };
    let mut unknown: Vec<String> = template
        .undeclared_variables(false)
        .into_iter()
        .filter(|name| !known(name))
        .collect();
    unknown.sort();
    if let Some(name) = unknown.into_iter().next() {
        return Err(Fault {
            line: line_of(source, &name),
            key: "notice-fault-variable",
            about: name,
        });
    }
    for filled in [true, false] {
        fill(source, &Facts::sample(key.variables(), filled), key.variables())?;
    }
    Ok(())
}

/// True when a text says a variable.
pub(crate) fn says(source: &str, variable: Variable) -> bool {
    let environment = environment();
    let Ok(template) = environment.template_from_str(source) else {
        return false;
    };
    let said = template.undeclared_variables(false);
    Language::ALL
        .into_iter()
        .any(|language| said.contains(variable.name(language)))
}

/// The first line on which a name stands as a word.
fn line_of(source: &str, name: &str) -> usize {
    let is_word = |line: &str| {
        line.split(|c: char| !(c.is_alphanumeric() || c == '_'))
            .any(|word| word == name)
    };
    source.lines().position(is_word).map_or(1, |place| place + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fault(source: &str) -> (usize, &'static str) {
        let fault = check(source, TextKey::Receipt).expect_err(source);
        (fault.line, fault.key)
    }

    #[test]
    fn a_text_that_is_wrong_is_refused_with_its_line() {
        let cases = [
            ("{{ numero }\n", (1, "notice-fault-syntax")),
            ("uno\n{% if numero %}\ndue", (2, "notice-fault-syntax")),
            ("uno\ndue {{ cognome }}", (2, "notice-fault-variable")),
            ("{{ soluzione }}", (1, "notice-fault-variable")),
            ("uno\n\n{{ numero|grande }}", (3, "notice-fault-unknown")),
            ("{{ range(9) }}", (1, "notice-fault-variable")),
            ("{% include 'altro' %}", (1, "notice-fault-syntax")),
            ("due\n{{ numero.parte }}", (2, "notice-fault-other")),
        ];
        for (source, expected) in cases {
            assert_eq!(fault(source), expected, "{source}");
        }
    }

    #[test]
    fn a_text_without_end_is_stopped() {
        let nine = "[1,2,3,4,5,6,7,8,9]";
        let source = format!(
            "{{% for b in {nine} %}}{{% for c in {nine} %}}{{% for d in {nine} %}}{{% for e in {nine} %}}x{{% endfor %}}{{% endfor %}}{{% endfor %}}{{% endfor %}}"
        );
        assert_eq!(fault(&source).1, "notice-fault-endless");
        assert!(check("{{ 'x' * 1000000000 }}", TextKey::Receipt).is_err());
    }

    #[test]
    fn what_is_filled_in_is_not_read_as_a_text() {
        let facts = Facts::default().with(Variable::Name, "{{ numero }} <b>");
        let filled = fill("Ciao {{ nome }} {{ name }}", &facts, TextKey::Receipt.variables());
        assert_eq!(filled.as_deref(), Ok("Ciao {{ numero }} <b> {{ numero }} <b>"));
    }

    #[test]
    fn a_condition_that_does_not_hold_leaves_no_gap() {
        let source = "Uno\n\n{% if tempo_previsto %}Entro {{ tempo_previsto }}{% endif %}\n\nDue\n";
        let filled = fill(source, &Facts::default(), TextKey::Receipt.variables());
        assert_eq!(filled.as_deref(), Ok("Uno\n\nDue"));
    }

    proptest! {
        #[test]
        fn whatever_is_written_is_answered(source in "[{}%a-z |'\\n]{0,60}|\\PC{0,60}") {
            let _ = check(&source, TextKey::Reply);
        }

        #[test]
        fn a_text_without_places_stays_as_it_is(source in "[a-zà ]{0,60}") {
            let filled = fill(&source, &Facts::default(), TextKey::Reply.variables());
            prop_assert_eq!(filled, Ok(source.trim().to_owned()));
        }
    }
}

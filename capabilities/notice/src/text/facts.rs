//! What is filled in for one ticket.

use super::variable::Variable;
use i18n::Language;
use minijinja::Value;
use std::collections::BTreeMap;

/// The values of variables; one without a value is empty.
#[derive(Clone, Debug, Default)]
pub struct Facts(BTreeMap<Variable, String>);

impl Facts {
    /// The same with a value.
    #[must_use]
    pub fn with(mut self, variable: Variable, value: impl Into<String>) -> Self {
        self.0.insert(variable, value.into());
        self
    }

    /// A value for each of these variables, to try a text with: once all of them, once none.
    pub(crate) fn sample(variables: &[Variable], filled: bool) -> Self {
        let value = |variable: &Variable| {
            let value = if filled { variable.name(Language::It) } else { "" };
            (*variable, value.to_owned())
        };
        Self(variables.iter().map(value).collect())
    }

    /// As the template sees them: both names of each variable.
    pub(crate) fn context(&self, variables: &[Variable]) -> Value {
        let mut seen: BTreeMap<&'static str, String> = BTreeMap::new();
        for variable in variables {
            let value = self.0.get(variable).cloned().unwrap_or_default();
            for language in Language::ALL {
                seen.insert(variable.name(language), value.clone());
            }
        }
        Value::from(seen)
    }
}

//! What a form says back: which field was refused, and why.

/// Refusals of a form by field, in the reader's language.
#[derive(Clone, Debug, Default)]
pub struct Errors {
    refused: Vec<(String, String)>,
    labels: Vec<(String, String)>,
}

impl Errors {
    /// Notes that a field was refused with these words.
    pub fn add(&mut self, field: impl Into<String>, words: impl Into<String>) {
        self.refused.push((field.into(), words.into()));
    }

    /// The words for a field, empty when it was accepted: what the macros of `components/forms.html` expect.
    pub fn of(&self, field: &str) -> &str {
        self.refused
            .iter()
            .find(|(refused, _)| refused == field)
            .map_or("", |(_, words)| words)
    }

    /// The same, with the names of the fields: the summary then says which field each of its lines is about.
    #[must_use]
    pub fn labelled(mut self, labels: impl IntoIterator<Item = (&'static str, String)>) -> Self {
        self.labels = labels
            .into_iter()
            .map(|(field, label)| (field.to_owned(), label))
            .collect();
        self
    }

    /// The name of a field, empty where it was not said.
    pub fn label(&self, field: &str) -> &str {
        self.labels
            .iter()
            .find(|(known, _)| known == field)
            .map_or("", |(_, label)| label)
    }

    /// Whether every field was accepted.
    pub fn is_empty(&self) -> bool {
        self.refused.is_empty()
    }

    /// Fields and words in the order they were noted.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.refused
            .iter()
            .map(|(field, words)| (field.as_str(), words.as_str()))
    }
}

//! Reading what somebody typed: trimmed, measured, free of control characters.
//!
//! Values that exist are valid. A form or a request is read once at the door; every field that breaks its limit is
//! named with the way to mend it, and all of them are told together.

use crate::{FieldError, Refusal, RefusalKind};
use std::borrow::Cow;

/// How long a text may be (in characters) and whether it may have several lines.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    /// Most characters.
    pub most: usize,
    /// True where line breaks belong to the text.
    pub lines: bool,
}

impl Limit {
    /// One line of at most `most` characters.
    pub const fn line(most: usize) -> Self {
        Self { most, lines: false }
    }

    /// What somebody looks for: words and conditions.
    pub const SOUGHT: Self = Self::line(400);

    /// Several lines of at most `most` characters together.
    pub const fn text(most: usize) -> Self {
        Self { most, lines: true }
    }
}

/// Collects what is wrong, so that all of it is told at once.
#[derive(Debug, Default)]
pub struct Checks {
    errors: Vec<FieldError>,
}

impl Checks {
    /// Nothing wrong so far.
    pub fn new() -> Self {
        Self::default()
    }

    /// Notes that a field is wrong.
    pub fn wrong(&mut self, field: impl Into<Cow<'static, str>>, key: &'static str) {
        self.errors.push(FieldError {
            field: field.into(),
            key,
            args: Vec::new(),
        });
    }

    /// Notes that a field is wrong, with a number its sentence needs.
    pub fn wrong_with(
        &mut self,
        field: impl Into<Cow<'static, str>>,
        key: &'static str,
        name: &'static str,
        value: impl ToString,
    ) {
        self.errors.push(FieldError {
            field: field.into(),
            key,
            args: vec![(name, value.to_string())],
        });
    }

    /// A text that must be there.
    pub fn required(&mut self, field: &'static str, text: Option<&str>, limit: Limit) -> String {
        match self.optional(field, text, limit) {
            Some(text) => text,
            None => {
                if !self.errors.iter().any(|error| error.field == field) {
                    self.wrong(field, "field-required");
                }
                String::new()
            }
        }
    }

    /// A text that may be missing; blank counts as missing, and so does what nobody can see.
    pub fn optional(&mut self, field: &'static str, text: Option<&str>, limit: Limit) -> Option<String> {
        let text = text?.trim();
        if is_blank(text) {
            return None;
        }
        if text.chars().count() > limit.most {
            self.wrong_with(field, "field-too-long", "most", limit.most);
            return None;
        }
        let text = if limit.lines {
            text.replace("\r\n", "\n")
        } else {
            text.to_owned()
        };
        if text.chars().any(|c| is_unwelcome(c, limit.lines)) {
            self.wrong(field, "field-control-characters");
            return None;
        }
        Some(text)
    }

    /// A whole number in a range, when it is there.
    pub fn within(&mut self, field: &'static str, value: Option<i64>, least: i64, most: i64) -> Option<i64> {
        let value = value?;
        if (least..=most).contains(&value) {
            return Some(value);
        }
        self.errors.push(FieldError {
            field: field.into(),
            key: "field-out-of-range",
            args: vec![("least", least.to_string()), ("most", most.to_string())],
        });
        None
    }

    /// Everything was right, or the refusal that names all that was not.
    pub fn done(self) -> Result<(), Refusal> {
        if self.errors.is_empty() {
            return Ok(());
        }
        let mut refusal = Refusal::new(RefusalKind::Invalid, "invalid", "refusal-invalid");
        refusal.fields = self.errors;
        Err(refusal)
    }
}

/// True where nothing can be seen: a title of such characters would be a line without words, and nothing to press on.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || is_ignorable(c))
}

/// Characters that are shown as nothing (`Default_Ignorable_Code_Point` of Unicode): joiners, fillers, marks of direction
/// and of variation, the soft hyphen, tags. Within a word they may belong to it.
fn is_ignorable(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}'..='\u{1160}' | '\u{17B4}'..='\u{17B5}' | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFF8}' | '\u{1BCA0}'..='\u{1BCA3}'
        | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Control characters, and the invisible marks that turn text around to deceive.
fn is_unwelcome(c: char, lines: bool) -> bool {
    let turned = matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    turned || (c.is_control() && !(lines && matches!(c, '\n' | '\t')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_wrong_fields_are_told_together() {
        let mut checks = Checks::new();
        checks.required("subject", Some("  "), Limit::line(200));
        checks.required("name", Some("a\u{0}b"), Limit::line(200));
        checks.optional("note", Some("troppo"), Limit::line(3));
        checks.within("impact", Some(9), 1, 3);
        let refusal = checks.done().expect_err("four fields are wrong");
        let named: Vec<_> = refusal.fields.iter().map(|f| (f.field.as_ref(), f.key)).collect();
        assert_eq!(
            named,
            [
                ("subject", "field-required"),
                ("name", "field-control-characters"),
                ("note", "field-too-long"),
                ("impact", "field-out-of-range"),
            ]
        );
    }

    #[test]
    fn what_nobody_can_see_counts_as_missing() {
        let unseen = [
            "\u{200b}",
            "\u{feff}",
            "\u{ad}",
            "\u{e0001}",
            " \u{2060}\u{a0}\u{fe0f} ",
            "\u{3164}",
        ];
        for text in unseen {
            let mut checks = Checks::new();
            assert_eq!(checks.optional("note", Some(text), Limit::line(10)), None, "{text:?}");
            checks.required("subject", Some(text), Limit::line(10));
            let refusal = checks.done().expect_err("nothing can be read");
            assert_eq!(refusal.fields[0].key, "field-required", "{text:?}");
        }
        let mut checks = Checks::new();
        for text in ["a\u{200d}b", "soft\u{ad}hyphen", "\u{2764}\u{fe0f}"] {
            assert_eq!(
                checks.required("name", Some(text), Limit::line(20)),
                text,
                "they belong to a word"
            );
        }
        assert!(checks.done().is_ok());
    }

    #[test]
    fn lines_are_kept_where_they_belong_and_only_there() {
        let mut checks = Checks::new();
        assert_eq!(
            checks.optional("text", Some(" a\r\nb "), Limit::text(10)).as_deref(),
            Some("a\nb")
        );
        assert_eq!(checks.optional("line", Some("a\nb"), Limit::line(10)), None);
        assert!(checks.done().is_err());
    }
}

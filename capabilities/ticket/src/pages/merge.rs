//! Two people, one form: what each of them changed is told apart field by field.
//!
//! A form carries the value it was opened with (`seen_…`). What I did not touch follows the ticket; what nobody else
//! touched is mine; only where both of us changed the same field to different values does the form come back, with both
//! values side by side and every typed word in its place.

use std::collections::HashMap;
use web::FormBody;

/// What came of one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Settled {
    /// As it is to be: mine, or the ticket's where I left it alone.
    Agreed(String),
    /// Both changed it, differently.
    Disputed { mine: String, theirs: String },
}

/// Settles one field from what was seen, what stands now, and what was sent.
pub(super) fn settle(seen: Option<&str>, now: &str, mine: &str) -> Settled {
    let Some(seen) = seen else {
        return Settled::Agreed(mine.to_owned());
    };
    if mine == seen {
        return Settled::Agreed(now.to_owned());
    }
    if now == seen || now == mine {
        return Settled::Agreed(mine.to_owned());
    }
    Settled::Disputed {
        mine: mine.to_owned(),
        theirs: now.to_owned(),
    }
}

/// All fields of a form: their settled values, or the disputed ones.
pub(super) fn settle_all(body: &FormBody, now: &[(&'static str, String)]) -> Result<FormBody, Vec<&'static str>> {
    let mut values: HashMap<String, String> = body.fields().clone();
    let mut disputed = Vec::new();
    for (name, current) in now {
        match settle(body.get(&format!("seen_{name}")), current, body.text(name).trim()) {
            Settled::Agreed(value) => {
                values.insert((*name).to_owned(), value);
            }
            Settled::Disputed { .. } => disputed.push(*name),
        }
    }
    if disputed.is_empty() {
        Ok(values.into())
    } else {
        Err(disputed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn different_fields_merge_and_the_same_field_is_disputed() {
        let agreed = |value: &str| Settled::Agreed(value.to_owned());
        assert_eq!(settle(Some("2"), "2", "1"), agreed("1"), "only I changed it");
        assert_eq!(settle(Some("2"), "3", "2"), agreed("3"), "only the other changed it");
        assert_eq!(settle(Some("2"), "1", "1"), agreed("1"), "both changed it alike");
        assert_eq!(settle(None, "3", "1"), agreed("1"), "nothing was seen");
        let both = Settled::Disputed {
            mine: "1".into(),
            theirs: "3".into(),
        };
        assert_eq!(settle(Some("2"), "3", "1"), both);
    }

    #[test]
    fn a_form_names_what_is_disputed_and_keeps_the_rest() {
        let body: HashMap<String, String> = [
            ("kind", "incident"),
            ("seen_kind", "unknown"),
            ("impact", "2"),
            ("seen_impact", "2"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into();
        let body = FormBody::from(body);
        let merged = settle_all(&body, &[("kind", "unknown".into()), ("impact", "1".into())]).expect("they merge");
        assert_eq!((merged.text("kind"), merged.text("impact")), ("incident", "1"));
        let disputed = settle_all(&body, &[("kind", "complaint".into()), ("impact", "1".into())]);
        assert_eq!(disputed.expect_err("both changed the kind"), ["kind"]);
    }
}

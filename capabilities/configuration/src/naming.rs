//! What areas, groups and categories have in common: a name of their own, and whether they are in use.

use kernel::{Author, Checks, Limit, Outcome, Refusal, Uuid};
use store::{Aggregate, Loaded, Recorded, Tx};

/// The longest name.
pub const NAME: Limit = Limit::line(120);

/// What a change of use comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is offered no more.
    Closed,
    /// It is offered again.
    Reopened,
}

impl Standing {
    /// The change that is asked for, if it is one.
    pub fn changed(active: bool, asked: Option<bool>) -> Option<Self> {
        match asked {
            Some(true) if !active => Some(Self::Reopened),
            Some(false) if active => Some(Self::Closed),
            _ => None,
        }
    }
}

/// A name, trimmed.
///
/// # Errors
/// A refusal when it is missing or too long.
pub fn checked_name(name: &str) -> Outcome<String> {
    let mut checks = Checks::new();
    let name = checks.required("name", Some(name), NAME);
    checks.done()?;
    Ok(name)
}

/// The new name that is asked for, if it is another one than before.
///
/// # Errors
/// A refusal when it is missing or too long.
pub fn renamed(before: &str, asked: Option<&str>) -> Outcome<Option<String>> {
    let name = asked.map(checked_name).transpose()?;
    Ok(name.filter(|name| name != before))
}

/// True when people would take two names for one.
pub fn same_name(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

/// True when something of one area (nothing means all) stands in the same menus as something of the other.
pub fn same_menus(one: Option<Uuid>, other: Option<Uuid>) -> bool {
    one.is_none() || other.is_none() || one == other
}

/// Refuses what another record of the kind already has, also when both are made at the same moment.
///
/// # Errors
/// A refusal that names the field.
pub async fn refuse_taken<A: Aggregate>(
    tx: &Tx,
    but: Uuid,
    field: &'static str,
    is_same: impl Fn(&A) -> bool,
) -> Outcome<()> {
    let all = tx.all_alone::<A>().await?;
    if all.iter().any(|other| other.id != but && is_same(&other.state)) {
        return Err(Refusal::field(field, "field-taken").into());
    }
    Ok(())
}

/// Records events that happen now; nothing where there are none.
pub async fn record<A: Aggregate>(
    tx: &Tx,
    author: &Author,
    loaded: &mut Loaded<A>,
    events: Vec<A::Event>,
) -> Outcome<()> {
    let now = |event| Recorded {
        event,
        occurred_at: tx.now(),
    };
    let events = events.into_iter().map(now).collect();
    tx.save(loaded, author, events, &[]).await.map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_one_whatever_their_case_and_blanks() {
        assert!(same_name(" Qualità", "QUALITÀ "));
        assert!(!same_name("Qualità", "Quantità"));
    }

    #[test]
    fn a_change_of_use_is_told_only_where_it_is_one() {
        let cases = [
            (true, Some(false), Some(Standing::Closed)),
            (false, Some(true), Some(Standing::Reopened)),
            (true, Some(true), None),
            (false, Some(false), None),
            (true, None, None),
        ];
        for (active, asked, expected) in cases {
            assert_eq!(Standing::changed(active, asked), expected);
        }
    }
}

//! Which rule decides about a ticket, and what the ones before it missed. Pure: the same facts and rules always say the same.

use crate::{RoutingRule, RuleText};
use jiff::civil::Date;
use kernel::{Instant, Uuid};
use serde::Serialize;
use store::Loaded;
use utoipa::ToSchema;

/// What of a new ticket a rule looks at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// The channel by which it came.
    pub channel: String,
    /// Its category, where it is known.
    pub category: Option<Uuid>,
    /// What it is about, in a line.
    pub subject: String,
    /// The day on which it came, as the house reckons days.
    pub on: Date,
}

/// A rule as it held.
#[derive(Clone, Copy, Debug)]
pub struct Standing<'r> {
    /// The rule.
    pub rule: Uuid,
    /// The edition that held, from one.
    pub edition: i64,
    /// What it said.
    pub text: &'r RuleText,
}

/// The condition that did not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Miss {
    /// It was another day.
    Period,
    /// It came by another channel.
    Channel,
    /// It was about something else, or nobody knew yet what about.
    Category,
    /// None of the words stood in the subject.
    Words,
    /// Its group took no tickets.
    GroupClosed,
}

impl Miss {
    /// Its name in texts.
    pub const fn code(self) -> &'static str {
        match self {
            Miss::Period => "period",
            Miss::Channel => "channel",
            Miss::Category => "category",
            Miss::Words => "words",
            Miss::GroupClosed => "group-closed",
        }
    }
}

/// What a rule said of a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trial {
    /// The rule.
    pub rule: Uuid,
    /// Its edition.
    pub edition: i64,
    /// The group it names.
    pub group: Uuid,
    /// What it missed; nothing when it decided.
    pub missed: Option<Miss>,
}

/// The rules of an area as they held at an instant, in their order.
pub fn standing_at(rules: &[Loaded<RoutingRule>], area: Uuid, at: Instant) -> Vec<Standing<'_>> {
    let own = rules.iter().filter(|rule| rule.state.area == area);
    let mut standing: Vec<Standing<'_>> = own
        .filter_map(|rule| {
            let (edition, text) = rule.state.held_at(at)?;
            Some(Standing {
                rule: rule.id,
                edition,
                text,
            })
        })
        .collect();
    standing.sort_by_key(|one| (one.text.place, one.rule));
    standing
}

/// What each rule says, up to the one that decides: the last trial decides when it missed nothing.
pub fn decide(rules: &[Standing<'_>], facts: &Facts, takes: impl Fn(Uuid) -> bool) -> Vec<Trial> {
    let mut trials = Vec::new();
    for one in rules {
        let missed = missed(one.text, facts).or_else(|| (!takes(one.text.group)).then_some(Miss::GroupClosed));
        trials.push(trial(one, missed));
        if missed.is_none() {
            break;
        }
    }
    trials
}

/// The trials behind a decision of the past. A rule whose conditions held and that did not decide was passed over because
/// its group took no tickets then.
pub fn explained(rules: &[Standing<'_>], facts: &Facts, decided: Option<Uuid>) -> Vec<Trial> {
    let mut trials = Vec::new();
    for one in rules {
        if Some(one.rule) == decided {
            trials.push(trial(one, None));
            break;
        }
        trials.push(trial(one, Some(missed(one.text, facts).unwrap_or(Miss::GroupClosed))));
    }
    trials
}

fn trial(one: &Standing<'_>, missed: Option<Miss>) -> Trial {
    Trial {
        rule: one.rule,
        edition: one.edition,
        group: one.text.group,
        missed,
    }
}

/// The first condition that does not hold.
fn missed(text: &RuleText, facts: &Facts) -> Option<Miss> {
    let has_begun = text.valid_from.is_none_or(|from| from <= facts.on);
    let goes_on = text.valid_until.is_none_or(|until| facts.on <= until);
    let by_channel = text.channels.is_empty() || text.channels.contains(&facts.channel);
    let about = |category| text.categories.contains(&category);
    let in_category = text.categories.is_empty() || facts.category.is_some_and(about);
    let said = text.words.is_empty() || says(&facts.subject, &text.words);
    if !(has_begun && goes_on) {
        Some(Miss::Period)
    } else if !by_channel {
        Some(Miss::Channel)
    } else if !in_category {
        Some(Miss::Category)
    } else {
        (!said).then_some(Miss::Words)
    }
}

/// Whether a word of a line begins with one of these.
fn says(line: &str, words: &[String]) -> bool {
    let line = line.to_lowercase();
    let mut said = line.split(|letter: char| !letter.is_alphanumeric());
    said.any(|word| words.iter().any(|beginning| word.starts_with(beginning.as_str())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn facts() -> Facts {
        Facts {
            channel: "email".to_owned(),
            category: Some(Uuid::from_u128(7)),
            subject: "Re: Gara d’appalto, allegato illeggibile".to_owned(),
            on: jiff::civil::date(2026, 11, 23),
        }
    }

    fn rule(place: i64) -> RuleText {
        RuleText {
            name: format!("regola {place}"),
            place,
            group: Uuid::from_u128(place as u128),
            ..RuleText::default()
        }
    }

    fn standing(texts: &[RuleText]) -> Vec<Standing<'_>> {
        let stand = |text| Standing {
            rule: Uuid::from_u128(100 + RuleText::clone(text).place as u128),
            edition: 1,
            text,
        };
        texts.iter().map(stand).collect()
    }

    #[test]
    fn sd_036_the_first_rule_whose_conditions_hold_decides() {
        let other_channel = RuleText {
            channels: vec!["pec".to_owned()],
            ..rule(1)
        };
        let other_category = RuleText {
            categories: vec![Uuid::from_u128(8)],
            ..rule(2)
        };
        let other_words = RuleText {
            words: vec!["stampant".to_owned()],
            ..rule(3)
        };
        let tender = RuleText {
            words: vec!["gara".to_owned(), "bando".to_owned()],
            channels: vec!["pec".to_owned(), "email".to_owned()],
            ..rule(4)
        };
        let texts = [other_channel, other_category, other_words, tender, rule(5)];
        let trials = decide(&standing(&texts), &facts(), |_| true);
        let missed: Vec<_> = trials.iter().map(|trial| trial.missed).collect();
        assert_eq!(
            missed,
            [Some(Miss::Channel), Some(Miss::Category), Some(Miss::Words), None],
            "the fifth is not asked"
        );
    }

    #[test]
    fn sd_019_a_rule_of_a_period_holds_on_its_first_and_last_day() {
        let on = |day: i8| {
            let text = RuleText {
                valid_from: Some(jiff::civil::date(2026, 11, 20)),
                valid_until: Some(jiff::civil::date(2026, 11, 24)),
                ..rule(1)
            };
            let facts = Facts {
                on: jiff::civil::date(2026, 11, day),
                ..facts()
            };
            decide(&standing(&[text]), &facts, |_| true)[0].missed
        };
        assert_eq!(
            [19, 20, 24, 25].map(on),
            [Some(Miss::Period), None, None, Some(Miss::Period)]
        );
    }

    #[test]
    fn a_group_that_takes_nothing_is_passed_over_and_the_past_remembers_it() {
        let texts = [rule(1), rule(2)];
        let standing = standing(&texts);
        let closed = Uuid::from_u128(1);
        let trials = decide(&standing, &facts(), |group| group != closed);
        assert_eq!((trials[0].missed, trials[1].missed), (Some(Miss::GroupClosed), None));
        assert_eq!(explained(&standing, &facts(), Some(standing[1].rule)), trials);
    }

    #[test]
    fn words_are_beginnings_of_words() {
        let says = |line: &str, word: &str| says(line, &[word.to_owned()]);
        assert!(says("BANDO n. 3", "bando") && says("i bandi aperti", "band") && says("l’appalto", "appalto"));
        assert!(!says("sbandamento", "band") && !says("", "band"));
    }

    fn any_rule() -> impl Strategy<Value = RuleText> {
        let channels = prop::sample::subsequence(vec!["phone", "email", "web"], 0..3);
        let categories = prop::sample::subsequence(vec![7_u128, 8, 9], 0..3);
        let words = prop::sample::subsequence(vec!["gara", "garanzia", "bando", "al"], 0..3);
        let days = (prop::option::of(1_i8..15), prop::option::of(15_i8..28));
        (channels, categories, words, days, 1_i64..4).prop_map(|(channels, categories, words, (from, until), place)| {
            RuleText {
                channels: channels.into_iter().map(str::to_owned).collect(),
                categories: categories.into_iter().map(Uuid::from_u128).collect(),
                words: words.into_iter().map(str::to_owned).collect(),
                valid_from: from.map(|day| jiff::civil::date(2026, 11, day)),
                valid_until: until.map(|day| jiff::civil::date(2026, 11, day)),
                ..rule(place)
            }
        })
    }

    fn any_facts() -> impl Strategy<Value = Facts> {
        let channel = prop::sample::select(vec!["phone", "email", "web"]);
        let category = prop::option::of(prop::sample::select(vec![7_u128, 8, 9]));
        let subject = prop::sample::select(vec!["gara", "una garanzia", "il bando", "altro", ""]);
        (channel, category, subject, 1_i8..30).prop_map(|(channel, category, subject, day)| Facts {
            channel: channel.to_owned(),
            category: category.map(Uuid::from_u128),
            subject: subject.to_owned(),
            on: jiff::civil::date(2026, 11, day),
        })
    }

    proptest! {
        #[test]
        fn what_a_rule_hides_never_decides(before in any_rule(), after in any_rule(), facts in any_facts()) {
            if before.hides(&after) && missed(&after, &facts).is_none() {
                prop_assert_eq!(missed(&before, &facts), None);
            }
        }

        #[test]
        fn a_decision_is_explained_by_the_trials_it_came_from(
            texts in prop::collection::vec(any_rule(), 0..5), facts in any_facts(), open in 0_u128..8,
        ) {
            let texts: Vec<_> = (1..).zip(texts).map(|(place, text)| RuleText { place, group: Uuid::from_u128(place as u128), ..text }).collect();
            let standing = standing(&texts);
            let trials = decide(&standing, &facts, |group| group.as_u128() & open == 0);
            let decided = trials.last().filter(|trial| trial.missed.is_none()).map(|trial| trial.rule);
            prop_assert_eq!(explained(&standing, &facts, decided), trials);
        }
    }
}

//! A draft tried on tickets of the past: where they would have gone, before anybody saves it.

use crate::{Facts, RoutingRule, RuleText, Standing, decide, standing_at};
use kernel::{Instant, Outcome, Refusal, Uuid};
use people::{Act, Actor, Group};
use record::{Filter, Sort};
use serde::Serialize;
use std::collections::BTreeMap;
use store::{Card, Loaded, Store};
use utoipa::ToSchema;

/// Tickets that a rehearsal looks at, the newest.
const LOOKED_AT: usize = 1_000;
/// Cards read at once.
const AT_ONCE: usize = 200;
/// Tickets that are named.
const NAMED: usize = 10;

/// A rule that nobody has saved yet.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The rule it is to be an edition of; nothing for a new one.
    pub rule: Option<Uuid>,
    /// What it is to say.
    pub text: RuleText,
}

/// What would have happened.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub struct Rehearsal {
    /// Tickets that were looked at: the newest of the area, as they are classified and called today.
    pub tickets: i64,
    /// Those about which the draft would have decided.
    pub decided: i64,
    /// Those that would have gone elsewhere than by the rules as they are.
    pub moved: i64,
    /// From which group to which, the most first.
    pub moves: Vec<Moved>,
    /// Some of those that would have gone elsewhere, the newest first.
    pub examples: Vec<Example>,
}

/// Tickets that would have gone from one group to another.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Moved {
    /// The group by the rules as they are; nothing where the area has none.
    pub from: Option<Uuid>,
    /// The group with the draft.
    pub to: Option<Uuid>,
    /// How many.
    pub tickets: i64,
}

/// A ticket that would have gone elsewhere.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Example {
    /// Its number.
    pub number: String,
    /// What it is about.
    pub subject: String,
    /// The group by the rules as they are.
    pub from: Option<Uuid>,
    /// The group with the draft.
    pub to: Option<Uuid>,
}

/// What decides: rules, and the groups that take tickets.
struct Bench<'r> {
    rules: Vec<Standing<'r>>,
    groups: &'r [Loaded<Group>],
    default: Option<Uuid>,
}

impl Bench<'_> {
    /// The rule that decides, and the group.
    fn says(&self, facts: &Facts) -> (Option<Uuid>, Option<Uuid>) {
        let takes = |id| self.groups.iter().any(|group| group.id == id && !group.state.closed);
        match decide(&self.rules, facts, takes).last() {
            Some(trial) if trial.missed.is_none() => (Some(trial.rule), Some(trial.group)),
            _ => (None, self.default),
        }
    }
}

/// Tries a draft on the newest tickets of an area that the actor may see.
///
/// # Errors
/// A refusal 403, or 422 when its place is another rule's.
pub async fn rehearse(store: &Store, actor: &Actor, area: Uuid, draft: &Draft) -> Outcome<Rehearsal> {
    actor.allow_in(Act::Configure, area)?;
    let (rules, groups) = (store.all::<RoutingRule>().await?, store.all::<Group>().await?);
    let present = standing_at(&rules, area, store.clock().now());
    let default = Group::default_of(&groups, area);
    let bench = |rules| Bench {
        rules,
        groups: &groups,
        default,
    };
    let id = draft.rule.unwrap_or(kernel::NIL);
    let (now, then) = (bench(present.clone()), bench(with(present, id, &draft.text)?));
    let mut rehearsal = Rehearsal::default();
    let mut moves: BTreeMap<(Option<Uuid>, Option<Uuid>), i64> = BTreeMap::new();
    for card in newest(store, actor, area).await? {
        let facts = facts_of(&card);
        let ((_, from), (rule, to)) = (now.says(&facts), then.says(&facts));
        rehearsal.tickets += 1;
        rehearsal.decided += i64::from(rule == Some(id));
        if from != to {
            rehearsal.moved += 1;
            *moves.entry((from, to)).or_default() += 1;
            rehearsal.name(card, (from, to));
        }
    }
    rehearsal.moves = moves
        .into_iter()
        .map(|((from, to), tickets)| Moved { from, to, tickets })
        .collect();
    rehearsal.moves.sort_by_key(|moved| std::cmp::Reverse(moved.tickets));
    Ok(rehearsal)
}

impl Rehearsal {
    fn name(&mut self, card: Card, (from, to): (Option<Uuid>, Option<Uuid>)) {
        if self.examples.len() < NAMED {
            self.examples.push(Example {
                number: card.number,
                subject: card.subject,
                from,
                to,
            });
        }
    }
}

/// The rules with a draft among them.
fn with<'r>(mut rules: Vec<Standing<'r>>, id: Uuid, text: &'r RuleText) -> Outcome<Vec<Standing<'r>>> {
    rules.retain(|one| one.rule != id);
    if rules.iter().any(|one| one.text.place == text.place) {
        return Err(Refusal::field("place", "routing-field-place-taken").into());
    }
    rules.push(Standing {
        rule: id,
        edition: 0,
        text,
    });
    rules.sort_by_key(|one| one.text.place);
    Ok(rules)
}

async fn newest(store: &Store, actor: &Actor, area: Uuid) -> Outcome<Vec<Card>> {
    let filter = Filter {
        record_kind: Some("ticket".to_owned()),
        area: Some(area),
        ..Filter::default()
    };
    let (mut cards, mut after) = (Vec::new(), None);
    while cards.len() < LOOKED_AT {
        let page = record::list(store, actor, &filter, Sort::Newest, AT_ONCE, after).await?;
        cards.extend(page.cards);
        match page.next {
            Some(next) => after = Some(next),
            None => break,
        }
    }
    Ok(cards)
}

fn facts_of(card: &Card) -> Facts {
    Facts {
        channel: card.channel.clone(),
        category: card.category,
        subject: card.subject.clone(),
        on: day_of(card.opened_at),
    }
}

/// The day of an instant, as the house reckons days.
pub fn day_of(at: Instant) -> jiff::civil::Date {
    at.timestamp().to_zoned(i18n::default_zone()).date()
}

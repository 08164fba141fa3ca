//! Areas, groups and categories as a command needs them, from memory.

use crate::domain::{Overflow, OverflowReason, Route};
use catalogue::Category;
use configuration::{Area, Parameters};
use kernel::{Instant, Outcome, Refusal, Uuid};
use people::{Group, GroupKind};
use routing::{Facts, RoutingRule};
use service_level::Book;
use std::sync::Arc;
use store::{Loaded, Sql, Store, Tx};

/// What a command looks up.
#[derive(Clone)]
pub(super) struct Directory {
    areas: Arc<Vec<Loaded<Area>>>,
    groups: Arc<Vec<Loaded<Group>>>,
    categories: Arc<Vec<Loaded<Category>>>,
    defaults: Parameters,
    book: Arc<Book>,
    rules: Arc<Vec<Loaded<RoutingRule>>>,
}

impl Directory {
    pub(super) async fn of(store: &Store) -> Outcome<Self> {
        Ok(Self {
            areas: store.all::<Area>().await?,
            groups: store.all::<Group>().await?,
            categories: store.all::<Category>().await?,
            defaults: Parameters::default(),
            book: service_level::book(store).await?,
            rules: store.all::<RoutingRule>().await?,
        })
    }

    /// What was agreed about clocks.
    pub(super) fn book(&self) -> &Book {
        &self.book
    }

    /// An area's parameters.
    pub(super) fn parameters(&self, area: Uuid) -> &Parameters {
        let found = self.areas.iter().find(|known| known.id == area);
        found.map_or(&self.defaults, |area| &area.state.parameters)
    }

    /// An area that takes tickets, by identity, code or name; the first one where none is named.
    pub(super) fn area(&self, named: Option<&str>) -> Outcome<Uuid> {
        let found = match named {
            None => self.areas.iter().find(|area| area.state.active),
            Some(named) => Area::named(&self.areas, named),
        };
        let found = found.ok_or_else(|| Refusal::field("area", "field-not-found"))?;
        offered(found.id, found.state.active, "area")
    }

    /// The first of these areas, in the order of the house, that takes tickets.
    pub(super) fn first_of(&self, areas: &[Uuid]) -> Option<Uuid> {
        self.areas
            .iter()
            .find(|area| area.state.active && areas.contains(&area.id))
            .map(|area| area.id)
    }

    /// A group in use, by identity or name; the one that has the ticket may keep it.
    pub(super) fn group(&self, named: &str, present: Option<Uuid>) -> Outcome<(Uuid, GroupKind)> {
        let found = Group::named(&self.groups, named).ok_or_else(|| Refusal::field("group", "field-not-found"))?;
        let is_offered = !found.state.closed || present == Some(found.id);
        Ok((offered(found.id, is_offered, "group")?, found.state.kind))
    }

    /// The group that takes a ticket that comes into an area, and how it was chosen: a rule or the default says which one is
    /// meant (SD-018, SD-019, SD-036); while that one is not there or full, the one it flows over to takes it.
    pub(super) async fn route(&self, tx: &Tx, area: Uuid, facts: &Facts) -> Outcome<(Option<Uuid>, Option<Route>)> {
        let (meant, route) = self.meant(area, facts, tx.now());
        let Some(meant) = meant else {
            return Ok((None, route));
        };
        let Some((takes, why)) = self.flow_over(tx, meant).await? else {
            return Ok((Some(meant), route));
        };
        let route = route.unwrap_or(Route {
            rule: None,
            category: facts.category,
            overflow: None,
        });
        let overflow = Some(Overflow { from: meant, why });
        Ok((Some(takes), Some(Route { overflow, ..route })))
    }

    /// The group that takes what a group cannot take now, and why it cannot; nothing where it can, and where nobody else can
    /// either: then it waits where it was meant to go.
    async fn flow_over(&self, tx: &Tx, meant: Uuid) -> Outcome<Option<(Uuid, OverflowReason)>> {
        let (mut asked, mut first) = (Vec::new(), None);
        let mut next = Some(meant);
        while let Some(id) = next.filter(|id| !asked.contains(id)) {
            asked.push(id);
            let Some(group) = self.groups.iter().find(|group| group.id == id && !group.state.closed) else {
                return Ok(None);
            };
            let Some(why) = self.cannot_take(tx, group).await? else {
                return Ok(first.map(|first| (id, first)));
            };
            first.get_or_insert(why);
            next = group.state.practice.overflow;
        }
        Ok(None)
    }

    /// Why a group takes nothing now; nothing where it does.
    async fn cannot_take(&self, tx: &Tx, group: &Loaded<Group>) -> Outcome<Option<OverflowReason>> {
        let practice = &group.state.practice;
        let open = practice
            .hours
            .and_then(|calendar| self.book.is_open(calendar, tx.now()));
        if open == Some(false) {
            return Ok(Some(OverflowReason::Hours));
        }
        let Some(most) = practice.most_waiting else {
            return Ok(None);
        };
        let sql = "SELECT COUNT(*) FROM (SELECT 1 FROM card WHERE group_id = $1 AND is_open = 1 AND state = 'new' \
                   LIMIT $2) waiting";
        let row = tx.row(sql, vec![group.id.into(), most.into()]).await?;
        let waiting = row.map_or(Ok(0), |row| row.get::<i64>(0))?;
        Ok((waiting >= most).then_some(OverflowReason::Full))
    }

    /// The group that is meant to take a ticket, and the rule that says so.
    fn meant(&self, area: Uuid, facts: &Facts, now: Instant) -> (Option<Uuid>, Option<Route>) {
        let rules = routing::standing_at(&self.rules, area, now);
        let default = Group::default_of(&self.groups, area);
        if rules.is_empty() {
            return (default, None);
        }
        let takes = |id| self.groups.iter().any(|group| group.id == id && !group.state.closed);
        let trials = routing::decide(&rules, facts, takes);
        let decided = trials.last().filter(|trial| trial.missed.is_none());
        let route = Route {
            rule: decided.map(|trial| trial.rule),
            category: facts.category,
            overflow: None,
        };
        (decided.map_or(default, |trial| Some(trial.group)), Some(route))
    }

    /// A category that is offered, by identity or name; the one that the ticket has may stay.
    pub(super) fn category(&self, named: &str, present: Option<Uuid>) -> Outcome<Uuid> {
        let missing = || Refusal::field("category", "field-not-found");
        let found = Category::named(&self.categories, named).ok_or_else(missing)?;
        let is_offered = !found.state.closed || present == Some(found.id);
        offered(found.id, is_offered, "category")
    }
}

/// Refuses what is not offered any more.
fn offered(found: Uuid, is_offered: bool, field: &'static str) -> Outcome<Uuid> {
    if is_offered {
        Ok(found)
    } else {
        Err(Refusal::field(field, "field-closed").into())
    }
}

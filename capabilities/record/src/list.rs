//! Lists: keyset pages over cards, one branch for each part of the reader's scope.
//!
//! A branch walks one index in the order of the list, looks at no more than 5,000 of its rows, and keeps those that match
//! the rest of the filter. Branches are put together by UNION ALL, never by OR, and merged here. A page may be short and
//! still have a next one: then it ends where the walk stopped.
//!
//! A record that several groups work on stands in the queue of each (ADR 6): where a branch asks for a group or for who
//! works on it, a second one walks the other hands, and shows the card with that hand's group and operator.

use crate::{Condition, Filter, Sort};
use kernel::{Outcome, Uuid};
use people::{Act, Actor, Scope};
use std::cmp::Ordering;
use std::collections::HashSet;
use std::fmt::Write as _;
use store::{Card, Row, Sql, Store, Value};
use web::Cursor;

/// Rows of an index that a page looks at, at the most.
pub(crate) const LOOKED_AT: i64 = 5000;

/// A page of cards.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    /// The cards, in order.
    pub cards: Vec<Card>,
    /// Where to go on.
    pub next: Option<Cursor>,
}

/// A column and what stands in it.
pub(crate) type Place = Option<(&'static str, Uuid)>;

/// Which table's alias a column is read under.
pub(crate) type Alias = fn(&str) -> &'static str;

/// What a branch walks: cards or other hands, the column of its index, beside the sort key, and the part of the scope it
/// stays within.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Walk {
    pub(crate) index: Place,
    within: Place,
    pub(crate) hands: bool,
}

impl Walk {
    const fn along(index: Place) -> Self {
        Self {
            index,
            within: None,
            hands: false,
        }
    }

    pub(crate) const fn hands_along(index: Place) -> Self {
        Self {
            index,
            within: None,
            hands: true,
        }
    }

    fn within(self, within: Place) -> Self {
        Self { within, ..self }
    }

    /// What it reads, as far as the first condition.
    pub(crate) const fn source(self) -> &'static str {
        if self.hands {
            "hand h CROSS JOIN card c WHERE c.ordinal = h.ordinal AND h.stake = 'part'"
        } else {
            "card c WHERE 1 = 1"
        }
    }

    pub(crate) fn alias(self) -> Alias {
        if self.hands {
            |column| {
                if matches!(column, "group_id" | "operator_id") {
                    "h"
                } else {
                    "c"
                }
            }
        } else {
            |_| "c"
        }
    }

    fn columns(self) -> String {
        if self.hands {
            Card::columns_in_hand("c", "h")
        } else {
            Card::columns("c")
        }
    }
}

pub(crate) struct Statement {
    pub(crate) sql: String,
    pub(crate) values: Vec<Value>,
}

impl Statement {
    pub(crate) fn bind(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("${}", self.values.len())
    }
}

/// One page of what an actor may see and the filter asks for.
pub async fn list(
    store: &Store,
    actor: &Actor,
    filter: &Filter,
    sort: Sort,
    limit: usize,
    after: Option<Cursor>,
) -> Outcome<Listing> {
    // Whoever asks for the latest first is given that; else what was updated since goes on upwards.
    let sort = if filter.updated_since.is_some() && sort != Sort::Recent {
        Sort::Updated
    } else {
        sort
    };
    let after = after.map(|after| after.within(sort.letter())).transpose()?;
    let walks = walks(&actor.scope(Act::View), actor, filter);
    if walks.is_empty() {
        return Ok(Listing::default());
    }
    let mut statement = Statement {
        sql: String::new(),
        values: Vec::new(),
    };
    for (place, walk) in walks.iter().enumerate() {
        if place > 0 {
            statement.sql.push_str(" UNION ALL ");
        }
        push_branch(&mut statement, walk, filter, sort, after, limit as i64 + 1);
    }
    let rows = store.read().rows(&statement.sql, statement.values).await?;
    let mut cards: Vec<Card> = rows.iter().map(|row| Card::from_row(row, 0)).collect::<Outcome<_>>()?;
    let mut seen = HashSet::new();
    let sight = actor.sight(Act::View);
    cards.retain(|card| seen.insert(card.id) && sight.holds(card));
    cards.sort_by(|a, b| compare(sort, key_of(sort, a), key_of(sort, b)));
    if cards.len() > limit {
        cards.truncate(limit);
        let next = cards.last().map(|card| key_of(sort, card));
        return Ok(Listing { cards, next });
    }
    let next = stopped_at(store, &walks, filter, sort, after).await?;
    if let Some(stop) = next {
        cards.retain(|card| compare(sort, key_of(sort, card), stop) != Ordering::Greater);
    }
    Ok(Listing { cards, next })
}

/// How many open records the actor may see under a filter; exact, since few records are open.
pub async fn count_open(store: &Store, actor: &Actor, filter: &Filter) -> Outcome<i64> {
    OpenCount::of(actor, filter).ask(store).await
}

/// The question how many open records somebody may see: whoever may see the same asks the same.
pub struct OpenCount(Option<Statement>);

impl OpenCount {
    /// The question.
    pub fn of(actor: &Actor, filter: &Filter) -> Self {
        Self(open_count(actor, filter))
    }

    /// The question as a text: the same for all who ask the same.
    pub fn text(&self) -> String {
        let Self(statement) = self;
        statement
            .as_ref()
            .map_or_else(String::new, |one| format!("{} {:?}", one.sql, one.values))
    }

    /// The answer.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn ask(self, store: &Store) -> Outcome<i64> {
        let Some(statement) = self.0 else {
            return Ok(0);
        };
        let row = store.read().row(&statement.sql, statement.values).await?;
        row.map_or(Ok(0), |row| row.get(0))
    }
}

/// Nothing where nothing is within reach.
fn open_count(actor: &Actor, filter: &Filter) -> Option<Statement> {
    let filter = Filter {
        open: Some(true),
        ..filter.clone()
    };
    let walks = walks(&actor.scope(Act::View), actor, &filter);
    if walks.is_empty() {
        return None;
    }
    let mut statement = Statement {
        sql: "SELECT COUNT(*) FROM (".to_owned(),
        values: Vec::new(),
    };
    for (place, walk) in walks.iter().enumerate() {
        if place > 0 {
            statement.sql.push_str(" UNION ");
        }
        let _ = write!(statement.sql, "SELECT c.id FROM {} AND c.is_open = 1", walk.source());
        push_walk(&mut statement, walk.alias(), walk);
        push_rest(&mut statement, walk.alias(), &filter, walk);
        if let Some(since) = filter.updated_since {
            let bound = statement.bind(since.as_millis());
            let _ = write!(statement.sql, " AND c.updated_at >= {bound}");
        }
    }
    statement.sql.push_str(") found");
    Some(statement)
}

/// One walk for each part of the scope; a filter that names a narrower index takes its place, within that part.
pub(crate) fn walks(scope: &Scope, actor: &Actor, filter: &Filter) -> Vec<Walk> {
    let mut walks = card_walks(scope, actor, filter);
    walks.extend(hand_walks(scope, actor, filter));
    walks
}

fn card_walks(scope: &Scope, actor: &Actor, filter: &Filter) -> Vec<Walk> {
    let narrow = narrowest(filter);
    if scope.all {
        return vec![Walk::along(narrow)];
    }
    let parts = parts(scope, actor);
    match narrow {
        Some(_) if parts.contains(&narrow) => vec![Walk::along(narrow)],
        Some(("requester_id" | "operator_id", _)) => {
            let within = |part| Walk::along(narrow).within(part);
            parts.into_iter().map(within).collect()
        }
        _ => parts.into_iter().map(Walk::along).collect(),
    }
}

/// Other hands are looked at where somebody asks for a group or an operator, or sees what lies with theirs.
fn hand_walks(scope: &Scope, actor: &Actor, filter: &Filter) -> Vec<Walk> {
    let operator = filter.operator.map(|operator| ("operator_id", operator));
    let asked = operator.or(filter.group.map(|group| ("group_id", group)));
    if scope.all {
        return asked.map(|asked| Walk::hands_along(Some(asked))).into_iter().collect();
    }
    let parts = parts(scope, actor).into_iter();
    match asked {
        Some(_) => parts.map(|part| Walk::hands_along(asked).within(part)).collect(),
        None => parts
            .filter(|part| matches!(part, Some(("group_id" | "operator_id", _))))
            .map(Walk::hands_along)
            .collect(),
    }
}

/// The parts of a scope: areas, groups and what lies with the person, what the person asked for.
pub(crate) fn parts(scope: &Scope, actor: &Actor) -> Vec<Place> {
    let mut parts: Vec<Place> = scope.areas.iter().map(|area| Some(("area_id", *area))).collect();
    if let Some(groups) = &scope.groups {
        parts.extend(groups.iter().map(|group| Some(("group_id", *group))));
        parts.push(Some(("operator_id", actor.person)));
    }
    if scope.own {
        parts.push(Some(("requester_id", actor.person)));
    }
    parts
}

fn narrowest(filter: &Filter) -> Place {
    let named = [
        ("requester_id", filter.requester),
        ("operator_id", filter.operator),
        ("group_id", filter.group),
        ("area_id", filter.area),
    ];
    named
        .into_iter()
        .find_map(|(column, value)| value.map(|value| (column, value)))
}

pub(crate) fn push_walk(statement: &mut Statement, alias: Alias, walk: &Walk) {
    if let Some((column, value)) = walk.index {
        push_equal(statement, alias, column, value);
    }
}

fn push_equal(statement: &mut Statement, alias: Alias, column: &str, value: impl Into<Value>) {
    let bound = statement.bind(value);
    let _ = write!(statement.sql, " AND {}.{column} = {bound}", alias(column));
}

/// The index walk of a branch: everything that the index itself can tell.
pub(crate) fn push_inner(
    statement: &mut Statement,
    columns: &str,
    walk: &Walk,
    filter: &Filter,
    sort: Sort,
    after: Option<Cursor>,
) {
    // Upwards by update there is one index for all: openness is told after it.
    let open = (filter.only_open() && sort != Sort::Updated) || sort == Sort::Due;
    let open = if open { " AND c.is_open = 1" } else { "" };
    let _ = write!(statement.sql, "SELECT {columns} FROM {}{open}", walk.source());
    if keeps_index(walk, filter, sort) {
        push_walk(statement, walk.alias(), walk);
    }
    if let Some(since) = filter.updated_since {
        let bound = statement.bind(since.as_millis());
        let _ = write!(statement.sql, " AND c.updated_at >= {bound}");
    }
    if let Some(cursor) = after {
        push_keyset(statement, walk, sort, cursor);
    }
    statement.sql.push_str(match (sort, walk.hands) {
        (Sort::Newest, false) => " ORDER BY c.ordinal DESC",
        (Sort::Newest, true) => " ORDER BY h.ordinal DESC",
        (Sort::Oldest, false) => " ORDER BY c.ordinal",
        (Sort::Oldest, true) => " ORDER BY h.ordinal",
        // A group has few parts of what others work on: these are sorted, not walked.
        (Sort::Updated, _) => " ORDER BY c.updated_at, c.ordinal",
        (Sort::Recent, _) => " ORDER BY c.updated_at DESC, c.ordinal DESC",
        (Sort::Due, _) => " ORDER BY c.due_at, c.ordinal",
    });
}

/// True where a walk keeps to the column of its index. By update the walk goes along all cards, or all open ones, and the
/// column is told after it; but a person has few open ones: these are sorted.
pub(crate) fn keeps_index(walk: &Walk, filter: &Filter, sort: Sort) -> bool {
    let by_update = matches!(sort, Sort::Updated | Sort::Recent);
    let few = filter.only_open() && matches!(walk.index, Some(("operator_id" | "requester_id", _)));
    !by_update || walk.hands || (few && sort == Sort::Recent)
}

/// Row values, since `a > x OR (a = x AND b > y)` is no index range on PostgreSQL.
fn push_keyset(statement: &mut Statement, walk: &Walk, sort: Sort, cursor: Cursor) {
    let (key, ordinal) = (cursor.key, statement.bind(cursor.ordinal));
    let walked = if walk.hands { "h" } else { "c" };
    let text = match sort {
        Sort::Newest => format!(" AND {walked}.ordinal < {ordinal}"),
        Sort::Oldest => format!(" AND {walked}.ordinal > {ordinal}"),
        Sort::Updated => format!(" AND (c.updated_at, c.ordinal) > ({}, {ordinal})", statement.bind(key)),
        Sort::Recent => format!(" AND (c.updated_at, c.ordinal) < ({}, {ordinal})", statement.bind(key)),
        Sort::Due => format!(" AND (c.due_at, c.ordinal) > ({}, {ordinal})", statement.bind(key)),
    };
    statement.sql.push_str(&text);
}

/// A branch keeps the order of its walk: the outer SELECT only drops rows, so that it can stop early.
fn push_branch(statement: &mut Statement, walk: &Walk, filter: &Filter, sort: Sort, after: Option<Cursor>, limit: i64) {
    statement.sql.push_str("SELECT * FROM (SELECT * FROM (");
    push_inner(statement, &walk.columns(), walk, filter, sort, after);
    let _ = write!(statement.sql, " LIMIT {LOOKED_AT}) x WHERE 1 = 1");
    if !keeps_index(walk, filter, sort) {
        push_walk(statement, |_| "x", walk);
    }
    push_rest(statement, |_| "x", filter, walk);
    let limit = statement.bind(limit);
    let _ = write!(statement.sql, " LIMIT {limit}) y");
}

/// The conditions that the walk does not hold by itself.
pub(crate) fn push_rest(statement: &mut Statement, alias: Alias, filter: &Filter, walk: &Walk) {
    if let Some((column, value)) = walk.within {
        push_equal(statement, alias, column, value);
    }
    let identities = [
        ("area_id", filter.area),
        ("group_id", filter.group),
        ("operator_id", filter.operator),
        ("requester_id", filter.requester),
        ("category_id", filter.category),
    ];
    for (column, value) in identities {
        if let Some(value) = value
            && walk.index != Some((column, value))
        {
            push_equal(statement, alias, column, value);
        }
    }
    let texts = [
        ("kind", &filter.record_kind),
        ("ticket_kind", &filter.ticket_kind),
        ("channel", &filter.channel),
    ];
    for (column, value) in texts {
        if let Some(value) = value {
            push_equal(statement, alias, column, value.as_str());
        }
    }
    for (column, wanted) in [("state", &filter.states), ("phase", &filter.phases)] {
        if !wanted.is_empty() {
            let bound: Vec<String> = wanted.iter().map(|value| statement.bind(value.as_str())).collect();
            let _ = write!(
                statement.sql,
                " AND {}.{column} IN ({})",
                alias(column),
                bound.join(", ")
            );
        }
    }
    if let Some(priority) = filter.priority {
        push_equal(statement, alias, "priority", priority);
    }
    if let Some(open) = filter.open {
        push_equal(statement, alias, "is_open", i64::from(open));
    }
    for (wanted, standing) in [(filter.unassigned, "NULL"), (filter.assigned, "NOT NULL")] {
        if wanted {
            let _ = write!(statement.sql, " AND {}.operator_id IS {standing}", alias("operator_id"));
        }
    }
    let instants = [
        ("opened_at >=", filter.opened_from),
        ("opened_at <", filter.opened_before),
        ("updated_at <", filter.updated_before),
        ("due_at >=", filter.due_from),
        ("due_at <", filter.due_before),
    ];
    for (compared, instant) in instants {
        if let Some(instant) = instant {
            let bound = statement.bind(instant.as_millis());
            let _ = write!(statement.sql, " AND {}.{compared} {bound}", alias("c"));
        }
    }
    for condition in &filter.also {
        push_condition(statement, alias, condition);
    }
}

/// Where nothing stands in the column, none of the values does.
fn push_condition(statement: &mut Statement, alias: Alias, condition: &Condition) {
    let column = condition.column.name();
    let alias = alias(column);
    let bound: Vec<String> = condition.values.iter().map(|value| statement.bind(value)).collect();
    let bound = bound.join(", ");
    let _ = match condition.denied {
        false => write!(statement.sql, " AND {alias}.{column} IN ({bound})"),
        true => write!(
            statement.sql,
            " AND ({alias}.{column} IS NULL OR {alias}.{column} NOT IN ({bound}))"
        ),
    };
}

/// Where the walks stopped before their end, if any did: the earliest of those places.
async fn stopped_at(
    store: &Store,
    walks: &[Walk],
    filter: &Filter,
    sort: Sort,
    after: Option<Cursor>,
) -> Outcome<Option<Cursor>> {
    let mut statement = Statement {
        sql: String::new(),
        values: Vec::new(),
    };
    for walk in walks.iter().filter(|walk| drops_rows(walk, filter, sort)) {
        statement.sql.push_str(if statement.sql.is_empty() {
            "SELECT * FROM ("
        } else {
            " UNION ALL SELECT * FROM ("
        });
        push_inner(&mut statement, key_columns(sort), walk, filter, sort, after);
        let _ = write!(statement.sql, " LIMIT 1 OFFSET {}) x", LOOKED_AT - 1);
    }
    if statement.sql.is_empty() {
        return Ok(None);
    }
    let rows: Vec<Row> = store.read().rows(&statement.sql, statement.values).await?;
    let stops: Vec<Cursor> = rows
        .iter()
        .map(|row| {
            Ok(Cursor {
                order: sort.letter(),
                key: row.get(0)?,
                ordinal: row.get(1)?,
            })
        })
        .collect::<Outcome<_>>()?;
    Ok(stops.into_iter().min_by(|a, b| compare(sort, *a, *b)))
}

/// True when a walk may look at rows that it does not show; otherwise a short page says by itself that it came to its end.
fn drops_rows(walk: &Walk, filter: &Filter, sort: Sort) -> bool {
    let mut rest = Statement {
        sql: String::new(),
        values: Vec::new(),
    };
    push_rest(&mut rest, |_| "x", filter, walk);
    !rest.sql.is_empty() || (!keeps_index(walk, filter, sort) && walk.index.is_some())
}

const fn key_columns(sort: Sort) -> &'static str {
    match sort {
        Sort::Newest | Sort::Oldest => "c.ordinal, c.ordinal",
        Sort::Updated | Sort::Recent => "c.updated_at, c.ordinal",
        Sort::Due => "c.due_at, c.ordinal",
    }
}

fn key_of(sort: Sort, card: &Card) -> Cursor {
    let key = match sort {
        Sort::Newest | Sort::Oldest => card.ordinal,
        Sort::Updated | Sort::Recent => card.updated_at.as_millis(),
        Sort::Due => card.due_at.as_millis(),
    };
    Cursor {
        order: sort.letter(),
        key,
        ordinal: card.ordinal,
    }
}

fn compare(sort: Sort, a: Cursor, b: Cursor) -> Ordering {
    match sort {
        Sort::Newest => b.ordinal.cmp(&a.ordinal),
        Sort::Recent => (b.key, b.ordinal).cmp(&(a.key, a.ordinal)),
        Sort::Oldest | Sort::Updated | Sort::Due => (a.key, a.ordinal).cmp(&(b.key, b.ordinal)),
    }
}

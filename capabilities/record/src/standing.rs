//! How records stand now, one narrow row for each: what a board adds up.
//!
//! Everything that a board tells is added up from two walks: over what is open, and over what moved since an instant. They
//! are those of the lists, so that each figure is what its list shows. A record that several groups work on stands with
//! each of them, and once in the whole.

use crate::Filter;
use crate::Sort;
use crate::list::{Place, Statement, Walk, keeps_index, parts, push_inner, push_rest, push_walk, walks};
use kernel::{Instant, Outcome, Uuid};
use people::{Act, Actor};
use std::fmt::Write as _;
use store::{Row, Sql, Store};

/// Records that moved since an instant and are looked at, at the most.
const MOVED: usize = 50_000;

/// An open record in one pair of hands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The record.
    pub id: Uuid,
    /// The group that has it here.
    pub group: Option<Uuid>,
    /// Whether somebody of it works on it.
    pub assigned: bool,
    /// State.
    pub state: String,
    /// Phase.
    pub phase: String,
    /// When it is due.
    pub due_at: Instant,
    /// Whether it stands like this in the whole too, or only with its group.
    pub whole: bool,
}

/// A record that moved, in one pair of hands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// The record.
    pub id: Uuid,
    /// The group that has it here.
    pub group: Option<Uuid>,
    /// When it was opened.
    pub opened_at: Instant,
    /// When it last moved.
    pub updated_at: Instant,
    /// Whether it is open.
    pub open: bool,
    /// Whether it stands like this in the whole too, or only with its group.
    pub whole: bool,
}

/// The question how open records stand; the same for all who may see the same.
pub struct OpenRows(Statement);

/// The question what moved.
pub struct MovedRows(Statement);

/// The walks of a list, and beside them those along all other hands: a group's own figures need these.
fn all_walks(actor: &Actor, filter: &Filter) -> Vec<(Walk, bool)> {
    let scope = actor.scope(Act::View);
    let whole = walks(&scope, actor, filter);
    let mut more: Vec<Place> = Vec::new();
    if filter.group.is_none() && !scope.is_nothing() {
        more = if scope.all { vec![None] } else { parts(&scope, actor) };
    }
    let more = more.into_iter().map(Walk::hands_along);
    let more: Vec<Walk> = more.filter(|walk| !whole.contains(walk)).collect();
    let whole = whole.into_iter().map(|walk| (walk, true));
    whole.chain(more.into_iter().map(|walk| (walk, false))).collect()
}

fn united(walks: &[(Walk, bool)], mut push: impl FnMut(&mut Statement, &Walk, i64)) -> Statement {
    let mut statement = Statement {
        sql: String::new(),
        values: Vec::new(),
    };
    for (place, (walk, whole)) in walks.iter().enumerate() {
        if place > 0 {
            statement.sql.push_str(" UNION ALL ");
        }
        push(&mut statement, walk, i64::from(*whole));
    }
    statement
}

async fn rows(statement: Statement, store: &Store) -> Outcome<Vec<Row>> {
    if statement.sql.is_empty() {
        return Ok(Vec::new());
    }
    store.read().rows(&statement.sql, statement.values).await
}

fn text(statement: &Statement) -> String {
    format!("{} {:?}", statement.sql, statement.values)
}

impl OpenRows {
    /// The question, of an area or a group where the filter names one.
    pub fn of(actor: &Actor, filter: &Filter) -> Self {
        let filter = Filter {
            open: Some(true),
            ..filter.clone()
        };
        Self(united(&all_walks(actor, &filter), |statement, walk, whole| {
            let hand = walk.alias()("group_id");
            let _ = write!(
                statement.sql,
                "SELECT c.id, {hand}.group_id, CAST(CASE WHEN {hand}.operator_id IS NULL THEN 0 ELSE 1 END AS BIGINT), \
                 c.state, c.phase, c.due_at, CAST({whole} AS BIGINT) FROM {} AND c.is_open = 1",
                walk.source()
            );
            push_walk(statement, walk.alias(), walk);
            push_rest(statement, walk.alias(), &filter, walk);
        }))
    }

    /// The question as a text: the same for all who ask the same.
    pub fn text(&self) -> String {
        text(&self.0)
    }

    /// The statement and what is bound in it, for those who ask how it is answered.
    pub fn statement(&self) -> (&str, &[store::Value]) {
        (&self.0.sql, &self.0.values)
    }

    /// The answer.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn ask(self, store: &Store) -> Outcome<Vec<Standing>> {
        let rows = rows(self.0, store).await?;
        let standing = |row: &Row| {
            Ok(Standing {
                id: row.get(0)?,
                group: row.get(1)?,
                assigned: row.get::<i64>(2)? == 1,
                state: row.get(3)?,
                phase: row.get(4)?,
                due_at: row.instant(5)?,
                whole: row.get::<i64>(6)? == 1,
            })
        };
        rows.iter().map(standing).collect()
    }
}

impl MovedRows {
    /// The question, of an area or a group where the filter names one.
    pub fn of(actor: &Actor, filter: &Filter, since: Instant) -> Self {
        let filter = Filter {
            updated_since: Some(since),
            ..filter.clone()
        };
        Self(united(&all_walks(actor, &filter), |statement, walk, whole| {
            let hand = walk.alias()("group_id");
            let columns = format!(
                "c.id, {hand}.group_id, c.opened_at, c.updated_at, c.is_open, c.area_id, {hand}.operator_id, c.requester_id"
            );
            let told = "SELECT x.id, x.group_id, x.opened_at, x.updated_at, x.is_open";
            let _ = write!(statement.sql, "{told}, CAST({whole} AS BIGINT) FROM (");
            push_inner(statement, &columns, walk, &filter, Sort::Updated, None);
            let _ = write!(statement.sql, " LIMIT {MOVED}) x WHERE 1 = 1");
            if !keeps_index(walk, &filter, Sort::Updated) {
                push_walk(statement, |_| "x", walk);
            }
            push_rest(statement, |_| "x", &filter, walk);
        }))
    }

    /// The statement and what is bound in it, for those who ask how it is answered.
    pub fn statement(&self) -> (&str, &[store::Value]) {
        (&self.0.sql, &self.0.values)
    }

    /// The answer.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn ask(self, store: &Store) -> Outcome<Vec<Moved>> {
        let rows = rows(self.0, store).await?;
        let moved = |row: &Row| {
            Ok(Moved {
                id: row.get(0)?,
                group: row.get(1)?,
                opened_at: row.instant(2)?,
                updated_at: row.instant(3)?,
                open: row.get::<i64>(4)? == 1,
                whole: row.get::<i64>(5)? == 1,
            })
        };
        rows.iter().map(moved).collect()
    }
}

//! The row of a task: by ticket for the card beside it, by whose it is for the desk.

use super::{Duty, Task};
use i18n::Language;
use kernel::{Instant, Outcome, Uuid};
use people::Actor;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use store::{Loaded, Row, Sql, Store, Tx, Value};
use utoipa::ToSchema;
use web::Cursor;

/// Tasks that a ticket may have in all.
pub(crate) const MOST: i64 = 300;

/// How a task stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TaskState {
    /// It is to be done.
    #[default]
    Open,
    /// It was done.
    Done,
    /// It is not to be done any more.
    Withdrawn,
}

impl TaskState {
    const ALL: [TaskState; 3] = [TaskState::Open, TaskState::Done, TaskState::Withdrawn];

    /// Its name as stored.
    pub const fn code(self) -> &'static str {
        match self {
            TaskState::Open => "open",
            TaskState::Done => "done",
            TaskState::Withdrawn => "withdrawn",
        }
    }

    fn from_code(code: &str) -> Outcome<Self> {
        let found = Self::ALL.into_iter().find(|state| state.code() == code);
        found.ok_or_else(|| anyhow::anyhow!("no state of a task: {code}").into())
    }

    /// Its name as people read it.
    pub fn words(self, language: Language) -> String {
        language.text(match self {
            TaskState::Open => "task-state-open",
            TaskState::Done => "task-state-done",
            TaskState::Withdrawn => "task-state-withdrawn",
        })
    }
}

/// A task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TaskView {
    /// Identity.
    pub id: Uuid,
    /// Its version.
    pub version: i64,
    /// The ticket that it hangs on.
    pub ticket: Uuid,
    /// The ticket's number.
    pub number: String,
    /// Its place among the ticket's tasks, from one.
    pub place: i64,
    /// What is to be done, in one line.
    pub title: String,
    /// What else there is to know; empty for nothing.
    pub details: String,
    /// The group that is to do it.
    pub group: Option<Uuid>,
    /// The person who is to do it.
    pub operator: Option<Uuid>,
    /// Until when.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub due_at: Option<Instant>,
    /// How it stands.
    pub state: TaskState,
    /// True once it was told that its instant had passed.
    pub overdue: bool,
    /// The checklist that it comes from.
    pub checklist: Option<Uuid>,
    /// Why it was withdrawn; empty where it was not.
    pub reason: String,
    /// Who wrote it.
    pub created_by: Option<Uuid>,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    /// Who did it, or withdrew it.
    pub ended_by: Option<Uuid>,
    /// When.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub ended_at: Option<Instant>,
    /// When it was last changed.
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Instant,
    /// Its place among all; it breaks ties between equal instants.
    #[serde(skip)]
    pub(crate) ordinal: i64,
}

const COLUMNS: &str = "id, version, ticket_id, number, place, title, details, group_id, operator_id, due_at, state, \
                       is_overdue, checklist_id, reason, created_by, created_at, ended_by, ended_at, updated_at, ordinal";

impl TaskView {
    fn read(row: &Row) -> Outcome<Self> {
        let due_at = row.instant(9)?;
        Ok(Self {
            id: row.get(0)?,
            version: row.get(1)?,
            ticket: row.get(2)?,
            number: row.get(3)?,
            place: row.get(4)?,
            title: row.get(5)?,
            details: row.get(6)?,
            group: row.get(7)?,
            operator: row.get(8)?,
            due_at: Some(due_at).filter(|due| *due != Instant::NEVER),
            state: TaskState::from_code(&row.get::<String>(10)?)?,
            overdue: row.get::<i64>(11)? == 1,
            checklist: row.get(12)?,
            reason: row.get(13)?,
            created_by: row.get(14)?,
            created_at: row.instant(15)?,
            ended_by: row.get(16)?,
            ended_at: row.get::<Option<i64>>(17)?.map(Instant::from_millis),
            updated_at: row.instant(18)?,
            ordinal: row.get(19)?,
        })
    }

    /// What a task is after a command, with its words.
    pub(crate) fn of(loaded: &Loaded<Task>, number: String, duty: Duty, reason: String) -> Self {
        let state = &loaded.state;
        Self {
            id: loaded.id,
            version: loaded.version,
            ticket: state.ticket,
            number,
            place: state.place,
            title: duty.title,
            details: duty.details.unwrap_or_default(),
            group: duty.group,
            operator: duty.operator,
            due_at: duty.due_at,
            state: state.state,
            overdue: state.overdue,
            checklist: state.checklist,
            reason,
            created_by: state.created_by,
            created_at: state.created_at,
            ended_by: state.ended_by,
            ended_at: state.ended_at,
            updated_at: state.updated_at,
            ordinal: loaded.ordinal,
        }
    }

    /// What is to be done, as a command reads it.
    pub(crate) fn duty(&self) -> Duty {
        Duty {
            title: self.title.clone(),
            details: Some(self.details.clone()).filter(|text| !text.is_empty()),
            group: self.group,
            operator: self.operator,
            due_at: self.due_at,
        }
    }

    /// True for one that is still to be done.
    pub fn is_open(&self) -> bool {
        self.state == TaskState::Open
    }

    /// True for one that should have been done by now.
    pub(crate) fn is_late(&self, now: Instant) -> bool {
        self.is_open() && self.due_at.is_some_and(|due| due <= now)
    }
}

/// Whose tasks stand in the list of the desk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Whose {
    /// One's own and those of one's groups.
    #[default]
    All,
    /// One's own only.
    Mine,
}

/// The order of the desk's list, as cursors name it.
pub(crate) const BY_DUE: char = 't';

/// The place behind a task in the desk's list.
pub(crate) fn after(task: &TaskView) -> Cursor {
    Cursor {
        order: BY_DUE,
        key: task.due_at.unwrap_or(Instant::NEVER).as_millis(),
        ordinal: task.ordinal,
    }
}

/// The row of a task.
pub(crate) async fn row(sql: &impl Sql, id: Uuid) -> Outcome<Option<TaskView>> {
    let text = format!("SELECT {COLUMNS} FROM task WHERE id = $1");
    let row = sql.row(&text, vec![id.into()]).await?;
    row.as_ref().map(TaskView::read).transpose()
}

/// The tasks of a ticket in their order.
pub(crate) async fn of_ticket(sql: &impl Sql, ticket: Uuid) -> Outcome<Vec<TaskView>> {
    let text = format!("SELECT {COLUMNS} FROM task WHERE ticket_id = $1 ORDER BY place LIMIT $2");
    let rows = sql.rows(&text, vec![ticket.into(), MOST.into()]).await?;
    rows.iter().map(TaskView::read).collect()
}

/// The place of a ticket's next task.
pub(crate) async fn next_place(tx: &Tx, ticket: Uuid) -> Outcome<i64> {
    let sql = "SELECT COALESCE(MAX(place), 0) + 1 FROM task WHERE ticket_id = $1";
    let row = tx.row(sql, vec![ticket.into()]).await?;
    row.map_or(Ok(1), |row| row.get(0))
}

/// Open tasks of the desk after a place, those due first first: one walk over an index for the person, and one for each of
/// their groups.
pub(crate) async fn desk(
    sql: &impl Sql,
    actor: &Actor,
    whose: Whose,
    after: Option<(i64, i64)>,
    limit: i64,
) -> Outcome<Vec<TaskView>> {
    let (due, ordinal) = after.unwrap_or((i64::MIN, i64::MIN));
    let mut values: Vec<Value> = vec![due.into(), ordinal.into(), limit.into(), actor.person.into()];
    let mut walks = vec![walk("operator_id", 4)];
    if whose == Whose::All {
        for group in &actor.groups {
            values.push((*group).into());
            walks.push(walk("group_id", values.len()));
        }
    }
    let text = format!(
        "SELECT {COLUMNS} FROM task WHERE id IN (SELECT id FROM ({}) found ORDER BY due_at, ordinal LIMIT $3) \
         ORDER BY due_at, ordinal",
        walks.join(" UNION ")
    );
    let rows = sql.rows(&text, values).await?;
    rows.iter().map(TaskView::read).collect()
}

fn walk(column: &str, place: usize) -> String {
    format!(
        "SELECT * FROM (SELECT id, due_at, ordinal FROM task WHERE {column} = ${place} AND state = 'open' \
         AND (due_at, ordinal) > ($1, $2) ORDER BY due_at, ordinal LIMIT $3) walk{place}"
    )
}

/// On which tickets tasks hang.
pub(crate) async fn hosts(store: Store, tasks: Vec<Uuid>) -> Outcome<HashMap<Uuid, Uuid>> {
    let mut found = HashMap::with_capacity(tasks.len());
    for some in tasks.chunks(200) {
        let places: Vec<String> = (1..=some.len()).map(|place| format!("${place}")).collect();
        let sql = format!("SELECT id, ticket_id FROM task WHERE id IN ({})", places.join(", "));
        let values = some.iter().map(|id| (*id).into()).collect();
        for row in store.read().rows(&sql, values).await? {
            found.insert(row.get(0)?, row.get(1)?);
        }
    }
    Ok(found)
}

/// Writes the row of a task as a command left it.
pub(crate) async fn write(tx: &Tx, task: &TaskView) -> Outcome<()> {
    let sql = format!(
        "INSERT INTO task ({COLUMNS}) VALUES \
         ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20) \
         ON CONFLICT (id) DO UPDATE SET version = excluded.version, title = excluded.title, \
         details = excluded.details, group_id = excluded.group_id, operator_id = excluded.operator_id, \
         due_at = excluded.due_at, state = excluded.state, is_overdue = excluded.is_overdue, \
         reason = excluded.reason, ended_by = excluded.ended_by, ended_at = excluded.ended_at, \
         updated_at = excluded.updated_at"
    );
    tx.run(&sql, values(task)).await.map(drop)
}

fn values(task: &TaskView) -> Vec<Value> {
    vec![
        task.id.into(),
        task.version.into(),
        task.ticket.into(),
        task.number.as_str().into(),
        task.place.into(),
        task.title.as_str().into(),
        task.details.as_str().into(),
        task.group.into(),
        task.operator.into(),
        task.due_at.unwrap_or(Instant::NEVER).as_millis().into(),
        task.state.code().into(),
        i64::from(task.overdue).into(),
        task.checklist.into(),
        task.reason.as_str().into(),
        task.created_by.into(),
        task.created_at.as_millis().into(),
        task.ended_by.into(),
        task.ended_at.map(Instant::as_millis).into(),
        task.updated_at.as_millis().into(),
        task.ordinal.into(),
    ]
}

/// Empties the words of a task that were erased.
pub(crate) async fn forget_words(tx: &Tx, task: Uuid, version: i64) -> Outcome<()> {
    let sql = "UPDATE task SET title = '', details = '', reason = '', version = $2 WHERE id = $1";
    tx.run(sql, vec![task.into(), version.into()]).await.map(drop)
}

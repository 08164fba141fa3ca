//! A task: something to do for a ticket, by whom and until when.
//!
//! It is done, or withdrawn with a reason; what was done can be undone. One that is still open past its instant is told
//! once and stays to be done.

mod add;
mod alter;
mod duty;
mod overdue;
mod permission;
mod row;

pub use add::add;
pub(crate) use add::{Hung, hang};
pub use alter::{Tick, change, tick, withdraw};
pub use duty::TaskToDo;
pub(crate) use duty::{Duty, serves};
pub(crate) use overdue::job;
pub(crate) use permission::{Standing, seen_ticket, standing, task};
pub(crate) use row::{BY_DUE, after, desk, forget_words, hosts, of_ticket};
pub use row::{TaskState, TaskView, Whose};

use kernel::{Author, Instant, Refusal, Uuid};
use serde::{Deserialize, Serialize};
use store::{Aggregate, ContentRef};

/// What is to be done: what is written and changed together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// In one line.
    pub title: ContentRef,
    /// What else there is to know.
    pub details: Option<ContentRef>,
    /// The group that is to do it.
    pub group: Option<Uuid>,
    /// The person who is to do it.
    pub operator: Option<Uuid>,
    /// Until when.
    pub due_at: Option<Instant>,
}

/// A task as its events say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// The ticket that it hangs on.
    pub ticket: Uuid,
    /// Its place among the ticket's tasks, from one.
    pub place: i64,
    /// The checklist that it comes from.
    pub checklist: Option<Uuid>,
    /// What is to be done.
    pub said: Option<Said>,
    /// How it stands.
    pub state: TaskState,
    /// True once it was told that its instant had passed.
    pub overdue: bool,
    /// Who wrote it.
    pub created_by: Option<Uuid>,
    /// When.
    pub created_at: Instant,
    /// Who did it, or withdrew it.
    pub ended_by: Option<Uuid>,
    /// When.
    pub ended_at: Option<Instant>,
    /// When it was last changed.
    pub updated_at: Instant,
}

/// What can happen to a task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum TaskEvent {
    /// It was hung on a ticket.
    Created {
        /// The ticket.
        ticket: Uuid,
        /// Its place among the ticket's tasks.
        place: i64,
        /// The checklist that it comes from.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        checklist: Option<Uuid>,
        /// What is to be done.
        said: Said,
    },
    /// Something else is to be done, by others or until another instant.
    Changed {
        /// What is to be done.
        said: Said,
    },
    /// It was done.
    Done,
    /// It was not done after all.
    Undone,
    /// It is not to be done any more.
    Withdrawn {
        /// Why.
        reason: ContentRef,
    },
    /// Its instant passed and it was not done.
    Overdue,
}

impl Task {
    /// Until when it is to be done.
    pub(crate) fn due_at(&self) -> Option<Instant> {
        self.said.as_ref().and_then(|said| said.due_at)
    }

    /// Done, or not done after all; nothing where that is so already.
    ///
    /// # Errors
    /// A refusal 409 when it was withdrawn.
    pub(crate) fn ticked(&self, tick: Tick) -> Result<Option<TaskEvent>, Refusal> {
        match (self.state, tick) {
            (TaskState::Withdrawn, _) => Err(Refusal::rule("task_withdrawn", "task-refusal-withdrawn")),
            (TaskState::Open, Tick::Done) => Ok(Some(TaskEvent::Done)),
            (TaskState::Done, Tick::Undone) => Ok(Some(TaskEvent::Undone)),
            (TaskState::Open, Tick::Undone) | (TaskState::Done, Tick::Done) => Ok(None),
        }
    }

    /// What is still to be done may be changed and withdrawn.
    ///
    /// # Errors
    /// A refusal 409 otherwise.
    pub(crate) fn must_be_open(&self) -> Result<(), Refusal> {
        match self.state {
            TaskState::Open => Ok(()),
            TaskState::Done => Err(Refusal::rule("task_done", "task-refusal-done")),
            TaskState::Withdrawn => Err(Refusal::rule("task_withdrawn", "task-refusal-withdrawn")),
        }
    }

    /// That its instant has passed, where that is so and was not told.
    pub(crate) fn late(&self, now: Instant) -> Option<TaskEvent> {
        let has_passed = self.due_at().is_some_and(|due| due <= now);
        let is_news = self.state == TaskState::Open && !self.overdue && has_passed;
        is_news.then_some(TaskEvent::Overdue)
    }

    fn end(&mut self, state: TaskState, at: Instant, author: &Author) {
        self.state = state;
        (self.ended_by, self.ended_at) = (author.person, Some(at));
    }
}

impl Aggregate for Task {
    const KIND: &'static str = "task";
    type Event = TaskEvent;

    fn name(event: &TaskEvent) -> &'static str {
        match event {
            TaskEvent::Created { .. } => "task.created",
            TaskEvent::Changed { .. } => "task.changed",
            TaskEvent::Done => "task.done",
            TaskEvent::Undone => "task.undone",
            TaskEvent::Withdrawn { .. } => "task.withdrawn",
            TaskEvent::Overdue => "task.overdue",
        }
    }

    fn apply(&mut self, event: &TaskEvent, at: Instant, author: &Author) {
        match event {
            TaskEvent::Created {
                ticket,
                place,
                checklist,
                said,
            } => {
                (self.ticket, self.place, self.checklist) = (*ticket, *place, *checklist);
                (self.created_by, self.created_at) = (author.person, at);
                self.said = Some(said.clone());
            }
            TaskEvent::Changed { said } => {
                // Another instant may pass once more.
                self.overdue &= self.due_at() == said.due_at;
                self.said = Some(said.clone());
            }
            TaskEvent::Done => self.end(TaskState::Done, at, author),
            TaskEvent::Withdrawn { .. } => self.end(TaskState::Withdrawn, at, author),
            TaskEvent::Undone => {
                self.state = TaskState::Open;
                (self.ended_by, self.ended_at) = (None, None);
            }
            TaskEvent::Overdue => self.overdue = true,
        }
        self.updated_at = self.updated_at.max(at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task(state: TaskState, due: Option<i64>, overdue: bool) -> Task {
        let said = Said {
            title: store::NewContent::new("x").reference(),
            details: None,
            group: None,
            operator: None,
            due_at: due.map(Instant::from_millis),
        };
        Task {
            state,
            overdue,
            said: Some(said),
            ..Task::default()
        }
    }

    #[test]
    fn what_is_so_already_makes_no_event_and_what_was_withdrawn_stays() {
        use TaskState::{Done, Open, Withdrawn};
        let cases = [
            (Open, Tick::Done, Ok(Some(TaskEvent::Done))),
            (Done, Tick::Done, Ok(None)),
            (Done, Tick::Undone, Ok(Some(TaskEvent::Undone))),
            (Open, Tick::Undone, Ok(None)),
            (Withdrawn, Tick::Done, Err("task_withdrawn")),
            (Withdrawn, Tick::Undone, Err("task_withdrawn")),
        ];
        for (state, tick, expected) in cases {
            let found = task(state, None, false).ticked(tick).map_err(|refusal| refusal.code);
            assert_eq!(found, expected, "{state:?} {tick:?}");
        }
    }

    #[test]
    fn an_instant_that_passed_is_told_once_and_only_of_what_is_open() {
        use TaskState::{Done, Open, Withdrawn};
        let cases = [
            (Open, Some(10), false, true),
            (Open, Some(11), false, false),
            (Open, Some(10), true, false),
            (Open, None, false, false),
            (Done, Some(10), false, false),
            (Withdrawn, Some(10), false, false),
        ];
        for (state, due, told, expected) in cases {
            let late = task(state, due, told).late(Instant::from_millis(10)).is_some();
            assert_eq!(late, expected, "{state:?} {due:?} {told}");
        }
    }

    #[test]
    fn another_instant_may_pass_once_more_and_the_same_one_not() {
        for (due, told) in [(Some(10), true), (Some(20), false), (None, false)] {
            let mut late = task(TaskState::Open, Some(10), true);
            let said = task(TaskState::Open, due, false).said.unwrap();
            late.apply(
                &TaskEvent::Changed { said },
                Instant::default(),
                &Author::system("test"),
            );
            assert_eq!(late.overdue, told, "{due:?}");
        }
    }
}

//! What is to be done, by whom and until when, as somebody writes it: read, measured, and its people known.

use super::Said;
use kernel::{Checks, Instant, Limit, Outcome, Uuid};
use people::{Group, Person, Role};
use store::{NewContent, Store};

pub(crate) const TITLE: Limit = Limit::line(200);
const DETAILS: Limit = Limit::text(4_000);
/// How far ahead a task may be due, in seconds: two years.
const FARTHEST: i64 = 2 * 366 * 86_400;

/// A task as somebody writes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TaskToDo {
    /// In one line.
    pub title: String,
    /// What else there is to know.
    pub details: String,
    /// The group that is to do it.
    pub group: Option<Uuid>,
    /// The person who is to do it.
    pub operator: Option<Uuid>,
    /// Until when.
    pub due_at: Option<Instant>,
}

/// The same, trimmed and measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Duty {
    pub(crate) title: String,
    pub(crate) details: Option<String>,
    pub(crate) group: Option<Uuid>,
    pub(crate) operator: Option<Uuid>,
    pub(crate) due_at: Option<Instant>,
}

impl TaskToDo {
    /// What is written here, where whoever is named may have it; an instant that is as it was may have passed.
    pub(crate) async fn checked(self, store: &Store, area: Uuid, was_due: Option<Instant>) -> Outcome<Duty> {
        let mut checks = Checks::new();
        let title = checks.required("title", Some(&self.title), TITLE);
        let details = checks.optional("details", Some(&self.details), DETAILS);
        let now = store.clock().now();
        let is_new = self.due_at.filter(|_| self.due_at != was_due);
        if is_new.is_some_and(|due| due <= now || due > now.plus_seconds(FARTHEST)) {
            checks.wrong("due_at", "task-field-due");
        }
        let group = group(store, &mut checks, self.group, area).await?;
        operator(store, &mut checks, self.operator, group, area).await?;
        checks.done()?;
        Ok(Duty {
            title,
            details,
            group: self.group,
            operator: self.operator,
            due_at: self.due_at,
        })
    }
}

impl Duty {
    /// What events hold of it, and the contents they refer to.
    pub(crate) fn said(&self) -> (Said, Vec<NewContent>) {
        let title = NewContent::new(&self.title);
        let details = self.details.as_ref().map(NewContent::new);
        let said = Said {
            title: title.reference(),
            details: details.as_ref().map(NewContent::reference),
            group: self.group,
            operator: self.operator,
            due_at: self.due_at,
        };
        (said, std::iter::once(title).chain(details).collect())
    }
}

/// True for a group in use that serves an area, alone or with all others.
pub(crate) fn serves(group: &Group, area: Option<Uuid>) -> bool {
    !group.closed && (group.area.is_none() || area.is_none() || group.area == area)
}

/// The group that is named, where it serves the area.
async fn group(store: &Store, checks: &mut Checks, id: Option<Uuid>, area: Uuid) -> Outcome<Option<Group>> {
    let Some(id) = id else { return Ok(None) };
    let all = store.all::<Group>().await?;
    let found = all
        .iter()
        .find(|group| group.id == id && serves(&group.state, Some(area)));
    if found.is_none() {
        checks.wrong("group", "field-not-found");
    }
    Ok(found.map(|group| group.state.clone()))
}

/// Whoever is to do it works in the area, and in the group where there is one.
async fn operator(
    store: &Store,
    checks: &mut Checks,
    id: Option<Uuid>,
    group: Option<Group>,
    area: Uuid,
) -> Outcome<()> {
    let Some(id) = id else { return Ok(()) };
    let person = store.read().state::<Person>(id).await?;
    let works_here = person.is_some_and(|person| works_in(&person.state, area));
    if !works_here {
        checks.wrong("operator", "task-field-not-of-the-desk");
    } else if group.is_some_and(|group| !group.members.contains(&id)) {
        checks.wrong("operator", "task-field-not-of-the-group");
    }
    Ok(())
}

fn works_in(person: &Person, area: Uuid) -> bool {
    let mut staff = person.roles.iter().filter(|grant| grant.role != Role::Requester);
    staff.any(|grant| grant.area.is_none_or(|one| one == area))
}

//! One's own tasks and those of one's groups, those due first first.

use super::assignees::Assignees;
use super::{MINE, staff_only};
use crate::task::{self, TaskView, Whose};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use kernel::{Instant, Outcome, Uuid};
use people::{Act, Actor, Visit};
use serde::Deserialize;
use store::{Card, Store};
use ui::{Choice, Frame};
use web::{App, Cursor, PageError, PageQuery, html};

/// Tasks on a page.
const SHOWN: i64 = 50;

#[derive(Template)]
#[template(path = "task/mine.html")]
struct Mine {
    frame: Frame,
    whose: Vec<Choice>,
    tasks: Vec<Line>,
    next: String,
}

/// A task in the list.
struct Line {
    id: String,
    title: String,
    number: String,
    /// The ticket's address and subject, for those who may see it.
    ticket: String,
    subject: String,
    ended: bool,
    who: String,
    due: Option<Instant>,
    late: bool,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct MineQuery {
    whose: String,
    cursor: Option<String>,
}

pub(super) async fn mine(
    State(app): State<App>,
    visit: Visit,
    PageQuery(query): PageQuery<MineQuery>,
) -> Result<Response, PageError> {
    let Visit { actor, frame } = visit;
    staff_only(&actor)?;
    let whose = if query.whose == "mine" { Whose::Mine } else { Whose::All };
    let cursor = query.cursor.as_deref().map(Cursor::decode).transpose()?;
    let cursor = cursor.map(|cursor| cursor.within(task::BY_DUE)).transpose()?;
    let after = cursor.map(|cursor| (cursor.key, cursor.ordinal));
    let found = task::desk(app.store.read(), &actor, whose, after, SHOWN).await?;
    let last = found.last().filter(|_| found.len() as i64 == SHOWN);
    let next = last.map(|last| format!("{}{}", address_on(whose), task::after(last).encode()));
    let title = frame.t("task-mine");
    Ok(html(&Mine {
        whose: choices(&frame, whose),
        tasks: lines(&app.store, &actor, &frame, found).await?,
        next: next.unwrap_or_default(),
        frame: frame.titled(title),
    }))
}

fn address(whose: Whose) -> &'static str {
    match whose {
        Whose::All => MINE,
        Whose::Mine => "/tasks?whose=mine",
    }
}

/// The address of a page further on, up to the cursor.
fn address_on(whose: Whose) -> &'static str {
    match whose {
        Whose::All => "/tasks?cursor=",
        Whose::Mine => "/tasks?whose=mine&cursor=",
    }
}

fn choices(frame: &Frame, whose: Whose) -> Vec<Choice> {
    let each = [(Whose::All, "task-whose-all"), (Whose::Mine, "task-whose-mine")];
    let choice = |(one, label)| Choice::new(address(one), frame.t(label), address(whose));
    each.into_iter().map(choice).collect()
}

async fn lines(store: &Store, actor: &Actor, frame: &Frame, found: Vec<TaskView>) -> Outcome<Vec<Line>> {
    let tickets: Vec<Uuid> = found.iter().map(|task| task.ticket).collect();
    let cards = store.read().cards(&tickets).await?;
    let who = Assignees::of(store, &found).await?;
    let line = |task: TaskView| {
        let card = cards.iter().find(|card| card.id == task.ticket);
        let seen = card.filter(|card| actor.may(Act::ViewInternal, card));
        Line {
            id: task.id.to_string(),
            ticket: seen.map(|card| format!("/tickets/{}", card.number)).unwrap_or_default(),
            subject: seen.map(|card: &Card| card.subject.clone()).unwrap_or_default(),
            ended: card.is_some_and(|card| !card.open),
            who: who.who(&task),
            due: task.due_at,
            late: task.is_late(frame.now),
            title: task.title,
            number: task.number,
        }
    };
    Ok(found.into_iter().map(line).collect())
}

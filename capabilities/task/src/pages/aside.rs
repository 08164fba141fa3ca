//! The card of tasks beside a ticket: what is to be done, a box for each, and forms for more.

use super::assignees::{self, Assignees};
use crate::checklist::checklists;
use crate::task::{self, Standing, TaskView, standing};
use askama::Template;
use kernel::{Instant, Outcome};
use people::Act;
use record::{Aside, Beside};
use ui::{Choice, Frame};
use web::App;

/// Where the card is on the page.
const ANCHOR: &str = "tasks";

#[derive(Template)]
#[template(path = "task/aside.html")]
struct AsideCard {
    frame: Frame,
    number: String,
    query: String,
    count: String,
    tone: &'static str,
    open: Vec<Line>,
    done: Vec<Line>,
    done_words: String,
    may_add: bool,
    operators: Vec<Choice>,
    checklists: Vec<Choice>,
}

/// A task in the card.
struct Line {
    id: String,
    title: String,
    who: String,
    due: Option<Instant>,
    late: bool,
    ended_by: String,
    ended_at: Option<Instant>,
    may_tick: bool,
}

/// The card, for whoever reads the ticket's inside; nothing where there is nothing to do and nothing may be added.
pub(crate) async fn aside(app: App, beside: Beside) -> Outcome<Option<Aside>> {
    let Beside {
        actor,
        card,
        frame,
        query,
    } = beside;
    let may_add = card.open && actor.may(Act::Handle, &card);
    if !actor.may(Act::ViewInternal, &card) {
        return Ok(None);
    }
    let tasks = task::of_ticket(app.store.read(), card.id).await?;
    if tasks.is_empty() && !may_add {
        return Ok(None);
    }
    let who = Assignees::of(&app.store, &tasks).await?;
    let may_tick = |task: &TaskView| {
        standing(&actor, &card, task.group, task.operator).is_ok_and(|standing| standing >= Standing::Does)
    };
    let lines = |state| {
        let some = tasks.iter().filter(move |task| task.state == state);
        some.map(|task| line(task, &who, frame.now, may_tick(task)))
            .collect::<Vec<_>>()
    };
    let (open, done) = (lines(task::TaskState::Open), lines(task::TaskState::Done));
    let count = match open.len() {
        0 => String::new(),
        n => frame.tn("task-open-count", n as i64),
    };
    let tone = if open.iter().any(|line| line.late) {
        "danger"
    } else {
        "info"
    };
    let all = checklists(&app.store, &actor).await?;
    let offered = all.iter().filter(|list| may_add && list.fits(&card));
    let page = AsideCard {
        number: card.number.clone(),
        query,
        count: count.clone(),
        tone,
        done_words: frame.tn("task-done-count", done.len() as i64),
        open,
        done,
        may_add,
        operators: match may_add {
            true => assignees::operators(&app.store, card.area, actor.person, &actor.person.to_string()).await?,
            false => Vec::new(),
        },
        checklists: offered
            .map(|list| Choice::new(list.id.to_string(), &list.name, ""))
            .collect(),
        frame,
    };
    Ok(Some(Aside {
        html: page.render().map_err(anyhow::Error::from)?,
        words: count,
        tone,
        anchor: ANCHOR,
    }))
}

fn line(task: &TaskView, who: &Assignees, now: Instant, may_tick: bool) -> Line {
    Line {
        id: task.id.to_string(),
        title: task.title.clone(),
        who: who.who(task),
        due: task.due_at,
        late: task.is_late(now),
        ended_by: who.name(task.ended_by),
        ended_at: task.ended_at,
        may_tick,
    }
}

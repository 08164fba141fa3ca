//! Planning clocks anew on the pages: what would move, and how far it has come.

use kernel::{Instant, Outcome};
use ticket::Preview;
use ui::{Errors, Frame};
use web::App;

/// What a page shows beside the form of an agreement or a calendar.
#[derive(Default)]
pub struct Shown {
    pub would: Option<Would>,
    pub errors: Errors,
}

/// What would move, in words.
pub struct Would {
    pub lines: Vec<String>,
    pub examples: Vec<Example>,
}

/// A clock that would move.
pub struct Example {
    pub href: String,
    pub number: String,
    pub metric: String,
    pub before: Option<Instant>,
    pub after: Option<Instant>,
}

impl Would {
    /// As it is told.
    pub fn of(frame: &Frame, preview: &Preview) -> Self {
        let counted = [
            ("admin-would-tickets", preview.tickets),
            ("admin-would-earlier", preview.earlier),
            ("admin-would-later", preview.later),
            ("admin-would-started", preview.started),
            ("admin-would-dropped", preview.dropped),
            ("admin-would-late", preview.late),
        ];
        let counted = counted
            .into_iter()
            .filter(|(key, n)| *n > 0 || *key == "admin-would-tickets");
        let mut lines: Vec<String> = counted.map(|(key, n)| frame.tn(key, n)).collect();
        if preview.looked_at < preview.open {
            let of = frame.language.count(preview.open.unsigned_abs());
            lines.push(frame.t1("admin-would-part", "of", of));
        }
        let example = |moved: &ticket::Moved| Example {
            href: format!("/tickets/{}/times", moved.number),
            number: moved.number.clone(),
            metric: frame.t(&format!("ticket-page-metric-{}", moved.metric.replace('_', "-"))),
            before: moved.before,
            after: moved.after,
        };
        Self {
            lines,
            examples: preview.examples.iter().map(example).collect(),
        }
    }
}

/// How far planning anew has come, for the part of a page that looks again while it goes on.
pub struct Progress {
    pub address: &'static str,
    pub running: bool,
    pub lines: Vec<Line>,
}

/// One of them.
pub struct Line {
    pub name: String,
    pub text: String,
    pub asked_at: Instant,
    pub share: i64,
    pub running: bool,
}

impl Progress {
    /// What was asked for lately.
    pub async fn of(app: &App, frame: &Frame, address: &'static str) -> Outcome<Self> {
        let all = ticket::replannings(&app.store).await?;
        let line = |one: &ticket::Replanning| Line {
            name: one.name.clone(),
            text: frame.tn("admin-replanned", one.moved),
            asked_at: one.asked_at,
            share: (one.done * 100).checked_div(one.total).unwrap_or(100).min(100),
            running: one.ended_at.is_none(),
        };
        let lines: Vec<Line> = all.iter().map(line).collect();
        Ok(Self {
            address,
            running: lines.iter().any(|line| line.running),
            lines,
        })
    }
}

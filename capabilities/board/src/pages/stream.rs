//! The line: the moving part again whenever something changed, and every fifteen seconds because time goes on.
//!
//! A change makes a look due after two seconds, so that many are told together; the look itself is shared by all who show
//! the same board.

use super::BoardAsked;
use super::view::part;
use crate::choice::{Choosable, Chosen};
use crate::find::{KEPT, board};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use i18n::Language;
use kernel::Outcome;
use live::{Beat, Joined};
use people::Visit;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Instant, sleep_until};
use web::{App, PageError, PageQuery};

/// How often the board is looked at when nothing is heard.
const LOOK: Duration = Duration::from_secs(15);

struct Line {
    app: App,
    headers: HeaderMap,
    language: Language,
    chosen: Chosen,
    wall: bool,
    joined: Joined,
    look_at: Instant,
    over: bool,
}

pub(super) async fn stream(
    State(app): State<App>,
    visit: Visit,
    PageQuery(asked): PageQuery<BoardAsked>,
    headers: HeaderMap,
) -> Result<Response, PageError> {
    let chosen = asked.chosen()?;
    Choosable::of(&app.store, &visit.actor).await?.check(chosen)?;
    let line = Line {
        chosen,
        joined: app.live.join(),
        app,
        headers,
        language: web::language(),
        wall: asked.wall == "1",
        look_at: Instant::now(),
        over: false,
    };
    let events = stream::unfold(line, |mut line| async move {
        let event = line.next().await?;
        Some((Ok::<_, Infallible>(event), line))
    });
    Ok(Sse::new(events).into_response())
}

impl Line {
    /// The next message; nothing when the node stops, or after whoever asks may see the board no more.
    async fn next(&mut self) -> Option<Event> {
        while !self.over {
            tokio::select! {
                beat = self.joined.beats.recv() => self.hear(beat),
                () = sleep_until(self.look_at) => match self.look().await {
                    Ok(event) => return Some(event),
                    Err(cause) => {
                        tracing::debug!(%cause, "a board's line was ended");
                        return None;
                    }
                },
                () = self.app.live.closed() => self.over = true,
            }
        }
        None
    }

    fn hear(&mut self, beat: Result<Arc<Beat>, RecvError>) {
        match beat {
            Ok(beat) if beat.changed.is_empty() && !beat.flood && !beat.rights => {}
            Ok(_) | Err(RecvError::Lagged(_)) => self.look_at = self.look_at.min(Instant::now() + KEPT),
            Err(RecvError::Closed) => self.over = true,
        }
    }

    /// The board as it is now. Whoever is not signed in any more is told so, and does not come back.
    async fn look(&mut self) -> Outcome<Event> {
        self.look_at = Instant::now() + LOOK;
        let Some(actor) = people::still_signed_in(&self.app, &self.headers).await? else {
            self.over = true;
            return Ok(Event::default().event("over").data("{}"));
        };
        let (board, _) = board(&self.app.store, &actor, self.chosen).await?;
        Ok(Event::default()
            .event("board")
            .data(part(self.language, board, self.wall)?))
    }
}

//! One browser at the stream: what of each beat concerns it, and may be seen by it.

use super::counts::Counts;
use super::lines;
use super::topics::{Topics, WatchedList};
use axum::http::HeaderMap;
use axum::response::sse::Event;
use futures_util::future::BoxFuture;
use i18n::Language;
use kernel::Outcome;
use live::{Beat, Changed, Doing, Joined, Seen};
use people::{Act, Actor};
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;
use store::Stake;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Instant, sleep_until};
use web::App;

/// How often the line shows that it is alive.
const ALIVE: Duration = Duration::from_secs(15);
/// Changes that somebody who comes back is told one by one; after more than these the page looks again for itself.
const CAUGHT_UP: i64 = 1000;
/// What takes a ticket out of somebody's sight without their being able to see where it went.
const MOVES: [&str; 8] = [
    "ticket.assigned",
    "ticket.given",
    "ticket.given_back",
    "ticket.rerouted",
    "ticket.assignment_created",
    "ticket.assignment_returned",
    "ticket.assignment_withdrawn",
    "ticket.assignment_technically_closed",
];

/// A browser at the stream.
pub(super) struct Reader {
    app: App,
    actor: Arc<Actor>,
    headers: HeaderMap,
    topics: Topics,
    language: Language,
    joined: Joined,
    upto: i64,
    begun: bool,
    over: bool,
    alive_at: Instant,
    counts: Counts,
    waiting: VecDeque<Event>,
}

impl Reader {
    pub(super) fn begin(app: App, actor: Arc<Actor>, headers: HeaderMap, topics: Topics, language: Language) -> Self {
        let joined = app.live.join();
        Self {
            upto: topics.since.unwrap_or(joined.upto),
            app,
            actor,
            headers,
            topics,
            language,
            joined,
            begun: false,
            over: false,
            alive_at: Instant::now() + ALIVE,
            counts: Counts::default(),
            waiting: VecDeque::new(),
        }
    }

    /// The next message; nothing when the node stops or the session is over.
    pub(super) fn next(&mut self) -> BoxFuture<'_, Option<Event>> {
        Box::pin(self.next_one())
    }

    async fn next_one(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.waiting.pop_front() {
                return Some(event);
            }
            if self.over {
                return None;
            }
            if let Err(cause) = self.listen().await {
                tracing::debug!(%cause, "a stream was ended; the browser comes back");
                return None;
            }
        }
    }

    async fn listen(&mut self) -> Outcome<()> {
        if !self.begun {
            self.count_soon();
            return self.catch_up().await;
        }
        let count_at = self.counts.due();
        tokio::select! {
            beat = self.joined.beats.recv() => match beat {
                Ok(beat) => self.hear(&beat).await?,
                Err(RecvError::Lagged(_)) => self.look_again(),
                Err(RecvError::Closed) => self.over = true,
            },
            () = sleep_until(self.alive_at) => {
                self.check_session().await?;
                self.push("alive", "{}".to_owned());
            }
            () = sleep_until(count_at.unwrap_or(self.alive_at)), if count_at.is_some() => self.count().await?,
            () = self.app.live.closed() => self.over = true,
        }
        Ok(())
    }

    /// Whoever looks at a queue is told how many stand in its views, in a while.
    fn count_soon(&mut self) {
        if self.actor.is_staff() && !self.topics.lists.is_empty() {
            let (upto, share) = (self.upto, self.share());
            self.counts.soon(upto, self.app.live.readers(), share);
        }
    }

    /// What keeps those apart who came in the same moment.
    fn share(&self) -> u32 {
        u32::try_from(self.actor.person.as_u128() % 1000).unwrap_or_default()
    }

    async fn count(&mut self) -> Outcome<()> {
        let (app, topics, share) = (&self.app, &self.topics, self.share());
        let counted = self.counts.count(app, &self.actor, topics, self.language, share);
        if let Some(text) = counted.await? {
            self.push("counts", text);
        }
        Ok(())
    }

    /// What happened between the page (or the broken line) and now.
    async fn catch_up(&mut self) -> Outcome<()> {
        self.begun = true;
        self.forget_unseen().await?;
        let (since, upto) = (self.upto, self.joined.upto);
        let seen = std::mem::take(&mut self.joined.seen);
        let mut changes = Vec::new();
        if since < upto {
            changes = self.app.store.changes_after(since, CAUGHT_UP).await?;
        }
        if changes.len() as i64 == CAUGHT_UP {
            self.upto = upto;
            self.look_again();
            changes.clear();
        }
        let upto = changes.last().map_or(upto, |last| last.seq.max(upto));
        let beat = self.app.live.beat_of(&self.app.store, upto, changes, seen).await?;
        self.upto = upto;
        // The browser learns at once that the line stands, and from where it goes on.
        self.push("alive", "{}".to_owned());
        self.tell(&beat).await
    }

    /// Only tickets that may be seen now are watched; one that goes out of sight later is still told, so that the page can
    /// say so.
    async fn forget_unseen(&mut self) -> Outcome<()> {
        let cards = self.app.store.read().cards_numbered(&self.topics.tickets).await?;
        let seen = cards.into_iter().filter(|card| self.actor.may(Act::View, card));
        self.topics.tickets = seen.map(|card| card.number).collect();
        Ok(())
    }

    async fn hear(&mut self, beat: &Beat) -> Outcome<()> {
        if beat.rights {
            self.check_session().await?;
            if self.over {
                return Ok(());
            }
        }
        self.upto = self.upto.max(beat.upto);
        if beat.flood || beat.rights || !beat.changed.is_empty() {
            self.count_soon();
        }
        if beat.flood {
            self.look_again();
        }
        self.tell(beat).await
    }

    async fn tell(&mut self, beat: &Beat) -> Outcome<()> {
        for place in 0..self.topics.lists.len() {
            if let Some(text) = self.rows(beat, &self.topics.lists[place]).await? {
                self.push("rows", text);
            }
        }
        if let Some(text) = self.tickets(beat) {
            self.push("tickets", text);
        }
        if let Some(text) = self.watchers(&beat.seen) {
            self.push("watchers", text);
        }
        Ok(())
    }

    /// `{"list", "rows": [[mine, {"number", "html"}]], "gone": […], "again"}` for a list, if anything in it changed.
    async fn rows(&self, beat: &Beat, list: &WatchedList) -> Outcome<Option<String>> {
        if beat.changed.is_empty() || !self.actor.is_staff() {
            return Ok(None);
        }
        let (mut fitting, mut gone, mut again) = (Vec::new(), Vec::new(), false);
        for (place, changed) in beat.changed.iter().enumerate() {
            if !self.actor.may(Act::View, &changed.card) {
                if changed.events.iter().any(|event| MOVES.contains(&event.as_str())) {
                    gone.push(changed.card.id.to_string());
                }
            } else if list.by_words || in_several_hands(changed) {
                again = true;
            } else if list.filter.matches(&changed.card) {
                fitting.push(place);
            } else {
                gone.push(changed.card.id.to_string());
            }
        }
        if fitting.is_empty() && gone.is_empty() && !again {
            return Ok(None);
        }
        let mut text = format!("{{\"list\":{},\"rows\":[", serde_json::to_string(&list.query)?);
        if !fitting.is_empty() {
            let lines = lines::rows(&self.app.store, beat, self.language, list).await?;
            for (comma, place) in fitting.into_iter().enumerate() {
                let mine = beat.changed[place].by == Some(self.actor.person);
                let comma = if comma == 0 { "" } else { "," };
                let line = lines.get(place).map_or("{}", String::as_str);
                let _ = write!(text, "{comma}[{mine},{line}]");
            }
        }
        let _ = write!(text, "],\"gone\":{},\"again\":{again}}}", serde_json::to_string(&gone)?);
        Ok(Some(text))
    }

    /// Tickets on screen that changed, also those that are out of sight now: the page asks and is told.
    fn tickets(&self, beat: &Beat) -> Option<String> {
        let watched = beat
            .changed
            .iter()
            .filter(|changed| self.topics.tickets.contains(&changed.card.number));
        let changed: Vec<Value> = watched
            .map(|changed| json!([changed.by == Some(self.actor.person), changed.card.number]))
            .collect();
        (!changed.is_empty()).then(|| Value::from(changed).to_string())
    }

    /// Who is at tickets that the reader may see, without the reader.
    fn watchers(&self, seen: &[Seen]) -> Option<String> {
        if !self.actor.is_staff() {
            return None;
        }
        let visible = seen.iter().filter(|seen| self.actor.may(Act::ViewInternal, &seen.card));
        let told: Vec<Value> = visible.map(|seen| self.watchers_of(seen)).collect();
        (!told.is_empty()).then(|| Value::from(told).to_string())
    }

    fn watchers_of(&self, seen: &Seen) -> Value {
        let others = seen
            .watchers
            .iter()
            .filter(|watcher| watcher.person != self.actor.person && watcher.doing != Doing::Gone);
        let others: Vec<Value> = others
            .map(|watcher| {
                json!({
                    "name": watcher.name,
                    "initials": ui::initials(&watcher.name),
                    "palette": ui::palette(&watcher.name),
                    "doing": watcher.doing,
                })
            })
            .collect();
        json!({ "number": seen.card.number, "who": others })
    }

    /// Whoever is no longer signed in, or may something else now, is told.
    async fn check_session(&mut self) -> Outcome<()> {
        match people::still_signed_in(&self.app, &self.headers).await? {
            None => {
                self.push("over", "{}".to_owned());
                self.over = true;
            }
            Some(actor) => {
                if actor.is_staff() {
                    workspace::seen(&self.app.store, actor.person);
                }
                let changed = actor.roles != self.actor.roles || actor.groups != self.actor.groups;
                self.actor = actor;
                if changed {
                    self.look_again();
                }
            }
        }
        Ok(())
    }

    fn look_again(&mut self) {
        self.count_soon();
        self.push("again", "{}".to_owned());
    }

    fn push(&mut self, name: &str, text: String) {
        self.alive_at = Instant::now() + ALIVE;
        let event = Event::default().id(self.upto.to_string()).event(name).data(text);
        self.waiting.push_back(event);
    }
}

/// Such a ticket stands in each queue with that queue's own group and operator: the list itself knows best.
fn in_several_hands(changed: &Changed) -> bool {
    changed.card.hands.iter().any(|hand| hand.stake == Stake::Part)
}

//! The journal as a feed, for integrations: whoever goes on from the last event misses nothing.

use axum::Json;
use axum::extract::State;
use kernel::{Checks, Instant, Uuid};
use people::{Act, Signed};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::StoredEvent;
use utoipa::{IntoParams, ToSchema};
use web::{ApiError, ApiQuery, App, Page, Problem};

/// Where the feed goes on.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub(super) struct EventsQuery {
    /// Only events after this sequence.
    #[param(minimum = 0)]
    after: Option<i64>,
    /// How many at the most, 1–1000 (200).
    #[param(minimum = 1, maximum = 1000)]
    limit: Option<i64>,
}

/// An event of the journal. Texts stand apart: the event holds their reference and digest.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct JournalEvent {
    /// Place in the journal; rises with recording.
    seq: i64,
    /// The record it belongs to.
    record: Uuid,
    /// Place in the record's chain.
    position: i64,
    /// What happened.
    #[serde(rename = "type")]
    kind: String,
    /// When it happened.
    #[schema(value_type = String, format = DateTime)]
    occurred_at: Instant,
    /// When it was recorded.
    #[schema(value_type = String, format = DateTime)]
    recorded_at: Instant,
    /// Who did it.
    actor: Option<Uuid>,
    /// Through which door.
    via: String,
    /// The facts.
    #[schema(value_type = Object)]
    data: Value,
    /// The hash that chains it, in hexadecimal.
    hash: String,
}

/// The journal after a sequence, in order.
#[utoipa::path(
    get, path = "/events", tag = "journal", params(EventsQuery),
    responses(
        (status = 200, description = "Events; `next` is the sequence to go on after", body = Page<JournalEvent>),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not allowed", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields to correct", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn events(
    State(app): State<App>,
    Signed(actor): Signed,
    ApiQuery(query): ApiQuery<EventsQuery>,
) -> Result<Json<Page<JournalEvent>>, ApiError> {
    actor.allow_any(Act::ReadJournal)?;
    let mut checks = Checks::new();
    let after = checks.within("after", query.after, 0, i64::MAX).unwrap_or(0);
    let limit = checks.within("limit", query.limit, 1, 1000).unwrap_or(200);
    checks.done()?;
    let events = app.store.events_after(after, limit).await?;
    let next = events.last().map(|event| event.seq.to_string());
    let items = events.into_iter().map(journal_event).collect::<Result<_, _>>()?;
    Ok(Json(Page { items, next }))
}

fn journal_event(event: StoredEvent) -> Result<JournalEvent, serde_json::Error> {
    Ok(JournalEvent {
        seq: event.seq,
        record: event.record,
        position: event.position,
        kind: event.name,
        occurred_at: event.occurred_at,
        recorded_at: event.recorded_at,
        actor: event.author.person,
        via: event.author.via,
        data: serde_json::from_str(&event.payload)?,
        hash: event.hash.iter().map(|byte| format!("{byte:02x}")).collect(),
    })
}

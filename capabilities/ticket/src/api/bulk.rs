//! One act on many tickets: what it would do to each, asked for, what became of it, taken back. The same commands as the page's.

use super::bodies::{ClosureBody, NothingBody, OwnerBody, ReasonBody};
use super::doing::idempotency;
use crate::commands::{self, Bulk, BulkAct, BulkOrder, BulkState, MOST_IN_BULK};
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use kernel::{FieldError, Instant, Outcome, Refusal, Uuid};
use people::{Act, Actor, Signed};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::Arc;
use store::{Card, Store};
use utoipa::ToSchema;
use web::{ApiBody, ApiError, ApiPath, App, ChangeRefused, IdempotencyKey, Problem, ReadRefused};

/// One act, and the tickets it is for.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct BulkBody {
    /// Tickets by identity or number, 1–200; one that is named twice counts once.
    #[schema(min_items = 1, max_items = 200)]
    tickets: Vec<String>,
    /// What is done to each of them.
    act: BulkActBody,
}

/// The act by the name of its own resource, with what that resource is sent.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum BulkActBody {
    /// Take in charge.
    Take(NothingBody),
    /// Give to a group of the desk, a person, or both.
    Owner(OwnerBody),
    /// Close.
    Closure(ClosureBody),
    /// Cancel.
    Cancellation(ReasonBody),
    /// Use a macro.
    Macro(MacroToUse),
}

/// A macro that is used.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MacroToUse {
    /// Which, by identity.
    id: Uuid,
}

/// The act that is meant; of a macro its present edition.
async fn meant(app: &App, actor: &Arc<Actor>, body: BulkActBody) -> Outcome<BulkAct> {
    Ok(match body {
        BulkActBody::Take(NothingBody {}) => BulkAct::Take,
        BulkActBody::Owner(OwnerBody { group, operator }) => BulkAct::Assign { group, operator },
        BulkActBody::Closure(ClosureBody { reason, note }) => BulkAct::Close { reason, note },
        BulkActBody::Cancellation(ReasonBody { reason }) => BulkAct::Cancel { reason },
        BulkActBody::Macro(MacroToUse { id }) => {
            let offers = commands::prepared_offers(app, actor).await?;
            let found = offers.into_iter().find(|one| one.id == id);
            BulkAct::Prepared(found.ok_or_else(|| Refusal::field("act", "field-not-found"))?)
        }
    })
}

/// What the act would do to a ticket.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct Foreseen {
    /// Identity.
    id: Uuid,
    /// Number.
    number: String,
    /// Why it would not be done; nothing where it would.
    refusal: Option<Problem>,
}

/// What the act would do, without anything being done.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct BulkPreview {
    /// How many tickets would take it.
    able: usize,
    /// Each of them.
    tickets: Vec<Foreseen>,
}

/// What became of a ticket.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct Answered {
    /// Identity.
    id: Uuid,
    /// Number; nothing where the caller may no longer see it.
    number: Option<String>,
    /// True when it was done, false when it was not, nothing while its turn has not come.
    done: Option<bool>,
    /// Why it was not done, in the language of the request that asked for it.
    reason: Option<String>,
}

/// A bulk act that was asked for.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct BulkView {
    /// Identity.
    id: Uuid,
    /// Where it stands.
    state: BulkState,
    /// When it begins; until then it can be taken back.
    #[schema(value_type = String, format = DateTime)]
    begins_at: Instant,
    /// What became of each ticket.
    tickets: Vec<Answered>,
}

/// Says what one act would do to each of many tickets. Nothing is done.
#[utoipa::path(
    post, path = "/bulk-acts/preview", tag = "acts", request_body = BulkBody,
    responses((status = 200, description = "What it would do", body = BulkPreview), ChangeRefused)
)]
pub(super) async fn preview(
    State(app): State<App>,
    Signed(actor): Signed,
    ApiBody { value: body, .. }: ApiBody<BulkBody>,
) -> Result<Json<BulkPreview>, ApiError> {
    let cards = named(&app.store, &actor, &body.tickets).await?;
    let act = meant(&app, &actor, body.act).await?;
    let tickets: Vec<Uuid> = cards.iter().map(|card| card.id).collect();
    let answers = commands::rehearse(&app, &actor, &tickets, &act).await?;
    let language = web::language();
    let tickets = cards.into_iter().zip(answers).map(|(card, refusal)| Foreseen {
        id: card.id,
        number: card.number,
        refusal: refusal.map(|refusal| Problem::of(&refusal.into(), language)),
    });
    let tickets: Vec<Foreseen> = tickets.collect();
    let able = tickets.iter().filter(|ticket| ticket.refusal.is_none()).count();
    Ok(Json(BulkPreview { able, tickets }))
}

/// Asks for one act on many tickets. It begins after ten seconds, in which it can be taken back, and goes ticket by ticket: what
/// one refuses stops no other.
#[utoipa::path(
    post, path = "/bulk-acts", tag = "acts", request_body = BulkBody, params(IdempotencyKey),
    responses((status = 202, description = "Asked for", body = BulkView), ChangeRefused)
)]
pub(super) async fn begin(
    State(app): State<App>,
    Signed(actor): Signed,
    headers: HeaderMap,
    ApiBody { value: body, raw }: ApiBody<BulkBody>,
) -> Result<Response, ApiError> {
    let once = idempotency(&actor, &headers, "bulk", &raw)?;
    let cards = named(&app.store, &actor, &body.tickets).await?;
    let order = BulkOrder {
        tickets: cards.iter().map(|card| card.id).collect(),
        act: meant(&app, &actor, body.act).await?,
        language: web::language(),
        once,
    };
    let id = commands::plan(&app.store, &actor, order).await?;
    let bulk = commands::bulk_of(&app.store, &actor, id).await?;
    let view = view(&app.store, &actor, bulk).await?;
    Ok((StatusCode::ACCEPTED, Json(view)).into_response())
}

/// Tells where one's own bulk act stands, and what became of each ticket.
#[utoipa::path(
    get, path = "/bulk-acts/{bulk}", tag = "acts", params(("bulk" = Uuid, Path, description = "Identity")),
    responses((status = 200, description = "As it stands", body = BulkView), ReadRefused)
)]
pub(super) async fn told(
    State(app): State<App>,
    Signed(actor): Signed,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<Json<BulkView>, ApiError> {
    let bulk = commands::bulk_of(&app.store, &actor, id).await?;
    Ok(Json(view(&app.store, &actor, bulk).await?))
}

/// Takes one's own bulk act back, as long as it has not begun.
#[utoipa::path(
    post, path = "/bulk-acts/{bulk}/withdrawal", tag = "acts", params(("bulk" = Uuid, Path, description = "Identity")),
    responses((status = 200, description = "Taken back: nothing happened", body = BulkView), ChangeRefused)
)]
pub(super) async fn withdraw(
    State(app): State<App>,
    Signed(actor): Signed,
    ApiPath(id): ApiPath<Uuid>,
    _: ApiBody<NothingBody>,
) -> Result<Json<BulkView>, ApiError> {
    commands::undo(&app.store, &actor, id).await?;
    let bulk = commands::bulk_of(&app.store, &actor, id).await?;
    Ok(Json(view(&app.store, &actor, bulk).await?))
}

/// The tickets that are named, in that order, each once.
async fn named(store: &Store, actor: &Actor, names: &[String]) -> Outcome<Vec<Card>> {
    if !actor.is_staff() {
        return Err(Refusal::forbidden().into());
    }
    // One more than are taken is enough to say that there are too many.
    let names = &names[..names.len().min(MOST_IN_BULK + 1)];
    let ids: Vec<Uuid> = names.iter().filter_map(|name| name.parse().ok()).collect();
    let numbers: Vec<String> = names.iter().filter_map(|name| record::number_of(name)).collect();
    let mut cards = store.read().cards(&ids).await?;
    cards.extend(store.read().cards_numbered(&numbers).await?);
    // What one may not see does not exist, here either.
    cards.retain(|card| actor.may(Act::ViewInternal, card));
    let found = |name: &String| {
        let (id, number) = (name.parse::<Uuid>().ok(), record::number_of(name));
        let meant = |card: &&Card| Some(card.id) == id || number.as_ref() == Some(&card.number);
        cards.iter().find(meant).cloned()
    };
    let (mut tickets, mut refusal): (Vec<Card>, Refusal) = (Vec::new(), Refusal::not_found());
    for (place, name) in names.iter().enumerate() {
        match found(name) {
            Some(card) if tickets.iter().any(|ticket| ticket.id == card.id) => {}
            Some(card) => tickets.push(card),
            None => refusal.fields.push(missing(place)),
        }
    }
    if refusal.fields.is_empty() {
        Ok(tickets)
    } else {
        Err(refusal.into())
    }
}

fn missing(place: usize) -> FieldError {
    FieldError {
        field: format!("tickets.{place}").into(),
        key: "field-not-found",
        args: Vec::new(),
    }
}

async fn view(store: &Store, actor: &Actor, bulk: Bulk) -> Outcome<BulkView> {
    let cards = store.read().cards(&bulk.tickets).await?;
    let seen = cards.iter().filter(|card| actor.may(Act::View, card));
    let numbers: HashMap<Uuid, &String> = seen.map(|card| (card.id, &card.number)).collect();
    let tickets = bulk.tickets.iter().enumerate().map(|(place, id)| {
        let number = numbers.get(id).map(|number| (*number).clone());
        let answer = bulk.answers.get(place);
        Answered {
            id: *id,
            done: answer.map(Option::is_none),
            // Words about a ticket out of sight are out of sight too.
            reason: answer.cloned().flatten().filter(|_| number.is_some()),
            number,
        }
    });
    Ok(BulkView {
        id: bulk.id,
        state: bulk.state,
        begins_at: bulk.run_at,
        tickets: tickets.collect(),
    })
}

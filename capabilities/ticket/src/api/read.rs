//! Reading tickets by the API.

use crate::domain::{Channel, Phase, State as TicketState, TicketKind};
use crate::queries::{self, Entry, LedgerSpan, Routed, TicketView};
use crate::search::{self, Asker, Unclear, Wish};
use axum::Json;
use axum::extract::State;
use axum::http::header::{ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use catalogue::Category;
use configuration::Area;
use kernel::{Checks, Instant, Limit, Outcome, Refusal, Uuid};
use people::{Act, Actor, Address, Group, Signed};
use record::{Filter, Listing, Sort};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use store::{Aggregate, Card, Loaded, Store};
use utoipa::{IntoParams, ToSchema};
use web::{ApiError, ApiPath, ApiQuery, App, Cursor, Page, Problem, ReadNote, ReadRefused, etag};

use crate::queries::Party;

/// What a list is asked for.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub(super) struct ListQuery {
    /// Words, "phrases", a number, conditions like `state:waiting` or `-group:systems`.
    q: Option<String>,
    /// States, separated by commas.
    state: Option<String>,
    /// Phases, separated by commas.
    phase: Option<String>,
    /// Group by identity or name.
    group: Option<String>,
    /// Who works on it; `me` for the caller.
    assignee: Option<String>,
    /// Priority 1–5.
    #[param(minimum = 1, maximum = 5)]
    priority: Option<i64>,
    /// Who asked, by identity; `me` for the caller.
    requester: Option<String>,
    /// Area by identity, code or name.
    area: Option<String>,
    /// Category by identity or name.
    category: Option<String>,
    /// Kind.
    kind: Option<String>,
    /// Channel.
    channel: Option<String>,
    /// True for open ones, false for ended ones.
    open: Option<bool>,
    /// Only what was updated at or after this instant (RFC 3339); sorts by update.
    updated_since: Option<String>,
    /// How many at the most, 1–200 (50).
    #[param(minimum = 1, maximum = 200)]
    limit: Option<i64>,
    /// Where to go on.
    cursor: Option<String>,
}

/// A ticket in a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct TicketRow {
    /// Identity.
    id: Uuid,
    /// Number.
    number: String,
    /// Subject.
    subject: String,
    /// Where it waits.
    state: String,
    /// The phase people see.
    phase: String,
    /// What it turned out to be.
    kind: String,
    /// Priority 1–5.
    priority: i64,
    /// Channel of arrival.
    channel: String,
    /// Area.
    area: Party,
    /// In whose hands: group.
    group: Option<Party>,
    /// In whose hands: person.
    operator: Option<Party>,
    /// Who asked.
    requester: Option<Party>,
    /// Category.
    category: Option<Party>,
    /// When it was opened.
    #[schema(value_type = String, format = DateTime)]
    opened_at: Instant,
    /// When something last happened.
    #[schema(value_type = String, format = DateTime)]
    updated_at: Instant,
}

/// Tickets the caller may see, newest first; with `q` the best first.
#[utoipa::path(
    get, path = "/tickets", tag = "tickets", params(ListQuery),
    responses(
        (status = 200, description = "A page; it may be short and still have `next`", body = Page<TicketRow>),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields to correct", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn list_tickets(
    State(app): State<App>,
    Signed(actor): Signed,
    Address(address): Address,
    ApiQuery(query): ApiQuery<ListQuery>,
) -> Result<Json<Page<TicketRow>>, ApiError> {
    let store = &app.store;
    let (filter, limit) = filter_of(store, &actor, &query).await?;
    let after = query.cursor.as_deref().map(Cursor::decode).transpose()?;
    let listing = match query.q.as_deref().map(str::trim).filter(|words| !words.is_empty()) {
        Some(words) => found(&app, &actor, words, &filter, limit, after).await?,
        None => record::list(store, &actor, &filter, Sort::Newest, limit, after).await?,
    };
    let items = rows(store, &listing.cards).await?;
    if query.q.is_some() {
        noted_read(&app, &actor, "search", None, address);
    }
    Ok(Json(Page {
        items,
        next: listing.next.map(Cursor::encode),
    }))
}

/// The same language as in the field of the pages. Nothing is put right here: a program gets what it asked for.
async fn found(
    app: &App,
    actor: &Actor,
    text: &str,
    filter: &Filter,
    limit: usize,
    after: Option<Cursor>,
) -> Outcome<Listing> {
    let asker = Asker {
        actor,
        language: web::language(),
        now: app.store.clock().now(),
        zone: i18n::default_zone(),
    };
    let wish = Wish {
        limit,
        after,
        forgiving: false,
    };
    let sought = search::find(&app.store, &asker, text, filter, wish).await?;
    match sought.unclear.first() {
        Some(unclear) => Err(not_understood(unclear).into()),
        None => Ok(sought.listing),
    }
}

fn not_understood(unclear: &Unclear) -> Refusal {
    let mut refusal = Refusal::field("q", unclear.key());
    for field in &mut refusal.fields {
        field.args = vec![
            ("field", unclear.field.code().to_owned()),
            ("value", unclear.value.clone()),
        ];
    }
    refusal
}

async fn filter_of(store: &Store, actor: &Actor, query: &ListQuery) -> Outcome<(Filter, usize)> {
    let mut checks = Checks::new();
    let limit = checks.within("limit", query.limit, 1, 200).unwrap_or(50);
    checks.optional("q", query.q.as_deref(), Limit::SOUGHT);
    let person = |checks: &mut Checks, field: &'static str, text: Option<&str>| match text {
        Some("me") => Some(actor.person),
        Some(text) => text.parse().map_err(|_| checks.wrong(field, "field-wrong-type")).ok(),
        None => None,
    };
    let states = codes(&mut checks, "state", query.state.as_deref(), |code| {
        TicketState::from_code(code).is_some()
    });
    let phases = codes(&mut checks, "phase", query.phase.as_deref(), |code| {
        Phase::from_code(code).is_some()
    });
    let kinds = codes(&mut checks, "kind", query.kind.as_deref(), |code| {
        TicketKind::from_code(code).is_some()
    });
    let channels = codes(&mut checks, "channel", query.channel.as_deref(), |code| {
        Channel::from_code(code).is_some()
    });
    let updated_since = query.updated_since.as_deref().and_then(|text| {
        Instant::parse(text).or_else(|| {
            checks.wrong("updated_since", "field-instant");
            None
        })
    });
    let filter = Filter {
        record_kind: None,
        area: filtered_by(store, &mut checks, ("area", query.area.as_deref()), Area::named).await?,
        group: filtered_by(store, &mut checks, ("group", query.group.as_deref()), Group::named).await?,
        operator: person(&mut checks, "assignee", query.assignee.as_deref()),
        requester: person(&mut checks, "requester", query.requester.as_deref()),
        category: filtered_by(
            store,
            &mut checks,
            ("category", query.category.as_deref()),
            Category::named,
        )
        .await?,
        states,
        phases,
        priority: checks.within("priority", query.priority, 1, 5),
        ticket_kind: kinds.into_iter().next(),
        channel: channels.into_iter().next(),
        open: query.open,
        updated_since,
        ..Filter::default()
    };
    checks.done()?;
    Ok((filter, usize::try_from(limit).unwrap_or(50)))
}

fn codes(checks: &mut Checks, field: &'static str, text: Option<&str>, known: impl Fn(&str) -> bool) -> Vec<String> {
    let Some(text) = text.filter(|text| !text.is_empty()) else {
        return Vec::new();
    };
    let codes: Vec<String> = text.split(',').map(|code| code.trim().to_owned()).collect();
    if !codes.iter().all(|code| known(code)) {
        checks.wrong(field, "field-unknown-value");
    }
    codes
}

/// Finds one of some records as a caller names it.
pub(super) type Finder<A> = for<'a> fn(&'a [Loaded<A>], &str) -> Option<&'a Loaded<A>>;

/// What a list is filtered by, as the caller names it: what is closed keeps its name.
pub(super) async fn filtered_by<A: Aggregate>(
    store: &Store,
    checks: &mut Checks,
    (field, named): (&'static str, Option<&str>),
    find: Finder<A>,
) -> Outcome<Option<Uuid>> {
    let Some(named) = named else { return Ok(None) };
    let all = store.all::<A>().await?;
    let found = find(&all, named).map(|found| found.id);
    if found.is_none() {
        checks.wrong(field, "field-not-found");
    }
    Ok(found)
}

async fn rows(store: &Store, cards: &[Card]) -> Outcome<Vec<TicketRow>> {
    let people: Vec<Uuid> = cards
        .iter()
        .flat_map(|card| [card.requester, card.operator])
        .flatten()
        .collect();
    let names = people::names(store.read(), people).await?;
    let (areas, groups) = (store.all::<Area>().await?, store.all::<Group>().await?);
    let categories = store.all::<Category>().await?;
    let areas: HashMap<Uuid, &str> = areas.iter().map(|area| (area.id, area.state.name.as_str())).collect();
    let groups: HashMap<Uuid, &str> = groups
        .iter()
        .map(|group| (group.id, group.state.name.as_str()))
        .collect();
    let person = |id: Option<Uuid>| {
        id.map(|id| Party {
            id,
            name: names.get(&id).cloned(),
        })
    };
    let kept = |names: &HashMap<Uuid, &str>, id: Uuid| Party {
        id,
        name: names.get(&id).map(|name| (*name).to_owned()),
    };
    let category = |id: Uuid| Party {
        id,
        name: categories.iter().find(|c| c.id == id).map(|c| c.state.full_name()),
    };
    let row = |card: &Card| TicketRow {
        id: card.id,
        number: card.number.clone(),
        subject: card.subject.clone(),
        state: card.state.clone(),
        phase: card.phase.clone(),
        kind: card.ticket_kind.clone(),
        priority: card.priority,
        channel: card.channel.clone(),
        area: kept(&areas, card.area),
        group: card.group.map(|id| kept(&groups, id)),
        operator: person(card.operator),
        requester: person(card.requester),
        category: card.category.map(category),
        opened_at: card.opened_at,
        updated_at: card.updated_at,
    };
    Ok(cards.iter().map(row).collect())
}

/// A ticket by identity or number.
#[utoipa::path(
    get, path = "/tickets/{ticket}", tag = "tickets",
    params(("ticket" = String, Path, description = "Identity or number")),
    responses(
        (status = 200, description = "The ticket", body = TicketView),
        (status = 304, description = "Not changed since the version sent with If-None-Match"),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Not there, or not to be seen", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn get_ticket(
    State(app): State<App>,
    Signed(actor): Signed,
    Address(address): Address,
    headers: HeaderMap,
    ApiPath(key): ApiPath<String>,
) -> Result<Response, ApiError> {
    let view = queries::view(&app.store, &actor, &key).await?;
    noted_read(&app, &actor, "ticket", Some(view.id), address);
    let tag = etag(view.version);
    let known = headers.get(IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    if known.is_some_and(|known| known.split(',').any(|known| known.trim() == tag)) {
        return Ok((StatusCode::NOT_MODIFIED, [(ETAG, tag)]).into_response());
    }
    Ok(([(ETAG, tag)], Json(view)).into_response())
}

/// Where a timeline goes on.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub(super) struct TimelineQuery {
    /// Only entries after this position.
    #[param(minimum = 0)]
    after: Option<i64>,
    /// How many at the most, 1–500 (200).
    #[param(minimum = 1, maximum = 500)]
    limit: Option<i64>,
}

/// What happened to a ticket, oldest first, cut to what the caller may see.
#[utoipa::path(
    get, path = "/tickets/{ticket}/timeline", tag = "tickets",
    params(("ticket" = String, Path, description = "Identity or number"), TimelineQuery),
    responses(
        (status = 200, description = "Entries; `next` is the position to go on after", body = Page<Entry>),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Not there, or not to be seen", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields to correct", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn get_timeline(
    State(app): State<App>,
    Signed(actor): Signed,
    Address(address): Address,
    ApiPath(key): ApiPath<String>,
    ApiQuery(query): ApiQuery<TimelineQuery>,
) -> Result<Json<Page<Entry>>, ApiError> {
    let mut checks = Checks::new();
    let after = checks.within("after", query.after, 0, i64::MAX).unwrap_or(0);
    let limit = checks.within("limit", query.limit, 1, 500).unwrap_or(200);
    checks.done()?;
    let card = record::card(app.store.read(), &actor, Act::View, &key).await?;
    noted_read(&app, &actor, "ticket", Some(card.id), address);
    let items = queries::entries(&app.store, &actor, &card, after, limit).await?;
    let end = after.saturating_add(limit);
    let last = app.store.read().events_of(card.id, end, 1).await?;
    let next = (!last.is_empty()).then(|| end.to_string());
    Ok(Json(Page { items, next }))
}

/// Notes that personal data were read (PR-021).
pub(super) fn noted_read(app: &App, actor: &Actor, what: &'static str, record: Option<Uuid>, address: String) {
    let (person, at) = (actor.person, app.store.clock().now());
    app.reads.note(ReadNote {
        person,
        what,
        record,
        at,
        address,
    });
}

/// The ledger: every second of the ticket's life.
#[utoipa::path(
    get, path = "/tickets/{ticket}/clocks", tag = "tickets",
    params(("ticket" = String, Path, description = "Identity or number")),
    responses(
        (status = 200, description = "Spans that add up to the whole life", body = Page<LedgerSpan>),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not allowed", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Not there, or not to be seen", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn get_clocks(
    State(app): State<App>,
    Signed(actor): Signed,
    ApiPath(key): ApiPath<String>,
) -> Result<Json<Page<LedgerSpan>>, ApiError> {
    let card = record::card(app.store.read(), &actor, Act::ViewInternal, &key).await?;
    let items = queries::ledger(&app.store, card.id).await?;
    Ok(Json(Page { items, next: None }))
}

/// Why the ticket lies with its group: which routing rule decided, and what the ones before it missed.
#[utoipa::path(
    get, path = "/tickets/{ticket}/routing", tag = "tickets",
    params(("ticket" = String, Path, description = "Identity or number")),
    responses((status = 200, description = "The decision by which it came into its area", body = Routed), ReadRefused)
)]
pub(super) async fn get_routing(
    State(app): State<App>,
    Signed(actor): Signed,
    ApiPath(key): ApiPath<String>,
) -> Result<Json<Routed>, ApiError> {
    let card = record::card(app.store.read(), &actor, Act::ViewInternal, &key).await?;
    let routed = queries::routed(&app.store, card.id).await?;
    Ok(Json(routed.ok_or_else(Refusal::not_found)?))
}

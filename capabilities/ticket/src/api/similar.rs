//! Already reported? By the API: what resembles a ticket, or something that is about to be reported.

use super::read::{filtered_by, noted_read};
use crate::queries::{self, Party, Proposal, Reported};
use axum::Json;
use axum::extract::State;
use catalogue::Category;
use configuration::Area;
use kernel::{Checks, Instant, Limit, Outcome, Uuid};
use people::{Act, Actor, Address, Signed};
use record::Reading;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};
use web::{ApiError, ApiPath, ApiQuery, App, ReadRefused};

/// What is about to be reported.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub(super) struct ReportQuery {
    /// What it is about, in a line.
    #[param(required = true, max_length = 240)]
    subject: Option<String>,
    /// Area by identity, code or name.
    area: Option<String>,
    /// Category by identity or name.
    category: Option<String>,
}

/// What may be the same, the likeliest first: at most five in all.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub(super) struct SimilarReports {
    /// Open tickets; a parent stands for what hangs on it.
    tickets: Vec<SimilarTicket>,
    /// Known outages that no such ticket stands for.
    outages: Vec<KnownOutage>,
}

/// An open ticket that may be the same.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct SimilarTicket {
    /// Identity.
    id: Uuid,
    /// Number.
    number: String,
    /// Subject.
    subject: String,
    /// Where it waits.
    state: String,
    /// What it turned out to be.
    kind: String,
    /// Area.
    area: Party,
    /// When it was opened.
    #[schema(value_type = String, format = DateTime)]
    opened_at: Instant,
    /// How much they resemble each other: hundredths of the words by their weight, and what else speaks for it.
    score: i64,
    /// Why.
    why: SimilarityReason,
    /// The known outage that is worked on in it.
    outage: Option<KnownOutage>,
}

/// What two reports have in common.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct SimilarityReason {
    /// Words, as they were written.
    words: Vec<String>,
    /// True when they are about the same category.
    category: bool,
    /// True when they came within two days of each other.
    near: bool,
    /// True when others hang on it already.
    parent: bool,
}

/// Something that is told to be out of order.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct KnownOutage {
    /// Identity.
    id: Uuid,
    /// The sentence to read out.
    sentence: String,
    /// When it should work again.
    #[schema(value_type = Option<String>, format = DateTime)]
    expected_at: Option<Instant>,
}

impl SimilarReports {
    fn of(proposals: Vec<Proposal>, areas: &[store::Loaded<Area>]) -> Self {
        let mut similar = Self::default();
        for proposal in proposals {
            let outage = proposal.known.map(|known| KnownOutage {
                id: known.id,
                sentence: known.sentence,
                expected_at: known.expected_at,
            });
            let Some(card) = proposal.card else {
                similar.outages.extend(outage);
                continue;
            };
            let area = areas.iter().find(|area| area.id == card.area);
            similar.tickets.push(SimilarTicket {
                id: card.id,
                number: card.number,
                subject: card.subject,
                state: card.state,
                kind: card.ticket_kind,
                area: Party {
                    id: card.area,
                    name: area.map(|area| area.state.name.clone()),
                },
                opened_at: card.opened_at,
                score: proposal.score,
                why: SimilarityReason {
                    words: proposal.why.words,
                    category: proposal.why.category,
                    near: proposal.why.near,
                    parent: proposal.why.parent,
                },
                outage,
            });
        }
        similar
    }
}

/// Open tickets and known outages that resemble what is about to be reported, as far as the caller may see them (SD-055).
#[utoipa::path(
    get, path = "/similar", tag = "tickets", params(ReportQuery),
    responses((status = 200, description = "What may be the same", body = SimilarReports), ReadRefused)
)]
pub(super) async fn similar_to_report(
    State(app): State<App>,
    Signed(actor): Signed,
    Address(address): Address,
    ApiQuery(query): ApiQuery<ReportQuery>,
) -> Result<Json<SimilarReports>, ApiError> {
    let mut checks = Checks::new();
    let subject = checks.required("subject", query.subject.as_deref(), Limit::line(240));
    let store = &app.store;
    let area = filtered_by(store, &mut checks, ("area", query.area.as_deref()), Area::named).await?;
    let category = ("category", query.category.as_deref());
    let category = filtered_by(store, &mut checks, category, Category::named).await?;
    checks.done()?;
    noted_read(&app, &actor, "search", None, address);
    let reported = Reported {
        subject,
        category,
        area,
        at: store.clock().now(),
        ..Reported::default()
    };
    Ok(Json(answer(&app, &actor, reported).await?))
}

/// Open tickets and known outages that resemble a ticket, as far as the caller may see them (SD-055).
#[utoipa::path(
    get, path = "/tickets/{ticket}/similar", tag = "tickets",
    params(("ticket" = String, Path, description = "Identity or number")),
    responses((status = 200, description = "What may be the same", body = SimilarReports), ReadRefused)
)]
pub(super) async fn similar_to_ticket(
    State(app): State<App>,
    Signed(actor): Signed,
    Address(address): Address,
    ApiPath(key): ApiPath<String>,
) -> Result<Json<SimilarReports>, ApiError> {
    let card = record::card(app.store.read(), &actor, Act::ViewInternal, &key).await?;
    noted_read(&app, &actor, "ticket", Some(card.id), address);
    let reported = queries::reported_in(&app.store, &card).await?;
    Ok(Json(answer(&app, &actor, reported).await?))
}

async fn answer(app: &App, actor: &Arc<Actor>, reported: Reported) -> Outcome<SimilarReports> {
    let reading = Reading {
        actor: actor.clone(),
        language: web::language(),
        now: app.store.clock().now(),
        zone: i18n::default_zone(),
    };
    let proposals = queries::similar_now(app, &reading, reported).await?;
    let areas = app.store.all::<Area>().await?;
    Ok(SimilarReports::of(proposals, &areas))
}

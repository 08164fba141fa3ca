//! Who read what, for those who watch over it.

use axum::Json;
use axum::extract::State;
use kernel::{Checks, Instant, Refusal, Uuid};
use people::{Act, Role, Signed};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use web::{ApiError, ApiQuery, App, Page, Problem};

/// Where the log goes on.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub(super) struct ReadsQuery {
    /// Only rows after this place.
    #[param(minimum = 0)]
    after: Option<i64>,
    /// How many at the most, 1–1000 (200).
    #[param(minimum = 1, maximum = 1000)]
    limit: Option<i64>,
}

/// That somebody read something with personal data.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct ReadRow {
    /// Place in the log.
    seq: i64,
    /// Who.
    person: Uuid,
    /// What: `ticket`, `search`, `attachment`, `person`, `export`.
    what: String,
    /// Which record, where it was one.
    record: Option<Uuid>,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: Instant,
    /// From where.
    address: String,
}

/// The log of reads after a place, in order: for auditors and the data protection officer.
#[utoipa::path(
    get, path = "/reads", tag = "privacy", params(ReadsQuery),
    responses(
        (status = 200, description = "Rows; `next` is the place to go on after", body = Page<ReadRow>),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not allowed", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields to correct", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn list_reads(
    State(app): State<App>,
    Signed(actor): Signed,
    ApiQuery(query): ApiQuery<ReadsQuery>,
) -> Result<Json<Page<ReadRow>>, ApiError> {
    actor.allow_any(Act::ReadJournal)?;
    if !actor
        .roles
        .iter()
        .any(|grant| matches!(grant.role, Role::Auditor | Role::Dpo))
    {
        return Err(Refusal::forbidden().into());
    }
    let mut checks = Checks::new();
    let after = checks.within("after", query.after, 0, i64::MAX).unwrap_or(0);
    let limit = checks.within("limit", query.limit, 1, 1000).unwrap_or(200);
    checks.done()?;
    let reads = crate::reads_after(app.store.read(), after, limit).await?;
    let next = reads.last().map(|read| read.seq.to_string());
    let row = |read: crate::Read| ReadRow {
        seq: read.seq,
        person: read.person,
        what: read.what,
        record: read.record,
        at: read.at,
        address: read.address,
    };
    Ok(Json(Page {
        items: reads.into_iter().map(row).collect(),
        next,
    }))
}

//! The queue of jobs: what waits, what runs, what failed for good.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use kernel::{Checks, Instant, Uuid};
use people::{Act, Signed};
use serde::{Deserialize, Serialize};
use store::{JobQueue, JobRow};
use utoipa::{IntoParams, ToSchema};
use web::{ApiError, ApiPath, ApiQuery, App, ChangeRefused, Page, ReadRefused};

/// Where a job stands.
#[derive(Clone, Copy, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum JobState {
    /// Waits for its time.
    Ready,
    /// A node works on it.
    Running,
    /// All its tries failed: it waits for a person.
    #[default]
    Dead,
}

impl JobState {
    const fn code(self) -> &'static str {
        match self {
            JobState::Ready => "ready",
            JobState::Running => "running",
            JobState::Dead => "dead",
        }
    }
}

/// Which jobs.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub(super) struct JobsQuery {
    /// Only in this state (`dead`).
    #[param(inline)]
    state: JobState,
    /// How many at the most, 1–200 (50): the newest.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<i64>,
}

/// A job.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct JobView {
    /// Identity.
    id: Uuid,
    /// Which work.
    kind: String,
    /// `ready`, `running` or `dead`.
    state: String,
    /// Tries so far.
    attempts: i64,
    /// When it runs next.
    #[schema(value_type = String, format = DateTime)]
    run_at: Instant,
    /// When it was queued.
    #[schema(value_type = String, format = DateTime)]
    recorded_at: Instant,
    /// What went wrong last.
    last_error: Option<String>,
}

impl From<JobRow> for JobView {
    fn from(row: JobRow) -> Self {
        Self {
            id: row.id,
            kind: row.kind,
            state: row.state,
            attempts: row.attempts,
            run_at: row.run_at,
            recorded_at: row.recorded_at,
            last_error: row.last_error,
        }
    }
}

/// Jobs, those that failed for good unless others are asked for.
#[utoipa::path(
    get, path = "/jobs", tag = "administration", params(JobsQuery),
    responses((status = 200, description = "The newest", body = Page<JobView>), ReadRefused)
)]
pub(super) async fn list_jobs(
    State(app): State<App>,
    Signed(actor): Signed,
    ApiQuery(query): ApiQuery<JobsQuery>,
) -> Result<Json<Page<JobView>>, ApiError> {
    actor.allow_any(Act::ManageJobs)?;
    let mut checks = Checks::new();
    let limit = checks.within("limit", query.limit, 1, 200).unwrap_or(50);
    checks.done()?;
    let queue = JobQueue::new(app.store.clone(), "api");
    let rows = queue.list(query.state.code(), limit).await?;
    Ok(Json(Page {
        items: rows.into_iter().map(JobView::from).collect(),
        next: None,
    }))
}

/// Gives a dead job another round of tries.
#[utoipa::path(
    post, path = "/jobs/{job}/requeue", tag = "administration",
    params(("job" = Uuid, Path, description = "Identity")),
    responses((status = 204, description = "It is tried again"), ChangeRefused)
)]
pub(super) async fn requeue_job(
    State(app): State<App>,
    Signed(actor): Signed,
    ApiPath(job): ApiPath<Uuid>,
) -> Result<StatusCode, ApiError> {
    actor.allow_any(Act::ManageJobs)?;
    JobQueue::new(app.store.clone(), "api").requeue(job).await?;
    Ok(StatusCode::NO_CONTENT)
}

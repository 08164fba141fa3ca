//! Problem documents (RFC 9457): the one place where a refusal becomes an answer.

use crate::speech::{language, sentence};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use i18n::Language;
use kernel::{Error, FieldError, Refusal, RefusalKind};
use serde::Serialize;
use utoipa::ToSchema;

/// What went wrong, for a program and for a person.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Problem {
    /// A name of the kind of problem; it opens nothing.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind of problem in a few words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What is wrong here and how to mend it, in the language asked for.
    pub detail: String,
    /// Stable code: the rule (`SD-072`) or a snake-case name.
    pub code: String,
    /// What is wrong, field by field.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldProblem>,
    /// The present state, where somebody changed it in between (412).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub current: Option<serde_json::Value>,
    /// A reference to quote when it is our fault.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
}

/// What is wrong with one field.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FieldProblem {
    /// The field as it was sent.
    pub field: String,
    /// Stable code.
    pub code: String,
    /// How to mend it.
    pub message: String,
}

/// An error on its way to an answer of the API.
#[derive(Debug)]
pub struct ApiError(pub Error);

impl<E: Into<Error>> From<E> for ApiError {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

/// The HTTP status of a kind of refusal.
pub fn status_of(kind: RefusalKind) -> StatusCode {
    match kind {
        RefusalKind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        RefusalKind::Unauthenticated => StatusCode::UNAUTHORIZED,
        RefusalKind::Forbidden => StatusCode::FORBIDDEN,
        RefusalKind::NotFound => StatusCode::NOT_FOUND,
        RefusalKind::Conflict => StatusCode::CONFLICT,
        RefusalKind::Stale => StatusCode::PRECONDITION_FAILED,
        RefusalKind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        RefusalKind::TooMany => StatusCode::TOO_MANY_REQUESTS,
    }
}

impl Problem {
    /// The problem document of an error. A failure is logged here, once, under the reference that the reader gets.
    pub fn of(error: &Error, language: Language) -> Self {
        match error {
            Error::Refused(refusal) => Self::refused(refusal, language),
            Error::Unavailable(cause) => {
                tracing::warn!(cause = format!("{cause:#}"), "storage unavailable");
                Self::plain(
                    StatusCode::SERVICE_UNAVAILABLE,
                    "unavailable",
                    "problem-unavailable",
                    language,
                )
            }
            Error::Failed(cause) => {
                let reference = uuid::Uuid::now_v7().simple().to_string();
                tracing::error!(reference, cause = format!("{cause:#}"), "failure");
                let mut problem = Self::plain(
                    StatusCode::INTERNAL_SERVER_ERROR,
                    "failure",
                    "problem-failure",
                    language,
                );
                problem.reference = Some(reference);
                problem
            }
        }
    }

    fn refused(refusal: &Refusal, language: Language) -> Self {
        let status = status_of(refusal.kind);
        let mut problem = Self::plain(status, refusal.code, refusal.key, language);
        problem.detail = sentence(language, refusal.key, &refusal.args);
        problem.errors = refusal
            .fields
            .iter()
            .map(|field| field_problem(field, language))
            .collect();
        problem.current.clone_from(&refusal.current);
        problem
    }

    fn plain(status: StatusCode, code: &str, key: &str, language: Language) -> Self {
        Self {
            kind: format!("urn:sportello:problem:{code}"),
            title: status.canonical_reason().unwrap_or_default().to_owned(),
            status: status.as_u16(),
            detail: language.text(key),
            code: code.to_owned(),
            errors: Vec::new(),
            current: None,
            reference: None,
        }
    }
}

fn field_problem(field: &FieldError, language: Language) -> FieldProblem {
    FieldProblem {
        field: field.field.to_string(),
        code: field.key.trim_start_matches("field-").replace('-', "_"),
        message: sentence(language, field.key, &field.args),
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let problem = Problem::of(&self.0, language());
        let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_string(&problem).unwrap_or_default();
        let mut response = (status, [(header::CONTENT_TYPE, "application/problem+json")], body).into_response();
        let wait = match &self.0 {
            Error::Refused(refusal) => refusal.retry_after,
            Error::Unavailable(_) => Some(2),
            Error::Failed(_) => None,
        };
        if let Some(seconds) = wait {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds.max(1)));
        }
        if status == StatusCode::UNAUTHORIZED {
            response
                .headers_mut()
                .insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

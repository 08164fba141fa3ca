//! Pages: a rendered template as an answer, and what a page says when something is refused or breaks.

use crate::body::{path_of, query_of};
use crate::problem::{FieldProblem, Problem};
use crate::speech::language;
use askama::Template;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use kernel::Error;
use serde::de::DeserializeOwned;

/// An error on its way to a page.
#[derive(Debug)]
pub struct PageError(pub Error);

impl<E: Into<Error>> From<E> for PageError {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

#[derive(Template)]
#[template(path = "web/error.html")]
struct ErrorPage {
    frame: ui::Frame,
    heading: String,
    detail: String,
    errors: Vec<FieldProblem>,
    reference: Option<String>,
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let language = language();
        let problem = Problem::of(&self.0, language);
        let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let heading = language.text(match problem.status {
            404 => "page-error-not-found",
            401 | 403 => "page-error-forbidden",
            500..=599 => "page-error-failure",
            _ => "page-error-refused",
        });
        let frame = ui::Frame::new(language, heading.clone());
        let page = ErrorPage {
            frame,
            heading,
            detail: problem.detail,
            errors: problem.errors,
            reference: problem.reference,
        };
        (status, html(&page)).into_response()
    }
}

/// A parameter of a page's address; one that cannot be read is a page that is not there.
pub struct PagePath<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for PagePath<T> {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, PageError> {
        Ok(Self(path_of(parts, state).await?))
    }
}

/// What stands behind the question mark of a page's address; what cannot be read is refused in the reader's language.
pub struct PageQuery<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for PageQuery<T> {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, PageError> {
        Ok(Self(query_of(parts)?))
    }
}

/// A rendered template. A template that fails to render is our fault and says so.
pub fn html(page: &impl Template) -> Response {
    match page.render() {
        Ok(text) => {
            let mut response = Html(text).into_response();
            response
                .headers_mut()
                .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            response
        }
        Err(cause) => {
            tracing::error!(%cause, "a template did not render");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// A form again, with what is to be mended in it.
pub fn to_mend(page: &impl Template) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, html(page)).into_response()
}

/// After a form: look at this page (303), so that a reload repeats nothing.
pub fn see_other(to: &str) -> Response {
    Redirect::to(to).into_response()
}

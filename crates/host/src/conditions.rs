//! Conditions of the API that nobody knows are refused: a list that ignored one would look narrower than it is.
//!
//! What an operation understands stands in the description of the API, so that no route needs a word of its own.

use axum::extract::{MatchedPath, Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use kernel::Refusal;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use utoipa::openapi::path::{Operation, ParameterIn, PathItem};
use utoipa::openapi::{OpenApi, RefOr};
use web::ApiError;

/// For each address as it is described, and each method, the conditions that are understood.
pub(crate) type Known = HashMap<(String, Method), HashSet<String>>;

/// What the description says of addresses that stand below this prefix.
pub(crate) fn known(description: &OpenApi, prefix: &str) -> Known {
    let mut known = Known::new();
    for (path, item) in &description.paths.paths {
        for (method, operation) in operations(item) {
            known.insert((format!("{prefix}{path}"), method), conditions(operation));
        }
    }
    known
}

fn operations(item: &PathItem) -> impl Iterator<Item = (Method, &Operation)> {
    let all = [
        (Method::GET, &item.get),
        (Method::POST, &item.post),
        (Method::PUT, &item.put),
        (Method::PATCH, &item.patch),
        (Method::DELETE, &item.delete),
    ];
    all.into_iter()
        .filter_map(|(method, operation)| Some((method, operation.as_ref()?)))
}

fn conditions(operation: &Operation) -> HashSet<String> {
    let parameters = operation.parameters.iter().flatten();
    parameters
        .filter_map(|parameter| match parameter {
            RefOr::T(parameter) if parameter.parameter_in == ParameterIn::Query => Some(parameter.name.clone()),
            _ => None,
        })
        .collect()
}

/// Refuses a request that asks for something its operation does not know (422, naming it).
pub(crate) async fn refuse_unknown(State(known): State<Arc<Known>>, request: Request, next: Next) -> Response {
    match unknown(&known, &request) {
        Some(name) => ApiError::from(Refusal::field(name, "field-unknown")).into_response(),
        None => next.run(request).await,
    }
}

fn unknown(known: &Known, request: &Request) -> Option<String> {
    request.uri().query()?;
    let path = request.extensions().get::<MatchedPath>()?.as_str().to_owned();
    let understood = known.get(&(path, request.method().clone()))?;
    let asked = web::conditions_of(request.uri());
    asked
        .into_iter()
        .map(|(name, _)| name)
        .find(|name| !understood.contains(name))
}

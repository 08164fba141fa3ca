//! The refusals every resource may answer with, as the description of the API lists them.

use crate::problem::Problem;
use std::collections::BTreeMap;
use utoipa::IntoResponses;
use utoipa::openapi::response::{Response, ResponseBuilder};
use utoipa::openapi::{ContentBuilder, Ref, RefOr};

/// What a reading request may be refused with.
pub struct ReadRefused;

/// What a request that changes something may be refused with.
pub struct ChangeRefused;

const READ: [(&str, &str); 6] = [
    ("401", "Not signed in"),
    ("403", "Not allowed"),
    ("404", "Not there, or not to be seen"),
    ("422", "Fields to correct"),
    ("429", "Too many requests: `Retry-After` says when"),
    ("503", "The database is away or full: `Retry-After` says when"),
];

const CHANGE: [(&str, &str); 3] = [
    ("409", "Refused by a rule"),
    ("412", "Changed since it was read"),
    ("413", "Too large"),
];

impl IntoResponses for ReadRefused {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        READ.into_iter().map(problem).collect()
    }
}

impl IntoResponses for ChangeRefused {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        READ.into_iter().chain(CHANGE).map(problem).collect()
    }
}

fn problem((status, description): (&str, &str)) -> (String, RefOr<Response>) {
    let name = <Problem as utoipa::ToSchema>::name();
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name(name)));
    let response = ResponseBuilder::new()
        .description(description)
        .content("application/problem+json", content.build());
    (status.to_owned(), response.build().into())
}

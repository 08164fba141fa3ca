//! `Idempotency-Key`: a request that is sent again gets the first answer, and is done once.

use crate::problem::ApiError;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use kernel::{Refusal, Uuid};
use store::Idempotency;
use utoipa::IntoParams;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, SchemaType, Type};

/// Longest key.
const LONGEST: usize = 255;

/// The key a caller sent, if any.
#[derive(Clone, Debug, Default)]
pub struct IdempotencyKey(Option<String>);

impl<S: Send + Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, ApiError> {
        let Some(sent) = parts.headers.get("idempotency-key") else {
            return Ok(Self(None));
        };
        let key = sent.to_str().ok().filter(|key| !key.is_empty() && key.len() <= LONGEST);
        match key {
            Some(key) => Ok(Self(Some(key.to_owned()))),
            None => Err(Refusal::field("Idempotency-Key", "field-wrong-type").into()),
        }
    }
}

impl IdempotencyKey {
    /// The key bound to who asks and to what is asked, so that the same key with another request is told apart.
    pub fn bound(self, caller: Uuid, asked: &[&[u8]]) -> Option<Idempotency> {
        self.0.map(|key| Idempotency::new(caller, &key, asked))
    }
}

impl IntoParams for IdempotencyKey {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let text = ObjectBuilder::new()
            .schema_type(SchemaType::new(Type::String))
            .max_length(Some(LONGEST));
        let parameter = ParameterBuilder::new()
            .name("Idempotency-Key")
            .parameter_in(ParameterIn::Header)
            .description(Some(
                "A repeated request with the same key gets the first answer, for a day",
            ))
            .schema(Some(text));
        vec![parameter.build()]
    }
}

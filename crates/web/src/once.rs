//! `Idempotency-Key`: a request that is sent again gets the first answer, and is done once.

use crate::problem::ApiError;
use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use kernel::{Refusal, Uuid};
use store::Idempotency;
use utoipa::IntoParams;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, SchemaType, Type};

/// Name of the header.
const NAME: &str = "Idempotency-Key";
/// Longest key.
const LONGEST: usize = 255;

/// The key a caller sent, if any.
#[derive(Clone, Debug, Default)]
pub struct IdempotencyKey(Option<String>);

impl<S: Send + Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, ApiError> {
        Ok(Self::read(&parts.headers)?)
    }
}

fn too_long() -> Refusal {
    let mut refusal = Refusal::field(NAME, "field-too-long");
    refusal.fields[0].args.push(("most", LONGEST.to_string()));
    refusal
}

impl IdempotencyKey {
    /// The key among the headers of a request.
    ///
    /// # Errors
    /// A refusal that says what is wrong with the key.
    pub fn read(headers: &HeaderMap) -> Result<Self, Refusal> {
        let Some(sent) = headers.get(NAME) else {
            return Ok(Self(None));
        };
        match sent.to_str() {
            Ok("") => Err(Refusal::field(NAME, "field-required")),
            Ok(key) if key.len() > LONGEST => Err(too_long()),
            Ok(key) => Ok(Self(Some(key.to_owned()))),
            Err(_) => Err(Refusal::field(NAME, "field-plain-characters")),
        }
    }

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
            .name(NAME)
            .parameter_in(ParameterIn::Header)
            .description(Some(
                "A repeated request with the same key gets the first answer, for a day",
            ))
            .schema(Some(text));
        vec![parameter.build()]
    }
}

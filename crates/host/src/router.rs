//! The router: capabilities' pages and resources, inside the safeguards.

use crate::{Capability, conditions, guard, operations, unread};
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{StatusCode, header};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use kernel::Refusal;
use std::sync::Arc;
use tower_http::compression::CompressionLayer;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{Info, OpenApi, OpenApiBuilder, SecurityRequirement, Server};
use utoipa_axum::router::OpenApiRouter;
use web::{App, Problem};

/// Largest body of a request that is not an attachment.
const BODY_LIMIT: usize = 1024 * 1024;

/// Everything that is served.
pub fn router(capabilities: &[Capability], app: App) -> Router {
    let (api, description) = api(capabilities);
    let known = Arc::new(conditions::known(&description, "/api/v1"));
    // A house without any resource has nothing to lay it around.
    let api = match known.is_empty() {
        true => api,
        false => api.route_layer(from_fn_with_state(known, conditions::refuse_unknown)),
    };
    let description = Arc::new(description);
    let mut router = Router::new()
        .merge(operations::routes())
        .merge(ui::routes())
        .nest(
            "/api/v1",
            api.fallback(missing).method_not_allowed_fallback(wrong_method),
        )
        .route(
            "/api/v1/openapi.json",
            get(move || async move { Json(description.as_ref().clone()) }),
        );
    for pages in capabilities.iter().filter_map(|capability| capability.pages) {
        router = router.merge(pages());
    }
    router
        .fallback(missing)
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(from_fn(guard::same_site))
        .layer(from_fn(guard::unbroken))
        .layer(from_fn(web::negotiate))
        .layer(from_fn(unread::heard_out))
        .layer(from_fn(guard::headers))
        .layer(CompressionLayer::new())
        .layer(from_fn(operations::measure))
        .with_state(app)
}

/// The description of the API alone.
pub fn openapi(capabilities: &[Capability]) -> OpenApi {
    api(capabilities).1
}

fn api(capabilities: &[Capability]) -> (Router<App>, OpenApi) {
    let info = Info::new("Sportello", env!("CARGO_PKG_VERSION"));
    let mut base = OpenApiBuilder::new()
        .info(info)
        .servers(Some([Server::new("/api/v1")]))
        .security(Some([SecurityRequirement::new("token", Vec::<String>::new())]))
        .build();
    let token = SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build());
    base.components
        .get_or_insert_default()
        .add_security_scheme("token", token);
    let mut router = OpenApiRouter::with_openapi(base);
    for resources in capabilities.iter().filter_map(|capability| capability.api) {
        router = router.merge(resources());
    }
    router.split_for_parts()
}

async fn missing(request: Request) -> Response {
    guard::told(guard::wants_page(&request), Refusal::not_found().into())
}

async fn wrong_method() -> Response {
    let key = "refusal-method-not-allowed";
    let refusal = Refusal::new(kernel::RefusalKind::Invalid, "method_not_allowed", key);
    let status = StatusCode::METHOD_NOT_ALLOWED;
    let mut problem = Problem::of(&refusal.into(), web::language());
    problem.status = status.as_u16();
    problem.title = status.canonical_reason().unwrap_or_default().to_owned();
    let body = serde_json::to_string(&problem).unwrap_or_default();
    (status, [(header::CONTENT_TYPE, "application/problem+json")], body).into_response()
}

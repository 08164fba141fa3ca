//! A gallery of the pages' look, for development: `cargo run -p ui --example gallery`, then http://127.0.0.1:8099.
//!
//! The content is invented but believable; the answers carry the product's strict policy, so whatever breaks it shows.

mod views;

use askama::Template;
use axum::{
    Router,
    http::{HeaderValue, header},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use i18n::Language;
use std::collections::HashMap;

const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
);

#[tokio::main]
async fn main() -> std::io::Result<()> {
    i18n::install(&[ui::sources()]);
    let pages = Router::new()
        .route("/", get(|query| async { page(query, views::Desk::sample) }))
        .route("/list", get(|query| async { page(query, views::List::sample) }))
        .route("/forms", get(|query| async { page(query, views::Forms::sample) }))
        .route("/portal", get(|query| async { page(query, views::Home::sample) }))
        .route("/sign-in", get(|query| async { page(query, views::SignIn::sample) }))
        .merge(ui::routes());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:8099").await?;
    println!("http://127.0.0.1:8099  /list /forms /portal /sign-in   ?theme=dark ?lang=en");
    axum::serve(listener, pages).await
}

#[allow(clippy::disallowed_types, reason = "nobody but us reads what it refuses")]
fn page<T: Template>(
    axum::extract::Query(query): axum::extract::Query<HashMap<String, String>>,
    sample: fn(Language, ui::Theme) -> T,
) -> Response {
    let language = query.get("lang").and_then(|code| code.parse().ok()).unwrap_or_default();
    let theme = ui::Theme::from_code(query.get("theme").map_or("", String::as_str));
    match sample(language, theme).render() {
        Ok(body) => ([(header::CONTENT_SECURITY_POLICY, POLICY)], Html(body)).into_response(),
        Err(error) => error.to_string().into_response(),
    }
}

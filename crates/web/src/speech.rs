//! The language a request is answered in, known wherever the answer is made.

use axum::extract::Request;
use axum::http::HeaderMap;
use axum::http::header::{ACCEPT_LANGUAGE, COOKIE};
use axum::middleware::Next;
use axum::response::Response;
use i18n::{Arg, Language};

tokio::task_local! {
    static LANGUAGE: Language;
}

/// The language of the request that is being answered; Italian outside any.
pub fn language() -> Language {
    LANGUAGE.try_with(|language| *language).unwrap_or(Language::It)
}

/// Runs something in a language.
pub async fn with_language<T>(language: Language, work: impl Future<Output = T>) -> T {
    LANGUAGE.scope(language, work).await
}

/// Middleware: the cookie of the person's choice, else `Accept-Language`.
pub async fn negotiate(request: Request, next: Next) -> Response {
    let language = chosen(request.headers());
    with_language(language, next.run(request)).await
}

fn chosen(headers: &HeaderMap) -> Language {
    let header = |name| {
        headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    };
    let chosen = header(COOKIE)
        .split(';')
        .filter_map(|pair| pair.trim().strip_prefix("language="))
        .find_map(|code| match code {
            "it" => Some(Language::It),
            "en" => Some(Language::En),
            _ => None,
        });
    chosen.unwrap_or_else(|| Language::negotiate(header(ACCEPT_LANGUAGE)))
}

/// The sentence of a refusal or of one of its fields. A number under a name that ends in `_bytes` is the size of a file.
pub fn sentence(language: Language, key: &str, args: &[(&'static str, String)]) -> String {
    let args: Vec<(&str, Arg)> = args
        .iter()
        .map(|(name, value)| match value.parse::<i64>() {
            Ok(size) if name.ends_with("_bytes") => (*name, Arg::from(language.size_limit(size.unsigned_abs()))),
            Ok(number) => (*name, Arg::from(number)),
            Err(_) => (*name, Arg::from(value.as_str())),
        })
        .collect();
    language.text_with(key, &args)
}

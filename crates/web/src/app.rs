//! What every handler may ask for.

use axum::extract::FromRef;
use std::sync::Arc;
use store::Store;

/// Settings that pages and the API read.
#[derive(Clone, Debug, Default)]
pub struct AppSettings {
    /// The address people reach the service at, without a slash at the end.
    pub base_url: String,
    /// Name of the organisation, shown at the top.
    pub organisation: String,
    /// True with `--demo`: a banner says so.
    pub demo: bool,
    /// True behind TLS: cookies are `__Host-` and secure.
    pub secure: bool,
    /// Addresses of proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<std::net::IpAddr>,
    /// Largest attachment in bytes.
    pub attachment_limit: u64,
}

/// The state of the router. Clones are cheap.
#[derive(Clone)]
pub struct App {
    /// The database.
    pub store: Store,
    /// Settings.
    pub settings: Arc<AppSettings>,
}

impl FromRef<App> for Store {
    fn from_ref(app: &App) -> Self {
        app.store.clone()
    }
}

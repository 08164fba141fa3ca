//! The service all journeys visit: the real program with the demonstration organisation.

use testkit::server::{Server, Settings};
use tokio::sync::OnceCell;

/// The one server of this test process, started by the first journey that asks.
pub async fn shared() -> anyhow::Result<&'static Server> {
    static SERVICE: OnceCell<Server> = OnceCell::const_new();
    SERVICE
        .get_or_try_init(|| async { Settings::passing().demo().start().await })
        .await
}

/// A server nobody has set up yet.
pub async fn empty() -> anyhow::Result<Server> {
    Settings::passing().start().await
}

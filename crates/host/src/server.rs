//! One process: pages, API, jobs, seals.

use crate::{Capability, Settings, Workers, router};
use kernel::Outcome;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use store::{SealKey, Sealer, Store, StoreParts};
use tokio::net::TcpListener;
use web::{App, AppSettings, ReadLog};

/// Opens the database with everything the capabilities bring.
pub async fn open_store(settings: &Settings, capabilities: &[Capability]) -> Outcome<Store> {
    let parts = StoreParts {
        migrations: capabilities
            .iter()
            .flat_map(|capability| capability.migrations.iter().copied())
            .collect(),
        folds: capabilities
            .iter()
            .flat_map(|capability| capability.folds.clone())
            .collect(),
    };
    Store::open(&settings.database(), settings.clock(), parts).await
}

/// A server that is ready to serve.
pub struct Server {
    listener: TcpListener,
    app: App,
    capabilities: Vec<Capability>,
    sealer: Sealer,
    lease: Duration,
}

impl Server {
    /// Binds the address; nothing is served yet.
    ///
    /// # Errors
    /// When the address is taken, or a demonstration would listen beyond this machine.
    pub async fn bind(
        settings: &Settings,
        capabilities: Vec<Capability>,
        store: Store,
        demo: bool,
        reads: ReadLog,
    ) -> Outcome<Self> {
        if demo && !settings.listen.ip().is_loopback() {
            return Err(anyhow::anyhow!(
                "a demonstration listens on this machine only: {} is not loopback",
                settings.listen
            )
            .into());
        }
        if demo && settings.mails_away() {
            return Err(anyhow::anyhow!(
                "a demonstration writes to nobody: its mail server (SPORTELLO_SMTP_HOST) must be on this machine"
            )
            .into());
        }
        let mailer = settings.mailer()?.map(|mailer| Arc::new(mailer) as web::Slot);
        let listener = TcpListener::bind(settings.listen)
            .await
            .map_err(|cause| anyhow::anyhow!("cannot listen on {}: {cause}", settings.listen))?;
        let address = listener.local_addr()?;
        let base_url = settings.base_url.clone().unwrap_or_else(|| format!("http://{address}"));
        let key = match &settings.seal_key {
            Some(secret) => SealKey::from_secret(secret.as_bytes()),
            None => SealKey::in_folder(&settings.data_dir).await?,
        };
        let app = App {
            store: store.clone(),
            settings: Arc::new(AppSettings {
                secure: base_url.starts_with("https://"),
                base_url,
                organisation: settings.organisation.clone(),
                demo,
                trusted_proxies: settings.trusted_proxies.clone(),
                attachment_limit: settings.attachment_limit,
            }),
            places: Arc::new(
                capabilities
                    .iter()
                    .flat_map(|capability| capability.places.clone())
                    .collect(),
            ),
            slots: capabilities
                .iter()
                .flat_map(|capability| capability.slots.clone())
                .chain(mailer)
                .collect(),
            reads,
            live: live::Hub::default(),
        };
        Ok(Self {
            listener,
            app,
            capabilities,
            sealer: Sealer::new(store, key),
            lease: settings.lease(),
        })
    }

    /// The address it listens on.
    ///
    /// # Errors
    /// When the socket is gone.
    pub fn address(&self) -> Outcome<SocketAddr> {
        Ok(self.listener.local_addr()?)
    }

    /// The state handlers get.
    pub fn app(&self) -> &App {
        &self.app
    }

    /// Serves until `until` ends, then lets requests and work finish and seals the journal.
    pub async fn serve(self, until: impl Future<Output = ()> + Send + 'static) -> Outcome<()> {
        let workers = Workers::start(&self.app, &self.capabilities, self.sealer, self.lease);
        let service = router(&self.capabilities, self.app.clone()).into_make_service_with_connect_info::<SocketAddr>();
        let live = self.app.live.clone();
        let until = async move {
            until.await;
            // Streams never end by themselves, and nobody is let go while one is open.
            live.close();
        };
        let served = axum::serve(self.listener, service).with_graceful_shutdown(until).await;
        self.app.live.close();
        workers.stop().await;
        self.app.store.close().await;
        Ok(served?)
    }
}

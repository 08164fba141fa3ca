//! A small desk with three tickets made by the real commands, sealed after each.

use audit::Report;
use bytes::Bytes;
use kernel::{Author, Clock, Uuid};
use people::{Actor, GroupKind, Identity, RequesterRef, Role, RoleGrant};
use std::convert::Infallible;
use std::sync::Arc;
use store::{DatabaseSettings, Lane, RecordKind, SealKey, Sealer, Sql, Store, StoreParts};
use testkit::{Backend, Kind};
use ticket::domain::Visibility;
use ticket::{Conditions, CreateTicket, TicketAct, TicketView};

pub struct Desk {
    pub store: Store,
    pub key: SealKey,
    pub tickets: Vec<Uuid>,
    pub db: Backend,
}

pub fn capabilities() -> Vec<host::Capability> {
    vec![
        configuration::capability(),
        catalogue::capability(),
        people::capability(),
        record::capability(),
        ticket::capability(),
        privacy::capability(),
    ]
}

pub fn kinds() -> Vec<RecordKind> {
    capabilities()
        .iter()
        .flat_map(|capability| capability.records.clone())
        .collect()
}

pub async fn another(kind: Kind) -> Backend {
    match kind {
        Kind::Sqlite => Backend::sqlite(),
        Kind::Postgres => Backend::postgres().await,
    }
}

pub async fn open(db: &Backend) -> Store {
    let settings = DatabaseSettings::at(db.data.path(), &db.url);
    let parts = StoreParts {
        migrations: capabilities()
            .iter()
            .flat_map(|capability| capability.migrations.iter().copied())
            .collect(),
        folds: Vec::new(),
    };
    Store::open(&settings, Clock::wall(), parts)
        .await
        .unwrap_or_else(|cause| panic!("{cause}"))
}

impl Desk {
    pub async fn new(db: Backend) -> Self {
        let store = open(&db).await;
        let key = SealKey::in_folder(db.data.path()).await.expect("a key");
        let author = Author::system("test");
        let made = store.write(Lane::People, move |tx| {
            Box::pin(async move {
                let area = configuration::create_area(tx, &author, "it", "Informatica").await?;
                people::create_group(tx, &author, "Sportello", GroupKind::FrontEnd, Some(area.0)).await?;
                let grant = RoleGrant {
                    role: Role::Requester,
                    area: None,
                };
                let identity = Identity {
                    name: "Anna Verdi".into(),
                    email: Some("anna@ente.example".into()),
                    ..Identity::default()
                };
                people::register(tx, &author, identity, false, &[grant]).await
            })
        });
        made.await.unwrap_or_else(|cause| panic!("{cause}"));
        let mut desk = Self {
            store,
            key,
            tickets: Vec::new(),
            db,
        };
        for subject in ["La stampante non risponde", "Serve una licenza", "Posta lenta"] {
            let ticket = desk.ticket(subject).await;
            desk.tickets.push(ticket.id);
            desk.seal().await;
        }
        desk
    }

    /// Seals everything at once: other tests of the cluster may hold the horizon for a moment, and are waited for.
    pub async fn seal(&self) {
        let last = self.number("SELECT MAX(seq) FROM event").await;
        while self.store.horizon().await.unwrap_or_else(|cause| panic!("{cause}")) <= last {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        let sealer = Sealer::new(self.store.clone(), self.key.clone());
        sealer.seal().await.unwrap_or_else(|cause| panic!("{cause}"));
    }

    async fn ticket(&self, subject: &str) -> TicketView {
        let actor = Arc::new(Actor::system());
        let identity = Identity {
            email: Some("anna@ente.example".into()),
            ..Identity::default()
        };
        let asked = CreateTicket {
            subject: subject.to_owned(),
            description: Some("Da questa mattina, in ufficio".to_owned()),
            requester: Some(RequesterRef { id: None, identity }),
            ..CreateTicket::default()
        };
        let made = ticket::create(&self.store, &actor, asked, Conditions::default()).await;
        let made = made.unwrap_or_else(|cause| panic!("{cause}"));
        let bytes = Bytes::from(format!("registro di {subject}"));
        let stream = futures_util::stream::iter([Ok::<_, Infallible>(bytes)]);
        let blob = self
            .store
            .blobs()
            .receive(stream, 1 << 20)
            .await
            .unwrap_or_else(|cause| panic!("{cause}"));
        let file = record::NewAttachment::new("registro.txt", blob, false).unwrap_or_else(|cause| panic!("{cause}"));
        let acts = vec![
            TicketAct::Say {
                visibility: Visibility::Public,
                body: "Ci guardiamo subito".into(),
            },
            TicketAct::Say {
                visibility: Visibility::Internal,
                body: "È la solita coda".into(),
            },
            TicketAct::Attach { file },
        ];
        let done = ticket::perform(&self.store, &actor, made.id, acts, Conditions::default()).await;
        done.unwrap_or_else(|cause| panic!("{cause}"))
    }

    pub async fn verify(&self) -> Report {
        let report = audit::verify(&self.store, &kinds(), Some(&self.key), &|_, _| ()).await;
        report.unwrap_or_else(|cause| panic!("{cause}"))
    }

    pub async fn sql(&self, statements: &[&'static str]) {
        let statements = statements.to_vec();
        let done = self.store.write(Lane::People, move |tx| {
            Box::pin(async move {
                for sql in statements {
                    tx.run(sql, vec![]).await?;
                }
                Ok(())
            })
        });
        done.await.unwrap_or_else(|cause| panic!("{cause}"));
    }

    pub async fn number(&self, sql: &str) -> i64 {
        let row = self
            .store
            .read()
            .row(sql, vec![])
            .await
            .unwrap_or_else(|cause| panic!("{cause}"));
        row.expect("a row").get(0).unwrap_or_else(|cause| panic!("{cause}"))
    }
}

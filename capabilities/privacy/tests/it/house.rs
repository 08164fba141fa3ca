//! The house as far as these tests need it.

use kernel::{Author, Clock, Uuid};
use people::{GroupKind, Identity, Role, RoleGrant};
use store::{DatabaseSettings, Lane, RecordKind, SealKey, Sealer, Store, StoreParts};
use testkit::Backend;

pub fn capabilities() -> Vec<host::Capability> {
    vec![
        configuration::capability(),
        people::capability(),
        record::capability(),
        workspace::capability(),
        ticket::capability(),
        registry::capability(),
        task::capability(),
        privacy::capability(),
    ]
}

pub fn kinds() -> Vec<RecordKind> {
    capabilities()
        .iter()
        .flat_map(|capability| capability.records.clone())
        .collect()
}

pub async fn open(db: &Backend) -> (Store, SealKey) {
    let settings = DatabaseSettings::at(db.data.path(), &db.url);
    let migrations = capabilities()
        .iter()
        .flat_map(|capability| capability.migrations.iter().copied())
        .collect();
    let parts = StoreParts {
        migrations,
        folds: Vec::new(),
    };
    let store = Store::open(&settings, Clock::wall(), parts)
        .await
        .unwrap_or_else(|cause| panic!("{cause}"));
    (store, SealKey::in_folder(db.data.path()).await.expect("a key"))
}

pub async fn person(store: &Store, identity: Identity) -> Uuid {
    let author = Author::system("test");
    let made = store.write(Lane::People, move |tx| {
        Box::pin(async move {
            let grant = RoleGrant {
                role: Role::Requester,
                area: None,
            };
            people::register(tx, &author, identity, false, &[grant]).await
        })
    });
    made.await.unwrap_or_else(|cause| panic!("{cause}")).0
}

pub async fn desk(store: &Store) {
    let author = Author::system("test");
    let made = store.write(Lane::People, move |tx| {
        Box::pin(async move {
            let area = configuration::create_area(tx, &author, "it", "Informatica").await?;
            people::create_group(tx, &author, "Sportello", GroupKind::FrontEnd, Some(area.0))
                .await
                .map(drop)
        })
    });
    made.await.unwrap_or_else(|cause| panic!("{cause}"));
}

pub async fn assert_intact(store: &Store, key: &SealKey) {
    Sealer::new(store.clone(), key.clone())
        .seal()
        .await
        .unwrap_or_else(|cause| panic!("{cause}"));
    let report = audit::verify(store, &kinds(), Some(key), &|_, _| ())
        .await
        .unwrap_or_else(|cause| panic!("{cause}"));
    assert!(report.is_intact(), "{report:?}");
}

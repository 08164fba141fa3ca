//! A backup of either database restores into either, and what was erased meanwhile stays erased.

use crate::erasure::ticket;
use crate::house::{assert_intact, desk, kinds, open, person};
use people::{Actor, Identity, Role, RoleGrant};
use std::sync::Arc;
use store::{SealKey, Sql};
use testkit::{Backend, both_backends};

const BESIDE: [&str; 4] = ["seal.key", "last-seal.json", "last-read.json", privacy::ERASURES_FILE];

async fn restored_into(target: Backend, file: &std::path::Path, source: &Backend) {
    let backup = store::check_backup(file)
        .await
        .unwrap_or_else(|cause| panic!("{cause}"));
    // The target knows of an erasure that the backup does not.
    std::fs::copy(
        source.data.path().join(privacy::ERASURES_FILE),
        target.data.path().join(privacy::ERASURES_FILE),
    )
    .expect("copied");
    // Opening makes a key for the journal of an empty place; a restore brings its own.
    let (store, _) = open(&target).await;
    std::fs::remove_file(target.data.path().join("seal.key")).expect("removed");
    store
        .load_backup(file, &backup)
        .await
        .unwrap_or_else(|cause| panic!("{cause}"));
    assert!(
        store.load_backup(file, &backup).await.is_err(),
        "a restore overwrites nothing"
    );
    store.close().await;
    let (store, _) = open(&target).await;
    let key = SealKey::existing(target.data.path()).await.expect("the key came along");
    let rebuilt = audit::rebuild(&store, &kinds(), &|_, _| ())
        .await
        .unwrap_or_else(|cause| panic!("{cause}"));
    assert_eq!((rebuilt.states, rebuilt.cards), (0, 0), "{rebuilt:?}");
    let list = privacy::erasures(target.data.path()).await.expect("list");
    assert_eq!(
        privacy::reapply(&store, &list)
            .await
            .unwrap_or_else(|cause| panic!("{cause}")),
        1
    );
    assert_intact(&store, &key).await;
    let again = audit::rebuild(&store, &kinds(), &|_, _| ())
        .await
        .unwrap_or_else(|cause| panic!("{cause}"));
    assert_eq!((again.states, again.cards, again.words), (0, 0, 0));
    let row = store
        .read()
        .row("SELECT COUNT(*) FROM attachment", vec![])
        .await
        .expect("counts")
        .expect("a row");
    assert_eq!(row.get::<i64>(0).expect("a number"), 2);
    let known = person(
        &store,
        Identity {
            name: "Nuova".into(),
            ..Identity::default()
        },
    )
    .await;
    ticket(&store, known, "Nuova", "altro ancora").await;
    assert_intact(&store, &key).await;
}

both_backends!(
    async fn a_backup_restores_into_either_database(db: testkit::Backend) {
        let (store, key) = open(&db).await;
        desk(&store).await;
        let first = person(
            &store,
            Identity {
                name: "Anna Verdi".into(),
                ..Identity::default()
            },
        )
        .await;
        let second = person(
            &store,
            Identity {
                name: "Ugo Neri".into(),
                ..Identity::default()
            },
        )
        .await;
        ticket(&store, first, "Anna", "registro di Anna").await;
        ticket(&store, second, "Ugo", "registro di Ugo").await;
        assert_intact(&store, &key).await;
        let file = db.data.path().join("copia.tar");
        let backup = store
            .backup(&file, &BESIDE)
            .await
            .unwrap_or_else(|cause| panic!("{cause}"));
        assert_eq!(backup.files, 3);
        assert!(
            store.backup(&file, &BESIDE).await.is_err(),
            "a backup overwrites nothing"
        );
        let officer = Arc::new(Actor {
            roles: vec![RoleGrant {
                role: Role::Dpo,
                area: None,
            }],
            ..Actor::system()
        });
        privacy::erase_person(&store, &officer, first, "art. 17")
            .await
            .unwrap_or_else(|cause| panic!("{cause}"));
        restored_into(Backend::sqlite(), &file, &db).await;
        restored_into(Backend::postgres().await, &file, &db).await;

        let mut bytes = std::fs::read(&file).expect("read");
        let place = bytes
            .windows(9)
            .position(|window| window == b"Ugo chied")
            .expect("a text");
        bytes[place] = b'X';
        let damaged = db.data.path().join("guasta.tar");
        std::fs::write(&damaged, &bytes).expect("written");
        assert!(
            store::check_backup(&damaged).await.is_err(),
            "an altered backup is refused"
        );
        std::fs::write(&damaged, &bytes[..bytes.len() / 2]).expect("written");
        assert!(store::check_backup(&damaged).await.is_err(), "a cut backup is refused");
    }
);

//! After an erasure no string of the person is left, and the journal still verifies.

use crate::house::{assert_intact, desk, open, person};
use bytes::Bytes;
use kernel::Uuid;
use people::{Actor, Identity, RequesterRef, Role, RoleGrant};
use std::convert::Infallible;
use std::path::Path;
use std::sync::Arc;
use store::{Idempotency, Sql, Store};
use testkit::{Kind, both_backends};
use ticket::domain::Visibility;
use ticket::{Conditions, CreateTicket, TicketAct};

const CANARY: &str = "Zyxwvutcanarino";

async fn file(store: &Store, name: &str, body: &str) -> record::NewAttachment {
    let stream = futures_util::stream::iter([Ok::<_, Infallible>(Bytes::from(body.to_owned()))]);
    let blob = store
        .blobs()
        .receive(stream, 1 << 20)
        .await
        .unwrap_or_else(|cause| panic!("{cause}"));
    record::NewAttachment::new(name, blob, false).unwrap_or_else(|cause| panic!("{cause}"))
}

pub async fn ticket(store: &Store, requester: Uuid, text: &str, attached: &str) -> Uuid {
    let actor = Arc::new(Actor::system());
    let asked = CreateTicket {
        subject: format!("Stampante di {text}"),
        description: Some(format!("{text} chiede aiuto")),
        requester: Some(RequesterRef {
            id: Some(requester),
            ..RequesterRef::default()
        }),
        ..CreateTicket::default()
    };
    let key = Idempotency::new(requester, attached, &[text.as_bytes()]);
    let conditions = Conditions {
        idempotency: Some(key),
        ..Conditions::default()
    };
    let made = ticket::create(store, &actor, asked, conditions)
        .await
        .unwrap_or_else(|cause| panic!("{cause}"));
    let acts = vec![
        TicketAct::Say {
            visibility: Visibility::Public,
            body: format!("Buongiorno {text}"),
        },
        TicketAct::Say {
            visibility: Visibility::Internal,
            body: format!("{text} ha già chiamato"),
        },
        TicketAct::ChangeSubject {
            subject: format!("Coda di {text}"),
        },
        TicketAct::Attach {
            file: file(store, &format!("{text}.txt"), attached).await,
        },
        TicketAct::Attach {
            file: file(store, "comune.txt", "un file di tutti").await,
        },
    ];
    ticket::perform(store, &actor, made.id, acts, Conditions::default())
        .await
        .unwrap_or_else(|cause| panic!("{cause}"));
    made.id
}

/// Somebody is writing: one draft is written already, the next waits in memory.
async fn writes(store: &Store, person: Uuid, key: &str, text: &str) {
    let typed = workspace::Typed {
        fields: [("text".to_owned(), text.to_owned())].into(),
        writer: "a".to_owned(),
        ..workspace::Typed::default()
    };
    workspace::flush(store).await;
    workspace::keep(store, person, key, typed)
        .await
        .unwrap_or_else(|cause| panic!("{cause}"));
}

fn files_that_say(folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        if entry.path().is_dir() {
            files_that_say(&entry.path(), found);
            continue;
        }
        let bytes = std::fs::read(entry.path()).expect("readable").to_ascii_lowercase();
        let canary = CANARY.to_lowercase().into_bytes();
        if bytes.windows(canary.len()).any(|window| window == canary) {
            found.push(entry.path().display().to_string());
        }
    }
}

async fn columns_that_say(store: &Store) -> Vec<String> {
    let sql =
        "SELECT table_name::text, column_name::text FROM information_schema.columns WHERE table_schema = 'public'";
    let mut found = Vec::new();
    for row in store.read().rows(sql, vec![]).await.expect("columns") {
        let (table, column): (String, String) = (row.get(0).expect("text"), row.get(1).expect("text"));
        let asked = format!("SELECT COUNT(*) FROM \"{table}\" WHERE CAST(\"{column}\" AS TEXT) ILIKE '%{CANARY}%'");
        let count: i64 = store
            .read()
            .row(&asked, vec![])
            .await
            .expect("counts")
            .expect("a row")
            .get(0)
            .expect("a number");
        if count > 0 {
            found.push(format!("{table}.{column}"));
        }
    }
    found
}

both_backends!(
    async fn an_erased_person_is_in_no_byte_and_the_journal_verifies(db: testkit::Backend) {
        let (store, key) = open(&db).await;
        desk(&store).await;
        let known = |name: &str| Identity {
            name: name.into(),
            email: Some(format!("{}@ente.example", name.to_lowercase())),
            ..Identity::default()
        };
        let canary = person(&store, known(CANARY)).await;
        let other = person(&store, known("Altra")).await;
        people::set_password(&store, canary, &format!("{CANARY}@ente.example"), "una parola lunga")
            .await
            .expect("set");
        people::open_session(&store, canary, "10.0.0.1", CANARY)
            .await
            .expect("opened");
        people::create_token(&store, canary, CANARY, &[people::TokenScope::Read], 10)
            .await
            .expect("made");
        let mine = ticket(&store, canary, CANARY, &format!("registro di {CANARY}")).await;
        let others = ticket(&store, other, "Altra", "registro d'altri").await;
        for n in 0..30 {
            ticket(
                &store,
                if n % 3 == 0 { canary } else { other },
                if n % 3 == 0 { CANARY } else { "Qualcuno" },
                &format!("file {n}"),
            )
            .await;
        }
        for (whose, what, text) in [
            (canary, "message:mio", "senza nomi"),
            (other, "call:altrui", CANARY),
            (other, "call:resta", "di altri"),
        ] {
            writes(&store, whose, what, text).await;
        }
        assert_intact(&store, &key).await;

        let officer = Arc::new(Actor {
            roles: vec![RoleGrant {
                role: Role::Dpo,
                area: None,
            }],
            ..Actor::system()
        });
        let named = privacy::erase_person(&store, &officer, canary, &format!("lo chiede {CANARY}")).await;
        assert!(named.is_err(), "a reason that names the person is refused");
        let erased = privacy::erase_person(&store, &officer, canary, "art. 17")
            .await
            .unwrap_or_else(|cause| panic!("{cause}"));
        assert_eq!((erased.tickets, erased.clean), (11, true), "{erased:?}");
        assert_intact(&store, &key).await;
        let again = privacy::erase_person(&store, &officer, canary, "art. 17")
            .await
            .unwrap_or_else(|cause| panic!("{cause}"));
        assert_eq!(again.texts, 0);
        assert_intact(&store, &key).await;

        let left = workspace::drafts_under(&store, other, "").await.expect("drafts");
        assert_eq!(
            left.iter().map(|draft| draft.key.as_str()).collect::<Vec<_>>(),
            ["call:resta"]
        );
        assert!(
            workspace::drafts_under(&store, canary, "")
                .await
                .expect("drafts")
                .is_empty()
        );
        let card = record::card(store.read(), &officer, people::Act::View, &mine.to_string())
            .await
            .expect("still there");
        assert_eq!((card.subject.as_str(), card.requester), ("", Some(canary)));
        assert_eq!(
            record::attachments_of(store.read(), others).await.expect("files").len(),
            2,
            "others keep their files"
        );
        let shared = record::attachments_of(store.read(), others).await.expect("files");
        assert!(
            store.blobs().open(&shared[1].sha256).await.is_ok(),
            "a file that others use stays"
        );
        let rebuilt = audit::rebuild(&store, &crate::house::kinds(), &|_, _| ())
            .await
            .unwrap_or_else(|cause| panic!("{cause}"));
        assert_eq!((rebuilt.states, rebuilt.cards, rebuilt.words), (0, 0, 0));
        let mut found = Vec::new();
        files_that_say(db.data.path(), &mut found);
        if db.kind == Kind::Postgres {
            found.extend(columns_that_say(&store).await);
        }
        assert!(found.is_empty(), "{found:?}");
        assert_eq!(privacy::erasures(db.data.path()).await.expect("list").len(), 1);
    }

    async fn only_who_may_erases(db: testkit::Backend) {
        let (store, _) = open(&db).await;
        let someone = person(
            &store,
            Identity {
                name: "Qualcuno".into(),
                ..Identity::default()
            },
        )
        .await;
        for role in [Role::Requester, Role::Operator, Role::Administrator, Role::Auditor] {
            let actor = Arc::new(Actor {
                roles: vec![RoleGrant { role, area: None }],
                ..Actor::system()
            });
            assert!(
                privacy::erase_person(&store, &actor, someone, "art. 17").await.is_err(),
                "{role:?}"
            );
        }
    }
);

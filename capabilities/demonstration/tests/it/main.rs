//! The demonstration through its own door, on both databases.

mod reported;
mod search;

use demonstration::{Demonstration, PASSWORD, first_instant, load};
use kernel::{Clock, Instant};
use people::Role;
use store::{DatabaseSettings, Sql, Store, StoreParts};
use testkit::both_backends;
use ticket::domain::{ClosedReason, State};

fn capabilities() -> Vec<host::Capability> {
    vec![
        configuration::capability(),
        catalogue::capability(),
        people::capability(),
        record::capability(),
        outage::capability(),
        knowledge::capability(),
        ready_text::capability(),
        routing::capability(),
        automation::capability(),
        service_level::capability(),
        ticket::capability(),
        task::capability(),
        macros::capability(),
        privacy::capability(),
        demonstration::capability(),
    ]
}

fn now() -> Instant {
    Instant::parse("2026-11-24T13:20:00Z").expect("valid")
}

async fn open(db: &testkit::Backend) -> Store {
    let settings = DatabaseSettings::at(db.data.path(), &db.url);
    let migrations = capabilities()
        .iter()
        .flat_map(|capability| capability.migrations.iter().copied())
        .collect();
    let parts = StoreParts {
        migrations,
        folds: Vec::new(),
    };
    Store::open(&settings, Clock::starting_at(first_instant(now())), parts)
        .await
        .unwrap_or_else(|cause| panic!("{cause}"))
}

async fn number(store: &Store, sql: &str) -> i64 {
    store
        .read()
        .row(sql, vec![])
        .await
        .expect("reads")
        .expect("a row")
        .get(0)
        .expect("a number")
}

both_backends! {
    async fn every_state_occurs_nothing_lies_in_the_future_and_a_second_load_changes_nothing(db: testkit::Backend) {
        let store = open(&db).await;
        let Demonstration::Loaded(tickets) = load(&store, now()).await.unwrap_or_else(|cause| panic!("{cause}")) else {
            panic!("not loaded")
        };
        assert!(tickets >= 250, "{tickets}");
        for state in State::ALL {
            let sql = format!("SELECT COUNT(*) FROM card WHERE state = '{}'", state.code());
            assert!(number(&store, &sql).await > 0, "no ticket is {}", state.code());
        }
        for reason in ClosedReason::ALL {
            let sql = format!("SELECT COUNT(*) FROM event WHERE name = 'ticket.closed' AND payload LIKE '%\"{}\"%'", reason.code());
            assert!(number(&store, &sql).await > 0, "no ticket was closed as {}", reason.code());
        }
        assert!(number(&store, "SELECT MAX(occurred_at) FROM event").await <= now().as_millis() + 60_000);
        assert!(number(&store, "SELECT COUNT(*) FROM person WHERE is_staff = 0").await >= 120);
        assert!(number(&store, "SELECT COUNT(*) FROM attachment").await > 4);
        let events = number(&store, "SELECT COUNT(*) FROM event").await;
        assert_eq!(load(&store, now()).await.expect("looked"), Demonstration::Present);
        assert_eq!(number(&store, "SELECT COUNT(*) FROM event").await, events);
        let kinds: Vec<_> = capabilities().iter().flat_map(|capability| capability.records.clone()).collect();
        let verified = audit::verify(&store, &kinds, None, &|_, _| {}).await.expect("verifies");
        assert!(verified.is_intact(), "{verified:?}");
    }

    async fn an_account_of_every_role_signs_in_and_other_peoples_houses_are_left_alone(db: testkit::Backend) {
        let store = open(&db).await;
        load(&store, now()).await.unwrap_or_else(|cause| panic!("{cause}"));
        let accounts = demonstration::Account::shown();
        for role in Role::ALL {
            assert!(accounts.iter().any(|account| account.role == role), "nobody is {role:?}");
        }
        for account in &accounts {
            people::sign_in(&store, account.email, PASSWORD).await.unwrap_or_else(|cause| panic!("{}: {cause}", account.email));
        }
        let lived_in = match db.kind {
            testkit::Kind::Sqlite => testkit::Backend::sqlite(),
            testkit::Kind::Postgres => testkit::Backend::postgres().await,
        };
        let store = open(&lived_in).await;
        people::set_password(&store, kernel::Uuid::now_v7(), "vera@ente.it", "una-password-vera").await.expect("an account");
        assert_eq!(load(&store, now()).await.expect("looked"), Demonstration::Declined);
    }
}

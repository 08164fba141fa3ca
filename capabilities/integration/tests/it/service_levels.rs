//! History that another product told, measured under an agreement made here: no breach follows from it, and the share in time is
//! known all the same.

use crate::log::{file, import, open, rows};
use kernel::Author;
use service_level::{AgreementText, CalendarText, Metric, Target};
use store::{Lane, Sql, Store};
use testkit::both_backends;
use ticket::{Compliance, Measure};

const HOUR: i64 = 3600;

/// Four hours around the clock for what is critical, twenty-four in office hours for the rest.
async fn agree(store: &Store, name: &'static str, pausing: &'static [&'static str]) {
    let agree = store.write(Lane::People, move |tx| {
        Box::pin(async move {
            let author = Author::system("test");
            let hours = CalendarText::office(format!("Orario di {name}"));
            let calendar = service_level::add_calendar(tx, &author, None, hours).await?;
            let target = |priority, hours, elapsed| Target {
                metric: Metric::Resolution,
                priority,
                seconds: hours * HOUR,
                elapsed,
            };
            let text = AgreementText {
                name: name.to_owned(),
                calendar: Some(calendar.id),
                targets: vec![
                    target(1, 4, true),
                    target(2, 8, true),
                    target(3, 24, false),
                    target(4, 72, false),
                ],
                pausing: pausing.iter().map(|reason| (*reason).to_owned()).collect(),
                ..AgreementText::default()
            };
            service_level::add_agreement(tx, &author, None, text).await.map(drop)
        })
    });
    agree.await.expect("agreed");
    store.note_listed_change();
}

async fn measured(store: &Store, agreement: &str, from: Option<&str>, until: Option<&str>) -> Compliance {
    let measure = Measure {
        agreement: Some(agreement.to_owned()),
        from: from.map(str::to_owned),
        until: until.map(str::to_owned),
        ..Measure::default()
    };
    let mut all = ticket::compliance(store, &measure).await.expect("measured");
    assert_eq!(all.len(), 1);
    all.remove(0)
}

/// Priority, in time, of how many, the share.
fn lines(told: &Compliance) -> Vec<(Option<i64>, i64, i64, Option<f64>)> {
    let line = |share: &ticket::Share| (share.priority, share.met, share.clocks, share.percent);
    told.shares.iter().map(line).collect()
}

both_backends! {
    async fn the_share_in_time_of_what_was_imported_is_known(db: testkit::Backend) {
        let store = open(&db).await;
        import(&store, &file(&rows()), false).await.expect("imported");
        agree(&store, "Contratto", &["requester"]).await;
        let told = measured(&store, "contratto", None, None).await;
        // Solved after two hours, after two and eight of waiting for the requester, and not yet.
        assert_eq!(lines(&told), [(None, 2, 3, Some(66.7)), (Some(1), 1, 1, Some(100.0)), (Some(3), 1, 2, Some(50.0))]);
        assert_eq!((told.tickets, told.shares[0].median, told.shares[0].p90), (3, Some(2 * HOUR), Some(2 * HOUR)));
        agree(&store, "Senza attese", &[]).await;
        let strict = measured(&store, "Senza attese", None, None).await;
        assert_eq!(lines(&strict)[1], (Some(1), 0, 1, Some(0.0)), "ten hours and not four");
        let first_day = measured(&store, "Contratto", Some("2016-03-01"), Some("01/03/2016")).await;
        assert_eq!(lines(&first_day)[0], (None, 2, 2, Some(100.0)), "the third was not due then");
        let later = measured(&store, "Contratto", Some("2016-03-02"), None).await;
        assert_eq!(lines(&later), [(None, 0, 1, Some(0.0)), (Some(3), 0, 1, Some(0.0))]);
        let said = told.text(i18n::Language::It);
        assert!(said.contains("Soluzione, P3: 50,0 % nei tempi (1 su 2)"), "{said}");
    }

    async fn an_import_sets_no_clock_going_and_breaches_nothing(db: testkit::Backend) {
        let store = open(&db).await;
        agree(&store, "Contratto", &[]).await;
        import(&store, &file(&rows()), false).await.expect("imported");
        measured(&store, "Contratto", None, None).await;
        assert_eq!(ticket::ring(&store).await.expect("looked"), 0);
        let sql = "SELECT COUNT(*) FROM event WHERE name LIKE 'ticket.clock%'";
        let row = store.read().row(sql, vec![]).await.expect("reads").expect("a row");
        assert_eq!(row.get::<i64>(0).expect("a count"), 0);
    }

    async fn what_cannot_be_measured_is_refused_by_its_name(db: testkit::Backend) {
        let store = open(&db).await;
        for (measure, field) in [
            (Measure { agreement: Some("Nessuno".to_owned()), ..Measure::default() }, "agreement"),
            (Measure { area: Some("Nessuna".to_owned()), ..Measure::default() }, "area"),
            (Measure { from: Some("ieri".to_owned()), ..Measure::default() }, "from"),
        ] {
            match ticket::compliance(&store, &measure).await {
                Err(kernel::Error::Refused(refusal)) => assert_eq!(refusal.fields[0].field, field),
                other => panic!("{field}: {other:?}"),
            }
        }
        assert_eq!(ticket::compliance(&store, &Measure::default()).await.expect("nothing agreed"), []);
    }
}

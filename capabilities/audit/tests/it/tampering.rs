//! Every way of tampering by SQL is found, and the event it concerns is named.

use crate::desk::{Desk, another};
use store::Sql;
use testkit::both_backends;

/// A manipulation: what it is, what is done, the sentence it must meet, and the event it must name (a query made before).
struct Case(&'static str, &'static [&'static str], &'static str, &'static str);

/// The second ticket's second event: in the middle of a chain, in the middle of the seals.
const TARGET: &str = "SELECT MAX(seq) FROM event WHERE name = 'ticket.message_added' AND seq < (SELECT MAX(seq) FROM event WHERE name = 'ticket.opened') \
                      AND payload LIKE '%public%'";
/// Any event of the second ticket's seal.
const ANY: &str = "";

macro_rules! target {
    ($start:literal, $end:literal) => {
        concat!(
            $start,
            "(SELECT MAX(seq) FROM event WHERE name = 'ticket.message_added' AND seq < (SELECT MAX(seq) FROM event WHERE name = 'ticket.opened') AND payload LIKE '%public%')",
            $end
        )
    };
    ($start:literal) => { target!($start, "") };
}

const OPENED: &str = "SELECT MIN(seq) FROM event WHERE name = 'ticket.opened'";
const LAST_OF_FIRST: &str = "SELECT MAX(seq) FROM event WHERE record_id = (SELECT record_id FROM event WHERE seq = (SELECT MIN(seq) FROM event WHERE name = 'ticket.opened'))";

const CASES: &[Case] = &[
    Case(
        "payload",
        &[target!(
            "UPDATE event SET payload = REPLACE(payload, 'public', 'internal') WHERE seq = "
        )],
        "audit-event-altered",
        TARGET,
    ),
    Case(
        "payload respaced",
        &[target!("UPDATE event SET payload = payload || ' ' WHERE seq = ")],
        "audit-event-altered",
        TARGET,
    ),
    Case(
        "name",
        &[target!("UPDATE event SET name = 'ticket.taken' WHERE seq = ")],
        "audit-event-altered",
        TARGET,
    ),
    Case(
        "occurred_at",
        &[target!("UPDATE event SET occurred_at = occurred_at - 1 WHERE seq = ")],
        "audit-event-altered",
        TARGET,
    ),
    Case(
        "recorded_at",
        &[target!("UPDATE event SET recorded_at = recorded_at - 1 WHERE seq = ")],
        "audit-event-altered",
        TARGET,
    ),
    Case(
        "via",
        &[target!("UPDATE event SET via = 'api' WHERE seq = ")],
        "audit-event-altered",
        TARGET,
    ),
    Case(
        "actor",
        &[target!("UPDATE event SET actor_id = record_id WHERE seq = ")],
        "audit-event-altered",
        TARGET,
    ),
    Case(
        "hash",
        &[target!(
            "UPDATE event SET hash = (SELECT digest FROM seal WHERE number = 1) WHERE seq = "
        )],
        "audit-event-altered",
        TARGET,
    ),
    Case(
        "position",
        &[target!("UPDATE event SET position = position + 100 WHERE seq = ")],
        "audit-event-missing",
        ANY,
    ),
    Case(
        "record",
        &[target!(
            "UPDATE event SET position = 100, record_id = (SELECT record_id FROM event WHERE seq = (SELECT MIN(seq) FROM event)) WHERE seq = "
        )],
        "audit-event-missing",
        ANY,
    ),
    Case(
        "seq",
        &[target!("UPDATE event SET seq = seq + 1000000000 WHERE seq = ")],
        "audit-event-moved",
        ANY,
    ),
    Case(
        "removed",
        &[target!("DELETE FROM event WHERE seq = ")],
        "audit-event-missing",
        ANY,
    ),
    Case(
        "last of a record removed",
        &[
            "DELETE FROM event WHERE seq = (SELECT MAX(seq) FROM event WHERE record_id = (SELECT record_id FROM event WHERE seq = (SELECT MIN(seq) FROM event WHERE name = 'ticket.opened')))",
        ],
        "audit-events-cut",
        ANY,
    ),
    Case(
        "inserted in a chain",
        &[target!(
            "INSERT INTO event (seq, record_id, position, name, occurred_at, recorded_at, actor_id, via, payload, hash) SELECT (SELECT MAX(seq) FROM event) + 1, record_id, 99, name, occurred_at, recorded_at, actor_id, via, payload, hash FROM event WHERE seq = "
        )],
        "audit-event-missing",
        "SELECT MAX(seq) + 1 FROM event",
    ),
    Case(
        "a record of nobody inserted",
        &[target!(
            "INSERT INTO event (seq, record_id, position, name, occurred_at, recorded_at, actor_id, via, payload, hash) SELECT 0, (SELECT id FROM content LIMIT 1), 1, name, occurred_at, recorded_at, actor_id, via, payload, hash FROM event WHERE seq = "
        )],
        "audit-event-orphan",
        "SELECT 0 * MAX(seq) FROM event",
    ),
    Case(
        "reordered",
        &[
            "UPDATE event SET seq = -1 WHERE seq = (SELECT MAX(seq) FROM event)",
            "UPDATE event SET seq = (SELECT MAX(seq) FROM event) + 1 WHERE seq = (SELECT MAX(seq) FROM event)",
            "UPDATE event SET seq = (SELECT MAX(seq) FROM event) - 1 WHERE seq = -1",
        ],
        "audit-event-moved",
        ANY,
    ),
    Case(
        "seal digest",
        &["UPDATE seal SET digest = mac WHERE number = 2"],
        "audit-seal-digest",
        "SELECT first_seq FROM seal WHERE number = 2",
    ),
    Case(
        "seal mac",
        &["UPDATE seal SET mac = digest WHERE number = 2"],
        "audit-seal-mac",
        "SELECT first_seq FROM seal WHERE number = 2",
    ),
    Case(
        "seal instant",
        &["UPDATE seal SET sealed_at = sealed_at + 1 WHERE number = 2"],
        "audit-seal-mac",
        "SELECT first_seq FROM seal WHERE number = 2",
    ),
    Case(
        "seal count",
        &["UPDATE seal SET events = events + 1 WHERE number = 2"],
        "audit-seal-digest",
        "SELECT first_seq FROM seal WHERE number = 2",
    ),
    Case(
        "seal first",
        &["UPDATE seal SET first_seq = first_seq + 1 WHERE number = 2"],
        "audit-event-unsealed",
        "SELECT first_seq FROM seal WHERE number = 2",
    ),
    Case(
        "seal last",
        &["UPDATE seal SET last_seq = last_seq - 1 WHERE number = 2"],
        "audit-event-unsealed",
        ANY,
    ),
    Case(
        "seal removed",
        &["DELETE FROM seal WHERE number = 2"],
        "audit-seal-missing",
        ANY,
    ),
    Case(
        "first seal removed",
        &["DELETE FROM seal WHERE number = 1"],
        "audit-seal-missing",
        ANY,
    ),
    Case(
        "seal inserted",
        &[
            "INSERT INTO seal (number, first_seq, last_seq, events, digest, mac, sealed_at) SELECT 4, first_seq, last_seq, events, digest, mac, sealed_at FROM seal WHERE number = 3",
        ],
        "audit-seal-moved",
        ANY,
    ),
    Case(
        "seals reordered",
        &[
            "UPDATE seal SET number = 99 WHERE number = 2",
            "UPDATE seal SET number = 2 WHERE number = 3",
            "UPDATE seal SET number = 3 WHERE number = 99",
        ],
        "audit-event-unsealed",
        ANY,
    ),
    Case(
        "the last seal cut off",
        &["DELETE FROM seal WHERE number = 3"],
        "audit-journal-cut",
        ANY,
    ),
    Case(
        "the end cut off, cleanly",
        &[
            "DELETE FROM content WHERE record_id = (SELECT id FROM record WHERE ordinal = (SELECT MAX(ordinal) FROM record))",
            "DELETE FROM attachment WHERE record_id = (SELECT id FROM record WHERE ordinal = (SELECT MAX(ordinal) FROM record))",
            "DELETE FROM card WHERE ordinal = (SELECT MAX(ordinal) FROM record)",
            "DELETE FROM event WHERE record_id = (SELECT id FROM record WHERE ordinal = (SELECT MAX(ordinal) FROM record))",
            "DELETE FROM record WHERE ordinal = (SELECT MAX(ordinal) FROM record)",
            "DELETE FROM seal WHERE number = 3",
        ],
        "audit-journal-cut",
        ANY,
    ),
    Case(
        "a whole record removed",
        &[
            "DELETE FROM content WHERE record_id = (SELECT id FROM card WHERE ordinal = (SELECT MIN(ordinal) FROM card))",
            "DELETE FROM attachment WHERE record_id = (SELECT id FROM card WHERE ordinal = (SELECT MIN(ordinal) FROM card))",
            "DELETE FROM event WHERE record_id = (SELECT id FROM card WHERE ordinal = (SELECT MIN(ordinal) FROM card))",
            "DELETE FROM record WHERE ordinal = (SELECT MIN(ordinal) FROM card)",
            "DELETE FROM card WHERE ordinal = (SELECT MIN(ordinal) FROM card)",
        ],
        "audit-seal-digest",
        "SELECT first_seq FROM seal WHERE number = 1",
    ),
    Case(
        "content altered",
        &["UPDATE content SET body = body || '!' WHERE body = 'La stampante non risponde'"],
        "audit-content-altered",
        OPENED,
    ),
    Case(
        "salt altered",
        &[
            "UPDATE content SET salt = (SELECT digest FROM seal WHERE number = 1) WHERE body = 'La stampante non risponde'",
        ],
        "audit-content-altered",
        OPENED,
    ),
    Case(
        "content missing",
        &["DELETE FROM content WHERE body = 'La stampante non risponde'"],
        "audit-content-missing",
        OPENED,
    ),
    Case(
        "content moved",
        &[
            "UPDATE content SET record_id = (SELECT id FROM record WHERE kind = 'area') WHERE body = 'La stampante non risponde'",
        ],
        "audit-content-superfluous",
        ANY,
    ),
    Case(
        "content of nobody",
        &["UPDATE content SET record_id = id WHERE body = 'La stampante non risponde'"],
        "audit-content-orphan",
        ANY,
    ),
    Case(
        "state",
        &[
            "UPDATE record SET state = REPLACE(state, '\"priority\":4', '\"priority\":1') WHERE ordinal = (SELECT MIN(ordinal) FROM card)",
        ],
        "audit-record-state",
        LAST_OF_FIRST,
    ),
    Case(
        "version",
        &["UPDATE record SET version = version - 1 WHERE ordinal = (SELECT MIN(ordinal) FROM card)"],
        "audit-event-inserted",
        LAST_OF_FIRST,
    ),
    Case(
        "version ahead",
        &["UPDATE record SET version = version + 1 WHERE ordinal = (SELECT MIN(ordinal) FROM card)"],
        "audit-events-cut",
        LAST_OF_FIRST,
    ),
    Case(
        "head",
        &[
            "UPDATE record SET head = (SELECT digest FROM seal WHERE number = 1) WHERE ordinal = (SELECT MIN(ordinal) FROM card)",
        ],
        "audit-record-head",
        LAST_OF_FIRST,
    ),
    Case(
        "kind",
        &["UPDATE record SET kind = 'problem' WHERE ordinal = (SELECT MIN(ordinal) FROM card)"],
        "audit-record-kind",
        OPENED,
    ),
    Case(
        "ordinal",
        &["UPDATE record SET ordinal = -5 WHERE ordinal = (SELECT MIN(ordinal) FROM card)"],
        "audit-record-ordinal",
        OPENED,
    ),
    Case(
        "listed",
        &["UPDATE record SET is_listed = 1 WHERE ordinal = (SELECT MIN(ordinal) FROM card)"],
        "audit-record-row",
        OPENED,
    ),
    Case(
        "a record without events",
        &[
            "INSERT INTO record (id, kind, ordinal, version, head, state, recorded_at, is_listed) SELECT c.id, kind, 0, version, head, state, recorded_at, is_listed FROM record, (SELECT id FROM content LIMIT 1) c WHERE ordinal = (SELECT MIN(ordinal) FROM card)",
        ],
        "audit-record-without-events",
        ANY,
    ),
    Case(
        "card subject",
        &["UPDATE card SET subject = 'altro' WHERE ordinal = (SELECT MIN(ordinal) FROM card)"],
        "audit-card-altered",
        LAST_OF_FIRST,
    ),
    Case(
        "card priority",
        &["UPDATE card SET priority = 1 WHERE ordinal = (SELECT MIN(ordinal) FROM card)"],
        "audit-card-altered",
        LAST_OF_FIRST,
    ),
    Case(
        "card badges",
        &["UPDATE card SET badges = '{\"vip\":true}' WHERE ordinal = (SELECT MIN(ordinal) FROM card)"],
        "audit-card-altered",
        LAST_OF_FIRST,
    ),
    Case(
        "card requester",
        &["UPDATE card SET requester_id = NULL WHERE ordinal = (SELECT MIN(ordinal) FROM card)"],
        "audit-card-altered",
        LAST_OF_FIRST,
    ),
    Case(
        "another hand on the card",
        &[
            "UPDATE card SET hands = '[{\"group\":\"00000000-0000-7000-8000-000000000001\",\"stake\":\"past\"}]' WHERE ordinal = (SELECT MIN(ordinal) FROM card)",
        ],
        "audit-card-altered",
        LAST_OF_FIRST,
    ),
    Case(
        "a hand that the card does not name",
        &[
            "INSERT INTO hand (ordinal, place, group_id, stake) SELECT MIN(ordinal), 0, (SELECT id FROM content LIMIT 1), 'part' FROM card",
        ],
        "audit-card-altered",
        LAST_OF_FIRST,
    ),
    Case(
        "a hand of nobody",
        &["INSERT INTO hand (ordinal, place, group_id, stake) SELECT -9, 0, id, 'part' FROM content LIMIT 1"],
        "audit-hand-orphan",
        ANY,
    ),
    Case(
        "card missing",
        &["DELETE FROM card WHERE ordinal = (SELECT MIN(ordinal) FROM card)"],
        "audit-card-missing",
        LAST_OF_FIRST,
    ),
    Case(
        "card of nobody",
        &[
            "UPDATE card SET id = (SELECT id FROM content LIMIT 1), ordinal = -3 WHERE ordinal = (SELECT MIN(ordinal) FROM card)",
        ],
        "audit-card-orphan",
        ANY,
    ),
    Case(
        "attachment altered",
        &["UPDATE attachment SET sha256 = 'ff' || sha256"],
        "audit-attachment-altered",
        ANY,
    ),
    Case(
        "attachment renamed",
        &["UPDATE attachment SET name = 'altro.txt'"],
        "audit-attachment-altered",
        ANY,
    ),
    Case(
        "attachment made public",
        &["UPDATE attachment SET is_internal = 1 - is_internal"],
        "audit-attachment-altered",
        ANY,
    ),
    Case(
        "attachment missing",
        &["DELETE FROM attachment"],
        "audit-attachment-missing",
        ANY,
    ),
    Case(
        "attachment of nobody",
        &["UPDATE attachment SET record_id = id"],
        "audit-attachment-orphan",
        ANY,
    ),
    Case(
        "a name",
        &["UPDATE person SET name = 'Altra'"],
        "audit-person-altered",
        "SELECT MAX(e.seq) FROM event e JOIN record r ON r.id = e.record_id WHERE r.kind = 'person'",
    ),
    Case(
        "an address",
        &["UPDATE person SET email = 'altra@ente.example'"],
        "audit-person-altered",
        "SELECT MAX(e.seq) FROM event e JOIN record r ON r.id = e.record_id WHERE r.kind = 'person'",
    ),
    Case(
        "a form of a name",
        &["UPDATE person SET surname_key = 'aaa'"],
        "audit-person-altered",
        "SELECT MAX(e.seq) FROM event e JOIN record r ON r.id = e.record_id WHERE r.kind = 'person'",
    ),
    Case(
        "a mark of the desk",
        &["UPDATE person SET is_staff = 1"],
        "audit-person-altered",
        "SELECT MAX(e.seq) FROM event e JOIN record r ON r.id = e.record_id WHERE r.kind = 'person'",
    ),
    Case(
        "a person's row missing",
        &["DELETE FROM person"],
        "audit-person-missing",
        "SELECT MAX(e.seq) FROM event e JOIN record r ON r.id = e.record_id WHERE r.kind = 'person'",
    ),
    Case(
        "a row of nobody",
        &[
            "INSERT INTO person (id, ordinal, name, name_key, surname_key, is_guest, is_staff) SELECT id, 0, 'Nessuno', 'nessuno', 'nessuno', 0, 1 FROM content LIMIT 1",
        ],
        "audit-person-orphan",
        ANY,
    ),
];

/// The embedded database takes anything in any column.
const OF_ANOTHER_KIND: &[Case] = &[
    Case(
        "payload of bytes",
        &[target!("UPDATE event SET payload = x'00ff' WHERE seq = ")],
        "audit-event-unreadable",
        TARGET,
    ),
    Case(
        "payload that is no text",
        &[target!("UPDATE event SET payload = CAST(x'ff' AS TEXT) WHERE seq = ")],
        "audit-event-unreadable",
        TARGET,
    ),
    Case(
        "an instant in words",
        &[target!("UPDATE event SET occurred_at = 'ieri' WHERE seq = ")],
        "audit-event-unreadable",
        TARGET,
    ),
    Case(
        "a hash in words",
        &[target!("UPDATE event SET hash = 'zz' WHERE seq = ")],
        "audit-event-unreadable",
        TARGET,
    ),
    Case(
        "seal in words",
        &["UPDATE seal SET mac = 'zz' WHERE number = 2"],
        "audit-seal-unreadable",
        "SELECT last_seq + 1 FROM seal WHERE number = 1",
    ),
    Case(
        "hands of nobody",
        &["UPDATE card SET hands = '[1]' WHERE ordinal = (SELECT MIN(ordinal) FROM card)"],
        "audit-record-beside-unreadable",
        "SELECT MIN(ordinal) FROM card",
    ),
    Case(
        "a text of bytes",
        &["UPDATE content SET body = x'00' WHERE body = 'La stampante non risponde'"],
        "audit-record-beside-unreadable",
        OPENED,
    ),
    Case(
        "a head in words",
        &["UPDATE record SET head = 'zz' WHERE ordinal = (SELECT MIN(ordinal) FROM card)"],
        "audit-record-row-unreadable",
        OPENED,
    ),
    Case(
        "a hash of a file in bytes",
        &["UPDATE attachment SET sha256 = x'00' WHERE record_id = (SELECT id FROM card ORDER BY ordinal LIMIT 1)"],
        "audit-record-beside-unreadable",
        OPENED,
    ),
];

/// What of some cases was not found as it should be.
async fn faults(kind: testkit::Kind, cases: &[Case]) -> Vec<String> {
    let mut faults = Vec::new();
    for Case(what, statements, key, named) in cases {
        let desk = Desk::new(another(kind).await).await;
        let seq = if named.is_empty() {
            None
        } else {
            Some(desk.number(named).await)
        };
        desk.sql(statements).await;
        let report = desk.verify().await;
        match &report.first_broken {
            Some(found) if found.key == *key && seq.is_none_or(|seq| seq == found.seq) => {}
            found => faults.push(format!(
                "{what}: {key} at {seq:?}, found {found:?} of {}",
                report.findings
            )),
        }
        desk.store.close().await;
    }
    faults
}

#[test]
fn what_is_of_another_kind_is_found_and_named() {
    testkit::block_on(async {
        let faults = faults(testkit::Kind::Sqlite, OF_ANOTHER_KIND).await;
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    });
}

both_backends!(
    async fn an_intact_desk_verifies(db: testkit::Backend) {
        let desk = Desk::new(db).await;
        let report = desk.verify().await;
        assert!(report.is_intact(), "{report:?}");
        assert_eq!((report.seals, report.macs_checked), (3, true));
        assert_eq!(report.events, desk.number("SELECT COUNT(*) FROM event").await);
    }

    async fn every_tampering_is_found_and_named(db: testkit::Backend) {
        let faults = faults(db.kind, CASES).await;
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }

    async fn a_file_that_was_altered_or_removed_is_found(db: testkit::Backend) {
        let desk = Desk::new(db).await;
        let hash: String = desk
            .store
            .read()
            .row("SELECT MIN(sha256) FROM attachment", vec![])
            .await
            .expect("reads")
            .expect("a row")
            .get(0)
            .expect("text");
        let file = desk
            .db
            .data
            .path()
            .join("attachments/sha256")
            .join(&hash[..2])
            .join(&hash);
        std::fs::write(&file, "altro").expect("written");
        assert_eq!(
            desk.verify().await.first_broken.map(|found| found.key),
            Some("audit-file-altered")
        );
        std::fs::remove_file(&file).expect("removed");
        let broken = desk.verify().await.first_broken.expect("found");
        assert_eq!(broken.key, "audit-file-missing");
        assert!(broken.seq < i64::MAX);
    }

    async fn without_the_key_the_digests_are_checked_and_it_is_said(db: testkit::Backend) {
        let desk = Desk::new(db).await;
        desk.sql(&["UPDATE seal SET mac = digest"]).await;
        std::fs::remove_file(desk.db.data.path().join("last-seal.json")).expect("removed");
        let report = audit::verify(&desk.store, &crate::desk::kinds(), None, &|_, _| ())
            .await
            .expect("verifies");
        assert!(report.is_intact() && !report.macs_checked, "{report:?}");
        desk.sql(&[
            "UPDATE seal SET digest = mac WHERE number = 1",
            "UPDATE seal SET events = 7 WHERE number = 2",
        ])
        .await;
        let report = audit::verify(&desk.store, &crate::desk::kinds(), None, &|_, _| ())
            .await
            .expect("verifies");
        assert!(!report.is_intact());
    }

    async fn events_that_are_not_sealed_yet_are_no_fault(db: testkit::Backend) {
        let mut desk = Desk::new(db).await;
        let author = kernel::Author::system("test");
        desk.tickets.clear();
        let made = desk.store.write(store::Lane::People, move |tx| {
            Box::pin(async move { configuration::create_area(tx, &author, "hr", "Personale").await })
        });
        made.await.expect("made");
        assert!(desk.verify().await.is_intact());
    }

    async fn an_export_that_ends_in_the_middle_names_the_last_event_that_can_be_read(db: testkit::Backend) {
        let desk = Desk::new(db).await;
        let folder = desk.db.data.path().join("consegna");
        let exported = audit::export(&desk.store, &folder, audit::Contents::Included, Some(&desk.key)).await;
        exported.unwrap_or_else(|cause| panic!("{cause}"));
        let file = folder.join("events.jsonl");
        let lines = std::fs::read_to_string(&file).expect("reads");
        let (half, whole) = (lines.len() / 2, lines[..lines.len() / 2].lines().count() - 1);
        std::fs::write(&file, &lines[..half]).expect("written");
        let broken = audit::verify_export(&folder, Some(&desk.key)).await;
        let broken = broken
            .unwrap_or_else(|cause| panic!("{cause}"))
            .first_broken
            .expect("found");
        let last: serde_json::Value =
            serde_json::from_str(lines.lines().nth(whole - 1).expect("a line")).expect("json");
        assert_eq!(
            (broken.key, Some(broken.seq)),
            ("audit-export-unreadable", last["seq"].as_i64())
        );
        std::fs::remove_file(&file).expect("removed");
        let gone = audit::verify_export(&folder, Some(&desk.key)).await;
        assert!(!gone.unwrap_or_else(|cause| panic!("{cause}")).is_intact());
    }
);

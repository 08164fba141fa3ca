//! The command line says what is wrong, in words, and changes nothing then.

use std::path::Path;
use testkit::server::Settings;
use testkit::{Backend, Kind, block_on, both_backends};

fn in_italian(database: &Path, data: &Path) -> Settings {
    italian(Settings::at(&format!("sqlite:{}", database.display()), data))
}

fn italian(settings: Settings) -> Settings {
    settings.set("LANG", "it_IT.UTF-8").set("LC_ALL", "")
}

fn said(output: &[u8]) -> String {
    String::from_utf8_lossy(output).into_owned()
}

/// Runs a command that is refused and gives what it said.
async fn refused(settings: &Settings, words: &[&str]) -> String {
    let output = settings.command(words).await.unwrap();
    assert_eq!(output.status.code(), Some(1), "{words:?}");
    said(&output.stderr)
}

#[test]
fn the_doctor_leaves_an_empty_place_empty() {
    block_on(async {
        let place = Backend::sqlite();
        let data = place.data.path().join("nowhere");
        let output = in_italian(&data.join("sportello.db"), &data)
            .command(&["doctor"])
            .await
            .unwrap();
        let text = said(&output.stdout);
        assert!(output.status.success(), "{text}");
        assert!(text.contains("Base di dati SQLite: non c'è ancora"), "{text}");
        assert!(!data.exists());
    });
}

#[test]
fn what_is_not_known_is_named_with_what_is() {
    block_on(async {
        let place = Backend::sqlite();
        let settings = in_italian(&place.data.path().join("sportello.db"), place.data.path());
        crate::desk::set_up(&settings).await.unwrap();
        let user = [
            "user",
            "add",
            "--email",
            "a@ente.example",
            "--name",
            "Anna",
            "--role",
            "opertor",
        ];
        let message = refused(&settings, &user).await;
        assert!(message.contains("\"opertor\" non è un ruolo"), "{message}");
        assert!(message.contains("second_level"), "{message}");
        let token = ["token", "add", "--user", "b@ente.example", "--scope", "read"];
        let message = refused(&settings, &token).await;
        assert!(message.contains("Nessuno ha l'indirizzo b@ente.example."), "{message}");
    });
}

#[test]
fn a_backup_overwrites_nothing() {
    block_on(async {
        let place = Backend::sqlite();
        let settings = in_italian(&place.data.path().join("sportello.db"), place.data.path());
        let file = place.data.path().join("copia.zip");
        std::fs::write(&file, "altro").unwrap();
        let message = refused(&settings, &["backup", "--out", file.to_str().unwrap()]).await;
        assert!(message.contains("La copia non sovrascrive nulla"), "{message}");
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "altro");
    });
}

const LOG: &str = "number,incident_state,active,reassignment_count,reopen_count,sys_mod_count,made_sla,caller_id,opened_by,\
opened_at,sys_created_by,sys_created_at,sys_updated_by,sys_updated_at,contact_type,location,category,subcategory,u_symptom,cmdb_ci,\
impact,urgency,priority,assignment_group,assigned_to,knowledge,u_priority_confirmation,notify,problem_id,rfc,vendor,caused_by,\
closed_code,resolved_by,resolved_at,closed_at
INC1,New,TRUE,0,0,0,TRUE,Caller 7,Opened by 1,01-03-2016 08:00,?,?,Updated by 3,01-03-2016 08:00,Phone,Location 1,\
Category 5,Subcategory 17,Symptom 2,?,2 - Medium,2 - Medium,3 - Moderate,Group 70,?,TRUE,FALSE,Do Not Notify,?,?,?,?,code 5,?,?,08-03-2016 12:00
INC2,New,TRUE,0,0,0,TRUE,Caller 7,Opened by 1,01-03-2016 08:00,?,?,Updated by 3,01-03-2016 09:00,Phone,Location 1,\
Category 5,Subcategory 17,Symptom 2,?,2 - Medium,2 - Medium,3 - Moderate,Group 70,?,TRUE,FALSE,Do Not Notify,?,?,?,?,code 5,?,?,08-03-2016 12:00
";

#[test]
fn what_is_imported_is_sealed_though_no_server_runs() {
    block_on(async {
        let place = Backend::sqlite();
        let file = place.data.path().join("sportello.db");
        let settings = in_italian(&file, place.data.path());
        crate::desk::set_up(&settings).await.unwrap();
        let log = place.data.path().join("storico.csv");
        std::fs::write(&log, LOG).unwrap();
        let import = ["import", "servicenow", log.to_str().unwrap()];
        let done = settings.command(&import).await.unwrap();
        assert!(done.status.success(), "{}{}", said(&done.stdout), said(&done.stderr));
        let verified = settings.command(&["audit", "verify", "--json"]).await.unwrap();
        let report: serde_json::Value = serde_json::from_slice(&verified.stdout).unwrap();
        assert!(report["ok"] == true && report["seals"].as_i64() >= Some(2), "{report}");
        let database = rusqlite::Connection::open(&file).unwrap();
        for table in ["content", "event", "attachment", "card", "record"] {
            let column = if matches!(table, "card" | "record") {
                "id"
            } else {
                "record_id"
            };
            let ticket = "SELECT id FROM record WHERE kind = 'ticket' ORDER BY ordinal LIMIT 1";
            // The record goes last: by it the others are found.
            database
                .execute(&format!("DELETE FROM {table} WHERE {column} = ({ticket})"), [])
                .unwrap();
        }
        drop(database);
        let message = refused(&settings, &["audit", "verify"]).await;
        assert!(message.contains("sigillo"), "{message}");
    });
}

/// Every command that looks at, copies or changes what is there.
fn commands(outside: &Path) -> Vec<Vec<String>> {
    let file = |name: &str| outside.join(name).display().to_string();
    let person = "nessuno@ente.example";
    [
        vec!["migrate"],
        vec!["rebuild"],
        vec!["audit", "verify"],
        vec!["audit", "export", "--out", &file("consegna")],
        vec!["backup", "--out", &file("copia.tar")],
        vec!["person", "erase", "--person", person, "--reason", "richiesta"],
        vec![
            "user", "add", "--email", person, "--name", "Nessuno", "--role", "operator",
        ],
        vec!["token", "add", "--user", person, "--scope", "read"],
        vec!["import", "servicenow", &file("storico.csv")],
        vec!["import", "servicenow", &file("storico.csv"), "--dry-run"],
    ]
    .map(|words| words.into_iter().map(str::to_owned).collect())
    .into()
}

both_backends! {
    async fn where_there_is_no_database_nothing_is_intact_copied_or_made(db: Backend) {
        let outside = tempfile::tempdir().unwrap();
        std::fs::write(outside.path().join("storico.csv"), "documentkey\n").unwrap();
        let settings = italian(Settings::new(&db));
        for words in commands(outside.path()) {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let message = refused(&settings, &words).await;
            assert!(message.contains("Indicare con --d"), "{words:?}: {message}");
            let place = match db.kind {
                Kind::Sqlite => db.data.path().join("sportello.db"),
                Kind::Postgres => db.data.path().to_owned(),
            };
            assert!(message.contains(&place.display().to_string()), "{words:?}: {message}");
        }
        let left = |place: &Path| std::fs::read_dir(place).unwrap().count();
        assert_eq!((left(db.data.path()), left(outside.path())), (0, 1));
        let told = settings.command(&["doctor"]).await.unwrap();
        assert!(said(&told.stdout).contains("non c'è ancora"), "{}", said(&told.stdout));
    }

    async fn a_folder_that_is_not_there_is_not_made(db: Backend) {
        crate::desk::set_up(&Settings::new(&db)).await.unwrap();
        let nowhere = db.data.path().join("nowhere");
        let database = match db.kind {
            Kind::Sqlite => format!("sqlite:{}", nowhere.join("sportello.db").display()),
            Kind::Postgres => db.url.clone(),
        };
        let message = refused(&italian(Settings::at(&database, &nowhere)), &["audit", "verify"]).await;
        assert!(message.contains("nowhere") && message.contains("--data"), "{message}");
        assert!(!nowhere.exists());
    }
}

#[test]
fn a_file_of_something_else_is_no_database() {
    block_on(async {
        let place = Backend::sqlite();
        let file = place.data.path().join("sportello.db");
        std::fs::write(&file, "").unwrap();
        let message = refused(&in_italian(&file, place.data.path()), &["audit", "verify"]).await;
        assert!(message.contains("non è di Sportello"), "{message}");
        assert_eq!(std::fs::read(&file).unwrap(), b"");
    });
}

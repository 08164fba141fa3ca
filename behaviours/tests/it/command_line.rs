//! The command line says what is wrong, in words, and changes nothing then.

use std::path::Path;
use testkit::server::Settings;
use testkit::{Backend, block_on};

fn in_italian(database: &Path, data: &Path) -> Settings {
    Settings::at(&format!("sqlite:{}", database.display()), data)
        .set("LANG", "it_IT.UTF-8")
        .set("LC_ALL", "")
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

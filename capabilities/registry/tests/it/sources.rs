//! Sources: a directory that is asked, a file that is loaded, and what is wrong with either.

use crate::desk::{STAFF, load, open, register, source, tried};
use crate::directory::{BASE, Directory, PASSWORD, READER};
use crate::visitor::Visitors;
use serde_json::{Value, json};
use testkit::{Backend, block_on};

/// A directory as it is set up; `secret` names the password.
fn asked(directory: &Directory, secret: &str) -> Value {
    let mapping = json!({
        "name": "cn", "email": "mail", "phone": "telephoneNumber", "office": "roomNumber",
        "external_id": "employeeNumber", "entitlements": "employeeType",
    });
    json!({
        "name": "Direttorio", "kind": "directory", "url": directory.url(), "base": BASE, "filter": "(objectClass=inetOrgPerson)",
        "bind_dn": READER, "secret": secret, "mapping": mapping,
    })
}

/// What a directory with a password says; the surroundings have it in a file, so the test runs itself again with that.
async fn a_directory_says_what_it_is_asked(db: Backend) {
    let office = open(&db).await;
    let mut directory = Directory::start();
    let id = source(&office, Some("PER"), asked(&directory, "PROVA")).await;
    let expected = json!({
        "name": "Mario Rossi", "email": "m.rossi@ente.example", "phone": "+39 06 4761 0001", "office": "Stanza 12",
        "external_id": "1001", "entitlements": "vpn; protocollo",
    });
    for who in [json!({"email": "M.Rossi@ente.example"}), json!({"external_id": "1001"})] {
        assert_eq!(
            tried(&office, &id, who).await,
            expected,
            "what is mapped, and nothing else"
        );
    }
    for who in [
        json!({"email": "nessuno@ente.example"}),
        json!({"email": "centralino@ente.example"}),
        json!({"email": "*"}),
        json!({"email": "x)(mail=m.rossi@ente.example"}),
    ] {
        assert_eq!(tried(&office, &id, who.clone()).await, Value::Null, "{who}");
    }
    let wrong = json!({"text": asked(&directory, "ALTRA")});
    office
        .send(
            "admin",
            "PATCH",
            &format!("/api/v1/registries/{id}"),
            &[],
            wrong.to_string(),
        )
        .await
        .expect(200);
    let path = format!("/api/v1/registries/{id}/trial");
    let refused = office
        .post("admin", &path, &json!({"email": "m.rossi@ente.example"}))
        .await;
    assert_eq!(refused.problem(409).0, "no_answer");
    assert!(
        refused.text().contains("SPORTELLO_REGISTRY_ALTRA_PASSWORD"),
        "{}",
        refused.text()
    );
    let right = json!({"text": asked(&directory, "PROVA")});
    office
        .send(
            "admin",
            "PATCH",
            &format!("/api/v1/registries/{id}"),
            &[],
            right.to_string(),
        )
        .await
        .expect(200);
    directory.stop();
    let refused = office
        .post("admin", &path, &json!({"email": "m.rossi@ente.example"}))
        .await;
    assert_eq!(refused.problem(409).0, "no_answer");
    let journal = office.get("admin", "/api/v1/events?after=0&limit=1000").await.text();
    let told = office.get("admin", &format!("/api/v1/registries/{id}")).await.text();
    assert!(
        !journal.contains(PASSWORD) && !told.contains(PASSWORD),
        "the password stands nowhere"
    );
}

/// Runs a test of this program again, with the password among its surroundings.
fn again(name: &str) -> bool {
    const FILE: &str = "SPORTELLO_REGISTRY_PROVA_PASSWORD_FILE";
    if std::env::var_os(FILE).is_some() {
        return false;
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("password");
    std::fs::write(&file, format!("{PASSWORD}\n")).unwrap();
    let run = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", name, "--nocapture"])
        .env(FILE, &file)
        .output()
        .unwrap();
    let said = format!(
        "{}{}",
        String::from_utf8_lossy(&run.stdout),
        String::from_utf8_lossy(&run.stderr)
    );
    assert!(run.status.success() && said.contains("1 passed"), "{said}");
    true
}

#[test]
fn a_real_directory_is_asked_with_the_password_of_the_surroundings_sqlite() {
    if !again("sources::a_real_directory_is_asked_with_the_password_of_the_surroundings_sqlite") {
        block_on(a_directory_says_what_it_is_asked(Backend::sqlite()));
    }
}

#[test]
fn a_real_directory_is_asked_with_the_password_of_the_surroundings_postgres() {
    if !again("sources::a_real_directory_is_asked_with_the_password_of_the_surroundings_postgres") {
        block_on(async { a_directory_says_what_it_is_asked(Backend::postgres().await).await });
    }
}

testkit::both_backends! {
    async fn a_file_is_loaded_and_the_next_one_takes_its_place(db: Backend) {
        let office = open(&db).await;
        let id = register(&office, "PER", "Personale", STAFF).await;
        let mario = json!({"external_id": "1001", "name": "ROSSI Mario", "email": "M.Rossi@ente.example", "phone": "+39 06 4761 0001", "office": "Stanza 12"});
        for who in [json!({"email": "m.rossi@ente.example"}), json!({"phone": "0647610001"}), json!({"external_id": " 1001"})] {
            assert_eq!(tried(&office, &id, who).await, mario);
        }
        let now = load(&office, &id, "matricola,nominativo,posta,telefono,ufficio\n1003,Bianchi Gino,g@ente.example,06 9,\n").await;
        assert_eq!((&now["rows"], &now["active"]), (&json!(1), &json!(true)));
        assert_eq!(tried(&office, &id, json!({"email": "m.rossi@ente.example"})).await, Value::Null);
        assert_eq!(tried(&office, &id, json!({"external_id": "1003"})).await["name"], "Bianchi Gino");
        let journal = office.get("admin", "/api/v1/events?after=0&limit=1000").await.text();
        assert!(!journal.contains("Rossi") && !journal.contains("Bianchi"), "nobody stands in the journal");
    }

    async fn a_file_comes_by_the_page_too(db: Backend) {
        let office = open(&db).await;
        let visitors = Visitors::of(&office).await;
        let form = "name=Personale&area=all&kind=file&map_external_id=matricola&map_name=nominativo";
        let added = visitors.send(&office, "admin", "POST", "/administration/registries/new", form).await;
        let page = added.header("location").unwrap().to_owned();
        let body = format!("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"p.csv\"\r\n\r\n{STAFF}\r\n--b--\r\n");
        let loaded = visitors.send_as(&office, "admin", ("POST", &format!("{page}/file")), ("multipart/form-data; boundary=b", body)).await;
        assert_eq!(loaded.status.as_u16(), 303, "{}", loaded.text());
        let shown = visitors.send(&office, "admin", "POST", &format!("{page}/trial"), "who=1002").await.text();
        assert!(shown.contains("Verdi Lucia"), "{shown}");
        assert!(visitors.send(&office, "admin", "POST", &format!("{page}/trial"), "who=9").await.text().contains("nessuno"));
        let closed = visitors.send(&office, "admin", "POST", &format!("{page}/standing"), "active=false").await;
        assert_eq!(closed.status.as_u16(), 303);
        assert!(visitors.send(&office, "admin", "GET", "/administration/registries", "").await.text().contains("non in uso"));
    }

    async fn what_is_wrong_with_a_source_is_named(db: Backend) {
        let office = open(&db).await;
        let file = |mapping: Value| json!({"name": "x", "kind": "file", "mapping": mapping});
        let ldap = |change: Value| {
            let mut text = json!({"name": "x", "kind": "directory", "url": "ldaps://d.example", "base": "dc=x", "mapping": {"email": "mail"}});
            for (name, value) in change.as_object().unwrap() {
                text[name] = value.clone();
            }
            text
        };
        register(&office, "PER", "Personale", STAFF).await;
        let before = office.events().await;
        for (text, field) in [
            (file(json!({})), "mapping"), (file(json!({"name": "nome"})), "mapping"), (file(json!({"email": " "})), "mapping"),
            (json!({"name": "", "mapping": {"email": "x"}}), "name"), (json!({"name": "personale", "mapping": {"email": "x"}}), "name"),
            (ldap(json!({"url": "http://x"})), "url"), (ldap(json!({"base": ""})), "base"), (ldap(json!({"filter": "(a=b"})), "filter"),
            (ldap(json!({"filter": "a=b"})), "filter"), (ldap(json!({"secret": "con spazi"})), "secret"),
            (ldap(json!({"bind_dn": "cn=x"})), "secret"), (ldap(json!({"mapping": {"email": "mail)(x"}})), "mapping"),
        ] {
            let body = json!({"area": "PER", "text": text});
            let (_, fields) = office.post("admin", "/api/v1/registries", &body).await.problem(422);
            assert!(fields.iter().any(|one| one == field), "{text}: {fields:?}");
        }
        assert_eq!(office.events().await, before);
        let id = source(&office, Some("TEC"), file(json!({"email": "posta"}))).await;
        for (bytes, field) in [("", "file"), ("nome\nx\n", "file"), ("posta\n", "file")] {
            let path = format!("/api/v1/registries/{id}/file");
            let (_, fields) = office.send("admin", "POST", &path, &[], bytes).await.problem(422);
            assert_eq!(fields, [field], "{bytes}");
        }
        let of_ldap = source(&office, Some("TEC"), json!({"name": "D", "kind": "directory", "url": "ldaps://d.example", "base": "dc=x", "mapping": {"email": "mail"}})).await;
        let path = format!("/api/v1/registries/{of_ldap}/file");
        assert_eq!(office.send("admin", "POST", &path, &[], "mail\nx\n").await.problem(409).0, "no_file");
    }

    async fn whoever_sets_up_one_area_reaches_no_other(db: Backend) {
        let office = open(&db).await;
        let (here, there) = (register(&office, "PER", "Qui", STAFF).await, register(&office, "TEC", "Là", STAFF).await);
        let listed = office.get("servizio", "/api/v1/registries").await.expect(200);
        let names: Vec<&str> = listed["items"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
        assert_eq!(names, ["Qui"]);
        office.get("servizio", &format!("/api/v1/registries/{here}")).await.expect(200);
        office.get("servizio", &format!("/api/v1/registries/{there}")).await.problem(404);
        for who in ["anna", "rosa", "revisore"] {
            office.get(who, &format!("/api/v1/registries/{here}")).await.problem(403);
        }
    }
}

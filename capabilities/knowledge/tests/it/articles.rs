//! Articles by the API: who writes, who publishes, who reads, what is found.

use crate::office::{Office, done};
use people::{Role, RoleGrant};
use serde_json::{Value, json};
use testkit::Backend;

/// The office with its articles, and a requester of the other area alone.
pub async fn office(db: &Backend) -> Office {
    let mut office = Office::with(db, vec![knowledge::capability()]).await;
    let grant = RoleGrant {
        role: Role::Requester,
        area: Some(office.areas["TEC"]),
    };
    office.hire("ugo", &[grant], None).await;
    office
}

/// An article, written by whoever leads and published.
pub async fn published(office: &Office, article: Value) -> String {
    let written = office.post("capo", "/api/v1/articles", &article).await.expect(201);
    let path = format!("/api/v1/articles/{}", written["number"].as_str().unwrap());
    office
        .post("capo", &format!("{path}/publication"), &json!({}))
        .await
        .expect(200);
    path
}

pub fn printing() -> Value {
    json!({"title": "Riavviare la coda di stampa", "body": "1. Apri **Servizi**\n2. Scegli Riavvia", "area": "PER", "minutes": 2})
}

async fn titles(office: &Office, who: &str, query: &str) -> Vec<String> {
    let list = office.get(who, &format!("/api/v1/articles{query}")).await.expect(200);
    let items = list["items"].as_array().unwrap().iter();
    items.map(|item| item["title"].as_str().unwrap().to_owned()).collect()
}

testkit::both_backends! {
    async fn an_article_is_begun_published_and_withdrawn_by_those_who_may(db: Backend) {
        let office = office(&db).await;
        let written = office.post("anna", "/api/v1/articles", &printing()).await;
        let article = written.expect(201);
        assert!(article["number"].as_str().unwrap().starts_with("KB-2026-"));
        assert_eq!((article["state"].as_str(), written.header("etag")), (Some("draft"), Some("\"1\"")));
        let path = written.header("location").unwrap().to_owned();
        office.post("anna", &format!("{path}/publication"), &json!({})).await.problem(403);
        office.post("rosa", &format!("{path}/publication"), &json!({})).await.problem(403);
        let published = office.post("capo", &format!("{path}/publication"), &json!({})).await.expect(200);
        assert_eq!((published["state"].as_str(), published["version"].as_i64()), (Some("published"), Some(2)));
        let again = office.post("capo", &format!("{path}/publication"), &json!({})).await.expect(200);
        assert_eq!(again["version"], 2, "asked twice, it happens once");
        // What readers rely on is changed by those who publish.
        let change = json!({"minutes": 3});
        office.send("anna", "PATCH", &path, &[], change.to_string()).await.problem(403);
        let changed = office.send("capo", "PATCH", &path, &[], change.to_string()).await.expect(200);
        assert_eq!((changed["minutes"].as_i64(), changed["title"].as_str()), (Some(3), Some("Riavviare la coda di stampa")));
        office.post("capo", &format!("{path}/withdrawal"), &json!({})).await.expect(200);
        office.get("rosa", &path).await.problem(404);
        assert_eq!(office.get("anna", &path).await.expect(200)["state"], "withdrawn");
    }

    async fn what_is_wrong_with_an_article_is_named_and_nothing_is_kept(db: Backend) {
        let office = office(&db).await;
        let before = office.events().await;
        for (body, fields) in [
            (json!({}), vec!["title", "body"]),
            (json!({"title": "x".repeat(161), "body": "x"}), vec!["title"]),
            (json!({"title": "a\u{202e}b", "body": "a\u{0}"}), vec!["title", "body"]),
            (json!({"title": "x", "body": "x", "minutes": 0}), vec!["minutes"]),
            (json!({"title": "x", "body": "x", "area": "nessuna"}), vec!["area"]),
            (json!({"title": "x", "body": "x", "audience": "world"}), vec!["audience"]),
            (json!({"title": "x", "body": "x", "colour": "red"}), vec!["colour"]),
        ] {
            let (code, named) = office.post("capo", "/api/v1/articles", &body).await.problem(422);
            assert_eq!((code.as_str(), named), ("invalid", fields.into_iter().map(str::to_owned).collect()), "{body}");
        }
        office.post("capo", "/api/v1/articles", &json!({"title": "x", "body": "x", "area": "TEC"})).await.problem(403);
        office.post("capo", "/api/v1/articles", &json!({"title": "x", "body": "x"})).await.problem(403);
        office.post("rosa", "/api/v1/articles", &json!({"title": "x", "body": "x"})).await.problem(403);
        assert_eq!(office.events().await, before);
    }

    async fn what_is_internal_unpublished_or_of_another_area_does_not_exist_for_requesters(db: Backend) {
        let office = office(&db).await;
        let guide = published(&office, printing()).await;
        let note = published(&office, json!({"title": "Stampa: nota", "body": "x", "area": "PER", "audience": "internal"})).await;
        let draft = office.post("anna", "/api/v1/articles", &json!({"title": "Stampa: bozza", "body": "x", "area": "PER"})).await.expect(201);
        let draft = format!("/api/v1/articles/{}", draft["number"].as_str().unwrap());
        for (who, sees) in [("rosa", [true, false, false]), ("ugo", [false; 3]), ("anna", [true; 3]), ("sara", [true; 3]), ("carla", [true, false, false]), ("revisore", [true; 3])] {
            for (path, seen) in [&guide, &note, &draft].into_iter().zip(sees) {
                let status = office.get(who, path).await.status.as_u16();
                assert_eq!(status, if seen { 200 } else { 404 }, "{who} {path}");
            }
            let count = sees.iter().filter(|seen| **seen).count();
            for query in ["", "?q=stampa", "?q=stmapa", "?limit=200"] {
                assert_eq!(titles(&office, who, query).await.len(), count, "{who} {query}");
            }
        }
        for (who, path) in [("ugo", &guide), ("rosa", &note), ("rosa", &draft)] {
            office.post(who, &format!("{path}/voices"), &json!({"useful": true})).await.problem(404);
            office.send(who, "PATCH", path, &[], json!({"minutes": 1}).to_string()).await.problem(403);
        }
        office.get("ugo", "/api/v1/articles/KB-2026-999999").await.problem(404);
        office.get("ugo", "/api/v1/articles/%00").await.problem(404);
    }

    async fn of_two_who_change_an_article_the_second_is_told_and_loses_nothing(db: Backend) {
        let office = office(&db).await;
        let written = office.post("anna", "/api/v1/articles", &printing()).await;
        let path = written.header("location").unwrap().to_owned();
        let meant = [("if-match", "\"1\"")];
        office.send("anna", "PATCH", &path, &meant, json!({"title": "Prima"}).to_string()).await.expect(200);
        let (code, _) = office.send("bruno", "PATCH", &path, &meant, json!({"title": "Seconda"}).to_string()).await.problem(412);
        assert_eq!(code, "stale");
        let events = office.events().await;
        let same = office.send("anna", "PATCH", &path, &[], json!({"title": "Prima"}).to_string()).await.expect(200);
        assert_eq!((same["version"].as_i64(), office.events().await), (Some(2), events), "what changes nothing is no event");
        let article = office.get("anna", &path).await.expect(200);
        assert_eq!((article["title"].as_str(), article["minutes"].as_i64()), (Some("Prima"), Some(2)));
        assert!(article["body"].as_str().unwrap().contains("Servizi"));
    }

    async fn an_article_is_begun_once_however_often_it_is_sent(db: Backend) {
        let office = office(&db).await;
        let key = [("idempotency-key", "uno")];
        let first = office.post_with("anna", "/api/v1/articles", &key, &printing()).await.expect(201);
        let again = office.post_with("anna", "/api/v1/articles", &key, &printing()).await.expect(201);
        assert_eq!(first, again);
        assert_eq!(titles(&office, "anna", "").await.len(), 1);
    }

    async fn words_find_articles_half_typed_mistyped_and_in_a_sentence(db: Backend) {
        let office = office(&db).await;
        published(&office, printing()).await;
        published(&office, json!({"title": "Password dimenticata", "body": "Se la stampa del codice non riesce, chiama.", "area": "PER"})).await;
        published(&office, json!({"title": "Collegarsi alla VPN", "body": "Dal portatile dell’ente.", "area": "PER"})).await;
        let (printing, password, vpn) = ("Riavviare la coda di stampa", "Password dimenticata", "Collegarsi alla VPN");
        for (typed, first) in [
            ("la stampante non esce dalla coda", printing), ("stam", printing), ("cod", printing), ("pasword", password),
            ("passwrod dimentcata", password), ("vp", vpn), ("VPN da casa", vpn), ("portat", vpn), ("non mi collego", vpn),
        ] {
            let query = format!("?q={}", typed.replace(' ', "+"));
            assert_eq!(titles(&office, "rosa", &query).await.first().map(String::as_str), Some(first), "{typed}");
        }
        for nothing in ["zzz", "il+la+lo", "%27%22%3B--", "%25", "_"] {
            assert!(titles(&office, "rosa", &format!("?q={nothing}")).await.is_empty(), "{nothing}");
        }
        let found = titles(&office, "rosa", "?q=stampa").await;
        assert_eq!(found, [printing, password], "what the title says counts more");
    }

    async fn words_that_were_taken_out_find_it_no_more(db: Backend) {
        let office = office(&db).await;
        let path = published(&office, printing()).await;
        office.send("capo", "PATCH", &path, &[], json!({"title": "Cedolino", "body": "Dal portale."}).to_string()).await.expect(200);
        assert!(titles(&office, "rosa", "?q=stampa").await.is_empty());
        assert_eq!(titles(&office, "rosa", "?q=cedolino").await, ["Cedolino"]);
    }

    async fn each_reader_has_one_voice_and_the_desk_hears_how_many(db: Backend) {
        let office = office(&db).await;
        let path = published(&office, printing()).await;
        let events = office.events().await;
        for (who, useful) in [("rosa", false), ("rosa", true), ("carla", false)] {
            let told = office.post(who, &format!("{path}/voices"), &json!({"useful": useful})).await;
            assert_eq!(told.status.as_u16(), 204);
        }
        assert_eq!(office.get("anna", &format!("{path}/voices")).await.expect(200), json!({"useful": 1, "useless": 1}));
        office.get("rosa", &format!("{path}/voices")).await.problem(403);
        assert_eq!(office.events().await, events, "the article itself did not change");
    }

    async fn the_list_goes_on_where_the_page_before_ended(db: Backend) {
        let office = office(&db).await;
        for title in ["uno", "due", "tre"] {
            office.post("anna", "/api/v1/articles", &json!({"title": title, "body": "x", "area": "PER"})).await.expect(201);
        }
        let first = office.get("anna", "/api/v1/articles?limit=2").await.expect(200);
        let next = first["next"].as_str().unwrap();
        assert_eq!(titles(&office, "anna", &format!("?limit=2&cursor={next}")).await, ["uno"]);
        assert_eq!(titles(&office, "anna", "?state=published").await, Vec::<String>::new());
        office.get("anna", "/api/v1/articles?cursor=x").await.problem(422);
        office.get("anna", "/api/v1/articles?limit=0").await.problem(422);
    }

    async fn the_journal_tells_articles_again_as_they_stand(db: Backend) {
        let office = Office::with(&db, vec![knowledge::capability(), privacy::capability()]).await;
        let path = published(&office, printing()).await;
        office.send("capo", "PATCH", &path, &[], json!({"title": "Altro"}).to_string()).await.expect(200);
        office.post("capo", &format!("{path}/withdrawal"), &json!({})).await.expect(200);
        let rooms = [configuration::capability(), catalogue::capability(), people::capability(), ticket::capability(), knowledge::capability()];
        let kinds: Vec<_> = rooms.into_iter().flat_map(|room| room.records).collect();
        let verified = done(audit::verify(&office.store, &kinds, None, &|_, _| {}).await);
        assert!(verified.first_broken.is_none(), "{verified:?}");
    }
}

//! Somebody says what they need: what is proposed, what can be asked for, how it went.

use crate::office::done;
use crate::requests::Portal;
use catalogue::{Category, Offer, Offering, OfferingIcon};
use kernel::Author;
use serde_json::{Value, json};
use store::Lane;
use testkit::Backend;

/// The portal with guides and outages, and two things that can be asked for.
async fn portal(db: &Backend) -> Portal {
    let rooms = vec![outage::capability(), knowledge::capability(), portal::capability()];
    let portal = Portal::with(db, rooms).await;
    let office = &portal.office;
    let category = done(office.store.all::<Category>().await)[0].id;
    let area = office.areas["PER"];
    let add = office.store.write(Lane::People, move |tx| {
        Box::pin(async move {
            for (name, line, category, area) in [
                (
                    "Segnala un guasto",
                    "Computer, rete, stampa",
                    Some(category),
                    Some(area),
                ),
                ("Chiedi un accesso", "Utenze, cartelle, VPN", None, None),
            ] {
                let offer = Offer {
                    name: name.to_owned(),
                    line: line.to_owned(),
                    area,
                    category,
                    icon: OfferingIcon::Fault,
                };
                catalogue::add_offering(tx, &Author::system("test"), offer).await?;
            }
            Ok(())
        })
    });
    done(add.await);
    let outage = json!({"title": "Stampa ferma", "meaning": "Le stampe non escono.", "area": "PER"});
    office.post("anna", "/api/v1/outages", &outage).await.expect(201);
    for (title, audience) in [
        ("Riavviare la coda di stampa", "public"),
        ("Stampa: nota interna", "internal"),
    ] {
        let article = json!({"title": title, "body": "x", "area": "PER", "audience": audience, "minutes": 2});
        let number = office.post("capo", "/api/v1/articles", &article).await.expect(201)["number"].clone();
        let path = format!("/api/v1/articles/{}/publication", number.as_str().unwrap());
        office.post("capo", &path, &json!({})).await.expect(200);
    }
    portal
}

async fn offering(portal: &Portal, place: usize) -> String {
    done(portal.office.store.all::<Offering>().await)[place].id.to_string()
}

/// A ticket of Rosa's by its API.
async fn ticket(portal: &Portal, location: &str) -> Value {
    let number = location
        .rsplit('/')
        .next()
        .unwrap()
        .split('?')
        .next()
        .unwrap()
        .to_owned();
    portal
        .office
        .get("admin", &format!("/api/v1/tickets/{number}"))
        .await
        .expect(200)
}

testkit::both_backends! {
    async fn one_field_finds_outages_guides_what_can_be_asked_for_and_ones_own_requests(db: Backend) {
        let portal = portal(&db).await;
        portal.office.ticket("PER").await;
        let theirs = json!({"area": "PER", "subject": "La stampante di un’altra persona"});
        portal.office.post("carla", "/api/v1/tickets", &theirs).await.expect(201);
        for address in ["/portal/suggestions?q=la+stampante+non+stampa", "/portal?q=la+stmapante+non+stampa"] {
            let told = portal.get(address).await.text();
            let places: Vec<usize> = ["Stampa ferma</a>", "Riavviare la coda di stampa", "Apri una richiesta: Segnala un guasto", "La stampante non stampa</a>", "/portal/new?subject="]
                .iter().map(|words| told.find(words).unwrap_or_else(|| panic!("{words}: {told}"))).collect();
            assert!(places.is_sorted(), "{address}: {places:?}");
            assert!(!told.contains("nota interna") && !told.contains("altra persona"), "{address}");
        }
        let nothing = portal.get("/portal/suggestions?q=zzzzzz").await.text();
        assert!(nothing.contains("Nessun suggerimento") && nothing.contains("/portal/new?subject=zzzzzz"));
        assert!(!portal.get("/portal/suggestions?q=").await.text().contains("<li>"));
        let hostile = portal.get("/portal/suggestions?q=%3Cscript%3E%22%27").await.text();
        assert!(!hostile.contains("<script>"), "{hostile}");
    }

    async fn beside_a_new_request_stands_what_may_help_and_no_other_way_to_ask(db: Backend) {
        let portal = portal(&db).await;
        for address in ["/portal/suggestions?subject=coda+di+stampa", "/portal/new?subject=coda+di+stampa"] {
            let told = portal.get(address).await.text();
            assert!(told.contains("Forse aiuta") && told.contains("Riavviare la coda di stampa"), "{address}: {told}");
            assert!(!told.contains("Apri una richiesta: "), "{address}");
        }
        assert!(!portal.get("/portal/new").await.text().contains("Forse aiuta"));
    }

    async fn what_is_chosen_says_who_answers_and_what_it_is_about(db: Backend) {
        let portal = portal(&db).await;
        let home = portal.get("/portal").await.text();
        assert!(home.contains("Segnala un guasto") && home.contains("Computer, rete, stampa"));
        let (fault, access) = (offering(&portal, 0).await, offering(&portal, 1).await);
        let form = portal.get(&format!("/portal/new?offering={fault}")).await.text();
        assert!(form.contains("Segnala un guasto") && !form.contains("name=\"area\""), "the area is known");
        assert!(portal.get(&format!("/portal/new?offering={access}")).await.text().contains("name=\"area\""));
        let fields = [("subject", "Non va"), ("description", ""), ("area", ""), ("once", "a"), ("offering", fault.as_str())];
        let opened = portal.send("/portal/new", &fields, &[]).await;
        let opened = ticket(&portal, opened.header("location").unwrap()).await;
        assert_eq!(opened["area"]["id"], portal.office.areas["PER"].to_string());
        assert_eq!((opened["category"]["name"].as_str(), opened["kind"].as_str(), opened["state"].as_str()), (Some("Stampa › Toner"), Some("unknown"), Some("new")));
        assert!(opened["facts"]["classified_at"].is_null(), "what it turns out to be is for the desk");
        let tec = portal.office.areas["TEC"].to_string();
        let fields = [("subject", "Non va"), ("description", ""), ("area", tec.as_str()), ("once", "b"), ("offering", fault.as_str())];
        let elsewhere = portal.send("/portal/new", &fields, &[]).await;
        let elsewhere = ticket(&portal, elsewhere.header("location").unwrap()).await;
        assert!(elsewhere["category"].is_null(), "another area is asked for something else");
        for bad in ["x", "00000000-0000-7000-8000-000000000000"] {
            let fields = [("subject", "Non va"), ("description", "scritto"), ("area", ""), ("once", "c"), ("offering", bad)];
            let refused = portal.send("/portal/new", &fields, &[]).await;
            assert_eq!((refused.status.as_u16(), refused.text().contains("scritto")), (422, true), "{bad}");
        }
    }

    async fn who_asked_rates_what_is_closed_and_may_think_better_of_it_for_some_days(db: Backend) {
        let portal = portal(&db).await;
        let path = portal.office.ticket("PER").await;
        let page = format!("/portal/requests/{}", path.rsplit('/').next().unwrap());
        let rate = |score: i64| json!({"score": score, "note": "veloci"});
        let (code, _) = portal.office.post("rosa", &format!("{path}/rating"), &rate(5)).await.problem(409);
        assert_eq!(code, "SD-087");
        assert!(!portal.get(&page).await.text().contains("name=\"score\""));
        portal.office.act("anna", &path, "closure", json!({"reason": "withdrawn"})).await;
        for who in ["anna", "capo", "admin"] {
            portal.office.post(who, &format!("{path}/rating"), &rate(5)).await.problem(403);
        }
        portal.office.post("carla", &format!("{path}/rating"), &rate(5)).await.problem(404);
        for score in [0, 6] {
            assert_eq!(portal.office.post("rosa", &format!("{path}/rating"), &rate(score)).await.problem(422).1, ["score"]);
        }
        assert_eq!(portal.post(&format!("{page}/rating"), "rating_note=scritto").await.status.as_u16(), 422);
        let rated = portal.post(&format!("{page}/rating"), "score=2&rating_note=lenti").await;
        assert_eq!(rated.status.as_u16(), 303, "{}", rated.text());
        let told = portal.get(&page).await.text();
        assert!(told.contains("2 su 5") || told.contains("\u{2068}2\u{2069} su 5"), "{told}");
        assert!(told.contains("lenti") && told.contains("value=\"2\" checked"));
        assert_eq!(portal.office.post("rosa", &format!("{path}/rating"), &rate(4)).await.expect(200)["rating"], 4);
        assert_eq!(portal.office.get("anna", &path).await.expect(200)["rating"], 4);
        portal.office.clock.advance(7 * 86_400 + 60);
        let (code, _) = portal.office.post("rosa", &format!("{path}/rating"), &rate(1)).await.problem(409);
        assert_eq!(code, "SD-087");
        assert!(!portal.get(&page).await.text().contains("name=\"score\""));
    }

    async fn what_is_opened_again_is_rated_anew(db: Backend) {
        let portal = portal(&db).await;
        let path = portal.office.ticket("PER").await;
        portal.office.act("anna", &path, "closure", json!({"reason": "withdrawn"})).await;
        portal.office.act("rosa", &path, "rating", json!({"score": 1})).await;
        let opened = portal.office.act("rosa", &path, "reopening", json!({"reason": "ancora"})).await;
        assert!(opened["rating"].is_null());
    }

    async fn a_telephone_keeps_the_portal_and_nothing_of_anybody(db: Backend) {
        let portal = portal(&db).await;
        let manifest = portal.get("/manifest.webmanifest").await;
        assert_eq!(manifest.header("content-type"), Some("application/manifest+json"));
        let manifest = manifest.json();
        assert_eq!((manifest["start_url"].as_str(), manifest["display"].as_str()), (Some("/portal"), Some("standalone")));
        for icon in manifest["icons"].as_array().unwrap() {
            let icon = portal.get(icon["src"].as_str().unwrap()).await;
            assert_eq!((icon.status.as_u16(), icon.header("content-type")), (200, Some("image/png")));
        }
        let worker = portal.get("/service-worker.js").await;
        assert_eq!(worker.header("content-type"), Some("text/javascript; charset=utf-8"));
        assert!(worker.text().contains("/offline"));
        let offline = portal.get("/offline").await.text();
        assert!(offline.contains("Non c’è rete") && !offline.contains("rosa"), "{offline}");
    }
}

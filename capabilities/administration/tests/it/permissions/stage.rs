//! The stage on which the tables are tried: two sides, two requests.

use crate::office::{Answer, Office};
use serde_json::{Value, json};
use std::collections::HashMap;
use testkit::Backend;

/// A staffed office with a request where everybody of the desk reaches it, and one in the other area that nobody but Carla
/// and those who see everything reach.
pub struct Stage {
    pub office: Office,
    pub here: HashMap<&'static str, String>,
    pub there: HashMap<&'static str, String>,
}

/// The rooms beside those that every office has.
pub fn rooms() -> Vec<host::Capability> {
    vec![
        privacy::capability(),
        outage::capability(),
        knowledge::capability(),
        ready_text::capability(),
        notice::capability(),
        registry::capability(),
        task::capability(),
        macros::capability(),
        board::capability(),
        routing::capability(),
        automation::capability(),
        portal::capability(),
        administration::capability(),
    ]
}

impl Stage {
    pub async fn set(db: &Backend) -> Self {
        let mut office = Office::with(db, rooms()).await;
        let requester = people::RoleGrant {
            role: people::Role::Requester,
            area: None,
        };
        office.hire("ugo", &[requester], None).await;
        let here = office.ticket("PER").await;
        office.act("anna", &here, "take", json!({})).await;
        office
            .act("anna", &here, "classification", json!({"kind": "incident"}))
            .await;
        let sent = office
            .act("anna", &here, "assignments", json!({"group": "Sistemi"}))
            .await;
        let part = sent["assignments"][0]["id"].as_str().unwrap().to_owned();
        let there = json!({"area": "TEC", "subject": "Altrove", "requester": {"id": office.people["ugo"]}});
        let there = office.post("carla", "/api/v1/tickets", &there).await.expect(201);
        let there = format!("/api/v1/tickets/{}", there["number"].as_str().unwrap());
        let mut stage = Self {
            office,
            here: HashMap::new(),
            there: HashMap::new(),
        };
        stage.here = stage
            .names(&here, &there, "anna", "PER", "Sportello Personale", &part)
            .await;
        stage.there = stage
            .names(&there, &here, "carla", "TEC", "Sportello Tecnologie", &part)
            .await;
        stage
    }

    /// What the places of a request's text stand for, on one of the two sides.
    async fn names(
        &self,
        ticket: &str,
        other: &str,
        who: &str,
        area: &str,
        desk: &str,
        part: &str,
    ) -> HashMap<&'static str, String> {
        let number = |ticket: &str| ticket.rsplit('/').next().unwrap().to_owned();
        let person = |name: &str| self.office.people[name].to_string();
        let (public, internal) = (
            self.attached(who, ticket, "public").await,
            self.attached(who, ticket, "internal").await,
        );
        let category = json!({"name": "Accessi", "area": area});
        let category = self
            .office
            .post("admin", "/api/v1/categories", &category)
            .await
            .expect(201);
        let (guide, draft, outage) = self.told(area).await;
        let text = json!({"name": format!("Saluti {area}"), "italian": "{saluto}", "area": area});
        let text = self
            .office
            .post("admin", "/api/v1/ready-texts", &text)
            .await
            .expect(201);
        let task = json!({"title": "Richiamare", "group": self.office.groups[desk]});
        let task = self
            .office
            .post(who, &format!("{ticket}/tasks"), &task)
            .await
            .expect(201);
        let steps = json!({"name": format!("Passi {area}"), "area": area, "items": [{"text": "Uno"}]});
        let checklist = self
            .office
            .post("admin", "/api/v1/checklists", &steps)
            .await
            .expect(201);
        let gesture = json!({"name": format!("Gesto {area}"), "area": area, "note": "Fatto"});
        let gesture = self.office.post("admin", "/api/v1/macros", &gesture).await.expect(201);
        let offering = json!({"name": format!("Guasto {area}"), "line": "Tutto", "area": area});
        let offering = self
            .office
            .post("admin", "/api/v1/offerings", &offering)
            .await
            .expect(201);
        let hours = json!({"name": format!("Orario {area}"), "area": area});
        let calendar = self.office.post("admin", "/api/v1/calendars", &hours).await.expect(201);
        let targets = json!([{"metric": "resolution", "priority": 4, "seconds": 3600}]);
        let agreed =
            json!({"name": format!("Accordo {area}"), "area": area, "calendar": calendar["id"], "targets": targets});
        let agreement = self
            .office
            .post("admin", "/api/v1/agreements", &agreed)
            .await
            .expect(201);
        let said = json!({"name": format!("Tutto {area}"), "place": 10, "group": self.office.groups[desk]});
        let rule = self
            .office
            .post("admin", "/api/v1/routing-rules", &json!({"area": area, "text": said}))
            .await
            .expect(201);
        let acting =
            json!({"name": format!("Automazione {area}"), "place": 10, "on": "opened", "deeds": {"note": "Nota"}});
        let automation = self
            .office
            .post(
                "admin",
                "/api/v1/automation-rules",
                &json!({"area": area, "text": acting}),
            )
            .await
            .expect(201);
        let staff = json!({"name": format!("Personale {area}"), "mapping": {"email": "posta"}});
        let registry = self
            .office
            .post("admin", "/api/v1/registries", &json!({"area": area, "text": staff}))
            .await
            .expect(201);
        HashMap::from([
            ("{task}", task["id"].as_str().unwrap().to_owned()),
            ("{checklist}", checklist["id"].as_str().unwrap().to_owned()),
            ("{macro}", gesture["id"].as_str().unwrap().to_owned()),
            ("{registry}", registry["id"].as_str().unwrap().to_owned()),
            ("{automation}", automation["id"].as_str().unwrap().to_owned()),
            ("{rule}", rule["id"].as_str().unwrap().to_owned()),
            ("{calendar}", calendar["id"].as_str().unwrap().to_owned()),
            ("{agreement}", agreement["id"].as_str().unwrap().to_owned()),
            ("{guide}", guide),
            ("{draft}", draft),
            ("{outage}", outage),
            ("{text}", text["id"].as_str().unwrap().to_owned()),
            ("{offering}", offering["id"].as_str().unwrap().to_owned()),
            ("{t}", ticket.to_owned()),
            ("{n}", number(ticket)),
            ("{other}", number(other)),
            ("{public}", public),
            ("{internal}", internal),
            ("{part}", part.to_owned()),
            ("{area}", self.office.areas[area].to_string()),
            ("{desk}", self.office.groups[desk].to_string()),
            ("{asker}", person(if area == "PER" { "rosa" } else { "ugo" })),
            ("{anna}", person("anna")),
            ("{rosa}", person("rosa")),
            ("{category}", category["id"].as_str().unwrap().to_owned()),
            ("{ugo}", person("ugo")),
        ])
    }

    /// A published internal article, a draft and an outage of an area.
    async fn told(&self, area: &str) -> (String, String, String) {
        let mut numbers = Vec::new();
        for title in ["Nota", "Bozza"] {
            let article = json!({"title": title, "body": "x", "area": area, "audience": "internal"});
            let made = self
                .office
                .post("admin", "/api/v1/articles", &article)
                .await
                .expect(201);
            numbers.push(made["number"].as_str().unwrap().to_owned());
        }
        let publication = format!("/api/v1/articles/{}/publication", numbers[0]);
        self.office.post("admin", &publication, &json!({})).await.expect(200);
        let outage = json!({"title": "Rete", "meaning": "x", "area": area});
        let outage = self.office.post("admin", "/api/v1/outages", &outage).await.expect(201);
        let outage = outage["id"].as_str().unwrap().to_owned();
        let [guide, draft] = [0, 1].map(|place: usize| numbers[place].clone());
        (guide, draft, outage)
    }

    async fn attached(&self, who: &str, ticket: &str, visibility: &'static str) -> String {
        self.office.attach(who, ticket, visibility).await.expect(201);
        let files = self.office.get(who, &format!("{ticket}/attachments")).await.expect(200);
        let internal = Value::from(visibility == "internal");
        let file = files["items"]
            .as_array()
            .unwrap()
            .iter()
            .find(|file| file["internal"] == internal)
            .unwrap()
            .clone();
        file["id"].as_str().unwrap().to_owned()
    }
}

impl Office {
    /// Attaches a small file.
    pub async fn attach(&self, who: &str, ticket: &str, visibility: &str) -> Answer {
        let body = format!(
            "--b\r\nContent-Disposition: form-data; name=\"visibility\"\r\n\r\n{visibility}\r\n\
             --b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nciao\r\n--b--\r\n"
        );
        let kind = [("content-type", "multipart/form-data; boundary=b")];
        self.send(who, "POST", &format!("{ticket}/attachments"), &kind, body)
            .await
    }
}

//! A real request from the first contact to the confirmed close, over the API.

use crate::desk::{Desk, open_ticket, path};
use serde_json::json;
use testkit::Backend;

testkit::both_backends! {
    async fn a_request_goes_from_first_contact_to_confirmed_close(db: Backend) -> anyhow::Result<()> {
        let desk = Desk::open(&db).await?;
        let client = desk.client();
        let ticket = open_ticket(&client, "La stampante del protocollo non stampa").await?;
        let at = path(&ticket)?;
        for (act, body, state) in [
            ("take", json!({}), "taken"),
            ("registration", json!({"reason": "Da stamattina non esce nulla"}), "taken"),
            ("diagnosis", json!({"diagnosis": "Coda ferma"}), "level1_work"),
            ("classification", json!({"kind": "incident", "impact": 2, "urgency": 2}), "level1_work"),
            ("messages", json!({"body": "Ci stiamo lavorando"}), "level1_work"),
            ("messages", json!({"body": "Toner sospetto", "visibility": "internal"}), "level1_work"),
            ("pause", json!({"reason": "requester"}), "waiting"),
            ("resumption", json!({}), "level1_work"),
            ("solution", json!({"solution": "Riavviata la coda"}), "solution_given"),
            ("outcome", json!({"satisfied": false, "note": "Si è fermata di nuovo"}), "under_control"),
            ("solution", json!({"solution": "Sostituito il cavo"}), "solution_given"),
            ("outcome", json!({"satisfied": true}), "closed"),
            ("reopening", json!({"reason": "Di nuovo"}), "under_control"),
            ("closure", json!({"reason": "decided", "note": "Stampante sostituita"}), "closed"),
        ] {
            let after = client.post(&format!("{at}/{act}"), &body).await?.expect(200)?.json()?;
            assert_eq!(after["state"], json!(state), "after {act}");
        }
        let timeline = client.get(&format!("{at}/timeline")).await?.expect(200)?.json()?;
        let told = timeline["items"].as_array().unwrap().iter().map(|entry| entry["type"].as_str().unwrap());
        // What an act means for the clocks is told behind it.
        let told: Vec<&str> = told.filter(|event| !event.starts_with("ticket.clock_")).collect();
        assert_eq!((told[0], told[told.len() - 1]), ("ticket.opened", "ticket.closed"));
        let clocks = client.get(&format!("{at}/clocks")).await?.expect(200)?.json()?;
        assert!(!clocks["items"].as_array().unwrap().is_empty());
        let found = client.get("/api/v1/tickets?q=protocollo&state=closed").await?.expect(200)?.json()?;
        assert_eq!(found["items"][0]["number"], ticket["number"]);
        Ok(())
    }
}

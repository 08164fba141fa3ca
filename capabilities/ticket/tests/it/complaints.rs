//! Complaints (SD-109): who is kept from them, and who is not.

use crate::office::Office;
use crate::outgoing::writes;
use crate::visitor::Visitor;
use serde_json::json;
use testkit::Backend;

testkit::both_backends! {
    async fn sd_109_a_complaint_about_the_desk_is_not_handled_by_whom_it_concerns(db: Backend) {
        let office = Office::open(&db).await;
        let about = office.ticket("PER").await;
        office.act("anna", &about, "take", json!({})).await;
        let complaint = office.ticket("PER").await;
        office.act("anna", &complaint, "take", json!({})).await;
        office.act("anna", &complaint, "classification", json!({"kind": "complaint"})).await;
        let number = about.rsplit('/').next().unwrap();
        office.act("anna", &complaint, "link", json!({"kind": "related", "to": number})).await;
        let refused = [
            ("registration", json!({"reason": "x"})), ("solution", json!({"solution": "Ho ragione io"})),
            ("messages", json!({"body": "Non è vero"})), ("classification", json!({"kind": "information"})),
        ];
        for (act, body) in refused {
            let (code, _) = office.post("anna", &format!("{complaint}/{act}"), &body).await.problem(409);
            assert_eq!(code, "SD-109", "{act}");
        }
        office.act("anna", &complaint, "messages", json!({"body": "Ecco come andò", "visibility": "internal"})).await;
        let (visitor, page) = (Visitor::of(&office, "anna").await, complaint.rsplit('/').next().unwrap());
        assert_eq!(writes(&visitor, page, &[("kind", "reply"), ("text", "Non è vero")]).await, 409, "nothing is kept that could never be given");
        let anna = json!({"operator": office.people["anna"]});
        office.act("anna", &complaint, "owner", json!({"operator": office.people["bruno"]})).await;
        assert_eq!(office.post("bruno", &format!("{complaint}/owner"), &anna).await.problem(409).0, "SD-109");
        assert_eq!(office.post("anna", &format!("{complaint}/take"), &json!({})).await.problem(409).0, "SD-109");
        office.act("bruno", &complaint, "messages", json!({"body": "Ci dispiace, ecco che cosa cambia"})).await;
        office.act("bruno", &complaint, "solution", json!({"solution": "Spiegato e corretto"})).await;
        // What is no complaint is still theirs.
        office.act("anna", &about, "registration", json!({"reason": "x"})).await;
    }
}

//! Who may do what: one line for each command and door, one column for each role.
//!
//! A cell has two marks: what the role may do where it reaches (its own request, what lies with its group, its area), and
//! elsewhere (somebody else's request, another group's, the other area). `+` is allowed, `3` forbidden (403), `4` does not
//! exist (404), `1` is asked to sign in first. What one may not see does not exist.
//!
//! An act is asked for with a version that the ticket never had: whoever may do it is told so (412), and nothing changes.

use crate::office::{Answer, Office, done};
use crate::visitor::Visitors;
use people::TokenScope;
use serde_json::{Value, json};
use std::collections::HashMap;
use testkit::Backend;

/// Who stands for a role, in the order of the columns; the last one is nobody.
const ROLES: [(&str, &str); 11] = [
    ("requester", "rosa"),
    ("operator", "anna"),
    ("second_level", "sara"),
    ("control_manager", "controllo"),
    ("incident_manager", "incidenti"),
    ("team_lead", "capo"),
    ("service_manager", "servizio"),
    ("administrator", "admin"),
    ("auditor", "revisore"),
    ("dpo", "dpo"),
    ("nobody", ""),
];

/// The scope a token needs, the request (`METHOD path body`), the answer to whoever may, the cells by role.
type Line = (TokenScope, &'static str, u16, &'static str);

use TokenScope::{Admin, Read, Write};

#[rustfmt::skip]
const TICKETS: &[Line] = &[
    // scope, request, allowed                                             requ op   2nd  ctrl inc  lead mgr  adm  aud  dpo  nobody
    (Read,  "GET {t}",                                                200, "+4   +4   +4   +4   +4   +4   +4   ++   ++   ++   11"),
    (Read,  "GET {t}/timeline",                                       200, "+4   +4   +4   +4   +4   +4   +4   ++   ++   ++   11"),
    (Read,  "GET {t}/clocks",                                         200, "34   +4   +4   +4   +4   +4   +4   ++   ++   ++   11"),
    (Read,  "GET {t}/attachments",                                    200, "+4   +4   +4   +4   +4   +4   +4   ++   ++   ++   11"),
    (Read,  "GET {t}/attachments/{public}",                           200, "+4   +4   +4   +4   +4   +4   +4   ++   ++   ++   11"),
    (Read,  "GET {t}/attachments/{internal}",                         200, "44   +4   +4   +4   +4   +4   +4   ++   ++   ++   11"),
    (Write, "POST {t}/take {}",                                       412, "34   +4   +4   +4   +4   +4   34   ++   33   33   11"),
    (Write, "POST {t}/owner {'group':'{desk}'}",                      412, "34   +4   +4   +4   +4   +4   34   ++   33   33   11"),
    (Write, "POST {t}/owner {'operator':'{anna}'}",                   412, "34   +4   +4   +4   +4   +4   34   ++   33   33   11"),
    (Write, "POST {t}/identification {'requester':{'id':'{rosa}'}}",  412, "34   +4   +4   +4   +4   +4   34   ++   33   33   11"),
    (Write, "POST {t}/registration {'reason':'x'}",                   412, "34   +4   +4   +4   +4   +4   34   ++   33   33   11"),
    (Write, "POST {t}/diagnosis {'diagnosis':'x'}",                   412, "34   +4   +4   +4   +4   +4   34   ++   33   33   11"),
    (Write, "POST {t}/classification {'kind':'incident'}",            412, "34   +4   +4   +4   +4   +4   34   ++   33   33   11"),
    (Write, "POST {t}/classification {'priority':1,'reason':'x'}",    412, "34   +4   +4   +4   +4   +4   34   ++   33   33   11"),
    (Write, "PATCH {t} {'subject':'x'}",                              412, "34   +4   +4   +4   +4   +4   34   ++   33   33   11"),
    (Write, "PATCH {t} {'impact':1}",                                 412, "34   +4   +4   +4   +4   +4   34   ++   33   33   11"),
    (Write, "POST {t}/reroute {'area':'TEC','reason':'x'}",           412, "34   +4   +4   +4   +4   +4   34   ++   33   33   11"),
    (Write, "POST {t}/link {'to':'{other}','kind':'related'}",        412, "34   +4   +4   +4   +4   +4   34   ++   33   33   11"),
    (Write, "DELETE {t}/links/{rosa}",                                412, "34   +4   +4   +4   +4   +4   34   ++   33   33   11"),
    (Write, "POST {t}/assignments {'group':'Applicazioni'}",          412, "34   +4   +4   +4   +4   +4   34   ++   33   33   11"),
    (Write, "POST {t}/assignments/{part}/acceptance {}",              412, "34   +4   +4   +4   +4   +4   34   ++   33   33   11"),
    (Write, "POST {t}/assignments/{part}/technical-closure {'activity':'x','outcome':'solved','callback_required':false}",
                                                                      412, "34   +4   +4   +4   +4   +4   34   ++   33   33   11"),
    (Write, "POST {t}/assignments/{part}/return {'reason':'x'}",      412, "34   +4   +4   +4   +4   +4   34   ++   33   33   11"),
    (Write, "POST {t}/assignments/{part}/withdrawal {}",              412, "34   +4   +4   +4   +4   +4   34   ++   33   33   11"),
    (Write, "POST {t}/pause {'reason':'supplier'}",                   412, "34   +4   +4   +4   +4   +4   34   ++   33   33   11"),
    (Write, "POST {t}/resumption {}",                                 412, "34   +4   +4   +4   +4   +4   34   ++   33   33   11"),
    (Write, "POST {t}/messages {'body':'x'}",                         412, "+4   +4   +4   +4   +4   +4   34   ++   33   33   11"),
    (Write, "POST {t}/messages {'body':'x','visibility':'internal'}", 412, "34   +4   +4   +4   +4   +4   +4   ++   33   33   11"),
    (Write, "POST {t}/attachments public",                            201, "+4   +4   +4   +4   +4   +4   34   ++   33   33   11"),
    (Write, "POST {t}/attachments internal",                          201, "34   +4   +4   +4   +4   +4   +4   ++   33   33   11"),
    (Write, "POST {t}/solution {'solution':'x'}",                     412, "34   +4   +4   +4   +4   +4   34   ++   33   33   11"),
    (Write, "POST {t}/solution {'solution':'x','outcome':{'satisfied':true}}",
                                                                      412, "34   +4   34   +4   +4   +4   34   ++   33   33   11"),
    (Write, "POST {t}/outcome {'satisfied':true}",                    412, "+4   +4   34   +4   +4   +4   34   ++   33   33   11"),
    (Write, "POST {t}/outcome {'satisfied':false,'note':'x'}",        412, "+4   +4   34   +4   +4   +4   34   ++   33   33   11"),
    (Write, "POST {t}/contact-attempts {'outcome':'not_reached'}",    412, "34   +4   34   +4   +4   +4   +4   ++   33   33   11"),
    (Write, "POST {t}/closure {'reason':'withdrawn'}",                412, "+4   +4   34   +4   +4   +4   34   ++   33   33   11"),
    (Write, "POST {t}/closure {'reason':'decided','note':'x'}",       412, "34   +4   34   +4   +4   +4   +4   ++   33   33   11"),
    (Write, "POST {t}/reopening {'reason':'x'}",                      412, "+4   +4   34   +4   +4   +4   +4   ++   33   33   11"),
    (Write, "POST {t}/cancellation {'reason':'x'}",                   412, "34   +4   34   +4   +4   +4   34   ++   33   33   11"),
    (Write, "POST {t}/merge {'into':'{other}'}",                      412, "34   +4   34   +4   +4   +4   34   ++   33   33   11"),
];

#[rustfmt::skip]
const HOUSE: &[Line] = &[
    // scope, request, allowed                                             requ op   2nd  ctrl inc  lead mgr  adm  aud  dpo  nobody
    (Read,  "GET /api/v1/me",                                         200, "++   ++   ++   ++   ++   ++   ++   ++   ++   ++   11"),
    (Read,  "GET /api/v1/tickets",                                    200, "++   ++   ++   ++   ++   ++   ++   ++   ++   ++   11"),
    (Write, "POST /api/v1/tickets {'area':'{area}','subject':'x'}",   201, "++   ++   ++   ++   ++   ++   ++   ++   ++   ++   11"),
    (Write, "POST /api/v1/tickets {'area':'{area}','subject':'x','requester':{'id':'{ugo}'}}",
                                                                      201, "33   +3   33   +3   +3   +3   33   ++   33   33   11"),
    (Read,  "GET /api/v1/events",                                     200, "33   33   33   33   33   33   ++   ++   ++   ++   11"),
    (Read,  "GET /api/v1/reads",                                      200, "33   33   33   33   33   33   33   33   ++   ++   11"),
    (Read,  "GET /api/v1/people?q=ugo",                               200, "33   ++   ++   ++   ++   ++   ++   ++   ++   ++   11"),
    (Read,  "GET /api/v1/people/{ugo}",                               200, "44   ++   ++   ++   ++   ++   ++   ++   ++   ++   11"),
    (Admin, "POST /api/v1/people {'name':'x'}",                       201, "33   33   33   33   33   33   33   ++   33   33   11"),
    (Admin, "POST /api/v1/people/{ugo}/erasure {'reason':''}",        422, "33   33   33   33   33   33   33   33   33   ++   11"),
    (Read,  "GET /api/v1/areas",                                      200, "++   ++   ++   ++   ++   ++   ++   ++   ++   ++   11"),
    (Read,  "GET /api/v1/groups",                                     200, "++   ++   ++   ++   ++   ++   ++   ++   ++   ++   11"),
    (Admin, "POST /api/v1/groups {'name':'{new}','kind':'front_end','area':'{area}'}",
                                                                      201, "33   33   33   33   33   33   +3   ++   33   33   11"),
    (Admin, "POST /api/v1/groups {'name':'{new}','kind':'second_level'}", 201, "33   33   33   33   33   33   33   ++   33   33   11"),
    (Read,  "GET /api/v1/categories",                                 200, "++   ++   ++   ++   ++   ++   ++   ++   ++   ++   11"),
    (Read,  "GET /api/v1/areas/{area}",                               200, "++   ++   ++   ++   ++   ++   ++   ++   ++   ++   11"),
    (Admin, "POST /api/v1/areas {'name':'PERSONALE'}",                422, "33   33   33   33   33   33   33   ++   33   33   11"),
    (Admin, "PATCH /api/v1/areas/{area} {'active':false}",            412, "33   33   33   33   33   33   +3   ++   33   33   11"),
    (Read,  "GET /api/v1/groups/{desk}",                              200, "++   ++   ++   ++   ++   ++   ++   ++   ++   ++   11"),
    (Admin, "PATCH /api/v1/groups/{desk} {'active':false}",           412, "33   33   33   33   33   33   +3   ++   33   33   11"),
    (Read,  "GET /api/v1/groups/{desk}/members",                      200, "33   ++   ++   ++   ++   ++   ++   ++   ++   ++   11"),
    (Admin, "PUT /api/v1/groups/{desk}/members {'members':[]}",       412, "33   33   33   33   33   33   +3   ++   33   33   11"),
    (Admin, "PUT /api/v1/groups/{desk}/members/{anna}",               412, "33   33   33   33   33   33   +3   ++   33   33   11"),
    (Admin, "DELETE /api/v1/groups/{desk}/members/{anna}",            412, "33   33   33   33   33   33   +3   ++   33   33   11"),
    (Admin, "GET /api/v1/areas/{area}/parameters",                    200, "33   33   33   33   33   33   ++   ++   33   33   11"),
    (Admin, "PATCH /api/v1/areas/{area}/parameters {'informal':true}",
                                                                      412, "33   33   33   33   33   33   +3   ++   33   33   11"),
    (Read,  "GET /api/v1/categories/{category}",                      200, "++   ++   ++   ++   ++   ++   ++   ++   ++   ++   11"),
    (Admin, "POST /api/v1/categories {'name':'{new}','area':'{area}'}", 201, "33   33   33   33   33   33   +3   ++   33   33   11"),
    (Admin, "POST /api/v1/categories {'name':'{new}'}",               201, "33   33   33   33   33   33   33   ++   33   33   11"),
    (Admin, "PATCH /api/v1/categories/{category} {'active':false}",   412, "33   33   33   33   33   33   +3   ++   33   33   11"),
];

#[rustfmt::skip]
const PAGES: &[Line] = &[
    // scope, request, allowed                                             requ op   2nd  ctrl inc  lead mgr  adm  aud  dpo  nobody
    (Read,  "GET /tickets",                                           200, "44   ++   ++   ++   ++   ++   ++   ++   ++   ++   11"),
    (Read,  "GET /tickets/new",                                       200, "44   ++   33   ++   ++   ++   33   ++   33   33   11"),
    (Write, "POST /tickets/new do=search",                            200, "44   ++   33   ++   ++   ++   33   ++   33   33   11"),
    (Read,  "GET /search?q=x",                                        200, "44   ++   ++   ++   ++   ++   ++   ++   ++   ++   11"),
    (Read,  "GET /tickets/{n}",                                       200, "44   +4   +4   +4   +4   +4   +4   ++   ++   ++   11"),
    (Read,  "GET /tickets/{n}/times",                                 200, "44   +4   +4   +4   +4   +4   +4   ++   ++   ++   11"),
    (Read,  "GET /tickets/{n}/attachments/{internal}",                200, "44   +4   +4   +4   +4   +4   +4   ++   ++   ++   11"),
    (Write, "POST /tickets/{n}/resume ",                              409, "44   +4   +4   +4   +4   +4   34   ++   33   33   11"),
    (Write, "POST /tickets/{n}/close reason=decided&note=x",          409, "44   +4   34   +4   +4   +4   +4   ++   33   33   11"),
    (Read,  "GET /portal",                                            200, "++   ++   ++   ++   ++   ++   ++   ++   ++   ++   11"),
    (Read,  "GET /portal/new",                                        200, "++   ++   ++   ++   ++   ++   ++   ++   ++   ++   11"),
    (Read,  "GET /portal/requests/{n}",                               200, "+4   44   44   44   44   44   44   44   44   44   11"),
    (Read,  "GET /portal/requests/{n}/attachments/{public}",          200, "+4   44   44   44   44   44   44   44   44   44   11"),
    (Read,  "GET /portal/requests/{n}/attachments/{internal}",        200, "44   44   44   44   44   44   44   44   44   44   11"),
    (Write, "POST /portal/requests/{n}/outcome works=yes",            422, "+4   44   44   44   44   44   44   44   44   44   11"),
    (Write, "POST /portal/requests/{n}/reopening reason=x",           422, "+4   44   44   44   44   44   44   44   44   44   11"),
    (Read,  "GET /people?q=x",                                        200, "33   ++   ++   ++   ++   ++   ++   ++   ++   ++   11"),
    (Read,  "GET /people/{ugo}",                                      200, "33   ++   ++   ++   ++   ++   ++   ++   ++   ++   11"),
    (Admin, "GET /people/new",                                        200, "33   33   33   33   33   33   33   ++   33   33   11"),
    (Admin, "POST /people/new name=",                                 422, "33   33   33   33   33   33   33   ++   33   33   11"),
    (Admin, "GET /people/{ugo}/edit",                                 200, "33   33   33   33   33   33   33   ++   33   33   11"),
    (Admin, "POST /people/{ugo}/edit name=",                          422, "33   33   33   33   33   33   33   ++   33   33   11"),
    (Admin, "POST /people/{ugo}/roles role=x",                        422, "33   33   33   33   33   33   33   ++   33   33   11"),
    (Admin, "POST /people/{ugo}/roles/taken role=x",                  422, "33   33   33   33   33   33   33   ++   33   33   11"),
    (Admin, "POST /people/{ugo}/password password=x",                 422, "33   33   33   33   33   33   33   ++   33   33   11"),
    (Admin, "GET /administration/groups",                             200, "33   33   33   33   33   33   ++   ++   33   33   11"),
    (Admin, "POST /administration/groups name=&kind=front_end&area={area}",
                                                                      422, "33   33   33   33   33   33   +3   ++   33   33   11"),
    (Admin, "POST /administration/groups name=&kind=front_end&area=", 422, "33   33   33   33   33   33   33   ++   33   33   11"),
    (Admin, "GET /administration/groups/{desk}",                      200, "33   33   33   33   33   33   ++   ++   33   33   11"),
    (Admin, "POST /administration/groups/{desk}/members/gone person=x",
                                                                      422, "33   33   33   33   33   33   +3   ++   33   33   11"),
    (Admin, "GET /administration/areas",                              200, "33   33   33   33   33   33   ++   ++   33   33   11"),
    (Admin, "POST /administration/areas name=",                       422, "33   33   33   33   33   33   33   ++   33   33   11"),
    (Admin, "GET /administration/areas/{area}",                       200, "33   33   33   33   33   33   ++   ++   33   33   11"),
    (Admin, "POST /administration/areas/{area} reopen_days=x",        422, "33   33   33   33   33   33   +3   ++   33   33   11"),
    (Admin, "GET /administration/categories",                         200, "33   33   33   33   33   33   ++   ++   33   33   11"),
    (Admin, "POST /administration/categories name=&area={area}",      422, "33   33   33   33   33   33   +3   ++   33   33   11"),
    (Admin, "POST /administration/categories name=&area=",            422, "33   33   33   33   33   33   33   ++   33   33   11"),
    (Admin, "POST /administration/areas/{area}/name name=",           422, "33   33   33   33   33   33   +3   ++   33   33   11"),
    (Admin, "POST /administration/areas/{area}/standing version=0&active=false",
                                                                      422, "33   33   33   33   33   33   +3   ++   33   33   11"),
    (Admin, "POST /administration/groups/{desk}/name name=",          422, "33   33   33   33   33   33   +3   ++   33   33   11"),
    (Admin, "POST /administration/groups/{desk}/members person=x",    422, "33   33   33   33   33   33   +3   ++   33   33   11"),
    (Admin, "POST /administration/groups/{desk}/standing version=0&active=false",
                                                                      422, "33   33   33   33   33   33   +3   ++   33   33   11"),
    (Admin, "GET /administration/categories/{category}",              200, "33   33   33   33   33   33   ++   ++   33   33   11"),
    (Admin, "POST /administration/categories/{category}/name name=",  422, "33   33   33   33   33   33   +3   ++   33   33   11"),
    (Admin, "POST /administration/categories/{category}/standing version=0&active=false",
                                                                      422, "33   33   33   33   33   33   +3   ++   33   33   11"),
    (Admin, "GET /administration/jobs",                               200, "33   33   33   33   33   33   33   ++   33   33   11"),
    (Admin, "POST /administration/jobs/{ugo}/requeue ",               404, "33   33   33   33   33   33   33   ++   33   33   11"),
    (Read,  "GET /profile",                                           200, "++   ++   ++   ++   ++   ++   ++   ++   ++   ++   11"),
    (Admin, "POST /profile/tokens name=&scope=read&days=1",           422, "++   ++   ++   ++   ++   ++   ++   ++   ++   ++   11"),
    (Admin, "POST /profile/password current=x&password=short",        422, "++   ++   ++   ++   ++   ++   ++   ++   ++   ++   11"),
    (Admin, "POST /profile/sessions/none/end ",                       404, "++   ++   ++   ++   ++   ++   ++   ++   ++   ++   11"),
    (Admin, "POST /profile/tokens/{ugo}/revoke ",                     404, "++   ++   ++   ++   ++   ++   ++   ++   ++   ++   11"),
];

/// A staffed office with a request where everybody of the desk reaches it, and one in the other area that nobody but Carla
/// and those who see everything reach.
struct Stage {
    office: Office,
    here: HashMap<&'static str, String>,
    there: HashMap<&'static str, String>,
}

impl Stage {
    async fn set(db: &Backend) -> Self {
        let mut office = Office::with(
            db,
            vec![
                privacy::capability(),
                portal::capability(),
                administration::capability(),
            ],
        )
        .await;
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
        HashMap::from([
            ("{t}", ticket.to_owned()),
            ("{n}", number(ticket)),
            ("{other}", number(other)),
            ("{public}", public),
            ("{internal}", internal),
            ("{part}", part.to_owned()),
            ("{area}", self.office.areas[area].to_string()),
            ("{desk}", self.office.groups[desk].to_string()),
            ("{anna}", person("anna")),
            ("{rosa}", person("rosa")),
            ("{category}", category["id"].as_str().unwrap().to_owned()),
            ("{ugo}", person("ugo")),
        ])
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
    async fn attach(&self, who: &str, ticket: &str, visibility: &str) -> Answer {
        let body = format!(
            "--b\r\nContent-Disposition: form-data; name=\"visibility\"\r\n\r\n{visibility}\r\n\
             --b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nciao\r\n--b--\r\n"
        );
        let kind = [("content-type", "multipart/form-data; boundary=b")];
        self.send(who, "POST", &format!("{ticket}/attachments"), &kind, body)
            .await
    }
}

/// Method, path and body of a request, its places filled in; `{new}` is a name that nothing has yet.
fn filled(request: &str, names: &HashMap<&'static str, String>) -> (String, String, String) {
    let mut text = request.replace("{new}", &kernel::Uuid::now_v7().to_string());
    for (place, name) in names {
        text = text.replace(place, name);
    }
    let mut parts = text.splitn(3, ' ').map(str::to_owned);
    let mut part = || parts.next().unwrap_or_default();
    (part(), part(), part())
}

/// Asks the API by a token.
async fn by_token(office: &Office, who: &str, request: &str, names: &HashMap<&'static str, String>) -> Answer {
    let (method, path, body) = filled(request, names);
    if path.ends_with("/attachments") && method == "POST" {
        let ticket = path.trim_end_matches("/attachments");
        return office.attach(who, ticket, &body).await;
    }
    let never = [("if-match", "\"0\"")];
    office.send(who, &method, &path, &never, body.replace('\'', "\"")).await
}

/// The mark of an answer.
fn mark(answer: &Answer, allowed: u16) -> String {
    let to_sign_in = answer.header("location").is_some_and(|to| to.starts_with("/sign-in"));
    match answer.status.as_u16() {
        303 if to_sign_in => "1".to_owned(),
        status if status == allowed && allowed != 404 => "+".to_owned(),
        401 => "1".to_owned(),
        403 => "3".to_owned(),
        404 if allowed == 404 => "+".to_owned(),
        404 => "4".to_owned(),
        other => format!("[{other} {}]", answer.text().chars().take(200).collect::<String>()),
    }
}

/// The cells of a line as they came out, in the form of the table.
async fn cells(stage: &Stage, visitors: Option<&Visitors>, request: &str, allowed: u16) -> Vec<String> {
    let mut cells = Vec::new();
    for (_, who) in ROLES {
        let mut cell = String::new();
        for names in [&stage.here, &stage.there] {
            let answer = match visitors {
                Some(visitors) => {
                    let (method, path, form) = filled(request, names);
                    visitors.send(&stage.office, who, &method, &path, &form).await
                }
                None => by_token(&stage.office, who, request, names).await,
            };
            cell.push_str(&mark(&answer, allowed));
        }
        cells.push(cell);
    }
    cells
}

/// The lines of a table that came out otherwise.
async fn differences(stage: &Stage, visitors: Option<&Visitors>, table: &[Line]) -> Vec<String> {
    let mut wrong = Vec::new();
    for (_, request, allowed, expected) in table {
        let (found, expected) = (
            cells(stage, visitors, request, *allowed).await,
            expected.split_whitespace(),
        );
        for (((role, _), found), expected) in ROLES.iter().zip(&found).zip(expected) {
            if found != expected {
                wrong.push(format!("{role}: {request}: {found}, not {expected}"));
            }
        }
    }
    wrong
}

#[track_caller]
fn assert_none(wrong: &[String]) {
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

testkit::both_backends! {
    async fn every_role_does_what_the_table_says_and_nothing_else(db: Backend) {
        let stage = Stage::set(&db).await;
        let visitors = Visitors::of(&stage.office).await;
        let mut wrong = differences(&stage, None, TICKETS).await;
        wrong.extend(differences(&stage, None, HOUSE).await);
        wrong.extend(differences(&stage, Some(&visitors), PAGES).await);
        assert_none(&wrong);
    }

    async fn a_token_does_no_more_than_its_scope(db: Backend) {
        let mut stage = Stage::set(&db).await;
        let mut wrong = Vec::new();
        for scope in [Read, Write, Admin] {
            for who in ["admin", "dpo"] {
                let person = stage.office.people[who];
                let token = done(people::create_token(&stage.office.store, person, "scope", &[scope], 1).await);
                stage.office.give_token(who, token);
            }
            for (needed, request, allowed, cells) in TICKETS.iter().chain(HOUSE) {
                let who = if request.ends_with("/erasure {'reason':''}") || request.ends_with("/reads") { "dpo" } else { "admin" };
                let expected = if scope >= *needed { "+" } else { "3" };
                let found = mark(&by_token(&stage.office, who, request, &stage.here).await, *allowed);
                if found != expected {
                    wrong.push(format!("{scope:?}: {request}: {found}, not {expected} ({cells})"));
                }
            }
        }
        assert_none(&wrong);
    }

    async fn a_token_opens_no_page(db: Backend) {
        let stage = Stage::set(&db).await;
        let mut wrong = Vec::new();
        for (_, request, _, _) in PAGES {
            let (method, path, form) = filled(request, &stage.here);
            let kind = [("content-type", "application/x-www-form-urlencoded")];
            let answer = stage.office.send("admin", &method, &path, &kind, form).await;
            if mark(&answer, 0) != "1" {
                wrong.push(format!("{request}: {}", answer.status));
            }
        }
        assert_none(&wrong);
    }

    async fn lists_and_search_hold_only_what_may_be_seen(db: Backend) {
        let stage = Stage::set(&db).await;
        let sees = [
            ("rosa", "+4"), ("ugo", "4+"), ("anna", "+4"), ("carla", "4+"), ("sara", "+4"), ("luca", "44"), ("controllo", "+4"),
            ("incidenti", "+4"), ("capo", "+4"), ("servizio", "+4"), ("admin", "++"), ("revisore", "++"), ("dpo", "++"),
        ];
        for (who, expected) in sees {
            for query in ["?limit=200", "?q=SR&limit=200", "?open=true", "?updated_since=2020-01-01T00:00:00Z"] {
                let list = stage.office.get(who, &format!("/api/v1/tickets{query}")).await.expect(200);
                let numbers: Vec<_> = list["items"].as_array().unwrap().iter().map(|row| row["number"].as_str().unwrap()).collect();
                let found: String = [&stage.here, &stage.there].map(|side| if numbers.contains(&side["{n}"].as_str()) { '+' } else { '4' }).iter().collect();
                assert_eq!(found, expected, "{who} {query}");
            }
        }
    }

    async fn nothing_is_merged_into_what_one_may_only_see(db: Backend) {
        let stage = Stage::set(&db).await;
        let own = stage.office.post("anna", "/api/v1/tickets", &json!({"area": "TEC", "subject": "Il mio portatile"})).await.expect(201);
        let mine = stage.office.ticket("PER").await;
        stage.office.act("anna", &mine, "take", json!({})).await;
        let into = json!({"into": own["number"]});
        stage.office.post("anna", &format!("{mine}/merge"), &into).await.problem(403);
        stage.office.post("admin", &format!("{mine}/merge"), &into).await.expect(200);
    }

    async fn whoever_works_here_is_a_requester_with_their_own_requests(db: Backend) {
        let stage = Stage::set(&db).await;
        for who in ["anna", "sara", "servizio", "revisore", "dpo"] {
            let body = json!({"area": "TEC", "subject": "Il mio portatile"});
            let own = stage.office.post(who, "/api/v1/tickets", &body).await.expect(201);
            let mut names = stage.there.clone();
            names.insert("{t}", format!("/api/v1/tickets/{}", own["number"].as_str().unwrap()));
            for (_, request, allowed, requester) in TICKETS.iter().filter(|(_, request, ..)| !request.contains("{internal}") && !request.contains("{public}")) {
                let found = mark(&by_token(&stage.office, who, request, &names).await, *allowed);
                let all = matches!(who, "revisore" | "dpo") && request.ends_with("/clocks");
                let expected = if all { "+" } else { &requester[..1] };
                assert_eq!(found, expected, "{who}: {request}");
            }
        }
    }
}

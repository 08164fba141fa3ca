//! Who may do what: one line for each command and door, one column for each role.
//!
//! A cell has two marks: what the role may do where it reaches (its own request, what lies with its group, its area), and
//! elsewhere (somebody else's request, another group's, the other area). `+` is allowed, `3` forbidden (403), `4` does not
//! exist (404), `1` is asked to sign in first. What one may not see does not exist.
//!
//! An act is asked for with a version that the ticket never had: whoever may do it is told so (412), and nothing changes.

mod covered;
pub use stage::rooms;
mod stage;
mod tables;

use crate::office::{Answer, Office, done};
use crate::visitor::Visitors;
use people::TokenScope::{Admin, Read, Write};
use serde_json::json;
use stage::Stage;
use std::collections::HashMap;
use tables::{HOUSE, Line, PAGES, ROLES, TICKETS};
use testkit::Backend;

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

/// The mark of an answer; 409 stands for an act that is taken up, also where no rule refuses it.
fn mark(answer: &Answer, allowed: u16) -> String {
    let to_sign_in = answer.header("location").is_some_and(|to| to.starts_with("/sign-in"));
    match answer.status.as_u16() {
        303 if to_sign_in => "1".to_owned(),
        status if status == allowed && allowed != 404 => "+".to_owned(),
        303 if allowed == 409 => "+".to_owned(),
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

#[test]
fn every_page_has_its_pictures() {
    let unseen = covered::unseen();
    assert!(
        unseen.is_empty(),
        "not in behaviours/tests/browser/pages.txt:\n{}",
        unseen.join("\n")
    );
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

    async fn every_route_has_a_line(db: Backend) {
        let stage = Stage::set(&db).await;
        let forgotten = covered::forgotten(&stage.office).await;
        assert!(forgotten.is_empty(), "no line for:\n{}", forgotten.join("\n"));
    }

    async fn a_token_does_no_more_than_its_scope(db: Backend) {
        let mut stage = Stage::set(&db).await;
        let mut wrong = Vec::new();
        for scope in [Read, Write, Admin] {
            for who in ["admin", "dpo", "rosa"] {
                let person = stage.office.people[who];
                let token = done(people::create_token(&stage.office.store, person, "scope", &[scope], 1).await);
                stage.office.give_token(who, token.text);
            }
            for (needed, request, allowed, cells) in TICKETS.iter().chain(HOUSE) {
                let who = match request {
                    // Whoever asked rates, and nobody for them.
                    request if request.contains("/rating ") => "rosa",
                    request if request.ends_with("/erasure {'reason':''}") || request.ends_with("/reads") => "dpo",
                    _ => "admin",
                };
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
                let is_of_the_desk = ["/clocks", "/routing", "/mail", "/similar", "GET {t}/tasks"].iter().any(|end| request.ends_with(end));
                let all = matches!(who, "revisore" | "dpo") && is_of_the_desk;
                let expected = if all { "+" } else { &requester[..1] };
                assert_eq!(found, expected, "{who}: {request}");
            }
        }
    }
}

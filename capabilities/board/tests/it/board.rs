//! Each figure is what its list shows; who sees no board; a change moves the figure; nothing of persons.

use crate::office::{Answer, Office, done};
use serde_json::Value;
use testkit::Backend;

async fn office(db: &Backend) -> Office {
    Office::with(db, vec![board::capability()]).await
}

async fn visit(office: &Office, who: &str, path: &str) -> Answer {
    let key = done(people::open_session(&office.store, office.people[who], "127.0.0.1", "test").await);
    let cookie = format!("{}={key}", people::SESSION_COOKIE);
    let headers = [("cookie", cookie.as_str()), ("accept", "text/html")];
    office.send("", "GET", path, &headers, String::new()).await
}

/// A figure and the address of its list, as the page has them.
fn figure(page: &str, code: &str) -> (usize, String) {
    let at = page
        .find(&format!("id=\"board-{code}\""))
        .unwrap_or_else(|| panic!("{code}: {page}"));
    let (before, after) = page.split_at(at);
    let href = before.rsplit("href=\"").next().unwrap().split('"').next().unwrap();
    let number = after.split("board-n\">").nth(1).unwrap().split('<').next().unwrap();
    (
        number.parse().unwrap(),
        href.replace("&#38;", "&").replace("&amp;", "&"),
    )
}

const CODES: [&str; 9] = [
    "late",
    "soon",
    "unassigned",
    "open",
    "waiting",
    "answered",
    "under-control",
    "opened-today",
    "closed-today",
];

/// Long enough for a board to be found anew.
async fn a_while() {
    tokio::time::sleep(std::time::Duration::from_millis(2_100)).await;
}

fn open(board: &Value) -> u64 {
    board["open"].as_u64().unwrap()
}

testkit::both_backends! {
    async fn each_figure_is_what_its_list_shows(db: Backend) {
        let office = office(&db).await;
        let first = office.ticket("PER").await;
        office.ticket("PER").await;
        office.ticket("TEC").await;
        let (second, third) = (office.ticket("PER").await, office.ticket("PER").await);
        for ticket in [&first, &second, &third] {
            office.act("anna", ticket, "take", serde_json::json!({})).await;
        }
        office.act("anna", &second, "pause", serde_json::json!({"reason": "requester"})).await;
        office.act("anna", &third, "cancellation", serde_json::json!({"reason": "Doppione"})).await;
        let board = office.get("anna", "/api/v1/board").await.expect(200);
        let found = ["open", "unassigned", "waiting", "opened_today", "closed_today"].map(|code| board[code].as_u64().unwrap());
        assert_eq!(found, [3, 1, 1, 4, 1], "{board}");
        let group = office.groups["Sportello Personale"];
        for who in ["anna", "carla", "sara", "capo", "admin"] {
            for query in [String::new(), format!("?group={group}")] {
                let answer = visit(&office, who, &format!("/board{query}")).await;
                if answer.status == 404 && !query.is_empty() {
                    continue;
                }
                let page = answer.text();
                for code in CODES {
                    let (count, href) = figure(&page, code);
                    let list = visit(&office, who, &href).await.text();
                    let rows = list.matches("id=\"row-SR-").count();
                    assert_eq!(rows, count, "{who} {code} {href}");
                    assert!(!list.contains("data-not-understood"), "{href}");
                }
            }
        }
    }

    async fn the_board_is_the_desks_and_of_what_one_may_see(db: Backend) {
        let office = office(&db).await;
        for path in ["/board", "/board/wall", "/board?group=x", "/board/live"] {
            assert_eq!(visit(&office, "rosa", path).await.status.as_u16(), 404, "{path}");
        }
        office.get("rosa", "/api/v1/board").await.expect_status(404);
        let foreign = office.groups["Applicazioni"];
        office.get("sara", &format!("/api/v1/board?group={foreign}")).await.expect_status(404);
        office.get("sara", &format!("/api/v1/board?group={}", office.groups["Sistemi"])).await.expect_status(200);
    }

    async fn a_change_moves_the_figure_and_nobody_is_named(db: Backend) {
        let office = office(&db).await;
        let before = open(&office.get("anna", "/api/v1/board").await.expect(200));
        done(workspace::say(&office.store, office.people["anna"], workspace::Presence::Busy).await);
        office.ticket("PER").await;
        a_while().await;
        let board = office.get("anna", "/api/v1/board").await.expect(200);
        assert_eq!((open(&board), board["people"]["busy"].as_u64()), (before + 1, Some(1)));
        let wall = visit(&office, "anna", "/board/wall").await.text();
        assert!(wall.contains("wall-n") && !wall.contains("SR-2026"), "{wall}");
        let names = office.people.keys().filter(|name| name.len() > 3);
        for name in names {
            assert!(!wall.to_lowercase().contains(&format!(">{name}")), "{name}");
        }
    }
}

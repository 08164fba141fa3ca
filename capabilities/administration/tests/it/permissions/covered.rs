//! Whether each route has a line: what is forgotten in the tables is named, with its method and path.

use super::stage;
use super::tables::{HOUSE, PAGES, TICKETS};
use crate::office::Office;
use std::collections::BTreeSet;

/// Routes that ask nobody who they are, only lead elsewhere, or answer for as long as one listens.
const OPEN: &[&str] = &[
    "GET /",
    "GET /accessibility",
    "GET /administration",
    "GET /language",
    "GET /live",
    "GET /board/live",
    "GET /manifest.webmanifest",
    "GET /offline",
    "GET /service-worker.js",
    "GET /setup",
    "GET /sign-in",
    "GET /sign-in/code",
    "POST /setup",
    "POST /sign-in",
    "POST /sign-in/code",
    "POST /sign-out",
];

/// The routes that no line of the tables tries.
pub async fn forgotten(office: &Office) -> Vec<String> {
    let mut routes = resources(office).await;
    routes.extend(pages());
    let lines: Vec<String> = TICKETS
        .iter()
        .chain(HOUSE)
        .chain(PAGES)
        .map(|line| asked(line.1))
        .collect();
    let tried: BTreeSet<&String> = lines.iter().filter_map(|line| served_by(&routes, line)).collect();
    let open = |route: &&String| OPEN.contains(&route.as_str());
    routes
        .iter()
        .filter(|route| !tried.contains(route) && !open(route))
        .cloned()
        .collect()
}

/// The pages of which no picture is taken, and that are not said to be none.
pub fn unseen() -> Vec<String> {
    const PAGES: &str = include_str!("../../../../../behaviours/tests/browser/pages.txt");
    let lines = PAGES.lines().filter(|line| !line.starts_with('#'));
    let addresses = lines.filter_map(|line| line.split_whitespace().nth(1));
    let routes = pages();
    let seen: BTreeSet<&String> = addresses
        .filter_map(|address| served_by(&routes, &asked(&format!("GET {address}"))))
        .collect();
    let shown = |route: &&String| route.starts_with("GET ");
    routes
        .iter()
        .filter(shown)
        .filter(|route| !seen.contains(route))
        .cloned()
        .collect()
}

/// Method and path of a line, without its question.
fn asked(request: &str) -> String {
    let mut parts = request.replace("{t}", "/api/v1/tickets/{n}");
    parts.truncate(parts.match_indices(' ').nth(1).map_or(parts.len(), |(at, _)| at));
    parts.split('?').next().unwrap_or_default().to_owned()
}

/// The route that serves a request: of several the one with the fewest places, as the router chooses.
fn served_by<'r>(routes: &'r BTreeSet<String>, line: &str) -> Option<&'r String> {
    let is_place = |part: &str| part.starts_with('{');
    let fits = |route: &&String| {
        let (ours, theirs): (Vec<&str>, Vec<&str>) = (line.split('/').collect(), route.split('/').collect());
        let same = |(our, their): (&&str, &&str)| our == their || is_place(their);
        ours.len() == theirs.len() && ours.iter().zip(&theirs).all(same)
    };
    let places = |route: &&String| route.split('/').filter(|part| is_place(part)).count();
    routes.iter().filter(fits).min_by_key(places)
}

/// What the description of the API promises.
async fn resources(office: &Office) -> BTreeSet<String> {
    let described = office.get("", "/api/v1/openapi.json").await.expect(200);
    let paths = described["paths"].as_object().unwrap().iter();
    let each = paths.flat_map(|(path, methods)| {
        let methods = methods.as_object().unwrap().keys();
        methods.map(move |method| format!("{} /api/v1{path}", method.to_uppercase()))
    });
    each.collect()
}

/// The pages, as the router itself tells of them when it is printed.
fn pages() -> BTreeSet<String> {
    let rooms = [
        configuration::capability(),
        catalogue::capability(),
        people::capability(),
        record::capability(),
        workspace::capability(),
        ticket::capability(),
    ];
    let rooms = rooms.into_iter().chain(stage::rooms());
    rooms
        .filter_map(|room| room.pages)
        .flat_map(|pages| routes_of(&format!("{:?}", pages())))
        .collect()
}

/// `RouteId(1): MethodRouter(MethodRouter { get: BoxedHandler, … })` comes before `paths: {RouteId(1): "/tickets", … }`.
fn routes_of(printed: &str) -> Vec<String> {
    let (routes, paths) = printed.split_once("paths: {").expect("a router tells its paths");
    let paths = paths.split("fallback_router").next().unwrap_or_default();
    let mut found = Vec::new();
    for (id, path) in numbered(paths) {
        let path = path.split('"').nth(1).expect("a path in quotes");
        let own = numbered(routes).into_iter().find(|(own, _)| *own == id);
        let (_, methods) = own.expect("a path has its methods");
        for method in ["get", "post", "put", "patch", "delete"] {
            if !methods.contains(&format!("{method}: None")) {
                found.push(format!("{} {path}", method.to_uppercase()));
            }
        }
    }
    assert!(!found.is_empty(), "{printed}");
    found
}

/// What stands behind each `RouteId(…)`.
fn numbered(printed: &str) -> Vec<(&str, &str)> {
    printed
        .split("RouteId(")
        .skip(1)
        .filter_map(|part| part.split_once(')'))
        .collect()
}

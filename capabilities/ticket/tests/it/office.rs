//! A small public body behind a real router: areas, groups, people of every role, each with a token.

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Method, Request, StatusCode};
use http_body_util::BodyExt;
use kernel::{Author, Clock, Instant, Uuid};
use people::{GroupKind, Identity, Role, RoleGrant, TokenScope};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Arc;
use store::Sql;
use store::{DatabaseSettings, Lane, Store, StoreParts};
use tower::ServiceExt;
use web::{App, AppSettings, ReadLog};

/// Largest attachment in the tests.
pub const ATTACHMENT_LIMIT: u64 = 3 * 1024 * 1024;

/// Who works here: a name, a role, the area it is for, the group.
const PEOPLE: [(&str, Role, Option<&str>, Option<&str>); 13] = [
    ("anna", Role::Operator, Some("PER"), Some("Sportello Personale")),
    ("bruno", Role::Operator, Some("PER"), Some("Sportello Personale")),
    ("carla", Role::Operator, Some("TEC"), Some("Sportello Tecnologie")),
    ("sara", Role::SecondLevel, Some("PER"), Some("Sistemi")),
    ("luca", Role::SecondLevel, Some("PER"), Some("Applicazioni")),
    ("controllo", Role::ControlManager, Some("PER"), None),
    ("incidenti", Role::IncidentManager, Some("PER"), None),
    ("capo", Role::TeamLead, Some("PER"), Some("Sportello Personale")),
    ("servizio", Role::ServiceManager, Some("PER"), None),
    ("admin", Role::Administrator, None, None),
    ("revisore", Role::Auditor, None, None),
    ("dpo", Role::Dpo, None, None),
    ("rosa", Role::Requester, None, None),
];

/// The office.
pub struct Office {
    pub store: Store,
    pub clock: Clock,
    pub router: Router,
    pub live: live::Hub,
    app: App,
    pub areas: HashMap<&'static str, Uuid>,
    pub groups: HashMap<&'static str, Uuid>,
    pub people: HashMap<String, Uuid>,
    tokens: HashMap<String, String>,
}

/// An answer, whole.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: axum::http::HeaderMap,
    pub bytes: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|_| panic!("{}: {}", self.status, self.text()))
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The JSON body of an answer that has this status.
    #[track_caller]
    pub fn expect(&self, status: u16) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", self.text());
        self.json()
    }

    /// That the answer has this status, whatever it says.
    #[track_caller]
    pub fn expect_status(&self, status: u16) {
        assert_eq!(self.status.as_u16(), status, "{}", self.text());
    }

    /// A problem document of this status: its code, and the fields it names.
    #[track_caller]
    pub fn problem(&self, status: u16) -> (String, Vec<String>) {
        assert_eq!(self.status.as_u16(), status, "{}", self.text());
        assert_eq!(self.header("content-type"), Some("application/problem+json"));
        let problem = self.json();
        assert_eq!(problem["status"], status);
        assert!(
            problem["detail"].as_str().is_some_and(|detail| detail.len() > 5),
            "{problem}"
        );
        let fields = problem["errors"].as_array().cloned().unwrap_or_default();
        let fields = fields
            .iter()
            .map(|error| error["field"].as_str().unwrap().to_owned())
            .collect();
        (problem["code"].as_str().unwrap().to_owned(), fields)
    }
}

impl Office {
    pub async fn open(db: &testkit::Backend) -> Self {
        Self::with(db, Vec::new()).await
    }

    /// The office with more rooms than the ticket's own.
    pub async fn with(db: &testkit::Backend, more: Vec<host::Capability>) -> Self {
        let clock = Clock::starting_at(Instant::parse("2026-11-23T09:00:00Z").unwrap());
        let mut office = Self::node(db, clock, more).await;
        office.furnish().await;
        office
    }

    /// Another node of the same office, on the same database and clock.
    #[allow(dead_code, reason = "most tests have one node")]
    pub async fn beside(&self, db: &testkit::Backend, more: Vec<host::Capability>) -> Self {
        Self {
            areas: self.areas.clone(),
            groups: self.groups.clone(),
            people: self.people.clone(),
            tokens: self.tokens.clone(),
            ..Self::node(db, self.clock.clone(), more).await
        }
    }

    async fn node(db: &testkit::Backend, clock: Clock, more: Vec<host::Capability>) -> Self {
        let mut capabilities = vec![
            configuration::capability(),
            catalogue::capability(),
            people::capability(),
            record::capability(),
            workspace::capability(),
            service_level::capability(),
            ticket::capability(),
        ];
        capabilities.extend(more);
        let own = capabilities.iter_mut().filter_map(|capability| capability.texts.take());
        let texts: Vec<i18n::Source> = [ui::sources(), web::texts()].into_iter().chain(own).collect();
        i18n::install(&texts);
        let store = store(db, clock.clone(), &capabilities).await;
        let live = live::Hub::default();
        let app = App {
            store: store.clone(),
            settings: Arc::new(AppSettings {
                attachment_limit: ATTACHMENT_LIMIT,
                ..AppSettings::default()
            }),
            places: Arc::new(Vec::new()),
            slots: capabilities
                .iter()
                .flat_map(|capability| capability.slots.clone())
                .collect(),
            reads: ReadLog::default(),
            live: live.clone(),
        };
        Self {
            store,
            clock,
            router: host::router(&capabilities, app.clone()),
            live,
            app,
            areas: HashMap::new(),
            groups: HashMap::new(),
            people: HashMap::new(),
            tokens: HashMap::new(),
        }
    }

    async fn furnish(&mut self) {
        let author = Author::system("test");
        let (areas, groups) = done(
            self.store
                .write(Lane::People, move |tx| {
                    Box::pin(async move {
                        let mut areas = HashMap::new();
                        for (code, name) in [("PER", "Personale"), ("TEC", "Tecnologie")] {
                            areas.insert(code, configuration::create_area(tx, &author, code, name).await?.0);
                            catalogue::add_category(
                                tx,
                                &author,
                                None,
                                "Stampa",
                                if code == "PER" { "Toner" } else { "Coda" },
                            )
                            .await?;
                        }
                        let mut groups = HashMap::new();
                        for (name, kind, area) in [
                            ("Sportello Personale", GroupKind::FrontEnd, Some("PER")),
                            ("Sportello Tecnologie", GroupKind::FrontEnd, Some("TEC")),
                            ("Retro Personale", GroupKind::BackOfficeL1, Some("PER")),
                            ("Sistemi", GroupKind::SecondLevel, None),
                            ("Applicazioni", GroupKind::SecondLevel, None),
                        ] {
                            let area = area.map(|area| areas[area]);
                            groups.insert(name, people::create_group(tx, &author, name, kind, area).await?.0);
                        }
                        Ok((areas, groups))
                    })
                })
                .await,
        );
        (self.areas, self.groups) = (areas, groups);
        for (name, role, area, group) in PEOPLE {
            let grant = RoleGrant {
                role,
                area: area.map(|area| self.areas[area]),
            };
            self.hire(name, &[grant], group).await;
        }
    }

    /// Makes a person with roles, a group and a token that may do everything the roles may.
    pub async fn hire(&mut self, name: &str, grants: &[RoleGrant], group: Option<&'static str>) -> Uuid {
        let identity = Identity {
            name: name.to_owned(),
            email: Some(format!("{name}@ente.example")),
            ..Identity::default()
        };
        let (author, grants) = (Author::system("test"), grants.to_vec());
        let group = group.map(|group| self.groups[group]);
        let known: Vec<Uuid> = match group {
            Some(group) => {
                let all = done(self.store.all::<people::Group>().await);
                all.iter()
                    .find(|known| known.id == group)
                    .map(|known| known.state.members.clone())
                    .unwrap_or_default()
            }
            None => Vec::new(),
        };
        let person = done(
            self.store
                .write(Lane::People, move |tx| {
                    Box::pin(async move {
                        let person = people::register(tx, &author, identity, false, &grants).await?;
                        if let Some(group) = group {
                            let members = known.into_iter().chain([person.0]).collect();
                            people::set_members(tx, &author, people::GroupId(group), members).await?;
                        }
                        Ok(person.0)
                    })
                })
                .await,
        );
        let scopes = [TokenScope::Admin];
        let token = done(people::create_token(&self.store, person, "test", &scopes, 30).await);
        self.people.insert(name.to_owned(), person);
        self.tokens.insert(name.to_owned(), token.text);
        person
    }

    /// Gives somebody another token than the one they were hired with.
    #[allow(dead_code, reason = "for the permission table")]
    pub fn give_token(&mut self, who: &str, token: String) {
        self.tokens.insert(who.to_owned(), token);
    }

    /// A request by somebody (`""` for nobody), with more headers and any body.
    pub async fn send(
        &self,
        who: &str,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Body>,
    ) -> Answer {
        let mut request = Request::builder()
            .method(Method::from_bytes(method.as_bytes()).unwrap())
            .uri(path);
        if let Some(token) = self.tokens.get(who) {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let peer = ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 40_000)));
        let request = request.extension(peer).body(body.into()).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes().to_vec();
        Answer {
            status: parts.status,
            headers: parts.headers,
            bytes,
        }
    }

    pub async fn get(&self, who: &str, path: &str) -> Answer {
        self.send(who, "GET", path, &[], Body::empty()).await
    }

    pub async fn post(&self, who: &str, path: &str, body: &Value) -> Answer {
        self.send(who, "POST", path, &[], body.to_string()).await
    }

    pub async fn post_with(&self, who: &str, path: &str, headers: &[(&str, &str)], body: &Value) -> Answer {
        self.send(who, "POST", path, headers, body.to_string()).await
    }

    /// A new ticket of an area, opened by Anna for Rosa (or in the other area by Carla).
    pub async fn ticket(&self, area: &str) -> String {
        let who = if area == "PER" { "anna" } else { "carla" };
        let body =
            json!({"area": area, "subject": "La stampante non stampa", "requester": {"id": self.people["rosa"]}});
        let ticket = self.post(who, "/api/v1/tickets", &body).await.expect(201);
        format!("/api/v1/tickets/{}", ticket["number"].as_str().unwrap())
    }

    /// Gives a group another name.
    pub async fn rename(&self, group: &str, name: &'static str) {
        let id = self.groups[group];
        let renamed = self.store.write(Lane::People, move |tx| {
            Box::pin(async move {
                let mut group = tx.load::<people::Group>(id).await?;
                let change = people::GroupChange {
                    name: Some(name.to_owned()),
                    active: None,
                };
                people::change_group(tx, &Author::system("test"), &mut group, change).await
            })
        });
        done(renamed.await);
    }

    /// An act that must be allowed.
    pub async fn act(&self, who: &str, ticket: &str, act: &str, body: Value) -> Value {
        let answer = self.post(who, &format!("{ticket}/{act}"), &body).await;
        assert!(
            answer.status.is_success(),
            "{who} {act}: {} {}",
            answer.status,
            answer.text()
        );
        answer.json()
    }

    /// What jobs and handlers get.
    #[allow(dead_code, reason = "for tests that do a node's work")]
    pub fn app(&self) -> App {
        self.app.clone()
    }

    /// How many events the journal holds.
    pub async fn events(&self) -> usize {
        // Counted as they stand: the feed waits for the oldest transaction of the whole cluster, other tests' included.
        let row = done(self.store.read().row("SELECT COUNT(*) FROM event", vec![]).await);
        usize::try_from(done(row.expect("a count").get::<i64>(0))).expect("a count")
    }
}

/// The memory of the office.
async fn store(db: &testkit::Backend, clock: Clock, capabilities: &[host::Capability]) -> Store {
    let mut settings = DatabaseSettings::embedded(db.data.path());
    settings.connections = 8;
    if db.kind == testkit::Kind::Postgres {
        settings.url = Some(db.url.clone());
    }
    let parts = StoreParts {
        migrations: capabilities
            .iter()
            .flat_map(|capability| capability.migrations.iter().copied())
            .collect(),
        folds: Vec::new(),
    };
    Store::open(&settings, clock, parts)
        .await
        .unwrap_or_else(|why| panic!("{why}"))
}

/// What must have worked.
#[track_caller]
pub fn done<T>(outcome: kernel::Outcome<T>) -> T {
    outcome.unwrap_or_else(|why| panic!("{why}"))
}

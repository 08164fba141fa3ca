//! Somebody with a browser: signed in by a session, sending forms as pages of the same site do.

use crate::office::{Answer, Office, done};
use std::collections::HashMap;

/// The sessions of the people of an office.
pub struct Visitors(HashMap<String, String>);

impl Visitors {
    /// Signs everybody in.
    pub async fn of(office: &Office) -> Self {
        let mut sessions = HashMap::new();
        for (name, person) in &office.people {
            let key = done(people::open_session(&office.store, *person, "127.0.0.1", "test").await);
            sessions.insert(name.clone(), format!("{}={key}", people::SESSION_COOKIE));
        }
        Self(sessions)
    }

    /// A page as somebody sees it, or the answer to a form (`""` for somebody who is not signed in).
    pub async fn send(&self, office: &Office, who: &str, method: &str, path: &str, form: &str) -> Answer {
        let form_type = ("content-type", "application/x-www-form-urlencoded");
        let mut headers = vec![form_type, ("sec-fetch-site", "same-origin"), ("accept", "text/html")];
        if let Some(cookie) = self.0.get(who) {
            headers.push(("cookie", cookie));
        }
        office.send("", method, path, &headers, form.to_owned()).await
    }
}

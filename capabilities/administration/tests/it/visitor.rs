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
        // Where files may come along, the form is sent in parts.
        let in_parts = method == "POST" && (path.ends_with("/messages") || path == "/portal/new");
        let (kind, body) = if in_parts {
            ("multipart/form-data; boundary=b", parts(form))
        } else {
            ("application/x-www-form-urlencoded", form.to_owned())
        };
        self.send_as(office, who, (method, path), (kind, body)).await
    }

    /// The same with a body of any kind.
    pub async fn send_as(
        &self,
        office: &Office,
        who: &str,
        (method, path): (&str, &str),
        (kind, body): (&str, String),
    ) -> Answer {
        let mut headers = vec![
            ("content-type", kind),
            ("sec-fetch-site", "same-origin"),
            ("accept", "text/html"),
        ];
        if let Some(cookie) = self.0.get(who) {
            headers.push(("cookie", cookie));
        }
        office.send("", method, path, &headers, body).await
    }
}

/// The fields of a form, each in a part of its own.
fn parts(form: &str) -> String {
    let part = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    format!("{}--b--\r\n", form.split('&').map(part).collect::<String>())
}

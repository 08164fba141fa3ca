//! Somebody with a browser.

use crate::office::{Answer, Office, done};

pub struct Visitor<'o> {
    pub office: &'o Office,
    pub cookie: String,
}

impl<'o> Visitor<'o> {
    pub async fn of(office: &'o Office, who: &str) -> Self {
        let key = done(people::open_session(&office.store, office.people[who], "127.0.0.1", "test").await);
        let cookie = format!("{}={key}", people::SESSION_COOKIE);
        Self { office, cookie }
    }

    pub async fn send(&self, method: &str, path: &str, kind: &str, body: Vec<u8>) -> Answer {
        let headers = [
            ("content-type", kind),
            ("cookie", self.cookie.as_str()),
            ("sec-fetch-site", "same-origin"),
            ("accept-language", "it"),
        ];
        self.office.send("", method, path, &headers, body).await
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, "text/html", Vec::new()).await
    }

    /// A form of fields that need no escaping but for blanks.
    pub async fn submit(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let pairs = fields
            .iter()
            .map(|(name, value)| format!("{name}={}", people::query_value(value)));
        let body = pairs.collect::<Vec<_>>().join("&");
        self.send("POST", path, "application/x-www-form-urlencoded", body.into())
            .await
    }
}

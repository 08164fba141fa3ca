//! Somebody with a browser whose page has a script.

use crate::office::{Answer, Office, done};
use serde_json::Value;

pub struct Visitor<'o> {
    office: &'o Office,
    cookie: String,
}

impl<'o> Visitor<'o> {
    pub async fn of(office: &'o Office, who: &str) -> Self {
        let key = done(people::open_session(&office.store, office.people[who], "127.0.0.1", "test").await);
        let cookie = format!("{}={key}", people::SESSION_COOKIE);
        Self { office, cookie }
    }

    /// The same browser at another node.
    pub fn at(&self, office: &'o Office) -> Self {
        let cookie = self.cookie.clone();
        Self { office, cookie }
    }

    pub async fn send(&self, method: &str, path: &str, body: String) -> Answer {
        let headers = [("cookie", self.cookie.as_str()), ("sec-fetch-site", "same-origin")];
        self.office.send("", method, path, &headers, body).await
    }

    pub async fn put(&self, path: &str, body: Value) -> Answer {
        self.send("PUT", path, body.to_string()).await
    }

    pub async fn get(&self, path: &str) -> Value {
        self.send("GET", path, String::new()).await.expect(200)
    }

    /// The text of a draft, and those beside it.
    pub async fn draft(&self, key: &str) -> (Option<String>, Vec<String>) {
        let told = self.get(&format!("/drafts/{key}")).await;
        let text = |fields: &Value| fields["text"].as_str().map(str::to_owned);
        let others = told["others"].as_array().into_iter().flatten();
        (
            text(&told["fields"]),
            others.filter_map(|other| text(&other["fields"])).collect(),
        )
    }
}

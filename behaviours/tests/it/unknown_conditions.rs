//! A condition nobody knows narrows nothing: whoever asks for one is told, instead of taking the whole for a part.

use crate::desk::{Desk, sign_in};
use anyhow::{Context, ensure};
use serde_json::Value;
use testkit::server::Settings;
use testkit::{Backend, block_on};

/// Something that can stand where an address names a record.
fn filled(path: &str) -> String {
    path.split('/')
        .map(|part| {
            if part.starts_with('{') {
                "00000000-0000-7000-8000-000000000001"
            } else {
                part
            }
        })
        .collect::<Vec<_>>()
        .join("/")
}

#[test]
fn every_list_and_record_of_the_api_names_a_condition_it_does_not_know() -> anyhow::Result<()> {
    block_on(async {
        let db = Backend::sqlite();
        let desk = Desk::with(Settings::new(&db)).await?;
        let client = desk.client();
        let description = client.get("/api/v1/openapi.json").await?.expect(200)?.json()?;
        let paths = description["paths"].as_object().context("no paths")?;
        let readable = paths.iter().filter(|(_, item)| item.get("get").is_some());
        let mut asked = 0;
        for (path, _) in readable {
            let address = format!("/api/v1{}?limt=1", filled(path));
            let answer = client.get(&address).await?;
            ensure!(answer.status == 422, "{address} answers {}", answer.status);
            let problem: Value = answer.json()?;
            ensure!(problem["errors"][0]["field"] == "limt", "{address}: {problem}");
            asked += 1;
        }
        ensure!(asked > 30, "only {asked} addresses were asked");
        Ok(())
    })
}

#[test]
fn a_page_says_in_the_readers_words_what_it_cannot_read_of_its_address() -> anyhow::Result<()> {
    block_on(async {
        let db = Backend::sqlite();
        let desk = Desk::with(Settings::new(&db)).await?;
        for (language, words) in [
            ("it", "Il tipo del valore non è quello previsto"),
            ("en", "The value is not of the expected type"),
        ] {
            let client = desk.server.client().with_language(language);
            sign_in(&client).await?;
            for address in ["/knowledge?q=a&q=b", "/outages?cursor=a&cursor=b", "/people?q=a&q=b"] {
                let answer = client.get(address).await?.expect(422)?;
                ensure!(answer.text().contains(words), "{address}: {}", answer.text());
            }
        }
        Ok(())
    })
}

//! The disk is full: the server says so in the reader's language, does nothing by halves, goes on showing what it has, and
//! works again by itself when there is room.

use crate::desk::{attach, away_sentence, is_away, open_ticket, path, set_up, sign_in, verified};
use crate::room::Room;
use anyhow::{Context, ensure};
use serde_json::{Value, json};
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};
use testkit::block_on;
use testkit::http::{Answer, Client};
use testkit::server::{Server, Settings};

/// Mebibytes of the disk: the embedded database, its log and a few files.
const SIZE: u32 = 48;

/// A server whose data lie on a small disk, or nothing where none can be had.
async fn small() -> anyhow::Result<Option<(Room, Settings, Server, Client)>> {
    let Some(room) = Room::of(SIZE).await? else {
        // Past what the runner keeps for itself of a test that passes.
        writeln!(
            std::io::stderr(),
            "SKIPPED: a full disk is tried on a small one, which could not be mounted here"
        )?;
        return Ok(None);
    };
    let data = room.folder().join("data");
    let settings = Settings::at(&format!("sqlite://{}", data.join("sportello.db").display()), &data);
    let token = set_up(&settings).await?;
    let server = settings.start().await?;
    let client = server.client().with_token(&token);
    Ok(Some((room, settings, server, client)))
}

/// Writes until nothing more goes on the disk; answers what went and the answer that did not.
async fn until_full(client: &Client) -> anyhow::Result<(Vec<Value>, Answer)> {
    let mut opened = Vec::new();
    for turn in 0..2000 {
        let answer = client.post("/api/v1/tickets", &ticket(turn)).await?;
        if !answer.status.is_success() {
            return Ok((opened, answer));
        }
        opened.push(answer.json()?);
    }
    anyhow::bail!("two thousand tickets went on a disk that is full")
}

fn ticket(turn: usize) -> Value {
    let description = "Il modulo si chiude mentre si salva. ".repeat(200);
    json!({"subject": format!("Contatto {turn}"), "description": description, "requester": {"name": "Mario Rossi"}})
}

/// Asks again until it is done: a background step may have to give room back first.
async fn done_again(client: &Client, key: &str) -> anyhow::Result<Value> {
    let limit = Instant::now() + Duration::from_secs(20);
    loop {
        let request = client.request(reqwest::Method::POST, "/api/v1/tickets");
        let answer = client
            .send(request.header("Idempotency-Key", key).json(&ticket(9999)))
            .await?;
        if answer.status.is_success() {
            return answer.json();
        }
        ensure!(
            Instant::now() < limit,
            "there is room again, and still {}: {}",
            answer.status,
            answer.text()
        );
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

async fn count(client: &Client) -> anyhow::Result<usize> {
    let (mut count, mut cursor) = (0, String::new());
    loop {
        let page = client
            .get(&format!("/api/v1/tickets?limit=200{cursor}"))
            .await?
            .expect(200)?
            .json()?;
        count += page["items"].as_array().context("no items")?.len();
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return Ok(count),
        }
    }
}

#[test]
fn a_full_disk_is_told_and_what_was_acknowledged_is_kept() -> anyhow::Result<()> {
    block_on(async {
        let Some((room, settings, server, client)) = small().await? else {
            return Ok(());
        };
        let first = open_ticket(&client, "Prima che si riempia").await?;
        sign_in(&server.client()).await?.expect(303)?;
        room.fill_but(0)?;
        let (opened, refused) = until_full(&client).await?;
        is_away(&refused, "it")?;
        let english = client.clone().with_language("en");
        is_away(&english.post("/api/v1/tickets", &ticket(1)).await?, "en")?;
        is_away(
            &client.post(&format!("{}/take", path(&first)?), &json!({})).await?,
            "it",
        )?;
        let page = sign_in(&server.client().with_language("en")).await?.expect(503)?;
        ensure!(
            page.text().contains(away_sentence("en")) && page.text().contains("</html>"),
            "{}",
            page.text()
        );
        // What is there is shown, and is no more than was acknowledged.
        ensure!(
            count(&client).await? == opened.len() + 1,
            "{} were opened",
            opened.len() + 1
        );
        ensure!(client.get(&path(&first)?).await?.expect(200)?.json()?["version"] == first["version"]);
        room.empty()?;
        let again = done_again(&client, "una-volta").await?;
        ensure!(
            done_again(&client, "una-volta").await? == again,
            "the same answer for the same key"
        );
        client
            .post(&format!("{}/take", path(&first)?), &json!({}))
            .await?
            .expect(200)?;
        ensure!(count(&client).await? == opened.len() + 2);
        ensure!(server.stop().await? == 0, "{}", server.output());
        verified(&settings).await.map(drop)
    })
}

#[test]
fn a_file_that_finds_no_room_leaves_nothing_behind() -> anyhow::Result<()> {
    block_on(async {
        let Some((room, settings, server, client)) = small().await? else {
            return Ok(());
        };
        let ticket = open_ticket(&client, "Con allegati").await?;
        attach(&client, &ticket, vec![b'a'; 300_000]).await?.expect(201)?;
        let attachments = room.folder().join("data/attachments");
        let before = files(&attachments)?;
        room.fill_but(2 << 20)?;
        is_away(&attach(&client, &ticket, vec![b'b'; 8 << 20]).await?, "it")?;
        // The last bytes are removed after the answer, on another thread.
        let limit = Instant::now() + Duration::from_secs(20);
        while files(&attachments)? != before {
            ensure!(Instant::now() < limit, "left behind: {:?}", files(&attachments)?);
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let list = format!("{}/attachments", path(&ticket)?);
        let kept = client.get(&list).await?.expect(200)?.json()?;
        ensure!(kept["items"].as_array().is_some_and(|items| items.len() == 1), "{kept}");
        let id = kept["items"][0]["id"].as_str().context("no id")?;
        ensure!(client.get(&format!("{list}/{id}")).await?.expect(200)?.body == vec![b'a'; 300_000]);
        room.empty()?;
        attach(&client, &ticket, vec![b'b'; 8 << 20]).await?.expect(201)?;
        ensure!(files(&attachments)?.len() == before.len() + 1);
        ensure!(server.stop().await? == 0, "{}", server.output());
        verified(&settings).await.map(drop)
    })
}

/// Every file under a folder, with its size.
fn files(folder: &Path) -> anyhow::Result<Vec<(String, u64)>> {
    let (mut found, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            match entry.file_type()?.is_dir() {
                true => folders.push(entry.path()),
                false => found.push((entry.path().display().to_string(), entry.metadata()?.len())),
            }
        }
    }
    found.sort();
    Ok(found)
}

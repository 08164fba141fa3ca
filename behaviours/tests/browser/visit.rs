//! A window on the service: what a person does in it, in steps that wait for what they expect.
//!
//! Waiting is for a condition and bounded; nothing sleeps for a time somebody guessed.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};
use serde_json::Value;
use testkit::browser::{Browser, Screen};
use testkit::server::Server;
use thirtyfour::components::SelectElement;
use thirtyfour::prelude::*;

use crate::people::{PASSWORD, Person};
use crate::service;

/// How long a step waits for what it expects.
const PATIENCE: Duration = Duration::from_secs(20);
/// How often it looks.
const GLANCE: Duration = Duration::from_millis(20);

/// A visit of the service in one language on one screen.
pub struct Visit {
    pub browser: Browser,
    pub screen: Screen,
    /// `it` or `en`.
    pub language: &'static str,
    /// Whether pages run their scripts.
    pub script: bool,
    address: Mutex<String>,
    findings: Mutex<Vec<String>>,
}

impl Visit {
    pub fn new(browser: Browser, screen: Screen, language: &'static str, script: bool) -> Self {
        Self {
            browser,
            screen,
            language,
            script,
            address: Mutex::default(),
            findings: Mutex::default(),
        }
    }

    /// One of two texts, by the language of the visit.
    pub fn either<'t>(&self, italian: &'t str, english: &'t str) -> &'t str {
        if self.language == "it" { italian } else { english }
    }

    /// Words no other visit uses, beginning with these.
    pub fn own_words(&self, words: &str) -> String {
        let script = if self.script { "" } else { " senza script" };
        format!("{words} {} {}{script}", self.language, self.screen.width())
    }

    /// From now on the visit is to this server, not to the one all share.
    pub fn visit_server(&self, server: &Server) {
        *self.address.lock().unwrap() = server.address().to_owned();
    }

    /// Opens an address of the service.
    pub async fn go(&self, path: &str) -> anyhow::Result<()> {
        let mut address = self.address.lock().unwrap().clone();
        if address.is_empty() {
            address = service::shared().await?.address().to_owned();
            address.clone_into(&mut self.address.lock().unwrap());
        }
        self.browser.goto(format!("{address}{path}")).await?;
        Ok(())
    }

    /// Signs in through the form, as somebody else than before.
    pub async fn sign_in(&self, person: Person) -> anyhow::Result<()> {
        self.browser.delete_all_cookies().await?;
        self.go("/sign-in").await?;
        self.write("email", person.email).await?;
        self.write("password", PASSWORD).await?;
        self.press("main button[type=submit]").await
    }

    /// The path of the page that is open.
    pub async fn path(&self) -> anyhow::Result<String> {
        Ok(self.browser.current_url().await?.path().to_owned())
    }

    /// Address and heading, for whoever reads a failure.
    pub async fn place(&self) -> String {
        let address = self.browser.current_url().await.map(|url| url.to_string());
        let heading =
            self.ask("[...document.querySelectorAll('h1, .alert, .field-error')].map(e => e.innerText).join(' | ')");
        format!(
            "{} «{}»",
            address.unwrap_or_default(),
            heading.await.unwrap_or_default()
        )
    }

    /// The status the page was answered with.
    pub async fn status(&self) -> anyhow::Result<Value> {
        self.ask("performance.getEntriesByType('navigation')[0].responseStatus")
            .await
    }

    /// Asks the page something.
    pub async fn ask(&self, expression: &str) -> anyhow::Result<Value> {
        let answer = self.browser.execute(format!("return {expression}"), vec![]).await?;
        Ok(answer.json().clone())
    }

    /// Waits until something is true of the page.
    pub async fn until(&self, expression: &str) -> anyhow::Result<()> {
        let limit = Instant::now() + PATIENCE;
        loop {
            // Between two pages there is nobody to ask.
            if self
                .ask(&format!("Boolean({expression})"))
                .await
                .is_ok_and(|answer| answer == true)
            {
                return Ok(());
            }
            ensure!(Instant::now() < limit, "it never became true that {expression}");
            tokio::time::sleep(GLANCE).await;
        }
    }

    /// The first visible element; waits for it.
    pub async fn see(&self, css: &str) -> anyhow::Result<WebElement> {
        let query = self.browser.query(By::Css(css)).wait(PATIENCE, GLANCE).and_displayed();
        query.first().await.with_context(|| format!("{css} is not in sight"))
    }

    /// That there is no such element on the page as it stands.
    pub async fn see_none(&self, css: &str) -> anyhow::Result<()> {
        let found = self.browser.find_all(By::Css(css)).await?.len();
        ensure!(found == 0, "{found} of {css}");
        Ok(())
    }

    /// The text of an element.
    pub async fn read(&self, css: &str) -> anyhow::Result<String> {
        Ok(self.see(css).await?.text().await?)
    }

    /// That an element's text holds these words.
    pub async fn see_words(&self, css: &str, words: &str) -> anyhow::Result<()> {
        let text = self.read(css).await?;
        ensure!(text.contains(words), "{css} says {text:?}, not {words:?}");
        Ok(())
    }

    /// That the whole page holds these words, or does not.
    pub async fn page_says(&self, words: &str) -> anyhow::Result<bool> {
        let text = self.ask("document.body.textContent").await?;
        Ok(text.as_str().unwrap_or_default().contains(words))
    }

    /// Presses something that leads to another page, and waits for that page.
    pub async fn press(&self, css: &str) -> anyhow::Result<()> {
        self.leaving(self.touch(css))
            .await
            .with_context(|| format!("after {css}"))
    }

    /// Does something that leads to another page, and waits for that page.
    pub async fn leaving(&self, step: impl Future<Output = anyhow::Result<()>>) -> anyhow::Result<()> {
        self.browser.execute("window.thePageBefore = true", vec![]).await?;
        unless_lost(step.await)?;
        self.until("!window.thePageBefore && document.readyState === 'complete'")
            .await
    }

    /// Presses something on this page that leads nowhere else.
    pub async fn touch(&self, css: &str) -> anyhow::Result<()> {
        let element = self.see(css).await?;
        // As a person does, so that it lies under no bar at the foot.
        element.scroll_into_view().await?;
        element
            .click()
            .await
            .with_context(|| format!("{css} cannot be pressed"))
    }

    /// Writes into a field of the page's form.
    pub async fn write(&self, name: &str, words: &str) -> anyhow::Result<()> {
        let field = self.see(&format!("main [name='{name}']")).await?;
        field.clear().await?;
        Ok(field.send_keys(words).await?)
    }

    /// Chooses a radio button or ticks a box.
    pub async fn choose(&self, name: &str, value: &str) -> anyhow::Result<()> {
        self.touch(&format!("main input[name='{name}'][value='{value}']")).await
    }

    /// Chooses an entry of a list by its words.
    pub async fn pick(&self, name: &str, label: &str) -> anyhow::Result<()> {
        let list = SelectElement::new(&self.see(&format!("main select[name='{name}']")).await?).await?;
        Ok(list.select_by_exact_text(label).await?)
    }

    /// Chooses an entry of a list by its value.
    pub async fn pick_value(&self, name: &str, value: &str) -> anyhow::Result<()> {
        let list = SelectElement::new(&self.see(&format!("main select[name='{name}']")).await?).await?;
        Ok(list.select_by_value(value).await?)
    }

    /// Sends the form one is writing in.
    pub async fn send(&self) -> anyhow::Result<()> {
        self.press("main form .form-foot .btn--primary, main form .form-foot .btn--danger")
            .await
    }

    /// Signs in again on the page that asked for it, and comes back to where one was.
    pub async fn sign_in_again(&self, person: Person) -> anyhow::Result<()> {
        ensure!(self.path().await? == "/sign-in", "{}", self.path().await?);
        self.write("email", person.email).await?;
        self.write("password", PASSWORD).await?;
        self.press("main button[type=submit]").await?;
        // The browser tells of what was refused while nobody was signed in.
        self.browser.complaints().await.map(drop)
    }

    /// That these words stand in so many messages.
    pub async fn said_times(&self, words: &str, times: usize) -> anyhow::Result<()> {
        let messages = format!(
            "[...document.querySelectorAll('#flow .message')].filter(one => one.textContent.includes('{words}')).length"
        );
        let found = self.ask(&messages).await?;
        ensure!(found == times, "{words:?} stands in {found} messages, not in {times}");
        Ok(())
    }

    /// How a picture of this visit is named.
    pub fn picture_name(&self, page: &str) -> String {
        let script = if self.script { "" } else { "-without-script" };
        format!("{page}-{}-{}{script}", self.language, self.screen.width())
    }

    /// Keeps what is wrong with a page until the journey ends, so that one run tells everything.
    pub fn find(&self, page: &str, what: impl std::fmt::Display) {
        self.findings.lock().unwrap().push(format!("{page}: {what}"));
    }

    /// Closes the window; fails when a page on the way was not as it should be.
    pub async fn leave(self) -> anyhow::Result<()> {
        self.browser.close().await?;
        let findings = self.findings.into_inner().unwrap();
        if !findings.is_empty() {
            bail!("{} findings:\n{}", findings.len(), findings.join("\n"));
        }
        Ok(())
    }
}

/// The driver, asked for something that opens another page, may look after what it did on the page that is no longer
/// there. Whether the other page opens is what its asker then waits for.
pub fn unless_lost(step: anyhow::Result<()>) -> anyhow::Result<()> {
    step.or_else(|error| {
        let words = format!("{error:#}");
        let lost = ["aborted by navigation", "no such execution context"];
        if lost.iter().any(|lost| words.contains(lost)) {
            Ok(())
        } else {
            Err(error)
        }
    })
}

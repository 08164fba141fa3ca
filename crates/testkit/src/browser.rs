//! Chromium, driven as a person would use it.
//!
//! One chromedriver serves the whole test process; each [`Browser`] is a window with a fresh profile. Screens have an
//! exact size, because a layout that breaks does so at some width. At most two windows are open at once: more of them
//! only wait for the processor, and then time out.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};
use serde::Deserialize;
use serde_json::{Value, json};
use thirtyfour::ChromeCapabilities;
use thirtyfour::prelude::*;
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::warden::{Orders, Warden};
use crate::workspace;

/// The variable that names the folder for screenshots; `target/screenshots` without it.
pub const SCREENSHOTS: &str = "SPORTELLO_SCREENSHOTS";

/// The page is given this long to do what a script waits for.
const PATIENCE: Duration = Duration::from_secs(60);

const FLAGS: [&str; 8] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    // A click aims at where a thing is, not at where it glides to.
    "--force-prefers-reduced-motion",
];

/// What a person sits in front of.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Screen {
    /// 1440 × 900.
    Desk,
    /// 390 × 844, with touch.
    Phone,
}

impl Screen {
    /// Both, for tests that visit a page on each.
    pub const ALL: [Self; 2] = [Self::Desk, Self::Phone];

    /// How wide it is, in pixels.
    pub const fn width(self) -> u64 {
        match self {
            Self::Desk => 1440,
            Self::Phone => 390,
        }
    }

    fn metrics(self, touch: bool) -> Value {
        let (width, height) = match self {
            Self::Desk => (self.width(), 900),
            Self::Phone => (self.width(), 844),
        };
        let phone = self == Self::Phone;
        let touch = phone && touch;
        json!({"deviceMetrics": {"width": width, "height": height, "pixelRatio": 1.0, "mobile": phone, "touch": touch}})
    }
}

/// A window with a profile of its own. All that [`WebDriver`] can do, it can.
pub struct Browser {
    driver: WebDriver,
    _place: SemaphorePermit<'static>,
}

impl Browser {
    /// Opens a window whose pages are asked for in a language, `it` or `en`.
    pub async fn open(screen: Screen, language: &str) -> anyhow::Result<Self> {
        Self::open_with(screen, language, true).await
    }

    /// Opens a window that runs no script of any page. What a test executes still runs.
    pub async fn open_without_script(screen: Screen, language: &str) -> anyhow::Result<Self> {
        Self::open_with(screen, language, false).await
    }

    async fn open_with(screen: Screen, language: &str, script: bool) -> anyhow::Result<Self> {
        static PLACES: Semaphore = Semaphore::const_new(2);
        let place = PLACES.acquire().await?;
        let service = tokio::task::spawn_blocking(Service::shared).await??;
        let mut capabilities = capabilities(screen, language, &service.folder)?;
        let mut preferences = json!({"intl.accept_languages": language});
        if !script {
            // A tap is told to the driver by a script, and would never end.
            capabilities.add_experimental_option("mobileEmulation", screen.metrics(false))?;
            preferences["profile.managed_default_content_settings.javascript"] = json!(2);
        }
        capabilities.add_experimental_option("prefs", preferences)?;
        let address = format!("http://127.0.0.1:{}", service.port);
        let driver = WebDriver::new(address, capabilities)
            .await
            .context("Chromium does not start")?;
        driver.set_script_timeout(PATIENCE).await?;
        driver.set_page_load_timeout(PATIENCE).await?;
        Ok(Self { driver, _place: place })
    }

    /// Closes the window and says when that fails. Dropping it closes it too.
    pub async fn close(self) -> anyhow::Result<()> {
        Ok(self.driver.clone().quit().await?)
    }

    /// Keeps a picture of what is visible as `NAME.png` and gives its path.
    pub async fn picture(&self, name: &str) -> anyhow::Result<PathBuf> {
        let folder = match std::env::var_os(SCREENSHOTS) {
            Some(folder) => PathBuf::from(folder),
            None => workspace::build_folder()?
                .parent()
                .unwrap_or(Path::new("."))
                .join("screenshots"),
        };
        std::fs::create_dir_all(&folder)?;
        let path = folder.join(name).with_extension("png");
        self.driver.screenshot(&path).await?;
        Ok(path)
    }

    /// One command of the browser's own protocol.
    pub(crate) async fn command(&self, name: &str, parameters: Value) -> anyhow::Result<()> {
        self.order("goog/cdp/execute", json!({"cmd": name, "params": parameters}))
            .await
    }

    pub(crate) async fn order(&self, what: &str, body: Value) -> anyhow::Result<()> {
        let (port, session) = (Service::shared()?.port, self.driver.session_id());
        let client = reqwest::Client::builder().no_proxy().build()?;
        let order = client.post(format!("http://127.0.0.1:{port}/session/{session}/{what}"));
        order.json(&body).send().await?.error_for_status()?;
        Ok(())
    }

    /// What axe finds wrong with the page as it stands, worst first.
    pub async fn violations(&self) -> anyhow::Result<Vec<Violation>> {
        self.violations_of("{resultTypes: ['violations']}").await
    }

    /// Where words and their ground are too much alike: all that a change of theme can break.
    pub async fn faint_words(&self) -> anyhow::Result<Vec<Violation>> {
        self.violations_of("{resultTypes: ['violations'], runOnly: ['color-contrast']}")
            .await
    }

    async fn violations_of(&self, options: &str) -> anyhow::Result<Vec<Violation>> {
        let there = self.driver.execute("return Boolean(window.axe)", vec![]).await?;
        if there.json() != true {
            self.driver.execute(axe()?, vec![]).await?;
        }
        let script = format!(
            "const done = arguments[0];
            axe.run({options}).then(result => done(result.violations), error => done(String(error)));"
        );
        let found = self.driver.execute_async(script, vec![]).await?;
        if let Value::String(error) = found.json() {
            bail!("axe does not run: {error}");
        }
        let mut found: Vec<Violation> = found.convert()?;
        found.sort_by_key(|violation| violation.rank());
        Ok(found)
    }

    /// What went wrong behind the page since the last time this was asked: scripts that failed, files that are missing,
    /// things the content security policy has blocked.
    pub async fn complaints(&self) -> anyhow::Result<Vec<String>> {
        let log = self.driver.browser_log().await?;
        Ok(log
            .into_iter()
            .filter(|entry| entry.level == "SEVERE")
            .map(|entry| entry.message)
            .collect())
    }
}

impl Drop for Browser {
    /// A test that fails leaves its window open. The driver's own way of closing it then needs a runtime and may wait for
    /// minutes, so the one request it takes is written by hand.
    fn drop(&mut self) {
        if self.driver.clone().leak().is_ok() {
            let _ = Service::shared().and_then(|service| service.close(&self.driver.session_id().to_string()));
        }
    }
}

impl Deref for Browser {
    type Target = WebDriver;

    fn deref(&self) -> &WebDriver {
        &self.driver
    }
}

/// One rule of accessibility that the page breaks.
#[derive(Clone, Debug, Deserialize)]
pub struct Violation {
    /// The name of the rule, such as `color-contrast`.
    #[serde(rename = "id")]
    pub rule: String,
    /// `critical`, `serious`, `moderate` or `minor`.
    pub impact: Option<String>,
    /// What should be true.
    pub help: String,
    /// Where it is not.
    pub nodes: Vec<Node>,
}

/// An element that breaks a rule.
#[derive(Clone, Debug, Deserialize)]
pub struct Node {
    /// The element as it is written.
    pub html: String,
    /// What to do about it.
    #[serde(rename = "failureSummary")]
    pub summary: Option<String>,
}

impl Violation {
    fn rank(&self) -> usize {
        let order = ["critical", "serious", "moderate", "minor"];
        order
            .iter()
            .position(|impact| self.impact.as_deref() == Some(impact))
            .unwrap_or(order.len())
    }
}

impl std::fmt::Display for Violation {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}: {}", self.rule, self.help)?;
        for node in &self.nodes {
            write!(
                out,
                "\n  {}\n    {}",
                node.html,
                node.summary.as_deref().unwrap_or_default().replace('\n', "\n    ")
            )?;
        }
        Ok(())
    }
}

/// The running chromedriver.
struct Service {
    port: u16,
    folder: PathBuf,
    _warden: Warden,
}

impl Service {
    fn shared() -> anyhow::Result<&'static Self> {
        static SERVICE: OnceLock<Result<Service, String>> = OnceLock::new();
        let service = SERVICE.get_or_init(|| Self::start().map_err(|error| format!("{error:#}")));
        service.as_ref().map_err(|error| anyhow::anyhow!("{error}"))
    }

    fn start() -> anyhow::Result<Self> {
        let program = find(&["chromedriver", "chromium.chromedriver"]);
        let program = program.context("chromedriver is not installed (on Debian: apt-get install chromium-driver)")?;
        let folder = tempfile::Builder::new().prefix("sportello-browser-").tempdir()?.keep();
        let port = crate::free_port()?;
        let orders = Orders::new(program, folder.join("log")).arguments([format!("--port={port}")]);
        let mut warden = orders.remove_at_end(&folder).last_signal("TERM").hire()?;
        warden.start()?;
        let limit = Instant::now() + PATIENCE;
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            ensure!(
                warden.is_running() && Instant::now() < limit,
                "chromedriver does not start:\n{}",
                warden.output()
            );
            #[allow(clippy::disallowed_methods, reason = "runs on a thread that may wait")]
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(Self {
            port,
            folder,
            _warden: warden,
        })
    }

    fn close(&self, session: &str) -> anyhow::Result<()> {
        let mut connection = TcpStream::connect(("127.0.0.1", self.port))?;
        connection.set_read_timeout(Some(Duration::from_secs(10)))?;
        write!(
            connection,
            "DELETE /session/{session} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
        )?;
        let _ = connection.read(&mut [0; 16])?;
        Ok(())
    }
}

fn capabilities(screen: Screen, language: &str, folder: &Path) -> anyhow::Result<ChromeCapabilities> {
    let mut capabilities = DesiredCapabilities::chrome();
    let chromium = find(&["chromium", "chromium-browser", "google-chrome"]);
    let chromium = chromium.context("Chromium is not installed (on Debian: apt-get install chromium)")?;
    capabilities.set_binary(&chromium.to_string_lossy())?;
    for flag in FLAGS {
        capabilities.add_arg(flag)?;
    }
    let profile = tempfile::Builder::new().prefix("profile-").tempdir_in(folder)?.keep();
    capabilities.add_arg(&format!("--user-data-dir={}", profile.display()))?;
    capabilities.add_arg(&format!("--lang={language}"))?;
    capabilities.add_experimental_option("mobileEmulation", screen.metrics(true))?;
    capabilities.set("goog:loggingPrefs", json!({"browser": "ALL"}))?;
    Ok(capabilities)
}

fn find(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|program| program.is_file())
}

fn axe() -> anyhow::Result<String> {
    let path = workspace::root().join("web/node_modules/axe-core/axe.min.js");
    std::fs::read_to_string(&path).with_context(|| format!("{} is missing: run npm ci in web/", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "data:text/html,<html><head><title>Prova</title></head><body><main><h1>Prova</h1>\
        <img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='></main></body></html>";

    async fn number(browser: &Browser, script: &str) -> u64 {
        browser
            .execute(format!("return {script}"), vec![])
            .await
            .unwrap()
            .json()
            .as_u64()
            .unwrap()
    }

    #[tokio::test]
    async fn screens_have_their_size_and_pages_their_language() {
        for (screen, language, size) in [(Screen::Desk, "it", (1440, 900)), (Screen::Phone, "en", (390, 844))] {
            let browser = Browser::open(screen, language).await.unwrap();
            browser
                .goto("data:text/html,<meta name='viewport' content='width=device-width'>x")
                .await
                .unwrap();
            assert_eq!(
                (
                    number(&browser, "innerWidth").await,
                    number(&browser, "innerHeight").await
                ),
                size
            );
            let spoken = browser.execute("return navigator.language", vec![]).await.unwrap();
            assert_eq!(spoken.json(), language);
            browser.close().await.unwrap();
        }
    }

    #[tokio::test]
    async fn a_window_left_open_is_closed() {
        let browser = Browser::open(Screen::Desk, "it").await.unwrap();
        browser.goto(PAGE).await.unwrap();
        let driver = browser.driver.clone();
        let begun = Instant::now();
        drop(browser);
        assert!(begun.elapsed() < Duration::from_secs(10));
        let _ = driver.clone().leak();
        assert!(driver.title().await.is_err());
    }

    #[tokio::test]
    async fn a_page_is_looked_at_and_judged() {
        let browser = Browser::open(Screen::Desk, "it").await.unwrap();
        browser.goto(PAGE).await.unwrap();
        let picture = browser.picture("testkit-prova").await.unwrap();
        assert!(std::fs::read(picture).unwrap().starts_with(b"\x89PNG"));
        let rules: Vec<String> = browser
            .violations()
            .await
            .unwrap()
            .into_iter()
            .map(|found| found.rule)
            .collect();
        assert!(
            rules.contains(&"image-alt".to_owned()) && rules.contains(&"html-has-lang".to_owned()),
            "{rules:?}"
        );
        assert!(browser.complaints().await.unwrap().is_empty());
        browser.execute("console.error('broken')", vec![]).await.unwrap();
        assert!(browser.complaints().await.unwrap()[0].contains("broken"));
        browser.close().await.unwrap();
    }
}

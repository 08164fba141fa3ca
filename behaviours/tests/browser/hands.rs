//! Hands on a keyboard: what a job takes is counted as a person would count it.

use std::time::Instant;

use anyhow::ensure;
use thirtyfour::Key;

use crate::visit::{Visit, unless_lost};

/// Keys a person strikes: words, and whatever it takes besides.
pub struct Hands<'v> {
    visit: &'v Visit,
    besides: usize,
    letters: usize,
    pages: usize,
    since: Instant,
}

impl<'v> Hands<'v> {
    pub fn on(visit: &'v Visit) -> Self {
        Self {
            visit,
            besides: 0,
            letters: 0,
            pages: 0,
            since: Instant::now(),
        }
    }

    /// One key that is no letter of a word.
    pub async fn strike(&mut self, key: impl Into<char>) -> anyhow::Result<()> {
        self.besides += 1;
        let key: char = key.into();
        let chain = self.visit.browser.action_chain().send_keys(key.to_string());
        unless_lost(chain.perform().await.map_err(Into::into))
    }

    /// Keys that lead to another page, the last of them.
    pub async fn go(&mut self, keys: &str) -> anyhow::Result<()> {
        self.besides += keys.chars().count();
        self.pages += 1;
        let chain = self.visit.browser.action_chain().send_keys(keys);
        self.visit.leaving(async { Ok(chain.perform().await?) }).await
    }

    /// Words.
    pub async fn words(&mut self, words: &str) -> anyhow::Result<()> {
        self.letters += words.chars().count();
        Ok(self.visit.browser.action_chain().send_keys(words).perform().await?)
    }

    /// Ctrl and a letter: two keys, on this page.
    pub async fn chord(&mut self, letter: char) -> anyhow::Result<()> {
        self.besides += 2;
        let chord = self.visit.browser.action_chain().key_down(Key::Control);
        Ok(chord
            .send_keys(letter.to_string())
            .key_up(Key::Control)
            .perform()
            .await?)
    }

    /// Ctrl and Enter: two keys, and the page they lead to.
    pub async fn send(&mut self) -> anyhow::Result<()> {
        self.besides += 2;
        self.pages += 1;
        let chord = self.visit.browser.action_chain().key_down(Key::Control);
        let chord = chord.send_keys(Key::Enter).key_up(Key::Control);
        self.visit.leaving(async { Ok(chord.perform().await?) }).await
    }

    pub async fn focus_is(&self, css: &str) -> anyhow::Result<()> {
        self.visit
            .until(&format!("document.activeElement.matches('{css}')"))
            .await
    }

    /// Says what it took, and that it took no more than this.
    pub fn told(&self, job: &str, most: usize) -> anyhow::Result<()> {
        let (besides, letters, pages) = (self.besides, self.letters, self.pages);
        let took = self.since.elapsed().as_millis();
        println!("{job}: {besides} keys besides {letters} letters, no click, {pages} pages, {took} ms");
        ensure!(
            besides <= most,
            "{job} takes {besides} keys besides the words, not {most}"
        );
        Ok(())
    }
}

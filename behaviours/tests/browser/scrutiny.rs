//! What every page is looked at for: barriers, its language, its width, and complaints behind it.

use crate::visit::Visit;

/// What a page can tell of itself. Arguments: the language, the width of the screen.
const QUESTIONS: &str = r#"
const [language, width] = arguments, found = [], shown = document.body.innerText;
if (document.documentElement.lang !== language) found.push(`the language is ${document.documentElement.lang}`);
if (document.documentElement.outerHTML.includes('⟦')) found.push('a text is missing: ' + document.documentElement.outerHTML.split('⟦')[1].slice(0, 60));
if (/\d{4}-\d\d-\d\d[T ]\d/.test(shown)) found.push('an instant is written for machines: ' + shown.match(/\d{4}-\d\d-\d\d[T ][\d:]*/)[0]);
if (document.querySelectorAll('h1').length !== 1) found.push(`${document.querySelectorAll('h1').length} headings of the first rank`);
const panes = 'html, body, main, .main, .facts, .queue, .queue-body, .flow, .page, .menu[open] > .menu-body';
for (const pane of document.querySelectorAll(panes)) {
  const room = pane.matches('html') ? width : pane.clientWidth;
  if (pane.scrollWidth > room + 1) found.push(`${pane.tagName}.${pane.className} scrolls sideways: ${pane.scrollWidth} in ${room}`);
}
for (const label of document.querySelectorAll('.rail-label, .btn, .pill, .chip, .tag, .phase, .tab, .slim-links a, .places a')) {
  if (!label.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true}) || getComputedStyle(label).clipPath !== 'none') continue;
  const words = document.createTreeWalker(label, NodeFilter.SHOW_TEXT), lines = new Set();
  while (words.nextNode()) {
    const around = words.currentNode.parentElement;
    if (around.closest('.hidden, kbd') || getComputedStyle(around).clipPath !== 'none') continue;
    const range = document.createRange();
    range.selectNodeContents(words.currentNode);
    for (const line of range.getClientRects()) if (line.width > 1) lines.add(Math.round(line.bottom / 6));
  }
  if (lines.size > 1) found.push(`a label breaks: ${label.innerText.trim().replace(/\s+/g, ' ')}`);
}
return found;
"#;

impl Visit {
    /// Looks at a page: keeps a picture, and notes whatever is not as it should be.
    pub async fn look(&self, page: &str) -> anyhow::Result<()> {
        self.look_at(page, &[]).await
    }

    /// Looks at a page that says no: the browser reports its status behind the page, and nothing else.
    pub async fn look_at_refusal(&self, page: &str, status: u16) -> anyhow::Result<()> {
        let told = self.status().await?;
        anyhow::ensure!(told == status, "{page} was answered with {told}");
        self.look_at(page, &[&format!("status of {status}")]).await
    }

    /// Looks at a page of whose troubles the browser complains: it cannot reach the service, or is told no.
    pub async fn look_despite(&self, page: &str, complaint: &str) -> anyhow::Result<()> {
        self.look_at(page, &[complaint]).await
    }

    async fn look_at(&self, page: &str, expected: &[&str]) -> anyhow::Result<()> {
        self.browser.picture(&self.picture_name(page)).await?;
        self.question(page, self.screen.width()).await?;
        // Axe waits for timers, which are scripts too; it has seen the same pages where they run.
        if self.script {
            self.look_for_barriers(page).await?;
        }
        let complaints = self.browser.complaints().await?;
        for complaint in complaints
            .iter()
            .filter(|one| !expected.iter().any(|words| one.contains(words)))
        {
            self.find(page, complaint);
        }
        Ok(())
    }

    /// Asks a page that is so wide what it can tell of itself.
    pub async fn question(&self, page: &str, width: u64) -> anyhow::Result<()> {
        let arguments = vec![self.language.into(), width.into()];
        let told: Vec<String> = self.browser.execute(QUESTIONS, arguments).await?.convert()?;
        told.into_iter()
            .for_each(|finding| self.find(&format!("{page}, {width} px"), finding));
        Ok(())
    }

    /// Axe on the light page, and its contrasts again in the dark: colours are the same in both languages, so those are
    /// looked at in one.
    async fn look_for_barriers(&self, page: &str) -> anyhow::Result<()> {
        self.wear("light").await?;
        for violation in self.browser.violations().await? {
            self.find(page, violation);
        }
        if self.language != "it" {
            return self.wear("auto").await;
        }
        self.wear("dark").await?;
        self.browser
            .picture(&self.picture_name(&format!("{page}-dark")))
            .await?;
        for violation in self.browser.faint_words().await? {
            self.find(&format!("{page}, dark"), violation);
        }
        self.wear("auto").await
    }

    /// Puts on the light or the dark theme; `auto` is the browser's own.
    pub async fn wear(&self, theme: &str) -> anyhow::Result<()> {
        let script = "document.documentElement.dataset.theme = arguments[0]";
        self.browser.execute(script, vec![theme.into()]).await?;
        Ok(())
    }
}

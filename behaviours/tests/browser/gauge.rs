//! What a page costs whoever uses it, as the browser itself measures it: the time from a key or a tap to the next picture, and
//! how far things jump that nobody touched.

use anyhow::ensure;
use serde_json::Value;

use crate::visit::Visit;

/// How much slower than this machine the one that is measured for is, when this one has nothing else to do.
const SLOWER: f64 = 4.0;
/// The longest time from a key to what it shows, in milliseconds.
const PROMPT: u64 = 100;
/// What a page may jump at the most: less than anybody sees.
const STILL: f64 = 0.01;
/// How often each thing is done: of so many the middle one counts.
const TIMES: usize = 5;
/// What else the machine does only ever adds to a figure, so the best of so many rounds is the page's own.
const ROUNDS: usize = 5;
/// How much of the processor others take from this page: what it gets done in a good moment, to what it gets done in all.
const SHARED: &str = r#"
const rates = [], begun = performance.now();
let turns = 0, now = begun;
while (now < begun + 250) {
  const from = now, before = turns;
  while (now < from + 2) { turns++; now = performance.now(); }
  rates.push((turns - before) / (now - from));
}
rates.sort((one, other) => one - other);
return rates[Math.floor(rates.length * 0.9)] / (turns / (now - begun));
"#;

/// Takes down what the browser measures, from before the page's first script.
const WATCH: &str = r#"
window.gauge = { felt: [], jumped: 0, jumps: [] };
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) if (one.interactionId) gauge.felt.push(one.duration);
}).observe({ type: 'event', durationThreshold: 16, buffered: true });
const called = (node) => node instanceof Element ? `${node.tagName}#${node.id}.${node.className}` : node?.parentElement ? `text in ${called(node.parentElement)}` : '?';
new PerformanceObserver((list) => {
  for (const one of list.getEntries().filter((one) => !one.hadRecentInput)) {
    gauge.jumped += one.value;
    for (const { node, previousRect: from, currentRect: to } of one.sources) gauge.jumps.push(`${called(node)} from ${from.x},${from.y} to ${to.x},${to.y}`);
  }
}).observe({ type: 'layout-shift', buffered: true });
"#;

/// Two pictures later everything that was done has been shown and measured.
const SHOWN: &str = r#"
const done = arguments[0], frame = () => new Promise((next) => requestAnimationFrame(() => setTimeout(next, 20)));
document.fonts.ready.then(frame).then(frame).then(frame).then(() => done(true));
"#;

/// The page on a slow machine.
pub struct Gauge<'v>(&'v Visit);

impl<'v> Gauge<'v> {
    /// From the next page on it is measured, and slow.
    pub async fn on(visit: &'v Visit) -> anyhow::Result<Self> {
        visit.browser.watch_with(WATCH).await?;
        Ok(Self(visit))
    }

    /// Makes the page so slow as it would be on the slow machine alone: others who work on this one slow it down already.
    async fn slow_down(&self) -> anyhow::Result<()> {
        self.0.browser.slow_down(1.0).await?;
        let shared = self.0.browser.execute(SHARED, vec![]).await?;
        let shared = shared.json().as_f64().unwrap_or(1.0);
        self.0.browser.slow_down((SLOWER / shared).clamp(1.0, SLOWER)).await
    }

    /// Waits until everything is shown.
    pub async fn shown(&self) -> anyhow::Result<()> {
        self.0.browser.execute_async(SHOWN, vec![]).await?;
        Ok(())
    }

    /// The longest time to the next picture while something is done, in milliseconds; what took less than a picture is 0.
    pub async fn felt(&self, deed: impl AsyncFn() -> anyhow::Result<()>) -> anyhow::Result<u64> {
        self.shown().await?;
        self.0.browser.execute("gauge.felt = []", vec![]).await?;
        deed().await?;
        self.shown().await?;
        let felt = self.0.ask("Math.round(Math.max(0, ...gauge.felt))").await?;
        Ok(felt.as_u64().unwrap_or_default())
    }

    /// That something is answered promptly.
    pub async fn is_prompt(&self, what: &str, deed: impl AsyncFn() -> anyhow::Result<()>) -> anyhow::Result<()> {
        let mut best = u64::MAX;
        for _ in 0..ROUNDS {
            self.slow_down().await?;
            let mut times = Vec::with_capacity(TIMES);
            for _ in 0..TIMES {
                times.push(self.felt(&deed).await?);
            }
            times.sort_unstable();
            best = best.min(times[TIMES / 2]);
            if best <= PROMPT {
                break;
            }
        }
        println!("{what}: {best} ms to the next picture");
        if best > PROMPT {
            self.0
                .find(what, format!("{best} ms to the next picture, not {PROMPT}"));
        }
        Ok(())
    }

    /// How far things have jumped since the page began.
    pub async fn jumped(&self) -> anyhow::Result<f64> {
        self.shown().await?;
        Ok(self.0.ask("gauge.jumped").await?.as_f64().unwrap_or(f64::MAX))
    }

    /// That nothing has jumped since the page began.
    pub async fn stands_still(&self, what: &str) -> anyhow::Result<()> {
        let jumped = self.jumped().await?;
        println!("{what}: jumped {jumped:.4}");
        if jumped > STILL {
            let jumps: Value = self.0.ask("gauge.jumps.join('\\n')").await?;
            self.0.find(
                what,
                format!("jumps by {jumped:.4}:\n{}", jumps.as_str().unwrap_or_default()),
            );
        }
        self.0
            .browser
            .execute("gauge.jumped = 0; gauge.jumps = []", vec![])
            .await?;
        Ok(())
    }

    /// That the gauge finds what it is there for: a key that takes its time, and a page that jumps.
    pub async fn is_true(&self) -> anyhow::Result<()> {
        let slow = "addEventListener('keydown', () => { const end = performance.now() + 250; while (performance.now() < end); }, { once: true })";
        self.0.browser.execute(slow, vec![]).await?;
        let felt = self
            .felt(async || Ok(self.0.browser.action_chain().send_keys("~").perform().await?))
            .await?;
        ensure!(felt >= 250, "a key that takes 250 ms was felt as {felt}");
        // What follows a key within half a second is no jump, but an answer.
        self.0
            .until("!window.begun ? (window.begun = performance.now(), false) : performance.now() > begun + 700")
            .await?;
        self.0
            .browser
            .execute(
                "document.querySelector('.row').style.setProperty('margin-top', '200px')",
                vec![],
            )
            .await?;
        let jumped = self.jumped().await?;
        ensure!(
            jumped > STILL,
            "a page that jumps by 200 pixels was measured as {jumped}"
        );
        let second = "(end => { let turns = 0; while (performance.now() < end) turns++; return turns })(performance.now() + 300)";
        self.0.browser.slow_down(SLOWER).await?;
        let slowly = self.0.ask(second).await?.as_f64().unwrap_or_default();
        self.0.browser.slow_down(1.0).await?;
        let quickly = self.0.ask(second).await?.as_f64().unwrap_or_default();
        ensure!(
            quickly > slowly * 1.5,
            "{quickly} turns in a quick second, {slowly} in a slow one"
        );
        Ok(())
    }
}

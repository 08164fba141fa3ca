//! A chore as a row of steps, with the time each took.
//!
//! A failed step does not stop the others, so that one run tells everything that is wrong; steps that cannot go on without an
//! earlier one are put into the same step.

use std::time::{Duration, Instant};

use anyhow::bail;

/// How a step ended well.
pub enum Outcome {
    /// It was carried out.
    Done,
    /// It could not be, for a reason that is no fault of ours.
    Skipped(String),
}

/// The steps taken so far.
#[derive(Default)]
pub struct Steps {
    taken: Vec<(String, Duration, anyhow::Result<Outcome>)>,
}

impl Steps {
    /// Takes a step, and says whether it ended well.
    pub fn take(&mut self, name: &str, step: impl FnOnce() -> anyhow::Result<Outcome>) -> bool {
        println!("── {name}");
        let begun = Instant::now();
        let outcome = step();
        if let Err(error) = &outcome {
            println!("{name} failed: {error:#}");
        }
        let well = outcome.is_ok();
        self.taken.push((name.to_owned(), begun.elapsed(), outcome));
        well
    }

    /// Takes a step that is never skipped.
    pub fn must(&mut self, name: &str, step: impl FnOnce() -> anyhow::Result<()>) -> bool {
        self.take(name, || step().map(|()| Outcome::Done))
    }

    /// Prints what was done and how long it took; fails when a step did.
    pub fn summary(self) -> anyhow::Result<()> {
        println!("\n── summary");
        for (name, time, outcome) in &self.taken {
            let word = match outcome {
                Ok(Outcome::Done) => "ok".to_owned(),
                Ok(Outcome::Skipped(reason)) => format!("SKIPPED: {reason}"),
                Err(_) => "FAILED".to_owned(),
            };
            println!(
                "{:>4} min {:02} s  {name}: {word}",
                time.as_secs() / 60,
                time.as_secs() % 60
            );
        }
        let failed: Vec<&str> = self
            .taken
            .iter()
            .filter(|step| step.2.is_err())
            .map(|step| step.0.as_str())
            .collect();
        if !failed.is_empty() {
            bail!("failed: {}", failed.join(", "));
        }
        Ok(())
    }
}

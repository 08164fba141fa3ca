//! Seals against the events they cover: nothing altered, removed, inserted or moved in the journal as a whole.

use crate::{Finding, Findings};
use kernel::{Error, Outcome};
use std::collections::VecDeque;
use std::path::Path;
use store::{Seal, SealKey, Sql, seal_digest, seal_mac, span};

/// Events read at once.
const BATCH: i64 = 10_000;

/// Sequences and hashes in order, read as they are needed.
pub(crate) struct Hashes<'s, S> {
    sql: &'s S,
    waiting: VecDeque<(i64, Vec<u8>)>,
    last: i64,
}

impl<'s, S: Sql> Hashes<'s, S> {
    pub(crate) fn new(sql: &'s S) -> Self {
        Self {
            sql,
            waiting: VecDeque::new(),
            last: 0,
        }
    }

    /// The next ones up to a sequence; none when there are no more.
    async fn upto(&mut self, last: i64) -> Outcome<Vec<(i64, Vec<u8>)>> {
        let mut taken = Vec::new();
        loop {
            while self.waiting.front().is_some_and(|(seq, _)| *seq <= last) {
                taken.extend(self.waiting.pop_front());
            }
            if !self.waiting.is_empty() || self.last == i64::MAX {
                return Ok(taken);
            }
            self.waiting = span::hashes_after(self.sql, self.last, BATCH).await?.into();
            self.last = self.waiting.back().map_or(i64::MAX, |(seq, _)| *seq);
        }
    }
}

/// Seals read at once.
const SEALS: i64 = 200;

/// The next seals with their numbers; nothing for one that cannot be read.
async fn next_after(sql: &impl Sql, number: i64) -> Outcome<Vec<(i64, Option<Seal>)>> {
    match store::seals_after(sql, number, SEALS).await {
        Ok(seals) => Ok(seals.into_iter().map(|seal| (seal.number, Some(seal))).collect()),
        Err(Error::Failed(_)) => store::seals_apart(sql, number, SEALS).await,
        Err(why) => Err(why),
    }
}

/// The walk over the seals.
pub(crate) struct SealWalk<'w> {
    pub(crate) key: Option<&'w SealKey>,
    pub(crate) outside: Option<Seal>,
    pub(crate) previous: Option<Seal>,
}

/// The seal that was written outside the database last.
pub(crate) async fn last_outside(data: &Path) -> Option<Seal> {
    let text = tokio::fs::read_to_string(data.join("last-seal.json")).await.ok()?;
    serde_json::from_str(&text).ok()
}

impl<'w> SealWalk<'w> {
    pub(crate) fn new(key: Option<&'w SealKey>, outside: Option<Seal>) -> Self {
        Self {
            key,
            outside,
            previous: None,
        }
    }

    /// Checks all seals of a database; answers how many there are.
    pub(crate) async fn check_all(mut self, sql: &impl Sql, found: &mut Findings) -> Outcome<i64> {
        let (mut hashes, mut count, mut last) = (Hashes::new(sql), 0, i64::MIN);
        loop {
            let seals = next_after(sql, last).await?;
            if seals.is_empty() {
                break;
            }
            for (number, seal) in seals {
                (last, count) = (number, count + 1);
                match seal {
                    Some(seal) => {
                        let events = hashes.upto(seal.last_seq).await?;
                        self.check(seal, &events, found);
                    }
                    None => found.add(Finding::at(self.begin(), "audit-seal-unreadable").with("number", number)),
                }
            }
        }
        self.finish(found);
        Ok(count)
    }

    /// Where the next seal begins.
    fn begin(&self) -> i64 {
        self.previous.as_ref().map_or(0, |seal| seal.last_seq) + 1
    }

    /// One seal, with all events after the previous one and up to its last.
    pub(crate) fn check(&mut self, seal: Seal, events: &[(i64, Vec<u8>)], found: &mut Findings) {
        let (number, last_seq) = self
            .previous
            .as_ref()
            .map_or((0, 0), |seal| (seal.number, seal.last_seq));
        if seal.number != number + 1 {
            found.add(Finding::at(last_seq + 1, "audit-seal-missing").with("number", number + 1));
        }
        if seal.first_seq <= last_seq {
            found.add(Finding::at(seal.first_seq, "audit-seal-moved").with("number", seal.number));
        }
        if let Some((seq, _)) = events.iter().find(|(seq, _)| *seq < seal.first_seq) {
            found.add(Finding::at(*seq, "audit-event-unsealed"));
        }
        self.check_digest(&seal, events, found);
        self.check_mac(&seal, found);
        if let Some(outside) = self.outside.as_ref().filter(|outside| outside.number == seal.number)
            && *outside != seal
        {
            let vague = Finding::among(outside.first_seq, outside.last_seq + 1, "audit-seal-outside");
            found.add(vague.with("number", seal.number));
        }
        self.previous = Some(seal);
    }

    fn check_digest(&self, seal: &Seal, events: &[(i64, Vec<u8>)], found: &mut Findings) {
        let covered = || events.iter().filter(|(seq, _)| *seq >= seal.first_seq);
        let digest = seal_digest(covered().map(|(seq, hash)| (*seq, hash.as_slice())));
        let count = covered().count() as i64;
        if digest != seal.digest || count != seal.events {
            let finding = Finding::among(seal.first_seq, seal.last_seq + 1, "audit-seal-digest");
            found.add(
                finding
                    .with("number", seal.number)
                    .with("due", seal.events)
                    .with("count", count),
            );
        }
    }

    fn check_mac(&self, seal: &Seal, found: &mut Findings) {
        let Some(key) = self.key else { return };
        let previous = self.previous.as_ref().map_or(&[][..], |seal| &seal.mac);
        if seal_mac(key, previous, seal) != seal.mac {
            let finding = Finding::among(seal.first_seq, seal.last_seq + 1, "audit-seal-mac");
            found.add(finding.with("number", seal.number));
        }
    }

    /// The end: nothing that was once sealed may be gone.
    pub(crate) fn finish(self, found: &mut Findings) {
        let (number, last_seq) = self
            .previous
            .as_ref()
            .map_or((0, 0), |seal| (seal.number, seal.last_seq));
        if let Some(outside) = self.outside.filter(|outside| outside.number > number) {
            let finding = Finding::at(last_seq + 1, "audit-journal-cut");
            found.add(finding.with("number", outside.number).with("last", number));
        }
    }
}

//! Already reported? (SD-055): open tickets and known outages that resemble what is being reported, as far as the reader
//! may see them.
//!
//! Candidates come from the index in a bounded number of rows; [`resembling`] decides which of them are worth being proposed.

use super::children;
use crate::domain::Ticket;
use crate::domain::resemblance::{Agreement, Candidate, Report, Resemblance, Word, resembling};
use configuration::{Area, LinkPolicy};
use kernel::{Instant, Outcome, Refusal, Uuid};
use people::Actor;
use record::{Known, Reading, Sharing};
use std::collections::{HashMap, HashSet};
use store::{Card, Store, tokens};
use web::App;

/// Proposals at the most.
const PROPOSALS: usize = 5;
/// Words that are looked at.
const WORDS: usize = 12;

/// What is being reported, and what is known already.
#[derive(Clone, Debug, Default)]
pub struct Reported {
    /// What it is about, in a line.
    pub subject: String,
    /// Its category, where it is said.
    pub category: Option<Uuid>,
    /// Its area, where it is said.
    pub area: Option<Uuid>,
    /// When.
    pub at: Instant,
    /// Tickets that are not proposed: itself, and those it is linked to.
    pub without: Vec<Uuid>,
    /// Its number, where it is a ticket: what is worked on in it is no news.
    pub number: Option<String>,
    /// What is told to be out of order.
    pub known: Vec<Known>,
    /// What its area does with what was reported already.
    pub policy: LinkPolicy,
}

/// Something that may be the same.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// The ticket; nothing for an outage whose ticket is not named or not to be seen.
    pub card: Option<Card>,
    /// The known outage: worked on in the ticket, or alone.
    pub known: Option<Known>,
    /// How much they resemble each other.
    pub score: i64,
    /// Why.
    pub why: Agreement,
    /// True when it hangs on another itself: then nothing hangs on it.
    pub is_child: bool,
}

/// What a ticket reports: its own links are no news.
pub(crate) async fn reported_in(store: &Store, card: &Card) -> Outcome<Reported> {
    let ticket = store.read().state::<Ticket>(card.id).await?;
    let links = ticket.ok_or_else(Refusal::not_found)?.state.links;
    Ok(Reported {
        subject: card.subject.clone(),
        category: card.category,
        area: Some(card.area),
        at: card.opened_at,
        number: Some(card.number.clone()),
        without: links.iter().map(|link| link.to).chain([card.id]).collect(),
        ..Reported::default()
    })
}

/// The same as [`similar`], with what is told to be out of order now and what the area decides.
pub(crate) async fn similar_now(app: &App, reading: &Reading, reported: Reported) -> Outcome<Vec<Proposal>> {
    let areas = app.store.all::<Area>().await?;
    let area = areas.iter().find(|area| Some(area.id) == reported.area);
    let mut known = record::known(app, reading).await;
    known.retain(|known| known.ticket.is_none() || known.ticket != reported.number);
    let reported = Reported {
        known,
        policy: area.map_or_else(LinkPolicy::default, |area| area.state.parameters.parent_link_policy),
        ..reported
    };
    similar(&app.store, &reading.actor, &reported).await
}

/// What resembles a report enough to be proposed, the likeliest first.
pub async fn similar(store: &Store, actor: &Actor, reported: &Reported) -> Outcome<Vec<Proposal>> {
    let words = words_of(&reported.subject);
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let mut found = candidates(store, actor, reported, &words).await?;
    let ids: Vec<Uuid> = found.iter().map(|one| one.card.id).collect();
    let family = children::families(store.read(), &ids).await?;
    let own = |one: &Sharing| {
        let parent = family.parent_of.get(&one.card.id);
        reported.without.contains(&one.card.id) || parent.is_some_and(|parent| reported.without.contains(parent))
    };
    found.retain(|one| !own(one) && one.card.kind == "ticket");
    let report = Report {
        words,
        category: reported.category,
        area: reported.area,
        at: reported.at,
    };
    let mut known_in: HashMap<Uuid, &Known> = HashMap::new();
    for known in &reported.known {
        let ticket = found.iter().find(|one| Some(&one.card.number) == known.ticket.as_ref());
        known_in.insert(ticket.map_or(known.id, |one| one.card.id), known);
    }
    let mut each: Vec<Candidate> = found.iter().map(|one| candidate(one, &family, &known_in)).collect();
    each.extend(alone(reported, &found));
    let mut cards: HashMap<Uuid, Card> = found.into_iter().map(|one| (one.card.id, one.card)).collect();
    let proposal = |one: Resemblance| Proposal {
        card: cards.remove(&one.id),
        known: known_in.get(&one.id).copied().cloned(),
        is_child: family.parent_of.contains_key(&one.id),
        score: one.score,
        why: one.why,
    };
    let all = resembling(&report, each, usize::MAX).into_iter().map(proposal);
    let wanted = |one: &Proposal| reported.policy != LinkPolicy::Never || !one.is_for_linking();
    Ok(all.filter(wanted).take(PROPOSALS).collect())
}

impl Proposal {
    /// True for a parent, and for the ticket in which a known outage is worked on: what others are hung on.
    pub(crate) fn is_for_linking(&self) -> bool {
        self.card.is_some() && (self.why.parent || self.why.known)
    }
}

/// Open tickets with the same words, those that known outages name, and the parents on which any of them hangs.
async fn candidates(store: &Store, actor: &Actor, reported: &Reported, words: &[Word]) -> Outcome<Vec<Sharing>> {
    let written: Vec<&str> = words.iter().map(|word| word.written.as_str()).collect();
    let mut found = record::sharing(store, actor, &written.join(" ")).await?;
    let is_new = |found: &[Sharing], card: &Card| !found.iter().any(|one| one.card.id == card.id);
    let numbers: Vec<String> = reported.known.iter().filter_map(|known| known.ticket.clone()).collect();
    let mut named = store.read().cards_numbered(&numbers).await?;
    named.retain(|card| is_new(&found, card));
    found.extend(record::sharing_of(store, actor, named).await?);
    let ids: Vec<Uuid> = found.iter().map(|one| one.card.id).collect();
    let family = children::families(store.read(), &ids).await?;
    let parents: HashSet<Uuid> = family.parent_of.into_values().collect();
    let parents: Vec<Uuid> = parents.into_iter().filter(|parent| !ids.contains(parent)).collect();
    let mut parents = store.read().cards(&parents).await?;
    parents.sort_by_key(|card| card.ordinal);
    found.extend(record::sharing_of(store, actor, parents).await?);
    Ok(found)
}

fn candidate(one: &Sharing, family: &children::Families, known_in: &HashMap<Uuid, &Known>) -> Candidate {
    let known = known_in.get(&one.card.id);
    let mut text = one.text.clone();
    text.extend(known.iter().flat_map(|known| tokens(&known.words)));
    Candidate {
        id: one.card.id,
        ordinal: one.card.ordinal,
        subject: one.subject.clone(),
        text,
        category: one.card.category,
        area: one.card.area,
        opened_at: one.card.opened_at,
        hangs_on: family.parent_of.get(&one.card.id).copied(),
        is_parent: family.parents.contains(&one.card.id),
        is_known: known.is_some(),
    }
}

/// The outages that no ticket among those found stands for.
fn alone(reported: &Reported, found: &[Sharing]) -> Vec<Candidate> {
    let has_ticket = |known: &Known| found.iter().any(|one| Some(&one.card.number) == known.ticket.as_ref());
    let each = reported.known.iter().filter(|known| !has_ticket(known));
    each.map(|known| Candidate {
        id: known.id,
        ordinal: 0,
        subject: tokens(&known.sentence).into_iter().collect(),
        text: tokens(&known.words).into_iter().collect(),
        category: None,
        area: known.area.or(reported.area).unwrap_or_default(),
        opened_at: reported.at,
        hangs_on: None,
        is_parent: false,
        is_known: true,
    })
    .collect()
}

/// The words of a line, each once, as they were written and as the index has them.
fn words_of(line: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    for written in line.split_whitespace() {
        let written = written.trim_matches(|letter: char| !letter.is_alphanumeric());
        let tokens = tokens(written);
        if !tokens.is_empty() && words.iter().all(|word| word.tokens != tokens) {
            words.push(Word {
                written: written.to_owned(),
                tokens,
            });
        }
    }
    words.truncate(WORDS);
    words
}

#[cfg(test)]
mod tests {
    use super::words_of;

    #[test]
    fn a_line_becomes_words_as_they_were_written_each_once() {
        let words = words_of("La stampante PRN-RAG-01, «ferma»: le stampanti dell’ufficio");
        let written: Vec<&str> = words.iter().map(|word| word.written.as_str()).collect();
        assert_eq!(written, ["stampante", "PRN-RAG-01", "ferma", "dell’ufficio"]);
        assert!(words_of("a di — !").is_empty());
    }
}

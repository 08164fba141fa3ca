//! Who looks at what: kept in memory, forgotten when nobody repeats it.

use kernel::Uuid;
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::{Duration, Instant as Stopwatch};
use store::Card;

/// A look that is not repeated within this time is over.
const GOOD_FOR: Duration = Duration::from_secs(50);
/// Looks that are kept at the most; more than that is no desk.
const MOST: usize = 20_000;

/// What somebody does with a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doing {
    /// Writes a solution.
    Solution,
    /// Writes to the requester.
    Reply,
    /// Writes an internal note.
    Note,
    /// Reads it.
    Viewing,
    /// Has it open and looks elsewhere.
    Away,
    /// No longer has it open.
    Gone,
}

/// Somebody says what they look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Look {
    /// The page that says so; two pages of one person are two.
    pub page: String,
    /// Who.
    pub person: Uuid,
    /// Name as colleagues read it.
    pub name: String,
    /// The record.
    pub record: Uuid,
    /// What they do with it.
    pub doing: Doing,
}

/// Somebody at a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watcher {
    /// Who.
    pub person: Uuid,
    /// Name as colleagues read it.
    pub name: String,
    /// The most telling thing that one of their pages does.
    pub doing: Doing,
}

/// A record and everybody who is there.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The record, as it stood when somebody came.
    pub card: Arc<Card>,
    /// Who is there, by name; empty when the last one left.
    pub watchers: Vec<Watcher>,
}

struct Entry {
    look: Look,
    card: Arc<Card>,
    until: Stopwatch,
}

/// All looks that are still good.
#[derive(Default)]
pub(crate) struct Board {
    entries: HashMap<String, Entry>,
    changed: HashMap<Uuid, Arc<Card>>,
}

impl Board {
    /// Takes a look down; the record is only told anew when it differs from what was known.
    pub(crate) fn note(&mut self, look: Look, card: Arc<Card>, now: Stopwatch) {
        let known = self.entries.get(&look.page);
        let same = known.is_some_and(|known| known.look == look);
        if let Some(known) = known.filter(|known| known.look.record != look.record) {
            self.changed.insert(known.look.record, known.card.clone());
        }
        if look.doing == Doing::Gone {
            if self.entries.remove(&look.page).is_some() {
                self.changed.insert(look.record, card);
            }
            return;
        }
        if self.entries.len() >= MOST && known.is_none() {
            return;
        }
        if !same {
            self.changed.insert(look.record, card.clone());
        }
        let until = now + GOOD_FOR;
        self.entries.insert(look.page.clone(), Entry { look, card, until });
    }

    /// Records whose watchers changed since the last time, also because somebody was not heard of any more.
    pub(crate) fn changes(&mut self, now: Stopwatch) -> Vec<Seen> {
        let over: Vec<String> = self
            .entries
            .iter()
            .filter(|(_, entry)| entry.until <= now)
            .map(|(page, _)| page.clone())
            .collect();
        for page in over {
            if let Some(entry) = self.entries.remove(&page) {
                self.changed.insert(entry.look.record, entry.card);
            }
        }
        let changed: Vec<Arc<Card>> = self.changed.drain().map(|(_, card)| card).collect();
        changed.into_iter().map(|card| self.seen(card)).collect()
    }

    /// Everybody, everywhere: for a reader who has just come.
    pub(crate) fn all(&self) -> Vec<Seen> {
        let mut told = HashSet::new();
        self.entries
            .values()
            .filter(|entry| told.insert(entry.look.record))
            .map(|entry| self.seen(entry.card.clone()))
            .collect()
    }

    /// What others than this person are at.
    pub(crate) fn at_by_others(&self, person: Uuid) -> HashSet<Uuid> {
        let looks = self.entries.values().map(|entry| &entry.look);
        let others = looks.filter(|look| look.person != person && look.doing != Doing::Away);
        others.map(|look| look.record).collect()
    }

    fn seen(&self, card: Arc<Card>) -> Seen {
        let mut people: HashMap<Uuid, Watcher> = HashMap::new();
        for entry in self.entries.values().filter(|entry| entry.look.record == card.id) {
            let look = &entry.look;
            let watcher = people.entry(look.person).or_insert_with(|| Watcher {
                person: look.person,
                name: look.name.clone(),
                doing: look.doing,
            });
            watcher.doing = watcher.doing.min(look.doing);
        }
        let mut watchers: Vec<Watcher> = people.into_values().collect();
        watchers.sort_by(|one, other| (&one.name, one.person).cmp(&(&other.name, other.person)));
        Seen { card, watchers }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(page: &str, person: u128, record: &Card, doing: Doing) -> Look {
        Look {
            page: page.to_owned(),
            person: Uuid::from_u128(person),
            name: format!("Persona {person}"),
            record: record.id,
            doing,
        }
    }

    fn card(id: u128) -> Arc<Card> {
        Arc::new(Card::new(Uuid::from_u128(id), 1, "ticket"))
    }

    fn doings(seen: &[Seen]) -> Vec<Vec<Doing>> {
        seen.iter()
            .map(|seen| seen.watchers.iter().map(|watcher| watcher.doing).collect())
            .collect()
    }

    #[test]
    fn a_look_is_told_once_and_again_when_it_changes() {
        let (mut board, now, ticket) = (Board::default(), Stopwatch::now(), card(1));
        board.note(look("a", 1, &ticket, Doing::Viewing), ticket.clone(), now);
        assert_eq!(doings(&board.changes(now)), [[Doing::Viewing]]);
        board.note(look("a", 1, &ticket, Doing::Viewing), ticket.clone(), now);
        assert!(board.changes(now).is_empty());
        board.note(look("a", 1, &ticket, Doing::Note), ticket.clone(), now);
        assert_eq!(doings(&board.changes(now)), [[Doing::Note]]);
    }

    #[test]
    fn two_pages_of_one_person_are_one_watcher_who_does_the_more_telling_thing() {
        let (mut board, now, ticket) = (Board::default(), Stopwatch::now(), card(1));
        board.note(look("a", 1, &ticket, Doing::Away), ticket.clone(), now);
        board.note(look("b", 1, &ticket, Doing::Reply), ticket.clone(), now);
        assert_eq!(doings(&board.all()), [[Doing::Reply]]);
        board.note(look("b", 1, &ticket, Doing::Gone), ticket.clone(), now);
        assert_eq!(doings(&board.changes(now)), [[Doing::Away]]);
    }

    #[test]
    fn whoever_is_not_heard_of_is_gone() {
        let (mut board, now, ticket) = (Board::default(), Stopwatch::now(), card(1));
        board.note(look("a", 1, &ticket, Doing::Viewing), ticket.clone(), now);
        board.changes(now);
        assert!(board.changes(now + GOOD_FOR - Duration::from_secs(1)).is_empty());
        assert_eq!(doings(&board.changes(now + GOOD_FOR)), [[]; 1]);
        assert!(board.all().is_empty());
    }

    #[test]
    fn a_page_that_goes_on_to_another_record_leaves_the_first() {
        let (mut board, now) = (Board::default(), Stopwatch::now());
        let (first, second) = (card(1), card(2));
        board.note(look("a", 1, &first, Doing::Viewing), first.clone(), now);
        board.changes(now);
        board.note(look("a", 1, &second, Doing::Viewing), second.clone(), now);
        let mut changed = board.changes(now);
        changed.sort_by_key(|seen| seen.card.id);
        assert_eq!(doings(&changed), [vec![], vec![Doing::Viewing]]);
    }
}

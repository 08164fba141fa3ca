//! The index answers what a look at every text would answer: random records, changes and questions, on both databases.
//!
//! The model knows tokens and nothing of an index: a record is found when each token of the question is one of its own,
//! and a scope when it is one that the record has or once had.

use crate::thing::open;
use kernel::{Outcome, Uuid};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::collections::{BTreeMap, HashSet};
use store::{Belongs, Card, FoundBy, Lane, SearchQuery, Store, tokens};
use testkit::both_backends;

/// Random houses tried on each database.
const CASES: u32 = 60;
/// Records of a random house, at most.
const PLACES: i64 = 12;
/// The most that a search gives.
const MOST: usize = 300;

/// Words that share stems, differ by an accent, are codes or parts of codes, or are no words at all.
const WORDS: [&str; 30] = [
    "stampante",
    "stampanti",
    "Stampante",
    "dell'ufficio",
    "uffici",
    "perché",
    "perche",
    "PERCHÉ",
    "è",
    "la",
    "città",
    "citta",
    "prn-rag-01",
    "prn",
    "01",
    "SR-2026-000123",
    "000123",
    "503",
    "a.b@ente.example",
    "l'errore",
    "errore",
    "Łódź",
    "naïve",
    "señor",
    "straße",
    "東京",
    "null",
    "ar_",
    "--",
    "e\u{301}",
];

fn area(place: usize) -> Uuid {
    Uuid::from_u128(0xa0 + place as u128)
}

fn requester(place: usize) -> Uuid {
    Uuid::from_u128(0xb0 + place as u128)
}

/// What happens to a house.
#[derive(Clone, Debug)]
enum Step {
    /// A record with its first words; one that stood there is forgotten before.
    Anew(i64, usize, Option<usize>, FoundBy),
    /// Other words and scope for a record, or its first ones.
    Otherwise(i64, usize, Option<usize>, FoundBy),
    /// More is written.
    Written(i64, FoundBy),
    /// It is sent to another area, or its requester becomes known.
    Moved(i64, usize, Option<usize>),
    /// Nothing of it is found any more.
    Forgotten(i64),
    /// A background step.
    Tidied,
}

/// A record as the model knows it.
#[derive(Clone, Debug, Default)]
struct Known {
    public: HashSet<String>,
    internal: HashSet<String>,
    areas: HashSet<Uuid>,
    requesters: HashSet<Uuid>,
}

impl Known {
    fn new(area: Uuid, requester: Option<Uuid>, words: &FoundBy) -> Self {
        let mut known = Self::default();
        known.belongs(area, requester);
        known.reads(words);
        known
    }

    fn belongs(&mut self, area: Uuid, requester: Option<Uuid>) {
        self.areas.insert(area);
        self.requesters.extend(requester);
    }

    fn reads(&mut self, words: &FoundBy) {
        self.public.extend(words.public.iter().flat_map(|text| tokens(text)));
        self.internal
            .extend(words.internal.iter().flat_map(|text| tokens(text)));
    }

    fn is_one_of(&self, belongs: &Belongs) -> bool {
        match belongs {
            Belongs::Area(area) => self.areas.contains(area),
            Belongs::Requester(requester) => self.requesters.contains(requester),
        }
    }

    fn is_found(&self, asked: &[String], query: &SearchQuery) -> bool {
        let holds = |token: &String| self.public.contains(token) || query.internal && self.internal.contains(token);
        asked.iter().all(holds)
            && !tokens(&query.without).iter().any(holds)
            && query
                .requester
                .is_none_or(|requester| self.requesters.contains(&requester))
            && query
                .areas
                .as_ref()
                .is_none_or(|areas| areas.iter().any(|area| self.areas.contains(area)))
            && query
                .within
                .as_ref()
                .is_none_or(|within| within.iter().any(|one| self.is_one_of(one)))
    }
}

/// All records by ordinal.
type House = BTreeMap<i64, Known>;

fn looked_up(house: &House, query: &SearchQuery) -> Vec<i64> {
    let asked = tokens(&query.words);
    if asked.is_empty() {
        return Vec::new();
    }
    let older = house.range(..query.before.unwrap_or(i64::MAX)).rev();
    older
        .filter(|(_, known)| known.is_found(&asked, query))
        .map(|(ordinal, _)| *ordinal)
        .take(MOST)
        .collect()
}

/// Far apart, as PostgreSQL's are.
fn ordinal(place: i64) -> i64 {
    1 + (place << 16)
}

fn card(place: i64, of: usize, by: Option<usize>) -> Card {
    Card {
        area: area(of),
        requester: by.map(requester),
        ..Card::new(Uuid::from_u128(place as u128), ordinal(place), "thing")
    }
}

/// Does the steps in one transaction, and the same to the model.
async fn live(store: &Store, house: &mut House, steps: &[Step]) -> Outcome<()> {
    let mut model = std::mem::take(house);
    let steps = steps.to_vec();
    let lived = store.write(Lane::People, move |tx| {
        Box::pin(async move {
            for step in steps {
                live_step(tx, &mut model, step).await?;
            }
            Ok(model)
        })
    });
    *house = lived.await?;
    Ok(())
}

async fn live_step(tx: &store::Tx, house: &mut House, step: Step) -> Outcome<()> {
    match step {
        Step::Anew(place, of, by, words) => {
            let known = Known::new(area(of), by.map(requester), &words);
            if house.insert(ordinal(place), known).is_some() {
                tx.unindex(ordinal(place)).await?;
            }
            tx.index_anew(&card(place, of, by), &words).await
        }
        Step::Otherwise(place, of, by, words) => {
            house.insert(ordinal(place), Known::new(area(of), by.map(requester), &words));
            tx.reindex(&card(place, of, by), &words).await
        }
        Step::Written(place, words) => {
            house.entry(ordinal(place)).and_modify(|known| known.reads(&words));
            tx.index_written(ordinal(place), &words).await
        }
        Step::Moved(place, of, by) => {
            let (of, by) = (area(of), by.map(requester));
            house.entry(ordinal(place)).and_modify(|known| known.belongs(of, by));
            tx.index_scope(ordinal(place), of, by).await
        }
        Step::Forgotten(place) => {
            house.remove(&ordinal(place));
            tx.unindex(ordinal(place)).await
        }
        Step::Tidied => tx.tidy_index().await,
    }
}

fn text() -> impl Strategy<Value = String> {
    let words = prop::collection::vec(prop::sample::select(&WORDS[..]), 0..4);
    (words, prop::sample::select(vec![" ", ", ", "\n", "/"])).prop_map(|(words, between)| words.join(between))
}

fn found_by() -> impl Strategy<Value = FoundBy> {
    let texts = || prop::collection::vec(text(), 0..3);
    (texts(), texts()).prop_map(|(public, internal)| FoundBy { public, internal })
}

fn step() -> impl Strategy<Value = Step> {
    let place = 0..PLACES;
    let whose = || (0..3_usize, prop::option::of(0..3_usize));
    prop_oneof![
        5 => (place.clone(), whose(), found_by()).prop_map(|(place, (of, by), words)| Step::Anew(place, of, by, words)),
        1 => (place.clone(), whose(), found_by()).prop_map(|(place, (of, by), words)| Step::Otherwise(place, of, by, words)),
        3 => (place.clone(), found_by()).prop_map(|(place, words)| Step::Written(place, words)),
        2 => (place.clone(), whose()).prop_map(|(place, (of, by))| Step::Moved(place, of, by)),
        1 => place.prop_map(Step::Forgotten),
        1 => Just(Step::Tidied),
    ]
}

fn query() -> impl Strategy<Value = SearchQuery> {
    let areas = prop::option::weighted(0.4, prop::collection::vec((0..3_usize).prop_map(area), 0..3));
    let one = (0..3_usize, any::<bool>()).prop_map(|(place, is_area)| match is_area {
        true => Belongs::Area(area(place)),
        false => Belongs::Requester(requester(place)),
    });
    let within = prop::option::weighted(0.3, prop::collection::vec(one, 0..3));
    let requester = prop::option::weighted(0.2, (0..3_usize).prop_map(requester));
    let before = prop::option::weighted(0.3, (0..=PLACES).prop_map(ordinal));
    let words =
        |most| prop::collection::vec(prop::sample::select(&WORDS[..]), 0..most).prop_map(|words| words.join(" "));
    (words(3), words(2), any::<bool>(), requester, areas, within, before).prop_map(
        |(words, without, internal, requester, areas, within, before)| SearchQuery {
            words,
            without,
            internal,
            requester,
            areas,
            within,
            before,
        },
    )
}

async fn answers_as_the_model_does(store: &Store, house: &House, queries: &[SearchQuery]) -> Result<(), TestCaseError> {
    for query in queries {
        let hits = store.read().search(query).await.expect("searches");
        let found: Vec<i64> = hits.iter().map(|hit| hit.ordinal).collect();
        prop_assert_eq!(found, looked_up(house, query), "{:?}", query);
    }
    Ok(())
}

both_backends! {
    async fn the_index_answers_what_a_look_at_every_text_would(db: testkit::Backend) {
        let store = open(&db).await;
        let strategy = (prop::collection::vec(step(), 1..25), prop::collection::vec(query(), 12));
        let mut runner = TestRunner::new(Config { cases: CASES, failure_persistence: None, ..Config::default() });
        let tried = runner.run(&strategy, |(steps, queries)| {
            tokio::task::block_in_place(|| tokio::runtime::Handle::current().block_on(async {
                let mut house = House::new();
                let all: Vec<Step> = (0..PLACES).map(Step::Forgotten).collect();
                live(&store, &mut house, &all).await.expect("forgets");
                live(&store, &mut house, &steps).await.expect("lives");
                answers_as_the_model_does(&store, &house, &queries).await
            }))
        });
        tried.unwrap_or_else(|why| panic!("{why}"));
    }

    /// More records than a search gives, and more than the newest stretch of the index holds.
    async fn the_newest_three_hundred_are_found_among_thousands(db: testkit::Backend) {
        let store = open(&db).await;
        let mut house = House::new();
        for part in 0..18 {
            let steps: Vec<Step> = (part * 500..part * 500 + 500).map(numbered).collect();
            live(&store, &mut house, &steps).await.expect("lives");
        }
        let mut queries = Vec::new();
        for words in ["comune", "ventina", "cinquantina", "comune cinquantina", "ventina cinquantina", "unico", "assente"] {
            for before in [None, Some(ordinal(4500)), Some(ordinal(100))] {
                for internal in [false, true] {
                    let (words, areas) = (words.to_owned(), Some(vec![area(0), area(2)]));
                    let query = SearchQuery { words, internal, before, ..SearchQuery::default() };
                    queries.push(SearchQuery { areas, ..query.clone() });
                    queries.push(query);
                }
            }
        }
        answers_as_the_model_does(&store, &house, &queries).await.unwrap_or_else(|why| panic!("{why}"));
    }
}

/// A record of a large house: words that all have, that one in twenty has, one in fifty, and only one.
fn numbered(place: i64) -> Step {
    let mut public = vec!["comune".to_owned()];
    for (every, word) in [(20, "ventina"), (50, "cinquantina")] {
        if place % every == 0 {
            public.push(word.to_owned());
        }
    }
    let internal = if place == 77 {
        vec!["unico".to_owned()]
    } else {
        Vec::new()
    };
    Step::Anew(
        place,
        usize::try_from(place % 3).unwrap_or_default(),
        None,
        FoundBy { public, internal },
    )
}

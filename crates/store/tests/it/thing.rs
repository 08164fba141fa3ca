//! A small record of its own, so that the store is tested without any practice.

use kernel::{Author, Clock, Instant, Uuid};
use serde::{Deserialize, Serialize};
use store::{
    Aggregate, Card, ContentRef, DatabaseSettings, FoundBy, Lane, Loaded, NewContent, Recorded, Store, StoreParts,
};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Thing {
    pub number: String,
    pub count: i64,
    pub subject: Option<ContentRef>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ThingEvent {
    Made { number: String, subject: ContentRef },
    Counted,
}

impl Aggregate for Thing {
    const KIND: &'static str = "thing";
    const HAS_CARD: bool = true;
    type Event = ThingEvent;

    fn name(event: &ThingEvent) -> &'static str {
        match event {
            ThingEvent::Made { .. } => "thing.made",
            ThingEvent::Counted => "thing.counted",
        }
    }

    fn apply(&mut self, event: &ThingEvent, _at: Instant, _author: &Author) {
        match event {
            ThingEvent::Made { number, subject } => {
                self.number.clone_from(number);
                self.subject = Some(subject.clone());
            }
            ThingEvent::Counted => self.count += 1,
        }
    }

    fn project(&self, card: &mut Card) {
        card.number.clone_from(&self.number);
        card.priority = self.count;
    }

    fn subject(&self) -> Option<Uuid> {
        self.subject.as_ref().map(|subject| subject.content)
    }
}

pub async fn open(db: &testkit::Backend) -> Store {
    let mut settings = DatabaseSettings::embedded(db.data.path());
    if db.url.starts_with("postgres") {
        settings.url = Some(db.url.clone());
    }
    Store::open(&settings, Clock::wall(), StoreParts::default())
        .await
        .unwrap_or_else(|e| panic!("{e}"))
}

pub async fn make(store: &Store, subject: &str) -> Loaded<Thing> {
    let subject = subject.to_owned();
    let made = store
        .write(Lane::People, move |tx| {
            Box::pin(async move {
                let mut thing = tx.fresh::<Thing>(Uuid::now_v7());
                let content = NewContent::new(subject.as_str());
                let number = tx.number("SR", 2026).await?;
                let event = ThingEvent::Made {
                    number,
                    subject: content.reference(),
                };
                let events = vec![Recorded {
                    event,
                    occurred_at: tx.now(),
                }];
                tx.save(&mut thing, &Author::system("test"), events, &[content]).await?;
                let words = FoundBy {
                    public: vec![subject],
                    internal: vec![],
                };
                if let Some(card) = &thing.card {
                    tx.index_anew(card, &words).await?;
                }
                Ok(thing)
            })
        })
        .await;
    made.unwrap_or_else(|e| panic!("{e}"))
}

pub async fn count(store: &Store, id: Uuid) -> kernel::Outcome<i64> {
    store
        .write(Lane::People, move |tx| {
            Box::pin(async move {
                let mut thing = tx.load::<Thing>(id).await?;
                let events = vec![Recorded {
                    event: ThingEvent::Counted,
                    occurred_at: tx.now(),
                }];
                tx.save(&mut thing, &Author::system("test"), events, &[]).await?;
                Ok(thing.state.count)
            })
        })
        .await
}

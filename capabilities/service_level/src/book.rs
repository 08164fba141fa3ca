//! The book of a node: agreements and calendars from memory, laid out once and kept until one of them changes.

use crate::{Agreement, Book, LaidOut, ServiceCalendar};
use calendar::Hours;
use kernel::{Outcome, Uuid};
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use store::{Loaded, Store};

/// Everything that was agreed, with the hours of each calendar.
pub async fn book(store: &Store) -> Outcome<Arc<Book>> {
    let (agreements, calendars) = (store.all::<Agreement>().await?, store.all::<ServiceCalendar>().await?);
    let year = store.clock().now().year();
    store
        .kept("service_level.book", || async {
            let agreements = agreements.iter().map(|one| (one.id, one.state.clone())).collect();
            let calendars = calendars.iter().map(|calendar| laid_out(calendar, year)).collect();
            Ok(Book::new(agreements, calendars, year))
        })
        .await
}

/// Hours by calendar and edition.
type Editions = HashMap<(Uuid, i64), Arc<Hours>>;

/// An edition never changes, so it is laid out once for the life of the program.
static EDITIONS: LazyLock<Mutex<Editions>> = LazyLock::new(Mutex::default);

fn laid_out(calendar: &Loaded<ServiceCalendar>, year: i16) -> LaidOut {
    let mut known = EDITIONS.lock().unwrap_or_else(PoisonError::into_inner);
    let editions = (1..).zip(&calendar.state.editions).map(|(edition, text)| {
        let hours = known.entry((calendar.id, edition));
        hours
            .or_insert_with(|| Arc::new(Hours::new(text.calendar(), year)))
            .clone()
    });
    LaidOut {
        calendar: calendar.id,
        editions: editions.collect(),
    }
}

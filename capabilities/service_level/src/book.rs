//! The book of a node: agreements and calendars from memory, laid out once and kept until one of them changes.

use crate::{Agreement, AgreementText, Book, CalendarText, LaidOut, ServiceCalendar};
use calendar::Hours;
use catalogue::Category;
use kernel::{Outcome, Uuid};
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use store::{Loaded, Store};

/// Everything that was agreed, with the hours of each calendar.
pub async fn book(store: &Store) -> Outcome<Arc<Book>> {
    let (agreements, calendars) = (store.all::<Agreement>().await?, store.all::<ServiceCalendar>().await?);
    let categories = store.all::<Category>().await?;
    let year = store.clock().now().year();
    store
        .kept("service_level.book", || async {
            let agreements = agreements.iter().map(|one| (one.id, one.state.clone())).collect();
            let calendars = calendars.iter().map(|calendar| laid_out(calendar, year)).collect();
            Ok(Book::new(agreements, calendars, year).with_services(services(&categories)))
        })
        .await
}

/// An edition that nobody has saved yet.
#[derive(Clone, Debug)]
pub enum Draft {
    /// Of an agreement.
    Agreement(Uuid, Box<AgreementText>),
    /// Of a calendar.
    Calendar(Uuid, Box<CalendarText>),
}

/// The book as it would be with a draft as the newest edition.
pub async fn book_with(store: &Store, draft: &Draft) -> Outcome<Book> {
    let (agreements, calendars) = (store.all::<Agreement>().await?, store.all::<ServiceCalendar>().await?);
    let categories = store.all::<Category>().await?;
    let year = store.clock().now().year();
    let agreement = |one: &Loaded<Agreement>| {
        let mut state = one.state.clone();
        if let Draft::Agreement(id, text) = draft
            && *id == one.id
        {
            state.editions.push((**text).clone());
        }
        (one.id, state)
    };
    let calendar = |one: &Loaded<ServiceCalendar>| {
        let mut laid = laid_out(one, year);
        if let Draft::Calendar(id, text) = draft
            && *id == one.id
        {
            laid.editions.push(Arc::new(Hours::new(text.calendar(), year)));
        }
        laid
    };
    let agreements = agreements.iter().map(agreement).collect();
    let book = Book::new(agreements, calendars.iter().map(calendar).collect(), year);
    Ok(book.with_services(services(&categories)))
}

/// The service of each category that has one.
fn services(categories: &[Loaded<Category>]) -> HashMap<Uuid, String> {
    let named = categories.iter().filter(|one| !one.state.service.is_empty());
    named.map(|one| (one.id, one.state.service.clone())).collect()
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

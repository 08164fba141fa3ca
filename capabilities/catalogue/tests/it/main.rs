//! Categories through their commands: named, renamed, closed and opened again, on both databases.

use catalogue::{
    Category, CategoryChange, CategoryId, Offer, Offering, add_category, add_offering, change_category, change_offering,
};
use configuration::{AreaId, create_area};
use kernel::{Author, Clock, Error, Outcome};
use store::{DatabaseSettings, Lane, Loaded, Store, StoreParts};
use testkit::{Backend, both_backends};

async fn open(db: &Backend) -> Store {
    let settings = DatabaseSettings::at(db.data.path(), &db.url);
    let opened = Store::open(&settings, Clock::wall(), StoreParts::default()).await;
    opened.expect("opens")
}

async fn area(store: &Store) -> AreaId {
    let made = store.write(Lane::People, |tx| {
        Box::pin(async move { create_area(tx, &Author::system("test"), "it", "Informatica").await })
    });
    made.await.expect("an area")
}

async fn add(store: &Store, area: Option<AreaId>, service: &'static str, name: &str) -> Outcome<CategoryId> {
    let name = name.to_owned();
    let added = store.write(Lane::People, move |tx| {
        Box::pin(async move { add_category(tx, &Author::system("test"), area, service, &name).await })
    });
    added.await
}

async fn change(store: &Store, id: CategoryId, change: CategoryChange) -> Outcome<Loaded<Category>> {
    let changed = store.write(Lane::People, move |tx| {
        Box::pin(async move {
            let mut category = tx.load::<Category>(id.0).await?;
            change_category(tx, &Author::system("test"), &mut category, change).await?;
            Ok(category)
        })
    });
    changed.await
}

fn fields<T: std::fmt::Debug>(outcome: Outcome<T>) -> Vec<String> {
    match outcome {
        Err(Error::Refused(refusal)) => refusal.fields.iter().map(|wrong| wrong.field.to_string()).collect(),
        other => panic!("not refused: {other:?}"),
    }
}

fn renamed(name: &str) -> CategoryChange {
    CategoryChange {
        name: Some(name.to_owned()),
        ..CategoryChange::default()
    }
}

fn offered(active: bool) -> CategoryChange {
    CategoryChange {
        active: Some(active),
        ..CategoryChange::default()
    }
}

both_backends! {
    async fn a_category_is_renamed_closed_and_offered_again_with_an_event_each(db: Backend) {
        let store = open(&db).await;
        let area = area(&store).await;
        let id = add(&store, Some(area), "Stampa", "Coda di stampa").await.expect("adds");
        let category = change(&store, id, renamed("Coda bloccata")).await.expect("renames");
        assert_eq!((category.state.full_name().as_str(), category.version), ("Stampa › Coda bloccata", 2));
        assert!(change(&store, id, offered(false)).await.expect("closes").state.closed);
        let again = change(&store, id, offered(true)).await.expect("opens again");
        assert_eq!((again.state.closed, again.state.area, again.version), (false, Some(area.0), 4));
        let events = store.read().events_of(id.0, 0, 10).await.expect("events");
        let names: Vec<&str> = events.iter().map(|event| event.name.as_str()).collect();
        assert_eq!(names, ["category.added", "category.renamed", "category.closed", "category.reopened"]);
    }

    async fn what_is_as_it_was_is_no_event(db: Backend) {
        let store = open(&db).await;
        let id = add(&store, None, "", "Altro").await.expect("adds");
        for same in [CategoryChange::default(), renamed(" Altro "), offered(true)] {
            assert_eq!(change(&store, id, same).await.expect("changes nothing").version, 1);
        }
    }

    async fn a_name_that_is_missing_or_too_long_is_refused_and_nothing_is_written(db: Backend) {
        let store = open(&db).await;
        let long = "n".repeat(121);
        for name in ["", "   ", &long] {
            assert_eq!(fields(add(&store, None, "", name).await), ["name"], "{name:?}");
        }
        let id = add(&store, None, "", &"n".repeat(120)).await.expect("the longest name");
        assert_eq!(fields(change(&store, id, renamed("")).await), ["name"]);
        let both = CategoryChange { service: Some(long.clone()), ..renamed(&long) };
        assert_eq!(fields(change(&store, id, both).await), ["name", "service"], "all that is wrong at once");
        assert_eq!(store.all::<Category>().await.expect("all").len(), 1);
        assert_eq!(store.read().events_of(id.0, 0, 10).await.expect("events").len(), 1);
    }

    async fn of_two_with_one_name_the_offered_one_is_meant(db: Backend) {
        let store = open(&db).await;
        let closed = add(&store, None, "Stampa", "Coda").await.expect("adds");
        let offered_one = add(&store, None, "Posta", "Coda").await.expect("adds");
        change(&store, closed, offered(false)).await.expect("closes");
        let all = store.all::<Category>().await.expect("all");
        let meant = |name: &str| Category::named(&all, name).map(|category| category.id);
        assert_eq!(meant("coda"), Some(offered_one.0));
        assert_eq!(meant("Stampa › Coda"), Some(closed.0), "by its whole name it is found all the same");
        assert_eq!(meant(&closed.0.to_string()), Some(closed.0));
        assert_eq!(meant("assente"), None);
    }
}

fn offer(name: &str) -> Offer {
    Offer {
        name: name.to_owned(),
        line: "Computer, rete".to_owned(),
        ..Offer::default()
    }
}

async fn offering(store: &Store, offer: Offer) -> Outcome<kernel::Uuid> {
    let added = store.write(Lane::People, move |tx| {
        Box::pin(async move { add_offering(tx, &Author::system("test"), offer).await })
    });
    added.await
}

both_backends! {
    async fn an_offering_has_a_name_of_its_own_and_a_category_of_its_area(db: Backend) {
        let store = open(&db).await;
        let area = area(&store).await;
        let category = add(&store, Some(area), "Stampa", "Coda").await.expect("a category");
        let fault = Offer { category: Some(category.0), ..offer("Guasto") };
        let id = offering(&store, fault).await.expect("an offering");
        let all = store.all::<Offering>().await.expect("reads");
        assert_eq!(catalogue::offered(&all, id).expect("offered").area, Some(area.0), "the category says which area answers");
        assert_eq!(fields(offering(&store, offer("GUASTO ")).await), ["name"]);
        assert_eq!(fields(offering(&store, Offer::default()).await), ["name", "line"]);
        let nowhere = Offer { area: Some(kernel::Uuid::now_v7()), category: Some(category.0), ..offer("Altro") };
        assert_eq!(fields(offering(&store, nowhere).await), ["area", "category"]);
    }

    async fn an_offering_that_was_closed_is_asked_for_no_more(db: Backend) {
        let store = open(&db).await;
        let id = offering(&store, offer("Guasto")).await.expect("an offering");
        let close = store.write(Lane::People, move |tx| {
            Box::pin(async move {
                let mut offering = tx.load::<Offering>(id).await?;
                change_offering(tx, &Author::system("test"), &mut offering, None, Some(false)).await?;
                change_offering(tx, &Author::system("test"), &mut offering, Some(offer("Segnala un guasto")), Some(false)).await?;
                Ok(offering.version)
            })
        });
        assert_eq!(close.await.expect("closes"), 3, "closing twice is one event");
        let all = store.all::<Offering>().await.expect("reads");
        assert_eq!(all[0].state.offer.name, "Segnala un guasto");
        assert_eq!(fields(catalogue::offered(&all, id).map(drop)), ["offering"]);
    }
}

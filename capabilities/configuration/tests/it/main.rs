//! Areas through their commands: opened, renamed, closed and opened again, with their parameters, on both databases.

use configuration::{Area, AreaChange, AreaId, Parameters, change_area, create_area, set_parameters};
use kernel::{Author, Clock, Error, Outcome};
use store::{DatabaseSettings, Lane, Loaded, Store, StoreParts};
use testkit::{Backend, both_backends};

async fn open(db: &Backend) -> Store {
    let settings = DatabaseSettings::at(db.data.path(), &db.url);
    let opened = Store::open(&settings, Clock::wall(), StoreParts::default()).await;
    opened.expect("opens")
}

async fn make(store: &Store, code: &str, name: &str) -> Outcome<AreaId> {
    let (code, name) = (code.to_owned(), name.to_owned());
    let made = store.write(Lane::People, move |tx| {
        Box::pin(async move { create_area(tx, &Author::system("test"), &code, &name).await })
    });
    made.await
}

async fn change(store: &Store, id: AreaId, change: AreaChange) -> Outcome<Loaded<Area>> {
    let changed = store.write(Lane::People, move |tx| {
        Box::pin(async move {
            let mut area = tx.load::<Area>(id.0).await?;
            change_area(tx, &Author::system("test"), &mut area, change).await?;
            Ok(area)
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

fn renamed(name: &str) -> AreaChange {
    AreaChange {
        name: Some(name.to_owned()),
        active: None,
    }
}

fn takes_tickets(active: bool) -> AreaChange {
    AreaChange {
        name: None,
        active: Some(active),
    }
}

both_backends! {
    async fn an_area_is_renamed_closed_and_opened_again_and_keeps_its_code(db: Backend) {
        let store = open(&db).await;
        let id = make(&store, "it", "Informatica").await.expect("opens");
        change(&store, id, renamed("Servizi digitali")).await.expect("renames");
        assert!(!change(&store, id, takes_tickets(false)).await.expect("closes").state.active);
        let again = change(&store, id, takes_tickets(true)).await.expect("opens again");
        assert_eq!((again.state.code.as_str(), again.state.name.as_str()), ("it", "Servizi digitali"));
        let events = store.read().events_of(id.0, 0, 10).await.expect("events");
        let names: Vec<&str> = events.iter().map(|event| event.name.as_str()).collect();
        assert_eq!(names, ["area.opened", "area.renamed", "area.closed", "area.reopened"]);
    }

    async fn names_that_are_missing_or_too_long_are_refused_and_what_is_as_it_was_is_no_event(db: Backend) {
        let store = open(&db).await;
        assert_eq!(fields(make(&store, " ", &"n".repeat(121)).await), ["code", "name"]);
        assert_eq!(fields(make(&store, &"c".repeat(41), "Informatica").await), ["code"]);
        let id = make(&store, "it", "Informatica").await.expect("opens");
        assert_eq!(fields(change(&store, id, renamed("")).await), ["name"]);
        for same in [AreaChange::default(), renamed("Informatica"), takes_tickets(true)] {
            assert_eq!(change(&store, id, same).await.expect("changes nothing").version, 1);
        }
        assert_eq!(store.all::<Area>().await.expect("all").len(), 1);
    }

    async fn parameters_are_kept_and_an_area_without_any_has_the_defaults(db: Backend) {
        let store = open(&db).await;
        let (decided, silent) = (make(&store, "it", "Informatica").await, make(&store, "hr", "Personale").await);
        let (decided, silent) = (decided.expect("opens"), silent.expect("opens"));
        let wanted = Parameters { reopen_days: 30, informal: false, ..Parameters::default() };
        let kept = wanted.clone();
        let set = store.write(Lane::People, move |tx| {
            Box::pin(async move {
                let mut area = tx.load::<Area>(decided.0).await?;
                set_parameters(tx, &Author::system("test"), &mut area, wanted).await
            })
        });
        set.await.expect("sets");
        let by_id = async |id: AreaId| Area::by_id(&store, id.0).await.expect("reads").expect("is there").parameters;
        assert_eq!((by_id(decided).await, by_id(silent).await), (kept, Parameters::default()));
    }

    async fn an_area_is_meant_by_identity_code_or_name_whatever_the_case(db: Backend) {
        let store = open(&db).await;
        let id = make(&store, "it", "Informatica").await.expect("opens");
        make(&store, "hr", "Personale").await.expect("opens");
        let all = store.all::<Area>().await.expect("all");
        for name in [id.0.to_string().as_str(), "IT", "informatica"] {
            assert_eq!(Area::named(&all, name).map(|area| area.id), Some(id.0), "{name}");
        }
        assert!(Area::named(&all, "Tributi").is_none());
    }
}

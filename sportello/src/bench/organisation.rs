//! The organisation of a load: 20 areas, 60 groups, 300 operators, 50,000 requesters.

use anyhow::Result;
use configuration::create_area;
use kernel::{Author, Instant, Outcome, Uuid};
use people::{GroupId, GroupKind, Person, PersonEvent, Role, RoleGrant};
use store::{Lane, NewContent, NewRecord, Recorded, Sql as _, Store, Tx, Value};

use crate::cli::told;

/// Who and what tickets are about.
pub(crate) struct Organisation {
    pub(crate) areas: Vec<Uuid>,
    /// Groups of each area: front end, back office, second level.
    pub(crate) groups: Vec<Vec<Uuid>>,
    /// Operators of each area.
    pub(crate) operators: Vec<Vec<Uuid>>,
    pub(crate) requesters: Vec<Uuid>,
    pub(crate) categories: Vec<Vec<Uuid>>,
}

const AREAS: usize = 20;
const OPERATORS_EACH: usize = 15;
const REQUESTERS: usize = 50_000;
/// Who signs what the load writes.
pub(crate) const VIA: &str = "bench";

/// Makes the organisation.
pub(crate) async fn make(store: &Store, requesters: usize) -> Result<Organisation> {
    let mut made = Organisation {
        areas: Vec::new(),
        groups: Vec::new(),
        operators: Vec::new(),
        requesters: Vec::new(),
        categories: Vec::new(),
    };
    store
        .write(Lane::People, |tx| Box::pin(async move { agreed(tx).await }))
        .await
        .map_err(told)?;
    for area in 0..AREAS {
        let (id, groups, categories) = store
            .write(Lane::People, move |tx| Box::pin(async move { area_of(tx, area).await }))
            .await
            .map_err(told)?;
        let operators = people_of(
            store,
            OPERATORS_EACH,
            "Operatore",
            area * OPERATORS_EACH,
            Role::Operator,
            Some(id),
        )
        .await?;
        let (members, all) = (operators.clone(), groups.clone());
        store
            .write(Lane::People, move |tx| {
                Box::pin(async move {
                    for (place, group) in all.into_iter().enumerate() {
                        let some = members.iter().skip(place * 5).take(5).copied().collect();
                        people::set_members(tx, &Author::system(VIA), GroupId(group), some).await?;
                    }
                    Ok(())
                })
            })
            .await
            .map_err(told)?;
        made.areas.push(id);
        made.groups.push(groups);
        made.operators.push(operators);
        made.categories.push(categories);
    }
    let mut done = 0;
    while done < requesters.min(REQUESTERS) {
        let some = (requesters.min(REQUESTERS) - done).min(1000);
        made.requesters
            .extend(people_of(store, some, "Richiedente", done, Role::Requester, None).await?);
        done += some;
    }
    Ok(made)
}

/// What is agreed for all areas, so that clocks run in what is measured.
async fn agreed(tx: &Tx) -> Outcome<()> {
    let (hours, agreement) = ("Orario d’ufficio".to_owned(), "Livelli di servizio".to_owned());
    service_level::add_usual(tx, &Author::system(VIA), None, hours, agreement)
        .await
        .map(drop)
}

async fn area_of(tx: &Tx, place: usize) -> Outcome<(Uuid, Vec<Uuid>, Vec<Uuid>)> {
    let author = Author::system(VIA);
    let area = create_area(tx, &author, &format!("a{place:02}"), &format!("Ambito {place:02}")).await?;
    let mut groups = Vec::new();
    for (name, kind) in [
        ("Contatto", GroupKind::FrontEnd),
        ("Retro", GroupKind::BackOffice),
        ("Sistemi", GroupKind::SecondLevel),
    ] {
        groups.push(
            people::create_group(tx, &author, &format!("{name} {place:02}"), kind, Some(area.0))
                .await?
                .0,
        );
    }
    let mut categories = Vec::new();
    for number in 0..10 {
        let name = format!("Categoria {place:02}.{number}");
        categories.push(
            catalogue::add_category(tx, &author, Some(area), "Servizio", &name)
                .await?
                .0,
        );
    }
    Ok((area.0, groups, categories))
}

/// People in one transaction, as the single way writes them.
async fn people_of(
    store: &Store,
    count: usize,
    name: &'static str,
    first: usize,
    role: Role,
    area: Option<Uuid>,
) -> Result<Vec<Uuid>> {
    let grant = RoleGrant { role, area };
    let ids: Vec<Uuid> = (0..count).map(|_| Uuid::now_v7()).collect();
    let named: Vec<(Uuid, String)> = ids
        .iter()
        .enumerate()
        .map(|(n, id)| (*id, format!("{name} {:05}", first + n)))
        .collect();
    let written = named.clone();
    store
        .write(Lane::Background, move |tx| {
            Box::pin(async move {
                let at = tx.now();
                let records = written
                    .iter()
                    .map(|(id, name)| person(*id, name, grant, at))
                    .collect::<Outcome<_>>()?;
                tx.save_new::<Person>(records).await?;
                let rows = written.iter().map(|(id, name)| row(*id, name, role)).collect();
                let start =
                    "INSERT INTO person (id, ordinal, name, name_key, surname_key, email, is_guest, is_staff) VALUES ";
                tx.insert_rows(start, rows).await?;
                // Where each stands among the records is known only now.
                let place = "UPDATE person SET ordinal = (SELECT r.ordinal FROM record r WHERE r.id = person.id) WHERE ordinal = 0";
                tx.run(place, Vec::new()).await.map(drop)
            })
        })
        .await
        .map_err(told)?;
    Ok(ids)
}

fn email(name: &str) -> String {
    format!("{}@bench.example", name.to_lowercase().replace(' ', "."))
}

fn person(id: Uuid, name: &str, grant: RoleGrant, at: Instant) -> Outcome<NewRecord<Person>> {
    let identity = people::Identity {
        name: name.to_owned(),
        email: Some(email(name)),
        ..people::Identity::default()
    };
    let content = NewContent::new(serde_json::to_string(&identity)?);
    let events = [
        PersonEvent::PersonRegistered {
            identity: content.reference(),
            guest: false,
        },
        PersonEvent::RoleGiven { grant },
    ];
    let events = events
        .into_iter()
        .map(|event| (Author::system(VIA), Recorded { event, occurred_at: at }))
        .collect();
    Ok(NewRecord {
        id,
        events,
        contents: vec![content],
        public: String::new(),
        internal: String::new(),
    })
}

fn row(id: Uuid, name: &str, role: Role) -> Vec<Value> {
    let key = name.to_lowercase();
    let surname = key
        .rsplit_once(' ')
        .map_or_else(|| key.clone(), |(first, last)| format!("{last} {first}"));
    let staff = i64::from(role != Role::Requester);
    vec![
        id.into(),
        0_i64.into(),
        name.into(),
        key.into(),
        surname.into(),
        email(name).into(),
        0_i64.into(),
        staff.into(),
    ]
}

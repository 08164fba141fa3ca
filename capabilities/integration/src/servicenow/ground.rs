//! What tickets stand on: area, people, groups and categories, found where they exist and made where not.

use super::Options;
use super::author;
use super::incidents::Incidents;
use super::row::Word;
use catalogue::Category;
use configuration::{Area, AreaId};
use kernel::{Outcome, Refusal, Uuid};
use people::{Group, GroupKind, Identity, RequesterRef, Role, RoleGrant};
use std::collections::{BTreeSet, HashMap};
use store::{Lane, Store, Tx};

/// The area that is made where there is none at all.
const AREA: (&str, &str) = ("importazione", "Importazione");
/// Records that one transaction makes.
const BATCH: usize = 6;

/// What rows refer to, by their words.
pub(crate) struct Ground {
    pub(crate) area: Uuid,
    people: HashMap<Word, Uuid>,
    groups: HashMap<Word, Uuid>,
    categories: HashMap<(Word, Option<Word>), Uuid>,
}

impl Ground {
    pub(crate) fn person(&self, word: Word) -> Option<Uuid> {
        self.people.get(&word).copied()
    }

    pub(crate) fn group(&self, word: Word) -> Option<Uuid> {
        self.groups.get(&word).copied()
    }

    pub(crate) fn category(&self, category: Option<Word>, subcategory: Option<Word>) -> Option<Uuid> {
        self.categories.get(&(category?, subcategory)).copied()
    }
}

/// The area that is meant; on an empty installation one is made, and a dry run does without.
pub(crate) async fn area(store: &Store, options: &Options) -> Outcome<Option<Uuid>> {
    let areas = store.all::<Area>().await?;
    let found = match &options.area {
        None => areas.iter().find(|area| area.state.active),
        Some(named) => {
            let named = named.trim();
            let same = |text: &str| text.eq_ignore_ascii_case(named);
            let found = areas.iter().find(|area| {
                area.id.to_string() == named
                    || same(&area.state.code)
                    || area.state.name.to_lowercase() == named.to_lowercase()
            });
            Some(found.ok_or_else(|| Refusal::field("area", "field-not-found"))?)
        }
    };
    if let Some(area) = found {
        return Ok(Some(area.id));
    }
    if options.dry_run {
        return Ok(None);
    }
    let made = store.write(Lane::Background, |tx| {
        Box::pin(async move { configuration::create_area(tx, &author(), AREA.0, AREA.1).await })
    });
    Ok(Some(made.await?.0))
}

/// Finds or makes everything the incidents refer to.
pub(crate) async fn prepare(store: &Store, area: Uuid, incidents: &Incidents) -> Outcome<Ground> {
    let (mut callers, mut operators, mut groups, mut categories) =
        (BTreeSet::new(), BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for incident in incidents.all() {
        callers.extend(incident.rows.first().and_then(|row| row.caller));
        for row in &incident.rows {
            operators.extend(row.operator);
            groups.extend(row.group);
            categories.extend(row.category.map(|category| (category, row.subcategory)));
        }
    }
    let mut people = HashMap::new();
    make_people(
        store,
        incidents,
        &operators,
        RoleGrant {
            role: Role::SecondLevel,
            area: Some(area),
        },
        &mut people,
    )
    .await?;
    make_people(
        store,
        incidents,
        &callers,
        RoleGrant {
            role: Role::Requester,
            area: None,
        },
        &mut people,
    )
    .await?;
    let groups = make_groups(store, area, incidents, &groups).await?;
    let categories = make_categories(store, area, incidents, &categories).await?;
    Ok(Ground {
        area,
        people,
        groups,
        categories,
    })
}

async fn make_people(
    store: &Store,
    incidents: &Incidents,
    words: &BTreeSet<Word>,
    grant: RoleGrant,
    people: &mut HashMap<Word, Uuid>,
) -> Outcome<()> {
    let wanted: Vec<(Word, String)> = words
        .iter()
        .map(|word| (*word, incidents.word(*word).to_owned()))
        .collect();
    for batch in wanted.chunks(BATCH) {
        let batch = batch.to_vec();
        let made = store
            .write(Lane::Background, move |tx| {
                Box::pin(async move {
                    let mut made = Vec::with_capacity(batch.len());
                    for (word, name) in batch {
                        made.push((word, person(tx, name, grant).await?));
                    }
                    Ok(made)
                })
            })
            .await?;
        people.extend(made);
    }
    Ok(())
}

/// Somebody of the log, known by the name they have there.
async fn person(tx: &Tx, name: String, grant: RoleGrant) -> Outcome<Uuid> {
    let known = Identity {
        external_id: Some(name.clone()),
        ..Identity::default()
    };
    let known = RequesterRef {
        id: None,
        identity: known,
    };
    if let Some(person) = people::resolve_requester(tx, &known).await? {
        return Ok(person.0);
    }
    let identity = Identity { name, ..known.identity }.checked("")?;
    Ok(people::register(tx, &author(), identity, false, &[grant]).await?.0)
}

async fn make_groups(
    store: &Store,
    area: Uuid,
    incidents: &Incidents,
    words: &BTreeSet<Word>,
) -> Outcome<HashMap<Word, Uuid>> {
    let there = store.all::<Group>().await?;
    let (mut groups, mut missing) = (HashMap::new(), Vec::new());
    for word in words {
        let name = incidents.word(*word);
        let mut alike = there
            .iter()
            .filter(|group| group.state.name.to_lowercase() == name.to_lowercase());
        match alike
            .clone()
            .find(|group| group.state.area == Some(area))
            .or_else(|| alike.next())
        {
            Some(group) => drop(groups.insert(*word, group.id)),
            None => missing.push((*word, name.to_owned())),
        }
    }
    for batch in missing.chunks(BATCH) {
        let batch = batch.to_vec();
        let made = store
            .write(Lane::Background, move |tx| {
                Box::pin(async move {
                    let mut made = Vec::with_capacity(batch.len());
                    for (word, name) in batch {
                        let group =
                            people::create_group(tx, &author(), &name, GroupKind::SecondLevel, Some(area)).await?;
                        made.push((word, group.0));
                    }
                    Ok(made)
                })
            })
            .await?;
        groups.extend(made);
    }
    Ok(groups)
}

type CategoryWords = (Word, Option<Word>);

async fn make_categories(
    store: &Store,
    area: Uuid,
    incidents: &Incidents,
    words: &BTreeSet<CategoryWords>,
) -> Outcome<HashMap<CategoryWords, Uuid>> {
    let there = store.all::<Category>().await?;
    let (mut categories, mut missing) = (HashMap::new(), Vec::new());
    for (category, subcategory) in words {
        let (service, name) = match subcategory {
            Some(name) => (incidents.word(*category), incidents.word(*name)),
            None => ("", incidents.word(*category)),
        };
        let found = there.iter().find(|known| {
            known.state.service == service && known.state.name == name && known.state.area.is_none_or(|of| of == area)
        });
        match found {
            Some(known) => drop(categories.insert((*category, *subcategory), known.id)),
            None => missing.push(((*category, *subcategory), service.to_owned(), name.to_owned())),
        }
    }
    for batch in missing.chunks(BATCH) {
        let batch = batch.to_vec();
        let made = store
            .write(Lane::Background, move |tx| {
                Box::pin(async move {
                    let mut made = Vec::with_capacity(batch.len());
                    for (words, service, name) in batch {
                        made.push((
                            words,
                            catalogue::add_category(tx, &author(), Some(AreaId(area)), &service, &name)
                                .await?
                                .0,
                        ));
                    }
                    Ok(made)
                })
            })
            .await?;
        categories.extend(made);
    }
    Ok(categories)
}

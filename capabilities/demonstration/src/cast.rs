//! Who takes part: the organisation written into the database, and everybody as somebody who acts.

use crate::dice::Dice;
use crate::names::{GIVEN, OFFICES, SURNAMES};
use crate::organisation::{AREAS, CATEGORIES, GROUPS, OFFERINGS, ORGANISATION, STAFF};
use catalogue::{Offer, OfferingIcon};
use configuration::AreaId;
use kernel::{Author, Outcome, Uuid};
use people::{Actor, Door, GroupId, Identity, Role, RoleGrant};
use std::collections::HashMap;
use std::sync::Arc;
use store::{Lane, Store, Tx};

/// Requesters of the public body.
const REQUESTERS: usize = 144;
/// Records that one transaction makes.
const BATCH: usize = 12;

/// Somebody who asks.
#[derive(Clone)]
pub(crate) struct Requester {
    pub(crate) actor: Arc<Actor>,
    pub(crate) identity: Identity,
}

/// Everybody and everything that stories refer to.
#[derive(Default)]
pub(crate) struct Cast {
    areas: HashMap<&'static str, Uuid>,
    groups: HashMap<&'static str, Uuid>,
    categories: HashMap<String, Uuid>,
    pub(crate) staff: Vec<Arc<Actor>>,
    pub(crate) requesters: Vec<Requester>,
}

impl Cast {
    /// An area by its short name.
    pub(crate) fn area(&self, code: &str) -> Option<Uuid> {
        self.areas.get(code).copied()
    }

    /// A group by its name.
    pub(crate) fn group(&self, name: &str) -> Option<Uuid> {
        self.groups.get(name).copied()
    }

    /// A category by area, service and name: `st/Stampa/Coda di stampa`.
    pub(crate) fn category(&self, key: &str) -> Option<Uuid> {
        self.categories.get(key).copied()
    }

    /// The people of a group.
    pub(crate) fn members(&self, group: &str) -> Vec<&Arc<Actor>> {
        let Some(group) = self.groups.get(group) else {
            return Vec::new();
        };
        self.staff.iter().filter(|actor| actor.groups.contains(group)).collect()
    }

    /// Somebody of the staff by role.
    pub(crate) fn with_role(&self, role: Role) -> Option<&Arc<Actor>> {
        self.staff
            .iter()
            .find(|actor| actor.roles.iter().any(|grant| grant.role == role))
    }
}

/// Writes the organisation and answers its people.
pub(crate) async fn found(store: &Store, dice: &mut Dice) -> Outcome<Cast> {
    let mut cast = store
        .write(Lane::Background, |tx| Box::pin(areas_and_groups(tx)))
        .await?;
    for chunk in STAFF.chunks(BATCH) {
        let (areas, groups) = (cast.areas.clone(), cast.groups.clone());
        let made = store
            .write(Lane::Background, move |tx| {
                Box::pin(async move { staff(tx, chunk, &areas, &groups).await })
            })
            .await?;
        cast.staff.extend(made);
    }
    let members: Vec<(Uuid, Vec<Uuid>)> = cast
        .groups
        .values()
        .map(|group| (*group, people_in(&cast, *group)))
        .collect();
    store
        .write(Lane::Background, move |tx| {
            Box::pin(async move {
                for (group, people) in members.into_iter().filter(|(_, people)| !people.is_empty()) {
                    people::set_members(tx, &author(), GroupId(group), people).await?;
                }
                Ok(())
            })
        })
        .await?;
    for chunk in identities(dice).chunks(BATCH) {
        let chunk = chunk.to_vec();
        let made = store
            .write(Lane::Background, move |tx| {
                Box::pin(async move { requesters(tx, chunk).await })
            })
            .await?;
        cast.requesters.extend(made);
    }
    Ok(cast)
}

fn author() -> Author {
    Author::system("system")
}

fn people_in(cast: &Cast, group: Uuid) -> Vec<Uuid> {
    cast.staff
        .iter()
        .filter(|actor| actor.groups.contains(&group))
        .map(|actor| actor.person)
        .collect()
}

async fn areas_and_groups(tx: &Tx) -> Outcome<Cast> {
    let mut cast = Cast::default();
    people::set_organisation(tx, ORGANISATION).await?;
    for (code, name) in AREAS {
        cast.areas
            .insert(code, configuration::create_area(tx, &author(), code, name).await?.0);
    }
    let (hours, agreement) = ("Orario d’ufficio".to_owned(), "Livelli di servizio".to_owned());
    service_level::add_usual(tx, &author(), None, hours, agreement).await?;
    for (name, kind, area) in GROUPS {
        let area = cast.area(area);
        cast.groups
            .insert(name, people::create_group(tx, &author(), name, kind, area).await?.0);
    }
    for (area, service, names) in CATEGORIES {
        for name in names {
            let id = catalogue::add_category(tx, &author(), cast.area(area).map(AreaId), service, name).await?;
            cast.categories.insert(format!("{area}/{service}/{name}"), id.0);
        }
    }
    for (name, line, area, category, icon) in OFFERINGS {
        let offer = Offer {
            name: name.to_owned(),
            line: line.to_owned(),
            area: cast.area(area),
            category: cast.category(category),
            icon: OfferingIcon::from_code(icon).unwrap_or_default(),
        };
        catalogue::add_offering(tx, &author(), offer).await?;
    }
    Ok(cast)
}

async fn staff(
    tx: &Tx,
    members: &'static [crate::organisation::Member],
    areas: &HashMap<&'static str, Uuid>,
    groups: &HashMap<&'static str, Uuid>,
) -> Outcome<Vec<Arc<Actor>>> {
    let mut made = Vec::new();
    for (place, member) in members.iter().enumerate() {
        let roles: Vec<RoleGrant> = member
            .roles
            .iter()
            .map(|(role, area)| RoleGrant {
                role: *role,
                area: areas.get(area).copied(),
            })
            .collect();
        let identity = Identity {
            name: member.name.to_owned(),
            email: Some(member.email.to_owned()),
            phone: Some(format!("+39064761{:04}", 1100 + place * 7 + member.name.len() * 31)),
            external_id: Some(format!("OP-{}", member.email.split('@').next().unwrap_or_default())),
            office: Some("Centro servizi, largo Caduti 4, Roma".to_owned()),
            ..Identity::default()
        };
        let person = people::register(tx, &author(), identity.checked("")?, false, &roles).await?;
        let groups = member
            .groups
            .iter()
            .filter_map(|name| groups.get(name).copied())
            .collect();
        made.push(Arc::new(actor(person.0, member.name, roles, groups, Door::Console)));
    }
    Ok(made)
}

async fn requesters(tx: &Tx, identities: Vec<Identity>) -> Outcome<Vec<Requester>> {
    let mut made = Vec::new();
    for identity in identities {
        let roles = vec![RoleGrant {
            role: Role::Requester,
            area: None,
        }];
        let person = people::register(tx, &author(), identity.clone(), false, &roles).await?;
        let actor = Arc::new(actor(person.0, &identity.name, roles, Vec::new(), Door::Portal));
        made.push(Requester { actor, identity });
    }
    Ok(made)
}

fn actor(person: Uuid, name: &str, roles: Vec<RoleGrant>, groups: Vec<Uuid>, door: Door) -> Actor {
    Actor {
        person,
        name: name.to_owned(),
        language: None,
        category: None,
        roles,
        groups,
        door,
        token: None,
    }
}

/// Requesters, the first of them Paolo Greco, each with a name of their own.
fn identities(dice: &mut Dice) -> Vec<Identity> {
    let mut names = vec!["Paolo Greco".to_owned()];
    while names.len() < REQUESTERS {
        let given = GIVEN[dice.place(GIVEN.len())];
        let surname = SURNAMES[dice.place(SURNAMES.len())];
        let name = format!("{given} {surname}");
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
        .into_iter()
        .enumerate()
        .map(|(place, name)| identity(dice, place, name))
        .collect()
}

fn identity(dice: &mut Dice, place: usize, name: String) -> Identity {
    let office = OFFICES[dice.place(OFFICES.len())];
    let prefix = match office.rsplit(' ').next() {
        Some("Milano") => "+3902",
        Some("Napoli") => "+39081",
        Some("Torino") => "+39011",
        Some("Bari") => "+39080",
        Some("Cagliari") => "+39070",
        _ => "+3906",
    };
    let room = dice.between(12, 460);
    Identity {
        email: Some(format!("{}@ente.example", login(&name))),
        phone: Some(format!("{prefix}{:07}", 4_761_000 + place * 37 + 500)),
        pin: Some(format!("{:06}", 104_729 * (place + 7) % 1_000_000)),
        external_id: Some(format!("DIP-{:05}", 20_140 + place * 13)),
        office: Some(format!("{office}, stanza {room}")),
        name,
        language: None,
    }
}

/// `Federica D’Angelo` signs in as `federica.dangelo`.
fn login(name: &str) -> String {
    let plain = name.to_lowercase().replace('’', "");
    let (given, surname) = plain.split_once(' ').unwrap_or((&plain, ""));
    format!("{given}.{}", surname.replace(' ', ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requesters_are_always_the_same_and_each_has_addresses_of_their_own() {
        let (first, second) = (identities(&mut Dice::new(7)), identities(&mut Dice::new(7)));
        assert_eq!(first, second);
        for of in [
            |i: &Identity| i.email.clone(),
            |i: &Identity| i.pin.clone(),
            |i: &Identity| i.phone.clone(),
        ] {
            let unique: std::collections::HashSet<_> = first.iter().map(of).collect();
            assert_eq!(unique.len(), REQUESTERS);
        }
        assert_eq!(first[0].email.as_deref(), Some("paolo.greco@ente.example"));
        assert!(first.into_iter().all(|identity| identity.checked("").is_ok()));
    }
}

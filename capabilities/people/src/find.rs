//! Finding people: by a whole contact, by the beginning of the surname, by the beginning of the name.
//!
//! Each of the three is a walk over one index, one after the other. Where a walk goes on is told by the last person it
//! showed and not by their name, which would stand in addresses and logs. Of people with the same name or contact those who
//! are known come before guests.

use crate::Named;
use crate::name::{COLUMNS, named};
use crate::person::plain_phone;
use kernel::{Outcome, Refusal, Uuid};
use store::{Reader, Sql, Value};

/// People found, and where to go on.
#[derive(Clone, Debug, Default)]
pub struct FoundPeople {
    /// Those of this page.
    pub people: Vec<Named>,
    /// Where the next page begins; nothing at the end.
    pub next: Option<String>,
}

/// One of the walks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Walk {
    Contact,
    Surname,
    Name,
}

impl Walk {
    const ALL: [(Walk, &'static str); 3] = [(Walk::Contact, "c"), (Walk::Surname, "s"), (Walk::Name, "n")];

    fn after(self) -> Option<Walk> {
        match self {
            Walk::Contact => Some(Walk::Surname),
            Walk::Surname => Some(Walk::Name),
            Walk::Name => None,
        }
    }
}

/// A place in the walks: after a person, or at the beginning of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    walk: Walk,
    last: Option<Uuid>,
}

impl Place {
    fn encode(self) -> String {
        let code = Walk::ALL
            .iter()
            .find(|(walk, _)| *walk == self.walk)
            .map_or("c", |(_, code)| code);
        let last = self.last.map(|last| last.simple().to_string()).unwrap_or_default();
        format!("{code}{last}")
    }

    fn decode(text: &str) -> Option<Self> {
        let (walk, code) = Walk::ALL.into_iter().find(|(_, code)| text.starts_with(code))?;
        let last = match &text[code.len()..] {
            "" => None,
            id => Some(Uuid::try_parse(id).ok()?),
        };
        Some(Self { walk, last })
    }
}

/// The first people that match, at most `limit`.
pub async fn find_people(reader: &Reader, text: &str, limit: i64) -> Outcome<Vec<Named>> {
    find_people_after(reader, text, limit, None)
        .await
        .map(|found| found.people)
}

/// People by a whole e-mail, telephone, PIN or external id, by the beginning of the surname, then of the name: a page of at
/// most `limit`, from where the page before ended. Without words everybody, by surname.
///
/// # Errors
/// A refusal that names `cursor` when it is not one of ours, or its person is gone.
pub async fn find_people_after(reader: &Reader, text: &str, limit: i64, cursor: Option<&str>) -> Outcome<FoundPeople> {
    let bad = || Refusal::field("cursor", "field-bad-cursor");
    let text = text.trim().to_lowercase();
    let start = if text.is_empty() { Walk::Surname } else { Walk::Contact };
    let mut place = match cursor {
        Some(cursor) => Place::decode(cursor).ok_or_else(bad)?,
        None => Place {
            walk: start,
            last: None,
        },
    };
    let mut found = FoundPeople::default();
    loop {
        let room = limit - found.people.len() as i64;
        // One more than there is room for tells whether the walk goes on.
        let mut people = walked(reader, &text, place, room + 1).await?.ok_or_else(bad)?;
        if people.len() as i64 > room {
            people.truncate(usize::try_from(room).unwrap_or(0));
            let last = people.last().map(|person| person.id).or(place.last);
            found.next = Some(Place { last, ..place }.encode());
        }
        let known = |person: &Named| place.walk != Walk::Contact && has_contact(person, &text);
        found.people.extend(people.into_iter().filter(|person| !known(person)));
        match place.walk.after().filter(|_| found.next.is_none() && !text.is_empty()) {
            Some(walk) => place = Place { walk, last: None },
            None => return Ok(found),
        }
    }
}

/// True for somebody whom the walk over contacts has shown already.
fn has_contact(person: &Named, text: &str) -> bool {
    let identity = &person.identity;
    let phone = plain_phone(text);
    if !phone.is_empty() && identity.phone.as_deref() == Some(phone.as_str()) {
        return true;
    }
    [&identity.email, &identity.phone, &identity.pin, &identity.external_id]
        .into_iter()
        .any(|contact| contact.as_deref() == Some(text))
}

/// The next people of a walk; nothing when the person it goes on after is gone.
async fn walked(reader: &Reader, text: &str, place: Place, most: i64) -> Outcome<Option<Vec<Named>>> {
    let Some(keys) = keys_of(reader, place.last).await? else {
        return Ok(None);
    };
    let (guest, last) = (keys.guest, place.last.unwrap_or(kernel::NIL));
    let beyond = format!("{text}\u{10FFFF}");
    let (sql, values): (String, Vec<Value>) = match place.walk {
        Walk::Contact => {
            let phone = plain_phone(text);
            (
                contact_sql(),
                vec![text.into(), guest.into(), last.into(), most.into(), phone.into()],
            )
        }
        Walk::Surname if text.is_empty() => (
            format!(
                "SELECT {COLUMNS} FROM person WHERE (surname_key, is_guest, id) > ($1, $2, $3) AND merged_into IS NULL \
                 ORDER BY surname_key, is_guest, id LIMIT $4"
            ),
            vec![keys.surname.into(), guest.into(), last.into(), most.into()],
        ),
        Walk::Surname => (
            format!(
                "SELECT {COLUMNS} FROM person WHERE surname_key >= $1 AND surname_key < $2 \
                 AND (surname_key, is_guest, id) > ($3, $4, $5) AND merged_into IS NULL ORDER BY surname_key, is_guest, id LIMIT $6"
            ),
            vec![
                text.into(),
                beyond.into(),
                keys.surname.into(),
                guest.into(),
                last.into(),
                most.into(),
            ],
        ),
        // Those found by their surname have been shown.
        Walk::Name => (
            format!(
                "SELECT {COLUMNS} FROM person WHERE name_key >= $1 AND name_key < $2 \
                 AND (name_key, is_guest, id) > ($3, $4, $5) AND merged_into IS NULL AND NOT (surname_key >= $1 AND surname_key < $2) \
                 ORDER BY name_key, is_guest, id LIMIT $6"
            ),
            vec![
                text.into(),
                beyond.into(),
                keys.name.into(),
                guest.into(),
                last.into(),
                most.into(),
            ],
        ),
    };
    let rows = reader.rows(&sql, values).await?;
    rows.iter().map(named).collect::<Outcome<_>>().map(Some)
}

/// What a person is walked by.
#[derive(Default)]
struct Keys {
    surname: String,
    name: String,
    guest: i64,
}

/// The keys of the person a walk goes on after; of nobody, what comes before all.
async fn keys_of(reader: &Reader, last: Option<Uuid>) -> Outcome<Option<Keys>> {
    let Some(last) = last else {
        return Ok(Some(Keys::default()));
    };
    let sql = "SELECT surname_key, name_key, is_guest FROM person WHERE id = $1";
    let row = reader.row(sql, vec![last.into()]).await?;
    row.map(|row| {
        Ok(Keys {
            surname: row.get(0)?,
            name: row.get(1)?,
            guest: row.get(2)?,
        })
    })
    .transpose()
}

fn contact_sql() -> String {
    let by = |column: &str| {
        // A telephone number is compared by its digits, however it was typed.
        let value = if column == "phone" { "$5" } else { "$1" };
        format!(
            "SELECT * FROM (SELECT {COLUMNS} FROM person WHERE {column} = {value} AND (is_guest, id) > ($2, $3) AND merged_into IS NULL \
             ORDER BY is_guest, id LIMIT $4) by_{column}"
        )
    };
    let all = ["email", "phone", "pin", "external_id"].map(by).join(" UNION ");
    let merged = ["email = $1", "phone = $5", "pin = $1", "external_id = $1"]
        .map(|known| format!("SELECT merged_into AS id FROM person WHERE {known} AND merged_into IS NOT NULL"))
        .join(" UNION ");
    // Whoever turned out to be somebody else is still reached by what reached them, over however many merges.
    format!(
        "WITH RECURSIVE led(id) AS (SELECT id FROM ({merged}) first UNION SELECT p.merged_into FROM person p \
         JOIN led ON led.id = p.id WHERE p.merged_into IS NOT NULL) \
         SELECT {COLUMNS} FROM ({all} UNION SELECT {COLUMNS} FROM person WHERE id IN (SELECT id FROM led) \
         AND (is_guest, id) > ($2, $3) AND merged_into IS NULL) found ORDER BY is_guest, id LIMIT $4"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_comes_back_as_it_went_and_others_are_refused() {
        for walk in [Walk::Contact, Walk::Surname, Walk::Name] {
            for last in [None, Some(Uuid::now_v7())] {
                let place = Place { walk, last };
                assert_eq!(Place::decode(&place.encode()), Some(place));
            }
        }
        for bad in ["", "x", "sx", "s-1", "0-0", "è"] {
            assert_eq!(Place::decode(bad), None, "{bad}");
        }
    }
}

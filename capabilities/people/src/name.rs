//! Names: the look-ups that pages and lists need, never one by one.

use crate::{Identity, PersonCategory};
use i18n::Language;
use kernel::{Outcome, Uuid};
use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::sync::Arc;
use store::{Reader, Row, Sql, Store, Value};

/// Most names that one look-up fetches: a page's people.
pub const NAMES_AT_ONCE: usize = 200;

/// A person as a list shows them.
#[derive(Clone, Debug)]
pub struct Named {
    /// The person.
    pub id: Uuid,
    /// Who they are.
    pub identity: Identity,
    /// True for a guest.
    pub guest: bool,
    /// True for people of the desk.
    pub staff: bool,
    /// What they are to those who promise times.
    pub category: Option<PersonCategory>,
    /// Who they turned out to be; nothing while they stand for themselves.
    pub merged_into: Option<Uuid>,
}

/// The two forms by which a name is found: as written, and surname first.
pub(crate) fn keys(name: &str) -> (String, String) {
    let name = name.to_lowercase();
    let surname_first = match name.rsplit_once(' ') {
        Some((first, last)) => format!("{last} {first}"),
        None => name.clone(),
    };
    (name, surname_first)
}

/// The columns that [`named`] reads.
pub(crate) const COLUMNS: &str =
    "id, name, email, phone, pin, external_id, office, language, is_guest, is_staff, category, merged_into";

/// A person from a row of [`COLUMNS`].
pub(crate) fn named(row: &Row) -> Outcome<Named> {
    let (language, category): (Option<String>, Option<String>) = (row.get(7)?, row.get(10)?);
    Ok(Named {
        id: row.get(0)?,
        identity: Identity {
            name: row.get(1)?,
            email: row.get(2)?,
            phone: row.get(3)?,
            pin: row.get(4)?,
            external_id: row.get(5)?,
            office: row.get(6)?,
            language: match language.as_deref() {
                Some("it") => Some(Language::It),
                Some("en") => Some(Language::En),
                _ => None,
            },
        },
        guest: row.get::<i64>(8)? == 1,
        staff: row.get::<i64>(9)? == 1,
        category: category.as_deref().and_then(PersonCategory::from_code),
        merged_into: row.get(11)?,
    })
}

/// The names of some people: one statement for all of them.
pub async fn names(reader: &Reader, people: impl IntoIterator<Item = Uuid>) -> Outcome<HashMap<Uuid, String>> {
    let people: HashSet<Uuid> = people.into_iter().collect();
    let mut found = HashMap::with_capacity(people.len());
    let people: Vec<Uuid> = people.into_iter().collect();
    for some in people.chunks(NAMES_AT_ONCE) {
        let mut sql = String::from("SELECT id, name FROM person WHERE id IN (");
        for place in 1..=some.len() {
            let _ = write!(sql, "{}${place}", if place == 1 { "" } else { ", " });
        }
        sql.push(')');
        let values: Vec<Value> = some.iter().map(|id| (*id).into()).collect();
        for row in reader.rows(&sql, values).await? {
            found.insert(row.get(0)?, row.get(1)?);
        }
    }
    Ok(found)
}

/// One person.
pub async fn person_row(reader: &Reader, person: Uuid) -> Outcome<Option<Named>> {
    person_in(reader, person).await
}

/// One person, read within a command too.
pub(crate) async fn person_in(sql: &impl Sql, person: Uuid) -> Outcome<Option<Named>> {
    let text = format!("SELECT {COLUMNS} FROM person WHERE id = $1");
    let row = sql.row(&text, vec![person.into()]).await?;
    row.as_ref().map(named).transpose()
}

/// The people of the desk with their names, from memory.
pub async fn operators(store: &Store) -> Outcome<Arc<Vec<Named>>> {
    store
        .kept("operators", || async {
            let sql = format!("SELECT {COLUMNS} FROM person WHERE is_staff = 1 ORDER BY name_key LIMIT 2000");
            store.read().rows(&sql, vec![]).await?.iter().map(named).collect()
        })
        .await
}

//! People who may be the same: by a contact that both have, or by a name that is nearly the same.
//!
//! Each question is a walk over one index. Nothing is merged by itself: somebody looks and says so.

use crate::Named;
use crate::name::{COLUMNS, keys, named};
use kernel::{Outcome, Uuid};
use serde::Serialize;
use std::fmt::Write as _;
use store::{Reader, Sql, Value, apart, folded, forgiven};
use utoipa::ToSchema;

/// People looked at for each question.
const LOOKED_AT: i64 = 12;
/// The prefixes under which the same Italian number is written.
const COUNTRY: [&str; 2] = ["+39", "0039"];

/// Why two may be the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Likeness {
    /// The same personal identification number.
    Pin,
    /// The same key in another system.
    ExternalId,
    /// The same e-mail address.
    Email,
    /// The same telephone, with or without the country.
    Phone,
    /// The same name, whichever part comes first.
    Name,
    /// A name that is a typing error away.
    SimilarName,
}

impl Likeness {
    /// The key of its words.
    pub const fn text_key(self) -> &'static str {
        match self {
            Self::Pin => "people-like-pin",
            Self::ExternalId => "people-like-external-id",
            Self::Email => "people-like-email",
            Self::Phone => "people-like-phone",
            Self::Name => "people-like-name",
            Self::SimilarName => "people-like-similar-name",
        }
    }

    const fn weight(self) -> i64 {
        match self {
            Self::Pin | Self::ExternalId => 8,
            Self::Email => 6,
            Self::Phone => 4,
            Self::Name => 3,
            Self::SimilarName => 1,
        }
    }
}

/// Somebody who may be the same person.
#[derive(Clone, Debug)]
pub struct Double {
    /// Who.
    pub person: Named,
    /// Why, the strongest reason first.
    pub likeness: Vec<Likeness>,
}

impl Double {
    fn weight(&self) -> i64 {
        self.likeness.iter().map(|one| one.weight()).sum()
    }
}

/// The people who may be the same as somebody, the likeliest first, at most `limit`.
pub async fn doubles_of(reader: &Reader, person: &Named, limit: usize) -> Outcome<Vec<Double>> {
    let mut doubles = Found {
        person: person.id,
        doubles: Vec::new(),
    };
    let identity = &person.identity;
    let same = [
        (Likeness::Pin, "pin", one(identity.pin.as_deref())),
        (
            Likeness::ExternalId,
            "external_id",
            one(identity.external_id.as_deref()),
        ),
        (Likeness::Email, "email", one(identity.email.as_deref())),
        (
            Likeness::Phone,
            "phone",
            identity.phone.as_deref().map(numbers).unwrap_or_default(),
        ),
    ];
    for (likeness, column, values) in same {
        doubles.add(likeness, having(reader, column, values).await?);
    }
    let called = called(identity);
    let (name, surname_first) = keys(&called);
    for column in ["name_key", "surname_key"] {
        let values = vec![name.clone(), surname_first.clone()];
        doubles.add(Likeness::Name, having(reader, column, values).await?);
    }
    doubles.add(Likeness::SimilarName, similar(reader, &called).await?);
    Ok(doubles.likeliest(limit))
}

/// Those found so far, each once.
struct Found {
    person: Uuid,
    doubles: Vec<Double>,
}

impl Found {
    fn add(&mut self, likeness: Likeness, people: Vec<Named>) {
        for person in people.into_iter().filter(|person| person.id != self.person) {
            match self.doubles.iter_mut().find(|double| double.person.id == person.id) {
                Some(double) if double.likeness.contains(&likeness) => {}
                // A name that is the same is similar too: that adds nothing.
                Some(double) if likeness == Likeness::SimilarName && double.likeness.contains(&Likeness::Name) => {}
                Some(double) => double.likeness.push(likeness),
                None => self.doubles.push(Double {
                    person,
                    likeness: vec![likeness],
                }),
            }
        }
    }

    fn likeliest(mut self, limit: usize) -> Vec<Double> {
        // Of equals those who are known come first: they are whom a guest turns out to be.
        self.doubles
            .sort_by_key(|double| (-double.weight(), double.person.guest, double.person.id));
        self.doubles.truncate(limit);
        self.doubles
    }
}

fn one(value: Option<&str>) -> Vec<String> {
    value.map(str::to_owned).into_iter().collect()
}

/// A number as it may have been written: with the country and without.
fn numbers(phone: &str) -> Vec<String> {
    let national = COUNTRY
        .iter()
        .find_map(|prefix| phone.strip_prefix(prefix))
        .unwrap_or(phone);
    let with_country = COUNTRY.iter().map(|prefix| format!("{prefix}{national}"));
    std::iter::once(national.to_owned()).chain(with_country).collect()
}

/// What somebody is called; a guest who is known by an address alone is called as the address says.
fn called(identity: &crate::Identity) -> String {
    match identity.name.split_once('@') {
        Some((local, _)) => local.replace(['.', '_', '-'], " "),
        None => identity.name.clone(),
    }
}

/// Those who have one of these values in a column that has an index.
async fn having(reader: &Reader, column: &'static str, values: Vec<String>) -> Outcome<Vec<Named>> {
    if values.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = format!("SELECT {COLUMNS} FROM person WHERE merged_into IS NULL AND {column} IN (");
    for place in 1..=values.len() {
        let _ = write!(sql, "{}${place}", if place == 1 { "" } else { ", " });
    }
    let _ = write!(sql, ") ORDER BY is_guest, id LIMIT ${}", values.len() + 1);
    let mut bound: Vec<Value> = values.into_iter().map(Value::from).collect();
    bound.push(LOOKED_AT.into());
    reader.rows(&sql, bound).await?.iter().map(named).collect()
}

/// Those whose surname and first name are typing errors away, whichever was written first.
async fn similar(reader: &Reader, called: &str) -> Outcome<Vec<Named>> {
    let words: Vec<&str> = called.split_whitespace().collect();
    let (Some(first), Some(last)) = (words.first(), words.last()) else {
        return Ok(Vec::new());
    };
    if words.len() < 2 {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for (surname, name) in [(last, first), (first, last)] {
        let near = crate::near_people(reader, surname, LOOKED_AT as usize * 4).await?;
        let alike = near
            .into_iter()
            .filter(|person| has_word_like(&person.identity.name, name));
        found.extend(alike);
    }
    Ok(found)
}

/// True when one of a name's words is this one, give or take a typing error.
fn has_word_like(name: &str, word: &str) -> bool {
    let word = folded(word);
    name.split_whitespace()
        .any(|other| apart(&folded(other), &word) <= forgiven(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_the_same_with_the_country_and_without() {
        for phone in ["0647610000", "+390647610000", "00390647610000"] {
            assert_eq!(
                numbers(phone),
                ["0647610000", "+390647610000", "00390647610000"],
                "{phone}"
            );
        }
    }

    #[test]
    fn a_guest_known_by_an_address_is_called_as_it_says() {
        for (name, expected) in [
            ("mario.rossi@ente.example", "mario rossi"),
            ("Mario Rossi", "Mario Rossi"),
        ] {
            let identity = crate::Identity {
                name: name.to_owned(),
                ..crate::Identity::default()
            };
            assert_eq!(called(&identity), expected);
        }
    }

    #[test]
    fn a_word_is_alike_give_or_take_an_error() {
        for (name, word, alike) in [
            ("Mario Rossi", "mario", true),
            ("Mario Rossi", "Mraio", true),
            ("Maria Rossi", "Lucia", false),
        ] {
            assert_eq!(has_word_like(name, word), alike, "{name} {word}");
        }
    }
}

//! The rows by which people are found, held against what the journal says of them: for verification.

use crate::name::{COLUMNS, keys, named};
use crate::person::is_of_desk;
use crate::{Identity, Named, Person};
use kernel::{Outcome, Uuid};
use store::span::Span;
use store::{Sql, Value};

/// A person's row, whole.
#[derive(Clone, Debug)]
pub struct PersonRow {
    named: Named,
    ordinal: i64,
    keys: (String, String),
}

impl PersonRow {
    /// Whose it is.
    pub fn id(&self) -> Uuid {
        self.named.id
    }

    /// True where the row is what was written with this state, this identity as the journal's text has it, and this place.
    pub fn is_as(&self, person: &Person, identity: &str, ordinal: i64) -> bool {
        let Ok(identity) = serde_json::from_str::<Identity>(identity) else {
            return false;
        };
        let named = &self.named;
        let marks = (named.guest, named.staff, named.category, named.merged_into)
            == (
                person.guest,
                is_of_desk(person),
                person.category,
                person.merged.as_ref().map(|merged| merged.into),
            );
        marks && self.ordinal == ordinal && self.keys == keys(&identity.name) && self.named.identity == identity
    }
}

/// The rows of the people of a span.
pub async fn people_between(sql: &impl Sql, span: Span) -> Outcome<Vec<PersonRow>> {
    let (condition, values): (_, Vec<Value>) = match span.after {
        Some(after) => ("id > $1 AND id <= $2", vec![after.into(), span.upto.into()]),
        None => ("id <= $1", vec![span.upto.into()]),
    };
    let text = format!("SELECT {COLUMNS}, ordinal, name_key, surname_key FROM person WHERE {condition} ORDER BY id");
    let rows = sql.rows(&text, values).await?;
    rows.iter()
        .map(|row| {
            Ok(PersonRow {
                named: named(row)?,
                ordinal: row.get(12)?,
                keys: (row.get(13)?, row.get(14)?),
            })
        })
        .collect()
}

/// True when there is a row of somebody the journal does not know.
pub async fn any_row_of_nobody(sql: &impl Sql) -> Outcome<bool> {
    let text = "SELECT 1 FROM person p LEFT JOIN record r ON r.id = p.id WHERE r.id IS NULL LIMIT 1";
    Ok(sql.row(text, vec![]).await?.is_some())
}

//! The category of a person: what somebody is to those who promise times. Agreements may be for some categories only.

use crate::{Act, Actor, Person, PersonEvent, PersonId};
use kernel::Outcome;
use serde::{Deserialize, Serialize};
use store::{Recorded, Sql, Tx};
use utoipa::ToSchema;

/// A category.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PersonCategory {
    /// Somebody for whom everything waits.
    Vip,
    /// Works here.
    Staff,
    /// Asks for themselves.
    Citizen,
    /// Asks for a company.
    Business,
}

impl PersonCategory {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::Vip, Self::Staff, Self::Citizen, Self::Business];

    /// Its name as programs write it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Vip => "vip",
            Self::Staff => "staff",
            Self::Citizen => "citizen",
            Self::Business => "business",
        }
    }

    /// The category of a name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|category| category.code() == code)
    }

    /// Its name in the texts.
    pub const fn text_key(self) -> &'static str {
        match self {
            Self::Vip => "people-category-vip",
            Self::Staff => "people-category-staff",
            Self::Citizen => "people-category-citizen",
            Self::Business => "people-category-business",
        }
    }
}

/// Says of which category somebody is, or that they are of none. Tickets keep the one that their requester had when they were
/// named.
///
/// # Errors
/// A refusal 403 for who does not manage people, 404 where there is no such person.
pub async fn set_category(tx: &Tx, actor: &Actor, person: PersonId, category: Option<PersonCategory>) -> Outcome<()> {
    actor.allow_any(Act::ManagePeople)?;
    let mut loaded = tx.load::<Person>(person.0).await?;
    if loaded.state.category == category {
        return Ok(());
    }
    let event = Recorded {
        event: PersonEvent::CategorySet { category },
        occurred_at: tx.now(),
    };
    tx.save(&mut loaded, &actor.author(), vec![event], &[]).await?;
    let code = category.map(|category| category.code().to_owned());
    let sql = "UPDATE person SET category = $2 WHERE id = $1";
    tx.run(sql, vec![person.0.into(), code.into()]).await.map(drop)
}

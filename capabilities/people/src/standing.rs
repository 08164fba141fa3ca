//! What an administrator changes about somebody: who they are, and which roles they hold.

use crate::name::person_in;
use crate::person::{change_identity, give_role, refuse_taken, take_role};
use crate::view::{PersonView, grants};
use crate::{Act, Actor, Identity, Person, PersonCategory, PersonId, Role, RoleGrant, set_category};
use i18n::Language;
use kernel::{Outcome, Refusal, Uuid};
use serde_json::{Value, json};
use store::{Lane, Store};
use web::IfMatch;

/// What is to be otherwise about who somebody is: what is left out stays, an empty text takes away.
#[derive(Clone, Debug, Default)]
pub struct IdentityChange {
    /// Name and surname.
    pub name: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// Personal identification number.
    pub pin: Option<String>,
    /// Key in another system.
    pub external_id: Option<String>,
    /// Office.
    pub office: Option<String>,
    /// The language to write in.
    pub language: Option<Language>,
    /// What they are to those who promise times, or that they are nothing of that.
    pub category: Option<Option<PersonCategory>>,
}

impl IdentityChange {
    /// The identity as it is to be; a name that is taken away is refused when it is checked.
    fn of(self, before: Identity) -> Identity {
        let text = |asked: Option<String>, before: Option<String>| match asked {
            Some(text) => Some(text).filter(|text| !text.trim().is_empty()),
            None => before,
        };
        Identity {
            name: self.name.unwrap_or(before.name),
            email: text(self.email, before.email),
            phone: text(self.phone, before.phone),
            pin: text(self.pin, before.pin),
            external_id: text(self.external_id, before.external_id),
            office: text(self.office, before.office),
            language: self.language.or(before.language),
        }
    }
}

/// Corrects who somebody is.
///
/// # Errors
/// A refusal 403, 404, 412 when it is not the version that was meant, 422 that names the field.
pub async fn correct_person(
    store: &Store,
    actor: &Actor,
    person: Uuid,
    change: IdentityChange,
    if_match: IfMatch,
) -> Outcome<()> {
    actor.allow_any(Act::ManagePeople)?;
    let actor = actor.clone();
    let saved = store.write(Lane::People, move |tx| {
        Box::pin(async move {
            let loaded = tx.load::<Person>(person).await?;
            let named = person_in(tx, person).await?.ok_or_else(Refusal::not_found)?;
            if_match.check(loaded.version, || json!(PersonView::from(named.clone())))?;
            let category = change.category.unwrap_or(named.category);
            let identity = change.of(named.identity);
            refuse_taken(tx, identity.email.as_deref(), Some(person)).await?;
            change_identity(tx, &actor, PersonId(person), identity).await?;
            if category == named.category {
                return Ok(());
            }
            set_category(tx, &actor, PersonId(person), category).await
        })
    });
    saved.await?;
    known_anew(store);
    Ok(())
}

/// Whether a role is given or taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoleChange {
    /// From now on they hold it.
    Given,
    /// They hold it no more.
    Taken,
}

/// Gives somebody a role, or takes it back; what is so already stays so, and nothing is written.
///
/// # Errors
/// A refusal 403, 404, 412 when it is not the version that was meant, 422 that names `role`: nobody takes the
/// administrator's role from themselves.
pub async fn change_role(
    store: &Store,
    actor: &Actor,
    person: Uuid,
    (grant, change): (RoleGrant, RoleChange),
    if_match: IfMatch,
) -> Outcome<()> {
    actor.allow_any(Act::ManagePeople)?;
    let given = change == RoleChange::Given;
    if !given && grant.role == Role::Administrator && person == actor.person {
        return Err(Refusal::field("role", "people-field-own-role").into());
    }
    let author = actor.author();
    let changed = store.write(Lane::People, move |tx| {
        Box::pin(async move {
            let loaded = tx.load::<Person>(person).await?;
            if_match.check(loaded.version, || roles_now(&loaded.state))?;
            match (loaded.state.roles.contains(&grant), given) {
                (false, true) => give_role(tx, &author, PersonId(person), grant).await,
                (true, false) => take_role(tx, &author, PersonId(person), grant).await,
                _ => Ok(()),
            }
        })
    });
    changed.await?;
    known_anew(store);
    Ok(())
}

fn roles_now(person: &Person) -> Value {
    json!({"items": grants(person), "next": null})
}

/// What this node remembers of people is read again, and other nodes are told.
pub(crate) fn known_anew(store: &Store) {
    store.note_listed_change();
    crate::forget_cached();
}

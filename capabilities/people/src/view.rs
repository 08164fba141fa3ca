//! A person and their roles as the API tells them.

use crate::{Identity, Named, Person, PersonCategory, Role, RoleGrant};
use i18n::Language;
use kernel::Uuid;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A person.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct PersonView {
    /// Identity.
    id: Uuid,
    /// Name and surname, or what a guest is called.
    name: String,
    /// E-mail address.
    email: Option<String>,
    /// Telephone.
    phone: Option<String>,
    /// Personal identification number.
    pin: Option<String>,
    /// Key in another system.
    external_id: Option<String>,
    /// Office.
    office: Option<String>,
    /// The language to write in.
    #[schema(value_type = Option<String>)]
    language: Option<Language>,
    /// True for somebody known only by what they told us.
    guest: bool,
    /// True for people of the desk.
    staff: bool,
    /// What they are to those who promise times.
    category: Option<PersonCategory>,
    /// Who they turned out to be; nothing while they stand for themselves.
    merged_into: Option<Uuid>,
}

impl From<Named> for PersonView {
    fn from(named: Named) -> Self {
        let Identity {
            name,
            email,
            phone,
            pin,
            external_id,
            office,
            language,
        } = named.identity;
        Self {
            id: named.id,
            name,
            email,
            phone,
            pin,
            external_id,
            office,
            language,
            guest: named.guest,
            staff: named.staff,
            category: named.category,
            merged_into: named.merged_into,
        }
    }
}

/// A role given to somebody.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct GrantView {
    /// The role.
    role: Role,
    /// Where; nothing means in all areas.
    area: Option<Uuid>,
}

impl From<&RoleGrant> for GrantView {
    fn from(grant: &RoleGrant) -> Self {
        Self {
            role: grant.role,
            area: grant.area,
        }
    }
}

/// The roles of a person.
pub(crate) fn grants(person: &Person) -> Vec<GrantView> {
    person.roles.iter().map(GrantView::from).collect()
}

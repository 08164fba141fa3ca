//! What a registry may say of somebody, and when two ways of writing it are the same.

use people::Identity;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use store::folded;
use utoipa::ToSchema;

/// What a registry may say of somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RegistryField {
    /// Name and surname.
    Name,
    /// E-mail address.
    Email,
    /// Telephone.
    Phone,
    /// Personal identification number.
    Pin,
    /// Key in the registry.
    ExternalId,
    /// Office.
    Office,
    /// What they are entitled to.
    Entitlements,
}

impl RegistryField {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 7] = [
        Self::Name,
        Self::Email,
        Self::Phone,
        Self::Pin,
        Self::ExternalId,
        Self::Office,
        Self::Entitlements,
    ];
    /// Those by which somebody is found, the surest first.
    pub const KEYS: [Self; 4] = [Self::ExternalId, Self::Pin, Self::Email, Self::Phone];

    /// Its name as programs write it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Pin => "pin",
            Self::ExternalId => "external_id",
            Self::Office => "office",
            Self::Entitlements => "entitlements",
        }
    }

    /// The field of a name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.code() == code)
    }

    /// Its name in the texts.
    pub const fn text_key(self) -> &'static str {
        match self {
            Self::Name => "registry-field-name",
            Self::Email => "registry-field-email",
            Self::Phone => "registry-field-phone",
            Self::Pin => "registry-field-pin",
            Self::ExternalId => "registry-field-external-id",
            Self::Office => "registry-field-office",
            Self::Entitlements => "registry-field-entitlements",
        }
    }

    /// What we know of somebody; nothing of entitlements, which only registries have.
    pub fn of(self, identity: &Identity) -> Option<&str> {
        match self {
            Self::Name => Some(identity.name.as_str()),
            Self::Email => identity.email.as_deref(),
            Self::Phone => identity.phone.as_deref(),
            Self::Pin => identity.pin.as_deref(),
            Self::ExternalId => identity.external_id.as_deref(),
            Self::Office => identity.office.as_deref(),
            Self::Entitlements => None,
        }
        .filter(|text| !text.trim().is_empty())
    }

    /// The form in which two writings of the same are equal.
    pub fn plain(self, text: &str) -> String {
        match self {
            Self::Name => {
                // Whichever part comes first.
                let folded = folded(text);
                let words: BTreeSet<&str> = folded.split_whitespace().collect();
                words.into_iter().collect::<Vec<_>>().join(" ")
            }
            Self::Phone => {
                let digits: String = text.chars().filter(char::is_ascii_digit).collect();
                let country = text.trim_start().starts_with('+');
                let national = digits.strip_prefix("0039");
                let national = national.or_else(|| digits.strip_prefix("39").filter(|_| country));
                national.unwrap_or(&digits).to_owned()
            }
            Self::Email | Self::Pin | Self::ExternalId | Self::Office | Self::Entitlements => {
                let lowered = text.to_lowercase();
                lowered.split_whitespace().collect::<Vec<_>>().join(" ")
            }
        }
    }
}

/// What a registry says of somebody: only what its mapping asks for.
pub type Entry = BTreeMap<RegistryField, String>;

/// The fields that both know and write differently (SD-042). What only one of them knows is no discrepancy.
pub fn discrepancies(identity: &Identity, entry: &Entry) -> Vec<RegistryField> {
    let differs = |field: &RegistryField| match (field.of(identity), entry.get(field)) {
        (Some(ours), Some(theirs)) => field.plain(ours) != field.plain(theirs),
        _ => false,
    };
    RegistryField::ALL.into_iter().filter(differs).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_writings_of_the_same_are_no_discrepancy() {
        for (field, ours, theirs, same) in [
            (RegistryField::Name, "Mario Rossi", "ROSSI  Mario", true),
            (RegistryField::Name, "Mario Rossi", "Mario Bianchi", false),
            (RegistryField::Phone, "0612", "+39 06 12", true),
            (RegistryField::Phone, "0612", "003906-12", true),
            (RegistryField::Phone, "0612", "0613", false),
            (RegistryField::Email, "a@b.example", "A@B.example", true),
            (RegistryField::Office, "Stanza  12", "stanza 12", true),
            (RegistryField::Pin, "12", "13", false),
        ] {
            assert_eq!(field.plain(ours) == field.plain(theirs), same, "{ours} {theirs}");
        }
    }

    #[test]
    fn sd_042_only_what_both_know_can_be_discrepant() {
        let identity = Identity {
            name: "Mario Rossi".to_owned(),
            phone: Some("0612".to_owned()),
            ..Identity::default()
        };
        let entry = |fields: &[(RegistryField, &str)]| -> Entry {
            fields
                .iter()
                .map(|(field, text)| (*field, (*text).to_owned()))
                .collect()
        };
        for (theirs, expected) in [
            (entry(&[]), vec![]),
            (entry(&[(RegistryField::Office, "12")]), vec![]),
            (entry(&[(RegistryField::Entitlements, "vpn")]), vec![]),
            (
                entry(&[(RegistryField::Phone, "0613"), (RegistryField::Name, "Rossi Mario")]),
                vec![RegistryField::Phone],
            ),
        ] {
            assert_eq!(discrepancies(&identity, &theirs), expected);
        }
    }
}

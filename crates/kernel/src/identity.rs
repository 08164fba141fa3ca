//! Identities: UUIDv7 newtypes, and who did something.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The identity of nobody and nothing.
pub const NIL: Uuid = Uuid::nil();

/// Declares an identity of its own type, so that a group is never taken for a person.
#[macro_export]
macro_rules! identity {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub $crate::Uuid);

        impl $name {
            /// A new identity that sorts by the time it was made.
            pub fn fresh() -> Self {
                Self($crate::Uuid::now_v7())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(out)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    };
}

/// Who caused an event: a person through a door, or the service itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Author {
    /// The person, when there is one.
    pub person: Option<Uuid>,
    /// The door: `console`, `portal`, `api`, `cli`, `import`, `system`.
    pub via: String,
}

impl Author {
    /// A person acting through a door.
    pub fn person(person: Uuid, via: &str) -> Self {
        Self {
            person: Some(person),
            via: via.to_owned(),
        }
    }

    /// The service itself.
    pub fn system(via: &str) -> Self {
        Self {
            person: None,
            via: via.to_owned(),
        }
    }
}

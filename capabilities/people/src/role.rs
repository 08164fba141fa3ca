//! Roles: what somebody is to the desk.

use kernel::Uuid;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A role; it is given to a person, for one area or for all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Asks.
    Requester,
    /// Answers at the first level.
    Operator,
    /// Solves at the second level.
    SecondLevel,
    /// Watches critical tickets.
    ControlManager,
    /// Leads incidents.
    IncidentManager,
    /// Leads a group and plans its shifts.
    TeamLead,
    /// Answers for a service.
    ServiceManager,
    /// Sets things up.
    Administrator,
    /// Reads everything and changes nothing.
    Auditor,
    /// Protects personal data.
    Dpo,
}

impl Role {
    /// All roles, in the order in which they are shown.
    pub const ALL: [Role; 10] = [
        Role::Requester,
        Role::Operator,
        Role::SecondLevel,
        Role::ControlManager,
        Role::IncidentManager,
        Role::TeamLead,
        Role::ServiceManager,
        Role::Administrator,
        Role::Auditor,
        Role::Dpo,
    ];

    /// Its name as programs write it.
    pub const fn code(self) -> &'static str {
        match self {
            Role::Requester => "requester",
            Role::Operator => "operator",
            Role::SecondLevel => "second_level",
            Role::ControlManager => "control_manager",
            Role::IncidentManager => "incident_manager",
            Role::TeamLead => "team_lead",
            Role::ServiceManager => "service_manager",
            Role::Administrator => "administrator",
            Role::Auditor => "auditor",
            Role::Dpo => "dpo",
        }
    }

    /// The role of a name.
    pub fn from_code(code: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.code() == code)
    }
}

/// A role given to somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RoleGrant {
    /// The role.
    pub role: Role,
    /// Where; nothing means in all areas.
    pub area: Option<Uuid>,
}

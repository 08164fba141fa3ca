//! Act × role × reach: the one table of what anybody may do.

use crate::Role;
use kernel::Uuid;

/// What can be done. Commands check it, lists are cut to it, pages show only what it allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Act {
    /// Open a ticket.
    Create,
    /// See a ticket and its public conversation.
    View,
    /// Read internal notes.
    ViewInternal,
    /// Take in charge, hand over, assign to a group or person.
    Assign,
    /// Identify, register, diagnose, classify, reroute, link.
    Handle,
    /// Write to the requester.
    Reply,
    /// Write an internal note.
    Note,
    /// Give a solution or close technically.
    Solve,
    /// Say whether the solution is good.
    Confirm,
    /// Close, record contact attempts.
    Close,
    /// Decide how a ticket under control goes on (SD-108).
    Decide,
    /// Open a closed ticket again.
    Reopen,
    /// Cancel or merge.
    Cancel,
    /// See people and their contacts.
    ViewPeople,
    /// Say that a guest is somebody known, and that this was an error.
    MergePeople,
    /// Add and change people, give roles.
    ManagePeople,
    /// Groups, areas, categories, parameters.
    Configure,
    /// Write and mend guides.
    WriteGuides,
    /// Publish guides, change published ones, withdraw them.
    PublishGuides,
    /// Tell of an outage, and that it is over.
    TellOutages,
    /// The queue of jobs.
    ManageJobs,
    /// Read the journal as a whole.
    ReadJournal,
    /// Erase a person.
    Erase,
}

impl Act {
    /// All acts.
    pub const ALL: [Act; 23] = [
        Act::Create,
        Act::View,
        Act::ViewInternal,
        Act::Assign,
        Act::Handle,
        Act::Reply,
        Act::Note,
        Act::Solve,
        Act::Confirm,
        Act::Close,
        Act::Decide,
        Act::Reopen,
        Act::Cancel,
        Act::ViewPeople,
        Act::MergePeople,
        Act::ManagePeople,
        Act::Configure,
        Act::WriteGuides,
        Act::PublishGuides,
        Act::TellOutages,
        Act::ManageJobs,
        Act::ReadJournal,
        Act::Erase,
    ];

    /// True for acts that only look at a record.
    pub const fn is_reading(self) -> bool {
        matches!(self, Act::View | Act::ViewInternal)
    }
}

/// How far an act reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reach {
    /// Not at all.
    Nothing,
    /// What the person asked for.
    Own,
    /// What lies with the person or the person's groups.
    Group,
    /// Everything in the area the role was given for.
    Area,
    /// Everything.
    All,
}

/// How far a role reaches with an act.
pub const fn reach(role: Role, act: Act) -> Reach {
    use Act::{
        Assign, Cancel, Close, Configure, Confirm, Create, Decide, Erase, Handle, ManageJobs, ManagePeople,
        MergePeople, Note, PublishGuides, ReadJournal, Reopen, Reply, Solve, TellOutages, View, ViewInternal,
        ViewPeople, WriteGuides,
    };
    match role {
        Role::Requester => match act {
            Create | View | Reply | Confirm | Reopen => Reach::Own,
            _ => Reach::Nothing,
        },
        Role::Operator => match act {
            Create | View | ViewInternal | Assign | Handle | Reply | Note | Solve | Confirm | Close | Reopen
            | Cancel | ViewPeople | MergePeople | WriteGuides | TellOutages => Reach::Area,
            _ => Reach::Nothing,
        },
        Role::SecondLevel => match act {
            View | ViewInternal | Assign | Handle | Reply | Note | Solve => Reach::Group,
            ViewPeople | WriteGuides => Reach::Area,
            _ => Reach::Nothing,
        },
        Role::ControlManager | Role::IncidentManager => match act {
            ManagePeople | Configure | ManageJobs | ReadJournal | Erase => Reach::Nothing,
            _ => Reach::Area,
        },
        // Whoever leads a group decides in the control manager's stead (SD-108).
        Role::TeamLead => match act {
            Create | View | ViewInternal | Assign | Handle | Reply | Note | Solve | Confirm | Close | Decide
            | Reopen | Cancel | ViewPeople | MergePeople | WriteGuides | PublishGuides | TellOutages => Reach::Area,
            _ => Reach::Nothing,
        },
        Role::ServiceManager => match act {
            View | ViewInternal | Note | Close | Decide | Reopen | ViewPeople | Configure | WriteGuides
            | PublishGuides | TellOutages => Reach::Area,
            ReadJournal => Reach::All,
            _ => Reach::Nothing,
        },
        Role::Administrator => match act {
            Erase => Reach::Nothing,
            _ => Reach::All,
        },
        Role::Auditor => match act {
            View | ViewInternal | ViewPeople | ReadJournal => Reach::All,
            _ => Reach::Nothing,
        },
        Role::Dpo => match act {
            View | ViewInternal | ViewPeople | ReadJournal | Erase => Reach::All,
            _ => Reach::Nothing,
        },
    }
}

/// How far a person reaches with an act: the branches of a list, and the test for one record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// Everything.
    pub all: bool,
    /// These areas.
    pub areas: Vec<Uuid>,
    /// What lies with these groups, or with the person.
    pub groups: Option<Vec<Uuid>>,
    /// What the person asked for.
    pub own: bool,
}

impl Scope {
    /// True when nothing is within reach.
    pub fn is_nothing(&self) -> bool {
        !self.all && self.areas.is_empty() && self.groups.is_none() && !self.own
    }
}

//! Groups: who answers for a ticket.

use crate::Practice;
use configuration::{Standing, checked_name, record, refuse_taken, renamed, same_menus, same_name};
use kernel::{Author, Instant, NIL, Outcome, Refusal, Uuid, identity};
use serde::{Deserialize, Serialize};
use store::{Aggregate, Loaded, Sql, Tx};
use utoipa::ToSchema;

identity!(
    /// A group of competence.
    GroupId
);

/// What a group is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum GroupKind {
    /// Telephone counter.
    #[default]
    FrontEnd,
    /// Mail, web and fax counter.
    BackOffice,
    /// First-level back office.
    BackOfficeL1,
    /// Second level.
    SecondLevel,
    /// Third level.
    ThirdLevel,
    /// A supplier outside.
    Supplier,
}

impl GroupKind {
    /// All kinds.
    pub const ALL: [GroupKind; 6] = [
        GroupKind::FrontEnd,
        GroupKind::BackOffice,
        GroupKind::BackOfficeL1,
        GroupKind::SecondLevel,
        GroupKind::ThirdLevel,
        GroupKind::Supplier,
    ];

    /// Its name as programs write it.
    pub const fn code(self) -> &'static str {
        match self {
            GroupKind::FrontEnd => "front_end",
            GroupKind::BackOffice => "back_office",
            GroupKind::BackOfficeL1 => "back_office_l1",
            GroupKind::SecondLevel => "second_level",
            GroupKind::ThirdLevel => "third_level",
            GroupKind::Supplier => "supplier",
        }
    }

    /// The kind of a name.
    pub fn from_code(code: &str) -> Option<GroupKind> {
        GroupKind::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// True for the groups of the desk itself.
    pub const fn is_first_level(self) -> bool {
        matches!(
            self,
            GroupKind::FrontEnd | GroupKind::BackOffice | GroupKind::BackOfficeL1
        )
    }
}

/// A group as its events say.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Group {
    /// Name as people read it.
    pub name: String,
    /// What it is for.
    pub kind: GroupKind,
    /// The area it answers for; nothing for several.
    pub area: Option<Uuid>,
    /// Its people.
    pub members: Vec<Uuid>,
    /// True once it is given no more tickets.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub closed: bool,
    /// How it works.
    #[serde(default)]
    pub practice: Practice,
}

/// What can happen to a group.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum GroupEvent {
    /// It was made.
    GroupCreated {
        /// Name.
        name: String,
        /// What it is for.
        kind: GroupKind,
        /// Area.
        area: Option<Uuid>,
    },
    /// It is called otherwise from now on.
    GroupRenamed {
        /// Name.
        name: String,
    },
    /// It is given no more tickets.
    GroupClosed,
    /// It may be given tickets again.
    GroupReopened,
    /// Its people were set.
    MembersSet {
        /// All of them.
        members: Vec<Uuid>,
    },
    /// It works otherwise from now on.
    PracticeSet {
        /// How.
        practice: Practice,
    },
}

impl Aggregate for Group {
    const KIND: &'static str = "group";
    const LISTED: bool = true;
    type Event = GroupEvent;

    fn name(event: &GroupEvent) -> &'static str {
        match event {
            GroupEvent::GroupCreated { .. } => "group.created",
            GroupEvent::GroupRenamed { .. } => "group.renamed",
            GroupEvent::GroupClosed => "group.closed",
            GroupEvent::GroupReopened => "group.reopened",
            GroupEvent::MembersSet { .. } => "group.members_set",
            GroupEvent::PracticeSet { .. } => "group.practice_set",
        }
    }

    fn apply(&mut self, event: &GroupEvent, _at: Instant, _author: &Author) {
        match event {
            GroupEvent::GroupCreated { name, kind, area } => {
                *self = Self {
                    name: name.clone(),
                    kind: *kind,
                    area: *area,
                    ..Self::default()
                };
            }
            GroupEvent::GroupRenamed { name } => self.name.clone_from(name),
            GroupEvent::GroupClosed => self.closed = true,
            GroupEvent::GroupReopened => self.closed = false,
            GroupEvent::MembersSet { members } => self.members.clone_from(members),
            GroupEvent::PracticeSet { practice } => self.practice.clone_from(practice),
        }
    }
}

impl Group {
    /// The group that owns an area's new tickets where no rule says otherwise: its front end, else any desk group of it
    /// (SD-018).
    pub fn default_of(all: &[Loaded<Group>], area: Uuid) -> Option<Uuid> {
        let mut own = all
            .iter()
            .filter(|group| group.state.area == Some(area) && group.state.kind.is_first_level() && !group.state.closed);
        own.clone()
            .find(|group| group.state.kind == GroupKind::FrontEnd)
            .or_else(|| own.next())
            .map(|group| group.id)
    }

    /// A group as somebody names it: by identity or name, one in use before one that is closed.
    pub fn named<'a>(all: &'a [Loaded<Group>], name: &str) -> Option<&'a Loaded<Group>> {
        let is_meant = |group: &&Loaded<Group>| group.id.to_string() == name || same_name(&group.state.name, name);
        let mut meant = all.iter().filter(is_meant);
        meant.clone().find(|group| !group.state.closed).or_else(|| meant.next())
    }
}

/// Makes a group.
///
/// # Errors
/// A refusal when the name is missing, too long or taken.
pub async fn create_group(
    tx: &Tx,
    author: &Author,
    name: &str,
    kind: GroupKind,
    area: Option<Uuid>,
) -> Outcome<GroupId> {
    let name = checked_name(name)?;
    refuse_namesake(tx, NIL, &name, area).await?;
    let id = GroupId::fresh();
    let mut group = tx.fresh::<Group>(id.0);
    record(
        tx,
        author,
        &mut group,
        vec![GroupEvent::GroupCreated { name, kind, area }],
    )
    .await?;
    Ok(id)
}

/// Two groups in the same menus have different names, closed ones included: the history keeps them.
async fn refuse_namesake(tx: &Tx, but: Uuid, name: &str, area: Option<Uuid>) -> Outcome<()> {
    let is_same = |other: &Group| same_menus(other.area, area) && same_name(&other.name, name);
    refuse_taken(tx, but, "name", is_same).await
}

/// What is to be otherwise about a group; what is left out stays.
#[derive(Clone, Debug, Default)]
pub struct GroupChange {
    /// Name.
    pub name: Option<String>,
    /// Whether it may be given tickets.
    pub active: Option<bool>,
}

/// Renames a group, closes it or opens it again. Whether it may be closed is for those to say who know its tickets.
///
/// # Errors
/// A refusal when the name is missing, too long or taken.
pub async fn change_group(tx: &Tx, author: &Author, group: &mut Loaded<Group>, change: GroupChange) -> Outcome<()> {
    let mut events = Vec::new();
    if let Some(name) = renamed(&group.state.name, change.name.as_deref())? {
        refuse_namesake(tx, group.id, &name, group.state.area).await?;
        events.push(GroupEvent::GroupRenamed { name });
    }
    events.extend(
        Standing::changed(!group.state.closed, change.active).map(|standing| match standing {
            Standing::Closed => GroupEvent::GroupClosed,
            Standing::Reopened => GroupEvent::GroupReopened,
        }),
    );
    record(tx, author, group, events).await
}

/// What is to be otherwise about who belongs to a group.
#[derive(Clone, Debug)]
pub enum Membership {
    /// These and nobody else.
    Set(Vec<Uuid>),
    /// This person too.
    With(Uuid),
    /// This person no more.
    Without(Uuid),
}

/// Changes who belongs to a group: people of the desk, each once.
///
/// # Errors
/// A refusal that names `members` when somebody is not of the desk.
pub async fn change_members(tx: &Tx, author: &Author, group: &mut Loaded<Group>, change: Membership) -> Outcome<()> {
    let mut members = match change {
        Membership::Set(members) => members,
        Membership::With(person) => group.state.members.iter().copied().chain([person]).collect(),
        Membership::Without(person) => {
            let others = group.state.members.iter().copied();
            others.filter(|member| *member != person).collect()
        }
    };
    let mut seen = std::collections::HashSet::new();
    members.retain(|member| seen.insert(*member));
    for person in members.iter().filter(|person| !group.state.members.contains(person)) {
        let sql = "SELECT 1 FROM person WHERE id = $1 AND is_staff = 1";
        let found = tx.row(sql, vec![(*person).into()]).await?;
        found.ok_or_else(|| Refusal::field("members", "field-not-found"))?;
    }
    write_members(tx, author, group, members).await
}

/// Sets who belongs to a group, as whoever sets up an installation knows them.
pub async fn set_members(tx: &Tx, author: &Author, group: GroupId, members: Vec<Uuid>) -> Outcome<()> {
    let mut loaded = tx.load::<Group>(group.0).await?;
    write_members(tx, author, &mut loaded, members).await
}

async fn write_members(tx: &Tx, author: &Author, group: &mut Loaded<Group>, members: Vec<Uuid>) -> Outcome<()> {
    if group.state.members == members {
        return Ok(());
    }
    record(tx, author, group, vec![GroupEvent::MembersSet { members }]).await
}

/// Sets how a group works, as whoever has looked at it knows that it can.
pub async fn write_practice(tx: &Tx, author: &Author, group: &mut Loaded<Group>, practice: Practice) -> Outcome<()> {
    if group.state.practice == practice {
        return Ok(());
    }
    record(tx, author, group, vec![GroupEvent::PracticeSet { practice }]).await
}

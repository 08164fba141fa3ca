//! Groups: who answers for a ticket.

use kernel::{Author, Checks, Instant, Limit, Outcome, Uuid, identity};
use serde::{Deserialize, Serialize};
use store::{Aggregate, Loaded, Recorded, Tx};
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
        }
    }
}

impl Group {
    /// A group as somebody names it: by identity or name, one in use before one that is closed.
    pub fn named<'a>(all: &'a [Loaded<Group>], name: &str) -> Option<&'a Loaded<Group>> {
        let is_meant =
            |group: &&Loaded<Group>| group.id.to_string() == name || group.state.name.eq_ignore_ascii_case(name);
        let mut meant = all.iter().filter(is_meant);
        meant.clone().find(|group| !group.state.closed).or_else(|| meant.next())
    }
}

/// Makes a group.
///
/// # Errors
/// A refusal when the name is missing or too long.
pub async fn create_group(
    tx: &Tx,
    author: &Author,
    name: &str,
    kind: GroupKind,
    area: Option<Uuid>,
) -> Outcome<GroupId> {
    let mut checks = Checks::new();
    let name = checks.required("name", Some(name), Limit::line(120));
    checks.done()?;
    let id = GroupId::fresh();
    let mut group = tx.fresh::<Group>(id.0);
    let event = GroupEvent::GroupCreated { name, kind, area };
    tx.save(
        &mut group,
        author,
        vec![Recorded {
            event,
            occurred_at: tx.now(),
        }],
        &[],
    )
    .await?;
    Ok(id)
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
/// A refusal when the name is missing or too long.
pub async fn change_group(tx: &Tx, author: &Author, group: &mut Loaded<Group>, change: GroupChange) -> Outcome<()> {
    let mut events = Vec::new();
    if let Some(name) = change.name {
        let mut checks = Checks::new();
        let name = checks.required("name", Some(&name), Limit::line(120));
        checks.done()?;
        if name != group.state.name {
            events.push(GroupEvent::GroupRenamed { name });
        }
    }
    match change.active {
        Some(true) if group.state.closed => events.push(GroupEvent::GroupReopened),
        Some(false) if !group.state.closed => events.push(GroupEvent::GroupClosed),
        _ => {}
    }
    if events.is_empty() {
        return Ok(());
    }
    let now = |event| Recorded {
        event,
        occurred_at: tx.now(),
    };
    tx.save(group, author, events.into_iter().map(now).collect(), &[])
        .await
        .map(drop)
}

/// Sets who belongs to a group.
pub async fn set_members(tx: &Tx, author: &Author, group: GroupId, members: Vec<Uuid>) -> Outcome<()> {
    let mut loaded = tx.load::<Group>(group.0).await?;
    if loaded.state.members == members {
        return Ok(());
    }
    let event = GroupEvent::MembersSet { members };
    tx.save(
        &mut loaded,
        author,
        vec![Recorded {
            event,
            occurred_at: tx.now(),
        }],
        &[],
    )
    .await
    .map(drop)
}

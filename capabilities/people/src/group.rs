//! Groups: who answers for a ticket.

use kernel::{Author, Checks, Instant, Limit, Outcome, Uuid, identity};
use serde::{Deserialize, Serialize};
use store::{Aggregate, Recorded, Tx};
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
                    members: Vec::new(),
                };
            }
            GroupEvent::MembersSet { members } => self.members.clone_from(members),
        }
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

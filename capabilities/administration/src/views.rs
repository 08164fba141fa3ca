//! Areas, groups and categories as programs are told of them.

use crate::commands::Kept;
use catalogue::Category;
use configuration::Area;
use kernel::Uuid;
use people::{Group, GroupKind};
use serde::Serialize;
use utoipa::ToSchema;

/// A service area.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AreaView {
    /// Identity.
    pub id: Uuid,
    /// Short stable name for programs.
    pub code: String,
    /// Name as people read it.
    pub name: String,
    /// False once it takes no new tickets.
    pub active: bool,
    /// Within how many days a closed ticket is reopened.
    pub reopen_days: i64,
}

/// A group of competence.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct GroupView {
    /// Identity.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// What it is for.
    pub kind: GroupKind,
    /// The area it answers for; nothing for several.
    pub area: Option<Uuid>,
    /// False once it is given no more tickets.
    pub active: bool,
    /// Its people.
    pub members: Vec<Uuid>,
}

/// A category of tickets.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CategoryView {
    /// Identity.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// The service it belongs to; empty where none.
    pub service: String,
    /// Service and category as one line.
    pub full_name: String,
    /// The area; nothing for a category of all.
    pub area: Option<Uuid>,
    /// False once it is offered no more.
    pub active: bool,
}

impl AreaView {
    /// An area as programs see it.
    pub fn of(area: &Kept<Area>) -> Self {
        Self {
            id: area.id,
            code: area.state.code.clone(),
            name: area.state.name.clone(),
            active: area.state.active,
            reopen_days: area.state.parameters.reopen_days,
        }
    }
}

impl GroupView {
    /// A group as programs see it; who belongs to it is told to people of the desk.
    pub fn of(group: &Kept<Group>, with_members: bool) -> Self {
        let members = if with_members {
            group.state.members.clone()
        } else {
            Vec::new()
        };
        Self {
            id: group.id,
            name: group.state.name.clone(),
            kind: group.state.kind,
            area: group.state.area,
            active: !group.state.closed,
            members,
        }
    }
}

impl CategoryView {
    /// A category as programs see it.
    pub fn of(category: &Kept<Category>) -> Self {
        Self {
            id: category.id,
            name: category.state.name.clone(),
            service: category.state.service.clone(),
            full_name: category.state.full_name(),
            area: category.state.area,
            active: !category.state.closed,
        }
    }
}

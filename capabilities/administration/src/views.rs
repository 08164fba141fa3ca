//! Areas, groups and categories as programs are told of them.

use crate::api::{ClosureBody, OpeningBody, TargetBody};
use crate::commands::Kept;
use calendar::{Closure, Opening, hours_text};
use catalogue::{Category, Offering, OfferingIcon};
use configuration::{Accessibility, AllowedTypes, Area, Gates, LinkPolicy, Matrix, Parameters};
use kernel::Uuid;
use people::{Group, GroupKind};
use serde::{Deserialize, Serialize};
use service_level::{Agreement, ServiceCalendar, Target};
use utoipa::ToSchema;

/// What the service says about accessibility.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AccessibilityView {
    /// Address of the declaration that the law asks for; empty where there is none.
    pub declaration: String,
    /// E-mail address for whoever met a barrier; empty where there is none.
    pub contact: String,
}

impl AccessibilityView {
    /// As it is shown.
    pub fn of(accessibility: &Accessibility) -> Self {
        let Accessibility { declaration, contact } = accessibility.clone();
        Self { declaration, contact }
    }
}

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

/// What an area decides.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ParametersView {
    /// Priority 1–5 by impact (rows, 1–3) and urgency (columns, 1–3).
    #[schema(value_type = Vec<Vec<i64>>)]
    pub matrix: Matrix,
    /// Which facts must have been recorded before an act.
    pub gates: GatesView,
    /// Within how many days a closed ticket is reopened.
    pub reopen_days: i64,
    /// Reroutes before a ticket goes under control.
    pub reroute_max: i64,
    /// Reclassifications before a ticket goes under control.
    pub reclass_max: i64,
    /// Calls before the closing message.
    pub contact_attempts_max: i64,
    /// Hours between two calls.
    pub contact_gap_hours: i64,
    /// True where requesters are told *tu*, false for *lei*.
    pub informal: bool,
    /// Days for which a requester who was told of a discrepancy is not told again.
    pub discrepancy_again_days: i64,
    /// What requesters are told of a discrepancy; empty for the house's own words.
    pub discrepancy_text: String,
    /// What guests and discrepant people may ask for.
    pub allowed_types: AllowedTypesView,
    /// Whether a parent is proposed for what was reported already.
    pub parent_link_policy: LinkPolicyView,
}

/// Whether a parent is proposed for what was reported already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LinkPolicyView {
    /// The desk is asked.
    Ask,
    /// What stands out clearly is hung on its parent by itself.
    Automatic,
    /// No parent is proposed.
    Never,
}

impl From<LinkPolicyView> for LinkPolicy {
    fn from(policy: LinkPolicyView) -> Self {
        match policy {
            LinkPolicyView::Ask => Self::Ask,
            LinkPolicyView::Automatic => Self::Automatic,
            LinkPolicyView::Never => Self::Never,
        }
    }
}

impl From<LinkPolicy> for LinkPolicyView {
    fn from(policy: LinkPolicy) -> Self {
        match policy {
            LinkPolicy::Ask => Self::Ask,
            LinkPolicy::Automatic => Self::Automatic,
            LinkPolicy::Never => Self::Never,
        }
    }
}

/// What people may ask for before it is certain who they are; everything where nothing is said.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct AllowedTypesView {
    /// Kinds that a guest may ask for.
    pub guest: Option<Vec<String>>,
    /// Kinds that somebody whose data do not agree with the registries may ask for.
    pub discrepant: Option<Vec<String>>,
}

impl From<AllowedTypesView> for AllowedTypes {
    fn from(allowed: AllowedTypesView) -> Self {
        let AllowedTypesView { guest, discrepant } = allowed;
        Self { guest, discrepant }
    }
}

/// Which facts must have been recorded before an act.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GatesView {
    /// A requester (or guest) before a solution.
    pub identification_before_solution: bool,
    /// A classification before a solution.
    pub classification_before_solution: bool,
    /// A classification before the second level.
    pub classification_before_second_level: bool,
}

impl ParametersView {
    /// The parameters as programs see them.
    pub fn of(parameters: &Parameters) -> Self {
        let gates = &parameters.gates;
        Self {
            matrix: parameters.matrix,
            gates: GatesView {
                identification_before_solution: gates.identification_before_solution,
                classification_before_solution: gates.classification_before_solution,
                classification_before_second_level: gates.classification_before_second_level,
            },
            reopen_days: parameters.reopen_days,
            reroute_max: parameters.reroute_max,
            reclass_max: parameters.reclass_max,
            contact_attempts_max: parameters.contact_attempts_max,
            contact_gap_hours: parameters.contact_gap_hours,
            informal: parameters.informal,
            discrepancy_again_days: parameters.discrepancy_again_days,
            discrepancy_text: parameters.discrepancy_text.clone(),
            allowed_types: AllowedTypesView {
                guest: parameters.allowed_types.guest.clone(),
                discrepant: parameters.allowed_types.discrepant.clone(),
            },
            parent_link_policy: parameters.parent_link_policy.into(),
        }
    }
}

impl From<GatesView> for Gates {
    fn from(gates: GatesView) -> Self {
        Self {
            identification_before_solution: gates.identification_before_solution,
            classification_before_solution: gates.classification_before_solution,
            classification_before_second_level: gates.classification_before_second_level,
        }
    }
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

/// Something that requesters may ask for.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OfferingView {
    /// Identity.
    pub id: Uuid,
    /// Name, as a requester would say it.
    pub name: String,
    /// One line of what belongs to it.
    pub line: String,
    /// The area that answers; nothing where the requester chooses.
    pub area: Option<Uuid>,
    /// The category that a request gets by it.
    pub category: Option<Uuid>,
    /// The drawing beside it.
    pub icon: OfferingIcon,
    /// False once it is offered no more.
    pub active: bool,
}

impl OfferingView {
    /// An offering as programs see it.
    pub fn of(offering: &Kept<Offering>) -> Self {
        let offer = &offering.state.offer;
        Self {
            id: offering.id,
            name: offer.name.clone(),
            line: offer.line.clone(),
            area: offer.area,
            category: offer.category,
            icon: offer.icon,
            active: !offering.state.closed,
        }
    }
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

/// A calendar.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CalendarView {
    /// Identity.
    pub id: Uuid,
    /// Name as people read it.
    pub name: String,
    /// The area; nothing for a calendar of all.
    pub area: Option<Uuid>,
    /// The number of the present edition, from one.
    pub edition: i64,
    /// The zone whose wall clock the hours are told by.
    pub zone: String,
    /// The hours of each day of the week, Monday first.
    pub weekly: Vec<String>,
    /// Whether Italy's public holidays are closed.
    pub national: bool,
    /// The municipality whose patron saint's day is closed.
    pub patron: Option<String>,
    /// Closed days.
    pub closures: Vec<ClosureBody>,
    /// Extra openings.
    pub openings: Vec<OpeningBody>,
    /// False once it is offered no more.
    pub active: bool,
}

impl CalendarView {
    /// A calendar as programs see it.
    pub fn of(calendar: &Kept<ServiceCalendar>) -> Self {
        let text = calendar.state.text();
        let closure = |one: &Closure| ClosureBody {
            from: one.from.to_string(),
            until: Some(one.until.to_string()),
            name: one.name.clone(),
            source: one.source.clone(),
        };
        let opening = |one: &Opening| OpeningBody {
            date: one.date.to_string(),
            hours: hours_text(&[one.hours]),
            name: one.name.clone(),
            source: one.source.clone(),
        };
        Self {
            id: calendar.id,
            name: text.name.clone(),
            area: calendar.state.area,
            edition: calendar.state.edition(),
            zone: text.zone.clone(),
            weekly: text.weekly.days().iter().map(|day| hours_text(day)).collect(),
            national: text.national,
            patron: text.patron.clone(),
            closures: text.closures.iter().map(closure).collect(),
            openings: text.openings.iter().map(opening).collect(),
            active: !calendar.state.closed,
        }
    }
}

/// An agreement.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AgreementView {
    /// Identity.
    pub id: Uuid,
    /// Name as people read it.
    pub name: String,
    /// The area; nothing for an agreement of all.
    pub area: Option<Uuid>,
    /// The number of the present edition, from one.
    pub edition: i64,
    /// The calendar whose hours count; nothing where all time counts.
    pub calendar: Option<Uuid>,
    /// The targets.
    pub targets: Vec<TargetBody>,
    /// Kinds of tickets it is for; all when empty.
    pub kinds: Vec<String>,
    /// Categories it is for; all when empty.
    pub categories: Vec<Uuid>,
    /// Channels it is for; all when empty.
    pub channels: Vec<String>,
    /// Services whose categories it is for, by name; all when empty.
    pub services: Vec<String>,
    /// Categories of requesters it is for; all when empty.
    pub requesters: Vec<String>,
    /// Groups whose parts its targets for groups are for; all when empty.
    pub groups: Vec<Uuid>,
    /// Reasons of waiting for which clocks stand still.
    pub pausing: Vec<String>,
    /// Whether clocks stand still while a solution was thought to be one.
    pub pauses_while_solved: bool,
    /// Shares of a target, in hundredths, at which attention is called.
    pub attention: Vec<i64>,
    /// Whether it holds only for tickets for which no other does.
    pub fallback: bool,
    /// The first day on which tickets come under it.
    pub valid_from: Option<String>,
    /// The last one.
    pub valid_until: Option<String>,
    /// False once no ticket comes under it any more.
    pub active: bool,
}

impl AgreementView {
    /// An agreement as programs see it.
    pub fn of(agreement: &Kept<Agreement>) -> Self {
        let text = agreement.state.text().clone();
        let target = |one: &Target| TargetBody {
            metric: one.metric.code().to_owned(),
            priority: one.priority,
            seconds: one.seconds,
            elapsed: one.elapsed,
        };
        Self {
            id: agreement.id,
            area: agreement.state.area,
            edition: agreement.state.edition(),
            calendar: text.calendar,
            targets: text.targets.iter().map(target).collect(),
            valid_from: text.valid_from.map(|day| day.to_string()),
            valid_until: text.valid_until.map(|day| day.to_string()),
            active: !agreement.state.closed,
            name: text.name,
            kinds: text.kinds,
            categories: text.categories,
            channels: text.channels,
            services: text.services,
            requesters: text.requesters,
            groups: text.groups,
            pausing: text.pausing,
            pauses_while_solved: text.pauses_while_solved,
            attention: text.attention,
            fallback: text.fallback,
        }
    }
}

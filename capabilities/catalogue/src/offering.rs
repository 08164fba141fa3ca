//! What requesters may ask for, in their own words: a few tiles instead of a tree of categories.

use crate::Category;
use configuration::{Area, NAME, Standing, record, refuse_taken, same_menus, same_name};
use kernel::{Author, Checks, Instant, Limit, NIL, Outcome, Refusal, Uuid};
use serde::{Deserialize, Serialize};
use store::{Aggregate, Loaded, Tx};
use utoipa::ToSchema;

/// Longest line under a name.
const LINE: Limit = Limit::line(160);

/// The drawing beside an offering.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OfferingIcon {
    /// A request like others.
    #[default]
    Request,
    /// Something does not work.
    Fault,
    /// Accounts and folders.
    Access,
    /// Pay and presence.
    Pay,
    /// Things on the desk.
    Equipment,
}

impl OfferingIcon {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Request, Self::Fault, Self::Access, Self::Pay, Self::Equipment];

    /// Its name, also that of the drawing.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Fault => "fault",
            Self::Access => "access",
            Self::Pay => "pay",
            Self::Equipment => "equipment",
        }
    }

    /// The drawing of a name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|icon| icon.code() == code)
    }
}

/// What is offered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// Name, as a requester would say it.
    pub name: String,
    /// One line of what belongs to it.
    pub line: String,
    /// The area that answers; nothing where the requester chooses.
    pub area: Option<Uuid>,
    /// The category that a request gets by it.
    pub category: Option<Uuid>,
    /// The drawing beside it.
    #[serde(default)]
    pub icon: OfferingIcon,
}

/// Something that requesters may ask for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offering {
    /// What it is.
    pub offer: Offer,
    /// True once it is offered no more.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub closed: bool,
}

/// What can happen to an offering.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum OfferingEvent {
    /// It was added.
    OfferingAdded {
        /// What it is.
        offer: Offer,
    },
    /// It is something else from now on.
    OfferingChanged {
        /// What it is.
        offer: Offer,
    },
    /// It is offered no more.
    OfferingClosed,
    /// It is offered again.
    OfferingReopened,
}

impl Aggregate for Offering {
    const KIND: &'static str = "offering";
    const LISTED: bool = true;
    type Event = OfferingEvent;

    fn name(event: &OfferingEvent) -> &'static str {
        match event {
            OfferingEvent::OfferingAdded { .. } => "offering.added",
            OfferingEvent::OfferingChanged { .. } => "offering.changed",
            OfferingEvent::OfferingClosed => "offering.closed",
            OfferingEvent::OfferingReopened => "offering.reopened",
        }
    }

    fn apply(&mut self, event: &OfferingEvent, _at: Instant, _author: &Author) {
        match event {
            OfferingEvent::OfferingAdded { offer } | OfferingEvent::OfferingChanged { offer } => {
                self.offer = offer.clone();
            }
            OfferingEvent::OfferingClosed => self.closed = true,
            OfferingEvent::OfferingReopened => self.closed = false,
        }
    }
}

/// Adds an offering.
///
/// # Errors
/// A refusal that names what is missing, too long, taken or not there.
pub async fn add_offering(tx: &Tx, author: &Author, offer: Offer) -> Outcome<Uuid> {
    let offer = checked(tx, NIL, offer).await?;
    let id = Uuid::now_v7();
    let mut offering = tx.fresh::<Offering>(id);
    record(tx, author, &mut offering, vec![OfferingEvent::OfferingAdded { offer }]).await?;
    Ok(id)
}

/// Changes an offering, closes it or opens it again.
///
/// # Errors
/// A refusal that names what is missing, too long, taken or not there.
pub async fn change_offering(
    tx: &Tx,
    author: &Author,
    offering: &mut Loaded<Offering>,
    offer: Option<Offer>,
    active: Option<bool>,
) -> Outcome<()> {
    let mut events = Vec::new();
    if let Some(offer) = offer {
        let offer = checked(tx, offering.id, offer).await?;
        if offer != offering.state.offer {
            events.push(OfferingEvent::OfferingChanged { offer });
        }
    }
    events.extend(
        Standing::changed(!offering.state.closed, active).map(|standing| match standing {
            Standing::Closed => OfferingEvent::OfferingClosed,
            Standing::Reopened => OfferingEvent::OfferingReopened,
        }),
    );
    record(tx, author, offering, events).await
}

/// An offer as it may stand: measured, with a name of its own, about an area and a category that go together.
async fn checked(tx: &Tx, but: Uuid, offer: Offer) -> Outcome<Offer> {
    let mut checks = Checks::new();
    let name = checks.required("name", Some(&offer.name), NAME);
    let line = checks.required("line", Some(&offer.line), LINE);
    if let Some(area) = offer.area
        && tx.find::<Area>(area).await?.is_none()
    {
        checks.wrong("area", "field-not-found");
    }
    let category = match offer.category {
        Some(category) => tx.find::<Category>(category).await?,
        None => None,
    };
    let elsewhere = |category: &Loaded<Category>| !same_menus(category.state.area, offer.area);
    if offer.category.is_some() && category.as_ref().is_none_or(elsewhere) {
        checks.wrong("category", "field-not-found");
    }
    checks.done()?;
    // A category of one area says which area answers.
    let area = offer.area.or(category.and_then(|category| category.state.area));
    let checked = Offer {
        name,
        line,
        area,
        ..offer
    };
    let is_same =
        |other: &Offering| same_menus(other.offer.area, checked.area) && same_name(&other.offer.name, &checked.name);
    refuse_taken(tx, but, "name", is_same).await?;
    Ok(checked)
}

/// An offering that is offered, by identity.
///
/// # Errors
/// A refusal that names `offering` when it is not there, or offered no more.
pub fn offered(all: &[Loaded<Offering>], id: Uuid) -> Outcome<&Offer> {
    let found = all.iter().find(|offering| offering.id == id);
    let found = found.ok_or_else(|| Refusal::field("offering", "field-not-found"))?;
    if found.state.closed {
        return Err(Refusal::field("offering", "field-closed").into());
    }
    Ok(&found.state.offer)
}

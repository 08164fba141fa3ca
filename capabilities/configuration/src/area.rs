//! A service area: who it is and what it decided.

use crate::{NAME, Parameters, Standing, record, refuse_taken, renamed, same_name};
use kernel::{Author, Checks, Instant, Limit, NIL, Outcome, Uuid, identity};
use serde::{Deserialize, Serialize};
use store::{Aggregate, Loaded, Store, Tx};

identity!(
    /// A service area.
    AreaId
);

/// An area as its events say.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Area {
    /// Short stable name for programs.
    pub code: String,
    /// Name as people read it.
    pub name: String,
    /// What it decided.
    pub parameters: Parameters,
    /// False once it takes no new tickets.
    pub active: bool,
}

/// What can happen to an area.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum AreaEvent {
    /// It was opened.
    AreaOpened {
        /// Short name.
        code: String,
        /// Name.
        name: String,
    },
    /// It is called otherwise from now on.
    AreaRenamed {
        /// Name.
        name: String,
    },
    /// It takes no new tickets; those it has are worked on.
    AreaClosed,
    /// It takes tickets again.
    AreaReopened,
    /// Its parameters were set, all of them.
    ParameterChanged {
        /// The parameters from now on.
        parameters: Parameters,
    },
}

impl Aggregate for Area {
    const KIND: &'static str = "area";
    const LISTED: bool = true;
    type Event = AreaEvent;

    fn name(event: &AreaEvent) -> &'static str {
        match event {
            AreaEvent::AreaOpened { .. } => "area.opened",
            AreaEvent::AreaRenamed { .. } => "area.renamed",
            AreaEvent::AreaClosed => "area.closed",
            AreaEvent::AreaReopened => "area.reopened",
            AreaEvent::ParameterChanged { .. } => "area.parameter_changed",
        }
    }

    fn apply(&mut self, event: &AreaEvent, _at: Instant, _author: &Author) {
        match event {
            AreaEvent::AreaOpened { code, name } => {
                self.code.clone_from(code);
                self.name.clone_from(name);
                self.active = true;
            }
            AreaEvent::AreaRenamed { name } => self.name.clone_from(name),
            AreaEvent::AreaClosed => self.active = false,
            AreaEvent::AreaReopened => self.active = true,
            AreaEvent::ParameterChanged { parameters } => self.parameters.clone_from(parameters),
        }
    }
}

/// Opens an area.
///
/// # Errors
/// A refusal when the name is missing, too long or taken, or the short name is.
pub async fn create_area(tx: &Tx, author: &Author, code: &str, name: &str) -> Outcome<AreaId> {
    let mut checks = Checks::new();
    let code = checks.required("code", Some(code), Limit::line(40));
    let name = checks.required("name", Some(name), NAME);
    checks.done()?;
    refuse_taken::<Area>(tx, NIL, "name", |other| same_name(&other.name, &name)).await?;
    refuse_taken::<Area>(tx, NIL, "code", |other| same_name(&other.code, &code)).await?;
    let id = AreaId::fresh();
    let mut area = tx.fresh::<Area>(id.0);
    record(tx, author, &mut area, vec![AreaEvent::AreaOpened { code, name }]).await?;
    Ok(id)
}

/// What is to be otherwise about an area; what is left out stays.
#[derive(Clone, Debug, Default)]
pub struct AreaChange {
    /// Name.
    pub name: Option<String>,
    /// Whether it takes new tickets.
    pub active: Option<bool>,
}

/// Renames an area, closes it or opens it again. Its short name stays, since programs know it.
///
/// # Errors
/// A refusal when the name is missing, too long or taken.
pub async fn change_area(tx: &Tx, author: &Author, area: &mut Loaded<Area>, change: AreaChange) -> Outcome<()> {
    let mut events = Vec::new();
    if let Some(name) = renamed(&area.state.name, change.name.as_deref())? {
        refuse_taken::<Area>(tx, area.id, "name", |other| same_name(&other.name, &name)).await?;
        events.push(AreaEvent::AreaRenamed { name });
    }
    events.extend(
        Standing::changed(area.state.active, change.active).map(|standing| match standing {
            Standing::Closed => AreaEvent::AreaClosed,
            Standing::Reopened => AreaEvent::AreaReopened,
        }),
    );
    record(tx, author, area, events).await
}

/// Sets the parameters of an area.
///
/// # Errors
/// A refusal that names what is out of range.
pub async fn set_parameters(tx: &Tx, author: &Author, area: &mut Loaded<Area>, parameters: Parameters) -> Outcome<()> {
    parameters.check()?;
    if parameters == area.state.parameters {
        return Ok(());
    }
    record(tx, author, area, vec![AreaEvent::ParameterChanged { parameters }]).await
}

impl Area {
    /// An area as somebody names it: by identity, code or name, one that takes tickets before one that is closed.
    pub fn named<'a>(all: &'a [Loaded<Area>], name: &str) -> Option<&'a Loaded<Area>> {
        let is_meant = |area: &&Loaded<Area>| {
            area.id.to_string() == name || same_name(&area.state.code, name) || same_name(&area.state.name, name)
        };
        let mut meant = all.iter().filter(is_meant);
        meant.clone().find(|area| area.state.active).or_else(|| meant.next())
    }

    /// The area that the field `area` names, nothing where it names none; one that is not there is noted as wrong.
    pub async fn noted(store: &Store, checks: &mut Checks, named: Option<&str>) -> Outcome<Option<Uuid>> {
        let Some(named) = named else { return Ok(None) };
        let all = store.all::<Area>().await?;
        let found = Area::named(&all, named).map(|area| area.id);
        if found.is_none() {
            checks.wrong("area", "field-not-found");
        }
        Ok(found)
    }

    /// An area by its identity, from memory.
    pub async fn by_id(store: &Store, id: Uuid) -> Outcome<Option<Area>> {
        let all = store.all::<Area>().await?;
        Ok(all.iter().find(|area| area.id == id).map(|area| area.state.clone()))
    }
}

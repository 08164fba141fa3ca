//! A service area: who it is and what it decided.

use crate::Parameters;
use kernel::{Author, Checks, Instant, Limit, Outcome, Uuid, identity};
use serde::{Deserialize, Serialize};
use store::{Aggregate, Loaded, Recorded, Store, Tx};

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
/// A refusal when the name is missing or too long.
pub async fn create_area(tx: &Tx, author: &Author, code: &str, name: &str) -> Outcome<AreaId> {
    let mut checks = Checks::new();
    let code = checks.required("code", Some(code), Limit::line(40));
    let name = checks.required("name", Some(name), Limit::line(120));
    checks.done()?;
    let id = AreaId::fresh();
    let mut area = tx.fresh::<Area>(id.0);
    let events = vec![Recorded {
        event: AreaEvent::AreaOpened { code, name },
        occurred_at: tx.now(),
    }];
    tx.save(&mut area, author, events, &[]).await?;
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
/// A refusal when the name is missing or too long.
pub async fn change_area(tx: &Tx, author: &Author, area: &mut Loaded<Area>, change: AreaChange) -> Outcome<()> {
    let mut events = Vec::new();
    if let Some(name) = change.name {
        let mut checks = Checks::new();
        let name = checks.required("name", Some(&name), Limit::line(120));
        checks.done()?;
        if name != area.state.name {
            events.push(AreaEvent::AreaRenamed { name });
        }
    }
    match change.active {
        Some(true) if !area.state.active => events.push(AreaEvent::AreaReopened),
        Some(false) if area.state.active => events.push(AreaEvent::AreaClosed),
        _ => {}
    }
    if events.is_empty() {
        return Ok(());
    }
    let now = |event| Recorded {
        event,
        occurred_at: tx.now(),
    };
    tx.save(area, author, events.into_iter().map(now).collect(), &[])
        .await
        .map(drop)
}

/// Sets the parameters of an area.
pub async fn set_parameters(tx: &Tx, author: &Author, area: AreaId, parameters: Parameters) -> Outcome<()> {
    let mut loaded = tx.load::<Area>(area.0).await?;
    let events = vec![Recorded {
        event: AreaEvent::ParameterChanged { parameters },
        occurred_at: tx.now(),
    }];
    tx.save(&mut loaded, author, events, &[]).await.map(drop)
}

impl Area {
    /// An area as somebody names it: by identity, code or name, one that takes tickets before one that is closed.
    pub fn named<'a>(all: &'a [Loaded<Area>], name: &str) -> Option<&'a Loaded<Area>> {
        let is_meant = |area: &&Loaded<Area>| {
            area.id.to_string() == name
                || area.state.code.eq_ignore_ascii_case(name)
                || area.state.name.eq_ignore_ascii_case(name)
        };
        let mut meant = all.iter().filter(is_meant);
        meant.clone().find(|area| area.state.active).or_else(|| meant.next())
    }

    /// An area by its identity, from memory.
    pub async fn by_id(store: &Store, id: Uuid) -> Outcome<Option<Area>> {
        let all = store.all::<Area>().await?;
        Ok(all.iter().find(|area| area.id == id).map(|area| area.state.clone()))
    }
}

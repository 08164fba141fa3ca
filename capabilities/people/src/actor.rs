//! Somebody who acts: a person, through a door, with what they may do.

use crate::{Act, Person, PersonCategory, Reach, RoleGrant, Scope, TokenScope, reach};
use i18n::Language;
use kernel::{Author, Outcome, Refusal, Uuid};
use store::{Card, Loaded, Stake, Store};

/// The door somebody came through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// A page of the console.
    Console,
    /// A page of the portal.
    Portal,
    /// The API, with a token.
    Api,
    /// The command line.
    CommandLine,
    /// The service itself.
    System,
    /// A rule that somebody set up, carried out by the service.
    Rule,
}

impl Door {
    /// Its name as stored with events.
    pub const fn code(self) -> &'static str {
        match self {
            Door::Console => "console",
            Door::Portal => "portal",
            Door::Api => "api",
            Door::CommandLine => "cli",
            Door::System => "system",
            Door::Rule => "rule",
        }
    }
}

/// The records to which a person may do one thing.
pub struct Sight<'a> {
    actor: &'a Actor,
    act: Act,
    scope: Scope,
}

impl Sight<'_> {
    /// True when the record is one of them.
    pub fn holds(&self, card: &Card) -> bool {
        let Scope {
            all,
            areas,
            groups,
            own,
        } = &self.scope;
        *all || areas.contains(&card.area)
            || (*own && card.requester == Some(self.actor.person))
            || groups.as_ref().is_some_and(|groups| self.has_in_hand(card, groups))
    }

    /// True when a record lies with the person or these groups, alone or beside others. Whoever owns it while others work
    /// on it, or once worked on it, may still read it, to answer for it (ADR 6).
    fn has_in_hand(&self, card: &Card, groups: &[Uuid]) -> bool {
        let person = self.actor.person;
        let lies_with = |operator: Option<Uuid>, group: Uuid| operator == Some(person) || groups.contains(&group);
        card.operator == Some(person)
            || card.group.is_some_and(|group| groups.contains(&group))
            || card.hands.iter().any(|hand| match hand.stake {
                Stake::Part => lies_with(hand.operator, hand.group),
                Stake::Owner | Stake::Past => self.act.is_reading() && lies_with(None, hand.group),
            })
    }
}

/// Somebody who acts.
#[derive(Clone, Debug)]
pub struct Actor {
    /// The person; nil for the service itself.
    pub person: Uuid,
    /// Name as people read it.
    pub name: String,
    /// The language chosen, if any.
    pub language: Option<Language>,
    /// What they are to those who promise times.
    pub category: Option<PersonCategory>,
    /// Roles.
    pub roles: Vec<RoleGrant>,
    /// Groups the person belongs to.
    pub groups: Vec<Uuid>,
    /// The door.
    pub door: Door,
    /// What a token is limited to; nothing for a session.
    pub token: Option<Vec<TokenScope>>,
}

impl Actor {
    /// The service itself: it may do everything.
    pub fn system() -> Self {
        Self {
            person: kernel::NIL,
            name: String::new(),
            language: None,
            category: None,
            roles: vec![RoleGrant {
                role: crate::Role::Administrator,
                area: None,
            }],
            groups: Vec::new(),
            door: Door::System,
            token: None,
        }
    }

    /// The service, carrying out what a rule says.
    pub fn rule() -> Self {
        Self {
            door: Door::Rule,
            ..Self::system()
        }
    }

    /// A person with roles and groups as they stand.
    pub async fn load(
        store: &Store,
        person: Uuid,
        name: String,
        language: Option<Language>,
        door: Door,
    ) -> Outcome<Option<Self>> {
        let Some(loaded) = store.read().state::<Person>(person).await? else {
            return Ok(None);
        };
        Ok(Self::of(store, &loaded, name, language, door).await?.into())
    }

    async fn of(
        store: &Store,
        person: &Loaded<Person>,
        name: String,
        language: Option<Language>,
        door: Door,
    ) -> Outcome<Self> {
        let groups = store.all::<crate::Group>().await?;
        let groups = groups
            .iter()
            .filter(|group| group.state.members.contains(&person.id))
            .map(|group| group.id)
            .collect();
        Ok(Self {
            person: person.id,
            name,
            language,
            category: person.state.category,
            roles: person.state.roles.clone(),
            groups,
            door,
            token: None,
        })
    }

    /// Who did it, for events.
    pub fn author(&self) -> Author {
        let person = (self.person != kernel::NIL).then_some(self.person);
        Author {
            person,
            via: self.door.code().to_owned(),
        }
    }

    /// True for people who work at the desk; others see the portal.
    pub fn is_staff(&self) -> bool {
        self.roles.iter().any(|grant| grant.role != crate::Role::Requester)
    }

    /// How far this person reaches with an act.
    pub fn scope(&self, act: Act) -> Scope {
        let mut scope = Scope::default();
        if self.token_forbids(act) {
            return scope;
        }
        for grant in &self.roles {
            match (reach(grant.role, act), grant.area) {
                (Reach::Nothing, _) => {}
                (Reach::Own, _) => scope.own = true,
                (Reach::Group, _) => scope.groups = Some(self.groups.clone()),
                (Reach::Area, Some(area)) if !scope.areas.contains(&area) => scope.areas.push(area),
                (Reach::Area, Some(_)) => {}
                (Reach::Area, None) | (Reach::All, _) => scope.all = true,
            }
        }
        // Whoever works here is a requester with what they asked for themselves.
        scope.own |= reach(crate::Role::Requester, act) == Reach::Own && self.person != kernel::NIL;
        scope
    }

    /// True for people of a desk, who open tickets for whoever calls and not only for themselves.
    pub fn opens_for_others(&self) -> bool {
        let scope = self.scope(Act::Create);
        scope.all || !scope.areas.is_empty()
    }

    /// Allows an act in an area, or in all of them together where there is none.
    ///
    /// # Errors
    /// A refusal 403.
    pub fn allow_over(&self, act: Act, area: Option<Uuid>) -> Outcome<()> {
        match area {
            Some(area) => self.allow_in(act, area),
            None if self.scope(act).all => Ok(()),
            None => Err(Refusal::forbidden().into()),
        }
    }

    /// True when the person works in an area; whatever is for all areas is for everybody who works anywhere.
    pub fn works_in(&self, area: Option<Uuid>) -> bool {
        let mut staff = self.roles.iter().filter(|grant| grant.role != crate::Role::Requester);
        staff.any(|grant| area.is_none() || grant.area.is_none() || grant.area == area)
    }

    /// True when what an area tells everybody is for this person too: people who work here read all of it.
    pub fn is_served_by(&self, area: Option<Uuid>) -> bool {
        self.is_staff()
            || area.is_none()
            || self
                .roles
                .iter()
                .any(|grant| grant.area.is_none() || grant.area == area)
    }

    fn token_forbids(&self, act: Act) -> bool {
        let Some(scopes) = &self.token else { return false };
        let needed = match act {
            Act::View | Act::ViewInternal | Act::ViewPeople | Act::ReadJournal => TokenScope::Read,
            Act::ManagePeople | Act::Configure | Act::ManageJobs | Act::Erase => TokenScope::Admin,
            _ => TokenScope::Write,
        };
        !scopes.iter().any(|scope| *scope >= needed)
    }

    /// Allows changing what is one's own and nobody else's concern: a token that only reads changes nothing.
    ///
    /// # Errors
    /// A refusal 403.
    pub fn allow_own_change(&self) -> Outcome<()> {
        let reads_only = |scopes: &Vec<TokenScope>| scopes.iter().all(|scope| *scope < TokenScope::Write);
        if self.token.as_ref().is_some_and(reads_only) {
            return Err(Refusal::forbidden().into());
        }
        Ok(())
    }

    /// What the person may do this to, reckoned once for many records.
    pub fn sight(&self, act: Act) -> Sight<'_> {
        let scope = self.scope(act);
        Sight {
            actor: self,
            act,
            scope,
        }
    }

    /// True when the person may do this to a record.
    pub fn may(&self, act: Act, card: &Card) -> bool {
        self.sight(act).holds(card)
    }

    /// Allows an act on a record, or refuses: what may not be seen does not exist (404), what may be seen is forbidden (403).
    ///
    /// # Errors
    /// The refusal.
    pub fn allow(&self, act: Act, card: &Card) -> Outcome<()> {
        if self.may(act, card) {
            Ok(())
        } else if self.may(Act::View, card) {
            Err(Refusal::forbidden().into())
        } else {
            Err(Refusal::not_found().into())
        }
    }

    /// Allows an act that is not about one record, when the person has any reach with it.
    ///
    /// # Errors
    /// A refusal 403.
    pub fn allow_any(&self, act: Act) -> Outcome<()> {
        if self.scope(act).is_nothing() {
            Err(Refusal::forbidden().into())
        } else {
            Ok(())
        }
    }

    /// Allows an act in an area.
    ///
    /// # Errors
    /// A refusal 403.
    pub fn allow_in(&self, act: Act, area: Uuid) -> Outcome<()> {
        let scope = self.scope(act);
        if scope.all || scope.areas.contains(&area) {
            Ok(())
        } else {
            Err(Refusal::forbidden().into())
        }
    }
}

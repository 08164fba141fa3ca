//! Telling the stories: each step through the same command that a person or a program would use, at its instant.

use crate::cast::{Cast, Requester};
use crate::dice::Dice;
use crate::files;
use crate::hours::OfficeHours;
use crate::scenario::Scenario;
use crate::step::{Deed, Step, Who};
use crate::story::Story;
use kernel::{Error, Outcome, Uuid};
use people::{Actor, GroupKind, Identity, RequesterRef, Role};
use record::NewAttachment;
use std::sync::Arc;
use store::Store;
use ticket::domain::{AssignmentState, Channel, LinkKind, TechnicalOutcome, TicketKind};
use ticket::{Conditions, CreateTicket, TicketAct, TicketView};

/// Tells stories to a store whose clock it moves.
pub(crate) struct Teller<'a> {
    pub(crate) store: &'a Store,
    pub(crate) cast: &'a Cast,
    pub(crate) scenarios: &'a [Scenario],
    pub(crate) stories: &'a [Story],
    /// Each story's ticket, once open, and who has it at the desk.
    tickets: Vec<Option<TicketView>>,
    desks: Vec<Option<Arc<Actor>>>,
}

impl<'a> Teller<'a> {
    pub(crate) fn new(store: &'a Store, cast: &'a Cast, scenarios: &'a [Scenario], stories: &'a [Story]) -> Self {
        let tickets = vec![None; stories.len()];
        Self {
            store,
            cast,
            scenarios,
            stories,
            tickets,
            desks: vec![None; stories.len()],
        }
    }

    /// Tells all of them, step by step as time goes.
    pub(crate) async fn tell(mut self, hours: &OfficeHours, dice: &mut Dice) -> Outcome<usize> {
        let mut steps: Vec<(i64, usize, usize)> = Vec::new();
        for (story, told) in self.stories.iter().enumerate() {
            steps.extend(
                told.steps
                    .iter()
                    .enumerate()
                    .map(|(place, (minute, _))| (*minute, story, place)),
            );
        }
        steps.sort_unstable();
        for (minute, story, place) in steps {
            let clock = self.store.clock();
            let ahead = hours.instant(minute, dice.between(0, 50)).seconds_since(clock.now());
            clock.advance(ahead.max(1));
            let step = &self.stories[story].steps[place].1;
            self.step(story, step, dice)
                .await
                .map_err(|cause| self.context(story, step, cause))?;
        }
        Ok(self.tickets.iter().flatten().count())
    }

    fn context(&self, story: usize, step: &Step, cause: Error) -> Error {
        let scenario = &self.scenarios[self.stories[story].scenario];
        let about = format!("{} {:?} {:?}: {cause}", scenario.category, step.who, step.deeds);
        Error::Failed(anyhow::anyhow!("a story of the demonstration does not hold: {about}"))
    }

    async fn step(&mut self, story: usize, step: &Step, dice: &mut Dice) -> Outcome<()> {
        let actor = self.actor(story, step.who, dice)?;
        if let Some(Deed::Open) = step.deeds.first() {
            self.open(story, &actor).await?;
        }
        let mut acts = Vec::new();
        for deed in &step.deeds {
            acts.extend(self.acts(story, &actor, deed, dice).await?);
        }
        if acts.is_empty() {
            return Ok(());
        }
        let ticket = self.ticket(story)?.id;
        let view = ticket::perform(self.store, &actor, ticket, acts, Conditions::default()).await?;
        self.tickets[story] = Some(view);
        Ok(())
    }

    fn ticket(&self, story: usize) -> Outcome<&TicketView> {
        self.tickets[story]
            .as_ref()
            .ok_or_else(|| anyhow::anyhow!("the ticket is not open yet").into())
    }

    fn requester(&self, story: usize) -> &Requester {
        &self.cast.requesters[self.stories[story].requester]
    }

    fn actor(&mut self, story: usize, who: Who, dice: &mut Dice) -> Outcome<Arc<Actor>> {
        let told = &self.stories[story];
        let scenario = &self.scenarios[told.scenario];
        let found = match who {
            Who::Door => match told.channel {
                Channel::Phone | Channel::WalkIn => Some(self.desk(story, dice)),
                Channel::Web => Some(self.requester(story).actor.clone()),
                _ => Some(Arc::new(Actor::system())),
            },
            Who::Desk => Some(self.desk(story, dice)),
            Who::BackOffice => dice
                .pick(&self.of_kind(&scenario.area, GroupKind::BackOfficeL1))
                .map(|actor| (*actor).clone()),
            // A supplier has nobody here, and a guest no sign-in: the desk writes down what they say.
            Who::Second => {
                let members = self.cast.members(&scenario.second.group);
                members
                    .first()
                    .map(|actor| (*actor).clone())
                    .or_else(|| Some(self.desk(story, dice)))
            }
            Who::Requester if told.guest => Some(Arc::new(Actor::system())),
            Who::Requester => Some(self.requester(story).actor.clone()),
            Who::Control => self.cast.with_role(Role::ControlManager).cloned(),
        };
        found.ok_or_else(|| anyhow::anyhow!("nobody is {who:?}").into())
    }

    fn of_kind(&self, area: &str, kind: GroupKind) -> Vec<&Arc<Actor>> {
        let group = crate::organisation::GROUPS
            .iter()
            .find(|(_, known, of)| *known == kind && *of == area);
        group.map_or_else(Vec::new, |(name, _, _)| self.cast.members(name))
    }

    /// The operator who has the story, chosen once.
    fn desk(&mut self, story: usize, dice: &mut Dice) -> Arc<Actor> {
        if let Some(known) = &self.desks[story] {
            return known.clone();
        }
        let told = &self.stories[story];
        let area = &self.scenarios[told.scenario].area;
        let chosen = dice
            .pick(&self.of_kind(area, counter(told.channel)))
            .map(|actor| (*actor).clone());
        let chosen = chosen.unwrap_or_else(|| Arc::new(Actor::system()));
        self.desks[story] = Some(chosen.clone());
        chosen
    }

    async fn open(&mut self, story: usize, actor: &Arc<Actor>) -> Outcome<()> {
        let told = &self.stories[story];
        let asked = CreateTicket {
            area: Some(self.scenarios[told.scenario].area.clone()),
            subject: told.told.subject.clone(),
            description: Some(told.told.description.clone()),
            requester: (told.channel != Channel::Web).then(|| self.named(story)),
            channel: Some(told.channel),
            ..CreateTicket::default()
        };
        self.tickets[story] = Some(ticket::create(self.store, actor, asked, Conditions::default()).await?);
        Ok(())
    }

    /// How the channel names who asks: by identity at the counter, by address in a message.
    fn named(&self, story: usize) -> RequesterRef {
        let (told, requester) = (&self.stories[story], self.requester(story));
        if told.guest {
            let (given, surname) = requester.identity.name.split_once(' ').unwrap_or(("Ospite", "ignoto"));
            let domain = if told.channel == Channel::Pec {
                "pec.example"
            } else {
                "posta.example"
            };
            let address = format!(
                "{}{}{story}@{domain}",
                surname.to_lowercase().replace([' ', '’'], ""),
                &given[..1].to_lowercase()
            );
            let identity = Identity {
                name: format!("{surname} {given}"),
                email: Some(address),
                ..Identity::default()
            };
            return RequesterRef { id: None, identity };
        }
        match told.channel {
            Channel::Phone | Channel::WalkIn => RequesterRef {
                id: Some(requester.actor.person),
                ..RequesterRef::default()
            },
            _ => RequesterRef {
                id: None,
                identity: Identity {
                    email: requester.identity.email.clone(),
                    ..Identity::default()
                },
            },
        }
    }

    async fn acts(&self, story: usize, actor: &Arc<Actor>, deed: &Deed, dice: &mut Dice) -> Outcome<Vec<TicketAct>> {
        let told = &self.stories[story];
        let scenario = &self.scenarios[told.scenario];
        let words = &told.told;
        Ok(match deed {
            Deed::Open => Vec::new(),
            Deed::Act(act) => vec![act.clone()],
            Deed::Take => self.take(story, actor)?,
            Deed::PassToBackOffice => vec![TicketAct::Assign {
                group: self.group(scenario, GroupKind::BackOfficeL1),
                operator: None,
            }],
            Deed::Classify => {
                let key = format!("{}/{}", scenario.area, scenario.category);
                let malfunction = told.other.is_some();
                vec![classification(
                    scenario,
                    self.cast.category(&key).map(|id| id.to_string()),
                    malfunction,
                )]
            }
            Deed::AttachFile => self.attach(scenario, dice).await?,
            Deed::Send => vec![TicketAct::SendToSecondLevel {
                group: scenario.second.group.clone(),
                note: Some(words.ask.clone()),
            }],
            Deed::Accept => vec![TicketAct::AcceptAssignment {
                assignment: self.assignment(story)?,
            }],
            Deed::GiveBack => {
                vec![TicketAct::ReturnAssignment {
                    assignment: self.assignment(story)?,
                    reason: words.back.clone(),
                }]
            }
            Deed::CloseTechnically { call } => vec![TicketAct::CloseTechnically {
                assignment: self.assignment(story)?,
                activity: words.work.clone(),
                outcome: if dice.between(1, 5) == 1 {
                    TechnicalOutcome::Workaround
                } else {
                    TechnicalOutcome::Solved
                },
                callback_required: *call,
            }],
            Deed::Hang => vec![TicketAct::Link {
                kind: LinkKind::Parent,
                to: self.other(story)?.to_string(),
            }],
            Deed::Unhang => vec![TicketAct::Unlink { to: self.other(story)? }],
            Deed::Merge => vec![TicketAct::Merge {
                into: self.other(story)?.to_string(),
            }],
        })
    }

    /// Taking includes knowing who asks, and at the mail counter taking it into that group.
    fn take(&self, story: usize, actor: &Arc<Actor>) -> Outcome<Vec<TicketAct>> {
        let told = &self.stories[story];
        let mut acts = vec![TicketAct::Take];
        let kind = counter(told.channel);
        if kind == GroupKind::BackOffice {
            let group = self.group(&self.scenarios[told.scenario], kind);
            acts.push(TicketAct::Assign {
                group,
                operator: Some(actor.person),
            });
        }
        let view = self.ticket(story)?;
        if !view.verified
            && let Some(requester) = &view.requester
        {
            let requester = RequesterRef {
                id: Some(requester.id),
                ..RequesterRef::default()
            };
            acts.push(TicketAct::Identify {
                requester,
                verified: !told.guest,
            });
        }
        Ok(acts)
    }

    fn group(&self, scenario: &Scenario, kind: GroupKind) -> Option<String> {
        let found = crate::organisation::GROUPS
            .iter()
            .find(|(_, known, area)| *known == kind && *area == scenario.area);
        found.map(|(name, _, _)| (*name).to_owned())
    }

    async fn attach(&self, scenario: &Scenario, dice: &mut Dice) -> Outcome<Vec<TicketAct>> {
        // A file on every third ticket is plenty.
        if dice.between(1, 3) != 1 {
            return Ok(Vec::new());
        }
        let Some(sample) = files::sample(scenario.file.as_deref().unwrap_or_default(), dice) else {
            return Ok(Vec::new());
        };
        let bytes = futures_util::stream::iter([Ok::<_, std::io::Error>(bytes::Bytes::from(sample.bytes))]);
        let blob = self.store.blobs().receive(bytes, 1 << 20).await?;
        Ok(vec![TicketAct::Attach {
            file: NewAttachment::new(sample.name, blob, false)?,
        }])
    }

    fn assignment(&self, story: usize) -> Outcome<Uuid> {
        let open = |state: AssignmentState| matches!(state, AssignmentState::Assigned | AssignmentState::Accepted);
        let found = self
            .ticket(story)?
            .assignments
            .iter()
            .rev()
            .find(|assignment| open(assignment.state));
        found
            .map(|assignment| assignment.id)
            .ok_or_else(|| anyhow::anyhow!("no assignment is open").into())
    }

    fn other(&self, story: usize) -> Outcome<Uuid> {
        let other = self.stories[story]
            .other
            .ok_or_else(|| anyhow::anyhow!("no other ticket"))?;
        Ok(self.ticket(other)?.id)
    }
}

/// The classification of a scenario; stories that hang on an outage are malfunctions whatever they began as.
fn classification(scenario: &Scenario, category: Option<String>, malfunction: bool) -> TicketAct {
    let kind = if malfunction {
        TicketKind::Incident
    } else {
        scenario.kind
    };
    TicketAct::Classify {
        kind: Some(kind),
        category,
        impact: Some(scenario.impact),
        urgency: Some(scenario.urgency),
        priority: None,
        reason: None,
    }
}

/// The kind of the group at which a channel arrives.
const fn counter(channel: Channel) -> GroupKind {
    match channel {
        Channel::Phone | Channel::WalkIn => GroupKind::FrontEnd,
        _ => GroupKind::BackOffice,
    }
}

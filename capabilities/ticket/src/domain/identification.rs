//! Who asks, held against what registries know (SD-040…043, SD-046). Fields stand by their names; what they say stands in rows
//! of their own, so that a person can be erased.

use super::{Channel, Standing, Telling, Ticket, TicketEvent, TicketKind, Visibility, Working};
use kernel::{Instant, Refusal, Uuid};
use serde::{Deserialize, Serialize};

/// What one registry has to say of the requester.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceCheck {
    /// The registry.
    pub source: Uuid,
    /// How it stands.
    pub standing: Standing,
    /// The fields that differ.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<String>,
}

/// What registries had to say when they were last asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// About whom.
    pub requester: Uuid,
    /// When.
    pub at: Instant,
    /// What each of them said.
    pub checks: Vec<SourceCheck>,
}

/// That the requester was told what does not agree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// The fields.
    pub fields: Vec<String>,
    /// How.
    pub how: Telling,
    /// When.
    pub at: Instant,
}

impl Ticket {
    /// The fields that do not agree with a registry of the area, each once.
    pub fn discrepant(&self) -> Vec<String> {
        let checks = self.check.iter().flat_map(|check| &check.checks);
        let mut fields: Vec<String> = Vec::new();
        for field in checks.flat_map(|check| &check.fields) {
            if !fields.contains(field) {
                fields.push(field.clone());
            }
        }
        fields
    }

    /// Over which way the requester is told something: the one they came by (SD-043).
    pub const fn told_by(&self) -> Telling {
        match self.channel {
            Channel::Phone | Channel::WalkIn => Telling::Voice,
            _ => Telling::Message,
        }
    }
}

impl Working<'_> {
    /// Records what registries say of the requester (SD-042). What was asked about somebody else, or says the same as the last
    /// time, adds nothing.
    pub fn record_check(&mut self, requester: Uuid, checks: Vec<SourceCheck>) {
        let same = |check: &Check| check.requester == requester && check.checks == checks;
        let is_known = self.ticket.check.as_ref().is_some_and(same);
        if self.ticket.requester == Some(requester) && self.ticket.state.is_open() && !is_known {
            self.then(TicketEvent::DataChecked { requester, checks });
        }
    }

    /// Tells the requester which data do not agree, over the channel they came by: in writing with these words, or by voice and
    /// then only that it was told (SD-043). `fresh` are the fields that they were not told of lately.
    ///
    /// # Errors
    /// SD-043 where nothing differs or all of it was told lately; SD-110 when it has ended.
    pub fn tell_discrepancy(&mut self, fresh: Vec<String>, words: String) -> Result<(), Refusal> {
        self.must_be_open()?;
        self.must(
            !self.ticket.discrepant().is_empty(),
            "SD-043",
            "ticket-refusal-no-discrepancy",
        )?;
        if fresh.is_empty() {
            let days = self.parameters.discrepancy_again_days;
            return Err(self.refused("SD-043", "ticket-refusal-told-lately").with("days", days));
        }
        let how = self.ticket.told_by();
        if how == Telling::Message {
            self.say(Visibility::Public, words, false)?;
        }
        self.then(TicketEvent::DiscrepancyNotified { fields: fresh, how });
        Ok(())
    }

    /// Whether this kind is accepted from somebody of whom it is not certain who they are (SD-046).
    ///
    /// # Errors
    /// SD-046 where it is not.
    pub fn must_be_accepted(&self, kind: TicketKind, guest: bool) -> Result<(), Refusal> {
        let allowed = &self.parameters.allowed_types;
        let refuses = |types: &Option<Vec<String>>| {
            types
                .as_ref()
                .is_some_and(|types| !types.iter().any(|one| one == kind.code()))
        };
        let certain = kind == TicketKind::Unknown || self.ticket.verified;
        if !certain && guest && refuses(&allowed.guest) {
            return Err(self.refused("SD-046", "ticket-refusal-guest-type"));
        }
        let discrepant = !self.ticket.discrepant().is_empty();
        if kind != TicketKind::Unknown && discrepant && refuses(&allowed.discrepant) {
            return Err(self.refused("SD-046", "ticket-refusal-discrepant-type"));
        }
        Ok(())
    }
}

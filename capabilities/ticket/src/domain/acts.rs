//! First level: opening, taking, identifying, registering, diagnosing, classifying, rerouting, linking, waiting.

use super::{
    Classification, LinkKind, Opening, Route, State, TicketEvent, TicketKind, Visibility, WaitingReason, Working,
};
use kernel::{Instant, Refusal, Uuid};
use people::{PersonCategory, Sharing};

impl Working<'_> {
    /// Opens the ticket (SD-023, SD-032) with the instant at which the contact began: a call begins before it is typed (SD-035).
    pub fn open(&mut self, opening: Opening, began: Instant) {
        self.then_at(TicketEvent::Opened { opening }, began);
    }

    /// Takes it in charge (SD-031).
    ///
    /// # Errors
    /// SD-112 when somebody else has it already (`holder` says who), SD-110 when it is not new.
    pub fn take(&mut self, operator: Uuid, holder: &str) -> Result<(), Refusal> {
        self.must_be_open()?;
        if let Some(held) = self.ticket.operator
            && self.ticket.state != State::New
        {
            let key = if held == operator {
                "ticket-refusal-taken-by-you"
            } else {
                "ticket-refusal-taken"
            };
            return Err(self.refused("SD-112", key).with("who", holder));
        }
        // First-level back office takes what was passed to it; everything else is taken when new.
        let free = matches!(
            self.ticket.state,
            State::New | State::BackOfficeWork | State::Level1Work | State::UnderControl
        );
        self.must(free, "SD-110", "ticket-refusal-take")?;
        if self.ticket.state == State::New {
            self.then(TicketEvent::Taken { operator });
        } else {
            let group = self.ticket.group;
            self.then(TicketEvent::Assigned {
                group,
                operator: Some(operator),
            });
        }
        Ok(())
    }

    /// Gives it to somebody of its group, who has yet to take it, or takes it back from them. What somebody took is theirs.
    ///
    /// # Errors
    /// SD-112 when somebody has taken it, or was given it meanwhile.
    pub fn give(&mut self, given: Given) -> Result<(), Refusal> {
        let free = match given.operator {
            Some(_) => self.ticket.operator.is_none(),
            None => self.ticket.given,
        };
        let waits = self.ticket.state == State::New && free;
        self.must(waits, "SD-112", "ticket-refusal-take")?;
        let Given {
            operator,
            sharing,
            load,
        } = given;
        self.then(TicketEvent::Given {
            operator,
            sharing,
            load,
        });
        Ok(())
    }

    /// Gives it to a group of the desk, or a person, or both: a hand-over. First-level back office gets what somebody has
    /// taken and classified (SD-058).
    ///
    /// # Errors
    /// SD-110 at the second level, on a parent, or when it has ended; SD-058 where back office may not have it yet.
    pub fn assign(&mut self, group: Option<Uuid>, operator: Option<Uuid>, back_office_l1: bool) -> Result<(), Refusal> {
        self.must_be_open()?;
        let desk = !matches!(self.ticket.state, State::Level2Work | State::Linked);
        self.must(desk, "SD-110", "ticket-refusal-assign")?;
        match (back_office_l1, group) {
            (true, Some(group)) => {
                self.may_pass_to_back_office()?;
                self.then(TicketEvent::MovedToBackOfficeL1 { group });
                if operator.is_some() {
                    self.then(TicketEvent::Assigned { group: None, operator });
                }
            }
            _ => self.then(TicketEvent::Assigned { group, operator }),
        }
        Ok(())
    }

    /// Passing on is a step behind taking and classifying, as sending to the second level is (SD-064).
    fn may_pass_to_back_office(&self) -> Result<(), Refusal> {
        let key = if self.ticket.state == State::New {
            "ticket-refusal-take-first"
        } else {
            "ticket-refusal-back-office"
        };
        self.must(self.desk_works(), "SD-058", key)?;
        let classified = self.ticket.facts.classified_at.is_some() || self.ticket.state == State::BackOfficeWork;
        let gate = self.parameters.gates.classification_before_second_level;
        self.must(classified || !gate, "SD-058", "ticket-refusal-classify-first")
    }

    /// Says who the requester is: verified (SD-042) or a guest (SD-041).
    ///
    /// # Errors
    /// SD-110 when it has ended.
    pub fn identify(
        &mut self,
        (requester, category): (Uuid, Option<PersonCategory>),
        verified: Option<String>,
    ) -> Result<(), Refusal> {
        self.must_be_open()?;
        self.then(match verified {
            Some(how) => TicketEvent::DataVerified {
                requester,
                category,
                how,
            },
            None => TicketEvent::GuestLinked { requester, category },
        });
        Ok(())
    }

    /// Registers the reason (SD-045, SD-052).
    ///
    /// # Errors
    /// SD-052 before it is taken, SD-110 when it has ended.
    pub fn register(&mut self, reason: String) -> Result<(), Refusal> {
        self.must_be_open()?;
        self.must(
            self.ticket.stands() != State::New,
            "SD-052",
            "ticket-refusal-take-first",
        )?;
        let reason = self.text(reason);
        self.then(TicketEvent::Registered { reason });
        Ok(())
    }

    /// Records the first diagnosis (SD-053).
    ///
    /// # Errors
    /// SD-053 before it is taken, SD-110 when it has ended.
    pub fn diagnose(&mut self, diagnosis: String) -> Result<(), Refusal> {
        self.must_be_open()?;
        self.must(
            self.ticket.stands() != State::New,
            "SD-053",
            "ticket-refusal-take-first",
        )?;
        let diagnosis = self.text(diagnosis);
        self.then(TicketEvent::DiagnosisRecorded { diagnosis });
        Ok(())
    }

    /// Classifies, or classifies again (SD-054, IM-010, IM-011). What is not given stays, or is medium.
    ///
    /// # Errors
    /// SD-054 before it is taken; IM-011 when a priority of one's own has no reason.
    pub fn classify(&mut self, asked: Classification) -> Result<(), Refusal> {
        self.must_be_open()?;
        // A contact may say of itself what it is; anybody else takes it first.
        self.must(
            self.ticket.stands() != State::New || self.is_opening(),
            "SD-054",
            "ticket-refusal-take-first",
        )?;
        let kind = asked.kind.unwrap_or(self.ticket.kind);
        if kind == TicketKind::Unknown && !self.is_opening() {
            return Err(Refusal::field("kind", "field-required"));
        }
        let impact = asked.impact.or(self.ticket.impact).unwrap_or(2);
        let urgency = asked.urgency.or(self.ticket.urgency).unwrap_or(2);
        let computed = self.parameters.priority(impact, urgency);
        let priority = asked.priority.unwrap_or(computed);
        let overridden = priority != computed;
        if overridden && asked.reason.is_none() {
            return Err(Refusal::field("reason", "ticket-field-override-reason"));
        }
        let override_reason = if overridden { self.text_if(asked.reason) } else { None };
        let category = asked.category.or(self.ticket.category);
        self.then(TicketEvent::Classified {
            kind,
            category,
            impact,
            urgency,
            priority,
            override_reason,
        });
        Ok(())
    }

    /// Says what it is about, as the catalogue has it: what it turns out to be is for the desk to find out (SD-054).
    ///
    /// # Errors
    /// SD-054 once it has been opened.
    pub fn say_what_about(&mut self, category: Uuid) -> Result<(), Refusal> {
        self.classify(Classification {
            category: Some(category),
            ..Classification::default()
        })
    }

    /// Sends it to another area, with its number, history and clock (SD-050); too many go under control (SD-051).
    ///
    /// # Errors
    /// SD-050 when it is there already, SD-110 when it has ended.
    pub fn reroute(
        &mut self,
        area: Uuid,
        (group, route): (Option<Uuid>, Option<Route>),
        reason: String,
    ) -> Result<(), Refusal> {
        self.must_be_open()?;
        self.must(area != self.ticket.area, "SD-050", "ticket-refusal-same-area")?;
        let reason = self.text(reason);
        self.then(TicketEvent::Rerouted {
            area,
            group,
            reason,
            route,
        });
        if self.ticket.reroutes > self.parameters.reroute_max {
            self.then(TicketEvent::PutUnderControl {
                rule: "SD-051".to_owned(),
            });
        }
        Ok(())
    }

    /// Links it to another ticket; to a parent only a malfunction without children, and only to an open one that has no
    /// parent (SD-055).
    ///
    /// # Errors
    /// SD-055 where that does not hold, SD-110 when it has ended.
    pub fn link(&mut self, kind: LinkKind, to: &LinkedTo) -> Result<(), Refusal> {
        self.must(!to.is_self, "SD-055", "ticket-refusal-link-self")?;
        self.must(
            !self.ticket.links.iter().any(|link| link.to == to.id),
            "SD-055",
            "ticket-refusal-linked-already",
        )?;
        if kind == LinkKind::Parent {
            self.must_be_open()?;
            self.must(
                self.ticket.kind == TicketKind::Incident,
                "SD-055",
                "ticket-refusal-link-kind",
            )?;
            self.must(
                self.ticket.parent().is_none(),
                "SD-055",
                "ticket-refusal-linked-already",
            )?;
            self.must_be_childless("ticket-refusal-link-children")?;
            self.must(to.open && !to.has_parent, "SD-055", "ticket-refusal-link-parent")?;
        }
        self.then(TicketEvent::Linked {
            kind,
            to: to.id,
            number: to.number.clone(),
        });
        Ok(())
    }

    /// Notes that the requester was told, by voice, what is known of it and by when it should work again (SD-056).
    ///
    /// # Errors
    /// SD-110 when it has ended.
    pub fn tell_times(&mut self, text: String, expected_at: Option<Instant>) -> Result<(), Refusal> {
        self.must_be_open()?;
        let text = self.text(text);
        self.then(TicketEvent::TimesTold { text, expected_at });
        Ok(())
    }

    /// Takes a link away; from a parent it goes back to where it was.
    ///
    /// # Errors
    /// A refusal 404 when there is no such link.
    pub fn unlink(&mut self, to: Uuid) -> Result<(), Refusal> {
        if !self.ticket.links.iter().any(|link| link.to == to) {
            return Err(Refusal::not_found());
        }
        self.then(TicketEvent::Unlinked { to, because: None });
        Ok(())
    }

    /// Waits for a coded reason, until a day where one is known: from any open state, and then back to where it was (§8b).
    ///
    /// # Errors
    /// SD-110 when it waits already or has ended.
    pub fn pause(
        &mut self,
        reason: WaitingReason,
        wake_at: Option<Instant>,
        note: Option<String>,
    ) -> Result<(), Refusal> {
        self.must_be_open()?;
        self.must(self.ticket.state != State::Waiting, "SD-110", "ticket-refusal-pause")?;
        if wake_at.is_some_and(|wake_at| wake_at <= self.now) {
            return Err(Refusal::field("wake_at", "ticket-field-future"));
        }
        let note = self.text_if(note);
        self.then(TicketEvent::Paused { reason, wake_at, note });
        Ok(())
    }

    /// Goes on where it was.
    ///
    /// # Errors
    /// SD-110 when it does not wait.
    pub fn resume(&mut self) -> Result<(), Refusal> {
        self.must(
            self.ticket.state == State::Waiting,
            "SD-110",
            "ticket-refusal-not-waiting",
        )?;
        self.then(TicketEvent::Resumed);
        Ok(())
    }

    /// Comes back from waiting, if it still waits until this instant and the instant has come. What was resumed before, or
    /// waits until another one, is left alone.
    pub fn wake(&mut self, wake_at: Instant) {
        let waits = self.ticket.state == State::Waiting
            && self
                .ticket
                .waiting
                .as_ref()
                .is_some_and(|waiting| waiting.wake_at == Some(wake_at));
        if waits && wake_at <= self.now {
            self.then(TicketEvent::Woken { wake_at });
        }
    }

    /// Names colleagues in a note.
    pub fn mention(&mut self, people: Vec<Uuid>) {
        if !people.is_empty() {
            self.then(TicketEvent::ColleaguesMentioned { people });
        }
    }

    /// Adds a message. What the requester writes wakes a ticket that waits for them, at the instant it arrived.
    ///
    /// # Errors
    /// SD-110 for a reply of the desk on a ticket that has ended as cancelled or merged.
    pub fn say(&mut self, visibility: Visibility, body: String, from_requester: bool) -> Result<(), Refusal> {
        let gone = matches!(self.ticket.state, State::Cancelled | State::Merged);
        self.must(
            !gone || visibility == Visibility::Internal,
            "SD-110",
            "ticket-refusal-not-open",
        )?;
        let body = self.text(body);
        self.then(TicketEvent::MessageAdded {
            visibility,
            body,
            from_requester,
        });
        let awaited = self
            .ticket
            .waiting
            .as_ref()
            .is_some_and(|waiting| waiting.reason == WaitingReason::Requester);
        if from_requester && awaited {
            self.then(TicketEvent::Resumed);
        }
        Ok(())
    }

    /// Notes that a rule of the area, in one of its editions, does what comes behind it, and which event set it off.
    pub fn note_rule(&mut self, (rule, edition): (Uuid, i64), name: String, cause: i64) {
        self.then(TicketEvent::Automated {
            rule,
            edition,
            name,
            cause,
        });
    }

    /// Corrects the subject.
    ///
    /// # Errors
    /// SD-110 when it has ended.
    pub fn change_subject(&mut self, subject: String) -> Result<(), Refusal> {
        self.must_be_open()?;
        let subject = self.text(subject);
        self.then(TicketEvent::SubjectChanged { subject });
        Ok(())
    }

    /// Notes a file that was attached.
    ///
    /// # Errors
    /// SD-110 when it was cancelled or merged.
    pub fn attach(&mut self, file: AttachedFile) -> Result<(), Refusal> {
        let gone = matches!(self.ticket.state, State::Cancelled | State::Merged);
        self.must(!gone, "SD-110", "ticket-refusal-not-open")?;
        let name = self.text(file.name);
        self.then(TicketEvent::AttachmentAdded {
            attachment: file.id,
            name,
            sha256: file.sha256,
            size: file.size,
            media_type: file.media_type,
            visibility: file.visibility,
        });
        Ok(())
    }
}

/// The ticket that another is to be linked to.
pub struct LinkedTo {
    /// Its identity.
    pub id: Uuid,
    /// Its number.
    pub number: String,
    /// True while it is open.
    pub open: bool,
    /// True when it hangs on a parent itself.
    pub has_parent: bool,
    /// True when it is the same ticket.
    pub is_self: bool,
}

/// A file that was received.
pub struct AttachedFile {
    /// Its identity.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// Bytes.
    pub size: i64,
    /// Type.
    pub media_type: String,
    /// Who sees it.
    pub visibility: Visibility,
}

/// A ticket that the house gives to somebody.
#[derive(Clone, Copy, Debug)]
pub struct Given {
    /// To whom; nobody takes it back.
    pub operator: Option<Uuid>,
    /// How the group shares its tickets.
    pub sharing: Sharing,
    /// Open tickets that they have.
    pub load: Option<i64>,
}

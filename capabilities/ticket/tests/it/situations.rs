//! Tickets as they stand in each state, brought there by acts and never by hand.

use configuration::Parameters;
use kernel::{Author, Instant, Refusal, Uuid};
use store::{Aggregate, NewContent};
use ticket::domain::{
    Channel, Classification, ClosedReason, Done, LinkKind, LinkedTo, Opening, State, TechnicalOutcome, Ticket,
    TicketKind, WaitingReason, Working,
};

/// A number that stands for somebody or something in a test.
pub fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

/// Areas, groups, people and tickets of the tests.
pub const AREA: u128 = 1;
pub const OTHER_AREA: u128 = 2;
pub const DESK: u128 = 10;
pub const BACK_OFFICE: u128 = 11;
pub const SYSTEMS: u128 = 12;
pub const APPLICATIONS: u128 = 13;
pub const ANNA: u128 = 20;
pub const BRUNO: u128 = 21;
pub const ROSA: u128 = 30;
pub const PARENT: u128 = 40;
pub const FIRST_PART: u128 = 50;
pub const SECOND_PART: u128 = 51;

pub fn start() -> Instant {
    Instant::parse("2026-11-23T09:00:00Z").unwrap()
}

pub fn anna() -> Author {
    Author {
        person: Some(id(ANNA)),
        via: "console".to_owned(),
    }
}

/// Somebody at work on a ticket, with a clock that is moved.
pub struct Desk {
    pub parameters: Parameters,
    pub now: Instant,
    pub ticket: Ticket,
}

impl Desk {
    /// A new ticket of a known requester.
    pub fn new() -> Self {
        let mut desk = Self {
            parameters: Parameters::default(),
            now: start(),
            ticket: Ticket::default(),
        };
        let subject = NewContent::new("La stampante non stampa").reference();
        let opening = Opening {
            number: "SR-2026-000001".to_owned(),
            area: id(AREA),
            channel: Channel::Phone,
            requester: Some(id(ROSA)),
            requester_category: None,
            proven: true,
            subject,
            description: None,
            group: Some(id(DESK)),
            external_ref: None,
            route: None,
        };
        desk.act(|w| {
            w.open(opening.clone(), w.now);
            Ok(())
        })
        .unwrap();
        desk
    }

    /// Does something; what is refused changes nothing.
    pub fn act(&mut self, act: impl FnOnce(&mut Working<'_>) -> Result<(), Refusal>) -> Result<(), Refusal> {
        let parameters = self.parameters.clone();
        let mut working = Working::on(self.ticket.clone(), &parameters, self.now, anna());
        act(&mut working)?;
        self.ticket = working.ticket;
        Ok(())
    }

    /// The same, for what must be allowed.
    pub fn done(mut self, act: impl FnOnce(&mut Working<'_>) -> Result<(), Refusal>) -> Self {
        self.act(act)
            .unwrap_or_else(|refusal| panic!("refused by {} in {}", refusal.code, self.ticket.state.code()));
        self
    }

    /// The rule that refuses an act, or `ok`.
    pub fn answer(&mut self, act: impl FnOnce(&mut Working<'_>) -> Result<(), Refusal>) -> &'static str {
        match self.act(act) {
            Ok(()) => "ok",
            Err(refusal) => refusal.code,
        }
    }

    /// Lets time pass.
    pub fn later(mut self, seconds: i64) -> Self {
        self.now = self.now.plus_seconds(seconds);
        self
    }

    pub fn taken(self) -> Self {
        self.done(|w| w.take(id(ANNA), ""))
    }

    pub fn classified(self) -> Self {
        self.done(|w| w.classify(incident()))
    }

    /// At the second level, with one assignment.
    pub fn sent(self) -> Self {
        self.done(|w| w.send_to_second_level(id(FIRST_PART), id(SYSTEMS), None))
    }

    pub fn solved(self) -> Self {
        self.done(|w| w.solve("Riavviato lo spooler".to_owned()))
    }
}

pub fn incident() -> Classification {
    Classification {
        kind: Some(TicketKind::Incident),
        ..Classification::default()
    }
}

pub fn finished(callback_required: bool) -> Done {
    Done {
        activity: "Sostituito il disco".to_owned(),
        outcome: TechnicalOutcome::Solved,
        callback_required,
    }
}

pub fn parent() -> LinkedTo {
    LinkedTo {
        id: id(PARENT),
        number: "SR-2026-000040".to_owned(),
        open: true,
        has_parent: false,
        is_self: false,
    }
}

/// A ticket in each state, brought there the way the process says.
pub fn in_state(state: State) -> Desk {
    let at_work = || Desk::new().taken().classified();
    match state {
        State::New => Desk::new(),
        State::Taken => Desk::new().taken(),
        State::Level1Work => at_work(),
        State::BackOfficeWork => at_work().done(|w| w.assign(Some(id(BACK_OFFICE)), None, true)),
        State::Level2Work => at_work().sent(),
        State::Linked => at_work().done(|w| w.link(LinkKind::Parent, &parent())),
        State::Waiting => at_work().done(|w| w.pause(WaitingReason::Supplier, None, None)),
        State::SolutionGiven => at_work().solved(),
        State::TechnicallyClosed => at_work()
            .sent()
            .done(|w| w.close_technically(id(FIRST_PART), finished(false))),
        State::ContactPending => at_work()
            .sent()
            .done(|w| w.close_technically(id(FIRST_PART), finished(true))),
        State::UnderControl => at_work().solved().done(|w| w.hear(false, true, None)),
        State::Closed => at_work().solved().done(|w| w.hear(true, true, None)),
        State::Cancelled => at_work().done(|w| w.cancel("Era una prova".to_owned())),
        State::Merged => at_work().done(|w| w.merge_into(&parent())),
    }
}

/// What must hold of any ticket, whatever happened to it.
pub fn assert_consistent(ticket: &Ticket) {
    let (state, facts) = (ticket.state, &ticket.facts);
    let open_parts = ticket.assignments.iter().filter(|part| part.state.is_open()).count();
    assert_eq!(
        state == State::Waiting,
        ticket.waiting.is_some(),
        "waits exactly while waiting: {ticket:?}"
    );
    if let Some(waiting) = &ticket.waiting {
        assert_eq!(
            waiting.before == State::Level2Work,
            open_parts > 0,
            "goes back to where somebody has it: {ticket:?}"
        );
    } else {
        assert_eq!(
            state == State::Level2Work,
            open_parts > 0,
            "at the second level exactly while a part is open: {ticket:?}"
        );
    }
    assert_eq!(
        state.is_open(),
        facts.closed_at.is_none(),
        "ended means that the end is recorded: {ticket:?}"
    );
    assert_eq!(
        state == State::Closed,
        ticket.closed_reason.is_some(),
        "closed with a reason: {ticket:?}"
    );
    let awaits = matches!(
        ticket.stands(),
        State::SolutionGiven | State::TechnicallyClosed | State::ContactPending
    );
    assert!(
        !awaits || facts.solved_at.is_some(),
        "in closing means solved: {ticket:?}"
    );
    let at_work = state.is_open() && !awaits;
    assert!(
        !at_work || facts.solved_at.is_none(),
        "at work means not solved: {ticket:?}"
    );
    assert!(
        ticket.stands() != State::Linked || ticket.parent().is_some(),
        "linked means that there is a parent: {ticket:?}"
    );
    assert!(
        ticket.stands() == State::New
            || !state.is_open()
            || facts.taken_at.is_some()
            || ticket.reroutes + ticket.reopenings > 0,
        "somebody took it: {ticket:?}"
    );
    let mut card = store::Card::new(id(1), 1, "ticket");
    ticket.project(&mut card);
    assert_eq!(
        (card.open, card.phase.as_str(), card.state.as_str()),
        (state.is_open(), state.phase().code(), state.code())
    );
}

/// A closing of each reason.
pub fn close(reason: ClosedReason) -> impl FnOnce(&mut Working<'_>) -> Result<(), Refusal> {
    move |w| w.close(reason, Some("Detto al richiedente".to_owned()))
}

//! What the API is sent. Unknown fields are refused by name.

use crate::commands::{EarlierFacts, TicketAct};
use crate::domain::{
    Channel, ClosedReason, ContactOutcome, LinkKind, TechnicalOutcome, TicketKind, Visibility, WaitingReason,
};
use i18n::Language;
use kernel::{Instant, Uuid};
use people::{Identity, RequesterRef};
use serde::Deserialize;
use utoipa::ToSchema;

/// Nothing: the act says it all. A field that is sent all the same is named and refused.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NothingBody {}

/// Who asks: by identity, or by what is known of them.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct RequesterBody {
    /// Identity.
    pub id: Option<Uuid>,
    /// Name, for a guest.
    pub name: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// Personal identification number.
    pub pin: Option<String>,
    /// Key in another system.
    pub external_id: Option<String>,
    /// Language to write in: `it` or `en`.
    #[schema(value_type = Option<String>)]
    pub language: Option<Language>,
}

impl From<RequesterBody> for RequesterRef {
    fn from(body: RequesterBody) -> Self {
        RequesterRef {
            id: body.id,
            identity: Identity {
                name: body.name.unwrap_or_default(),
                email: body.email,
                phone: body.phone,
                pin: body.pin,
                external_id: body.external_id,
                office: None,
                language: body.language,
            },
        }
    }
}

/// A new ticket, with the facts that are known already.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewTicket {
    /// Area by identity, code or name; the first one where left out.
    pub area: Option<String>,
    /// One line of what it is about (1–240 characters).
    #[schema(min_length = 1, max_length = 240)]
    pub subject: String,
    /// What happened.
    #[schema(max_length = 50000)]
    pub description: Option<String>,
    /// Who asks; left out, the caller.
    pub requester: Option<RequesterBody>,
    /// Channel of arrival.
    pub channel: Option<Channel>,
    /// Kind, when known. The ticket stays new until somebody takes it.
    pub kind: Option<TicketKind>,
    /// Category by identity or name.
    pub category: Option<String>,
    /// What was chosen of the catalogue, by identity: it says which area answers and what the request is about.
    pub offering: Option<Uuid>,
    /// Impact 1 (high) to 3 (low).
    #[schema(minimum = 1, maximum = 3)]
    pub impact: Option<i64>,
    /// Urgency 1 (high) to 3 (low).
    #[schema(minimum = 1, maximum = 3)]
    pub urgency: Option<i64>,
    /// Configuration items concerned, by name; kept with the description until there is a CMDB.
    pub configuration_items: Option<Vec<String>>,
    /// Key in another system.
    #[schema(max_length = 120)]
    pub external_ref: Option<String>,
    /// True when the caller takes it in charge.
    #[serde(default)]
    pub taken: bool,
    /// The requester's identification.
    pub identification: Option<IdentificationBody>,
    /// The diagnosis.
    pub diagnosis: Option<String>,
    /// The solution.
    pub solution: Option<String>,
    /// The requester's answer.
    pub outcome: Option<OutcomeBody>,
}

impl NewTicket {
    /// The facts it brings along. Work on it means that the caller took it; what the contact is does not.
    pub(crate) fn facts(&self) -> EarlierFacts {
        let classified =
            self.kind.is_some() || self.category.is_some() || self.impact.is_some() || self.urgency.is_some();
        let worked = self.diagnosis.is_some() || self.solution.is_some() || self.outcome.is_some();
        EarlierFacts {
            taken: self.taken || worked,
            identification: self.identification.clone().map(IdentificationBody::act),
            diagnosis: self
                .diagnosis
                .clone()
                .map(|diagnosis| TicketAct::Diagnose { diagnosis }),
            classification: classified.then(|| TicketAct::Classify {
                kind: self.kind,
                category: self.category.clone(),
                impact: self.impact,
                urgency: self.urgency,
                priority: None,
                reason: None,
            }),
            solution: self.solution.clone().map(|solution| TicketAct::Solve { solution }),
            outcome: self.outcome.clone().map(OutcomeBody::act),
            ..EarlierFacts::default()
        }
    }
}

/// Who the requester is.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct IdentificationBody {
    /// The person.
    pub requester: RequesterBody,
    /// True when the data were verified.
    #[serde(default)]
    pub verified: bool,
}

impl IdentificationBody {
    pub(crate) fn act(self) -> TicketAct {
        TicketAct::Identify {
            requester: self.requester.into(),
            verified: self.verified,
        }
    }
}

/// A classification.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ClassificationBody {
    /// Kind; left out, the one it has.
    pub kind: Option<TicketKind>,
    /// Category by identity or name.
    pub category: Option<String>,
    /// Impact 1 (high) to 3 (low).
    #[schema(minimum = 1, maximum = 3)]
    pub impact: Option<i64>,
    /// Urgency 1 (high) to 3 (low).
    #[schema(minimum = 1, maximum = 3)]
    pub urgency: Option<i64>,
    /// A priority that is not the matrix's, with a reason.
    #[schema(minimum = 1, maximum = 5)]
    pub priority: Option<i64>,
    /// Why it is not.
    pub reason: Option<String>,
}

impl ClassificationBody {
    pub(crate) fn act(self) -> TicketAct {
        let Self {
            kind,
            category,
            impact,
            urgency,
            priority,
            reason,
        } = self;
        TicketAct::Classify {
            kind,
            category,
            impact,
            urgency,
            priority,
            reason,
        }
    }
}

/// What the requester says of the solution.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OutcomeBody {
    /// Satisfied or not.
    pub satisfied: bool,
    /// When not satisfied: whether the classification was right (control) or wrong (classify again).
    #[serde(default = "right")]
    pub class_right: bool,
    /// In words.
    pub note: Option<String>,
}

fn right() -> bool {
    true
}

impl OutcomeBody {
    pub(crate) fn act(self) -> TicketAct {
        TicketAct::Hear {
            satisfied: self.satisfied,
            class_right: self.class_right,
            note: self.note,
        }
    }
}

/// What the requester says of the service.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RatingBody {
    /// One (bad) to five (good).
    #[schema(minimum = 1, maximum = 5)]
    pub score: i64,
    /// In words.
    #[schema(max_length = 4000)]
    pub note: Option<String>,
}

/// Corrections of fields. Changes of different fields by different people merge.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangeBody {
    /// Subject.
    pub subject: Option<String>,
    /// Kind.
    pub kind: Option<TicketKind>,
    /// Category by identity or name.
    pub category: Option<String>,
    /// Impact 1–3.
    #[schema(minimum = 1, maximum = 3)]
    pub impact: Option<i64>,
    /// Urgency 1–3.
    #[schema(minimum = 1, maximum = 3)]
    pub urgency: Option<i64>,
}

/// Owner group and person.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OwnerBody {
    /// Group of the desk, by identity or name.
    pub group: Option<String>,
    /// Operator.
    pub operator: Option<Uuid>,
}

/// A text that is the reason of something.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReasonBody {
    /// Why, in words.
    #[schema(min_length = 1)]
    pub reason: String,
}

/// Something promised to the requester.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PromiseBody {
    /// What.
    #[schema(min_length = 1, max_length = 4000)]
    pub text: String,
    /// Until when: in the future, within a year.
    #[schema(value_type = String, format = DateTime)]
    pub due_at: Instant,
}

/// Why a promise is taken back.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct WithdrawalBody {
    /// Why, in words.
    #[schema(max_length = 4000)]
    pub reason: Option<String>,
}

/// What a requester was told by voice.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TimesBody {
    /// What is known, in the words that were said.
    #[schema(min_length = 1, max_length = 4000)]
    pub text: String,
    /// When it should work again.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub expected_at: Option<Instant>,
}

/// A diagnosis.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DiagnosisBody {
    /// The diagnosis.
    #[schema(min_length = 1)]
    pub diagnosis: String,
}

/// Another area.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RerouteBody {
    /// Area by identity, code or name.
    pub area: String,
    /// Why.
    #[schema(min_length = 1)]
    pub reason: String,
}

/// Another ticket.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LinkBody {
    /// The other, by identity or number.
    pub to: String,
    /// How they belong together.
    pub kind: LinkKind,
}

/// Another ticket that this one goes on in.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MergeBody {
    /// The other, by identity or number.
    pub into: String,
}

/// A second-level assignment; it may bring the classification along.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AssignmentBody {
    /// Group by identity or name.
    pub group: String,
    /// What is asked of it.
    pub note: Option<String>,
    /// A diagnosis that is recorded first.
    pub diagnosis: Option<String>,
    /// A classification that is recorded first.
    pub classification: Option<ClassificationBody>,
}

/// How the second level was done with it: all of it is needed (SD-074).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TechnicalClosureBody {
    /// What was done.
    #[schema(min_length = 1)]
    pub activity: String,
    /// How it ended.
    pub outcome: TechnicalOutcome,
    /// Whether the requester is to be called.
    pub callback_required: bool,
    /// A classification that is recorded first.
    pub classification: Option<ClassificationBody>,
}

/// Waiting.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PauseBody {
    /// For whom or what.
    pub reason: WaitingReason,
    /// When to look again.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub wake_at: Option<Instant>,
    /// In words.
    pub note: Option<String>,
}

/// A solution; it may bring earlier facts along.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SolutionBody {
    /// The solution.
    #[schema(min_length = 1)]
    pub solution: String,
    /// True when the caller takes the ticket first.
    #[serde(default)]
    pub taken: bool,
    /// The requester's identification, recorded first.
    pub identification: Option<IdentificationBody>,
    /// A diagnosis that is recorded first.
    pub diagnosis: Option<String>,
    /// A classification that is recorded first.
    pub classification: Option<ClassificationBody>,
    /// The requester's answer, recorded after.
    pub outcome: Option<OutcomeBody>,
}

impl SolutionBody {
    pub(crate) fn acts(self) -> Vec<TicketAct> {
        EarlierFacts {
            taken: self.taken,
            identification: self.identification.map(IdentificationBody::act),
            diagnosis: self.diagnosis.map(|diagnosis| TicketAct::Diagnose { diagnosis }),
            classification: self.classification.map(ClassificationBody::act),
            solution: Some(TicketAct::Solve {
                solution: self.solution,
            }),
            outcome: self.outcome.map(OutcomeBody::act),
            ..EarlierFacts::default()
        }
        .into_acts()
    }
}

/// A call to the requester.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ContactAttemptBody {
    /// What it came to.
    pub outcome: ContactOutcome,
    /// When reached: whether the requester is satisfied.
    pub satisfied: Option<bool>,
    /// In words.
    pub note: Option<String>,
}

/// Closing.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ClosureBody {
    /// Why.
    pub reason: ClosedReason,
    /// In words; needed for `refused` and `decided`.
    pub note: Option<String>,
}

/// A message.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MessageBody {
    /// The text (1–50,000 characters).
    #[schema(min_length = 1, max_length = 50000)]
    pub body: String,
    /// Who reads it: `public` (the requester too, the default) or `internal`.
    pub visibility: Option<Visibility>,
}

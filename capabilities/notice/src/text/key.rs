//! The texts there are: on which occasion each is said, and what it can say.

use super::variable::Variable;
use serde::{Deserialize, Serialize};

/// A text by its occasion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum TextKey {
    /// A request came in: its number and what to expect.
    #[serde(rename = "alt.conferma_ricezione")]
    Receipt,
    /// Around what the desk wrote.
    #[serde(rename = "risposta.mail")]
    Reply,
    /// It went to the second level (SD-064).
    #[serde(rename = "sr.assegnata_secondo_livello")]
    SecondLevel,
    /// A solution, and whether it works.
    #[serde(rename = "chiusura.conferma")]
    Solution,
    /// It was closed (SD-085).
    #[serde(rename = "chiusura.mail")]
    Closing,
    /// What is known of the person does not fit (SD-043).
    #[serde(rename = "anagrafica.discrepanza")]
    Discrepancy,
    /// It is part of a known outage (SD-056).
    #[serde(rename = "disservizio.noto")]
    KnownOutage,
    /// More is needed to begin.
    #[serde(rename = "apertura.chiedi_dettagli")]
    AskDetails,
    /// A solution step by step.
    #[serde(rename = "passo_passo")]
    StepByStep,
    /// A promise to tell more.
    #[serde(rename = "promessa.aggiornamento")]
    Promise,
    /// No answer to a solution yet (SD-089).
    #[serde(rename = "soluzione.promemoria")]
    Reminder,
}

use Variable::{
    Area, ExpectedTime, Group, Link, Message, Name, Number, Operator, Organisation, Reason, ReopenDays, Solution,
    Subject,
};

impl TextKey {
    /// All of them, in the order of the process.
    pub const ALL: [Self; 11] = [
        Self::Receipt,
        Self::AskDetails,
        Self::Discrepancy,
        Self::KnownOutage,
        Self::Reply,
        Self::Promise,
        Self::SecondLevel,
        Self::StepByStep,
        Self::Solution,
        Self::Reminder,
        Self::Closing,
    ];

    /// As programs and the process write it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Receipt => "alt.conferma_ricezione",
            Self::Reply => "risposta.mail",
            Self::SecondLevel => "sr.assegnata_secondo_livello",
            Self::Solution => "chiusura.conferma",
            Self::Closing => "chiusura.mail",
            Self::Discrepancy => "anagrafica.discrepanza",
            Self::KnownOutage => "disservizio.noto",
            Self::AskDetails => "apertura.chiedi_dettagli",
            Self::StepByStep => "passo_passo",
            Self::Promise => "promessa.aggiornamento",
            Self::Reminder => "soluzione.promemoria",
        }
    }

    /// The text of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|key| key.code() == code)
    }

    /// True for what is sent by itself; the others are inserted while somebody writes.
    pub const fn is_sent(self) -> bool {
        matches!(
            self,
            Self::Receipt | Self::Reply | Self::SecondLevel | Self::Solution | Self::Closing
        )
    }

    /// What it can say.
    pub const fn variables(self) -> &'static [Variable] {
        match self {
            Self::Receipt => &[Name, Number, Subject, Area, Organisation, Link, ExpectedTime],
            Self::Reply => &[Name, Number, Subject, Area, Organisation, Link, Operator, Message],
            Self::SecondLevel => &[Name, Number, Subject, Area, Organisation, Link, Group, ExpectedTime],
            Self::Solution => &[Name, Number, Subject, Area, Organisation, Link, Operator, Solution],
            Self::Closing => &[Name, Number, Subject, Area, Organisation, Link, Reason, ReopenDays],
            _ => &[Name, Number, Subject, Area, Organisation, Link, Operator, ExpectedTime],
        }
    }

    /// What it must say, or the requester would get a frame without a picture.
    pub const fn needs(self) -> Option<Variable> {
        match self {
            Self::Reply => Some(Message),
            Self::Solution => Some(Solution),
            _ => None,
        }
    }

    /// The key of its name.
    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::Receipt => "notice-text-receipt",
            Self::Reply => "notice-text-reply",
            Self::SecondLevel => "notice-text-second-level",
            Self::Solution => "notice-text-solution",
            Self::Closing => "notice-text-closing",
            Self::Discrepancy => "notice-text-discrepancy",
            Self::KnownOutage => "notice-text-known-outage",
            Self::AskDetails => "notice-text-ask-details",
            Self::StepByStep => "notice-text-step-by-step",
            Self::Promise => "notice-text-promise",
            Self::Reminder => "notice-text-reminder",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_is_found_by_its_code_and_stored_under_it() {
        for key in TextKey::ALL {
            assert_eq!(TextKey::from_code(key.code()), Some(key));
            assert_eq!(serde_json::to_string(&key).expect("text"), format!("{:?}", key.code()));
        }
    }
}

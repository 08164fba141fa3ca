//! What a text can say that differs each time. Each has a name in both languages, and both are understood everywhere.

use i18n::Language;

/// Something that is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Variable {
    /// Name of whoever asked.
    Name,
    /// Number of the ticket.
    Number,
    /// Subject of the ticket.
    Subject,
    /// Area.
    Area,
    /// Organisation.
    Organisation,
    /// Address of the request in the portal.
    Link,
    /// Who writes, or who did it.
    Operator,
    /// By when it should be solved; empty where nothing is promised.
    ExpectedTime,
    /// Group of the second level.
    Group,
    /// What the desk wrote.
    Message,
    /// The solution.
    Solution,
    /// Why it was closed.
    Reason,
    /// Days within which it can be opened again.
    ReopenDays,
}

impl Variable {
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::Name,
        Self::Number,
        Self::Subject,
        Self::Area,
        Self::Organisation,
        Self::Link,
        Self::Operator,
        Self::ExpectedTime,
        Self::Group,
        Self::Message,
        Self::Solution,
        Self::Reason,
        Self::ReopenDays,
    ];

    /// Its name in a language.
    pub const fn name(self, language: Language) -> &'static str {
        let (italian, english) = match self {
            Self::Name => ("nome", "name"),
            Self::Number => ("numero", "number"),
            Self::Subject => ("oggetto", "subject"),
            Self::Area => ("ambito", "area"),
            Self::Organisation => ("organizzazione", "organisation"),
            Self::Link => ("collegamento", "link"),
            Self::Operator => ("operatore", "operator"),
            Self::ExpectedTime => ("tempo_previsto", "expected_time"),
            Self::Group => ("gruppo", "group"),
            Self::Message => ("messaggio", "message"),
            Self::Solution => ("soluzione", "solution"),
            Self::Reason => ("motivo", "reason"),
            Self::ReopenDays => ("giorni_riapertura", "reopen_days"),
        };
        match language {
            Language::It => italian,
            Language::En => english,
        }
    }

    /// The key of what it means.
    pub(crate) const fn meaning(self) -> &'static str {
        match self {
            Self::Name => "notice-variable-name",
            Self::Number => "notice-variable-number",
            Self::Subject => "notice-variable-subject",
            Self::Area => "notice-variable-area",
            Self::Organisation => "notice-variable-organisation",
            Self::Link => "notice-variable-link",
            Self::Operator => "notice-variable-operator",
            Self::ExpectedTime => "notice-variable-expected-time",
            Self::Group => "notice-variable-group",
            Self::Message => "notice-variable-message",
            Self::Solution => "notice-variable-solution",
            Self::Reason => "notice-variable-reason",
            Self::ReopenDays => "notice-variable-reopen-days",
        }
    }
}

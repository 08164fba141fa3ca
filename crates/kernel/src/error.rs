//! The two ways in which an act does not happen.
//!
//! A **refusal** is an expected answer: it names the rule or the fields, has a text in both languages and changes
//! nothing. A **failure** is a breakage: it carries its context, is logged once where it stops, and the reader gets a
//! reference to quote. A third kind is a failure that passes: the database is away or the disk is full.

use std::{borrow::Cow, fmt};

/// What commands and queries answer.
pub type Outcome<T> = Result<T, Error>;

/// Why an act did not happen.
#[derive(Debug)]
pub enum Error {
    /// An expected answer; nothing was changed.
    Refused(Box<Refusal>),
    /// The storage is away or full for the moment; nothing was changed.
    Unavailable(anyhow::Error),
    /// A breakage; nothing was changed.
    Failed(anyhow::Error),
}

/// How a refusal is to be told: one place maps these to pages and problem documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefusalKind {
    /// The input is not understood or breaks a limit (422).
    Invalid,
    /// Nobody is signed in, or the token is not known (401).
    Unauthenticated,
    /// The person may see the thing but not do this (403).
    Forbidden,
    /// It does not exist, or may not be seen (404).
    NotFound,
    /// A rule of the process refuses the act in this state (409).
    Conflict,
    /// Somebody changed the thing since it was read (412).
    Stale,
    /// Too large (413).
    TooLarge,
    /// Too many tries (429); `retry_after` says when again.
    TooMany,
}

/// An expected answer that is not the one hoped for.
#[derive(Clone, Debug)]
pub struct Refusal {
    /// How it is to be told.
    pub kind: RefusalKind,
    /// Stable code: the rule (`SD-072`) or a snake-case name.
    pub code: &'static str,
    /// Key of its sentence in the texts.
    pub key: &'static str,
    /// Arguments of the sentence.
    pub args: Vec<(&'static str, String)>,
    /// What is wrong, field by field.
    pub fields: Vec<FieldError>,
    /// Seconds after which another try makes sense.
    pub retry_after: Option<i64>,
    /// The present state of the thing, where the caller should see it (412).
    pub current: Option<serde_json::Value>,
}

/// What is wrong with one field, and how to mend it.
#[derive(Clone, Debug)]
pub struct FieldError {
    /// Name of the field as the caller sent it.
    pub field: Cow<'static, str>,
    /// Key of its sentence in the texts.
    pub key: &'static str,
    /// Arguments of the sentence.
    pub args: Vec<(&'static str, String)>,
}

impl Refusal {
    /// A refusal with its code and the key of its sentence.
    pub fn new(kind: RefusalKind, code: &'static str, key: &'static str) -> Self {
        Self {
            kind,
            code,
            key,
            args: Vec::new(),
            fields: Vec::new(),
            retry_after: None,
            current: None,
        }
    }

    /// A rule of the process refuses the act (409).
    pub fn rule(code: &'static str, key: &'static str) -> Self {
        Self::new(RefusalKind::Conflict, code, key)
    }

    /// It does not exist for this reader (404).
    pub fn not_found() -> Self {
        Self::new(RefusalKind::NotFound, "not_found", "refusal-not-found")
    }

    /// The reader may not do this (403).
    pub fn forbidden() -> Self {
        Self::new(RefusalKind::Forbidden, "forbidden", "refusal-forbidden")
    }

    /// One field is wrong (422).
    pub fn field(field: impl Into<Cow<'static, str>>, key: &'static str) -> Self {
        let mut refusal = Self::new(RefusalKind::Invalid, "invalid", "refusal-invalid");
        refusal.fields.push(FieldError {
            field: field.into(),
            key,
            args: Vec::new(),
        });
        refusal
    }

    /// The same with an argument for its sentence.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.args.push((name, value.to_string()));
        self
    }
}

impl Error {
    /// A failure from any error, with a sentence of context.
    pub fn failed(context: &'static str) -> impl FnOnce(anyhow::Error) -> Self {
        move |cause| Self::Failed(cause.context(context))
    }

    /// The refusal, when it is one.
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Refused(refusal) => Some(refusal),
            _ => None,
        }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(Box::new(refusal))
    }
}

impl From<anyhow::Error> for Error {
    fn from(cause: anyhow::Error) -> Self {
        Self::Failed(cause)
    }
}

impl From<serde_json::Error> for Error {
    fn from(cause: serde_json::Error) -> Self {
        Self::Failed(cause.into())
    }
}

impl From<std::io::Error> for Error {
    fn from(cause: std::io::Error) -> Self {
        Self::Failed(cause.into())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refusal) => {
                write!(out, "{} ({})", refusal.code, refusal.key)?;
                refusal
                    .fields
                    .iter()
                    .try_for_each(|field| write!(out, " {}: {}", field.field, field.key))
            }
            Self::Unavailable(cause) => write!(out, "storage unavailable: {cause:#}"),
            Self::Failed(cause) => write!(out, "{cause:#}"),
        }
    }
}

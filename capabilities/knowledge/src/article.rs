//! An article: what it says, for whom, and whether it is published.

use kernel::{Author, Instant, Uuid};
use serde::{Deserialize, Serialize};
use store::{Aggregate, ContentRef};
use utoipa::ToSchema;

/// For whom an article is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Requesters read it too, as a guide on the portal.
    #[default]
    Public,
    /// The desk alone.
    Internal,
}

impl Audience {
    /// Both of them.
    pub const ALL: [Self; 2] = [Self::Public, Self::Internal];

    /// Its name as programs write it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Internal => "internal",
        }
    }

    /// The audience of a name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|audience| audience.code() == code)
    }
}

/// Where an article stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ArticleState {
    /// Being written: only the desk sees it.
    #[default]
    Draft,
    /// Whoever it is for reads it.
    Published,
    /// Valid no more; the desk still finds it.
    Withdrawn,
}

impl ArticleState {
    /// All of them, in the order of a life.
    pub const ALL: [Self; 3] = [Self::Draft, Self::Published, Self::Withdrawn];

    /// Its name as programs write it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Published => "published",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The state of a name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// What an article says, and to whom: what is written and changed together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// Language it is written in.
    pub language: i18n::Language,
    /// For whom.
    pub audience: Audience,
    /// Area; nothing for all.
    pub area: Option<Uuid>,
    /// Minutes one needs, where that was said.
    pub minutes: Option<i64>,
    /// Title.
    pub title: ContentRef,
    /// Body, in the small markup of [`crate::markup`].
    pub body: ContentRef,
}

/// An article as its events say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// Its number: `KB-2026-000012`.
    pub number: String,
    /// What it says now.
    pub text: Option<Text>,
    /// Where it stands.
    pub state: ArticleState,
    /// When it was last changed or changed its state.
    pub updated_at: Instant,
}

/// What can happen to an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ArticleEvent {
    /// It was begun.
    Written {
        /// Its number.
        number: String,
        /// What it says.
        text: Text,
    },
    /// It says something else from now on.
    Edited {
        /// What it says.
        text: Text,
    },
    /// Whoever it is for reads it from now on.
    Published,
    /// It is valid no more.
    Withdrawn,
}

impl Aggregate for Article {
    const KIND: &'static str = "article";
    type Event = ArticleEvent;

    fn name(event: &ArticleEvent) -> &'static str {
        match event {
            ArticleEvent::Written { .. } => "article.written",
            ArticleEvent::Edited { .. } => "article.edited",
            ArticleEvent::Published => "article.published",
            ArticleEvent::Withdrawn => "article.withdrawn",
        }
    }

    fn apply(&mut self, event: &ArticleEvent, at: Instant, _author: &Author) {
        match event {
            ArticleEvent::Written { number, text } => {
                self.number.clone_from(number);
                self.text = Some(text.clone());
            }
            ArticleEvent::Edited { text } => self.text = Some(text.clone()),
            ArticleEvent::Published => self.state = ArticleState::Published,
            ArticleEvent::Withdrawn => self.state = ArticleState::Withdrawn,
        }
        self.updated_at = self.updated_at.max(at);
    }
}

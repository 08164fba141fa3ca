//! The row of an article: what lists show, and who may read it. It is written with the article, never by itself.

use crate::{Article, ArticleState, Audience};
use i18n::Language;
use kernel::{Instant, Outcome, Refusal, Uuid};
use people::{Act, Actor};
use store::{Loaded, Reader, Row, Sql, Tx};

/// An article as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleRow {
    /// The record.
    pub id: Uuid,
    /// Rises with recording: "newest first" is this, backwards.
    pub ordinal: i64,
    /// Its number.
    pub number: String,
    /// Area; nothing for all.
    pub area: Option<Uuid>,
    /// For whom.
    pub audience: Audience,
    /// Language.
    pub language: Language,
    /// Where it stands.
    pub state: ArticleState,
    /// Minutes one needs.
    pub minutes: Option<i64>,
    /// Title.
    pub title: String,
    /// When it was last changed.
    pub updated_at: Instant,
}

/// The columns of a row under the alias `a`, as [`ArticleRow::read`] reads them.
pub(crate) const COLUMNS: &str =
    "a.id, a.ordinal, a.number, a.area_id, a.audience, a.language, a.state, a.minutes, a.title, a.updated_at";

impl ArticleRow {
    /// Reads a row whose columns begin at the first.
    pub(crate) fn read(row: &Row) -> Outcome<Self> {
        Ok(Self {
            id: row.get(0)?,
            ordinal: row.get(1)?,
            number: row.get(2)?,
            area: row.get(3)?,
            audience: Audience::from_code(&row.get::<String>(4)?).ok_or_else(|| unlike("audience"))?,
            language: row.get::<String>(5)?.parse().unwrap_or_default(),
            state: ArticleState::from_code(&row.get::<String>(6)?).ok_or_else(|| unlike("state"))?,
            minutes: row.get(7)?,
            title: row.get(8)?,
            updated_at: row.instant(9)?,
        })
    }

    /// True when somebody may read it: what is published and public, whoever the area serves; the rest, whoever works there.
    pub fn is_for(&self, actor: &Actor) -> bool {
        actor.works_in(self.area) || (self.is_guide() && actor.is_served_by(self.area))
    }

    /// True for what requesters may read.
    pub fn is_guide(&self) -> bool {
        self.state == ArticleState::Published && self.audience == Audience::Public
    }

    /// What one must be allowed to change it: what readers rely on is changed by those who publish.
    pub fn change(&self) -> Act {
        match self.state {
            ArticleState::Published => Act::PublishGuides,
            ArticleState::Draft | ArticleState::Withdrawn => Act::WriteGuides,
        }
    }
}

fn unlike(what: &str) -> kernel::Error {
    kernel::Error::Failed(anyhow::anyhow!("an article has an unknown {what}"))
}

/// An article by identity or number, if somebody may read it.
///
/// # Errors
/// A refusal 404.
pub async fn article_row(reader: &Reader, actor: &Actor, key: &str) -> Outcome<ArticleRow> {
    let row = match key.parse::<Uuid>() {
        Ok(id) => {
            let sql = format!("SELECT {COLUMNS} FROM article a WHERE a.id = $1");
            reader.row(&sql, vec![id.into()]).await?
        }
        Err(_) => {
            let number = record::number_of(key).ok_or_else(Refusal::not_found)?;
            let sql = format!("SELECT {COLUMNS} FROM article a WHERE a.number = $1");
            reader.row(&sql, vec![number.into()]).await?
        }
    };
    let row = ArticleRow::read(&row.ok_or_else(Refusal::not_found)?)?;
    if row.is_for(actor) {
        Ok(row)
    } else {
        Err(Refusal::not_found().into())
    }
}

/// Writes the row of an article as it is now.
pub(crate) async fn write(tx: &Tx, loaded: &Loaded<Article>, title: &str) -> Outcome<()> {
    let article = &loaded.state;
    let text = article.text.as_ref().ok_or_else(Refusal::not_found)?;
    let sql = "INSERT INTO article (id, ordinal, number, area_id, audience, language, state, minutes, title, updated_at) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (id) DO UPDATE SET area_id = excluded.area_id, \
               audience = excluded.audience, language = excluded.language, state = excluded.state, \
               minutes = excluded.minutes, title = excluded.title, updated_at = excluded.updated_at";
    let values = vec![
        loaded.id.into(),
        loaded.ordinal.into(),
        article.number.as_str().into(),
        text.area.into(),
        text.audience.code().into(),
        text.language.code().into(),
        article.state.code().into(),
        text.minutes.into(),
        title.into(),
        article.updated_at.as_millis().into(),
    ];
    tx.run(sql, values).await.map(drop)
}

/// The title that stands in an article's row.
pub(crate) async fn title(tx: &Tx, id: Uuid) -> Outcome<String> {
    let row = tx
        .row("SELECT title FROM article WHERE id = $1", vec![id.into()])
        .await?;
    row.map_or(Ok(String::new()), |row| row.get(0))
}

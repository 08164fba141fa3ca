//! An article as programs and pages see it.

use crate::row::ArticleRow;
use crate::{Article, ArticleState, Audience};
use i18n::Language;
use kernel::{Instant, Outcome, Refusal, Uuid};
use people::Actor;
use serde::{Deserialize, Serialize};
use store::{Loaded, Reader, Sql};
use utoipa::ToSchema;

/// An article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ArticleView {
    /// Identity.
    pub id: Uuid,
    /// Number.
    pub number: String,
    /// Version: what `ETag` carries.
    pub version: i64,
    /// Title.
    pub title: String,
    /// Body; nothing in answers that changed nothing of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// Language it is written in.
    #[schema(value_type = String)]
    pub language: Language,
    /// For whom.
    pub audience: Audience,
    /// Area; nothing for all.
    pub area: Option<Uuid>,
    /// Minutes one needs.
    pub minutes: Option<i64>,
    /// Where it stands.
    pub state: ArticleState,
    /// When it was last changed.
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Instant,
}

/// An article in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ArticleLine {
    /// Identity.
    pub id: Uuid,
    /// Number.
    pub number: String,
    /// Title.
    pub title: String,
    /// Language it is written in.
    #[schema(value_type = String)]
    pub language: Language,
    /// For whom.
    pub audience: Audience,
    /// Area; nothing for all.
    pub area: Option<Uuid>,
    /// Minutes one needs.
    pub minutes: Option<i64>,
    /// Where it stands.
    pub state: ArticleState,
    /// When it was last changed.
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Instant,
}

/// What readers said of an article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Voices {
    /// How many found it useful.
    pub useful: i64,
    /// How many did not.
    pub useless: i64,
}

impl ArticleView {
    /// The view of an article, with its words.
    pub(crate) fn of(loaded: &Loaded<Article>, title: String, body: Option<String>) -> Self {
        let article = &loaded.state;
        let text = article.text.as_ref();
        Self {
            id: loaded.id,
            number: article.number.clone(),
            version: loaded.version,
            title,
            body,
            language: text.map(|text| text.language).unwrap_or_default(),
            audience: text.map(|text| text.audience).unwrap_or_default(),
            area: text.and_then(|text| text.area),
            minutes: text.and_then(|text| text.minutes),
            state: article.state,
            updated_at: article.updated_at,
        }
    }
}

impl From<ArticleRow> for ArticleLine {
    fn from(row: ArticleRow) -> Self {
        Self {
            id: row.id,
            number: row.number,
            title: row.title,
            language: row.language,
            audience: row.audience,
            area: row.area,
            minutes: row.minutes,
            state: row.state,
            updated_at: row.updated_at,
        }
    }
}

/// An article by identity or number, with its words, if somebody may read it.
///
/// # Errors
/// A refusal 404.
pub async fn article(reader: &Reader, actor: &Actor, key: &str) -> Outcome<ArticleView> {
    let row = crate::row::article_row(reader, actor, key).await?;
    let loaded = reader.state::<Article>(row.id).await?.ok_or_else(Refusal::not_found)?;
    let text = loaded.state.text.clone().ok_or_else(Refusal::not_found)?;
    let sql = "SELECT body FROM content WHERE id = $1";
    let body = reader.row(sql, vec![text.body.content.into()]).await?;
    let body = body.map_or(Ok(String::new()), |body| body.get(0))?;
    Ok(ArticleView::of(&loaded, row.title, Some(body)))
}

/// What readers said of an article.
pub async fn voices(reader: &Reader, article: Uuid) -> Outcome<Voices> {
    let sql = "SELECT COUNT(*), COUNT(CASE WHEN useful = 1 THEN 1 END) FROM article_voice WHERE article_id = $1";
    let row = reader.row(sql, vec![article.into()]).await?;
    let Some(row) = row else { return Ok(Voices::default()) };
    let (all, useful): (i64, i64) = (row.get(0)?, row.get(1)?);
    Ok(Voices {
        useful,
        useless: all - useful,
    })
}

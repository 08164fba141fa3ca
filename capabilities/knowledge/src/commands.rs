//! What is done with articles: begun, edited, published, withdrawn, judged by those who read them.

use crate::article::Text;
use crate::{Article, ArticleEvent, ArticleState, ArticleView, Audience, find, row};
use configuration::Area;
use i18n::Language;
use kernel::{Checks, Limit, Outcome, Refusal, Uuid};
use people::{Act, Actor};
use std::sync::Arc;
use store::{Idempotency, Lane, Loaded, NewContent, Recorded, Sql, Store, Tx};
use web::IfMatch;

/// Longest title.
const TITLE: Limit = Limit::line(160);
/// Longest body.
const BODY: Limit = Limit::text(40_000);
/// Most minutes one may need.
const MINUTES: i64 = 480;

/// An article as somebody writes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Writing {
    /// Title.
    pub title: String,
    /// Body, in the small markup.
    pub body: String,
    /// Language.
    pub language: Language,
    /// For whom.
    pub audience: Audience,
    /// Area by identity, code or name; nothing for all.
    pub area: Option<String>,
    /// Minutes one needs.
    pub minutes: Option<i64>,
}

/// An article whose texts are trimmed and measured, and whose area is known.
struct Checked {
    title: String,
    body: String,
    language: Language,
    audience: Audience,
    area: Option<Uuid>,
    minutes: Option<i64>,
}

impl Writing {
    async fn checked(self, store: &Store) -> Outcome<Checked> {
        let mut checks = Checks::new();
        let title = checks.required("title", Some(&self.title), TITLE);
        let body = checks.required("body", Some(&self.body), BODY);
        let minutes = checks.within("minutes", self.minutes, 1, MINUTES);
        let area = Area::noted(store, &mut checks, self.area.as_deref()).await?;
        checks.done()?;
        Ok(Checked {
            title,
            body,
            language: self.language,
            audience: self.audience,
            area,
            minutes,
        })
    }
}

impl Checked {
    /// The text as events hold it, and the contents it refers to.
    fn text(&self) -> (Text, [NewContent; 2]) {
        let contents = [NewContent::new(&self.title), NewContent::new(&self.body)];
        let text = Text {
            language: self.language,
            audience: self.audience,
            area: self.area,
            minutes: self.minutes,
            title: contents[0].reference(),
            body: contents[1].reference(),
        };
        (text, contents)
    }
}

/// Begins an article: a draft with a number of its own.
///
/// # Errors
/// A refusal 403, or 422 that names the fields.
pub async fn write(
    store: &Store,
    actor: &Arc<Actor>,
    writing: Writing,
    once: Option<Idempotency>,
) -> Outcome<ArticleView> {
    actor.allow_any(Act::WriteGuides)?;
    let checked = writing.checked(store).await?;
    actor.allow_over(Act::WriteGuides, checked.area)?;
    let author = actor.author();
    let write = store.write_once(Lane::People, once, move |tx| {
        Box::pin(async move {
            let number = tx.number("KB", tx.now().year()).await?;
            let (text, contents) = checked.text();
            let mut article = tx.fresh::<Article>(Uuid::now_v7());
            let written = at(tx, ArticleEvent::Written { number, text });
            tx.save(&mut article, &author, vec![written], &contents).await?;
            kept(tx, &article, checked.title, checked.body).await
        })
    });
    write.await
}

/// Changes what an article says; what readers rely on is changed by those who publish.
///
/// # Errors
/// A refusal 403, 404, 412 when it has changed, 422 that names the fields.
pub async fn edit(
    store: &Store,
    actor: &Arc<Actor>,
    id: Uuid,
    writing: Writing,
    if_match: IfMatch,
) -> Outcome<ArticleView> {
    let checked = writing.checked(store).await?;
    let actor = actor.clone();
    let edit = store.write(Lane::People, move |tx| {
        Box::pin(async move {
            let mut article = tx.load::<Article>(id).await?;
            let change = allow_change(&actor, &article)?;
            actor.allow_over(change, checked.area)?;
            if_match.check(article.version, || current(&article))?;
            let (text, contents) = checked.text();
            let before = article.state.text.as_ref();
            if !before.is_some_and(|before| is_same(before, &text)) || !says(tx, &article, &checked).await? {
                let edited = at(tx, ArticleEvent::Edited { text });
                tx.save(&mut article, &actor.author(), vec![edited], &contents).await?;
            }
            kept(tx, &article, checked.title, checked.body).await
        })
    });
    edit.await
}

/// Publishes an article, or withdraws it; asked again, nothing happens.
///
/// # Errors
/// A refusal 403, 404, 412 when it has changed.
pub async fn set_state(
    store: &Store,
    actor: &Arc<Actor>,
    id: Uuid,
    state: ArticleState,
    if_match: IfMatch,
) -> Outcome<ArticleView> {
    let actor = actor.clone();
    let set = store.write(Lane::People, move |tx| {
        Box::pin(async move {
            let mut article = tx.load::<Article>(id).await?;
            allow_change(&actor, &article)?;
            let area = article.state.text.as_ref().and_then(|text| text.area);
            actor.allow_over(Act::PublishGuides, area)?;
            if_match.check(article.version, || current(&article))?;
            let event = match state {
                ArticleState::Published => ArticleEvent::Published,
                ArticleState::Draft | ArticleState::Withdrawn => ArticleEvent::Withdrawn,
            };
            if article.state.state != state {
                let events = vec![at(tx, event)];
                tx.save(&mut article, &actor.author(), events, &[]).await?;
            }
            let title = row::title(tx, id).await?;
            row::write(tx, &article, &title).await?;
            Ok(ArticleView::of(&article, title, None))
        })
    });
    set.await
}

/// Keeps what a reader says of a guide: useful or not. Each person has one voice and may change it.
///
/// # Errors
/// A refusal 404 when there is no such guide for them.
pub async fn judge(store: &Store, actor: &Arc<Actor>, key: &str, useful: bool) -> Outcome<()> {
    let article = row::article_row(store.read(), actor, key).await?;
    if !article.is_guide() {
        return Err(Refusal::not_found().into());
    }
    let person = actor.person;
    let judge = store.write(Lane::People, move |tx| {
        Box::pin(async move {
            let sql = "INSERT INTO article_voice (article_id, person_id, useful, said_at) VALUES ($1, $2, $3, $4) \
                       ON CONFLICT (article_id, person_id) DO UPDATE SET useful = excluded.useful, said_at = excluded.said_at";
            let (useful, now) = (i64::from(useful), tx.now().as_millis());
            let values = vec![article.id.into(), person.into(), useful.into(), now.into()];
            tx.run(sql, values).await.map(drop)
        })
    });
    judge.await
}

/// Allows changing an article as it stands; what one may not read does not exist.
fn allow_change(actor: &Actor, article: &Loaded<Article>) -> Outcome<Act> {
    let text = article.state.text.as_ref().ok_or_else(Refusal::not_found)?;
    let published = article.state.state == ArticleState::Published;
    let guide = published && text.audience == Audience::Public;
    if !(actor.works_in(text.area) || (guide && actor.is_served_by(text.area))) {
        return Err(Refusal::not_found().into());
    }
    let act = if published {
        Act::PublishGuides
    } else {
        Act::WriteGuides
    };
    actor.allow_over(act, text.area)?;
    Ok(act)
}

fn at(tx: &Tx, event: ArticleEvent) -> Recorded<ArticleEvent> {
    Recorded {
        event,
        occurred_at: tx.now(),
    }
}

fn current(article: &Loaded<Article>) -> serde_json::Value {
    serde_json::to_value(ArticleView::of(article, String::new(), None)).unwrap_or_default()
}

/// True when nothing but the references differs.
fn is_same(one: &Text, other: &Text) -> bool {
    let Text { title, body, .. } = other.clone();
    *other
        == Text {
            title,
            body,
            ..one.clone()
        }
}

/// True when an article already says these words.
async fn says(tx: &Tx, article: &Loaded<Article>, checked: &Checked) -> Outcome<bool> {
    let Some(text) = &article.state.text else {
        return Ok(false);
    };
    let sql = "SELECT COUNT(*) FROM content WHERE (id = $1 AND body = $2) OR (id = $3 AND body = $4)";
    let values = vec![
        text.title.content.into(),
        checked.title.as_str().into(),
        text.body.content.into(),
        checked.body.as_str().into(),
    ];
    let row = tx.row(sql, values).await?;
    Ok(row.map(|row| row.get::<i64>(0)).transpose()? == Some(2))
}

/// Writes row and words, and answers the article.
async fn kept(tx: &Tx, article: &Loaded<Article>, title: String, body: String) -> Outcome<ArticleView> {
    row::write(tx, article, &title).await?;
    find::index(tx, article.id, &title, &body).await?;
    Ok(ArticleView::of(article, title, Some(body)))
}

//! Finding words: one row of tokens for each record, in FTS5 or a tsvector.
//!
//! The newest three hundred matches are the candidates, and our own code ranks them, so both databases answer alike and
//! frequent words stay fast. Scope stands in the index as tokens of its own; internal notes are a column that requesters
//! never query.

use crate::{Backend, Card, FoundBy, Row, Sql, Tx, Value, Words, tokens};
use kernel::{Outcome, Uuid};
use std::collections::HashSet;

/// Most candidates that are ranked.
pub(crate) const CANDIDATES: i64 = 300;

/// Which texts a word may be found in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SearchField {
    /// What the requester may read too.
    Public,
    /// Internal notes.
    Internal,
}

/// What is asked of the index.
#[derive(Clone, Debug, Default)]
pub struct SearchQuery {
    /// The words, as typed.
    pub words: String,
    /// True for people who read internal notes.
    pub internal: bool,
    /// Only records of this requester.
    pub requester: Option<Uuid>,
    /// Only records of these areas.
    pub areas: Option<Vec<Uuid>>,
    /// Only records older than this ordinal.
    pub before: Option<i64>,
}

/// A candidate: a record by its ordinal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SearchHit {
    /// The record's ordinal.
    pub ordinal: i64,
}

/// The token by which a requester's records are found.
fn requester_token(requester: Uuid) -> String {
    format!("rq_{}", requester.simple())
}

/// The token by which an area's records are found.
fn area_token(area: Uuid) -> String {
    format!("ar_{}", area.simple())
}

/// The public tokens of a record: its words, and whose it is.
pub(crate) fn public_tokens(text: &str, area: Uuid, requester: Option<Uuid>) -> String {
    scoped(Words::of(text).0, area, requester)
}

/// The tokens of several texts.
fn words_of(texts: &[String]) -> String {
    texts
        .iter()
        .map(|text| Words::of(text).0)
        .filter(|words| !words.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn scoped(mut words: String, area: Uuid, requester: Option<Uuid>) -> String {
    words.push(' ');
    words.push_str(&area_token(area));
    if let Some(requester) = requester {
        words.push(' ');
        words.push_str(&requester_token(requester));
    }
    words
}

impl Tx {
    /// Indexes a new record: its public words, and whose it is.
    pub async fn index(&self, ordinal: i64, text: &str, area: Uuid, requester: Option<Uuid>) -> Outcome<()> {
        let words = public_tokens(text, area, requester);
        let (sql, words) = match self.backend() {
            Backend::Sqlite => (
                "INSERT INTO search (rowid, public, internal) VALUES ($1, $2, '')",
                words,
            ),
            Backend::Postgres => (
                "INSERT INTO search (ordinal, public, internal) VALUES ($1, ($2::text)::tsvector, '')",
                vector(&words),
            ),
        };
        self.run(sql, vec![ordinal.into(), words.into()]).await.map(drop)
    }

    /// Adds words to a record's row.
    pub async fn index_more(&self, ordinal: i64, field: SearchField, text: &str) -> Outcome<()> {
        let words = Words::of(text).0;
        if words.is_empty() {
            return Ok(());
        }
        self.add_tokens(ordinal, field, words).await
    }

    /// Adds the tokens of an area and a requester: after a reroute or an identification.
    pub async fn index_scope(&self, ordinal: i64, area: Uuid, requester: Option<Uuid>) -> Outcome<()> {
        let mut words = area_token(area);
        if let Some(requester) = requester {
            words.push(' ');
            words.push_str(&requester_token(requester));
        }
        self.add_tokens(ordinal, SearchField::Public, words).await
    }

    async fn add_tokens(&self, ordinal: i64, field: SearchField, words: String) -> Outcome<()> {
        let (sql, words) = match (self.backend(), field) {
            (Backend::Sqlite, SearchField::Public) => {
                ("UPDATE search SET public = public || ' ' || $2 WHERE rowid = $1", words)
            }
            (Backend::Sqlite, SearchField::Internal) => (
                "UPDATE search SET internal = internal || ' ' || $2 WHERE rowid = $1",
                words,
            ),
            (Backend::Postgres, SearchField::Public) => (
                "UPDATE search SET public = public || ($2::text)::tsvector WHERE ordinal = $1 AND (length(public) < 8000 OR length($2) < 100)",
                vector(&words),
            ),
            (Backend::Postgres, SearchField::Internal) => (
                "UPDATE search SET internal = internal || ($2::text)::tsvector WHERE ordinal = $1 AND (length(internal) < 8000 OR length($2) < 100)",
                vector(&words),
            ),
        };
        let values = vec![ordinal.into(), words.into()];
        self.later("search", ordinal, sql.to_owned(), values).await
    }

    /// Indexes a record with all its words.
    pub async fn index_anew(&self, card: &Card, words: &FoundBy) -> Outcome<()> {
        let public = scoped(words_of(&words.public), card.area, card.requester);
        let internal = words_of(&words.internal);
        let (sql, public, internal) = match self.backend() {
            Backend::Sqlite => (
                "INSERT INTO search (rowid, public, internal) VALUES ($1, $2, $3)",
                public,
                internal,
            ),
            Backend::Postgres => (
                "INSERT INTO search (ordinal, public, internal) VALUES ($1, ($2::text)::tsvector, ($3::text)::tsvector)",
                vector(&public),
                vector(&internal),
            ),
        };
        let values = vec![card.ordinal.into(), public.into(), internal.into()];
        self.later("search", card.ordinal, sql.to_owned(), values).await
    }

    /// Adds what was written to a record's row.
    pub async fn index_written(&self, ordinal: i64, words: &FoundBy) -> Outcome<()> {
        for (field, texts) in [
            (SearchField::Public, &words.public),
            (SearchField::Internal, &words.internal),
        ] {
            let words = words_of(texts);
            if !words.is_empty() {
                self.add_tokens(ordinal, field, words).await?;
            }
        }
        Ok(())
    }

    /// Forgets a record's words, before they are indexed anew.
    pub async fn unindex(&self, ordinal: i64) -> Outcome<()> {
        let sql = match self.backend() {
            Backend::Sqlite => "DELETE FROM search WHERE rowid = $1",
            Backend::Postgres => "DELETE FROM search WHERE ordinal = $1",
        };
        self.run(sql, vec![ordinal.into()]).await.map(drop)
    }

    /// Merges a few pages of the index: background work, so that no write stalls on a large merge.
    pub async fn tidy_index(&self) -> Outcome<()> {
        if self.backend() == Backend::Sqlite {
            self.run("INSERT INTO search (search, rank) VALUES ('merge', 100)", vec![])
                .await?;
        }
        Ok(())
    }
}

/// The tokens of a record as they stand in the index.
pub(crate) struct Indexed {
    public: HashSet<String>,
    internal: HashSet<String>,
}

impl Indexed {
    /// True when these words stand there and no others. Scopes a record once had may stay: who may see it is asked again.
    pub(crate) fn holds(&self, words: &FoundBy, card: &Card) -> bool {
        let due = set(&scoped(words_of(&words.public), card.area, card.requester));
        let is_scope = |token: &&String| token.starts_with("ar_") || token.starts_with("rq_");
        due.is_subset(&self.public)
            && self.public.difference(&due).all(|token| is_scope(&token))
            && self.internal == set(&words_of(&words.internal))
    }
}

fn set(words: &str) -> HashSet<String> {
    words
        .split(' ')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The tokens of a record, if it stands in the index.
pub(crate) async fn indexed(sql: &impl Sql, ordinal: i64) -> Outcome<Option<Indexed>> {
    let text = match sql.backend() {
        Backend::Sqlite => "SELECT public, internal FROM search WHERE rowid = $1",
        Backend::Postgres => {
            "SELECT array_to_string(tsvector_to_array(public), ' '), array_to_string(tsvector_to_array(internal), ' ') \
             FROM search WHERE ordinal = $1"
        }
    };
    let Some(row) = sql.row(text, vec![ordinal.into()]).await? else {
        return Ok(None);
    };
    let (public, internal): (String, String) = (row.get(0)?, row.get(1)?);
    Ok(Some(Indexed {
        public: set(&public),
        internal: set(&internal),
    }))
}

/// Longest text that becomes one tsvector, in bytes: a row of the index holds a mebibyte, for public and internal together.
const MOST_IN_VECTOR: usize = 400 * 1024;

/// A tsvector literal: tokens without their places, since nothing here asks for them. Tokens hold letters, digits and
/// underscores only. What a conversation says after thousands of different words finds nothing new and is left out.
pub(crate) fn vector(words: &str) -> String {
    let mut end = words.len().min(MOST_IN_VECTOR);
    while !words.is_char_boundary(end) {
        end -= 1;
    }
    words[..end].to_owned()
}

/// Which rows of the index hold the words: newest first, at most [`CANDIDATES`]. Nothing when there is no word.
fn candidates(backend: Backend, query: &SearchQuery) -> Option<(&'static str, Vec<Value>)> {
    let words = tokens(&query.words);
    if words.is_empty() {
        return None;
    }
    let (text, asked) = match backend {
        Backend::Sqlite => (
            "SELECT rowid AS ordinal FROM search WHERE search MATCH $1 AND rowid < $2 ORDER BY rowid DESC LIMIT $3",
            fts_expression(&words, query),
        ),
        Backend::Postgres if query.internal => (
            "SELECT ordinal FROM search WHERE (public || internal) @@ ($1::text)::tsquery AND ordinal < $2 \
             ORDER BY ordinal DESC LIMIT $3",
            tsquery(&words, query),
        ),
        Backend::Postgres => (
            "SELECT ordinal FROM search WHERE public @@ ($1::text)::tsquery AND ordinal < $2 ORDER BY ordinal DESC LIMIT $3",
            tsquery(&words, query),
        ),
    };
    Some((
        text,
        vec![asked.into(), query.before.unwrap_or(i64::MAX).into(), CANDIDATES.into()],
    ))
}

impl crate::Reader {
    /// The newest three hundred records that hold all words of the query, newest first.
    pub async fn search(&self, query: &SearchQuery) -> Outcome<Vec<SearchHit>> {
        let Some((text, values)) = candidates(self.backend(), query) else {
            return Ok(Vec::new());
        };
        let rows: Vec<Row> = self.rows(text, values).await?;
        rows.iter().map(|row| Ok(SearchHit { ordinal: row.get(0)? })).collect()
    }

    /// The cards of the newest three hundred records that hold all words of the query, in no order: one statement.
    pub async fn search_cards(&self, query: &SearchQuery) -> Outcome<Vec<Card>> {
        let Some((text, values)) = candidates(self.backend(), query) else {
            return Ok(Vec::new());
        };
        let sql = format!(
            "SELECT {} FROM ({text}) hit JOIN card c ON c.ordinal = hit.ordinal",
            Card::columns("c")
        );
        self.rows(&sql, values)
            .await?
            .iter()
            .map(|row| Card::from_row(row, 0))
            .collect()
    }
}

fn fts_expression(words: &[String], query: &SearchQuery) -> String {
    let mut all: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
    all.extend(scope(query).into_iter().map(|group| {
        let any: Vec<String> = group.iter().map(|token| format!("\"{token}\"")).collect();
        format!("({})", any.join(" OR "))
    }));
    let all = all.join(" AND ");
    if query.internal {
        all
    } else {
        format!("public : ({all})")
    }
}

fn tsquery(words: &[String], query: &SearchQuery) -> String {
    let mut all: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
    all.extend(scope(query).into_iter().map(|group| {
        let any: Vec<String> = group.iter().map(|token| format!("'{token}'")).collect();
        format!("({})", any.join(" | "))
    }));
    all.join(" & ")
}

fn scope(query: &SearchQuery) -> Vec<Vec<String>> {
    let mut groups = Vec::new();
    if let Some(requester) = query.requester {
        groups.push(vec![requester_token(requester)]);
    }
    if let Some(areas) = &query.areas {
        let mut any: Vec<String> = areas.iter().map(|area| area_token(*area)).collect();
        if any.is_empty() {
            // No area at all finds nothing.
            any.push(area_token(kernel::NIL));
        }
        groups.push(any);
    }
    groups
}

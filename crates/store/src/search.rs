//! Finding words: one row of tokens for each record, in FTS5 or a tsvector.
//!
//! The newest three hundred matches are the candidates, and our own code ranks them, so both databases answer alike and
//! frequent words stay fast. Scope stands in the index as tokens of its own; internal notes are a column that requesters
//! never query. PostgreSQL's inverted index cannot give the newest first, so each row also stands in stretches of rows,
//! and the newest stretches are asked before older ones (ADR 3).

use crate::{Backend, Card, FoundBy, Row, Sql, Tx, Value, Words, tokens};
use kernel::{Outcome, Uuid};
use std::collections::HashSet;

/// Most candidates that are ranked.
pub const CANDIDATES: usize = 300;

/// Which texts a word may be found in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SearchField {
    /// What the requester may read too.
    Public,
    /// Internal notes.
    Internal,
}

/// What a record belongs to, as it stands in the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Belongs {
    /// To an area, or once did.
    Area(Uuid),
    /// To a requester, or once did.
    Requester(Uuid),
}

impl Belongs {
    pub(crate) fn token(self) -> String {
        match self {
            Self::Area(area) => area_token(area),
            Self::Requester(requester) => requester_token(requester),
        }
    }
}

/// What is asked of the index.
#[derive(Clone, Debug, Default)]
pub struct SearchQuery {
    /// The words, as typed.
    pub words: String,
    /// Words of which none may stand there, among the texts the asker reads.
    pub without: String,
    /// True for people who read internal notes.
    pub internal: bool,
    /// Only records of this requester.
    pub requester: Option<Uuid>,
    /// Only records of these areas.
    pub areas: Option<Vec<Uuid>>,
    /// Only records that belong to one of these: how far the asker reaches.
    pub within: Option<Vec<Belongs>>,
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

    /// Indexes a new record with all its words.
    pub async fn index_anew(&self, card: &Card, words: &FoundBy) -> Outcome<()> {
        self.note(words);
        let [public, internal] = self.texts(card, words);
        let sql = match self.backend() {
            Backend::Sqlite => "INSERT INTO search (rowid, public, internal) VALUES ($1, $2, $3)",
            Backend::Postgres => {
                "INSERT INTO search (ordinal, public, internal) VALUES ($1, ($2::text)::tsvector, ($3::text)::tsvector)"
            }
        };
        let values = vec![card.ordinal.into(), public.into(), internal.into()];
        self.later("search", card.ordinal, sql.to_owned(), values).await
    }

    /// Adds what was written to a record's row.
    pub async fn index_written(&self, ordinal: i64, words: &FoundBy) -> Outcome<()> {
        self.note(words);
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

    /// Gives a record other words than it had, or its first ones. It keeps its place among the newest.
    pub async fn reindex(&self, card: &Card, words: &FoundBy) -> Outcome<()> {
        let [public, internal] = self.texts(card, words);
        let sql = match self.backend() {
            Backend::Sqlite => "UPDATE search SET public = $2, internal = $3 WHERE rowid = $1",
            Backend::Postgres => {
                "UPDATE search SET public = ($2::text)::tsvector, internal = ($3::text)::tsvector WHERE ordinal = $1"
            }
        };
        let values = vec![card.ordinal.into(), public.into(), internal.into()];
        if self.run(sql, values).await? == 0 {
            return self.index_anew(card, words).await;
        }
        Ok(())
    }

    /// The public and the internal tokens of a record, as this database takes them.
    fn texts(&self, card: &Card, words: &FoundBy) -> [String; 2] {
        let public = scoped(words_of(&words.public), card.area, card.requester);
        let internal = words_of(&words.internal);
        match self.backend() {
            Backend::Sqlite => [public, internal],
            Backend::Postgres => [vector(&public), vector(&internal)],
        }
    }

    /// Notes words for the dictionary, also when the command fails afterwards: the index tells whether they are found.
    fn note(&self, words: &FoundBy) {
        self.note_texts(words.public.iter().chain(&words.internal).map(String::as_str));
    }

    /// The same, of texts that go to the index in bulk.
    pub(crate) fn note_texts<'t>(&self, texts: impl IntoIterator<Item = &'t str>) {
        if let Ok(mut vocabulary) = self.inner().vocabulary.lock() {
            texts.into_iter().for_each(|text| vocabulary.note(text));
        }
    }

    /// Forgets a record's words.
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

/// A question to the index: which rows hold the words, newest first, at most [`CANDIDATES`].
struct Asked {
    sql: String,
    values: Vec<Value>,
}

/// Which rows a question to PostgreSQL looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// So many of the newest stretches: their token, the rows of one, how many.
    Newest(&'static str, i64, i64),
    /// All rows.
    All,
}

/// Rows of a short stretch and of a long one.
const SHORT: i64 = 4096;
const LONG: i64 = 65_536;
/// Stretches of one length that are asked at once, at most. Each is one more list that the index goes through beside those
/// of the words.
const MOST_SHORT: i64 = 8;
const MOST_LONG: i64 = 4;

impl Reach {
    /// What is asked first: the newest one or two short stretches, where frequent words have all their candidates.
    pub(crate) const FIRST: Self = Self::Newest("s", SHORT, 2);

    /// The rows that should hold enough candidates, when the first rows held so many: half as many again as it seems. For
    /// words that are found so rarely that nothing can be foreseen as many rows as may be asked for at once; only what is
    /// rare there too is looked for in all rows, since each match costs the reading of a page.
    pub(crate) fn after_first(found: usize) -> Self {
        let found = i64::try_from(found).unwrap_or(i64::MAX).max(1);
        let rows = (CANDIDATES as i64 * SHORT * 3 / 2 / found) * 3 / 2;
        if rows < MOST_SHORT * SHORT {
            Self::Newest("s", SHORT, rows / SHORT + 1)
        } else {
            Self::Newest("l", LONG, (rows / LONG + 1).min(MOST_LONG))
        }
    }
}

/// What the inverted index holds of a row: its words, its short stretch and its long one.
pub(crate) const IN_INDEX: &str =
    "(public || internal || array_to_tsvector(ARRAY['s_' || (place / 4096)::text, 'l_' || (place / 65536)::text]))";

/// The question to SQLite, whose index gives the newest first by itself.
fn on_sqlite(words: &[String], query: &SearchQuery) -> Asked {
    Asked {
        sql: "SELECT rowid AS ordinal FROM search WHERE search MATCH $1 AND rowid < $2 ORDER BY rowid DESC LIMIT $3"
            .to_owned(),
        values: asked_values(fts_expression(words, query), query),
    }
}

/// The question to PostgreSQL. Order and limit are by an expression, so that no index in that order lures the planner from
/// the inverted one, or joins it with a walk over all that is older.
fn on_postgres(words: &[String], query: &SearchQuery, reach: Reach) -> Asked {
    let (newest, asked) = match reach {
        Reach::All => (String::new(), "$1::text".to_owned()),
        Reach::Newest(token, rows, stretches) => (
            "WITH newest AS (SELECT place FROM search WHERE ordinal < $2 ORDER BY ordinal DESC LIMIT 1) ".to_owned(),
            format!(
                "(SELECT $1::text || ' & (' || string_agg('{token}_' || n, ' | ') || ')' \
                 FROM newest, generate_series(greatest(place / {rows} - {stretches} + 1, 0), place / {rows} + 1) n)"
            ),
        ),
    };
    // Who reads only public words is told by the column: the index holds the others too, which then must not deny.
    let denied = denied(query, "'", " | ")
        .map(|denied| format!(" & !({denied})"))
        .unwrap_or_default();
    let (public, values) = if query.internal {
        ("", asked_values(tsquery(words, query) + &denied, query))
    } else {
        let mut values = asked_values(tsquery(words, query), query);
        values.push((tsquery(words, query) + &denied).into());
        (" AND public @@ ($4::text)::tsquery", values)
    };
    Asked {
        sql: format!(
            "{newest}SELECT ordinal FROM search WHERE {IN_INDEX} @@ ({asked})::tsquery{public} AND ordinal + 0 < $2 \
             ORDER BY ordinal + 0 DESC LIMIT $3"
        ),
        values,
    }
}

fn asked_values(expression: String, query: &SearchQuery) -> Vec<Value> {
    vec![
        expression.into(),
        query.before.unwrap_or(i64::MAX).into(),
        (CANDIDATES as i64).into(),
    ]
}

impl crate::Reader {
    /// The newest three hundred records that hold all words of the query, newest first.
    pub async fn search(&self, query: &SearchQuery) -> Outcome<Vec<SearchHit>> {
        let rows = self.candidates(query, str::to_owned).await?;
        rows.iter().map(|row| Ok(SearchHit { ordinal: row.get(0)? })).collect()
    }

    /// The cards of the newest three hundred records that hold all words of the query, in no order.
    pub async fn search_cards(&self, query: &SearchQuery) -> Outcome<Vec<Card>> {
        let columns = Card::columns("c");
        let with_cards = |candidates: &str| {
            format!("SELECT {columns} FROM ({candidates}) hit JOIN card c ON c.ordinal = hit.ordinal")
        };
        let rows = self.candidates(query, with_cards).await?;
        rows.iter().map(|row| Card::from_row(row, 0)).collect()
    }

    /// What `text` makes of the candidates. Nothing when there is no word.
    async fn candidates(&self, query: &SearchQuery, text: impl Fn(&str) -> String) -> Outcome<Vec<Row>> {
        let words = tokens(&query.words);
        if words.is_empty() {
            return Ok(Vec::new());
        }
        if self.backend() == Backend::Sqlite {
            let Asked { sql, values } = on_sqlite(&words, query);
            return self.rows(&text(&sql), values).await;
        }
        let mut reach = Reach::FIRST;
        loop {
            let Asked { sql, values } = on_postgres(&words, query, reach);
            let rows = self.rows(&text(&sql), values).await?;
            if rows.len() >= CANDIDATES || reach == Reach::All {
                return Ok(rows);
            }
            reach = match reach {
                Reach::FIRST => Reach::after_first(rows.len()),
                _ => Reach::All,
            };
        }
    }
}

fn fts_expression(words: &[String], query: &SearchQuery) -> String {
    let mut all: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
    all.extend(scope(query).into_iter().map(|group| {
        let any: Vec<String> = group.iter().map(|token| format!("\"{token}\"")).collect();
        format!("({})", any.join(" OR "))
    }));
    let mut all = all.join(" AND ");
    if let Some(denied) = denied(query, "\"", " OR ") {
        all = format!("({all}) NOT ({denied})");
    }
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

/// The denied words, each between marks, in an expression; nothing where none is denied.
fn denied(query: &SearchQuery, mark: &str, or: &str) -> Option<String> {
    let words = tokens(&query.without);
    let quoted = words.iter().map(|word| format!("{mark}{word}{mark}"));
    (!words.is_empty()).then(|| quoted.collect::<Vec<_>>().join(or))
}

fn scope(query: &SearchQuery) -> Vec<Vec<String>> {
    let mut groups = Vec::new();
    if let Some(requester) = query.requester {
        groups.push(vec![requester_token(requester)]);
    }
    if let Some(areas) = &query.areas {
        groups.push(areas.iter().map(|area| area_token(*area)).collect());
    }
    if let Some(within) = &query.within {
        groups.push(within.iter().map(|one| one.token()).collect());
    }
    // Nothing at all to belong to finds nothing.
    for group in &mut groups {
        if group.is_empty() {
            group.push(area_token(kernel::NIL));
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::{LONG, Reach, SHORT};

    #[test]
    fn the_rarer_the_words_the_more_rows_are_asked() {
        for (found, reach) in [
            (0, Reach::Newest("l", LONG, 4)),
            (9, Reach::Newest("l", LONG, 4)),
            (15, Reach::Newest("l", LONG, 3)),
            (40, Reach::Newest("l", LONG, 2)),
            (100, Reach::Newest("s", SHORT, 7)),
            (299, Reach::Newest("s", SHORT, 3)),
        ] {
            assert_eq!(Reach::after_first(found), reach, "{found}");
        }
    }
}

//! Finding articles: lists, and words as they are typed.
//!
//! The search of records asks for all words, whole: right for a desk that looks for a ticket. Here somebody says in a
//! sentence what is wrong, half of it typed, and the guide that helps may hold one of its words. So articles have a small
//! index of their own: each word once for each article, walked by its beginning; what is found is ranked here, the same on
//! both databases.

use crate::row::{ArticleRow, COLUMNS};
use crate::{ArticleState, markup};
use kernel::{Outcome, Uuid};
use people::Actor;
use record::{Likeness, is_near};
use std::collections::HashMap;
use store::{Reader, Sql, Tx, Value, tokens};

/// Words of a question that are looked at.
const WORDS: usize = 8;
/// Rows that one word may bring.
const HITS: i64 = 400;
/// Words beginning alike among which a mistyped one is looked for.
const ALIKE: i64 = 3000;
/// What a word counts in the title, and in the body.
const IN_TITLE: i64 = 4;
const IN_BODY: i64 = 1;
/// How many times nearer the nearest article may be than one that is still shown.
const FAR: i64 = 6;

/// Whose articles are looked through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shelf {
    /// What requesters may read.
    Guides,
    /// Everything the desk has, or what stands in one state.
    Desk(Option<ArticleState>),
}

impl Shelf {
    fn condition(self) -> String {
        match self {
            Self::Guides => " AND a.state = 'published' AND a.audience = 'public'".to_owned(),
            Self::Desk(None) => String::new(),
            Self::Desk(Some(state)) => format!(" AND a.state = '{}'", state.code()),
        }
    }
}

/// Some articles, and after which ordinal the list goes on.
pub type Shelved = (Vec<ArticleRow>, Option<i64>);

/// The letter by which a cursor tells that it is a place among articles.
pub const ORDER: char = 'k';

/// The articles of a shelf that somebody may read, the newest first; a page may be short and still go on.
pub async fn list(reader: &Reader, actor: &Actor, shelf: Shelf, limit: usize, before: Option<i64>) -> Outcome<Shelved> {
    let sql = format!(
        "SELECT {COLUMNS} FROM article a WHERE a.ordinal < $1{} ORDER BY a.ordinal DESC LIMIT $2",
        shelf.condition()
    );
    let most = i64::try_from(limit).unwrap_or(i64::MAX - 1) + 1;
    let rows = reader
        .rows(&sql, vec![before.unwrap_or(i64::MAX).into(), most.into()])
        .await?;
    let mut rows = rows.iter().map(ArticleRow::read).collect::<Outcome<Vec<_>>>()?;
    let next = (rows.len() > limit).then(|| {
        rows.truncate(limit);
        rows.last().map_or(0, |row| row.ordinal)
    });
    rows.retain(|row| row.is_for(actor));
    Ok((rows, next))
}

/// The articles nearest to what was typed, at most `limit`.
pub async fn find(reader: &Reader, actor: &Actor, shelf: Shelf, typed: &str, limit: usize) -> Outcome<Vec<ArticleRow>> {
    let mut words = tokens(typed);
    words.dedup();
    words.truncate(WORDS);
    let mut hits = hits(reader, shelf, &words).await?;
    let missing: Vec<&String> = words
        .iter()
        .filter(|word| !hits.iter().any(|hit| hit.typed == **word))
        .collect();
    let meant = meant(reader, &missing).await?;
    if !meant.is_empty() {
        let found = hits_of(reader, shelf, meant.iter().map(|word| branch_same(word)).collect()).await?;
        hits.extend(found);
    }
    hits.retain(|hit| hit.row.is_for(actor));
    Ok(ranked(hits, limit))
}

/// An article that holds a word which answers a typed one.
struct Hit {
    typed: String,
    worth: i64,
    row: ArticleRow,
}

/// A part of the question: which rows of words, for which typed word, and what they count at least.
struct Branch {
    typed: String,
    condition: &'static str,
    values: Vec<String>,
    near: bool,
}

fn branch_same(word: &str) -> Branch {
    Branch {
        typed: word.to_owned(),
        condition: "w.word = ?",
        values: vec![word.to_owned()],
        near: true,
    }
}

async fn hits(reader: &Reader, shelf: Shelf, words: &[String]) -> Outcome<Vec<Hit>> {
    let mut branches = Vec::new();
    for word in words {
        branches.push(Branch {
            typed: word.clone(),
            condition: "w.word >= ? AND w.word < ?",
            values: vec![word.clone(), format!("{word}\u{10FFFF}")],
            near: false,
        });
        branches.extend(Likeness::shorter(word).map(|shorter| Branch {
            typed: word.clone(),
            condition: "w.word = ?",
            values: vec![shorter.to_owned()],
            near: false,
        }));
    }
    hits_of(reader, shelf, branches).await
}

/// One question for all of them: each branch is a walk over the index of words.
async fn hits_of(reader: &Reader, shelf: Shelf, branches: Vec<Branch>) -> Outcome<Vec<Hit>> {
    if branches.is_empty() {
        return Ok(Vec::new());
    }
    let (mut sql, mut values) = (String::new(), Vec::<Value>::new());
    for (place, branch) in branches.iter().enumerate() {
        let mut condition = branch.condition.to_owned();
        for value in &branch.values {
            values.push(value.as_str().into());
            condition = condition.replacen('?', &format!("${}", values.len()), 1);
        }
        let union = if place == 0 { "" } else { " UNION ALL " };
        sql += &format!(
            "{union}SELECT * FROM (SELECT {COLUMNS}, w.word, w.weight, CAST({place} AS BIGINT) AS branch FROM article_word w \
             JOIN article a ON a.id = w.article_id WHERE {condition}{} LIMIT {HITS}) b{place}",
            shelf.condition()
        );
    }
    let mut hits = Vec::new();
    for row in reader.rows(&sql, values).await? {
        let (word, weight): (String, i64) = (row.get(10)?, row.get(11)?);
        let place = usize::try_from(row.get::<i64>(12)?).unwrap_or_default();
        let branch = &branches[place.min(branches.len() - 1)];
        let likeness = if branch.near {
            Some(Likeness::Near)
        } else {
            Likeness::of(&branch.typed, &word)
        };
        hits.push(Hit {
            typed: branch.typed.clone(),
            worth: likeness.map_or(0, Likeness::worth) * weight,
            row: ArticleRow::read(&row)?,
        });
    }
    Ok(hits)
}

/// Words that mistyped ones may have been meant as.
async fn meant(reader: &Reader, missing: &[&String]) -> Outcome<Vec<String>> {
    let mut meant = Vec::new();
    for typed in missing.iter().filter(|typed| typed.chars().count() > 3) {
        let Some(first) = typed.chars().next() else { continue };
        let sql = "SELECT DISTINCT w.word FROM article_word w WHERE w.word >= $1 AND w.word < $2 LIMIT $3";
        let values = vec![
            first.to_string().into(),
            format!("{first}\u{10FFFF}").into(),
            ALIKE.into(),
        ];
        for row in reader.rows(sql, values).await? {
            let word: String = row.get(0)?;
            if is_near(typed, &word) {
                meant.push(word);
            }
        }
    }
    meant.truncate(WORDS * 2);
    Ok(meant)
}

/// The nearest first: a word that few articles hold tells more than one that many do, and what is far behind is no answer.
fn ranked(hits: Vec<Hit>, limit: usize) -> Vec<ArticleRow> {
    let mut best: HashMap<(Uuid, String), i64> = HashMap::new();
    let mut rows: HashMap<Uuid, ArticleRow> = HashMap::new();
    for hit in hits {
        let worth = best.entry((hit.row.id, hit.typed)).or_default();
        *worth = (*worth).max(hit.worth);
        rows.entry(hit.row.id).or_insert(hit.row);
    }
    let mut held: HashMap<&str, i64> = HashMap::new();
    for (_, typed) in best.keys() {
        *held.entry(typed).or_default() += 1;
    }
    let mut scores: HashMap<Uuid, i64> = HashMap::new();
    for ((id, typed), worth) in &best {
        *scores.entry(*id).or_default() += worth * 1000 / (20 + held[typed.as_str()]);
    }
    let most = scores.values().max().copied().unwrap_or_default();
    let mut rows: Vec<(i64, ArticleRow)> = rows.into_values().map(|row| (scores[&row.id], row)).collect();
    rows.retain(|(score, _)| *score > 0 && score * FAR >= most);
    rows.sort_by_key(|(score, row)| (-score, -row.ordinal));
    rows.into_iter().take(limit).map(|(_, row)| row).collect()
}

/// Writes the words of an article anew.
pub(crate) async fn index(tx: &Tx, id: Uuid, title: &str, body: &str) -> Outcome<()> {
    let mut weights: HashMap<String, i64> = HashMap::new();
    for word in tokens(&markup::words(body)) {
        weights.insert(word, IN_BODY);
    }
    for word in tokens(title) {
        weights.insert(word, IN_TITLE);
    }
    tx.run("DELETE FROM article_word WHERE article_id = $1", vec![id.into()])
        .await?;
    let rows = weights
        .into_iter()
        .map(|(word, weight)| vec![word.into(), id.into(), weight.into()]);
    tx.insert_rows(
        "INSERT INTO article_word (word, article_id, weight) VALUES ",
        rows.collect(),
    )
    .await
}

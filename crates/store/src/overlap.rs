//! Open records that share words with a text: what may have been reported before.
//!
//! A search wants all of its words, this one any of them; so it looks only among the newest matches, on PostgreSQL among
//! the newest stretches of rows, and never at all of them: what is reported again is reported soon.

use crate::search::{IN_INDEX, Reach};
use crate::{Backend, Belongs, CANDIDATES, Card, Reader, Sql, Value};
use kernel::Outcome;
use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

impl Reader {
    /// The cards of those that are open among the newest three hundred records in whose public texts any of these tokens
    /// stands, in no order; only of those that belong to one of `within`, if that is said.
    pub async fn open_cards_sharing(&self, tokens: &[String], within: Option<&[Belongs]>) -> Outcome<Vec<Card>> {
        if tokens.is_empty() || within.is_some_and(<[Belongs]>::is_empty) {
            return Ok(Vec::new());
        }
        match self.backend() {
            Backend::Sqlite => self.sharing_on_sqlite(tokens, within).await,
            Backend::Postgres => self.sharing_on_postgres(tokens, within).await,
        }
    }

    async fn sharing_on_sqlite(&self, tokens: &[String], within: Option<&[Belongs]>) -> Outcome<Vec<Card>> {
        let expression = format!("public : ({})", expression(tokens, within, ["\"", " OR ", " AND "]));
        let sql = format!(
            "SELECT {} FROM (SELECT rowid AS ordinal FROM search WHERE search MATCH $1 ORDER BY rowid DESC LIMIT $2) hit \
             JOIN card c ON c.ordinal = hit.ordinal WHERE c.is_open = 1",
            Card::columns("c")
        );
        let rows = self.rows(&sql, vec![expression.into(), most()]).await?;
        rows.iter().map(|row| Card::from_row(row, 0)).collect()
    }

    async fn sharing_on_postgres(&self, tokens: &[String], within: Option<&[Belongs]>) -> Outcome<Vec<Card>> {
        let expression = expression(tokens, within, ["'", " | ", " & "]);
        let mut found = self.sharing_in(&expression, Reach::FIRST).await?;
        if found.0 < CANDIDATES {
            found = self.sharing_in(&expression, Reach::after_first(found.0)).await?;
        }
        Ok(found.1)
    }

    /// How many matches there were in these stretches, and the cards of the open ones.
    async fn sharing_in(&self, expression: &str, reach: Reach) -> Outcome<(usize, Vec<Card>)> {
        let Reach::Newest(token, rows, stretches) = reach else {
            return Ok((0, Vec::new()));
        };
        let sql = format!(
            "WITH newest AS (SELECT place FROM search ORDER BY ordinal DESC LIMIT 1), hit AS MATERIALIZED (\
             SELECT ordinal FROM search WHERE {IN_INDEX} @@ (SELECT '(' || $1::text || ') & (' || string_agg('{token}_' || n, ' | ') \
             || ')' FROM newest, generate_series(greatest(place / {rows} - {stretches} + 1, 0), place / {rows} + 1) n)::tsquery \
             AND public @@ ($1::text)::tsquery ORDER BY ordinal + 0 DESC LIMIT $2) \
             SELECT (SELECT COUNT(*) FROM hit), {} FROM hit JOIN card c ON c.ordinal = hit.ordinal WHERE c.is_open = 1",
            Card::columns("c")
        );
        let rows = self.rows(&sql, vec![expression.into(), most()]).await?;
        let count: i64 = rows.first().map_or(Ok(0), |row| row.get(0))?;
        let cards = rows.iter().map(|row| Card::from_row(row, 1)).collect::<Outcome<_>>()?;
        Ok((usize::try_from(count).unwrap_or_default(), cards))
    }

    /// The tokens of the public texts of some records, by ordinal.
    pub async fn public_tokens_of(&self, ordinals: &[i64]) -> Outcome<HashMap<i64, HashSet<String>>> {
        if ordinals.is_empty() {
            return Ok(HashMap::new());
        }
        let mut sql = match self.backend() {
            Backend::Sqlite => "SELECT rowid, public FROM search WHERE rowid IN (".to_owned(),
            Backend::Postgres => {
                "SELECT ordinal, array_to_string(tsvector_to_array(public), ' ') FROM search WHERE ordinal IN ("
                    .to_owned()
            }
        };
        for place in 1..=ordinals.len() {
            let comma = if place == 1 { "" } else { ", " };
            let _ = write!(sql, "{comma}${place}");
        }
        sql.push(')');
        let rows = self
            .rows(&sql, ordinals.iter().map(|one| (*one).into()).collect())
            .await?;
        rows.iter()
            .map(|row| {
                let tokens: String = row.get(1)?;
                Ok((row.get(0)?, tokens.split(' ').map(str::to_owned).collect()))
            })
            .collect()
    }
}

fn most() -> Value {
    (CANDIDATES as i64).into()
}

/// Any of the tokens and any of the scopes, in the language of a database: its mark around a token, its *or*, its *and*.
fn expression(tokens: &[String], within: Option<&[Belongs]>, [mark, or, and]: [&str; 3]) -> String {
    let any = |tokens: Vec<String>| {
        let quoted: Vec<String> = tokens.iter().map(|token| format!("{mark}{token}{mark}")).collect();
        format!("({})", quoted.join(or))
    };
    let mut all = any(tokens.to_vec());
    if let Some(within) = within {
        all.push_str(and);
        all.push_str(&any(within.iter().map(|one| one.token()).collect()));
    }
    all
}

//! Tokens of the API: shown once, stored as a hash, limited by scope and time.

use crate::session::{hash_of, random_key};
use kernel::{Checks, Clock, Instant, Limit, Outcome, Refusal, Uuid};
use serde::{Deserialize, Serialize};
use store::{Lane, Sql, Store};
use utoipa::ToSchema;

/// What a token is good for; each contains the ones before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TokenScope {
    /// Reading.
    Read,
    /// Acting on tickets.
    Write,
    /// Everything its person may.
    Admin,
}

impl TokenScope {
    /// Its name as programs write it.
    pub const fn code(self) -> &'static str {
        match self {
            TokenScope::Read => "read",
            TokenScope::Write => "write",
            TokenScope::Admin => "admin",
        }
    }

    /// Reads a list such as `read,write`.
    ///
    /// # Errors
    /// A refusal that names `scope`.
    pub fn list(text: &str) -> Outcome<Vec<TokenScope>> {
        let scopes: Option<Vec<TokenScope>> = text
            .split(',')
            .map(|code| {
                [TokenScope::Read, TokenScope::Write, TokenScope::Admin]
                    .into_iter()
                    .find(|s| s.code() == code.trim())
            })
            .collect();
        scopes.ok_or_else(|| Refusal::field("scope", "field-unknown-value").into())
    }
}

/// A token as its owner sees it.
#[derive(Clone, Debug)]
pub struct TokenRow {
    /// Its identity.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// What it is good for.
    pub scopes: String,
    /// When it was made.
    pub created_at: Instant,
    /// Until when.
    pub expires_at: Instant,
}

/// A token that was just made.
pub struct MadeToken {
    /// Its identity.
    pub id: Uuid,
    /// What a program sends: it is shown once, and stands nowhere.
    pub text: String,
    /// Until when.
    pub expires_at: Instant,
}

/// Makes a token.
///
/// # Errors
/// A refusal that names `name` or `days`.
pub async fn create_token(
    store: &Store,
    person: Uuid,
    name: &str,
    scopes: &[TokenScope],
    days: i64,
) -> Outcome<MadeToken> {
    let mut checks = Checks::new();
    let name = checks.required("name", Some(name), Limit::line(80));
    checks.within("days", Some(days), 1, 3650);
    checks.done()?;
    let id = Uuid::now_v7();
    let text = format!("sd_{}_{}", id.simple(), random_key()?);
    let (hash, now) = (hash_of(&text), Clock::wall_now());
    let expires_at = now.plus_seconds(days * 86_400);
    let scopes: Vec<&str> = scopes.iter().map(|scope| scope.code()).collect();
    let scopes = scopes.join(",");
    store.write(Lane::People, move |tx| Box::pin(async move {
        let sql = "INSERT INTO token (hash, id, person_id, name, scopes, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
        let values = vec![
            hash.into(), id.into(), person.into(), name.into(), scopes.into(), now.as_millis().into(), expires_at.as_millis().into(),
        ];
        tx.run(sql, values).await.map(drop)
    })).await?;
    Ok(MadeToken { id, text, expires_at })
}

/// The person and scopes of a token, if it still lives.
pub(crate) async fn bearer_of(store: &Store, text: &str) -> Outcome<Option<(Uuid, Vec<TokenScope>)>> {
    let sql = "SELECT person_id, scopes FROM token WHERE hash = $1 AND expires_at > $2";
    let values = vec![hash_of(text).into(), Clock::wall_now().as_millis().into()];
    let Some(row) = store.read().row(sql, values).await? else {
        return Ok(None);
    };
    Ok(Some((row.get(0)?, TokenScope::list(&row.get::<String>(1)?)?)))
}

/// The tokens of a person, newest first.
pub async fn tokens_of(store: &Store, person: Uuid) -> Outcome<Vec<TokenRow>> {
    let sql =
        "SELECT id, name, scopes, created_at, expires_at FROM token WHERE person_id = $1 ORDER BY id DESC LIMIT 100";
    let rows = store.read().rows(sql, vec![person.into()]).await?;
    rows.iter()
        .map(|row| {
            Ok(TokenRow {
                id: row.get(0)?,
                name: row.get(1)?,
                scopes: row.get(2)?,
                created_at: row.instant(3)?,
                expires_at: row.instant(4)?,
            })
        })
        .collect()
}

/// Ends a token of a person.
///
/// # Errors
/// A refusal 404 when there is none.
pub async fn revoke_token(store: &Store, person: Uuid, id: Uuid) -> Outcome<()> {
    crate::extract::forget_cached();
    store
        .write(Lane::People, move |tx| {
            Box::pin(async move {
                let touched = tx
                    .run(
                        "DELETE FROM token WHERE id = $1 AND person_id = $2",
                        vec![id.into(), person.into()],
                    )
                    .await?;
                if touched == 1 {
                    Ok(())
                } else {
                    Err(Refusal::not_found().into())
                }
            })
        })
        .await
}

//! A repeated request gets the answer of the first, once: keys are kept a day, in the command's own transaction.

use crate::{Lane, Sql, Store, Tx};
use futures_util::future::BoxFuture;
use kernel::{Error, Outcome, Refusal, RefusalKind, Uuid};
use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};

/// Hours a key is kept.
const KEPT_HOURS: i64 = 24;

/// A key that a caller sent, with what was asked under it.
#[derive(Clone, Debug)]
pub struct Idempotency {
    key: Vec<u8>,
    asked: Vec<u8>,
}

impl Idempotency {
    /// A caller's key; `asked` is the route and body, so that the same key with another request is told apart.
    pub fn new(caller: Uuid, key: &str, asked: &[&[u8]]) -> Self {
        let mut hash = Sha256::new();
        hash.update(caller.as_bytes());
        hash.update(key.as_bytes());
        let key = hash.finalize().to_vec();
        let mut hash = Sha256::new();
        for part in asked {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        Self {
            key,
            asked: hash.finalize().to_vec(),
        }
    }

    /// The answer given before, if any.
    ///
    /// # Errors
    /// A refusal 422 when the key was used for another request.
    pub async fn answered<T: DeserializeOwned>(&self, tx: &Tx) -> Outcome<Option<T>> {
        let sql = "SELECT asked, answer FROM idempotency WHERE id = $1 AND recorded_at > $2";
        let since = tx.now().plus_seconds(-KEPT_HOURS * 3600).as_millis();
        let Some(row) = tx.row(sql, vec![self.key.clone().into(), since.into()]).await? else {
            return Ok(None);
        };
        if row.get::<Vec<u8>>(0)? != self.asked {
            let code = "idempotency_key_reused";
            return Err(Refusal::new(RefusalKind::Invalid, code, "refusal-idempotency-key-reused").into());
        }
        Ok(Some(serde_json::from_str(&row.get::<String>(1)?)?))
    }

    /// Keeps the answer for a day.
    pub async fn keep<T: Serialize>(&self, tx: &Tx, answer: &T) -> Outcome<()> {
        let sql = "INSERT INTO idempotency (id, asked, answer, recorded_at) VALUES ($1, $2, $3, $4) \
                   ON CONFLICT (id) DO UPDATE SET asked = excluded.asked, answer = excluded.answer, recorded_at = excluded.recorded_at \
                   WHERE idempotency.recorded_at <= $5";
        let values = vec![
            self.key.clone().into(),
            self.asked.clone().into(),
            serde_json::to_string(answer)?.into(),
            tx.now().as_millis().into(),
            tx.now().plus_seconds(-KEPT_HOURS * 3600).as_millis().into(),
        ];
        // Somebody with the same key was faster: what was done here is undone, and theirs is the answer.
        if tx.run(sql, values).await? == 0 {
            return Err(Refusal::new(
                RefusalKind::Conflict,
                "idempotency_key_in_use",
                "refusal-idempotency-key-reused",
            )
            .into());
        }
        Ok(())
    }

    /// Forgets keys older than a day; answers how many.
    pub async fn forget_old(tx: &Tx) -> Outcome<u64> {
        let before = tx.now().plus_seconds(-KEPT_HOURS * 3600).as_millis();
        tx.run("DELETE FROM idempotency WHERE recorded_at < $1", vec![before.into()])
            .await
    }
}

impl Store {
    /// Runs a command once for a key: repeated requests, at the same time too, get the answer of the one that was done.
    ///
    /// # Errors
    /// What the command answers, or a refusal 422 when the key was used for another request.
    pub async fn write_once<T, F>(&self, lane: Lane, key: Option<Idempotency>, work: F) -> Outcome<T>
    where
        T: Serialize + DeserializeOwned + Send + Sync + 'static,
        F: for<'t> FnOnce(&'t Tx) -> BoxFuture<'t, Outcome<T>> + Send + 'static,
    {
        let Some(key) = key else {
            return self.write(lane, work).await;
        };
        let again = key.clone();
        let done = self
            .write(lane, move |tx| {
                Box::pin(async move {
                    let answer = work(tx).await?;
                    key.keep(tx, &answer).await?;
                    Ok(answer)
                })
            })
            .await;
        match done {
            // Repetitions are rare: only what was refused is looked up. Perhaps a request with the same key has done it.
            Err(Error::Refused(refusal)) => {
                let kept = self
                    .write(lane, move |tx| Box::pin(async move { again.answered(tx).await }))
                    .await?;
                kept.ok_or(Error::Refused(refusal))
            }
            done => done,
        }
    }
}

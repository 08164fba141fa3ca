//! A word between nodes: something was written, somebody is looking at something.
//!
//! It is said beside commands, never inside one (a notice inside a transaction makes commits wait for each other), it may
//! be lost, and nothing may depend on it: whoever must miss nothing follows the journal. On the embedded database there
//! is one node, and nobody to tell.

use crate::{Backend, Sql, Store};
use kernel::Outcome;
use sqlx::postgres::PgListener;

/// The channel all nodes of a database listen on.
const CHANNEL: &str = "sportello";
/// PostgreSQL takes no longer payload.
const LONGEST: usize = 7_900;

/// What other nodes say. The connection is made anew by itself when it breaks.
pub struct Ears(PgListener);

impl Store {
    /// Tells the other nodes; nothing on the embedded database, and nothing where the word is too long to be carried.
    pub async fn tell(&self, word: &str) -> Outcome<()> {
        if self.backend() == Backend::Sqlite || word.len() > LONGEST {
            return Ok(());
        }
        let values = vec![CHANNEL.into(), word.into()];
        self.read().row("SELECT 1 FROM pg_notify($1, $2)", values).await?;
        Ok(())
    }

    /// Begins to hear what nodes say (its own words come back too); nothing on the embedded database.
    pub async fn ears(&self) -> Outcome<Option<Ears>> {
        let Some(url) = self
            .settings()
            .url
            .as_deref()
            .filter(|_| self.backend() == Backend::Postgres)
        else {
            return Ok(None);
        };
        let mut listener = PgListener::connect(url).await.map_err(anyhow::Error::from)?;
        listener.listen(CHANNEL).await.map_err(anyhow::Error::from)?;
        Ok(Some(Ears(listener)))
    }
}

impl Ears {
    /// The next word.
    ///
    /// # Errors
    /// When the connection is gone and could not be made again.
    pub async fn next(&mut self) -> Outcome<String> {
        let word = self.0.recv().await.map_err(anyhow::Error::from)?;
        Ok(word.payload().to_owned())
    }
}

//! Records that hang on others: whoever looks at the one is told when the other changed.

use futures_util::future::BoxFuture;
use kernel::{Outcome, Uuid};
use std::collections::HashMap;
use store::{Change, Store};

/// On what each of some records hangs, on its way.
type Hosts = BoxFuture<'static, Outcome<HashMap<Uuid, Uuid>>>;

/// A kind of record that hangs on others and has no card of its own.
#[derive(Clone, Copy)]
pub struct Hanging {
    /// How the names of its events begin: `task.`.
    pub names: &'static str,
    /// On what each of these records hangs; one that hangs on nothing is left out.
    pub on: fn(Store, Vec<Uuid>) -> Hosts,
}

impl Hanging {
    /// Lays what happened to such records at the door of those that they hang on.
    pub(crate) async fn lay(&self, store: &Store, changes: &mut [Change]) -> Outcome<()> {
        let is_mine = |change: &Change| change.name.starts_with(self.names);
        let mut mine: Vec<Uuid> = changes
            .iter()
            .filter(|change| is_mine(change))
            .map(|change| change.record)
            .collect();
        if mine.is_empty() {
            return Ok(());
        }
        mine.sort_unstable();
        mine.dedup();
        let on = (self.on)(store.clone(), mine).await?;
        for change in changes.iter_mut().filter(|change| is_mine(change)) {
            change.record = on.get(&change.record).copied().unwrap_or(change.record);
        }
        Ok(())
    }
}

//! What rooms keep in the node's memory beside the database: one value of a type for each open store.

use crate::Store;
use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Values by their type.
#[derive(Default)]
pub(crate) struct Memories(Mutex<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>);

impl Store {
    /// The value of this type that belongs to this store, made when somebody first asks. It ends with the process: whatever
    /// must last is written.
    pub fn memory<T: Default + Send + Sync + 'static>(&self) -> Arc<T> {
        let mut all = self.inner.memories.0.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = all.entry(TypeId::of::<T>()).or_insert_with(|| Arc::new(T::default()));
        kept.clone().downcast().unwrap_or_default()
    }
}

//! Slots: what one capability puts on another's pages, without either naming the other.
//!
//! Whoever owns the page publishes a type; others hand over values of it, and the page reads them in the order of the house.

use std::any::Any;
use std::sync::Arc;

/// A value handed over to whoever reads its type.
pub type Slot = Arc<dyn Any + Send + Sync>;

/// Everything that was handed over.
#[derive(Clone, Default)]
pub struct Slots(Arc<Vec<Slot>>);

impl Slots {
    /// The values of one type, in the order of the house.
    pub fn of<T: 'static>(&self) -> impl Iterator<Item = &T> {
        self.0.iter().filter_map(|slot| slot.downcast_ref())
    }
}

impl FromIterator<Slot> for Slots {
    fn from_iter<I: IntoIterator<Item = Slot>>(slots: I) -> Self {
        Self(Arc::new(slots.into_iter().collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_gets_its_own_type_in_order() {
        let handed: [Slot; 4] = [Arc::new(1_u8), Arc::new("uno"), Arc::new(2_u8), Arc::new("due")];
        let slots: Slots = handed.into_iter().collect();
        assert_eq!(slots.of::<&str>().collect::<Vec<_>>(), [&"uno", &"due"]);
        assert_eq!(slots.of::<u8>().copied().sum::<u8>(), 3);
        assert_eq!(slots.of::<i64>().count(), 0);
    }
}

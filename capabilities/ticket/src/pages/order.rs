//! The order of a queue: what stands in the address, and what the tickets on the list allow.

use record::Sort;

/// An order that somebody may choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// By risk: what is due first; only open ones.
    Due,
    /// By priority, then by what is due first; only open ones.
    Priority,
    /// Newest first.
    Newest,
    /// Oldest first.
    Oldest,
    /// What moved last first.
    Updated,
}

impl Order {
    /// All of them, as they are offered.
    const ALL: [Self; 5] = [Self::Due, Self::Priority, Self::Newest, Self::Oldest, Self::Updated];

    /// Its name in the address.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Priority => "priority",
            Self::Due => "due",
            Self::Newest => "newest",
            Self::Oldest => "oldest",
            Self::Updated => "updated",
        }
    }

    /// The order of a name.
    pub(super) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|order| order.code() == code)
    }

    /// The key of its words.
    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::Priority => "ticket-page-order-priority",
            Self::Due => "ticket-page-order-due",
            Self::Newest => "ticket-page-order-newest",
            Self::Oldest => "ticket-page-order-oldest",
            Self::Updated => "ticket-page-order-updated",
        }
    }

    /// Which way its column runs.
    pub(super) const fn direction(self) -> &'static str {
        match self {
            Self::Newest | Self::Updated => "descending",
            Self::Priority | Self::Due | Self::Oldest => "ascending",
        }
    }

    /// How the list walks; of each priority by itself, where that comes first.
    pub(super) const fn sort(self) -> Sort {
        match self {
            Self::Priority | Self::Due => Sort::Due,
            Self::Newest => Sort::Newest,
            Self::Oldest => Sort::Oldest,
            Self::Updated => Sort::Recent,
        }
    }

    /// The orders of a list, of open tickets alone or of ended ones too: those that have ended are due no more.
    pub(super) fn offered(open: bool) -> impl Iterator<Item = Self> {
        let needs_open = |order: &Self| matches!(order, Self::Priority | Self::Due);
        Self::ALL.into_iter().filter(move |order| open || !needs_open(order))
    }

    /// The order that was asked for, or else the usual one: by risk where times were promised, else by priority.
    pub(super) fn of(asked: Option<Self>, open: bool, promised: bool) -> Self {
        let usual = match (open, promised) {
            (true, true) => Self::Due,
            (true, false) => Self::Priority,
            (false, _) => Self::Newest,
        };
        Self::offered(open).find(|order| Some(*order) == asked).unwrap_or(usual)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_ended_is_due_no_more() {
        let cases = [
            (None, true, Order::Priority),
            (None, false, Order::Newest),
            (Some(Order::Due), true, Order::Due),
            (Some(Order::Due), false, Order::Newest),
            (Some(Order::Priority), false, Order::Newest),
            (Some(Order::Updated), false, Order::Updated),
        ];
        for (asked, open, expected) in cases {
            assert_eq!(Order::of(asked, open, false), expected, "{asked:?} {open}");
        }
        assert_eq!(Order::of(None, true, true), Order::Due, "where times were promised");
        assert_eq!(Order::of(None, false, true), Order::Newest);
    }

    #[test]
    fn an_order_is_read_as_it_was_written() {
        for order in Order::ALL {
            assert_eq!(Order::from_code(order.code()), Some(order));
        }
        assert_eq!(Order::from_code("x"), None);
    }
}

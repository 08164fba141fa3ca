//! The heads of the queue's table: a column by which the list can be ordered is a link to it.

use super::asked::Asked;
use super::order::Order;
use ui::Frame;

/// The head of a column.
pub(super) struct Head {
    pub(super) label: String,
    /// The class of the column's cells.
    pub(super) column: &'static str,
    /// The list in its order; empty where there is none.
    pub(super) href: String,
    /// `ascending` or `descending` where the list stands in its order.
    pub(super) sorted: &'static str,
}

/// A column: its class, the key of its name, the orders it stands for.
type Column = (&'static str, &'static str, &'static [Order]);

const COLUMNS: [Column; 10] = [
    ("number", "ticket-page-number", &[]),
    ("subject", "ticket-page-field-subject", &[]),
    ("requester", "ticket-page-requester", &[]),
    ("state", "ticket-page-state", &[]),
    ("priority", "ticket-page-priority", &[Order::Priority]),
    ("group", "ticket-page-group", &[]),
    ("operator", "ticket-page-operator", &[]),
    ("opened", "ticket-page-opened-column", &[Order::Newest, Order::Oldest]),
    ("updated", "ticket-page-updated-column", &[Order::Updated]),
    ("due", "ticket-page-due-column", &[Order::Due]),
];

/// The heads of all columns; `current` is the order the list stands in, and `open` whether open tickets stand there alone.
pub(super) fn heads(frame: &Frame, asked: &Asked, current: Option<Order>, open: bool) -> Vec<Head> {
    let offered: Vec<Order> = current.map_or_else(Vec::new, |_| Order::offered(open).collect());
    let head = |(column, key, orders): Column| {
        let own = orders.iter().find(|order| Some(**order) == current);
        // Of a column with two orders the other one is the next.
        let next = orders
            .iter()
            .find(|order| Some(**order) != current && offered.contains(order));
        let next = next.or(own);
        Head {
            label: frame.t(key),
            column,
            href: next.map_or_else(String::new, |order| asked.ordered(*order).list()),
            sorted: own.map_or("", |order| order.direction()),
        }
    };
    COLUMNS.into_iter().map(head).collect()
}

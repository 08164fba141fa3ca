//! What a queue is asked for: the view, the filters and the words, as they travel in the address.
//!
//! The same query stands on the list, on each ticket opened from it and on each form, so that whoever comes back finds
//! the list they left. What is not understood does not count, and the list says so: an address somebody typed still shows
//! a list, and nobody takes it for a narrower one.

use super::order::Order;
use super::shape::Shape;
use crate::domain::{Channel, Phase};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use kernel::Uuid;
use people::Actor;
use record::Filter;
use std::convert::Infallible;

/// Which tickets one looks at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum View {
    /// Open, within reach.
    #[default]
    Work,
    /// Open, with me.
    Mine,
    /// Taken by nobody yet.
    New,
    /// Everything.
    All,
    /// Ended.
    Closed,
}

impl View {
    pub(super) const ALL: [View; 5] = [View::Work, View::Mine, View::New, View::All, View::Closed];

    pub(super) const fn code(self) -> &'static str {
        match self {
            View::Work => "work",
            View::Mine => "mine",
            View::New => "new",
            View::All => "all",
            View::Closed => "closed",
        }
    }

    /// True where only open tickets stand: those are sorted by priority and counted.
    pub(super) const fn is_open(self) -> bool {
        matches!(self, View::Work | View::Mine | View::New)
    }
}

/// A filter by its name in the address.
pub(super) const FILTERS: [&str; 6] = ["phase", "priority", "group", "area", "channel", "requester"];

/// What narrows the lists of the API under a name of its own: typed here, it would narrow nothing.
const FOREIGN: [&str; 10] = [
    "state",
    "assignee",
    "operator",
    "category",
    "kind",
    "open",
    "updated_since",
    "limit",
    "cursor",
    "status",
];

/// Characters of a question that are read.
const MOST: usize = kernel::Limit::SOUGHT.most;

/// What was asked for.
#[derive(Clone, Debug, Default)]
pub(super) struct Asked {
    pub(super) view: View,
    /// Words or a number.
    pub(super) words: String,
    /// The same as it stands in the field, with the blank at its end.
    pub(super) typed: String,
    /// Numbers of tickets opened lately.
    pub(super) recent: Vec<String>,
    /// Filters that are set, in order.
    pub(super) filters: Vec<(&'static str, String)>,
    /// The order, where another than the usual one was chosen.
    pub(super) order: Option<Order>,
    /// Where the list goes on.
    pub(super) after: String,
    /// How the page that asks shows its rows: it says so to be told of changes in the same shape.
    pub(super) shape: Shape,
    /// Which tab of the composer is wanted.
    pub(super) write: String,
    /// What was asked for just before, on another ticket.
    pub(super) did: Option<Uuid>,
    /// What was asked for and not understood, by name and value.
    pub(super) strange: Vec<(String, String)>,
}

impl FromRequestParts<web::App> for Asked {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _app: &web::App) -> Result<Self, Infallible> {
        Ok(Self::of(&web::conditions_of(&parts.uri)))
    }
}

impl Asked {
    /// From a query as [`Asked::query`] writes it, with or without its question mark.
    pub(super) fn from_query(query: &str) -> Self {
        let uri = format!("/?{}", query.trim_start_matches('?')).parse::<axum::http::Uri>();
        Self::of(&uri.map(|uri| web::conditions_of(&uri)).unwrap_or_default())
    }

    fn of(pairs: &[(String, String)]) -> Self {
        let value = |name: &str| {
            pairs
                .iter()
                .rev()
                .find(|(key, _)| key == name)
                .map(|(_, value)| value.trim().to_owned())
        };
        let whole = |name: &str| {
            let last = pairs.iter().rev().find(|(key, _)| key == name);
            last.map(|(_, value)| value.clone()).unwrap_or_default()
        };
        let view = value("view").and_then(|code| View::ALL.into_iter().find(|view| view.code() == code));
        let set = |name: &'static str| {
            value(name)
                .filter(|value| is_known(name, value))
                .map(|value| (name, value))
        };
        Self {
            view: view.unwrap_or_default(),
            words: value("q").unwrap_or_default().chars().take(MOST).collect(),
            typed: whole("q").chars().take(MOST).collect(),
            recent: whole("recent").split(',').map(str::to_owned).collect(),
            filters: FILTERS.into_iter().filter_map(set).collect(),
            order: value("sort").and_then(|code| Order::from_code(&code)),
            after: value("after").unwrap_or_default(),
            shape: value("shape").map(|code| Shape::from_code(&code)).unwrap_or_default(),
            write: value("write").unwrap_or_default(),
            did: value("did").and_then(|id| id.parse().ok()),
            strange: pairs
                .iter()
                .filter(|(name, value)| is_strange(name, value.trim()))
                .map(shortened)
                .collect(),
        }
    }

    /// Whether it is said how many tickets stand in the list: where only open ones do, and no words rank them.
    pub(super) fn is_counted(&self) -> bool {
        self.view.is_open() && self.words.is_empty()
    }

    /// A filter's value, empty when it is not set.
    pub(super) fn filter(&self, name: &str) -> &str {
        self.filters
            .iter()
            .find(|(set, _)| *set == name)
            .map_or("", |(_, value)| value)
    }

    /// The same list in another view, from its beginning.
    pub(super) fn viewing(&self, view: View) -> Self {
        Self {
            view,
            after: String::new(),
            ..self.clone()
        }
    }

    /// The same list without a filter, from its beginning.
    pub(super) fn without(&self, name: &str) -> Self {
        let mut other = Self {
            after: String::new(),
            ..self.clone()
        };
        other.filters.retain(|(set, _)| *set != name);
        other
    }

    /// The same list with other words, from its beginning.
    pub(super) fn asking(&self, words: &str) -> Self {
        Self {
            words: words.to_owned(),
            after: String::new(),
            ..self.clone()
        }
    }

    /// The same list in another order, from its beginning.
    pub(super) fn ordered(&self, order: Order) -> Self {
        Self {
            order: Some(order),
            after: String::new(),
            ..self.clone()
        }
    }

    /// The address of the page that adds a condition to the list.
    pub(super) fn condition(&self, field: &str) -> String {
        super::conditions::address(field, &self.further(String::new()).query())
    }

    /// The same list further on.
    pub(super) fn further(&self, after: String) -> Self {
        Self { after, ..self.clone() }
    }

    /// True when anything narrows the view.
    pub(super) fn is_narrowed(&self) -> bool {
        !self.words.is_empty() || !self.filters.is_empty()
    }

    /// The query with its question mark; empty for the plain list.
    pub(super) fn query(&self) -> String {
        let mut pairs = self.kept();
        pairs.push(("after", self.after.clone()));
        let pairs: Vec<String> = pairs
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={}", encoded(&value)))
            .collect();
        if pairs.is_empty() {
            String::new()
        } else {
            format!("?{}", pairs.join("&"))
        }
    }

    /// What a form carries along so that the list stays as it is, but for its place.
    pub(super) fn kept(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        if self.view != View::default() {
            pairs.push(("view", self.view.code().to_owned()));
        }
        pairs.extend(self.filters.iter().cloned());
        pairs.extend(self.order.map(|order| ("sort", order.code().to_owned())));
        pairs.push(("q", self.words.clone()));
        pairs.retain(|(_, value)| !value.is_empty());
        pairs
    }

    /// The address of the list.
    pub(super) fn list(&self) -> String {
        format!("/tickets{}", self.query())
    }

    /// The address of something of a ticket, with the list it was opened from.
    pub(super) fn ticket(&self, number: &str, part: &str) -> String {
        format!("/tickets/{number}{part}{}", self.query())
    }

    /// The conditions on cards.
    pub(super) fn conditions(&self, actor: &Actor) -> Filter {
        let id = |name: &str| self.filter(name).parse::<Uuid>().ok();
        let some = |name: &str| Some(self.filter(name).to_owned()).filter(|value| !value.is_empty());
        Filter {
            area: id("area"),
            group: id("group"),
            requester: id("requester"),
            operator: (self.view == View::Mine).then_some(actor.person),
            states: if self.view == View::New {
                vec!["new".to_owned()]
            } else {
                Vec::new()
            },
            phases: some("phase").into_iter().collect(),
            priority: self.filter("priority").parse().ok(),
            channel: some("channel"),
            open: match self.view {
                View::All => None,
                View::Closed => Some(false),
                _ => Some(true),
            },
            ..Filter::default()
        }
    }
}

/// Characters of something strange that are said again.
const SAID: usize = 40;

fn shortened((name, value): &(String, String)) -> (String, String) {
    let short = |text: &str| text.trim().chars().take(SAID).collect();
    (short(name), short(value))
}

/// True for a condition that this list does not know. Of what else stands in an address, pages know their own.
fn is_strange(name: &str, value: &str) -> bool {
    match name {
        _ if value.is_empty() => false,
        "view" => View::ALL.iter().all(|view| view.code() != value),
        "sort" => Order::from_code(value).is_none(),
        _ if FILTERS.contains(&name) => !is_known(name, value),
        _ => FOREIGN.contains(&name),
    }
}

fn is_known(name: &str, value: &str) -> bool {
    match name {
        "phase" => Phase::from_code(value).is_some(),
        "channel" => Channel::from_code(value).is_some(),
        "priority" => matches!(value, "1" | "2" | "3" | "4" | "5"),
        _ => value.parse::<Uuid>().is_ok(),
    }
}

/// A value as it stands in a query.
pub fn encoded(value: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    value
        .bytes()
        .map(|byte| {
            if plain(byte) {
                (byte as char).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(pairs: &[(&str, &str)]) -> Asked {
        Asked::of(
            &pairs
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect::<Vec<_>>(),
        )
    }

    #[test]
    fn the_list_travels_in_the_address_and_comes_back_the_same() {
        let list = asked(&[
            ("view", "mine"),
            ("priority", "2"),
            ("q", "stampa & rete"),
            ("sort", "due"),
            ("write", "note"),
        ]);
        assert_eq!(list.query(), "?view=mine&priority=2&sort=due&q=stampa%20%26%20rete");
        assert_eq!(list.asking("").query(), "?view=mine&priority=2&sort=due");
        assert_eq!(
            list.further("1f".to_owned())
                .ordered(Order::Oldest)
                .without("priority")
                .asking("")
                .query(),
            "?view=mine&sort=oldest"
        );
        assert_eq!(asked(&[]).query(), "");
    }

    #[test]
    fn what_is_not_understood_does_not_count_and_is_known() {
        let list = asked(&[
            ("view", "x"),
            ("sort", "luck"),
            ("priority", "9"),
            ("phase", "lost"),
            ("group", "1"),
            ("channel", "phone"),
        ]);
        assert_eq!(list.query(), "?channel=phone");
        let strange: Vec<&str> = list.strange.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(strange, ["view", "sort", "priority", "phase", "group"]);
        let typed = asked(&[("state", "zork"), ("cursor", "zz"), ("write", "note"), ("phase", "")]);
        assert_eq!(
            typed.strange,
            [
                ("state".to_owned(), "zork".to_owned()),
                ("cursor".to_owned(), "zz".to_owned())
            ]
        );
    }
}

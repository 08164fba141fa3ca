//! What the law asks of whoever runs the service: where its accessibility declaration stands, and who hears of a barrier.
//!
//! Italian bodies fill in the declaration on a form of AgID's, which gives it an address; the service links there from every
//! page. There is one of these for the whole service, made when it is first set.

use crate::record;
use kernel::{Author, Checks, Instant, Limit, Outcome, Uuid};
use serde::{Deserialize, Serialize};
use store::{Aggregate, Loaded, Store, Tx};

/// Longest address.
const ADDRESS: Limit = Limit::line(400);

/// Declaration and contact.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Accessibility {
    /// Address of the declaration; empty where there is none.
    pub declaration: String,
    /// E-mail address for whoever met a barrier; empty where there is none.
    pub contact: String,
}

/// What can happen to them.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum AccessibilityEvent {
    /// They were set, both.
    AccessibilitySet {
        /// From now on.
        accessibility: Accessibility,
    },
}

impl Aggregate for Accessibility {
    const KIND: &'static str = "accessibility";
    const LISTED: bool = true;
    type Event = AccessibilityEvent;

    fn name(event: &AccessibilityEvent) -> &'static str {
        match event {
            AccessibilityEvent::AccessibilitySet { .. } => "accessibility.set",
        }
    }

    fn apply(&mut self, event: &AccessibilityEvent, _at: Instant, _author: &Author) {
        match event {
            AccessibilityEvent::AccessibilitySet { accessibility } => self.clone_from(accessibility),
        }
    }
}

impl Accessibility {
    /// As it is now, from memory.
    pub async fn now(store: &Store) -> Outcome<Self> {
        let all = store.all::<Self>().await?;
        Ok(all.first().map(|one| one.state.clone()).unwrap_or_default())
    }

    /// Reads what was typed: an address that browsers follow safely, and one that mail reaches.
    ///
    /// # Errors
    /// A refusal that names what is wrong.
    pub fn checked(self) -> Outcome<Self> {
        let mut checks = Checks::new();
        let declaration = checks.optional("declaration", Some(&self.declaration), ADDRESS);
        if declaration.as_deref().is_some_and(|address| !is_web_address(address)) {
            checks.wrong("declaration", "field-web-address");
        }
        let contact = checks.optional("contact", Some(&self.contact), Limit::line(254));
        if contact.as_deref().is_some_and(|address| !is_mail_address(address)) {
            checks.wrong("contact", "field-email");
        }
        checks.done()?;
        Ok(Self {
            declaration: declaration.unwrap_or_default(),
            contact: contact.unwrap_or_default(),
        })
    }
}

fn is_web_address(address: &str) -> bool {
    let host = address.strip_prefix("https://");
    host.is_some_and(|host| host.contains('.') && !host.starts_with('.'))
        && !address.contains(|letter: char| letter.is_whitespace() || "\"<>\\".contains(letter))
}

fn is_mail_address(address: &str) -> bool {
    let whole = address.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !host.starts_with('.') && !host.ends_with('.')
    });
    whole
        && address.matches('@').count() == 1
        && !address.contains(|letter: char| letter.is_whitespace() || "?&\"<>".contains(letter))
}

/// The one that there is, alone until the transaction ends; a new one where nothing was set yet.
pub async fn accessibility_alone(tx: &Tx) -> Outcome<Loaded<Accessibility>> {
    let all = tx.all_alone::<Accessibility>().await?;
    match all.first() {
        Some(one) => tx.load::<Accessibility>(one.id).await,
        None => Ok(tx.fresh::<Accessibility>(Uuid::now_v7())),
    }
}

/// Sets declaration and contact.
///
/// # Errors
/// A refusal that names what is wrong.
pub async fn set_accessibility(
    tx: &Tx,
    author: &Author,
    now: &mut Loaded<Accessibility>,
    accessibility: Accessibility,
) -> Outcome<()> {
    let accessibility = accessibility.checked()?;
    if accessibility == now.state {
        return Ok(());
    }
    record(
        tx,
        author,
        now,
        vec![AccessibilityEvent::AccessibilitySet { accessibility }],
    )
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(declaration: &str, contact: &str) -> Vec<String> {
        let typed = Accessibility {
            declaration: declaration.into(),
            contact: contact.into(),
        };
        let Err(error) = typed.checked() else { return Vec::new() };
        let fields = error
            .refusal()
            .map(|refusal| refusal.fields.clone())
            .unwrap_or_default();
        fields.into_iter().map(|field| field.field.into_owned()).collect()
    }

    #[test]
    fn only_addresses_that_are_safe_to_follow_are_taken() {
        assert_eq!(
            refused("https://form.agid.gov.it/view/0a1b", "accessibilita@ente.example"),
            Vec::<String>::new()
        );
        assert_eq!(refused("", " "), Vec::<String>::new());
        for address in [
            "javascript:alert(1)",
            "http://ente.example",
            "https://",
            "https://a b.it",
            "https://x\"y.it",
        ] {
            assert_eq!(refused(address, ""), ["declaration"], "{address}");
        }
        for address in ["nessuno", "a@b", "a@b.it?cc=x", "a@@b.it", "a @b.it"] {
            assert_eq!(refused("", address), ["contact"], "{address}");
        }
    }
}

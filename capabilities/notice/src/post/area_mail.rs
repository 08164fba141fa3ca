//! How an area writes: under which name and address, where answers go, and which notices it sends by itself.

use super::occasion::Occasion;
use kernel::{Author, Checks, Instant, Limit, Outcome, Refusal, Uuid};
use people::{Act, Actor};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use store::{Aggregate, Lane, Loaded, Recorded, Store};
use utoipa::ToSchema;
use web::IfMatch;

/// How an area writes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Sender {
    /// The name that requesters read; the area's and the organisation's where empty.
    pub name: String,
    /// The address mail comes from; the server's own where empty.
    pub address: String,
    /// Where answers go; where it comes from when empty.
    pub reply_to: String,
    /// Whether a request that comes in writing is confirmed.
    pub receipt: bool,
    /// Whether passing to the second level is told.
    pub second_level: bool,
    /// Whether closing is told.
    pub closing: bool,
}

impl Default for Sender {
    fn default() -> Self {
        Self {
            name: String::new(),
            address: String::new(),
            reply_to: String::new(),
            receipt: true,
            second_level: true,
            closing: true,
        }
    }
}

impl Sender {
    /// Whether the area sends this; what somebody wrote is always sent.
    pub const fn wants(&self, occasion: Occasion) -> bool {
        match occasion {
            Occasion::Receipt => self.receipt,
            Occasion::SecondLevel => self.second_level,
            Occasion::Closing => self.closing,
            Occasion::Reply | Occasion::Solution => true,
        }
    }
}

/// The settings of an area.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AreaMail {
    /// The area; nothing before they are set.
    pub area: Option<Uuid>,
    /// How it writes.
    pub sender: Sender,
}

/// What can happen to them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum AreaMailEvent {
    /// They were set, all of them.
    AreaMailSet {
        /// The area.
        area: Uuid,
        /// How it writes from now on.
        sender: Sender,
    },
}

impl Aggregate for AreaMail {
    const KIND: &'static str = "area_mail";
    const LISTED: bool = true;
    type Event = AreaMailEvent;

    fn name(event: &AreaMailEvent) -> &'static str {
        match event {
            AreaMailEvent::AreaMailSet { .. } => "area_mail.set",
        }
    }

    fn apply(&mut self, event: &AreaMailEvent, _at: Instant, _author: &Author) {
        let AreaMailEvent::AreaMailSet { area, sender } = event;
        self.area = Some(*area);
        self.sender.clone_from(sender);
    }
}

impl AreaMail {
    fn identity(area: Uuid) -> Uuid {
        let mut hash = Sha256::new();
        hash.update(b"area_mail");
        hash.update(area.as_bytes());
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&hash.finalize()[..16]);
        Uuid::from_bytes(bytes)
    }
}

/// How an area writes, and the version of that.
pub(crate) fn sender(all: &[Loaded<AreaMail>], area: Uuid) -> (Sender, i64) {
    let id = AreaMail::identity(area);
    let found = all.iter().find(|one| one.id == id);
    found.map_or_else(|| (Sender::default(), 0), |one| (one.state.sender.clone(), one.version))
}

/// Sets how an area writes.
///
/// # Errors
/// A refusal 403, 412 when it has changed, 422 that names the fields.
pub async fn set_sender(
    store: &Store,
    actor: &Arc<Actor>,
    area: Uuid,
    sender: Sender,
    if_match: IfMatch,
) -> Outcome<()> {
    actor.allow_any(Act::Configure)?;
    actor.allow_over(Act::Configure, Some(area))?;
    let sender = checked(sender)?;
    let author = actor.author();
    store
        .write(Lane::People, move |tx| {
            Box::pin(async move {
                tx.alone_by(AreaMail::KIND).await?;
                let id = AreaMail::identity(area);
                let found = tx.find::<AreaMail>(id).await?;
                let mut set = found.unwrap_or_else(|| tx.fresh::<AreaMail>(id));
                let state = set.state.sender.clone();
                if_match.check(set.version, || serde_json::to_value(&state).unwrap_or_default())?;
                if set.version > 0 && state == sender {
                    return Ok(());
                }
                let event = Recorded {
                    event: AreaMailEvent::AreaMailSet { area, sender },
                    occurred_at: tx.now(),
                };
                tx.save(&mut set, &author, vec![event], &[]).await.map(drop)
            })
        })
        .await?;
    store.note_listed_change();
    Ok(())
}

fn checked(sender: Sender) -> Result<Sender, Refusal> {
    let mut checks = Checks::new();
    let mut line = |field, text: &str| checks.optional(field, Some(text), Limit::line(200)).unwrap_or_default();
    let sender = Sender {
        name: line("name", &sender.name),
        address: line("address", &sender.address),
        reply_to: line("reply_to", &sender.reply_to),
        ..sender
    };
    for (field, address) in [("address", &sender.address), ("reply_to", &sender.reply_to)] {
        if !address.is_empty() && !mail::is_address(address) {
            checks.wrong(field, "notice-field-address");
        }
    }
    checks.done()?;
    Ok(sender)
}

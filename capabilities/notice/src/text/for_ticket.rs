//! A ticket as its texts speak of it, and the texts that are offered while somebody writes on it.

use super::area_text::{AreaText, Words, in_force};
use super::defaults;
use super::facts::Facts;
use super::key::TextKey;
use super::template;
use super::variable::Variable;
use super::voice::Voice;
use configuration::Area;
use i18n::{Language, default_zone};
use kernel::{Instant, Outcome, Uuid};
use people::{Named, person_row};
use serde::Serialize;
use service_level::Metric;
use store::{Card, Loaded, Store};
use ticket::domain::Ticket;

/// A ticket with what its texts need to know.
pub(crate) struct About {
    pub(crate) ticket: Loaded<Ticket>,
    pub(crate) subject: String,
    pub(crate) requester: Option<Named>,
    pub(crate) area: Option<Area>,
}

/// Where people reach the service, and what it is called.
#[derive(Clone, Debug)]
pub(crate) struct House {
    pub(crate) base_url: String,
    pub(crate) organisation: String,
}

impl House {
    pub(crate) async fn of(app: &web::App) -> Outcome<Self> {
        let given = people::organisation(&app.store).await?;
        Ok(Self {
            base_url: app.settings.base_url.clone(),
            organisation: given.unwrap_or_else(|| app.settings.organisation.clone()),
        })
    }
}

impl About {
    /// A ticket, if it is there.
    pub(crate) async fn load(store: &Store, ticket: Uuid) -> Outcome<Option<Self>> {
        let Some(ticket) = store.read().state::<Ticket>(ticket).await? else {
            return Ok(None);
        };
        let requester = match ticket.state.requester {
            Some(person) => person_row(store.read(), person).await?,
            None => None,
        };
        Ok(Some(Self {
            subject: ticket
                .card
                .as_ref()
                .map(|card| card.subject.clone())
                .unwrap_or_default(),
            area: Area::by_id(store, ticket.state.area).await?,
            requester,
            ticket,
        }))
    }

    /// The voice in which the area speaks to whoever asked.
    pub(crate) fn voice(&self) -> Voice {
        let language = self.requester.as_ref().and_then(|one| one.identity.language);
        let informal = self.area.as_ref().is_none_or(|area| area.parameters.informal);
        Voice::of(language.unwrap_or_default(), informal)
    }

    /// The mail address of whoever asked, where they have one that mail can reach.
    pub(crate) fn address(&self) -> Option<&str> {
        let address = self.requester.as_ref()?.identity.email.as_deref()?;
        mail::is_address(address).then_some(address)
    }

    /// By when it should be solved, where anything is promised and its clock runs.
    pub(crate) fn expected(&self) -> Option<Instant> {
        let clocks = self.ticket.state.clocks.iter();
        let promised = clocks.filter(|clock| clock.metric == Metric::Resolution && clock.stopped.is_none());
        promised.filter_map(|clock| clock.due).min()
    }

    /// What every text can say of it.
    pub(crate) fn facts(&self, house: &House, voice: Voice, expected: Option<Instant>) -> Facts {
        let state = &self.ticket.state;
        let name = self.requester.as_ref().map(|one| one.identity.name.clone());
        let when = |at: Instant| voice.language().instant(at, &default_zone());
        Facts::default()
            .with(Variable::Name, name.unwrap_or_default())
            .with(Variable::Number, &state.number)
            .with(Variable::Subject, &self.subject)
            .with(
                Variable::Area,
                self.area.as_ref().map(|area| area.name.as_str()).unwrap_or_default(),
            )
            .with(Variable::Organisation, &house.organisation)
            .with(
                Variable::Link,
                format!("{}/portal/requests/{}", house.base_url, state.number),
            )
            .with(Variable::ExpectedTime, expected.map(when).unwrap_or_default())
    }
}

/// The words of a text as an area says them now.
pub(crate) fn words(all: &[Loaded<AreaText>], key: TextKey, area: Option<Uuid>, voice: Voice) -> Words {
    let found = in_force(all, key, area, voice).and_then(|(_, edition)| edition.words.clone());
    found.unwrap_or_else(|| defaults::words(key, voice))
}

/// A text to choose while one writes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Offer {
    name: String,
    more: String,
    text: String,
}

/// The texts that are not sent by themselves, filled in for a ticket.
pub(crate) async fn offers(app: &web::App, card: &Card, operator: &str, reader: Language) -> Outcome<Vec<Offer>> {
    let Some(about) = About::load(&app.store, card.id).await? else {
        return Ok(Vec::new());
    };
    let (voice, all) = (about.voice(), app.store.all::<AreaText>().await?);
    let house = House::of(app).await?;
    let facts = about
        .facts(&house, voice, about.expected())
        .with(Variable::Operator, operator);
    let by_hand = TextKey::ALL.into_iter().filter(|key| !key.is_sent());
    let offer = |key: TextKey| {
        let words = words(&all, key, Some(card.area), voice);
        let text = template::fill(&words.body, &facts, key.variables()).ok()?;
        Some(Offer {
            name: reader.text(key.label()),
            more: text
                .lines()
                .rfind(|line| !line.is_empty())
                .unwrap_or_default()
                .chars()
                .take(60)
                .collect(),
            text,
        })
    };
    Ok(by_hand.filter_map(offer).collect())
}

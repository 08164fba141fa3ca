//! What the desk has written down, and what is out of order just now.

use crate::cast::Cast;
use automation::{AutomationText, Deeds, Happening};
use kernel::{Error, Instant, Outcome};
use knowledge::{ArticleState, Audience, Writing};
use outage::{NewOutage, Told};
use people::{Actor, Role};
use ready_text::Wording;
use routing::RuleText;
use serde::Deserialize;
use std::sync::Arc;
use store::Store;
use ticket::domain::TicketKind;
use web::IfMatch;

/// The guides as they are written.
#[derive(Deserialize)]
struct Guides {
    guide: Vec<Guide>,
}

#[derive(Deserialize)]
struct Guide {
    title: String,
    /// Short name of the area, empty for all.
    area: String,
    minutes: Option<i64>,
    #[serde(default)]
    audience: Audience,
    #[serde(default = "published")]
    state: ArticleState,
    body: String,
}

fn published() -> ArticleState {
    ArticleState::Published
}

fn guides() -> Outcome<Vec<Guide>> {
    let read = toml::from_str::<Guides>(include_str!("../stories/guide.toml"));
    let read = read.map_err(|cause| Error::Failed(anyhow::anyhow!("the guides cannot be read: {cause}")));
    Ok(read?.guide)
}

fn lead(cast: &Cast) -> Outcome<&Arc<Actor>> {
    let lead = cast.with_role(Role::TeamLead);
    lead.ok_or_else(|| Error::Failed(anyhow::anyhow!("nobody leads a group")))
}

/// Writes the guides and publishes those that are.
pub(crate) async fn write_guides(store: &Store, cast: &Cast) -> Outcome<()> {
    let lead = lead(cast)?;
    for guide in guides()? {
        let writing = Writing {
            title: guide.title,
            body: guide.body,
            audience: guide.audience,
            area: Some(guide.area).filter(|area| !area.is_empty()),
            minutes: guide.minutes,
            ..Writing::default()
        };
        let article = knowledge::write(store, lead, writing, None).await?;
        if guide.state == ArticleState::Published {
            let meant = IfMatch::only(article.version);
            knowledge::set_state(store, lead, article.id, guide.state, meant).await?;
        }
    }
    Ok(())
}

/// The ready texts as they are written.
#[derive(Deserialize)]
struct ReadyTexts {
    text: Vec<ReadyText>,
}

#[derive(Deserialize)]
struct ReadyText {
    name: String,
    /// Short name of the area, empty for all.
    area: String,
    italian: String,
    #[serde(default)]
    english: String,
}

fn ready_texts() -> Outcome<Vec<ReadyText>> {
    let read = toml::from_str::<ReadyTexts>(include_str!("../stories/ready_text.toml"));
    let read = read.map_err(|cause| Error::Failed(anyhow::anyhow!("the ready texts cannot be read: {cause}")));
    Ok(read?.text)
}

/// Writes the ready texts.
pub(crate) async fn write_ready_texts(store: &Store, cast: &Cast) -> Outcome<()> {
    let administrator = cast.with_role(Role::Administrator);
    let nobody = || Error::Failed(anyhow::anyhow!("nobody administers"));
    let administrator = administrator.ok_or_else(nobody)?;
    for text in ready_texts()? {
        let wording = Wording {
            name: text.name,
            area: Some(text.area).filter(|area| !area.is_empty()),
            italian: text.italian,
            english: text.english,
        };
        ready_text::write(store, administrator, wording, None).await?;
    }
    Ok(())
}

/// A routing rule: name, area, place, channels, words of the subject, group.
type Route = (
    &'static str,
    &'static str,
    i64,
    &'static [&'static str],
    &'static [&'static str],
    &'static str,
);

/// Where new tickets go that a front end would only hand on.
const ROUTES: [Route; 4] = [
    ("Posta certificata", "spt", 10, &["pec"], &[], "Back Office SPT"),
    (
        "Cedolino e conguagli",
        "spt",
        20,
        &["email", "fax"],
        &["cedolin", "conguagli", "arretrat"],
        "Trattamento economico",
    ),
    (
        "Posta certificata",
        "st",
        10,
        &["pec"],
        &[],
        "Back Office Servizi Tecnologici",
    ),
    (
        "Gare e affidamenti",
        "aa",
        10,
        &["email", "pec"],
        &["gara", "gare", "bando", "bandi", "appalt", "affidament"],
        "Back Office Applicazioni",
    ),
];

/// Lays down the routing rules, for what comes from now on.
pub(crate) async fn lay_routes(store: &Store, cast: &Cast) -> Outcome<()> {
    let missing = || {
        Error::Failed(anyhow::anyhow!(
            "an area, a group or the administrator of a route is missing"
        ))
    };
    let administrator = cast.with_role(Role::Administrator).ok_or_else(missing)?;
    let all = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    for (name, area, place, channels, words, group) in ROUTES {
        let text = RuleText {
            name: name.to_owned(),
            place,
            channels: all(channels),
            words: all(words),
            group: cast.group(group).ok_or_else(missing)?,
            ..RuleText::default()
        };
        let area = cast.area(area).ok_or_else(missing)?;
        routing::add_rule(store, administrator, area, text, None).await?;
    }
    Ok(())
}

/// Lays down what happens by itself, for what comes from now on.
pub(crate) async fn lay_automations(store: &Store, cast: &Cast) -> Outcome<()> {
    let missing = || {
        Error::Failed(anyhow::anyhow!(
            "an area or the administrator of an automation is missing"
        ))
    };
    let administrator = cast.with_role(Role::Administrator).ok_or_else(missing)?;
    let reminder = AutomationText {
        name: "Nessuno la prende".to_owned(),
        place: 10,
        on: Happening::Opened,
        after_minutes: 30,
        unless: vec![Happening::Taken, Happening::Closed],
        deeds: Deeds {
            note: Some("Attende da mezz’ora e nessuno l’ha presa: chi è libero la prenda adesso.".to_owned()),
            ..Deeds::default()
        },
        ..AutomationText::default()
    };
    let complaint = AutomationText {
        name: "Reclamo".to_owned(),
        place: 20,
        on: Happening::Classified,
        kinds: vec![TicketKind::Complaint],
        deeds: Deeds {
            note: Some("È un reclamo: se ne occupi chi non ha seguito la richiesta.".to_owned()),
            ..Deeds::default()
        },
        ..AutomationText::default()
    };
    for (area, text) in [("spt", reminder), ("aa", complaint)] {
        let area = cast.area(area).ok_or_else(missing)?;
        automation::add_rule(store, administrator, area, text, None).await?;
    }
    Ok(())
}

/// An outage of the first day told, over within the hour.
pub(crate) async fn tell_what_is_over(store: &Store, cast: &Cast) -> Outcome<()> {
    let lead = lead(cast)?;
    let told = Told {
        title: "Posta elettronica lenta".to_owned(),
        meaning:
            "I messaggi partono e arrivano con mezz’ora di ritardo. Non si perde niente: non serve inviarli di nuovo."
                .to_owned(),
        places: Some("tutte le sedi".to_owned()),
        restore_at: None,
    };
    let new = NewOutage {
        told: told.clone(),
        area: Some("st".to_owned()),
        ticket: None,
    };
    let outage = outage::open(store, lead, new, None).await?;
    store.clock().advance(20 * 60);
    let told = Told {
        meaning: "Abbiamo trovato la causa: un filtro sovraccarico. I ritardi stanno calando.".to_owned(),
        ..told
    };
    outage::update(store, lead, outage.id, told, IfMatch::default()).await?;
    store.clock().advance(15 * 60);
    outage::end(store, lead, outage.id, IfMatch::default()).await.map(drop)
}

/// An outage that goes on now.
pub(crate) async fn tell_what_goes_on(store: &Store, cast: &Cast, now: Instant) -> Outcome<()> {
    /// Half an hour, in milliseconds: when something should work again is told in halves of an hour.
    const HALF: i64 = 30 * 60 * 1000;
    let soon = (now.as_millis() / HALF + 4) * HALF;
    let new = NewOutage {
        told: Told {
            title: "Stampa ferma".to_owned(),
            meaning: "Le stampe restano in coda e non escono. Se hai fretta, salva il documento in PDF e stampalo da un’altra sede.".to_owned(),
            places: Some("sedi di Roma e Avellino".to_owned()),
            restore_at: Some(Instant::from_millis(soon)),
        },
        area: Some("st".to_owned()),
        ticket: None,
    };
    outage::open(store, lead(cast)?, new, None).await.map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_guides_can_be_read_and_ten_are_for_everybody() {
        let guides = guides().expect("the guides");
        let public = guides.iter().filter(|guide| guide.audience == Audience::Public);
        assert_eq!(
            public.filter(|guide| guide.state == ArticleState::Published).count(),
            10
        );
        for guide in &guides {
            assert!(!knowledge::markup::blocks(&guide.body).is_empty(), "{}", guide.title);
        }
    }
}

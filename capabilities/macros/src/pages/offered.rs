//! `/tickets/{number}/macros`: the macros for a ticket, each with what it does and a key, and the one that is used.

use super::told::Known;
use crate::acts::prepared;
use crate::row::{MacroView, macros};
use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use kernel::{Error, Outcome, Refusal};
use people::{Act, Visit};
use store::Card;
use ui::Frame;
use web::{App, FormBody, PageError, PagePath, Problem, html, see_other, to_mend};

#[derive(Template)]
#[template(path = "macros/offered.html")]
struct Offered {
    frame: Frame,
    heading: String,
    subject: String,
    action: String,
    back: String,
    macros: Vec<Line>,
    refused: String,
    may_set_up: bool,
}

/// A macro to choose.
struct Line {
    id: String,
    version: i64,
    name: String,
    does: Vec<String>,
    key: String,
}

/// The card of a ticket on which somebody may use macros.
async fn card(app: &App, visit: &Visit, number: &str) -> Outcome<Card> {
    let card = record::card(app.store.read(), &visit.actor, Act::View, number).await?;
    if !visit.actor.may(Act::ViewInternal, &card) {
        return Err(Refusal::not_found().into());
    }
    visit.actor.allow(Act::Handle, &card)?;
    Ok(card)
}

pub(super) async fn offered(
    State(app): State<App>,
    visit: Visit,
    RawQuery(query): RawQuery,
    PagePath(number): PagePath<String>,
) -> Result<Response, PageError> {
    let card = card(&app, &visit, &number).await?;
    Ok(html(&page(&app, visit, &card, query, String::new()).await?))
}

/// `POST`: it is asked for, and done in ten seconds unless it is taken back.
pub(super) async fn chosen(
    State(app): State<App>,
    visit: Visit,
    RawQuery(query): RawQuery,
    PagePath(number): PagePath<String>,
    form: FormBody,
) -> Result<Response, PageError> {
    let card = card(&app, &visit, &number).await?;
    let all = macros(&app.store, &visit.actor).await?;
    let chosen = form.text("macro");
    let found = all
        .into_iter()
        .find(|one| one.id.to_string() == chosen && one.fits(&card));
    let Some(found) = found else {
        let why = visit.frame.t("macros-refusal-gone");
        return Ok(to_mend(&page(&app, visit, &card, query, why).await?));
    };
    let leads_on = found.leads_on;
    let mut meant = prepared(found);
    // Whoever reads an older edition is told, and not given the newer one.
    meant.version = form.text("version").parse().unwrap_or(meant.version);
    let how = (visit.frame.language, form.once(visit.actor.person, "macro"));
    match ticket::use_prepared(&app, &visit.actor, card.id, meant, how).await {
        Ok(used) if leads_on => Ok(see_other(&format!("/tickets/next?did={used}"))),
        Ok(used) => Ok(see_other(&format!("/tickets/{}?did={used}", card.number))),
        Err(refused @ Error::Refused(_)) => {
            let why = Problem::of(&refused, visit.frame.language).detail;
            Ok(to_mend(&page(&app, visit, &card, query, why).await?))
        }
        Err(failure) => Err(failure.into()),
    }
}

async fn page(app: &App, visit: Visit, card: &Card, query: Option<String>, refused: String) -> Outcome<Offered> {
    let Visit { actor, frame } = visit;
    let known = Known::of(&app.store, &actor).await?;
    let all = macros(&app.store, &actor).await?;
    let here = all.into_iter().filter(|one| one.fits(card));
    let line = |(place, one): (usize, MacroView)| Line {
        id: one.id.to_string(),
        version: one.version,
        does: known.told(&frame, &one),
        name: one.name,
        key: if place < 9 {
            (place + 1).to_string()
        } else {
            String::new()
        },
    };
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    let back = format!("/tickets/{}{query}", card.number);
    let heading = frame.t1("macros-for", "number", card.number.as_str());
    Ok(Offered {
        subject: card.subject.clone(),
        action: format!("/tickets/{}/macros{query}", card.number),
        macros: here.enumerate().map(line).collect(),
        refused,
        may_set_up: actor.allow_any(Act::Configure).is_ok(),
        frame: frame
            .clone()
            .titled(heading.clone())
            .back_to(back.clone(), card.number.clone()),
        back,
        heading,
    })
}

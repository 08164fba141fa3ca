//! What others show of outages: the notice on top of every page, and a suggestion to whoever types what is wrong.

use crate::row::{self, OutageRow};
use i18n::{Arg, Language, TimeZone};
use kernel::{Instant, Outcome};
use people::{Actor, Door};
use record::{Known, NEAR, Reading, Sought, Suggestion, closeness};
use std::sync::Arc;
use ui::{Banner, Frame, Link};
use web::App;

/// Outages that have a notice of their own; the others are told together.
const NOTICES: usize = 2;
/// Outages that are proposed at once.
const MOST: usize = 3;

pub(crate) async fn notices(app: App, actor: Arc<Actor>, frame: Frame) -> Outcome<Vec<Banner>> {
    let active = row::active(&app.store, &actor).await?;
    let more = active.len().saturating_sub(NOTICES);
    let desk = actor.door == Door::Console;
    let mut banners: Vec<Banner> = active
        .iter()
        .take(NOTICES)
        .map(|outage| banner(&frame, outage, desk))
        .collect();
    if more > 0 {
        let href = if desk { "/outages" } else { "/portal/outages" };
        banners.push(Banner {
            link: Some(Link::new(href, frame.t("outage-all"))),
            ..Banner::warning(frame.tn("outage-more", more), "")
        });
    }
    Ok(banners)
}

fn banner(frame: &Frame, outage: &OutageRow, desk: bool) -> Banner {
    let (href, label) = if desk {
        (format!("/outages/{}", outage.id), "outage-open")
    } else {
        (format!("/portal/outages/{}", outage.id), "outage-follow")
    };
    let text = sentence(frame, outage);
    let no_need = if desk {
        String::new()
    } else {
        format!(" {}", frame.t("outage-no-need"))
    };
    Banner {
        link: Some(Link::new(href, frame.t(label))),
        ..Banner::warning(frame.t("outage-now"), text + &no_need)
    }
}

/// What is out of order, where and until when, in one sentence.
pub(crate) fn sentence(frame: &Frame, outage: &OutageRow) -> String {
    said(outage, |at| expected(frame, at))
}

fn said(outage: &OutageRow, expected: impl Fn(Instant) -> String) -> String {
    let mut text = outage.title.clone();
    if !outage.places.is_empty() {
        text = format!("{text}, {}", outage.places);
    }
    match outage.restore_at {
        Some(at) => format!("{text}: {}.", expected(at)),
        None => format!("{text}."),
    }
}

/// When it should work again, as it is said from here: today by the hour, otherwise by day and hour.
pub(crate) fn expected(frame: &Frame, at: Instant) -> String {
    expected_from(frame.language, (frame.now, &frame.zone), at)
}

fn expected_from(language: Language, (now, zone): (Instant, &TimeZone), at: Instant) -> String {
    let (day, hour) = (language.day(at, zone), language.hour(at, zone));
    if day == language.day(now, zone) {
        return language.text_with("outage-expected-today", &[("hour", hour.into())]);
    }
    let values: [(&str, Arg<'_>); 2] = [("day", day.into()), ("hour", hour.into())];
    language.text_with("outage-expected", &values)
}

/// What goes on, for whoever hears of it again on the telephone.
pub(crate) async fn known(app: App, reading: Reading) -> Outcome<Vec<Known>> {
    let active = row::active(&app.store, &reading.actor).await?;
    let expected = |at| expected_from(reading.language, (reading.now, &reading.zone), at);
    let known = |outage: OutageRow| Known {
        id: outage.id,
        href: format!("/outages/{}", outage.id),
        sentence: said(&outage, expected),
        words: format!("{} {} {}", outage.title, outage.meaning, outage.places),
        area: outage.area,
        ticket: outage.ticket,
        expected_at: outage.restore_at,
    };
    Ok(active.into_iter().map(known).collect())
}

pub(crate) async fn suggestions(app: App, sought: Sought) -> Outcome<Vec<Suggestion>> {
    let active = row::active(&app.store, &sought.actor).await?;
    let near = |outage: &OutageRow| {
        closeness(
            &sought.words,
            &outage.title,
            &format!("{} {}", outage.places, outage.meaning),
        )
    };
    let mut found: Vec<(i64, &OutageRow)> = active.iter().map(|outage| (near(outage), outage)).collect();
    found.retain(|(near, _)| *near >= NEAR);
    found.sort_by_key(|(near, _)| -near);
    let pages = if sought.desk { "/outages" } else { "/portal/outages" };
    let suggestion = |(_, outage): (i64, &OutageRow)| Suggestion {
        href: format!("{pages}/{}", outage.id),
        title: outage.title.clone(),
        note: sought.frame.t("outage-suggested"),
        icon: "outage",
    };
    Ok(found.into_iter().take(MOST).map(suggestion).collect())
}

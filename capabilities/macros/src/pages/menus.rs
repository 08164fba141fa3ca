//! What the form of a macro lets one choose from.

use super::typed::{ALL, Typed};
use catalogue::Category;
use kernel::{Outcome, Uuid};
use people::{Actor, Group, areas_to_set_up};
use store::Store;
use ticket::domain::{TicketKind, WaitingReason};
use ui::{Choice, Frame};

/// The menus.
pub(super) struct Menus {
    pub(super) areas: Vec<Choice>,
    pub(super) kinds: Vec<Choice>,
    pub(super) categories: Vec<Choice>,
    pub(super) impacts: Vec<Choice>,
    pub(super) urgencies: Vec<Choice>,
    pub(super) replies: Vec<Choice>,
    pub(super) ends: Vec<Choice>,
    pub(super) groups: Vec<Choice>,
    pub(super) reasons: Vec<Choice>,
    pub(super) solutions: Vec<Choice>,
}

impl Menus {
    pub(super) async fn of(store: &Store, frame: &Frame, actor: &Actor, typed: &Typed) -> Outcome<Self> {
        let term = |list: &str, code: &str| frame.t(&format!("ticket-page-{list}-{}", code.replace('_', "-")));
        let levels = |list: &str, current: &str| {
            let level = |level: i64| Choice::new(level.to_string(), term(list, &level.to_string()), current);
            (1..=3).map(level).collect()
        };
        let known = TicketKind::ALL.iter().filter(|kind| **kind != TicketKind::Unknown);
        let reasons = WaitingReason::ALL.iter();
        let end = |code: &'static str| {
            let key = if code.is_empty() { "stay" } else { code };
            Choice::new(
                code,
                frame.t(&format!("macros-end-{}", key.replace('_', "-"))),
                &typed.end,
            )
        };
        let texts = texts(store, actor).await?;
        let texts = |current: &str| {
            let each = texts.iter().map(|(id, name)| Choice::new(id, name, current));
            each.collect::<Vec<_>>()
        };
        let everywhere = Choice::new(ALL, frame.t("macros-area-all"), &typed.area);
        Ok(Self {
            areas: areas_to_set_up(store, actor, everywhere, &typed.area).await?,
            kinds: known
                .map(|kind| Choice::new(kind.code(), term("kind", kind.code()), &typed.kind))
                .collect(),
            categories: categories(store, actor, &typed.category).await?,
            impacts: levels("impact", &typed.impact),
            urgencies: levels("urgency", &typed.urgency),
            replies: texts(&typed.reply),
            ends: ["", "hand_over", "wait", "solve"].map(end).into(),
            groups: groups(store, actor, &typed.group).await?,
            reasons: reasons
                .map(|one| Choice::new(one.code(), term("waiting", one.code()), &typed.reason))
                .collect(),
            solutions: texts(&typed.text),
        })
    }
}

/// Ready texts in use, by identity and name.
async fn texts(store: &Store, actor: &Actor) -> Outcome<Vec<(String, String)>> {
    let all = ready_text::ready_texts(store, actor).await?;
    let in_use = all.into_iter().filter(|text| text.active);
    Ok(in_use.map(|text| (text.id.to_string(), text.name)).collect())
}

async fn categories(store: &Store, actor: &Actor, current: &str) -> Outcome<Vec<Choice>> {
    let all = store.all::<Category>().await?;
    let mut offered: Vec<(Uuid, String)> = all
        .iter()
        .filter(|one| actor.works_in(one.state.area) && (!one.state.closed || one.id.to_string() == current))
        .map(|one| (one.id, one.state.full_name()))
        .collect();
    offered.sort_by(|one, other| one.1.cmp(&other.1));
    let choice = |(id, name): (Uuid, String)| Choice::new(id.to_string(), name, current);
    Ok(offered.into_iter().map(choice).collect())
}

async fn groups(store: &Store, actor: &Actor, current: &str) -> Outcome<Vec<Choice>> {
    let all = store.all::<Group>().await?;
    let offered = all
        .iter()
        .filter(|one| actor.works_in(one.state.area) && (!one.state.closed || one.id.to_string() == current));
    Ok(offered
        .map(|one| Choice::new(one.id.to_string(), &one.state.name, current))
        .collect())
}

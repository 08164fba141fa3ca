//! What is done with macros: written, changed, closed, used again.

use crate::row::{self, MacroView};
use crate::{Ending, Held, Macro, MacroEvent, Steps};
use catalogue::Category;
use configuration::{Area, same_menus};
use kernel::{Checks, Limit, Outcome, Refusal, RefusalKind, Uuid};
use people::{Act, Actor, Group};
use std::sync::Arc;
use store::{Aggregate, Idempotency, Lane, NewContent, Recorded, Store, Tx};
use ticket::domain::TicketKind;
use web::IfMatch;

const NAME: Limit = Limit::line(80);
const NOTE: Limit = Limit::text(4_000);
/// Days for which a ticket may be left waiting.
const LONGEST: i64 = 365;

/// A macro as somebody writes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MacroToBe {
    /// What it is called.
    pub name: String,
    /// Area by identity, code or name; nothing for all.
    pub area: Option<String>,
    /// What it does.
    pub steps: Steps,
    /// The note that it writes for colleagues.
    pub note: String,
    /// Whether it leads on to the next ticket.
    pub leads_on: bool,
}

/// What is to be otherwise about a macro.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// What it is from now on.
    pub wanted: Option<MacroToBe>,
    /// Whether it is offered.
    pub active: Option<bool>,
}

/// What a macro is, trimmed and measured, with all that it names known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Words {
    pub(crate) name: String,
    pub(crate) area: Option<Uuid>,
    pub(crate) steps: Steps,
    pub(crate) note: Option<String>,
    pub(crate) leads_on: bool,
}

impl MacroToBe {
    async fn checked(self, store: &Store, actor: &Actor) -> Outcome<Words> {
        let mut checks = Checks::new();
        let name = checks.required("name", Some(&self.name), NAME);
        let note = checks.optional("note", Some(&self.note), NOTE);
        let area = Area::noted(store, &mut checks, self.area.as_deref()).await?;
        if self.steps == Steps::default() && note.is_none() {
            checks.wrong("steps", "macros-field-nothing");
        }
        check(store, actor, &mut checks, &self.steps, area).await?;
        checks.done()?;
        Ok(Words {
            name,
            area,
            steps: self.steps,
            note,
            leads_on: self.leads_on,
        })
    }
}

/// What a macro names is there, in use, and stands in the menus of its area.
async fn check(store: &Store, actor: &Actor, checks: &mut Checks, steps: &Steps, area: Option<Uuid>) -> Outcome<()> {
    if steps.kind == Some(TicketKind::Unknown) {
        checks.wrong("kind", "field-required");
    }
    checks.within("impact", steps.impact, 1, 3);
    checks.within("urgency", steps.urgency, 1, 3);
    let categories = store.all::<Category>().await?;
    let has_category = |id: Uuid| {
        let found = categories.iter().find(|one| one.id == id && !one.state.closed);
        found.is_some_and(|one| same_menus(one.state.area, area))
    };
    if steps.category.is_some_and(|id| !has_category(id)) {
        checks.wrong("category", "field-not-found");
    }
    if let Some(text) = steps.reply {
        check_text(store, actor, checks, ("reply", text), area).await?;
    }
    match &steps.end {
        Some(Ending::HandOver { group }) => {
            let groups = store.all::<Group>().await?;
            let found = groups.iter().find(|one| one.id == *group && !one.state.closed);
            if !found.is_some_and(|one| same_menus(one.state.area, area)) {
                checks.wrong("group", "field-not-found");
            }
        }
        Some(Ending::Wait { days, .. }) => {
            checks.within("days", *days, 1, LONGEST);
        }
        Some(Ending::Solve { text }) => check_text(store, actor, checks, ("text", *text), area).await?,
        None => {}
    }
    Ok(())
}

/// A text that is for another area would not be there when it is to be written.
async fn check_text(
    store: &Store,
    actor: &Actor,
    checks: &mut Checks,
    (field, id): (&'static str, Uuid),
    area: Option<Uuid>,
) -> Outcome<()> {
    let texts = ready_text::ready_texts(store, actor).await?;
    let found = texts.iter().find(|text| text.id == id && text.active);
    match found {
        None => checks.wrong(field, "field-not-found"),
        Some(text) if text.area.is_some() && text.area != area => checks.wrong(field, "macros-field-text-area"),
        Some(_) => {}
    }
    Ok(())
}

impl Words {
    fn of(view: MacroView) -> Self {
        Self {
            name: view.name,
            area: view.area,
            steps: view.steps,
            note: Some(view.note).filter(|note| !note.is_empty()),
            leads_on: view.leads_on,
        }
    }

    /// The words as events hold them, and the contents they refer to.
    fn held(&self) -> (Held, Vec<NewContent>) {
        let name = NewContent::new(&self.name);
        let note = self.note.as_ref().map(NewContent::new);
        let held = Held {
            area: self.area,
            name: name.reference(),
            steps: self.steps.clone(),
            note: note.as_ref().map(NewContent::reference),
            leads_on: self.leads_on,
        };
        (held, std::iter::once(name).chain(note).collect())
    }
}

/// Writes a macro.
///
/// # Errors
/// A refusal 403, 422 that names the fields, 429 when there are too many.
pub async fn write(store: &Store, actor: &Arc<Actor>, new: MacroToBe, once: Option<Idempotency>) -> Outcome<MacroView> {
    actor.allow_any(Act::Configure)?;
    let words = new.checked(store, actor).await?;
    actor.allow_over(Act::Configure, words.area)?;
    let author = actor.author();
    let write = store.write_once(Lane::People, once, move |tx| {
        Box::pin(async move {
            tx.alone_by(Macro::KIND).await?;
            if row::count(tx).await? >= row::MOST {
                return Err(Refusal::new(RefusalKind::TooMany, "too_many", "macros-too-many").into());
            }
            refuse_taken(tx, &words, None).await?;
            let (held, contents) = words.held();
            let mut one = tx.fresh::<Macro>(Uuid::now_v7());
            let written = at(tx, MacroEvent::Written { held });
            tx.save(&mut one, &author, vec![written], &contents).await?;
            let view = MacroView::of(&one, words);
            row::write(tx, &view).await?;
            Ok(view)
        })
    });
    let written = write.await?;
    store.note_listed_change();
    Ok(written)
}

/// Changes what a macro is, closes it or opens it again; what is as it was makes no event.
///
/// # Errors
/// A refusal 403, 404, 412 when it has changed, 422 that names the fields.
pub async fn alter(
    store: &Store,
    actor: &Arc<Actor>,
    id: Uuid,
    change: Change,
    if_match: IfMatch,
) -> Outcome<MacroView> {
    actor.allow_any(Act::Configure)?;
    let wanted = match change.wanted {
        Some(wanted) => Some(wanted.checked(store, actor).await?),
        None => None,
    };
    let (actor, active) = (actor.clone(), change.active);
    let alter = store.write(Lane::People, move |tx| {
        Box::pin(async move {
            tx.alone_by(Macro::KIND).await?;
            let before = row::one(tx, &actor, id).await?;
            actor.allow_over(Act::Configure, before.area)?;
            if_match.check(before.version, || serde_json::to_value(&before).unwrap_or_default())?;
            let mut one = tx.load::<Macro>(id).await?;
            let (mut events, mut contents) = (Vec::new(), Vec::new());
            let was_active = before.active;
            let mut words = Words::of(before);
            if let Some(wanted) = wanted.filter(|wanted| *wanted != words) {
                actor.allow_over(Act::Configure, wanted.area)?;
                refuse_taken(tx, &wanted, Some(id)).await?;
                let (held, new) = wanted.held();
                events.push(at(tx, MacroEvent::Changed { held }));
                (contents, words) = (new, wanted);
            }
            events.extend(standing(active.filter(|active| *active != was_active)).map(|event| at(tx, event)));
            if !events.is_empty() {
                tx.save(&mut one, &actor.author(), events, &contents).await?;
            }
            let view = MacroView::of(&one, words);
            row::write(tx, &view).await?;
            Ok(view)
        })
    });
    let altered = alter.await?;
    store.note_listed_change();
    Ok(altered)
}

fn standing(active: Option<bool>) -> Option<MacroEvent> {
    active.map(|active| match active {
        true => MacroEvent::Reopened,
        false => MacroEvent::Closed,
    })
}

async fn refuse_taken(tx: &Tx, words: &Words, but: Option<Uuid>) -> Outcome<()> {
    if row::is_taken(tx, words, but).await? {
        return Err(Refusal::field("name", "field-taken").into());
    }
    Ok(())
}

fn at(tx: &Tx, event: MacroEvent) -> Recorded<MacroEvent> {
    Recorded {
        event,
        occurred_at: tx.now(),
    }
}

//! What is done with checklists: written, changed, closed, used again.

use super::row::{self, ChecklistItem, ChecklistView};
use super::{Checklist, ChecklistEvent, Held, Item};
use crate::task::serves;
use configuration::Area;
use kernel::{Checks, Limit, Outcome, Refusal, RefusalKind, Uuid};
use people::{Act, Actor, Group, Role};
use std::sync::Arc;
use store::{Aggregate, Idempotency, Lane, NewContent, Recorded, Store, Tx};
use ticket::domain::TicketKind;
use web::IfMatch;

const NAME: Limit = Limit::line(80);
const TEXT: Limit = Limit::line(200);
/// Things to do that one checklist may hold.
pub(crate) const MOST_ITEMS: usize = 50;
/// Minutes after which something may be due: a year.
const LONGEST: i64 = 366 * 24 * 60;

/// A checklist as somebody writes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChecklistToBe {
    /// What it is called.
    pub name: String,
    /// Area by identity, code or name; nothing for all.
    pub area: Option<String>,
    /// The kind of ticket it is for; nothing for all.
    pub kind: Option<TicketKind>,
    /// The role it is for; nothing for all.
    pub role: Option<Role>,
    /// What is to be done, in its order.
    pub items: Vec<ItemToBe>,
}

/// One thing to do, as somebody writes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ItemToBe {
    /// What, in one line.
    pub text: String,
    /// Until how many minutes after the checklist was put on the ticket.
    pub due_minutes: Option<i64>,
    /// The group that is to do it, by identity or name.
    pub group: Option<String>,
}

/// What is to be otherwise about a checklist.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChecklistChange {
    /// What it holds from now on.
    pub checklist: Option<ChecklistToBe>,
    /// Whether it is offered.
    pub active: Option<bool>,
}

/// What a checklist holds, trimmed and measured, its area and groups known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Words {
    pub(crate) name: String,
    pub(crate) area: Option<Uuid>,
    pub(crate) kind: Option<TicketKind>,
    pub(crate) role: Option<Role>,
    pub(crate) items: Vec<ChecklistItem>,
}

impl ChecklistToBe {
    async fn checked(self, store: &Store) -> Outcome<Words> {
        let mut checks = Checks::new();
        let name = checks.required("name", Some(&self.name), NAME);
        let area = Area::noted(store, &mut checks, self.area.as_deref()).await?;
        if self.items.is_empty() {
            checks.wrong("items", "task-field-no-items");
        }
        if self.items.len() > MOST_ITEMS {
            checks.wrong("items", "task-field-too-many-items");
        }
        let groups = store.all::<Group>().await?;
        let items = self
            .items
            .into_iter()
            .map(|item| item.checked(&mut checks, &groups, area));
        let items = items.collect();
        checks.done()?;
        Ok(Words {
            name,
            area,
            kind: self.kind,
            role: self.role,
            items,
        })
    }
}

impl ItemToBe {
    fn checked(self, checks: &mut Checks, groups: &[store::Loaded<Group>], area: Option<Uuid>) -> ChecklistItem {
        let named = self.group.as_deref().map(str::trim).filter(|name| !name.is_empty());
        let found = named.and_then(|name| Group::named(groups, name));
        let group = found.filter(|group| serves(&group.state, area)).map(|group| group.id);
        if named.is_some() && group.is_none() {
            checks.wrong_with("items", "task-field-item-group", "group", named.unwrap_or_default());
        }
        ChecklistItem {
            text: checks.required("items", Some(&self.text), TEXT),
            due_minutes: checks.within("items", self.due_minutes, 1, LONGEST),
            group,
        }
    }
}

impl Words {
    fn of(view: ChecklistView) -> Self {
        Self {
            name: view.name,
            area: view.area,
            kind: view.kind,
            role: view.role,
            items: view.items,
        }
    }

    /// The words as events hold them, and the contents they refer to.
    fn held(&self) -> (Held, Vec<NewContent>) {
        let name = NewContent::new(&self.name);
        let texts: Vec<NewContent> = self.items.iter().map(|item| NewContent::new(&item.text)).collect();
        let items = self.items.iter().zip(&texts).map(|(item, text)| Item {
            text: text.reference(),
            due_minutes: item.due_minutes,
            group: item.group,
        });
        let held = Held {
            area: self.area,
            name: name.reference(),
            kind: self.kind,
            role: self.role,
            items: items.collect(),
        };
        (held, std::iter::once(name).chain(texts).collect())
    }
}

/// Writes a checklist.
///
/// # Errors
/// A refusal 403, 422 that names the fields, 429 when there are too many.
pub async fn write_checklist(
    store: &Store,
    actor: &Arc<Actor>,
    new: ChecklistToBe,
    once: Option<Idempotency>,
) -> Outcome<ChecklistView> {
    actor.allow_any(Act::Configure)?;
    let words = new.checked(store).await?;
    actor.allow_over(Act::Configure, words.area)?;
    let author = actor.author();
    let write = store.write_once(Lane::People, once, move |tx| {
        Box::pin(async move {
            tx.alone_by(Checklist::KIND).await?;
            if row::count(tx).await? >= row::MOST {
                return Err(Refusal::new(RefusalKind::TooMany, "too_many", "task-checklist-too-many").into());
            }
            refuse_taken(tx, &words, None).await?;
            let (held, contents) = words.held();
            let mut list = tx.fresh::<Checklist>(Uuid::now_v7());
            let written = at(tx, ChecklistEvent::Written { held });
            tx.save(&mut list, &author, vec![written], &contents).await?;
            let view = ChecklistView::of(&list, words);
            row::write(tx, &view).await?;
            Ok(view)
        })
    });
    let written = write.await?;
    store.note_listed_change();
    Ok(written)
}

/// Changes what a checklist holds, closes it or opens it again; what is as it was makes no event.
///
/// # Errors
/// A refusal 403, 404, 412 when it has changed, 422 that names the fields.
pub async fn alter_checklist(
    store: &Store,
    actor: &Arc<Actor>,
    id: Uuid,
    change: ChecklistChange,
    if_match: IfMatch,
) -> Outcome<ChecklistView> {
    actor.allow_any(Act::Configure)?;
    let wanted = match change.checklist {
        Some(wanted) => Some(wanted.checked(store).await?),
        None => None,
    };
    let (actor, active) = (actor.clone(), change.active);
    let alter = store.write(Lane::People, move |tx| {
        Box::pin(async move {
            tx.alone_by(Checklist::KIND).await?;
            let before = row::checklist(tx, &actor, id).await?;
            actor.allow_over(Act::Configure, before.area)?;
            if_match.check(before.version, || serde_json::to_value(&before).unwrap_or_default())?;
            let mut list = tx.load::<Checklist>(id).await?;
            let (mut events, mut contents) = (Vec::new(), Vec::new());
            let was_active = before.active;
            let mut words = Words::of(before);
            if let Some(wanted) = wanted.filter(|wanted| *wanted != words) {
                actor.allow_over(Act::Configure, wanted.area)?;
                refuse_taken(tx, &wanted, Some(id)).await?;
                let (held, new) = wanted.held();
                events.push(at(tx, ChecklistEvent::Changed { held }));
                (contents, words) = (new, wanted);
            }
            events.extend(standing(active.filter(|active| *active != was_active)).map(|event| at(tx, event)));
            if !events.is_empty() {
                tx.save(&mut list, &actor.author(), events, &contents).await?;
            }
            let view = ChecklistView::of(&list, words);
            row::write(tx, &view).await?;
            Ok(view)
        })
    });
    let altered = alter.await?;
    store.note_listed_change();
    Ok(altered)
}

fn standing(active: Option<bool>) -> Option<ChecklistEvent> {
    active.map(|active| match active {
        true => ChecklistEvent::Reopened,
        false => ChecklistEvent::Closed,
    })
}

async fn refuse_taken(tx: &Tx, words: &Words, but: Option<Uuid>) -> Outcome<()> {
    if row::is_taken(tx, words, but).await? {
        return Err(Refusal::field("name", "field-taken").into());
    }
    Ok(())
}

fn at(tx: &Tx, event: ChecklistEvent) -> Recorded<ChecklistEvent> {
    Recorded {
        event,
        occurred_at: tx.now(),
    }
}

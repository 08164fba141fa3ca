//! What is left to do: checklists, and tasks on some of the requests that are open.

use crate::cast::Cast;
use kernel::{Error, Outcome, Uuid};
use people::{Actor, Role};
use serde::Deserialize;
use std::sync::Arc;
use store::{Sql, Store};
use task::{ChecklistToBe, ItemToBe, TaskToDo};
use ticket::domain::TicketKind;

#[derive(Deserialize)]
struct Checklists {
    checklist: Vec<Checklist>,
}

#[derive(Deserialize)]
struct Checklist {
    name: String,
    /// Short name of the area, empty for all.
    area: String,
    /// Kind of ticket, empty for all.
    kind: String,
    /// Role, empty for all.
    role: String,
    items: Vec<Item>,
}

#[derive(Deserialize)]
struct Item {
    text: String,
    minutes: Option<i64>,
    group: Option<String>,
}

/// A task: the group, what it is to do, and hours from now.
const TASKS: [(&str, &str, Option<i64>); 6] = [
    ("Front End SPT", "Chiedere la copia del documento che manca", Some(20)),
    ("Front End SPT", "Avvisare l’ufficio del personale della sede", Some(50)),
    ("Front End SPT", "Richiamare dopo il prossimo cedolino", None),
    (
        "Front End Servizi Tecnologici",
        "Concordare l’orario dell’intervento in sede",
        Some(22),
    ),
    (
        "Front End Servizi Tecnologici",
        "Farsi dire il numero d’inventario",
        Some(70),
    ),
    (
        "Front End Applicazioni",
        "Provare con un’altra utenza dello stesso ufficio",
        Some(26),
    ),
];

fn checklists() -> Outcome<Vec<Checklist>> {
    let read = toml::from_str::<Checklists>(include_str!("../stories/checklist.toml"));
    let read = read.map_err(|cause| Error::Failed(anyhow::anyhow!("the checklists cannot be read: {cause}")));
    Ok(read?.checklist)
}

/// Writes the checklists.
pub(crate) async fn write_checklists(store: &Store, cast: &Cast) -> Outcome<()> {
    let nobody = || Error::Failed(anyhow::anyhow!("nobody administers"));
    let administrator = cast.with_role(Role::Administrator).ok_or_else(nobody)?;
    for list in checklists()? {
        let item = |item: Item| ItemToBe {
            text: item.text,
            due_minutes: item.minutes,
            group: item.group,
        };
        let wanted = ChecklistToBe {
            name: list.name,
            area: Some(list.area).filter(|area| !area.is_empty()),
            kind: TicketKind::from_code(&list.kind),
            role: Role::ALL.into_iter().find(|role| role.code() == list.role),
            items: list.items.into_iter().map(item).collect(),
        };
        task::write_checklist(store, administrator, wanted, None).await?;
    }
    Ok(())
}

/// Hangs tasks on requests that their groups have open, one on each.
pub(crate) async fn hang_tasks(store: &Store, cast: &Cast) -> Outcome<()> {
    let mut taken = Vec::new();
    for (group, title, hours) in TASKS {
        let missing = || Error::Failed(anyhow::anyhow!("nobody is in {group}"));
        let id = cast.group(group).ok_or_else(missing)?;
        let operator: Arc<Actor> = cast.members(group).first().copied().cloned().ok_or_else(missing)?;
        let Some(number) = open_number(store, id, &taken).await? else {
            continue;
        };
        let due_at = hours.map(|hours| store.clock().now().plus_seconds(hours * 3600));
        let new = TaskToDo {
            title: title.to_owned(),
            group: Some(id),
            due_at,
            ..TaskToDo::default()
        };
        task::add(store, &operator, &number, new, None).await?;
        taken.push(number);
    }
    Ok(())
}

/// The newest open request of a group that has no task yet.
async fn open_number(store: &Store, group: Uuid, taken: &[String]) -> Outcome<Option<String>> {
    let sql = "SELECT number FROM card WHERE group_id = $1 AND is_open = 1 AND kind = 'ticket' \
               ORDER BY ordinal DESC LIMIT 20";
    let rows = store.read().rows(sql, vec![group.into()]).await?;
    let numbers = rows
        .iter()
        .map(|row| row.get::<String>(0))
        .collect::<Outcome<Vec<_>>>()?;
    Ok(numbers.into_iter().find(|number| !taken.contains(number)))
}

//! Tasks and checklists: what is to be done for a ticket, by whom and until when.
//!
//! A task hangs on a ticket and is the desk's own business: requesters see none of it. Whoever handles the ticket writes,
//! changes and withdraws it; whoever it is for ticks it. A checklist is a list of such tasks that always go together.

mod api;
mod checklist;
mod forget;
mod migrations;
mod pages;
mod task;

pub use checklist::{
    Checklist, ChecklistChange, ChecklistEvent, ChecklistItem, ChecklistToBe, ChecklistView, ItemToBe, alter_checklist,
    checklists, put, write_checklist,
};
pub use forget::forget_tasks_of;
pub use task::{Task, TaskEvent, TaskState, TaskToDo, TaskView, Tick, Whose, add, change, tick, withdraw};

use live::Hanging;
use people::{Act, Section};
use record::AsideSource;
use std::sync::Arc;

/// The texts of this capability.
pub fn texts() -> i18n::Source {
    i18n::Source {
        it: include_str!("../locales/it.ftl"),
        en: include_str!("../locales/en.ftl"),
    }
}

/// What this capability hands over.
pub fn capability() -> host::Capability {
    host::Capability {
        name: "task",
        migrations: migrations::MIGRATIONS,
        texts: Some(texts()),
        api: Some(api::routes),
        pages: Some(pages::routes),
        places: pages::places(),
        records: vec![store::record_kind::<Task>(), store::record_kind::<Checklist>()],
        jobs: vec![task::job()],
        slots: vec![
            Arc::new(Section {
                place: 55,
                href: pages::CHECKLISTS,
                label: "task-checklists",
                act: Act::Configure,
            }),
            Arc::new(AsideSource(|app, beside| Box::pin(pages::aside(app, beside)))),
            Arc::new(Hanging {
                names: "task.",
                on: |store, tasks| Box::pin(task::hosts(store, tasks)),
            }),
        ],
        ..host::Capability::default()
    }
}

//! Registries: what others know of the people who ask, where from and since when.
//!
//! A source is a directory that is asked or a file that was loaded, for one area or for all. Whoever asks for something is
//! looked up in the sources of the area, in the background and without holding anything up; what both know and write
//! differently is a discrepancy (SD-042), which stands on the ticket by the name of the field and never by its value.

mod api;
mod check;
mod commands;
mod csv_file;
mod directory;
mod field;
mod look;
mod migrations;
mod origins;
mod pages;
mod rows;
mod source;
mod view;

pub use check::{check, follow};
pub use commands::{add_source, alter_source, load_file};
pub use csv_file::people_of;
pub use directory::variable as password_variable;
pub use field::{Entry, RegistryField, discrepancies};
pub use look::{Found, Health, forget, found_of, health, look_up};
pub use migrations::MIGRATIONS;
pub use source::{Directory, LoadedFile, RegistrySource, SourceEvent, SourceKind, SourceText};
pub use view::{KindName, SourceView};

use people::{Act, OriginSource, Section};
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
        name: "registry",
        migrations: MIGRATIONS,
        texts: Some(texts()),
        api: Some(api::routes),
        pages: Some(pages::routes),
        records: vec![store::record_kind::<RegistrySource>()],
        jobs: vec![check::job()],
        scheduled: vec![check::following()],
        slots: vec![
            Arc::new(Section {
                place: 35,
                href: pages::LIST,
                label: "registry-title",
                act: Act::Configure,
            }),
            Arc::new(OriginSource(|app, frame, person| {
                Box::pin(origins::of(app, frame, person))
            })),
        ],
        ..host::Capability::default()
    }
}

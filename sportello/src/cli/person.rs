//! `sportello person`: forgetting somebody.

use super::{close_sealed, language, open_existing, told};
use anyhow::Result;
use clap::Subcommand;
use host::Settings;
use people::{Actor, Door, Role, RoleGrant};
use std::sync::Arc;

/// People whose data are kept.
#[derive(Subcommand)]
pub enum Person {
    /// Erases a person and every text and file of their tickets. It cannot be undone.
    Erase {
        /// Identity or e-mail address.
        #[arg(long)]
        person: String,
        /// Why; it stays in the journal and must not name the person.
        #[arg(long)]
        reason: String,
    },
}

pub(super) async fn run(command: Person, settings: &Settings) -> Result<()> {
    let Person::Erase { person, reason } = command;
    let store = open_existing(settings).await?;
    let id = match person.parse() {
        Ok(id) => id,
        Err(_) => super::account::person_at(&store, &person).await?,
    };
    // Whoever has the machine acts as the data protection officer; the journal says it was the command line.
    let roles = vec![RoleGrant {
        role: Role::Dpo,
        area: None,
    }];
    let actor = Arc::new(Actor {
        roles,
        door: Door::CommandLine,
        ..Actor::system()
    });
    let erased = privacy::erase_person(&store, &actor, id, &reason).await.map_err(told)?;
    let args = [
        ("tickets", erased.tickets.to_string()),
        ("texts", erased.texts.to_string()),
        ("files", erased.files.to_string()),
    ];
    println!("{}", web::sentence(language(), "privacy-erased", &args));
    if !erased.clean {
        eprintln!("{}", web::sentence(language(), "privacy-not-clean", &[]));
    }
    close_sealed(settings, store).await;
    Ok(())
}

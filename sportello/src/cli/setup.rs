//! `sportello setup`: the set-up page without a browser.

use super::{account::password_from_stdin, close_sealed, language, open, told};
use anyhow::Result;
use clap::Args;
use host::Settings;
use people::SetUp;

/// Sets up an empty installation: organisation, administrator, first area with its groups.
#[derive(Args)]
pub struct Setup {
    /// Name of the organisation.
    #[arg(long)]
    organisation: String,
    /// E-mail address of the administrator: also the login.
    #[arg(long)]
    email: String,
    /// Name and surname of the administrator.
    #[arg(long)]
    name: String,
    /// Reads the administrator's password from standard input.
    #[arg(long, required = true)]
    password_stdin: bool,
    /// Name of the first service area.
    #[arg(long)]
    area: Option<String>,
}

pub(super) async fn run(command: Setup, settings: &Settings) -> Result<()> {
    let asked = SetUp {
        organisation: command.organisation,
        name: command.name,
        email: command.email,
        password: password_from_stdin()?,
        area: command
            .area
            .unwrap_or_else(|| language().text("people-set-up-area-default")),
    };
    let store = open(settings).await?;
    let person = people::set_up(&store, asked, language()).await.map_err(told)?;
    close_sealed(settings, store).await;
    println!("{person}");
    Ok(())
}

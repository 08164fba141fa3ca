//! `sportello user` and `sportello token`: accounts from the command line.

use super::{close_sealed, language, open_existing, told};
use anyhow::{Result, bail};
use clap::Subcommand;
use configuration::Area;
use host::Settings;
use kernel::{Author, Outcome, Refusal, Uuid};
use people::{Identity, RequesterRef, Role, RoleGrant, TokenScope};
use std::io::Read;
use store::{Lane, Store, Tx};

/// People who sign in.
#[derive(Subcommand)]
pub enum User {
    /// Adds a person, or gives one a further role and a new password.
    Add {
        /// E-mail address: also the login.
        #[arg(long)]
        email: String,
        /// Name and surname.
        #[arg(long)]
        name: String,
        /// Role: requester, operator, second_level, control_manager, incident_manager, team_lead, service_manager,
        /// administrator, auditor, dpo.
        #[arg(long)]
        role: String,
        /// The area the role is for; left out, all areas.
        #[arg(long)]
        area: Option<String>,
        /// Reads the password from standard input.
        #[arg(long)]
        password_stdin: bool,
    },
}

/// Tokens of the API.
#[derive(Subcommand)]
pub enum Token {
    /// Makes a token and prints it once, alone, on standard output.
    Add {
        /// E-mail address of its person.
        #[arg(long)]
        user: String,
        /// read, write, admin; several with commas.
        #[arg(long)]
        scope: String,
        /// Days until it ends.
        #[arg(long, default_value_t = 365)]
        days: i64,
    },
}

pub(super) async fn user(command: User, settings: &Settings) -> Result<()> {
    let User::Add {
        email,
        name,
        role,
        area,
        password_stdin,
    } = command;
    let Some(role) = Role::from_code(&role) else {
        bail!("{}", no_such_role(&role))
    };
    let password = password_stdin.then(password_from_stdin).transpose()?;
    let store = open_existing(settings).await?;
    let area = match area {
        None => None,
        Some(named) => Some(area_named(&store, &named).await?),
    };
    let identity = Identity {
        name,
        email: Some(email.clone()),
        ..Identity::default()
    }
    .checked("")
    .map_err(told)?;
    let grant = RoleGrant { role, area };
    let person = store.write(Lane::People, move |tx| {
        Box::pin(async move { add(tx, identity, grant).await })
    });
    let person = person.await.map_err(told)?;
    if let Some(password) = password {
        people::set_password(&store, person, &email, &password)
            .await
            .map_err(told)?;
    }
    close_sealed(settings, store).await;
    println!("{person}");
    Ok(())
}

async fn add(tx: &Tx, identity: Identity, grant: RoleGrant) -> Outcome<Uuid> {
    let author = Author::system("cli");
    let known = RequesterRef {
        id: None,
        identity: Identity {
            email: identity.email.clone(),
            ..Identity::default()
        },
    };
    let person = match people::resolve_requester(tx, &known).await? {
        Some(person) => person,
        None => people::register(tx, &author, identity, false, &[]).await?,
    };
    people::give_role(tx, &author, person, grant).await?;
    Ok(person.0)
}

async fn area_named(store: &Store, named: &str) -> Result<Uuid> {
    let all = store.all::<Area>().await.map_err(told)?;
    let found = Area::named(&all, named).map(|area| area.id);
    found.ok_or_else(|| told(Refusal::field("area", "field-not-found").into()))
}

pub(super) fn password_from_stdin() -> Result<String> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}

pub(super) async fn token(command: Token, settings: &Settings) -> Result<()> {
    let Token::Add { user, scope, days } = command;
    let scopes = TokenScope::list(&scope).map_err(told)?;
    let store = open_existing(settings).await?;
    let person = person_at(&store, &user).await?;
    let token = people::create_token(&store, person, "cli", &scopes, days)
        .await
        .map_err(told)?;
    println!("{}", token.text);
    Ok(())
}

fn no_such_role(role: &str) -> String {
    let roles: Vec<&str> = Role::ALL.iter().map(|role| role.code()).collect();
    let args = [("role", role.to_owned()), ("roles", roles.join(", "))];
    web::sentence(language(), "people-cli-no-role", &args)
}

/// Who has an e-mail address.
pub(super) async fn person_at(store: &Store, address: &str) -> Result<Uuid> {
    let identity = Identity {
        email: Some(address.trim().to_lowercase()),
        ..Identity::default()
    };
    let named = RequesterRef { id: None, identity };
    match people::resolve_requester(store.read(), &named).await.map_err(told)? {
        Some(person) => Ok(person.0),
        None => bail!(
            "{}",
            web::sentence(language(), "people-cli-nobody", &[("address", address.to_owned())])
        ),
    }
}

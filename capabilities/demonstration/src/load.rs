//! Loading the demonstration once, and the accounts it is visited with.

use crate::cast::{self, Cast};
use crate::dice::Dice;
use crate::hours::OfficeHours;
use crate::organisation::STAFF;
use crate::story::Author;
use crate::telling::Teller;
use i18n::Language;
use kernel::{Instant, Outcome, Uuid};
use people::Role;
use store::{Lane, Sql, Store};

/// The password of all accounts of the demonstration.
pub const PASSWORD: &str = "sportello-demo";

/// Requesters with an account.
const SIGNING_REQUESTERS: usize = 5;

/// An account of the demonstration.
#[derive(Clone, Copy, Debug)]
pub struct Account {
    /// The login.
    pub email: &'static str,
    /// Name and surname.
    pub name: &'static str,
    /// The role that matters.
    pub role: Role,
}

/// What was found, or made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Demonstration {
    /// It was loaded now, with so many tickets.
    Loaded(usize),
    /// It was there already.
    Present,
    /// It was begun and never finished.
    Broken,
    /// Somebody else's accounts are here: nothing was added to them.
    Declined,
}

impl Account {
    /// The accounts worth showing, one for each role at least.
    pub fn shown() -> Vec<Account> {
        let staff = STAFF.iter().filter(|member| member.shown);
        let mut accounts: Vec<Account> = staff
            .filter_map(|member| {
                Some(Account {
                    email: member.email,
                    name: member.name,
                    role: member.roles.first()?.0,
                })
            })
            .collect();
        accounts.push(Account {
            email: "paolo.greco@ente.example",
            name: "Paolo Greco",
            role: Role::Requester,
        });
        accounts
    }
}

/// Loads the demonstration into an empty database, once. `store` must have a clock of its own, started at
/// [`first_instant`], which is moved up to `now`.
///
/// # Errors
/// When the database fails, or a story breaks a rule.
pub async fn load(store: &Store, now: Instant) -> Outcome<Demonstration> {
    if let Some(found) = begin(store).await? {
        return Ok(found);
    }
    let hours = OfficeHours::before(now);
    let mut dice = Dice::new(2026);
    let cast = cast::found(store, &mut dice).await?;
    open_accounts(store, &cast).await?;
    crate::written::write_guides(store, &cast).await?;
    crate::written::write_ready_texts(store, &cast).await?;
    crate::gestures::write_macros(store, &cast).await?;
    crate::left_to_do::write_checklists(store, &cast).await?;
    crate::written::tell_what_is_over(store, &cast).await?;
    let scenarios = crate::scenario::scenarios()?;
    let stories = Author::new(&cast, &scenarios, &hours, &mut dice).write();
    let tickets = Teller::new(store, &cast, &scenarios, &stories)
        .tell(&hours, &mut dice)
        .await?;
    crate::written::tell_what_goes_on(store, &cast, now).await?;
    crate::left_to_do::hang_tasks(store, &cast).await?;
    crate::written::lay_routes(store, &cast).await?;
    crate::written::lay_automations(store, &cast).await?;
    store
        .write(Lane::Background, move |tx| {
            Box::pin(async move {
                let sql = "UPDATE demonstration SET state = 'loaded', loaded_at = $1 WHERE id = 1";
                tx.run(sql, vec![now.as_millis().into()]).await.map(drop)
            })
        })
        .await?;
    store.keep_words().await?;
    Ok(Demonstration::Loaded(tickets))
}

/// Where the clock must start for loading: when the first story begins.
pub fn first_instant(now: Instant) -> Instant {
    OfficeHours::before(now).start()
}

/// What to tell whoever started the service: what was loaded, and the accounts.
pub fn told(language: Language, found: Demonstration) -> String {
    let mut text = String::new();
    match found {
        Demonstration::Loaded(tickets) => {
            text.push_str(&language.text_with("demonstration-loaded", &[("tickets", tickets.into())]));
        }
        Demonstration::Present => {}
        Demonstration::Broken => text.push_str(&language.text("demonstration-broken")),
        Demonstration::Declined => return language.text("demonstration-declined") + "\n",
    }
    let password = language.text_with("demonstration-password", &[("password", PASSWORD.into())]);
    let newline = if text.is_empty() { "" } else { "\n" };
    let mut text = format!("{text}{newline}{password}\n");
    for account in Account::shown() {
        let role = language.text(&format!("people-role-{}", account.role.code().replace('_', "-")));
        text.push_str(&format!("  {:<30} {:<18} {role}\n", account.email, account.name));
    }
    text
}

/// Puts the mark, unless there is one already or the house has people of its own. One of two nodes that start at once
/// wins.
async fn begin(store: &Store) -> Outcome<Option<Demonstration>> {
    let now = store.clock().now();
    store.write(Lane::Background, move |tx| Box::pin(async move {
        if let Some(row) = tx.row("SELECT state FROM demonstration WHERE id = 1", vec![]).await? {
            let loaded = row.get::<String>(0)? == "loaded";
            return Ok(Some(if loaded { Demonstration::Present } else { Demonstration::Broken }));
        }
        if tx.row("SELECT person_id FROM account LIMIT 1", vec![]).await?.is_some() {
            return Ok(Some(Demonstration::Declined));
        }
        let sql = "INSERT INTO demonstration (id, state, loaded_at) VALUES (1, 'loading', $1) ON CONFLICT (id) DO NOTHING";
        let mine = tx.run(sql, vec![now.as_millis().into()]).await? == 1;
        Ok((!mine).then_some(Demonstration::Broken))
    })).await
}

async fn open_accounts(store: &Store, cast: &Cast) -> Outcome<()> {
    let staff = cast
        .staff
        .iter()
        .zip(STAFF.iter())
        .map(|(actor, member)| (actor.person, member.email.to_owned()));
    let requesters = cast.requesters.iter().take(SIGNING_REQUESTERS);
    let requesters =
        requesters.filter_map(|requester| Some((requester.actor.person, requester.identity.email.clone()?)));
    let accounts: Vec<(Uuid, String)> = staff.chain(requesters).collect();
    people::set_passwords(store, accounts, PASSWORD).await
}

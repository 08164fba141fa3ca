//! A person: an identity that can be erased, and roles that cannot be forged.

use crate::lost_factor::{self, FactorTaken};
use crate::merge::{Merged, survivor_of};
use crate::{Act, Actor, PersonCategory, RoleGrant};
use i18n::Language;
use kernel::{Author, Checks, Instant, Limit, Outcome, Refusal, Uuid, identity, is_blank};
use serde::{Deserialize, Serialize};
use store::{Aggregate, ContentRef, Loaded, NewContent, Recorded, Row, Sql, Tx, Value};

identity!(
    /// A person.
    PersonId
);

/// Who somebody is. It stands in rows of its own, never in an event.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Identity {
    /// Name and surname, or what a guest is called.
    pub name: String,
    /// E-mail address, in lower case.
    pub email: Option<String>,
    /// Telephone, digits with a leading plus.
    pub phone: Option<String>,
    /// Personal identification number.
    pub pin: Option<String>,
    /// Key in another system.
    pub external_id: Option<String>,
    /// Office, seat, room.
    pub office: Option<String>,
    /// The language to write in.
    pub language: Option<Language>,
}

/// A person as the journal says: nothing that identifies.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Person {
    /// Where the identity stands; nothing once erased.
    pub identity: Option<ContentRef>,
    /// Roles.
    pub roles: Vec<RoleGrant>,
    /// True for somebody known only by what they told us (SD-041).
    pub guest: bool,
    /// What they are to those who promise times.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<PersonCategory>,
    /// Who they turned out to be; nothing while they stand for themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merged: Option<Merged>,
    /// Those who turned out to be this person.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub absorbed: Vec<Uuid>,
    /// True once erased.
    pub erased: bool,
    /// The last time that somebody took the second step of signing in away from them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub factor_taken: Option<FactorTaken>,
}

/// What can happen to a person.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum PersonEvent {
    /// Became known.
    PersonRegistered {
        /// Identity.
        identity: ContentRef,
        /// True for a guest.
        guest: bool,
    },
    /// The identity was corrected (SD-044).
    UserDataChanged {
        /// The identity from now on.
        identity: ContentRef,
    },
    /// They are of a category, or of none any more.
    CategorySet {
        /// Which.
        category: Option<PersonCategory>,
    },
    /// A role was given.
    RoleGiven {
        /// Which, and where.
        grant: RoleGrant,
    },
    /// A role was taken back.
    RoleTaken {
        /// Which, and where.
        grant: RoleGrant,
    },
    /// They turned out to be somebody else, who has their requests from now on.
    MergedInto {
        /// Which merge it is.
        merge: Uuid,
        /// Who they are.
        into: Uuid,
    },
    /// That was an error: they stand for themselves again.
    MergeUndone {
        /// Which merge it was.
        merge: Uuid,
    },
    /// Somebody turned out to be this person.
    TookIn {
        /// Which merge it is.
        merge: Uuid,
        /// Who.
        person: Uuid,
    },
    /// That was an error.
    LetGo {
        /// Which merge it was.
        merge: Uuid,
        /// Who.
        person: Uuid,
    },
    /// Somebody who manages people took the second step of signing in away.
    SecondFactorTaken {
        /// Why.
        reason: ContentRef,
    },
    /// The person asked to be forgotten, and is.
    PersonErased,
}

impl Aggregate for Person {
    const KIND: &'static str = "person";
    type Event = PersonEvent;

    fn name(event: &PersonEvent) -> &'static str {
        match event {
            PersonEvent::PersonRegistered { .. } => "person.registered",
            PersonEvent::UserDataChanged { .. } => "person.user_data_changed",
            PersonEvent::CategorySet { .. } => "person.category_set",
            PersonEvent::RoleGiven { .. } => "person.role_given",
            PersonEvent::RoleTaken { .. } => "person.role_taken",
            PersonEvent::MergedInto { .. } => "person.merged_into",
            PersonEvent::MergeUndone { .. } => "person.merge_undone",
            PersonEvent::TookIn { .. } => "person.took_in",
            PersonEvent::LetGo { .. } => "person.let_go",
            PersonEvent::SecondFactorTaken { .. } => "person.second_factor_taken",
            PersonEvent::PersonErased => "person.erased",
        }
    }

    fn apply(&mut self, event: &PersonEvent, at: Instant, author: &Author) {
        match event {
            PersonEvent::PersonRegistered { identity, guest } => {
                self.identity = Some(identity.clone());
                self.guest = *guest;
            }
            PersonEvent::UserDataChanged { identity } => self.identity = Some(identity.clone()),
            PersonEvent::CategorySet { category } => self.category = *category,
            PersonEvent::RoleGiven { grant } if !self.roles.contains(grant) => self.roles.push(*grant),
            PersonEvent::RoleGiven { .. } => {}
            PersonEvent::RoleTaken { grant } => self.roles.retain(|held| held != grant),
            PersonEvent::MergedInto { merge, into } => self.merged = Some(Merged::new(*merge, *into, at, author)),
            PersonEvent::MergeUndone { .. } => self.merged = None,
            PersonEvent::TookIn { person, .. } => self.absorbed.push(*person),
            PersonEvent::LetGo { person, .. } => self.absorbed.retain(|other| other != person),
            PersonEvent::SecondFactorTaken { reason } => {
                self.factor_taken = Some(lost_factor::taken(reason, at, author.person));
            }
            PersonEvent::PersonErased => {
                *self = Self {
                    erased: true,
                    ..Self::default()
                };
            }
        }
    }
}

/// How long a name may be.
const NAME: Limit = Limit::line(160);

impl Identity {
    /// Reads an identity at the door: limits, and addresses in one form.
    ///
    /// # Errors
    /// A refusal that names the fields.
    pub fn checked(self, within: &'static str) -> Outcome<Self> {
        let mut checks = Checks::new();
        let name = checks.required(field(within, "name"), Some(&self.name), NAME);
        let contacts = self.contacts(within, &mut checks);
        checks.done()?;
        Ok(Self { name, ..contacts })
    }

    /// Reads at the door who a guest is: called by their name or, where it was not told, by what reaches them.
    fn checked_as_guest(self, within: &'static str) -> Outcome<Self> {
        let mut checks = Checks::new();
        let name = checks.optional(field(within, "name"), Some(&self.name), NAME);
        let reached_by = self.told_contacts().next().unwrap_or_default();
        let called = reached_by.trim().chars().take(NAME.most).collect();
        let contacts = self.contacts(within, &mut checks);
        checks.done()?;
        Ok(Self {
            name: name.unwrap_or(called),
            ..contacts
        })
    }

    /// What reaches somebody, as far as it was told.
    fn told_contacts(&self) -> impl Iterator<Item = &str> {
        let contacts = [&self.email, &self.phone, &self.pin, &self.external_id];
        contacts
            .into_iter()
            .flatten()
            .map(String::as_str)
            .filter(|text| !is_blank(text))
    }

    /// Everything but the name.
    fn contacts(&self, within: &'static str, checks: &mut Checks) -> Self {
        let email = email_of(checks, field(within, "email"), self.email.as_deref());
        let phone = checks
            .optional(field(within, "phone"), self.phone.as_deref(), Limit::line(40))
            .map(|p| plain_phone(&p));
        if phone
            .as_deref()
            .is_some_and(|phone| !phone.contains(|c: char| c.is_ascii_digit()))
        {
            checks.wrong(field(within, "phone"), "field-wrong-type");
        }
        let pin = checks.optional(field(within, "pin"), self.pin.as_deref(), Limit::line(40));
        let external_id = checks.optional(
            field(within, "external_id"),
            self.external_id.as_deref(),
            Limit::line(120),
        );
        let office = checks.optional(field(within, "office"), self.office.as_deref(), Limit::line(200));
        Self {
            name: String::new(),
            email,
            phone,
            pin,
            external_id,
            office,
            language: self.language,
        }
    }
}

fn field(within: &'static str, name: &'static str) -> &'static str {
    match (within, name) {
        ("requester", "name") => "requester.name",
        ("requester", "email") => "requester.email",
        ("requester", "phone") => "requester.phone",
        ("requester", "pin") => "requester.pin",
        ("requester", "external_id") => "requester.external_id",
        _ => name,
    }
}

/// An e-mail address in lower case; one that has no local part and domain is wrong.
fn email_of(checks: &mut Checks, field: &'static str, text: Option<&str>) -> Option<String> {
    let email = checks.optional(field, text, Limit::line(254))?.to_lowercase();
    let whole = email.split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty() && domain.contains('.') && !domain.starts_with('.') && !domain.ends_with('.')
    });
    if !whole || email.contains(char::is_whitespace) || email.matches('@').count() != 1 {
        checks.wrong(field, "field-email");
        return None;
    }
    Some(email)
}

/// Digits with a leading plus: how a number is compared.
pub(crate) fn plain_phone(text: &str) -> String {
    let plus = if text.trim_start().starts_with('+') { "+" } else { "" };
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    format!("{plus}{digits}")
}

/// Makes a person known.
pub async fn register(
    tx: &Tx,
    author: &Author,
    identity: Identity,
    guest: bool,
    roles: &[RoleGrant],
) -> Outcome<PersonId> {
    let id = PersonId::fresh();
    let mut person = tx.fresh::<Person>(id.0);
    let content = NewContent::new(serde_json::to_string(&identity)?);
    let mut events = vec![PersonEvent::PersonRegistered {
        identity: content.reference(),
        guest,
    }];
    events.extend(roles.iter().map(|grant| PersonEvent::RoleGiven { grant: *grant }));
    save(tx, &mut person, author, events, &[content]).await?;
    write_row(tx, &person, &identity).await?;
    Ok(id)
}

/// Corrects who somebody is.
pub async fn change_identity(tx: &Tx, actor: &Actor, person: PersonId, identity: Identity) -> Outcome<()> {
    actor.allow_any(Act::ManagePeople)?;
    let identity = identity.checked("")?;
    let mut loaded = tx.load::<Person>(person.0).await?;
    let content = NewContent::new(serde_json::to_string(&identity)?);
    let events = vec![PersonEvent::UserDataChanged {
        identity: content.reference(),
    }];
    save(tx, &mut loaded, &actor.author(), events, &[content]).await?;
    write_row(tx, &loaded, &identity).await
}

/// Refuses an e-mail address that another person has.
///
/// # Errors
/// A refusal that names `email`.
pub async fn refuse_taken(sql: &impl Sql, email: Option<&str>, but: Option<Uuid>) -> Outcome<()> {
    let Some(email) = email else { return Ok(()) };
    let email = email.trim().to_lowercase();
    let row = sql
        .row(
            "SELECT id FROM person WHERE email = $1 ORDER BY ordinal LIMIT 1",
            vec![email.into()],
        )
        .await?;
    match row {
        Some(row) if Some(row.get::<Uuid>(0)?) != but => Err(Refusal::field("email", "field-taken").into()),
        _ => Ok(()),
    }
}

/// Gives a role.
pub async fn give_role(tx: &Tx, author: &Author, person: PersonId, grant: RoleGrant) -> Outcome<()> {
    change_roles(tx, author, person, PersonEvent::RoleGiven { grant }).await
}

/// Takes a role back.
pub async fn take_role(tx: &Tx, author: &Author, person: PersonId, grant: RoleGrant) -> Outcome<()> {
    change_roles(tx, author, person, PersonEvent::RoleTaken { grant }).await
}

async fn change_roles(tx: &Tx, author: &Author, person: PersonId, event: PersonEvent) -> Outcome<()> {
    let mut loaded = tx.load::<Person>(person.0).await?;
    save(tx, &mut loaded, author, vec![event], &[]).await?;
    let sql = "UPDATE person SET is_staff = $2 WHERE id = $1";
    tx.run(sql, vec![person.0.into(), staff_mark(&loaded.state).into()])
        .await
        .map(drop)
}

pub(crate) async fn save(
    tx: &Tx,
    person: &mut Loaded<Person>,
    author: &Author,
    events: Vec<PersonEvent>,
    contents: &[NewContent],
) -> Outcome<()> {
    let events = events
        .into_iter()
        .map(|event| Recorded {
            event,
            occurred_at: tx.now(),
        })
        .collect();
    tx.save(person, author, events, contents).await.map(drop)
}

fn staff_mark(person: &Person) -> i64 {
    i64::from(is_of_desk(person))
}

/// True for somebody with another role than that of a requester.
pub(crate) fn is_of_desk(person: &Person) -> bool {
    person.roles.iter().any(|grant| grant.role != crate::Role::Requester)
}

/// The row by which a person is found.
async fn write_row(tx: &Tx, person: &Loaded<Person>, identity: &Identity) -> Outcome<()> {
    let sql = "INSERT INTO person (id, ordinal, name, name_key, surname_key, email, phone, pin, external_id, office, language, \
               is_guest, is_staff, category, merged_into) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) \
               ON CONFLICT (id) DO UPDATE SET name = excluded.name, name_key = excluded.name_key, \
               surname_key = excluded.surname_key, email = excluded.email, phone = excluded.phone, pin = excluded.pin, \
               external_id = excluded.external_id, office = excluded.office, language = excluded.language, \
               is_guest = excluded.is_guest, is_staff = excluded.is_staff, category = excluded.category, \
               merged_into = excluded.merged_into";
    let (name_key, surname_key) = crate::name::keys(&identity.name);
    let values: Vec<Value> = vec![
        person.id.into(),
        person.ordinal.into(),
        identity.name.as_str().into(),
        name_key.into(),
        surname_key.into(),
        identity.email.clone().into(),
        identity.phone.clone().into(),
        identity.pin.clone().into(),
        identity.external_id.clone().into(),
        identity.office.clone().into(),
        identity.language.map(|language| language.code().to_owned()).into(),
        i64::from(person.state.guest).into(),
        staff_mark(&person.state).into(),
        person.state.category.map(|category| category.code().to_owned()).into(),
        person.state.merged.as_ref().map(|merged| merged.into).into(),
    ];
    tx.run(sql, values).await.map(drop)
}

/// How a caller names the requester.
#[derive(Clone, Debug, Default)]
pub struct RequesterRef {
    /// By identity.
    pub id: Option<Uuid>,
    /// By what is known of them; a guest is made of it when nobody matches (SD-041).
    pub identity: Identity,
}

impl RequesterRef {
    /// Reads what was sent: at least one of id, e-mail, telephone, PIN, external id, name.
    ///
    /// # Errors
    /// A refusal that names the fields.
    pub fn checked(self) -> Outcome<Self> {
        if self.id.is_some() {
            return Ok(self);
        }
        let known = &self.identity;
        if known.told_contacts().next().is_none() && is_blank(&known.name) {
            return Err(Refusal::field("requester", "field-required").into());
        }
        Ok(Self {
            id: None,
            identity: self.identity.checked_as_guest("requester")?,
        })
    }
}

/// A requester found or made: the person, and whether they were known before.
#[derive(Clone, Copy, Debug)]
pub struct Resolved {
    /// The person.
    pub person: PersonId,
    /// True when somebody we knew.
    pub known: bool,
    /// Their category.
    pub category: Option<PersonCategory>,
}

/// Finds the person a caller names, without making anybody.
pub async fn resolve_requester(sql: &impl Sql, named: &RequesterRef) -> Outcome<Option<PersonId>> {
    Ok(known_requester(sql, named).await?.map(|found| found.person))
}

/// Whoever turned out to be somebody else is that person.
async fn known_requester(sql: &impl Sql, named: &RequesterRef) -> Outcome<Option<Resolved>> {
    let Some(found) = named_by(sql, named).await? else {
        return Ok(None);
    };
    let Some(into) = found.get::<Option<Uuid>>(2)? else {
        return resolved(&found).map(Some);
    };
    let survivor = survivor_of(sql, into).await?;
    let text = "SELECT id, category, merged_into FROM person WHERE id = $1";
    let row = sql.row(text, vec![survivor.into()]).await?;
    row.as_ref().map(resolved).transpose()
}

fn resolved(row: &Row) -> Outcome<Resolved> {
    let category: Option<String> = row.get(1)?;
    Ok(Resolved {
        person: PersonId(row.get(0)?),
        known: true,
        category: category.as_deref().and_then(PersonCategory::from_code),
    })
}

/// The row that a caller's words lead to: identity, category, and who it turned out to be.
async fn named_by(sql: &impl Sql, named: &RequesterRef) -> Outcome<Option<Row>> {
    if let Some(id) = named.id {
        let text = "SELECT id, category, merged_into FROM person WHERE id = $1";
        let row = sql.row(text, vec![id.into()]).await?;
        return match row {
            Some(row) => Ok(Some(row)),
            None => Err(Refusal::field("requester.id", "field-not-found").into()),
        };
    }
    let known = &named.identity;
    let by: [(&str, &Option<String>); 4] = [
        (
            "SELECT id, category, merged_into FROM person WHERE external_id = $1 ORDER BY ordinal LIMIT 1",
            &known.external_id,
        ),
        (
            "SELECT id, category, merged_into FROM person WHERE pin = $1 ORDER BY ordinal LIMIT 1",
            &known.pin,
        ),
        (
            "SELECT id, category, merged_into FROM person WHERE email = $1 ORDER BY ordinal LIMIT 1",
            &known.email,
        ),
        (
            "SELECT id, category, merged_into FROM person WHERE phone = $1 ORDER BY ordinal LIMIT 1",
            &known.phone,
        ),
    ];
    for (text, value) in by {
        let Some(value) = value else { continue };
        let row = sql.row(text, vec![value.as_str().into()]).await?;
        if row.is_some() {
            return Ok(row);
        }
    }
    Ok(None)
}

/// Finds the person a caller names, or makes a guest of what was told (SD-041).
pub async fn open_requester(tx: &Tx, author: &Author, named: &RequesterRef) -> Outcome<Resolved> {
    if let Some(known) = known_requester(tx, named).await? {
        return Ok(known);
    }
    // Two first contacts of the same guest at once are still one guest.
    let known = &named.identity;
    if let Some(key) = [&known.email, &known.phone, &known.pin, &known.external_id]
        .into_iter()
        .flatten()
        .next()
    {
        tx.alone_by(&format!("guest {key}")).await?;
        if let Some(known) = known_requester(tx, named).await? {
            return Ok(known);
        }
    }
    let grant = RoleGrant {
        role: crate::Role::Requester,
        area: None,
    };
    let person = register(tx, author, named.identity.clone(), true, &[grant]).await?;
    Ok(Resolved {
        person,
        known: false,
        category: None,
    })
}

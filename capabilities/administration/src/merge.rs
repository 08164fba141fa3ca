//! Saying that a person is another: who may be the same, what would change hands, and the way back.

use crate::staff::Staff;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use kernel::{Outcome, Refusal, Uuid};
use people::{Act, Double, Identity, Named, form_errors};
use serde::Deserialize;
use ui::{Errors, Frame};
use web::{App, FormBody, PageError, PagePath, PageQuery, html, see_other, to_mend};

/// People that the words find.
const FOUND: i64 = 10;
/// Likely doubles that are shown.
const LIKELY: usize = 6;

#[derive(Template)]
#[template(path = "administration/merge.html")]
struct MergePage {
    frame: Frame,
    person: Named,
    words: String,
    heading: String,
    none: String,
    candidates: Vec<Candidate>,
    preview: Option<Preview>,
    errors: Errors,
}

/// Somebody the person may turn out to be.
struct Candidate {
    person: Named,
    contacts: String,
    /// Why they may be the same; empty for somebody who was looked for.
    why: String,
}

/// What would happen.
struct Preview {
    into: Named,
    /// What would change hands, in words.
    moved: Vec<String>,
    /// A line for each contact: what it is, the one who goes, the one who stays.
    contacts: Vec<(String, String, String)>,
}

#[derive(Deserialize)]
pub(super) struct MergeQuery {
    #[serde(default)]
    q: String,
    #[serde(default)]
    into: Option<Uuid>,
}

pub(super) async fn show(
    State(app): State<App>,
    staff: Staff,
    PagePath(person): PagePath<Uuid>,
    PageQuery(query): PageQuery<MergeQuery>,
) -> Result<Response, PageError> {
    let page = page(&app, staff, person, query, Errors::default()).await?;
    Ok(html(&page))
}

async fn page(app: &App, staff: Staff, person: Uuid, query: MergeQuery, errors: Errors) -> Outcome<MergePage> {
    staff.actor.allow_any(Act::MergePeople)?;
    let reader = app.store.read();
    let person = people::person_row(reader, person).await?;
    let person = person.ok_or_else(Refusal::not_found)?;
    staff.read(app, "person", Some(person.id));
    let plain = query.q.chars().filter(|c| !c.is_control());
    let words: String = plain.take(200).collect::<String>().trim().to_owned();
    let preview = match query.into {
        Some(into) => preview(app, &staff.frame, &person, into).await?,
        None => None,
    };
    let candidates = match preview {
        Some(_) => Vec::new(),
        None => candidates(app, &staff.frame, &person, &words).await?,
    };
    let name = person.identity.name.clone();
    let (heading, none) = match words.is_empty() {
        true => ("admin-merge-likely", "admin-merge-likely-none"),
        false => ("admin-merge-found", "admin-people-none"),
    };
    Ok(MergePage {
        heading: staff.frame.t(heading),
        none: staff.frame.t(none),
        words,
        candidates,
        preview,
        errors,
        frame: staff
            .frame
            .clone()
            .titled(staff.frame.t1("admin-merge-title", "who", name.as_str()))
            .back_to(format!("/people/{}", person.id), name),
        person,
    })
}

/// Those who were looked for, or else those who are likely.
async fn candidates(app: &App, frame: &Frame, person: &Named, words: &str) -> Outcome<Vec<Candidate>> {
    let reader = app.store.read();
    if words.is_empty() {
        let likely = people::doubles_of(reader, person, LIKELY).await?;
        return Ok(likely.into_iter().map(|double| likely_one(frame, double)).collect());
    }
    let found = people::find_people(reader, words, FOUND).await?;
    let others = found.into_iter().filter(|other| other.id != person.id);
    let sought = |person: Named| Candidate {
        contacts: contact_line(&person.identity),
        person,
        why: String::new(),
    };
    Ok(others.map(sought).collect())
}

fn likely_one(frame: &Frame, double: Double) -> Candidate {
    let why: Vec<String> = double.likeness.iter().map(|one| frame.t(one.text_key())).collect();
    Candidate {
        contacts: contact_line(&double.person.identity),
        person: double.person,
        why: why.join(", "),
    }
}

/// What reaches somebody, in a line.
pub(super) fn contact_line(identity: &Identity) -> String {
    let contacts = [&identity.office, &identity.email, &identity.phone, &identity.pin];
    let told: Vec<&str> = contacts.into_iter().flatten().map(String::as_str).collect();
    told.join(" · ")
}

async fn preview(app: &App, frame: &Frame, person: &Named, into: Uuid) -> Outcome<Option<Preview>> {
    let Some(into) = people::person_row(app.store.read(), into).await? else {
        return Ok(None);
    };
    let held = people::holdings(app, person.id).await?;
    Ok(Some(Preview {
        moved: held.into_iter().map(|(label, n)| frame.tn(label, n)).collect(),
        contacts: contacts(frame, person, &into),
        into,
    }))
}

/// The contacts of both, as far as one of them has any.
fn contacts(frame: &Frame, person: &Named, into: &Named) -> Vec<(String, String, String)> {
    let (goes, stays) = (&person.identity, &into.identity);
    let pairs = [
        ("people-email", &goes.email, &stays.email),
        ("admin-phone", &goes.phone, &stays.phone),
        ("admin-office", &goes.office, &stays.office),
        ("admin-pin", &goes.pin, &stays.pin),
        ("admin-external-id", &goes.external_id, &stays.external_id),
    ];
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let told = pairs
        .into_iter()
        .filter(|(_, one, other)| one.is_some() || other.is_some());
    told.map(|(key, one, other)| (frame.t(key), text(one), text(other)))
        .collect()
}

pub(super) async fn merge(
    State(app): State<App>,
    staff: Staff,
    PagePath(person): PagePath<Uuid>,
    form: FormBody,
) -> Result<Response, PageError> {
    staff.actor.allow_any(Act::MergePeople)?;
    let into: Option<Uuid> = form.text("into").parse().ok();
    let merged = async {
        let into = into.ok_or_else(|| Refusal::field("into", "field-required"))?;
        people::merge_people(&app.store, &staff.actor, person, into).await?;
        Ok(into)
    };
    match merged.await {
        Ok(into) => Ok(see_other(&format!("/people/{into}"))),
        Err(error) => {
            let errors = form_errors(error, staff.frame.language)?;
            let query = MergeQuery { q: String::new(), into };
            Ok(to_mend(&page(&app, staff, person, query, errors).await?))
        }
    }
}

pub(super) async fn unmerge(
    State(app): State<App>,
    staff: Staff,
    PagePath(person): PagePath<Uuid>,
) -> Result<Response, PageError> {
    people::unmerge_people(&app.store, &staff.actor, person).await?;
    Ok(see_other(&format!("/people/{person}")))
}

//! Who asks: words to look for, who was found (while one types, or by the button beside the field), or a new guest.

use super::deeds::Deed;
use kernel::{Outcome, Refusal, Uuid};
use people::{Act, Actor, Identity, RequesterRef};
use store::Store;
use ui::{Choice, Errors, Frame};
use web::FormBody;

/// People shown at once.
const FOUND: i64 = 8;
/// The value that stands for somebody not known yet.
const GUEST: &str = "guest";

/// The part of a form that says who asks.
pub(super) struct RequesterForm {
    pub(super) who: String,
    pub(super) searched: bool,
    pub(super) people: Vec<Choice>,
    pub(super) guest_chosen: bool,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) phone: String,
    pub(super) verified: bool,
    pub(super) error: String,
    pub(super) name_error: String,
    pub(super) email_error: String,
    pub(super) phone_error: String,
    /// True where the form says whether the data were verified.
    pub(super) asks_verified: bool,
}

impl RequesterForm {
    /// The part as typed, with the people that the words find.
    pub(super) async fn load(
        store: &Store,
        actor: &Actor,
        frame: &Frame,
        body: &FormBody,
        errors: &Errors,
    ) -> Outcome<Self> {
        let (who, chosen) = (body.text("who").trim().to_owned(), body.text("person"));
        let allowed = !actor.scope(Act::ViewPeople).is_nothing();
        let mut found = Vec::new();
        if allowed && !who.is_empty() {
            found = people::find_people(store.read(), &who, FOUND).await?;
        }
        if let Ok(id) = chosen.parse::<Uuid>()
            && !found.iter().any(|person| person.id == id)
        {
            found.extend(people::person_row(store.read(), id).await?);
        }
        let only = if found.len() == 1 && chosen.is_empty() {
            found[0].id.to_string()
        } else {
            chosen.to_owned()
        };
        let people: Vec<Choice> = found
            .iter()
            .map(|one| Choice::new(one.id.to_string(), described(frame, one), &only))
            .collect();
        let guest_chosen = chosen == GUEST || (people.is_empty() && !who.is_empty());
        let guest = guess(&who);
        let typed = |field: &str, guessed: &str| {
            body.get(field)
                .filter(|text| !text.is_empty())
                .unwrap_or(guessed)
                .to_owned()
        };
        Ok(Self {
            searched: !who.is_empty(),
            name: typed("name", &guest.0),
            email: typed("email", &guest.1),
            phone: typed("phone", &guest.2),
            who,
            people,
            guest_chosen,
            verified: body.get("verified").is_some(),
            error: errors.of("requester").to_owned(),
            name_error: errors.of("requester.name").to_owned(),
            email_error: errors.of("requester.email").to_owned(),
            phone_error: errors.of("requester.phone").to_owned(),
            asks_verified: false,
        })
    }

    /// The person who is chosen, if one is.
    pub(super) fn chosen(&self) -> Option<Uuid> {
        let chosen = self.people.iter().find(|person| person.chosen && !self.guest_chosen);
        chosen.and_then(|person| person.value.parse().ok())
    }

    pub(super) fn for_deed(self, deed: Deed) -> Self {
        Self {
            asks_verified: deed == Deed::Identify,
            ..self
        }
    }
}

/// A person in a line: name, office, contacts.
pub(super) fn described(frame: &Frame, person: &people::Named) -> String {
    let identity = &person.identity;
    let more = [&identity.office, &identity.email, &identity.phone, &identity.pin]
        .into_iter()
        .flatten();
    let mut parts: Vec<&str> = std::iter::once(identity.name.as_str())
        .chain(more.map(String::as_str))
        .collect();
    let guest = frame.t("ticket-page-guest");
    if person.guest {
        parts.push(&guest);
    }
    parts.join(" · ")
}

/// What the words are for a new guest: name, e-mail or telephone.
fn guess(who: &str) -> (String, String, String) {
    let none = String::new;
    if who.contains('@') {
        (none(), who.to_owned(), none())
    } else if who.chars().filter(char::is_ascii_digit).count() >= 4 {
        (none(), none(), who.to_owned())
    } else {
        (who.to_owned(), none(), none())
    }
}

/// Who was named; nobody where nothing was filled in.
///
/// # Errors
/// A refusal when people were found and nobody was chosen.
pub(super) fn named(body: &FormBody) -> Outcome<Option<RequesterRef>> {
    let chosen = body.text("person");
    if let Ok(id) = chosen.parse::<Uuid>() {
        return Ok(Some(RequesterRef {
            id: Some(id),
            identity: Identity::default(),
        }));
    }
    let some = |field: &str| {
        body.get(field)
            .map(str::trim)
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
    };
    let identity = Identity {
        name: some("name").unwrap_or_default(),
        email: some("email"),
        phone: some("phone"),
        ..Identity::default()
    };
    let described = !identity.name.is_empty() || identity.email.is_some() || identity.phone.is_some();
    match (described, some("who")) {
        (true, _) => Ok(Some(RequesterRef { id: None, identity })),
        (false, Some(_)) => Err(Refusal::field("requester", "ticket-page-choose-person").into()),
        (false, None) => Ok(None),
    }
}

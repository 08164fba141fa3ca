//! Writing a mail that was decided upon: its words are put together when it is handed over, from where they stand. Whatever
//! was erased meanwhile is in no mail.

use super::area_mail::{self, AreaMail, Sender};
use super::letter;
use super::mail::{Mail, Prepared};
use super::occasion::Occasion;
use super::row::{self, MailRow};
use crate::text::area_text::{AreaText, Words};
use crate::text::defaults;
use crate::text::facts::Facts;
use crate::text::for_ticket::{About, House};
use crate::text::preview::reopen_days;
use crate::text::template;
use crate::text::variable::Variable;
use kernel::{Instant, Outcome, Uuid};
use mail::Letter;
use people::Group;
use store::{ContentRef, StoredEvent};
use ticket::domain::TicketEvent;
use web::App;

/// A mail, or why there is none.
pub(crate) enum Composed {
    /// It can be handed over.
    Letter(Box<Letter>),
    /// Whoever should get it has no address any more.
    NoAddress,
    /// What it should say, or whom it should reach, was erased.
    Erased,
}

/// Writes a mail.
pub(crate) async fn compose(app: &App, mail: &MailRow) -> Outcome<Composed> {
    let record = app.store.read().state::<Mail>(mail.id).await?;
    let Some(prepared) = record.and_then(|record| record.state.about) else {
        return Ok(Composed::Erased);
    };
    let Some(about) = About::load(&app.store, mail.ticket).await? else {
        return Ok(Composed::Erased);
    };
    // Whom it was meant for, even if another is named as the requester meanwhile.
    let Some(to) = people::person_row(app.store.read(), prepared.person).await? else {
        return Ok(Composed::Erased);
    };
    let Some(address) = to.identity.email.clone().filter(|address| mail::is_address(address)) else {
        return Ok(Composed::NoAddress);
    };
    let Some(facts) = facts(app, &about, &prepared).await? else {
        return Ok(Composed::Erased);
    };
    let facts = facts.with(Variable::Name, &to.identity.name);
    let (subject, text) = filled(app, &prepared, &facts).await?;
    let number = &about.ticket.state.number;
    let subject = letter::subject(&subject, number);
    let all = app.store.all::<AreaMail>().await?;
    let (sender, _) = area_mail::sender(&all, about.ticket.state.area);
    let some = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    Ok(Composed::Letter(Box::new(Letter {
        id: mail.id.to_string(),
        from_name: from_name(app, &about, &sender).await?,
        from: some(&sender.address),
        reply_to: some(&sender.reply_to),
        to_name: to.identity.name,
        to: address,
        html: letter::html(prepared.voice.language().code(), &subject, &text),
        subject,
        text,
        automatic: prepared.occasion.is_automatic(),
        references: references(app, mail).await?,
        written_at: mail.recorded_at,
    })))
}

async fn from_name(app: &App, about: &About, sender: &Sender) -> Outcome<String> {
    if !sender.name.is_empty() {
        return Ok(sender.name.clone());
    }
    let area = about.area.as_ref().map(|area| area.name.clone()).unwrap_or_default();
    Ok(format!("{area} – {}", House::of(app).await?.organisation))
}

/// All mails of a ticket hang on one root, and each on the one before it.
async fn references(app: &App, mail: &MailRow) -> Outcome<Vec<String>> {
    let last = row::last_sent(app.store.read(), mail.ticket, mail.id).await?;
    let root = format!("ticket.{}", mail.ticket);
    Ok(std::iter::once(root).chain(last.map(|last| last.to_string())).collect())
}

/// The words of the edition that was in force; one that cannot be filled in gives way to the default, so that nobody waits
/// for an answer because of a text.
async fn filled(app: &App, prepared: &Prepared, facts: &Facts) -> Outcome<(String, String)> {
    let all = app.store.all::<AreaText>().await?;
    let key = prepared.occasion.text();
    let edition = prepared.edition.and_then(|(text, number)| {
        let text = all.iter().find(|one| one.id == text)?;
        let edition = text.state.editions.iter().find(|one| one.number == number)?;
        edition.words.clone()
    });
    let fill = |words: &Words| {
        let variables = key.variables();
        let subject = template::fill(&words.subject, facts, variables)?;
        Ok::<_, template::Fault>((subject, template::fill(&words.body, facts, variables)?))
    };
    if let Some(words) = edition {
        match fill(&words) {
            Ok(filled) => return Ok(filled),
            Err(fault) => tracing::warn!(
                text = key.code(),
                ?fault,
                "a text could not be filled in; the default was sent"
            ),
        }
    }
    let default = defaults::words(key, prepared.voice);
    fill(&default)
        .map_err(|fault| anyhow::anyhow!("the default of {} cannot be filled in: {fault:?}", key.code()).into())
}

/// What the text can say; nothing where the words it should carry were erased.
async fn facts(app: &App, about: &About, prepared: &Prepared) -> Outcome<Option<Facts>> {
    let house = House::of(app).await?;
    let facts = about.facts(&house, prepared.voice, prepared.expected);
    let Some((event, told)) = happened(app, prepared.ticket, prepared.place).await? else {
        return Ok(None);
    };
    let author = match event.author.person {
        Some(person) => people::names(app.store.read(), [person]).await?.remove(&person),
        None => None,
    };
    let facts = facts.with(Variable::Operator, author.unwrap_or_default());
    Ok(match told {
        TicketEvent::MessageAdded { body, .. } => words(app, prepared.ticket, &body)
            .await?
            .map(|words| facts.with(Variable::Message, words)),
        TicketEvent::SolutionGiven { solution } => words(app, prepared.ticket, &solution)
            .await?
            .map(|words| facts.with(Variable::Solution, words)),
        TicketEvent::AssignmentCreated { assignment } => {
            let groups = app.store.all::<Group>().await?;
            let group = groups.iter().find(|group| group.id == assignment.group);
            let name = group.map(|group| group.state.name.clone()).unwrap_or_default();
            Some(facts.with(Variable::Group, name))
        }
        TicketEvent::Closed { reason, .. } => {
            let told = prepared.voice.language().text(reason_key(reason, prepared));
            Some(
                facts
                    .with(Variable::Reason, told)
                    .with(Variable::ReopenDays, reopen_days(about)),
            )
        }
        _ if prepared.occasion == Occasion::Receipt => Some(facts),
        _ => None,
    })
}

async fn happened(app: &App, ticket: Uuid, place: i64) -> Outcome<Option<(StoredEvent, TicketEvent)>> {
    let events = app.store.read().events_of(ticket, place - 1, 1).await?;
    let event = events.into_iter().find(|event| event.position == place);
    let Some(event) = event else { return Ok(None) };
    let told = serde_json::from_str(&event.payload)?;
    Ok(Some((event, told)))
}

/// What somebody wrote; nothing once it is erased.
async fn words(app: &App, ticket: Uuid, reference: &ContentRef) -> Outcome<Option<String>> {
    let mut contents = app.store.read().contents_of(ticket).await?;
    Ok(contents.remove(&reference.content).map(|content| content.body))
}

/// The sentence that says why it was closed, in the voice of the area.
const fn reason_key(reason: ticket::domain::ClosedReason, prepared: &Prepared) -> &'static str {
    use crate::text::voice::Voice;
    use ticket::domain::ClosedReason;
    let formal = matches!(prepared.voice, Voice::ItLei);
    match (reason, formal) {
        (ClosedReason::Confirmed, false) => "notice-reason-confirmed",
        (ClosedReason::Confirmed, true) => "notice-reason-confirmed-formal",
        (ClosedReason::NoReply, false) => "notice-reason-no-reply",
        (ClosedReason::NoReply, true) => "notice-reason-no-reply-formal",
        (ClosedReason::Unreached, false) => "notice-reason-unreached",
        (ClosedReason::Unreached, true) => "notice-reason-unreached-formal",
        (ClosedReason::Refused, _) => "notice-reason-refused",
        (ClosedReason::Withdrawn, false) => "notice-reason-withdrawn",
        (ClosedReason::Withdrawn, true) => "notice-reason-withdrawn-formal",
        (ClosedReason::Decided, _) => "notice-reason-decided",
    }
}

/// When a mail is tried for the last time: three days after it was prepared.
pub(crate) const fn last_try(prepared_at: Instant) -> Instant {
    prepared_at.plus_seconds(3 * 86_400)
}

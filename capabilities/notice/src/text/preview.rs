//! What words would say of a real ticket.

use super::area_text::Words;
use super::commands::{Which, checked};
use super::for_ticket::{About, House};
use super::template;
use super::variable::Variable;
use kernel::{Checks, Outcome, Refusal};
use people::{Act, Actor};
use serde::Serialize;
use utoipa::ToSchema;
use web::App;

/// Words as somebody would read them.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = TextPreview)]
pub struct Preview {
    /// Subject of the mail.
    pub subject: String,
    /// The text.
    pub body: String,
}

/// Fills words in for a ticket that the actor may see; what a mail would quote is shown by its name.
///
/// # Errors
/// A refusal 422 that names the field: words that do not hold, a ticket that is not there.
pub(crate) async fn preview(app: &App, actor: &Actor, which: Which, words: &Words, number: &str) -> Outcome<Preview> {
    let words = checked(which.key, words)?;
    let missing = || Refusal::field("ticket", "field-not-found");
    let number = number.trim();
    if number.is_empty() {
        return Err(Refusal::field("ticket", "field-required").into());
    }
    let card = match record::card(app.store.read(), actor, Act::View, number).await {
        Err(kernel::Error::Refused(_)) => return Err(missing().into()),
        found => found?,
    };
    let about = About::load(&app.store, card.id).await?.ok_or_else(missing)?;
    let house = House::of(app).await?;
    let language = which.voice.language();
    let quoted = |key| format!("«{}»", language.text(key));
    let facts = about
        .facts(&house, which.voice, about.expected())
        .with(Variable::Operator, &actor.name)
        .with(Variable::Group, quoted(Variable::Group.meaning()))
        .with(Variable::Message, quoted(Variable::Message.meaning()))
        .with(Variable::Solution, quoted(Variable::Solution.meaning()))
        .with(Variable::Reason, language.text("notice-reason-confirmed"))
        .with(Variable::ReopenDays, reopen_days(&about));
    let mut checks = Checks::new();
    let mut filled = |field, source: &str| match template::fill(source, &facts, which.key.variables()) {
        Ok(filled) => filled,
        Err(fault) => {
            fault.note(&mut checks, field);
            String::new()
        }
    };
    let (subject, body) = (filled("subject", &words.subject), filled("body", &words.body));
    checks.done()?;
    Ok(Preview { subject, body })
}

/// Days within which it can be opened again; empty for none.
pub(crate) fn reopen_days(about: &About) -> String {
    let days = about.area.as_ref().map_or(0, |area| area.parameters.reopen_days);
    if days > 0 { days.to_string() } else { String::new() }
}

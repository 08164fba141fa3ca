//! What the rules about who asks need looked up: what requesters were told lately, and whether they are guests.

use super::TicketAct;
use crate::domain::{TicketKind, Working};
use configuration::FIELDS_MARK;
use i18n::Language;
use kernel::{Outcome, Uuid};
use people::Actor;
use store::{Sql, Tx};

const DAY: i64 = 86_400;

/// Tells the requester which data do not agree, as far as they were not told lately on any ticket of theirs (SD-043).
pub(super) async fn tell(tx: &Tx, actor: &Actor, working: &mut Working<'_>) -> Outcome<()> {
    let fields = working.ticket.discrepant();
    let requester = working.ticket.requester.unwrap_or_default();
    let since = working
        .now
        .plus_seconds(-working.parameters.discrepancy_again_days * DAY);
    let sql = "SELECT field FROM discrepancy_told WHERE requester_id = $1 AND told_at > $2";
    let rows = tx.rows(sql, vec![requester.into(), since.as_millis().into()]).await?;
    let lately: Vec<String> = rows.iter().map(|row| row.get(0)).collect::<Outcome<_>>()?;
    let fresh: Vec<String> = fields.into_iter().filter(|field| !lately.contains(field)).collect();
    let words = words(tx, actor, working, &fresh).await?;
    working.tell_discrepancy(fresh.clone(), words)?;
    for field in fresh {
        let sql = "INSERT INTO discrepancy_told (requester_id, field, told_at) VALUES ($1, $2, $3) \
                   ON CONFLICT (requester_id, field) DO UPDATE SET told_at = excluded.told_at";
        let values = vec![requester.into(), field.into(), working.now.as_millis().into()];
        tx.run(sql, values).await?;
    }
    Ok(())
}

/// The area's text, or the house's own, in the language of whoever is told.
async fn words(tx: &Tx, actor: &Actor, working: &Working<'_>, fields: &[String]) -> Outcome<String> {
    let sql = "SELECT language FROM person WHERE id = $1";
    let row = tx
        .row(sql, vec![working.ticket.requester.unwrap_or_default().into()])
        .await?;
    let chosen: Option<String> = row.map(|row| row.get(0)).transpose()?.flatten();
    let language = chosen
        .and_then(|code| code.parse().ok())
        .or(actor.language)
        .unwrap_or(Language::It);
    let fields: Vec<String> = fields.iter().map(|field| field_name(language, field)).collect();
    let fields = fields.join(", ");
    let own = &working.parameters.discrepancy_text;
    if !own.is_empty() {
        return Ok(own.replace(FIELDS_MARK, &fields));
    }
    let key = if working.parameters.informal {
        "ticket-discrepancy-text"
    } else {
        "ticket-discrepancy-text-formal"
    };
    Ok(language.text_with(key, &[("fields", fields.as_str().into())]))
}

/// What a field is called.
pub(crate) fn field_name(language: Language, field: &str) -> String {
    let key = match field {
        "name" => "ticket-data-name",
        "email" => "ticket-data-email",
        "phone" => "ticket-data-phone",
        "pin" => "ticket-data-pin",
        "external_id" => "ticket-data-external-id",
        _ => "ticket-data-office",
    };
    language.text(key)
}

/// Refuses what the area does not accept from guests and discrepant people (SD-046). Where it accepts everything nobody is
/// looked up.
pub(super) async fn must_be_accepted(tx: &Tx, working: &Working<'_>, act: &TicketAct) -> Outcome<()> {
    let TicketAct::Classify { kind, .. } = act else {
        return Ok(());
    };
    let kind = kind.unwrap_or(working.ticket.kind);
    let guests_are_limited = working.parameters.allowed_types.guest.is_some() && kind != TicketKind::Unknown;
    let guest = match working.ticket.requester {
        Some(requester) if guests_are_limited => is_guest(tx, requester).await?,
        _ => false,
    };
    Ok(working.must_be_accepted(kind, guest)?)
}

async fn is_guest(tx: &Tx, person: Uuid) -> Outcome<bool> {
    let sql = "SELECT 1 FROM person WHERE id = $1 AND is_guest = 1";
    Ok(tx.row(sql, vec![person.into()]).await?.is_some())
}

/// Forgets what somebody was told.
pub(crate) async fn forget(tx: &Tx, person: Uuid) -> Outcome<()> {
    let sql = "DELETE FROM discrepancy_told WHERE requester_id = $1";
    tx.run(sql, vec![person.into()]).await.map(drop)
}

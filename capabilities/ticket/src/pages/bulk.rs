//! One act on the tickets that were ticked in a list: fields, what it would do to each, ten seconds to take it back, and
//! what became of each.

use super::deeds::Deed;
use super::fields::{Field, Form, prepared_field};
use super::names::Names;
use super::staff::Staff;
use super::submit;
use crate::commands::{self, Bulk, BulkAct, BulkOrder, BulkState, Prepared, TicketAct};
use askama::Template;
use axum::extract::{Form as FormPairs, State};
use axum::response::{IntoResponse, Response};
use kernel::{Error, Outcome, Refusal, Uuid};
use people::Act;
use std::collections::HashMap;
use store::{Card, Idempotency};
use ui::{Choice, Errors, Frame};
use web::{App, FormBody, PageError, PagePath, Problem};

/// The acts that many tickets can be given at once.
const OFFERED: [Deed; 4] = [Deed::Take, Deed::Assign, Deed::Close, Deed::Cancel];

/// What many tickets can be given at once beside one act: several that were prepared.
const PREPARED: &str = "macro";

/// The acts as a list offers them.
pub(super) fn choices(frame: &Frame) -> Vec<Choice> {
    let choice = |code: &'static str, key| Choice::new(code, act_name(frame, code), "").key(key);
    let deeds = OFFERED.iter().map(|deed| choice(deed.code(), bulk_key(*deed)));
    deeds.chain([choice(PREPARED, "b m")]).collect()
}

fn act_name(frame: &Frame, code: &str) -> String {
    frame.t(&format!("ticket-page-act-{code}"))
}

/// Its key in a list: `b`, and a letter for what.
const fn bulk_key(deed: Deed) -> &'static str {
    match deed {
        Deed::Assign => "b h",
        Deed::Close => "b c",
        Deed::Cancel => "b x",
        _ => "b t",
    }
}

/// What is to be done, and to which.
#[derive(Template)]
#[template(path = "ticket/bulk.html")]
struct Page {
    frame: Frame,
    code: &'static str,
    title: String,
    fields: Vec<Field>,
    errors: Errors,
    refused: String,
    lines: Vec<Line>,
    /// How many tickets would take it; known once the fields are filled in.
    able: Option<usize>,
    list: String,
    send: String,
}

/// A ticket of the bulk act.
struct Line {
    number: String,
    subject: String,
    href: String,
    /// Why it would not, or did not, work; empty when it does.
    reason: String,
    /// Whether its turn has come.
    told: bool,
}

/// What became of it.
#[derive(Template)]
#[template(path = "ticket/bulk_done.html")]
struct Told {
    frame: Frame,
    title: String,
    state: &'static str,
    summary: String,
    address: String,
    lines: Vec<Line>,
    share: usize,
}

/// What a form asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    Deed(Deed),
    Prepared,
}

impl Wanted {
    fn from_code(code: &str) -> Option<Self> {
        let deed = Deed::from_code(code).filter(|deed| OFFERED.contains(deed));
        let prepared = (code == PREPARED).then_some(Self::Prepared);
        deed.map(Self::Deed).or(prepared)
    }

    const fn code(self) -> &'static str {
        match self {
            Self::Deed(deed) => deed.code(),
            Self::Prepared => PREPARED,
        }
    }
}

/// What a form sent: which tickets, which act, its fields.
struct Sent {
    wanted: Wanted,
    /// What is prepared and may be used.
    offers: Vec<Prepared>,
    body: FormBody,
    tickets: Vec<Card>,
    list: String,
}

/// `POST /tickets/bulk`: the fields of the act, and what it would do as soon as they are filled in.
pub(super) async fn preview(
    State(app): State<App>,
    staff: Staff,
    FormPairs(pairs): FormPairs<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let sent = sent(&app, &staff, &pairs).await?;
    let filled = sent.wanted == Wanted::Deed(Deed::Take) || sent.body.get("seen").is_some();
    Ok(page(&app, staff, sent, filled).await?)
}

/// `POST /tickets/bulk/do`: it is asked for.
pub(super) async fn begin(
    State(app): State<App>,
    staff: Staff,
    FormPairs(pairs): FormPairs<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let sent = sent(&app, &staff, &pairs).await?;
    let tickets = sent.tickets.iter().map(|card| card.id).collect();
    let planned = match act(&sent, &staff.frame) {
        Ok(act) => {
            let order = BulkOrder {
                tickets,
                act,
                language: staff.frame.language,
                once: Some(once(&staff, &pairs)),
            };
            commands::plan(&app.store, &staff.actor, order).await
        }
        Err(refused) => Err(refused),
    };
    match planned {
        Ok(id) => Ok(web::see_other(&format!("/tickets/bulk/{id}"))),
        Err(Error::Refused(_)) => Ok(page(&app, staff, sent, true).await?),
        Err(failure) => Err(failure.into()),
    }
}

/// A form that is sent twice asks for it once; changed in between it is another form.
fn once(staff: &Staff, pairs: &[(String, String)]) -> Idempotency {
    let all = format!("bulk {pairs:?}");
    Idempotency::new(staff.actor.person, &all, &[all.as_bytes()])
}

/// `GET /tickets/bulk/{id}`: where it stands.
pub(super) async fn told(
    State(app): State<App>,
    staff: Staff,
    PagePath(id): PagePath<Uuid>,
) -> Result<Response, PageError> {
    let bulk = commands::bulk_of(&app.store, &staff.actor, id).await?;
    let cards = app.store.read().cards(&bulk.tickets).await?;
    let cards: HashMap<Uuid, &Card> = cards.iter().map(|card| (card.id, card)).collect();
    let line = |(place, id): (usize, &Uuid)| {
        let card = cards.get(id).filter(|card| staff.actor.may(Act::View, card))?;
        let answer = bulk.answers.get(place);
        Some(Line {
            told: answer.is_some(),
            ..line(card, answer.cloned().flatten().unwrap_or_default())
        })
    };
    let lines: Vec<Line> = bulk.tickets.iter().enumerate().filter_map(line).collect();
    let (frame, count) = (staff.frame, bulk.tickets.len() as i64);
    let summary = summary(&frame, &bulk);
    let title = title(&frame, &bulk.act, count);
    let page = Told {
        frame: frame.titled(title.clone()),
        title,
        state: bulk.state.code(),
        summary,
        address: format!("/tickets/bulk/{}", bulk.id),
        share: bulk.answers.len() * 100 / bulk.tickets.len().max(1),
        lines,
    };
    Ok(web::html(&page))
}

/// Where it stands, in a sentence.
pub(super) fn summary(frame: &Frame, bulk: &Bulk) -> String {
    let (count, refused) = (bulk.tickets.len() as i64, bulk.answers.iter().flatten().count() as i64);
    match bulk.state {
        BulkState::Waiting => frame.tn("ticket-bulk-waits", bulk.run_at.seconds_since(frame.now).max(0)),
        BulkState::Running => frame.tn("ticket-bulk-runs", count - bulk.answers.len() as i64),
        BulkState::Undone => frame.t("ticket-bulk-undone"),
        BulkState::Done => frame.t2("ticket-bulk-done", "done", count - refused, "refused", refused),
    }
}

/// `POST /tickets/bulk/{id}/undo`: it is taken back.
pub(super) async fn undo(
    State(app): State<App>,
    staff: Staff,
    PagePath(id): PagePath<Uuid>,
    form: FormBody,
) -> Result<Response, PageError> {
    let undone = match commands::undo(&app.store, &staff.actor, id).await {
        Ok(()) => true,
        // Too late is what the page says by itself: it shows what was done.
        Err(Error::Refused(_)) => false,
        Err(failure) => return Err(failure.into()),
    };
    let ticket = record::number_of(form.text("ticket")).filter(|_| undone);
    Ok(web::see_other(&match ticket {
        Some(number) => super::used::ticket_after(&number, id),
        None => format!("/tickets/bulk/{id}"),
    }))
}

async fn sent(app: &App, staff: &Staff, pairs: &[(String, String)]) -> Outcome<Sent> {
    let body: HashMap<String, String> = pairs.iter().cloned().collect();
    let body = FormBody::from(body);
    let wanted = Wanted::from_code(body.text("act")).ok_or_else(Refusal::not_found)?;
    let mut numbers: Vec<String> = Vec::new();
    let ticked = pairs.iter().filter(|(name, _)| name == "number");
    for (_, number) in ticked.take(commands::MOST_IN_BULK + 1) {
        numbers.extend(record::number_of(number).filter(|number| !numbers.contains(number)));
    }
    let mut tickets = app.store.read().cards_numbered(&numbers).await?;
    // What one may not see does not exist, here either.
    tickets.retain(|card| staff.actor.may(Act::ViewInternal, card));
    tickets.sort_by_key(|card| numbers.iter().position(|number| *number == card.number));
    let list = body.text("list");
    Ok(Sent {
        offers: match wanted {
            Wanted::Prepared => commands::prepared_offers(app, &staff.actor).await?,
            Wanted::Deed(_) => Vec::new(),
        },
        wanted,
        list: format!("/tickets{}", super::asked::Asked::from_query(list).query()),
        body,
        tickets,
    })
}

async fn page(app: &App, staff: Staff, sent: Sent, filled: bool) -> Outcome<Response> {
    let (mut errors, mut refused, mut reasons) = (Errors::default(), String::new(), None);
    if filled {
        let tickets: Vec<Uuid> = sent.tickets.iter().map(|card| card.id).collect();
        let rehearsed = match act(&sent, &staff.frame) {
            Ok(act) => commands::rehearse(app, &staff.actor, &tickets, &act).await,
            Err(refused) => Err(refused),
        };
        match rehearsed {
            Ok(answers) => reasons = Some(answers),
            Err(Error::Refused(refusal)) => {
                let answer = super::act::refused(&staff.frame, &refusal);
                (errors, refused) = (answer.errors, answer.refused);
            }
            Err(failure) => return Err(failure),
        }
    }
    let names = Names::of(&app.store, []).await?;
    let form = Form {
        frame: &staff.frame,
        body: &sent.body,
        errors: &errors,
    };
    let fields = match sent.wanted {
        Wanted::Deed(deed) => form.fields_of_many(deed, &names),
        Wanted::Prepared => vec![prepared_field(&form, &sent.offers)],
    };
    let able = reasons
        .as_ref()
        .map(|reasons| reasons.iter().filter(|reason| reason.is_none()).count());
    let language = staff.frame.language;
    let lines = sent.tickets.iter().enumerate().map(|(place, card)| {
        let refusal = reasons
            .as_ref()
            .and_then(|reasons| reasons.get(place).cloned().flatten());
        let reason = refusal.map(|refusal| Problem::of(&refusal.into(), language).detail);
        Line {
            told: reasons.is_some(),
            ..line(card, reason.unwrap_or_default())
        }
    });
    let lines: Vec<Line> = lines.collect();
    let name = act_name(&staff.frame, sent.wanted.code());
    let title = title_of(&staff.frame, name, lines.len() as i64);
    let send = able.map_or_else(
        || staff.frame.t("ticket-bulk-preview"),
        |able| staff.frame.tn("ticket-bulk-do", able as i64),
    );
    let page = Page {
        code: sent.wanted.code(),
        fields,
        errors,
        refused,
        lines,
        able,
        list: sent.list,
        send,
        frame: staff.frame.titled(title.clone()),
        title,
    };
    Ok(web::html(&page).into_response())
}

fn title(frame: &Frame, act: &BulkAct, count: i64) -> String {
    title_of(frame, name_of(frame, act), count)
}

fn title_of(frame: &Frame, act: String, count: i64) -> String {
    frame.t2("ticket-bulk-title", "act", act, "count", count)
}

/// What an act is called; what was prepared has a name of its own.
pub(super) fn name_of(frame: &Frame, act: &BulkAct) -> String {
    let deed = match act {
        BulkAct::Take => Deed::Take,
        BulkAct::Assign { .. } => Deed::Assign,
        BulkAct::Close { .. } => Deed::Close,
        BulkAct::Cancel { .. } => Deed::Cancel,
        BulkAct::Prepared(prepared) => return prepared.name.clone(),
    };
    act_name(frame, deed.code())
}

fn line(card: &Card, reason: String) -> Line {
    Line {
        number: card.number.clone(),
        subject: card.subject.clone(),
        href: format!("/tickets/{}", card.number),
        reason,
        told: false,
    }
}

/// The act that the form asks for, read as for one ticket.
fn act(sent: &Sent, frame: &Frame) -> Outcome<BulkAct> {
    let Wanted::Deed(deed) = sent.wanted else {
        let chosen = sent.body.text(PREPARED);
        let found = sent.offers.iter().find(|one| one.id.to_string() == chosen);
        let found = found.ok_or_else(|| Refusal::field(PREPARED, "field-required"))?;
        return Ok(BulkAct::Prepared(found.clone()));
    };
    match submit::of_many(deed, &sent.body, frame)? {
        TicketAct::Take => Ok(BulkAct::Take),
        TicketAct::Assign { group, operator } => Ok(BulkAct::Assign { group, operator }),
        TicketAct::Close { reason, note } => Ok(BulkAct::Close { reason, note }),
        TicketAct::Cancel { reason } => Ok(BulkAct::Cancel { reason }),
        _ => Err(Refusal::not_found().into()),
    }
}

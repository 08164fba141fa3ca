//! From a form to the act that a command carries out.

use super::deeds::Deed;
use super::desk::Opened;
use crate::commands::TicketAct;
use crate::domain::{
    AssignmentState, ClosedReason, ContactOutcome, LinkKind, TechnicalOutcome, TicketKind, WaitingReason,
};
use kernel::{Instant, Outcome, Refusal, Uuid};
use ui::Frame;
use web::FormBody;

/// The present values of the fields that an act changes: what a form is opened with, and settled against.
pub(super) fn present(deed: Deed, opened: &Opened) -> Vec<(&'static str, String)> {
    let ticket = &opened.ticket;
    let number = |value: Option<i64>| value.map(|value| value.to_string()).unwrap_or_default();
    let party =
        |party: &Option<crate::queries::Party>| party.as_ref().map(|party| party.id.to_string()).unwrap_or_default();
    match deed {
        Deed::Classify => vec![
            (
                "kind",
                if ticket.kind == TicketKind::Unknown {
                    String::new()
                } else {
                    ticket.kind.code().to_owned()
                },
            ),
            ("category", party(&ticket.category)),
            ("impact", number(ticket.impact)),
            ("urgency", number(ticket.urgency)),
            (
                "priority",
                if ticket.priority_overridden {
                    ticket.priority.to_string()
                } else {
                    String::new()
                },
            ),
        ],
        Deed::Assign => vec![("group", party(&ticket.group)), ("operator", party(&ticket.operator))],
        Deed::Subject => vec![("subject", ticket.subject.clone())],
        _ => Vec::new(),
    }
}

/// The assignment a form is about: the one it names, else that of one's own group, else the first that is open.
pub(super) fn assignment(body: &FormBody, opened: &Opened) -> Option<Uuid> {
    let open = opened
        .ticket
        .assignments
        .iter()
        .filter(|one| matches!(one.state, AssignmentState::Assigned | AssignmentState::Accepted));
    body.text("assignment")
        .parse()
        .ok()
        .or(opened.own_part)
        .or_else(|| open.map(|one| one.id).next())
}

/// The act that a form asks for.
///
/// # Errors
/// A refusal that names the field.
pub(super) fn act(deed: Deed, body: &FormBody, opened: &Opened, frame: &Frame) -> Outcome<TicketAct> {
    match deed {
        Deed::Parent | Deed::Link | Deed::Unlink | Deed::Merge => between_tickets(deed, body, frame),
        Deed::SecondLevel | Deed::Accept | Deed::Withdraw | Deed::Return | Deed::TechnicalClosure => {
            at_second_level(deed, body, opened)
        }
        Deed::Solution | Deed::Outcome | Deed::Call | Deed::Close | Deed::Reopen | Deed::Cancel => {
            towards_the_end(deed, body)
        }
        _ => at_the_desk(deed, body, frame),
    }
}

/// The act that a form asks of many tickets: one that needs to know nothing of any of them.
///
/// # Errors
/// A refusal that names the field.
pub(super) fn of_many(deed: Deed, body: &FormBody, frame: &Frame) -> Outcome<TicketAct> {
    match deed {
        Deed::Take | Deed::Assign => at_the_desk(deed, body, frame),
        Deed::Close | Deed::Cancel => towards_the_end(deed, body),
        _ => Err(Refusal::not_found().into()),
    }
}

/// A field as typed.
fn text(body: &FormBody, name: &str) -> String {
    body.text(name).to_owned()
}

/// A field, where something was typed.
fn some(body: &FormBody, name: &str) -> Option<String> {
    let text = body.get(name).map(str::trim);
    text.filter(|text| !text.is_empty()).map(str::to_owned)
}

fn at_the_desk(deed: Deed, body: &FormBody, frame: &Frame) -> Outcome<TicketAct> {
    Ok(match deed {
        Deed::Take => TicketAct::Take,
        Deed::Resume => TicketAct::Resume,
        Deed::Assign => TicketAct::Assign {
            group: some(body, "group"),
            operator: some(body, "operator").and_then(|id| id.parse().ok()),
        },
        Deed::Register => TicketAct::Register {
            reason: text(body, "reason"),
        },
        Deed::Diagnose => TicketAct::Diagnose {
            diagnosis: text(body, "diagnosis"),
        },
        Deed::Classify => classification(body)?,
        Deed::Subject => TicketAct::ChangeSubject {
            subject: text(body, "subject"),
        },
        Deed::Reroute => TicketAct::Reroute {
            area: chosen(body, "area")?,
            reason: text(body, "reason"),
        },
        Deed::Wait => TicketAct::Pause {
            reason: coded(body, "reason", WaitingReason::from_code)?,
            wake_at: moment(body, "wake_at", frame)?,
            note: some(body, "note"),
        },
        Deed::Promise => TicketAct::Promise {
            text: text(body, "text"),
            due_at: moment(body, "due_at", frame)?.ok_or_else(|| Refusal::field("due_at", "field-required"))?,
        },
        _ => return Err(Refusal::not_found().into()),
    })
}

fn between_tickets(deed: Deed, body: &FormBody, frame: &Frame) -> Outcome<TicketAct> {
    Ok(match deed {
        Deed::Parent => TicketAct::Link {
            kind: LinkKind::Parent,
            to: number(body, "to", frame)?,
        },
        Deed::Link => TicketAct::Link {
            kind: coded(body, "kind", LinkKind::from_code)?,
            to: number(body, "to", frame)?,
        },
        Deed::Unlink => TicketAct::Unlink {
            to: body.text("link").parse().map_err(|_| Refusal::not_found())?,
        },
        Deed::Merge => TicketAct::Merge {
            into: number(body, "into", frame)?,
        },
        _ => return Err(Refusal::not_found().into()),
    })
}

fn at_second_level(deed: Deed, body: &FormBody, opened: &Opened) -> Outcome<TicketAct> {
    if deed == Deed::SecondLevel {
        return Ok(TicketAct::SendToSecondLevel {
            group: chosen(body, "group")?,
            note: some(body, "note"),
        });
    }
    let assignment = assignment(body, opened).ok_or_else(Refusal::not_found)?;
    Ok(match deed {
        Deed::Accept => TicketAct::AcceptAssignment { assignment },
        Deed::Withdraw => TicketAct::WithdrawAssignment { assignment },
        Deed::Return => TicketAct::ReturnAssignment {
            assignment,
            reason: text(body, "reason"),
        },
        Deed::TechnicalClosure => TicketAct::CloseTechnically {
            assignment,
            activity: text(body, "activity"),
            outcome: coded(body, "outcome", TechnicalOutcome::from_code)?,
            callback_required: body.get("callback_required").is_some(),
        },
        _ => return Err(Refusal::not_found().into()),
    })
}

fn towards_the_end(deed: Deed, body: &FormBody) -> Outcome<TicketAct> {
    Ok(match deed {
        Deed::Solution => TicketAct::Solve {
            solution: text(body, "solution"),
        },
        Deed::Outcome => answer(body)?,
        Deed::Call => TicketAct::Call {
            outcome: coded(body, "outcome", ContactOutcome::from_code)?,
        },
        Deed::Close => TicketAct::Close {
            reason: coded(body, "reason", ClosedReason::from_code)?,
            note: some(body, "note"),
        },
        Deed::Reopen => TicketAct::Reopen {
            reason: text(body, "reason"),
        },
        Deed::Cancel => TicketAct::Cancel {
            reason: text(body, "reason"),
        },
        _ => return Err(Refusal::not_found().into()),
    })
}

/// A classification as a form sends it; the counter sends the same fields.
pub(super) fn classification(body: &FormBody) -> Outcome<TicketAct> {
    let some = |name: &str| some(body, name);
    let level = |name: &str| some(name).and_then(|text| text.parse::<i64>().ok());
    Ok(TicketAct::Classify {
        kind: Some(coded(body, "kind", TicketKind::from_code)?),
        category: some("category"),
        impact: level("impact"),
        urgency: level("urgency"),
        priority: level("priority"),
        reason: some("reason"),
    })
}

fn answer(body: &FormBody) -> Outcome<TicketAct> {
    let note = body.get("note").map(str::to_owned);
    match body.text("answer") {
        "accepted" => Ok(TicketAct::Hear {
            satisfied: true,
            class_right: true,
            note,
        }),
        "refused" => Ok(TicketAct::Hear {
            satisfied: false,
            class_right: true,
            note,
        }),
        "refused_wrong_class" => Ok(TicketAct::Hear {
            satisfied: false,
            class_right: false,
            note,
        }),
        _ => Err(Refusal::field("answer", "ticket-page-choose-one").into()),
    }
}

fn coded<T>(body: &FormBody, name: &'static str, read: impl Fn(&str) -> Option<T>) -> Outcome<T> {
    read(body.text(name)).ok_or_else(|| Refusal::field(name, "ticket-page-choose-one").into())
}

fn chosen(body: &FormBody, name: &'static str) -> Outcome<String> {
    let text = body.text(name).trim();
    if text.is_empty() {
        Err(Refusal::field(name, "ticket-page-choose-one").into())
    } else {
        Ok(text.to_owned())
    }
}

/// A ticket's number, also without its beginning: `183` is this year's.
fn number(body: &FormBody, name: &'static str, frame: &Frame) -> Outcome<String> {
    let text = chosen(body, name)?;
    Ok(whole_number(&text, frame).unwrap_or(text))
}

/// A number as people say it, made whole: `SR-2026-000183`, `2026-183`, `183`.
pub(super) fn whole_number(text: &str, frame: &Frame) -> Option<String> {
    crate::search::whole_number(text, frame.now.year())
}

/// A moment as the browser sends it (`2026-11-22T14:05`), in the reader's zone.
fn moment(body: &FormBody, name: &'static str, frame: &Frame) -> Outcome<Option<Instant>> {
    let text = body.text(name).trim();
    if text.is_empty() {
        return Ok(None);
    }
    let instant = i18n::local_moment(text, &frame.zone);
    instant
        .map(Some)
        .ok_or_else(|| Refusal::field(name, "ticket-page-moment").into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_as_people_say_them() {
        let mut frame = Frame::new(i18n::Language::It, "");
        frame.now = Instant::parse("2026-11-22T10:00:00Z").expect("valid");
        for said in ["SR-2026-000183", "sr-2026-183", "2026-183", "183", " SR 183"] {
            assert_eq!(whole_number(said, &frame).as_deref(), Some("SR-2026-000183"), "{said}");
        }
        assert_eq!(whole_number("stampante", &frame), None);
        assert_eq!(whole_number("06-4761 2147", &frame), None);
    }
}

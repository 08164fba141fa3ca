//! What the desk does again and again: macros, with the ready texts that they write.

use crate::cast::Cast;
use kernel::{Error, Outcome, Uuid};
use macros::{Ending, MacroToBe, Steps};
use people::{Actor, Role};
use store::Store;
use ticket::domain::{TicketKind, WaitingReason};

fn missing(what: &str) -> Error {
    Error::Failed(anyhow::anyhow!("the demonstration has no {what}"))
}

/// Writes the macros.
pub(crate) async fn write_macros(store: &Store, cast: &Cast) -> Outcome<()> {
    let administrator = cast
        .with_role(Role::Administrator)
        .ok_or_else(|| missing("administrator"))?;
    for wanted in wanted(store, administrator).await? {
        macros::write(store, administrator, wanted, None).await?;
    }
    Ok(())
}

async fn wanted(store: &Store, administrator: &Actor) -> Outcome<Vec<MacroToBe>> {
    let texts = ready_text::ready_texts(store, administrator).await?;
    let text = |name: &str| -> Outcome<(Uuid, Option<Uuid>)> {
        let found = texts.iter().find(|text| text.name == name);
        found.map(|text| (text.id, text.area)).ok_or_else(|| missing(name))
    };
    let (taken, _) = text("Preso in carico")?;
    let (asked, _) = text("Servono altre informazioni")?;
    let (printing, area) = text("Riavvio della coda di stampa")?;
    Ok(vec![
        macro_of(
            "Prendi e avvisa",
            true,
            None,
            Steps {
                reply: Some(taken),
                ..taking()
            },
        ),
        macro_of(
            "Chiedi altri dati e aspetta",
            true,
            None,
            Steps {
                reply: Some(asked),
                end: Some(Ending::Wait {
                    reason: WaitingReason::Requester,
                    days: Some(3),
                }),
                ..taking()
            },
        ),
        macro_of(
            "Coda di stampa riavviata",
            false,
            area,
            Steps {
                kind: Some(TicketKind::Incident),
                impact: Some(3),
                urgency: Some(2),
                end: Some(Ending::Solve { text: printing }),
                ..taking()
            },
        ),
    ])
}

fn taking() -> Steps {
    Steps {
        take: true,
        ..Steps::default()
    }
}

fn macro_of(name: &str, leads_on: bool, area: Option<Uuid>, steps: Steps) -> MacroToBe {
    MacroToBe {
        name: name.to_owned(),
        area: area.map(|area| area.to_string()),
        steps,
        note: String::new(),
        leads_on,
    }
}

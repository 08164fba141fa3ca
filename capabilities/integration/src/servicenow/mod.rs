//! The audit log of ServiceNow's incidents: one row for each state of an incident after an update.
//!
//! Times are day-first and in UTC, `?` means unknown, and the latest row of a number is its final state. Rows of a number
//! are put in the order of `sys_updated_at`, then `sys_mod_count`, then the file: the log itself has numbers whose first
//! row carries the count of a later one. What each state becomes here is told in [`history`].

mod columns;
mod ground;
mod history;
mod incidents;
mod lines;
mod row;

use crate::key;
use crate::report::{Hours, Report};
use history::Incident;
use i18n::Language;
use incidents::Incidents;
use kernel::{Author, Outcome, Refusal, RefusalKind, Uuid};
use std::fs::File;
use std::io::BufReader;
use std::path::Path;
use store::{Lane, Store, Tx};
use ticket::{Import, Imported};

/// The system's name beside its keys.
const SYSTEM: &str = "servicenow";
/// Tickets that one transaction makes: few, so that people never wait for an import.
const BATCH: usize = 4;

/// How to import.
#[derive(Clone, Debug)]
pub struct Options {
    /// Area by identity, code or name; the first one where none is named.
    pub area: Option<String>,
    /// Changes nothing and reports what would happen.
    pub dry_run: bool,
    /// The language of reasons and of what is written on tickets.
    pub language: Language,
}

/// Imports a file; `progress` hears how many tickets of how many are done.
///
/// # Errors
/// A refusal when the file is not such a log, or the area is not known; nothing was changed then.
pub async fn import(
    store: &Store,
    file: &Path,
    options: &Options,
    progress: &mut dyn FnMut(usize, usize),
) -> Outcome<Report> {
    let opened = File::open(file).map_err(|cause| unreadable(file, &cause))?;
    let incidents = Incidents::read(BufReader::new(opened), options.language).map_err(|why| match why {
        incidents::Unread::Refused(refusal) => *refusal,
        incidents::Unread::Broken(cause) => unreadable(file, &cause),
    })?;
    let mut report = figures(&incidents);
    let area = ground::area(store, options).await?;
    match area {
        Some(area) if !options.dry_run => write(store, area, incidents, options, &mut report, progress).await?,
        _ => foresee(store, &incidents, &mut report, progress).await?,
    }
    Ok(report)
}

fn unreadable(file: &Path, cause: &std::io::Error) -> Refusal {
    Refusal::new(RefusalKind::Invalid, "unreadable", "integration-refusal-unreadable")
        .with("file", file.display())
        .with("cause", cause)
}

/// What the file itself tells.
fn figures(incidents: &Incidents) -> Report {
    let mut report = Report {
        refused: incidents.refused.clone(),
        ..Report::default()
    };
    let mut times = Vec::new();
    for incident in incidents.all() {
        let Some(last) = incident.last() else { continue };
        report.tickets += 1;
        report.rows += incident.accepted;
        report.reopened += usize::from(last.reopenings > 0);
        report.by_priority.count(last.priority);
        if let Some(resolved_at) = last.resolved_at {
            times.push(resolved_at.as_millis() - last.opened_at.as_millis());
        }
    }
    report.resolved = times.len();
    report.resolution_hours = Hours::of(times);
    report
}

/// A dry run: the same counts without a change.
async fn foresee(
    store: &Store,
    incidents: &Incidents,
    report: &mut Report,
    progress: &mut dyn FnMut(usize, usize),
) -> Outcome<()> {
    for (done, incident) in incidents.all().enumerate() {
        let known = key::record_of(store.read(), SYSTEM, incidents.word(incident.number)).await?;
        match known {
            None => report.created += 1,
            Some(id) => {
                let there = store.read().state::<ticket::domain::Ticket>(id).await?;
                let version = there.and_then(|there| there.state.imported_version);
                report.unchanged += usize::from(incident.last().map(history::version) <= version);
            }
        }
        progress(done + 1, report.tickets);
    }
    Ok(())
}

async fn write(
    store: &Store,
    area: Uuid,
    incidents: Incidents,
    options: &Options,
    report: &mut Report,
    progress: &mut dyn FnMut(usize, usize),
) -> Outcome<()> {
    let ground = ground::prepare(store, area, &incidents).await?;
    let all: Vec<&Incident> = incidents.all().collect();
    let mut done = 0;
    for batch in all.chunks(BATCH) {
        let asked: Vec<Import> = batch
            .iter()
            .map(|incident| incident.import(&incidents, &ground, options.language))
            .collect();
        let count = asked.len();
        let made = store
            .write(Lane::Background, move |tx| {
                Box::pin(async move { bring_in(tx, asked).await })
            })
            .await?;
        report.created += made.iter().filter(|one| matches!(one, Imported::Created(_))).count();
        report.unchanged += made.iter().filter(|one| matches!(one, Imported::Unchanged(_))).count();
        done += count;
        progress(done, all.len());
    }
    Ok(())
}

async fn bring_in(tx: &Tx, asked: Vec<Import>) -> Outcome<Vec<Imported>> {
    let author = author();
    let mut made = Vec::with_capacity(asked.len());
    for asked in asked {
        let external_ref = asked.external_ref.clone();
        let known = key::record_of(tx, SYSTEM, &external_ref).await?;
        let imported = ticket::import(tx, &author, known, asked).await?;
        if let Imported::Created(id) = imported {
            key::remember(tx, SYSTEM, &external_ref, id).await?;
        }
        made.push(imported);
    }
    Ok(made)
}

fn author() -> Author {
    Author::system("import")
}

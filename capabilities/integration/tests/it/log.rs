//! A small log of the same form, made up, and a fresh store to bring it into.

use i18n::Language;
use integration::Report;
use integration::servicenow::{self, Options};
use kernel::{Clock, Error};
use store::{DatabaseSettings, Store, StoreParts};
use testkit::Backend;

pub const HEADER: &str = "number,incident_state,active,reassignment_count,reopen_count,sys_mod_count,made_sla,caller_id,opened_by,\
opened_at,sys_created_by,sys_created_at,sys_updated_by,sys_updated_at,contact_type,location,category,subcategory,u_symptom,cmdb_ci,\
impact,urgency,priority,assignment_group,assigned_to,knowledge,u_priority_confirmation,notify,problem_id,rfc,vendor,caused_by,\
closed_code,resolved_by,resolved_at,closed_at";

/// One row; what is not said is the same on all.
#[derive(Clone)]
pub struct Row {
    pub number: &'static str,
    pub state: &'static str,
    pub count: i64,
    pub at: &'static str,
    pub opened: &'static str,
    pub resolved: &'static str,
    pub group: &'static str,
    pub operator: &'static str,
    pub priority: &'static str,
    pub reopened: i64,
}

impl Row {
    pub fn text(&self) -> String {
        let Self {
            number,
            state,
            count,
            at,
            opened,
            resolved,
            group,
            operator,
            priority,
            reopened,
        } = self;
        format!(
            "{number},{state},TRUE,0,{reopened},{count},TRUE,Caller 7,Opened by  1,{opened},?,?,Updated by 3,{at},Phone,Location 1,\
             Category 5,Subcategory 17,Symptom 2,?,2 - Medium,2 - Medium,{priority},{group},{operator},TRUE,FALSE,Do Not Notify,\
             ?,?,?,?,code 5,Resolved by 1,{resolved},08-03-2016 12:00"
        )
    }
}

const fn row(
    number: &'static str,
    state: &'static str,
    count: i64,
    at: &'static str,
    opened: &'static str,
    resolved: &'static str,
) -> Row {
    Row {
        number,
        state,
        count,
        at,
        opened,
        resolved,
        group: "Group 5",
        operator: "?",
        priority: "3 - Moderate",
        reopened: 0,
    }
}

const fn by(operator: &'static str, row: Row) -> Row {
    Row { operator, ..row }
}

/// Three incidents: resolved after two hours and after ten, and one that waits for a supplier.
pub fn rows() -> Vec<Row> {
    let (one, two, three) = ("01-03-2016 09:00", "01-03-2016 10:00", "02-03-2016 08:30");
    let (done, later) = ("01-03-2016 11:00", "01-03-2016 20:00");
    vec![
        row("INC0000001", "New", 0, "01-03-2016 09:05", one, done),
        by(
            "Resolver 9",
            row("INC0000001", "Active", 1, "01-03-2016 09:30", one, done),
        ),
        by(
            "Resolver 9",
            row("INC0000001", "Resolved", 2, "01-03-2016 11:00", one, done),
        ),
        by(
            "Resolver 9",
            row("INC0000001", "Closed", 3, "08-03-2016 12:00", one, done),
        ),
        row("INC0000002", "New", 0, "01-03-2016 10:05", two, later),
        row("INC0000002", "Awaiting User Info", 1, "01-03-2016 12:00", two, later),
        Row {
            priority: "1 - Critical",
            reopened: 1,
            ..row("INC0000002", "Resolved", 2, "01-03-2016 20:00", two, later)
        },
        row("INC0000003", "New", 0, "02-03-2016 08:40", three, "?"),
        row("INC0000003", "Awaiting Vendor", 1, "02-03-2016 09:40", three, "?"),
    ]
}

/// The log as a file.
pub fn file(rows: &[Row]) -> Vec<u8> {
    let lines: Vec<String> = std::iter::once(HEADER.to_owned())
        .chain(rows.iter().map(Row::text))
        .collect();
    (lines.join("\n") + "\n").into_bytes()
}

pub fn capabilities() -> Vec<host::Capability> {
    vec![
        configuration::capability(),
        catalogue::capability(),
        people::capability(),
        record::capability(),
        service_level::capability(),
        ticket::capability(),
        privacy::capability(),
        integration::capability(),
    ]
}

pub async fn open(db: &Backend) -> Store {
    i18n::install(&[integration::texts(), ticket::texts()]);
    let settings = DatabaseSettings::at(db.data.path(), &db.url);
    let migrations = capabilities()
        .iter()
        .flat_map(|capability| capability.migrations.iter().copied())
        .collect();
    let parts = StoreParts {
        migrations,
        folds: Vec::new(),
    };
    Store::open(&settings, Clock::wall(), parts)
        .await
        .unwrap_or_else(|cause| panic!("{cause}"))
}

/// Imports bytes as a file.
pub async fn import(store: &Store, bytes: &[u8], dry_run: bool) -> Result<Report, Error> {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("log.csv");
    std::fs::write(&file, bytes).expect("written");
    let options = Options {
        area: None,
        dry_run,
        language: Language::It,
    };
    servicenow::import(store, &file, &options, &mut |_, _| {}).await
}

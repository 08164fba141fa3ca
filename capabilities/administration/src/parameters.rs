//! One area: its name, whether it is in use, and what it decides: priorities, gates, terms.

use crate::commands::{alter_area, set_area_parameters};
use crate::naming::{Kind, Naming, version_of, wanted};
use crate::staff::{Staff, allow_configure};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use configuration::{AllowedTypes, Area, AreaChange, Gates, LinkPolicy, Matrix, NUMBERS, Parameters, TYPES};
use kernel::Uuid;
use people::form_errors;
use store::Loaded;
use ui::{Choice, Errors, Frame};
use web::{App, FormBody, IfMatch, PageError, PagePath, html, see_other, to_mend};

#[derive(Template)]
#[template(path = "administration/area.html")]
struct AreaPage {
    frame: Frame,
    href: String,
    area: Area,
    naming: Naming,
    rows: Vec<MatrixRow>,
    numbers: Vec<Number>,
    allowed: Vec<AllowedRow>,
    policies: Vec<Choice>,
    may_change: bool,
    errors: Errors,
}

/// A row of the matrix: an impact with its three priorities.
struct MatrixRow {
    label: String,
    cells: Vec<Cell>,
}

struct Cell {
    name: String,
    label: String,
    choices: Vec<Choice>,
}

/// Somebody of whom it is not certain who they are, and what they may ask for.
struct AllowedRow {
    label: String,
    boxes: Vec<Ticked>,
}

/// A box to tick.
struct Ticked {
    name: String,
    label: String,
    ticked: bool,
}

/// A number that an area decides.
struct Number {
    name: &'static str,
    label: String,
    help: String,
    value: String,
}

pub(super) async fn show(
    State(app): State<App>,
    staff: Staff,
    PagePath(id): PagePath<Uuid>,
) -> Result<Response, PageError> {
    let area = staff.found::<Area>(&app, id).await?;
    Ok(html(&page(staff, area, None, Errors::default())))
}

fn page(staff: Staff, area: Loaded<Area>, typed: Option<&FormBody>, errors: Errors) -> AreaPage {
    let id = area.id;
    let may_change = allow_configure(&staff.actor, Some(id)).is_ok();
    let naming = Naming {
        own: format!("/administration/areas/{id}"),
        of: Kind::Area,
        name: area.state.name.clone(),
        service: None,
        version: area.version,
        active: area.state.active,
    };
    let (frame, area) = (staff.frame, area.state);
    let back = frame.t("admin-areas");
    AreaPage {
        href: format!("/administration/areas/{id}"),
        naming: naming.typed(typed),
        rows: matrix_rows(&frame, &area.parameters.matrix),
        numbers: numbers(&frame, &area.parameters, typed),
        allowed: allowed_rows(&frame, &area.parameters.allowed_types),
        policies: policies(&frame, area.parameters.parent_link_policy),
        may_change,
        errors,
        frame: frame.titled(area.name.clone()).back_to("/administration/areas", back),
        area,
    }
}

fn matrix_rows(frame: &Frame, matrix: &Matrix) -> Vec<MatrixRow> {
    let rows = matrix.iter().enumerate().map(|(row, priorities)| {
        let label = frame.tn("admin-impact", row + 1);
        let cells = priorities.iter().enumerate().map(|(column, priority)| Cell {
            name: format!("matrix_{}_{}", row + 1, column + 1),
            label: format!("{label}, {}", frame.tn("admin-urgency", column + 1)),
            choices: (1..=5)
                .map(|n: i64| Choice::new(n.to_string(), n.to_string(), &priority.to_string()))
                .collect(),
        });
        MatrixRow {
            label: label.clone(),
            cells: cells.collect(),
        }
    });
    rows.collect()
}

fn numbers(frame: &Frame, parameters: &Parameters, typed: Option<&FormBody>) -> Vec<Number> {
    let number = |(name, least, most): (&'static str, i64, i64)| {
        let key = name.replace('_', "-");
        let value = typed
            .and_then(|form| form.get(name))
            .map_or_else(|| parameters.number(name).to_string(), str::to_owned);
        let help = frame.t2("admin-between", "least", least, "most", most);
        Number {
            name,
            label: frame.t(&format!("admin-parameter-{key}")),
            help,
            value,
        }
    };
    NUMBERS.into_iter().map(number).collect()
}

pub(super) async fn save(
    State(app): State<App>,
    staff: Staff,
    PagePath(id): PagePath<Uuid>,
    form: FormBody,
) -> Result<Response, PageError> {
    let area = staff.found::<Area>(&app, id).await?;
    let sent = form.clone();
    let change = move |before: &Parameters| read(&sent, before);
    match set_area_parameters(&app.store, &staff.actor, id, change, IfMatch::default()).await {
        Ok(_) => Ok(see_other("/administration/areas")),
        Err(error) => {
            let errors = form_errors(error, staff.frame.language)?;
            Ok(to_mend(&page(staff, area, Some(&form), errors)))
        }
    }
}

pub(super) async fn rename(
    State(app): State<App>,
    staff: Staff,
    PagePath(id): PagePath<Uuid>,
    form: FormBody,
) -> Result<Response, PageError> {
    let change = AreaChange {
        name: Some(form.text("name").to_owned()),
        active: None,
    };
    alter(&app, staff, id, change, &form).await
}

pub(super) async fn set_standing(
    State(app): State<App>,
    staff: Staff,
    PagePath(id): PagePath<Uuid>,
    form: FormBody,
) -> Result<Response, PageError> {
    let change = AreaChange {
        name: None,
        active: wanted(&form),
    };
    alter(&app, staff, id, change, &form).await
}

async fn alter(app: &App, staff: Staff, id: Uuid, change: AreaChange, form: &FormBody) -> Result<Response, PageError> {
    let before = staff.found::<Area>(app, id).await?;
    match alter_area(&app.store, &staff.actor, id, change, version_of(form)).await {
        Ok(_) => Ok(see_other(&format!("/administration/areas/{id}"))),
        Err(error) => {
            let errors = form_errors(error, staff.frame.language)?;
            let page = page(staff, before, Some(form), errors);
            Ok(to_mend(&page))
        }
    }
}

/// The parameters as sent; what the page does not show stays as it is. What is no number is out of every range.
fn read(form: &FormBody, before: &Parameters) -> Parameters {
    let number = |name: &str| form.text(name).trim().parse().unwrap_or(i64::MIN);
    let mut parameters = Parameters {
        reopen_days: number("reopen_days"),
        reroute_max: number("reroute_max"),
        reclass_max: number("reclass_max"),
        contact_attempts_max: number("contact_attempts_max"),
        contact_gap_hours: number("contact_gap_hours"),
        informal: form.text("informal") == "true",
        discrepancy_again_days: number("discrepancy_again_days"),
        discrepancy_text: form.text("discrepancy_text").trim().to_owned(),
        allowed_types: AllowedTypes {
            guest: allowed(form, "guest"),
            discrepant: allowed(form, "discrepant"),
        },
        parent_link_policy: LinkPolicy::from_code(form.text("parent_link_policy")).unwrap_or(before.parent_link_policy),
        gates: Gates {
            identification_before_solution: form.text("gate_identification") == "true",
            classification_before_solution: form.text("gate_classification") == "true",
            classification_before_second_level: form.text("gate_second_level") == "true",
        },
        ..before.clone()
    };
    for (row, priorities) in parameters.matrix.iter_mut().enumerate() {
        for (column, priority) in priorities.iter_mut().enumerate() {
            let sent = form
                .text(&format!("matrix_{}_{}", row + 1, column + 1))
                .parse()
                .unwrap_or(*priority);
            *priority = sent.clamp(1, 5);
        }
    }
    parameters
}

/// What becomes of what was reported already, to choose from.
fn policies(frame: &Frame, now: LinkPolicy) -> Vec<Choice> {
    let choice = |policy: LinkPolicy| {
        let label = frame.t(&format!("admin-link-policy-{}", policy.code()));
        Choice::new(policy.code(), label, now.code())
    };
    LinkPolicy::ALL.map(choice).into()
}

/// The types that are ticked; nothing where all of them are.
fn allowed(form: &FormBody, who: &str) -> Option<Vec<String>> {
    let ticked = |one: &&str| form.text(&format!("allowed_{who}_{one}")) == "true";
    let types: Vec<String> = TYPES
        .iter()
        .filter(|one| ticked(one))
        .map(|one| (*one).to_owned())
        .collect();
    (types.len() < TYPES.len()).then_some(types)
}

/// Who may ask for what, as boxes to tick.
fn allowed_rows(frame: &Frame, allowed: &AllowedTypes) -> Vec<AllowedRow> {
    let row = |who: &'static str, types: &Option<Vec<String>>| AllowedRow {
        label: frame.t(&format!("admin-allowed-{who}")),
        boxes: TYPES
            .map(|one| Ticked {
                name: format!("allowed_{who}_{one}"),
                label: frame.t(&format!("admin-type-{one}")),
                ticked: types
                    .as_ref()
                    .is_none_or(|types| types.iter().any(|other| other == one)),
            })
            .into(),
    };
    vec![row("guest", &allowed.guest), row("discrepant", &allowed.discrepant)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    #[test]
    fn what_is_out_of_range_is_named_and_the_rest_is_read() {
        let sent = [("reopen_days", "7"), ("reroute_max", "x"), ("matrix_1_1", "3")];
        let form = FormBody::from(
            sent.map(|(k, v)| (k.to_owned(), v.to_owned()))
                .into_iter()
                .collect::<HashMap<_, _>>(),
        );
        let read = read(&form, &Parameters::default());
        assert_eq!((read.reopen_days, read.matrix[0][0]), (7, 3));
        let error = read.check().expect_err("a number is no number");
        let refusal = error.refusal().expect("a refusal");
        let fields: Vec<_> = refusal.fields.iter().map(|f| f.field.to_string()).collect();
        assert_eq!(
            fields,
            [
                "reroute_max",
                "reclass_max",
                "contact_attempts_max",
                "contact_gap_hours",
                "discrepancy_again_days"
            ]
        );
    }
}

//! Administration: people with their roles, groups, areas with what they decided, categories, the queue of jobs.
//!
//! Pages and resources over the commands of the rooms below; whoever may not do something is refused by the act, in the
//! same words on both.

mod accessibility;
mod agreement_form;
mod agreements;
mod api;
mod areas;
mod calendar_form;
mod calendars;
mod categories;
mod category;
mod commands;
mod editions;
mod group;
mod groups;
mod ics_file;
mod jobs;
mod merge;
mod naming;
mod offerings;
mod parameters;
mod person;
mod person_form;
mod person_list;
mod replanning;
mod staff;
mod views;

use axum::Router;
use axum::response::Response;
use axum::routing::{get, post};
use people::{Act, Section};
use service_level::{Agreement, ServiceCalendar};
use std::sync::Arc;
use web::{App, Audience, Place, Slot, see_other};

/// The texts of this capability.
pub fn texts() -> i18n::Source {
    i18n::Source {
        it: include_str!("../locales/it.ftl"),
        en: include_str!("../locales/en.ftl"),
    }
}

/// What this capability hands over.
pub fn capability() -> host::Capability {
    host::Capability {
        name: "administration",
        texts: Some(texts()),
        api: Some(api::routes),
        pages: Some(routes),
        places: places(),
        slots: sections(),
        ..host::Capability::default()
    }
}

fn routes() -> Router<App> {
    Router::new()
        .route("/people", get(person_list::list))
        .route("/people/new", get(person_form::new).post(person_form::create))
        .route("/people/{person}", get(person::show))
        .route("/people/{person}/edit", get(person_form::edit).post(person_form::save))
        .route("/people/{person}/merge", get(merge::show).post(merge::merge))
        .route("/people/{person}/unmerge", post(merge::unmerge))
        .route("/people/{person}/roles", post(person::give_role))
        .route("/people/{person}/roles/taken", post(person::take_role))
        .route("/people/{person}/password", post(person::set_password))
        .route("/people/{person}/second-factor/taken", post(person::take_second_factor))
        .route("/administration", get(first))
        .route("/administration/groups", get(groups::list).post(groups::create))
        .route("/administration/groups/{group}", get(group::show))
        .route("/administration/groups/{group}/name", post(group::rename))
        .route("/administration/groups/{group}/standing", post(group::set_standing))
        .route("/administration/groups/{group}/members", post(group::add_member))
        .route(
            "/administration/groups/{group}/members/gone",
            post(group::remove_member),
        )
        .route("/administration/areas", get(areas::list).post(areas::create))
        .route(
            "/administration/areas/{area}",
            get(parameters::show).post(parameters::save),
        )
        .route("/administration/areas/{area}/name", post(parameters::rename))
        .route("/administration/areas/{area}/standing", post(parameters::set_standing))
        .route(
            "/administration/categories",
            get(categories::list).post(categories::create),
        )
        .route("/administration/categories/{category}", get(category::show))
        .route("/administration/categories/{category}/name", post(category::rename))
        .route(
            "/administration/categories/{category}/standing",
            post(category::set_standing),
        )
        .route(
            "/administration/offerings",
            get(offerings::list).post(offerings::create),
        )
        .route(
            "/administration/offerings/{offering}",
            get(offerings::show).post(offerings::save),
        )
        .route(
            "/administration/offerings/{offering}/standing",
            post(offerings::set_standing),
        )
        .merge(service_levels())
        .route(
            "/administration/accessibility",
            get(accessibility::show).post(accessibility::save),
        )
        .route("/administration/jobs", get(jobs::list))
        .route("/administration/jobs/{job}/requeue", post(jobs::requeue))
}

/// Calendars and agreements.
fn service_levels() -> Router<App> {
    Router::new()
        .route(
            "/administration/calendars",
            get(calendars::list).post(calendars::create),
        )
        .route(
            "/administration/calendars/{calendar}",
            get(editions::show::<ServiceCalendar>).post(editions::save::<ServiceCalendar>),
        )
        .route(
            "/administration/calendars/{calendar}/preview",
            post(editions::look::<ServiceCalendar>),
        )
        .route(
            "/administration/calendars/{calendar}/days",
            post(calendars::import_days),
        )
        .route(
            "/administration/calendars/{calendar}/standing",
            post(editions::set_standing::<ServiceCalendar>),
        )
        .route(
            "/administration/agreements",
            get(agreements::list).post(agreements::create),
        )
        .route(
            "/administration/agreements/{agreement}",
            get(editions::show::<Agreement>).post(editions::save::<Agreement>),
        )
        .route(
            "/administration/agreements/{agreement}/preview",
            post(editions::look::<Agreement>),
        )
        .route(
            "/administration/agreements/{agreement}/standing",
            post(editions::set_standing::<Agreement>),
        )
}

async fn first() -> Response {
    see_other("/administration/groups")
}

/// The sections that are this capability's own.
fn sections() -> Vec<Slot> {
    let all = [
        (10, "/administration/groups", "admin-groups", Act::Configure),
        (20, "/administration/areas", "admin-areas", Act::Configure),
        (30, "/administration/categories", "admin-categories", Act::Configure),
        (40, "/administration/offerings", "admin-offerings", Act::Configure),
        (50, "/administration/calendars", "admin-calendars", Act::Configure),
        (55, "/administration/agreements", "admin-agreements", Act::Configure),
        (80, "/administration/accessibility", "ui-accessibility", Act::Configure),
        (90, "/administration/jobs", "admin-jobs", Act::ManageJobs),
    ];
    let section = |(place, href, label, act)| -> Slot {
        Arc::new(Section {
            place,
            href,
            label,
            act,
        })
    };
    all.map(section).into()
}

fn places() -> Vec<Place> {
    vec![
        Place {
            label: "admin-people",
            href: "/people",
            icon: "people",
            key: "g u",
            audience: Audience::Staff,
        },
        Place {
            label: "admin-place",
            href: "/administration",
            icon: "settings",
            key: "g a",
            audience: Audience::Configurers,
        },
    ]
}

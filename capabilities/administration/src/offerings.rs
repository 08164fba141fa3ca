//! Offerings: the tiles of the portal.

use crate::commands::{add_offering, alter_offering};
use crate::groups::area_name;
use crate::naming::{version_of, wanted};
use crate::staff::{Staff, allow_configure, area_choices, area_of};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use catalogue::{Category, Offer, Offering, OfferingIcon};
use configuration::Area;
use kernel::{Outcome, Refusal, Uuid};
use people::{Act, form_errors};
use store::Loaded;
use ui::{Choice, Errors, Frame};
use web::{App, FormBody, PageError, PagePath, html, see_other, to_mend};

const LIST: &str = "/administration/offerings";

#[derive(Template)]
#[template(path = "administration/offerings.html")]
struct Offerings {
    frame: Frame,
    sections: Vec<Choice>,
    offerings: Vec<OfferingRow>,
    fields: Fields,
    errors: Errors,
}

struct OfferingRow {
    href: String,
    name: String,
    line: String,
    icon: &'static str,
    area: String,
    active: bool,
}

#[derive(Template)]
#[template(path = "administration/offering.html")]
struct OfferingPage {
    frame: Frame,
    own: String,
    name: String,
    version: i64,
    active: bool,
    may_change: bool,
    fields: Fields,
    errors: Errors,
}

/// The fields of an offering, as typed or as they are.
struct Fields {
    name: String,
    line: String,
    areas: Vec<Choice>,
    categories: Vec<Choice>,
    icons: Vec<Choice>,
}

/// What is chosen in the lists of a form.
struct Chosen<'a> {
    name: &'a str,
    line: &'a str,
    area: &'a str,
    category: &'a str,
    icon: &'a str,
}

impl<'a> Chosen<'a> {
    fn of(form: &'a FormBody) -> Self {
        Self {
            name: form.text("name"),
            line: form.text("line"),
            area: form.text("area"),
            category: form.text("category"),
            icon: form.text("icon"),
        }
    }

    async fn fields(self, app: &App, frame: &Frame) -> Outcome<Fields> {
        let categories = app.store.all::<Category>().await?;
        let offered = categories.iter().filter(|category| !category.state.closed);
        let choice = |category: &Loaded<Category>| {
            Choice::new(category.id.to_string(), category.state.full_name(), self.category)
        };
        let icon = if self.icon.is_empty() {
            OfferingIcon::default().code()
        } else {
            self.icon
        };
        Ok(Fields {
            name: self.name.to_owned(),
            line: self.line.to_owned(),
            areas: area_choices(app, self.area).await?,
            categories: offered.map(choice).collect(),
            icons: OfferingIcon::ALL
                .map(|one| Choice::new(one.code(), frame.t(icon_key(one)), icon))
                .to_vec(),
        })
    }
}

fn icon_key(icon: OfferingIcon) -> &'static str {
    match icon {
        OfferingIcon::Request => "admin-offering-icon-request",
        OfferingIcon::Fault => "admin-offering-icon-fault",
        OfferingIcon::Access => "admin-offering-icon-access",
        OfferingIcon::Pay => "admin-offering-icon-pay",
        OfferingIcon::Equipment => "admin-offering-icon-equipment",
    }
}

pub(super) async fn list(State(app): State<App>, staff: Staff) -> Result<Response, PageError> {
    Ok(html(
        &list_page(&app, staff, &FormBody::default(), Errors::default()).await?,
    ))
}

async fn list_page(app: &App, staff: Staff, form: &FormBody, errors: Errors) -> Outcome<Offerings> {
    staff.actor.allow_any(Act::Configure)?;
    let (offerings, areas) = (app.store.all::<Offering>().await?, app.store.all::<Area>().await?);
    let row = |offering: &Loaded<Offering>| OfferingRow {
        href: format!("{LIST}/{}", offering.id),
        name: offering.state.offer.name.clone(),
        line: offering.state.offer.line.clone(),
        icon: offering.state.offer.icon.code(),
        area: area_name(&staff.frame, &areas, offering.state.offer.area),
        active: !offering.state.closed,
    };
    let title = staff.frame.t("admin-offerings");
    Ok(Offerings {
        sections: staff.sections(app, LIST),
        offerings: offerings.iter().map(row).collect(),
        fields: Chosen::of(form).fields(app, &staff.frame).await?,
        errors,
        frame: staff.frame.titled(title),
    })
}

pub(super) async fn create(State(app): State<App>, staff: Staff, form: FormBody) -> Result<Response, PageError> {
    staff.actor.allow_any(Act::Configure)?;
    let once = form.once(staff.actor.person, "offering");
    let added = match offer(&app, &form).await {
        Ok(offer) => add_offering(&app.store, &staff.actor, offer, once).await,
        Err(error) => Err(error),
    };
    match added {
        Ok(_) => Ok(see_other(LIST)),
        Err(error) => {
            let errors = form_errors(error, staff.frame.language)?;
            Ok(to_mend(&list_page(&app, staff, &form, errors).await?))
        }
    }
}

/// An offer as a form sends it.
async fn offer(app: &App, form: &FormBody) -> Outcome<Offer> {
    let category = Some(form.text("category")).filter(|category| !category.is_empty());
    let category = category.map(str::parse).transpose();
    Ok(Offer {
        name: form.text("name").to_owned(),
        line: form.text("line").to_owned(),
        area: area_of(app, form.text("area")).await?,
        category: category.map_err(|_| Refusal::field("category", "field-not-found"))?,
        icon: OfferingIcon::from_code(form.text("icon")).unwrap_or_default(),
    })
}

pub(super) async fn show(
    State(app): State<App>,
    staff: Staff,
    PagePath(id): PagePath<Uuid>,
) -> Result<Response, PageError> {
    Ok(html(&page(&app, &staff, id, None, Errors::default()).await?))
}

async fn page(app: &App, staff: &Staff, id: Uuid, typed: Option<&FormBody>, errors: Errors) -> Outcome<OfferingPage> {
    staff.actor.allow_any(Act::Configure)?;
    let all = app.store.all::<Offering>().await?;
    let offering = all
        .iter()
        .find(|offering| offering.id == id)
        .ok_or_else(Refusal::not_found)?;
    let (offer, frame) = (&offering.state.offer, &staff.frame);
    let area = offer.area.map_or_else(|| "all".to_owned(), |area| area.to_string());
    let category = offer.category.map_or_else(String::new, |category| category.to_string());
    let chosen = match typed {
        Some(form) => Chosen::of(form),
        None => Chosen {
            name: &offer.name,
            line: &offer.line,
            area: &area,
            category: &category,
            icon: offer.icon.code(),
        },
    };
    Ok(OfferingPage {
        own: format!("{LIST}/{id}"),
        name: offer.name.clone(),
        version: offering.version,
        active: !offering.state.closed,
        may_change: allow_configure(&staff.actor, offer.area).is_ok(),
        fields: chosen.fields(app, frame).await?,
        errors,
        frame: frame
            .clone()
            .titled(offer.name.clone())
            .back_to(LIST, frame.t("admin-offerings")),
    })
}

pub(super) async fn save(
    State(app): State<App>,
    staff: Staff,
    PagePath(id): PagePath<Uuid>,
    form: FormBody,
) -> Result<Response, PageError> {
    staff.actor.allow_any(Act::Configure)?;
    let saved = match offer(&app, &form).await {
        Ok(offer) => alter_offering(&app.store, &staff.actor, id, Some(offer), None, version_of(&form)).await,
        Err(error) => Err(error),
    };
    match saved {
        Ok(_) => Ok(see_other(LIST)),
        Err(error) => {
            let errors = form_errors(error, staff.frame.language)?;
            Ok(to_mend(&page(&app, &staff, id, Some(&form), errors).await?))
        }
    }
}

pub(super) async fn set_standing(
    State(app): State<App>,
    staff: Staff,
    PagePath(id): PagePath<Uuid>,
    form: FormBody,
) -> Result<Response, PageError> {
    staff.actor.allow_any(Act::Configure)?;
    let set = alter_offering(&app.store, &staff.actor, id, None, wanted(&form), version_of(&form)).await;
    match set {
        Ok(_) => Ok(see_other(&format!("{LIST}/{id}"))),
        Err(error) => {
            let errors = form_errors(error, staff.frame.language)?;
            Ok(to_mend(&page(&app, &staff, id, None, errors).await?))
        }
    }
}

//! One rule: what it says, and what it would have done with the tickets of the past.

use super::LIST;
use super::words::{channel_name, group_name};
use crate::{CHANNELS, Draft, Rehearsal, RoutingRule, RuleText, add_rule, alter_rule};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use catalogue::Category;
use configuration::{Area, same_menus};
use kernel::{Outcome, Refusal, Uuid};
use people::{Act, Actor, Group, Visit, form_errors};
use serde::Deserialize;
use store::{Loaded, Store};
use ui::{Choice, Errors, Frame};
use web::{App, FormBody, IfMatch, PageError, PagePath, PageQuery, html, see_other, to_mend};

#[derive(Template)]
#[template(path = "routing/form.html")]
struct RuleForm {
    frame: Frame,
    heading: String,
    action: String,
    area: String,
    area_name: String,
    rule: String,
    version: i64,
    /// Whether it decides; nothing for one that is new.
    active: Option<bool>,
    typed: Typed,
    groups: Vec<Choice>,
    channels: Vec<Tick>,
    categories: Vec<Tick>,
    would: Option<Would>,
    errors: Errors,
}

/// A box to tick.
pub(super) struct Tick {
    pub(super) name: String,
    pub(super) label: String,
    pub(super) on: bool,
}

/// The texts of the form, as typed or as they are.
#[derive(Clone, Debug, Default)]
struct Typed {
    name: String,
    place: String,
    words: String,
    valid_from: String,
    valid_until: String,
    group: String,
    channels: Vec<String>,
    categories: Vec<String>,
}

/// What a draft would have done, in words.
struct Would {
    said: String,
    moves: Vec<MovedLine>,
    examples: Vec<ExampleLine>,
}

struct MovedLine {
    from: String,
    to: String,
    tickets: String,
    /// Its share of all that moved, in hundredths.
    share: i64,
}

struct ExampleLine {
    number: String,
    subject: String,
    from: String,
    to: String,
}

/// For which area a new rule is.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    area: Option<Uuid>,
}

/// A page of one rule: what it is about, and what is to be said beside it.
#[derive(Default)]
struct Shown<'r> {
    rule: Option<&'r Loaded<RoutingRule>>,
    area: Uuid,
    typed: Typed,
    would: Option<Would>,
    errors: Errors,
}

impl Typed {
    fn of(form: &FormBody) -> Self {
        let ticked = |start: &str| {
            let names = form.fields().keys().filter_map(|name| name.strip_prefix(start));
            names.map(str::to_owned).collect()
        };
        let text = |field: &str| form.text(field).trim().to_owned();
        Self {
            name: text("name"),
            place: text("place"),
            words: text("words"),
            valid_from: text("valid_from"),
            valid_until: text("valid_until"),
            group: text("group"),
            channels: ticked("channel_"),
            categories: ticked("category_"),
        }
    }

    fn as_it_is(text: &RuleText) -> Self {
        let day = |date: Option<jiff::civil::Date>| date.map_or_else(String::new, |date| date.to_string());
        Self {
            name: text.name.clone(),
            place: text.place.to_string(),
            words: text.words.join(", "),
            valid_from: day(text.valid_from),
            valid_until: day(text.valid_until),
            group: text.group.to_string(),
            channels: text.channels.clone(),
            categories: text.categories.iter().map(Uuid::to_string).collect(),
        }
    }

    /// The rule that is meant.
    ///
    /// # Errors
    /// A refusal that names every field that cannot be read.
    fn text(&self) -> Outcome<RuleText> {
        let mut checks = kernel::Checks::new();
        let mut day = |field: &'static str, typed: &str| match typed.parse() {
            _ if typed.is_empty() => None,
            Ok(date) => Some(date),
            Err(_) => {
                checks.wrong(field, "field-wrong-type");
                None
            }
        };
        let (valid_from, valid_until) = (
            day("valid_from", &self.valid_from),
            day("valid_until", &self.valid_until),
        );
        let place = self.place.parse().unwrap_or_else(|_| {
            checks.wrong("place", "field-wrong-type");
            1
        });
        checks.done()?;
        let words = self.words.split([',', ';', '\n', ' ']).map(str::trim);
        let words = words.filter(|word| !word.is_empty()).map(str::to_owned);
        let mut channels = self.channels.clone();
        channels.sort_by_key(|channel| CHANNELS.iter().position(|known| known == channel));
        let mut categories: Vec<Uuid> = self.categories.iter().filter_map(|id| id.parse().ok()).collect();
        categories.sort_unstable();
        Ok(RuleText {
            name: self.name.clone(),
            place,
            channels,
            categories,
            words: words.collect(),
            valid_from,
            valid_until,
            group: self.group.parse().unwrap_or(kernel::NIL),
        })
    }
}

pub(super) async fn new(
    State(app): State<App>,
    visit: Visit,
    PageQuery(wanted): PageQuery<Wanted>,
) -> Result<Response, PageError> {
    let area = wanted.area.ok_or_else(Refusal::not_found)?;
    visit.actor.allow_in(Act::Configure, area)?;
    let rules = app.store.all::<RoutingRule>().await?;
    let own = rules.iter().filter(|rule| rule.state.area == area);
    let last = own.map(|rule| rule.state.text().place).max().unwrap_or(0);
    let typed = Typed {
        // Between two rules there is room for nine more.
        place: (last / 10 * 10 + 10).min(999).to_string(),
        ..Typed::default()
    };
    let shown = Shown {
        area,
        typed,
        ..Shown::default()
    };
    Ok(html(&page(&app.store, visit, shown).await?))
}

pub(super) async fn create(State(app): State<App>, visit: Visit, form: FormBody) -> Result<Response, PageError> {
    let area: Uuid = form.text("area").parse().map_err(|_| Refusal::not_found())?;
    visit.actor.allow_in(Act::Configure, area)?;
    let typed = Typed::of(&form);
    let added = match typed.text() {
        Ok(text) => add_rule(&app.store, &visit.actor, area, text, None).await,
        Err(error) => Err(error),
    };
    match added {
        Ok(_) => Ok(see_other(LIST)),
        Err(error) => {
            let shown = Shown {
                area,
                typed,
                errors: form_errors(error, visit.frame.language)?,
                ..Shown::default()
            };
            Ok(to_mend(&page(&app.store, visit, shown).await?))
        }
    }
}

/// A rule that somebody may set up.
async fn mine<'r>(all: &'r [Loaded<RoutingRule>], actor: &Actor, id: Uuid) -> Outcome<&'r Loaded<RoutingRule>> {
    let seen = |rule: &&Loaded<RoutingRule>| rule.id == id && actor.works_in(Some(rule.state.area));
    let rule = all.iter().find(seen).ok_or_else(Refusal::not_found)?;
    actor.allow_in(Act::Configure, rule.state.area)?;
    Ok(rule)
}

pub(super) async fn edit(
    State(app): State<App>,
    visit: Visit,
    PagePath(id): PagePath<Uuid>,
) -> Result<Response, PageError> {
    visit.actor.allow_any(Act::Configure)?;
    let all = app.store.all::<RoutingRule>().await?;
    let rule = mine(&all, &visit.actor, id).await?;
    let shown = Shown {
        rule: Some(rule),
        area: rule.state.area,
        typed: Typed::as_it_is(rule.state.text()),
        ..Shown::default()
    };
    Ok(html(&page(&app.store, visit, shown).await?))
}

pub(super) async fn save(
    State(app): State<App>,
    visit: Visit,
    PagePath(id): PagePath<Uuid>,
    form: FormBody,
) -> Result<Response, PageError> {
    visit.actor.allow_any(Act::Configure)?;
    let typed = Typed::of(&form);
    let meant = form.text("version").parse().map(IfMatch::only).unwrap_or_default();
    let saved = match typed.text() {
        Ok(text) => alter_rule(&app.store, &visit.actor, id, (Some(text), None), meant).await,
        Err(error) => Err(error),
    };
    answered(&app, visit, id, saved.map(drop), Some(typed)).await
}

pub(super) async fn set_standing(
    State(app): State<App>,
    visit: Visit,
    PagePath(id): PagePath<Uuid>,
    form: FormBody,
) -> Result<Response, PageError> {
    visit.actor.allow_any(Act::Configure)?;
    let meant = form.text("version").parse().map(IfMatch::only).unwrap_or_default();
    let active = form.text("active").parse().ok();
    let set = alter_rule(&app.store, &visit.actor, id, (None, active), meant).await;
    answered(&app, visit, id, set.map(drop), None).await
}

async fn answered(
    app: &App,
    visit: Visit,
    id: Uuid,
    done: Outcome<()>,
    typed: Option<Typed>,
) -> Result<Response, PageError> {
    let Err(error) = done else {
        return Ok(see_other(LIST));
    };
    let errors = form_errors(error, visit.frame.language)?;
    let all = app.store.all::<RoutingRule>().await?;
    let rule = mine(&all, &visit.actor, id).await?;
    let shown = Shown {
        rule: Some(rule),
        area: rule.state.area,
        typed: typed.unwrap_or_else(|| Typed::as_it_is(rule.state.text())),
        errors,
        ..Shown::default()
    };
    Ok(to_mend(&page(&app.store, visit, shown).await?))
}

/// The form again, with what its rule would have done: nothing is saved.
pub(super) async fn rehearse(State(app): State<App>, visit: Visit, form: FormBody) -> Result<Response, PageError> {
    visit.actor.allow_any(Act::Configure)?;
    let all = app.store.all::<RoutingRule>().await?;
    let rule = match form.text("rule").parse() {
        Ok(id) => Some(mine(&all, &visit.actor, id).await?),
        Err(_) => None,
    };
    let asked = form.text("area").parse().map_err(|_| Refusal::not_found())?;
    let area = rule.map_or(asked, |rule| rule.state.area);
    let typed = Typed::of(&form);
    let tried = match typed.text() {
        Ok(text) => {
            let draft = Draft {
                rule: rule.map(|rule| rule.id),
                text,
            };
            crate::rehearse(&app.store, &visit.actor, area, &draft).await
        }
        Err(error) => Err(error),
    };
    let (would, errors) = match tried {
        Ok(rehearsal) => (
            Some(would(&app.store, &visit.frame, &rehearsal).await?),
            Errors::default(),
        ),
        Err(error) => (None, form_errors(error, visit.frame.language)?),
    };
    let is_wrong = !errors.is_empty();
    let shown = Shown {
        rule,
        area,
        typed,
        would,
        errors,
    };
    let page = page(&app.store, visit, shown).await?;
    Ok(if is_wrong { to_mend(&page) } else { html(&page) })
}

async fn would(store: &Store, frame: &Frame, rehearsal: &Rehearsal) -> Outcome<Would> {
    let groups = store.all::<Group>().await?;
    let name = |group| group_name(frame, &groups, group);
    let args = [
        ("tickets", rehearsal.tickets.into()),
        ("decided", rehearsal.decided.into()),
        ("moved", rehearsal.moved.into()),
    ];
    let line = |moved: &crate::Moved| MovedLine {
        from: name(moved.from),
        to: name(moved.to),
        tickets: frame.tn("routing-tickets", moved.tickets),
        share: moved.tickets * 100 / rehearsal.moved.max(1),
    };
    let example = |one: &crate::Example| ExampleLine {
        number: one.number.clone(),
        subject: one.subject.clone(),
        from: name(one.from),
        to: name(one.to),
    };
    Ok(Would {
        said: frame.language.text_with("routing-would", &args),
        moves: rehearsal.moves.iter().map(line).collect(),
        examples: rehearsal.examples.iter().map(example).collect(),
    })
}

async fn page(store: &Store, visit: Visit, shown: Shown<'_>) -> Outcome<RuleForm> {
    let Shown {
        rule,
        area,
        typed,
        would,
        errors,
    } = shown;
    let frame = visit.frame;
    let areas = store.all::<Area>().await?;
    let found = areas.iter().find(|one| one.id == area);
    let area_name = found.ok_or_else(Refusal::not_found)?.state.name.clone();
    let heading = rule.map_or_else(|| frame.t("routing-new"), |rule| rule.state.text().name.clone());
    let channel = |code: &&str| Tick {
        name: format!("channel_{code}"),
        label: channel_name(&frame, code),
        on: typed.channels.iter().any(|on| on == code),
    };
    Ok(RuleForm {
        action: rule.map_or_else(|| format!("{LIST}/new"), |rule| format!("{LIST}/{}", rule.id)),
        area: area.to_string(),
        area_name,
        rule: rule.map_or_else(String::new, |rule| rule.id.to_string()),
        version: rule.map_or(0, |rule| rule.version),
        active: rule.map(|rule| rule.state.is_active()),
        groups: groups(store, area, &typed.group).await?,
        channels: CHANNELS.iter().map(channel).collect(),
        categories: categories(store, area, &typed.categories).await?,
        would,
        errors,
        frame: frame
            .clone()
            .titled(heading.clone())
            .back_to(LIST, frame.t("routing-title")),
        heading,
        typed,
    })
}

/// The groups of the first level that can take a ticket of an area.
async fn groups(store: &Store, area: Uuid, current: &str) -> Outcome<Vec<Choice>> {
    let all = store.all::<Group>().await?;
    let takes = |group: &&Loaded<Group>| {
        let is_kept = group.id.to_string() == current;
        let serves = group.state.kind.is_first_level() && same_menus(group.state.area, Some(area));
        serves && (is_kept || !group.state.closed)
    };
    let choice = |group: &Loaded<Group>| Choice::new(group.id.to_string(), &group.state.name, current);
    Ok(all.iter().filter(takes).map(choice).collect())
}

async fn categories(store: &Store, area: Uuid, ticked: &[String]) -> Outcome<Vec<Tick>> {
    let all = store.all::<Category>().await?;
    let offered = all.iter().filter(|category| {
        let is_on = ticked.contains(&category.id.to_string());
        same_menus(category.state.area, Some(area)) && (is_on || !category.state.closed)
    });
    let tick = |category: &Loaded<Category>| Tick {
        name: format!("category_{}", category.id),
        label: category.state.full_name(),
        on: ticked.contains(&category.id.to_string()),
    };
    Ok(offered.map(tick).collect())
}

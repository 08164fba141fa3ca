//! One text in one voice: its words, what it can say, how it would be read, its editions, with whom it was agreed.

use super::TEXTS;
use super::texts::{OfArea, address, origin_key};
use crate::text::area_text::{Agreed, AreaText, Words};
use crate::text::commands::{self, Which, area_of};
use crate::text::key::TextKey;
use crate::text::preview::{Preview, preview};
use crate::text::view::{self, EditionView, Origin, TextView};
use crate::text::voice::Voice;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use configuration::Area;
use kernel::{Instant, Outcome, Refusal};
use people::{Act, Visit, form_errors};
use ui::{Choice, Errors, Frame};
use web::{App, FormBody, IfMatch, PageError, PagePath, PageQuery, html, see_other, to_mend};

#[derive(Template)]
#[template(path = "notice/text.html")]
struct TextPage {
    frame: Frame,
    heading: String,
    area: String,
    voices: Vec<Choice>,
    origin: String,
    is_own: bool,
    sent: bool,
    own: String,
    back_to_default: String,
    agreement: String,
    version: i64,
    typed: Words,
    ticket: String,
    preview: Option<Preview>,
    variables: Vec<(String, String, String)>,
    editions: Vec<Line>,
    agreed: Option<Agreed>,
    agreeing: Agreed,
    may_change: bool,
    errors: Errors,
}

/// An edition in the history.
struct Line {
    number: i64,
    at: Instant,
    by: String,
    subject: String,
    body: String,
    withdrawn: bool,
    agreed: String,
}

/// What a form of the page sent, to be shown again.
#[derive(Default)]
struct Typed {
    words: Option<Words>,
    ticket: String,
    preview: Option<Preview>,
    agreeing: Option<Agreed>,
    errors: Errors,
}

async fn which(app: &App, visit: &Visit, (key, voice): (String, String), of: &OfArea) -> Outcome<Which> {
    visit.actor.allow_any(Act::Configure)?;
    let (Some(key), Some(voice)) = (TextKey::from_code(&key), Voice::from_code(&voice)) else {
        return Err(Refusal::not_found().into());
    };
    let area = area_of(&app.store, Some(&of.area)).await?;
    Ok(Which { key, area, voice })
}

pub(super) async fn show(
    State(app): State<App>,
    visit: Visit,
    PagePath(named): PagePath<(String, String)>,
    PageQuery(of): PageQuery<OfArea>,
) -> Result<Response, PageError> {
    let which = which(&app, &visit, named, &of).await?;
    Ok(html(&page(&app, visit, which, Typed::default()).await?))
}

pub(super) async fn save(
    State(app): State<App>,
    visit: Visit,
    PagePath(named): PagePath<(String, String)>,
    PageQuery(of): PageQuery<OfArea>,
    form: FormBody,
) -> Result<Response, PageError> {
    let which = which(&app, &visit, named, &of).await?;
    let words = Words {
        subject: form.text("subject").to_owned(),
        body: form.text("body").replace("\r\n", "\n"),
    };
    let ticket = form.text("ticket").to_owned();
    let done = if form.text("do") == "preview" {
        preview(&app, &visit.actor, which, &words, &ticket).await.map(Some)
    } else {
        let written = commands::write(&app.store, &visit.actor, which, words.clone(), meant(&form));
        written.await.map(|()| None)
    };
    let typed = Typed {
        words: Some(words),
        ticket,
        ..Typed::default()
    };
    match done {
        Ok(None) => Ok(see_other(&address(which.key, which.voice, which.area))),
        Ok(preview) => Ok(html(&page(&app, visit, which, Typed { preview, ..typed }).await?)),
        Err(error) => {
            let errors = form_errors(error, visit.frame.language)?;
            Ok(to_mend(&page(&app, visit, which, Typed { errors, ..typed }).await?))
        }
    }
}

pub(super) async fn withdraw(
    State(app): State<App>,
    visit: Visit,
    PagePath(named): PagePath<(String, String)>,
    PageQuery(of): PageQuery<OfArea>,
    form: FormBody,
) -> Result<Response, PageError> {
    let which = which(&app, &visit, named, &of).await?;
    let done = commands::withdraw(&app.store, &visit.actor, which, meant(&form)).await;
    answer(&app, visit, which, done, Typed::default()).await
}

pub(super) async fn agree(
    State(app): State<App>,
    visit: Visit,
    PagePath(named): PagePath<(String, String)>,
    PageQuery(of): PageQuery<OfArea>,
    form: FormBody,
) -> Result<Response, PageError> {
    let which = which(&app, &visit, named, &of).await?;
    let text = |field| form.text(field).to_owned();
    let agreed = Agreed {
        with: text("with"),
        on: text("on"),
        reference: text("reference"),
    };
    let typed = Typed {
        agreeing: Some(agreed.clone()),
        ..Typed::default()
    };
    let done = commands::agree(&app.store, &visit.actor, which, agreed, meant(&form)).await;
    answer(&app, visit, which, done, typed).await
}

fn meant(form: &FormBody) -> IfMatch {
    form.text("version").parse().map(IfMatch::only).unwrap_or_default()
}

async fn answer(app: &App, visit: Visit, which: Which, done: Outcome<()>, typed: Typed) -> Result<Response, PageError> {
    match done {
        Ok(()) => Ok(see_other(&address(which.key, which.voice, which.area))),
        Err(error) => {
            let errors = form_errors(error, visit.frame.language)?;
            Ok(to_mend(&page(app, visit, which, Typed { errors, ..typed }).await?))
        }
    }
}

async fn page(app: &App, visit: Visit, which: Which, typed: Typed) -> Outcome<TextPage> {
    let Visit { actor, frame } = visit;
    let all = app.store.all::<AreaText>().await?;
    let text = view::text(&all, which.key, which.area, which.voice);
    let editions = view::editions(&all, which.key, which.area, which.voice);
    let area = match which.area {
        Some(area) => Area::by_id(&app.store, area).await?.map(|area| area.name),
        None => None,
    };
    let current = address(which.key, which.voice, which.area);
    let voice = |voice: Voice| Choice::new(address(which.key, voice, which.area), frame.t(voice.label()), &current);
    let is_own = text.edition.is_some() && (text.origin == Origin::Area) == which.area.is_some();
    Ok(TextPage {
        heading: frame.t(which.key.label()),
        area: area.unwrap_or_else(|| frame.t("notice-area-all")),
        voices: Voice::ALL.map(voice).into(),
        origin: frame.t(origin_key(text.origin)),
        is_own,
        sent: text.sent,
        back_to_default: below(which, "default"),
        agreement: below(which, "agreement"),
        own: current,
        version: text.version,
        variables: variables(&frame, which.key),
        editions: lines(app, &frame, editions).await?,
        agreed: text.agreed.clone().filter(|_| is_own),
        agreeing: typed.agreeing.unwrap_or_else(Agreed::blank),
        may_change: actor.allow_over(Act::Configure, which.area).is_ok(),
        typed: typed.words.unwrap_or_else(|| words_of(&text)),
        ticket: typed.ticket,
        preview: typed.preview,
        errors: typed.errors,
        frame: frame
            .clone()
            .titled(frame.t(which.key.label()))
            .back_to(back(which), frame.t("notice-texts")),
    })
}

/// Where a form beside the words is sent.
fn below(which: Which, act: &str) -> String {
    let plain = address(which.key, which.voice, None);
    match which.area {
        Some(area) => format!("{plain}/{act}?area={area}"),
        None => format!("{plain}/{act}"),
    }
}

fn back(which: Which) -> String {
    which
        .area
        .map_or_else(|| TEXTS.to_owned(), |area| format!("{TEXTS}?area={area}"))
}

fn words_of(text: &TextView) -> Words {
    Words {
        subject: text.subject.clone(),
        body: text.body.clone(),
    }
}

/// Each variable as it is written in the reader's language, in the other one, and what it means.
fn variables(frame: &Frame, key: TextKey) -> Vec<(String, String, String)> {
    let variables = key.variables().iter();
    variables
        .map(|variable| {
            let sign = |language| format!("{{{{ {} }}}}", variable.name(language));
            let [it, en] = i18n::Language::ALL.map(sign);
            (it, en, frame.t(variable.meaning()))
        })
        .collect()
}

async fn lines(app: &App, frame: &Frame, editions: Vec<EditionView>) -> Outcome<Vec<Line>> {
    let names = people::names(
        app.store.read(),
        editions.iter().filter_map(|edition| edition.written_by),
    )
    .await?;
    let line = |edition: EditionView| {
        let agreed = edition.agreed.map(|agreed| told(frame, &agreed));
        let words = edition.words;
        Line {
            number: edition.edition,
            at: edition.written_at,
            by: edition
                .written_by
                .and_then(|by| names.get(&by).cloned())
                .unwrap_or_default(),
            withdrawn: words.is_none(),
            subject: words.as_ref().map(|words| words.subject.clone()).unwrap_or_default(),
            body: words.map(|words| words.body).unwrap_or_default(),
            agreed: agreed.unwrap_or_default(),
        }
    };
    Ok(editions.into_iter().map(line).collect())
}

/// With whom, when and where it is written, in a line.
fn told(frame: &Frame, agreed: &Agreed) -> String {
    let with = frame.t2(
        "notice-agreed-line",
        "with",
        agreed.with.as_str(),
        "on",
        agreed.on.as_str(),
    );
    format!("{with} · {}", agreed.reference)
}

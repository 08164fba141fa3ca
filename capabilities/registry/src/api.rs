//! Sources by the API: set up, loaded, tried.

use crate::{
    Directory, Entry, KindName, RegistryField, RegistrySource, SourceKind, SourceText, SourceView, add_source,
    alter_source, load_file, look_up,
};
use axum::Json;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::StatusCode;
use axum::http::header::{ETAG, LOCATION};
use axum::response::{IntoResponse, Response};
use configuration::Area;
use kernel::{Outcome, Refusal, RefusalKind, Uuid};
use people::{Act, Actor, Address, Signed};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::{Loaded, Store};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{ApiBody, ApiError, ApiPath, App, ChangeRefused, IdempotencyKey, IfMatch, Page, ReadNote, ReadRefused, etag};

/// Largest file, in bytes.
pub(crate) const LARGEST: usize = 32 << 20;

/// The routes, under `/api/v1`.
pub(crate) fn routes() -> OpenApiRouter<App> {
    let files = OpenApiRouter::new()
        .routes(routes!(load))
        .layer(DefaultBodyLimit::max(LARGEST));
    OpenApiRouter::new()
        .routes(routes!(list_sources, new_source))
        .routes(routes!(get_source, change_source))
        .routes(routes!(try_source))
        .merge(files)
}

/// What a source is to say of itself, whole.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct SourceBody {
    /// Name.
    #[schema(min_length = 1, max_length = 120)]
    name: String,
    /// What kind of source it is.
    kind: KindName,
    /// Of a directory: `ldap://` or `ldaps://`.
    url: String,
    /// Of a directory: where to look for people.
    base: String,
    /// Of a directory: what they must be besides, in brackets.
    filter: String,
    /// Of a directory: who asks.
    bind_dn: String,
    /// Of a directory: the name under which the surroundings have its password.
    secret: String,
    /// Which attribute or column has what.
    mapping: BTreeMap<RegistryField, String>,
}

impl From<SourceBody> for SourceText {
    fn from(body: SourceBody) -> Self {
        let place = match body.kind {
            KindName::File => SourceKind::File,
            KindName::Directory => SourceKind::Directory(Directory {
                url: body.url,
                base: body.base,
                filter: body.filter,
                bind_dn: body.bind_dn,
                secret: body.secret,
            }),
        };
        Self {
            name: body.name,
            place,
            mapping: body.mapping,
        }
    }
}

/// A source to be added.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewSource {
    /// The area, by identity, code or name; left out, all areas.
    #[serde(default)]
    area: Option<String>,
    /// What it is to say of itself.
    text: SourceBody,
}

/// What is to be otherwise about a source.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangedSource {
    /// What it says of itself from now on, whole; left out, as it was.
    text: Option<SourceBody>,
    /// Whether it is asked; left out, as it was.
    active: Option<bool>,
}

/// Somebody to be looked up.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct TrialBody {
    /// Key in the registry.
    external_id: Option<String>,
    /// Personal identification number.
    pin: Option<String>,
    /// E-mail address.
    email: Option<String>,
    /// Telephone.
    phone: Option<String>,
}

impl TrialBody {
    fn known(self) -> Vec<(RegistryField, String)> {
        let values = [self.external_id, self.pin, self.email, self.phone];
        let pairs = RegistryField::KEYS.into_iter().zip(values);
        pairs.filter_map(|(field, value)| Some((field, value?))).collect()
    }
}

/// What came of looking somebody up.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Trial {
    /// What the source knows of them; nothing where it knows nobody, or several.
    entry: Option<Entry>,
}

/// The sources of one's areas, those that are closed too.
#[utoipa::path(
    get, path = "/registries", tag = "registries",
    responses((status = 200, description = "All of them", body = Page<SourceView>), ReadRefused)
)]
async fn list_sources(State(app): State<App>, Signed(actor): Signed) -> Result<Json<Page<SourceView>>, ApiError> {
    actor.allow_any(Act::Configure)?;
    let all = app.store.all::<RegistrySource>().await?;
    let mine = all.iter().filter(|source| actor.works_in(source.state.area));
    Ok(Json(Page {
        items: mine.map(SourceView::of).collect(),
        next: None,
    }))
}

/// Adds a source.
#[utoipa::path(
    post, path = "/registries", tag = "registries", request_body = NewSource, params(IdempotencyKey),
    responses((status = 201, description = "Added", body = SourceView), ChangeRefused)
)]
async fn new_source(
    State(app): State<App>,
    Signed(actor): Signed,
    key: IdempotencyKey,
    body: ApiBody<NewSource>,
) -> Result<Response, ApiError> {
    actor.allow_any(Act::Configure)?;
    let once = key.bound(actor.person, &[b"registries", &body.raw]);
    let area = match &body.value.area {
        Some(named) => Some(area_named(&app.store, named).await?),
        None => None,
    };
    let source = add_source(&app.store, &actor, area, body.value.text.into(), once).await?;
    let location = [(LOCATION, format!("/api/v1/registries/{}", source.id))];
    Ok((StatusCode::CREATED, location, told(source)).into_response())
}

/// A source.
#[utoipa::path(
    get, path = "/registries/{registry}", tag = "registries", params(("registry" = Uuid, Path, description = "Identity")),
    responses((status = 200, description = "The source", body = SourceView), ReadRefused)
)]
async fn get_source(
    State(app): State<App>,
    Signed(actor): Signed,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<Response, ApiError> {
    Ok(told(SourceView::of(&source_of(&app.store, &actor, id).await?)))
}

/// Changes how a source is reached and read, closes it or opens it again.
#[utoipa::path(
    patch, path = "/registries/{registry}", tag = "registries", request_body = ChangedSource,
    params(("registry" = Uuid, Path, description = "Identity"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant")),
    responses((status = 200, description = "Done: the source as it is now", body = SourceView), ChangeRefused)
)]
async fn change_source(
    State(app): State<App>,
    Signed(actor): Signed,
    if_match: IfMatch,
    ApiPath(id): ApiPath<Uuid>,
    body: ApiBody<ChangedSource>,
) -> Result<Response, ApiError> {
    actor.allow_any(Act::Configure)?;
    let ChangedSource { text, active } = body.value;
    if text.is_none() && active.is_none() {
        return Err(Refusal::field("text", "field-required").into());
    }
    let change = (text.map(SourceText::from), active);
    Ok(told(alter_source(&app.store, &actor, id, change, if_match).await?))
}

/// Loads a CSV file: its people take the place of those loaded before. Only the columns of the mapping are kept.
#[utoipa::path(
    post, path = "/registries/{registry}/file", tag = "registries",
    request_body(content = String, content_type = "text/csv", description = "The file, in UTF-8"),
    params(("registry" = Uuid, Path, description = "Identity")),
    responses((status = 200, description = "Loaded: the source as it is now", body = SourceView), ChangeRefused)
)]
async fn load(
    State(app): State<App>,
    Signed(actor): Signed,
    ApiPath(id): ApiPath<Uuid>,
    file: Result<Bytes, axum::extract::rejection::BytesRejection>,
) -> Result<Response, ApiError> {
    actor.allow_any(Act::Configure)?;
    let large = |_| Refusal::new(RefusalKind::TooLarge, "body_too_large", "refusal-body-too-large");
    let file = file.map_err(large)?;
    Ok(told(load_file(&app.store, &actor, id, &file).await?))
}

/// Looks somebody up in a source; nothing is kept, and that it was read is noted.
#[utoipa::path(
    post, path = "/registries/{registry}/trial", tag = "registries", request_body = TrialBody,
    params(("registry" = Uuid, Path, description = "Identity")),
    responses((status = 200, description = "What it says", body = Trial), ChangeRefused)
)]
async fn try_source(
    State(app): State<App>,
    Signed(actor): Signed,
    Address(address): Address,
    ApiPath(id): ApiPath<Uuid>,
    body: ApiBody<TrialBody>,
) -> Result<Json<Trial>, ApiError> {
    let source = source_of(&app.store, &actor, id).await?;
    let entry = tried(&app, &source, &body.value.known()).await?;
    app.reads.note(ReadNote {
        person: actor.person,
        what: "search",
        record: Some(id),
        at: app.store.clock().now(),
        address,
    });
    Ok(Json(Trial { entry }))
}

/// What a source says of somebody; that a directory does not answer is told in words.
pub(crate) async fn tried(
    app: &App,
    source: &Loaded<RegistrySource>,
    known: &[(RegistryField, String)],
) -> Outcome<Option<Entry>> {
    match look_up(&app.store, source, known).await {
        Err(kernel::Error::Failed(cause)) => {
            let told = Refusal::new(RefusalKind::Conflict, "no_answer", "registry-refusal-no-answer");
            Err(told.with("why", format!("{cause:#}")).into())
        }
        other => other,
    }
}

/// A source of one's areas, for whoever sets things up.
pub(crate) async fn source_of(store: &Store, actor: &Actor, id: Uuid) -> Outcome<Loaded<RegistrySource>> {
    actor.allow_any(Act::Configure)?;
    let all = store.all::<RegistrySource>().await?;
    let mine = |source: &&Loaded<RegistrySource>| source.id == id && actor.works_in(source.state.area);
    let found = all.iter().find(mine).cloned();
    found.ok_or_else(|| Refusal::not_found().into())
}

fn told(source: SourceView) -> Response {
    ([(ETAG, etag(source.version))], Json(source)).into_response()
}

async fn area_named(store: &Store, named: &str) -> Outcome<Uuid> {
    let all = store.all::<Area>().await?;
    let found = Area::named(&all, named).map(|area| area.id);
    found.ok_or_else(|| Refusal::field("area", "field-not-found").into())
}

//! A visit: somebody looks at a page. Who they are, and the frame around what they see.

use crate::{Act, Actor, SignedPage};
use axum::extract::FromRequestParts;
use axum::http::header::{COOKIE, HOST};
use axum::http::request::Parts;
use axum::response::Response;
use i18n::Language;
use kernel::Uuid;
use std::net::IpAddr;
use std::sync::Arc;
use ui::{Banner, Frame, NavigationItem, Theme, Viewer};
use web::{App, Audience, Place};

/// Where a ticket is opened for whoever calls: from any page.
const COUNTER: &str = "/tickets/new";

/// Somebody who is signed in and looks at a page.
pub struct Visit {
    /// Who.
    pub actor: Arc<Actor>,
    /// The frame, in the person's language, with their navigation; the handler gives it a title and a layout.
    pub frame: Frame,
}

impl FromRequestParts<App> for Visit {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let SignedPage(actor) = SignedPage::from_request_parts(parts, app).await?;
        let upto = app.live.upto();
        let mut frame = plain_frame(app, parts).await;
        frame.live = Some(upto);
        let mut viewer = Viewer::new(&actor.name, role_name(frame.language, &actor));
        viewer.presences = crate::presence::presences(app, &actor).await;
        frame.viewer = Some(viewer);
        if actor.opens_for_others() {
            COUNTER.clone_into(&mut frame.paths.counter);
        }
        frame.navigation = navigation(app, &actor, frame.language, parts.uri.path());
        let notices = crate::notice::notices(app, &actor, &frame).await;
        frame.banners.extend(notices);
        Ok(Self { actor, frame })
    }
}

/// Somebody who looks at a page without being signed in.
pub struct Guest(pub Frame);

impl FromRequestParts<App> for Guest {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        Ok(Self(plain_frame(app, parts).await))
    }
}

/// The frame without a person: organisation, theme, banners, now.
async fn plain_frame(app: &App, parts: &Parts) -> Frame {
    let language = web::language();
    let mut frame = Frame::new(language, "");
    frame.organisation = organisation(app).await;
    frame.theme = Theme::from_code(cookie(parts, "theme").unwrap_or_default());
    frame.panes = Frame::panes_of(cookie(parts, "panes").unwrap_or_default());
    frame.paths.declaration = declaration(app).await;
    frame.now = app.store.clock().now();
    frame.once = Uuid::now_v7().simple().to_string();
    if app.settings.demo {
        frame.banners.push(Banner::info(
            language.text("people-banner-demo"),
            language.text("people-banner-demo-text"),
        ));
    }
    if app.store.clock().is_moved() {
        let text = language.instant(frame.now, &frame.zone);
        frame
            .banners
            .push(Banner::warning(language.text("people-banner-clock"), text));
    }
    if !app.settings.secure && !is_this_machine(parts) {
        frame.banners.push(Banner::warning(
            language.text("people-banner-bare"),
            language.text("people-banner-bare-text"),
        ));
    }
    frame
}

/// The organisation's name: as set up, else as the settings say. A page without it is better than none.
async fn organisation(app: &App) -> String {
    match crate::organisation(&app.store).await {
        Ok(Some(name)) => name,
        Ok(None) | Err(_) => app.settings.organisation.clone(),
    }
}

/// The address of the accessibility declaration. A page without it is better than none.
async fn declaration(app: &App) -> String {
    let accessibility = configuration::Accessibility::now(&app.store).await;
    accessibility.map_or_else(|_| String::new(), |accessibility| accessibility.declaration)
}

/// True when the browser runs on the machine of the server: nothing travels then.
fn is_this_machine(parts: &Parts) -> bool {
    let host = parts
        .headers
        .get(HOST)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let name = host
        .rsplit_once(':')
        .filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit()))
        .map_or(host, |(name, _)| name);
    let name = name.trim_matches(['[', ']']);
    name == "localhost" || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn cookie<'p>(parts: &'p Parts, name: &str) -> Option<&'p str> {
    let cookies = parts
        .headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok());
    cookies
        .flat_map(|line| line.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}

fn role_name(language: Language, actor: &Actor) -> String {
    let highest = actor
        .roles
        .iter()
        .find(|grant| grant.role != crate::Role::Requester)
        .or(actor.roles.first());
    highest.map_or_else(String::new, |grant| {
        language.text(&format!("people-role-{}", grant.role.code().replace('_', "-")))
    })
}

fn navigation(app: &App, actor: &Actor, language: Language, path: &str) -> Vec<NavigationItem> {
    let mine = app.places.iter().filter(|place| is_for(place, actor));
    mine.map(|place| NavigationItem {
        href: place.href.to_owned(),
        label: language.text(place.label),
        icon: place.icon,
        active: path == place.href || (place.href != "/" && path.starts_with(&format!("{}/", place.href))),
        badge: 0,
        key: place.key,
        last: place.audience == Audience::Configurers,
    })
    .collect()
}

fn is_for(place: &Place, actor: &Actor) -> bool {
    match place.audience {
        Audience::Everybody => true,
        Audience::Staff => actor.is_staff(),
        Audience::Requesters => !actor.is_staff(),
        Audience::Configurers => {
            !actor.scope(Act::Configure).is_nothing() || !actor.scope(Act::ManagePeople).is_nothing()
        }
    }
}

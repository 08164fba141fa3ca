//! What surrounds a page: who reads, where they are, and how they want to see it.
//!
//! A page's view holds a [`Frame`] in a field named `frame`; the frame templates and every component that says words read
//! it from there.

use i18n::{Arg, Language, TimeZone};
use kernel::Instant;
use serde::{Deserialize, Serialize};

use crate::components::{Choice, Link};
use crate::{asset, components::initials};

/// Steps of twenty pixels in which panes are made wider, from 240.
pub const PANE_STEPS: u8 = 20;

/// The surroundings of one page for one reader.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The language the page is written in.
    pub language: Language,
    /// The page's title in the browser, without the product's name.
    pub title: String,
    /// The organisation's name.
    pub organisation: String,
    /// Who is signed in.
    pub viewer: Option<Viewer>,
    /// Places one can go, in order.
    pub navigation: Vec<NavigationItem>,
    /// Service areas to switch between; the switch shows when there are any.
    pub areas: Vec<Area>,
    /// Notices across the top of every page.
    pub banners: Vec<Banner>,
    /// Light, dark or as the device says.
    pub theme: Theme,
    /// Which panes the console shows.
    pub layout: Layout,
    /// Where a narrow screen goes back to.
    pub back: Option<Link>,
    /// Now, for "ieri 16:40".
    pub now: Instant,
    /// The reader's time zone.
    pub zone: TimeZone,
    /// Addresses the frame itself needs.
    pub paths: Paths,
    /// Which widths the panes of the console have, as somebody drew them: steps of the queue and of the facts, 0 for the usual.
    pub panes: (u8, u8),
    /// How far the journal is shown here: from there on changes are told live. Nothing where nothing is live.
    pub live: Option<i64>,
    /// Calls that the viewer has half typed and left.
    pub calls: u64,
    /// The key under which a form of this page does what it asks for once, however often it is sent.
    pub once: String,
}

impl Frame {
    /// A page with this title, everything else still empty: the host fills in the rest.
    pub fn new(language: Language, title: impl Into<String>) -> Frame {
        Frame {
            language,
            title: title.into(),
            organisation: String::new(),
            viewer: None,
            navigation: Vec::new(),
            areas: Vec::new(),
            banners: Vec::new(),
            theme: Theme::default(),
            layout: Layout::default(),
            back: None,
            now: Instant::from_millis(0),
            zone: i18n::default_zone(),
            paths: Paths::default(),
            panes: (0, 0),
            live: None,
            calls: 0,
            once: String::new(),
        }
    }

    /// The same frame around a page of this title.
    #[must_use]
    pub fn titled(mut self, title: impl Into<String>) -> Frame {
        self.title = title.into();
        self
    }

    /// The same frame with these panes.
    #[must_use]
    pub fn layout(mut self, layout: Layout) -> Frame {
        self.layout = layout;
        self
    }

    /// The same frame with a way back for narrow screens.
    #[must_use]
    pub fn back_to(mut self, href: impl Into<String>, label: impl Into<String>) -> Frame {
        self.back = Some(Link::new(href, label));
        self
    }

    /// A text.
    pub fn t(&self, key: &str) -> String {
        self.language.text(key)
    }

    /// A text with a number in it, as `{ $n }`.
    pub fn tn<'a>(&self, key: &str, n: impl Into<Arg<'a>>) -> String {
        self.language.text_with(key, &[("n", n.into())])
    }

    /// A text with one value in it.
    pub fn t1<'a>(&self, key: &str, name: &str, value: impl Into<Arg<'a>>) -> String {
        self.language.text_with(key, &[(name, value.into())])
    }

    /// A text with two values in it.
    pub fn t2<'a, 'b>(
        &self,
        key: &str,
        one: &str,
        first: impl Into<Arg<'a>>,
        two: &str,
        second: impl Into<Arg<'b>>,
    ) -> String {
        self.language
            .text_with(key, &[(one, first.into()), (two, second.into())])
    }

    /// The address of an asset by its plain name.
    pub fn asset(&self, name: &str) -> &'static str {
        asset(name)
    }

    /// An instant as said from here and now: `9:12`, `ieri 16:40`.
    pub fn when(&self, at: &Instant) -> String {
        self.language.when(*at, self.now, &self.zone)
    }

    /// An instant in full: `22/11/2026 14:05`.
    pub fn instant(&self, at: &Instant) -> String {
        self.language.instant(*at, &self.zone)
    }

    /// An instant for the `datetime` of a `<time>`.
    pub fn machine(&self, at: &Instant) -> String {
        self.language.machine(*at)
    }

    /// The width of a pane by its step, from the cookie `panes`: `3-12`; anything else is the usual.
    pub fn panes_of(cookie: &str) -> (u8, u8) {
        let step = |text: &str| text.parse::<u8>().ok().filter(|step| *step <= PANE_STEPS);
        let pair = cookie.split_once('-').map(|(queue, facts)| (step(queue), step(facts)));
        match pair {
            Some((Some(queue), Some(facts))) => (queue, facts),
            _ => (0, 0),
        }
    }

    /// Whether the queue is shown; asked by `console.html`.
    pub fn has_queue(&self) -> bool {
        self.layout != Layout::Page
    }

    /// Whether the facts beside the record are shown; asked by `console.html`.
    pub fn has_side(&self) -> bool {
        self.layout == Layout::Desk
    }

    /// Whether the page is the queue itself, with nothing open; asked by `console.html`.
    pub fn is_list(&self) -> bool {
        self.layout == Layout::List
    }

    /// The area on screen.
    pub fn area(&self) -> Option<&Area> {
        self.areas.iter().find(|area| area.current)
    }
}

/// Who is signed in.
#[derive(Clone, Debug)]
pub struct Viewer {
    /// First name and family name.
    pub name: String,
    /// Two letters for the round badge.
    pub initials: String,
    /// What the person is here, in words; may be empty.
    pub role: String,
    /// What they can say of being there for work, what they are chosen; nothing where nobody asks.
    pub presences: Vec<Choice>,
}

impl Viewer {
    /// A viewer whose initials follow from the name.
    pub fn new(name: impl Into<String>, role: impl Into<String>) -> Viewer {
        let name = name.into();
        Viewer {
            initials: initials(&name),
            name,
            role: role.into(),
            presences: Vec::new(),
        }
    }

    /// What they are by now, where somebody asks.
    pub fn presence(&self) -> Option<&Choice> {
        self.presences.iter().find(|presence| presence.chosen)
    }
}

/// A place in the rail of the console or in the header of the portal.
#[derive(Clone, Debug, Default)]
pub struct NavigationItem {
    /// Where it leads.
    pub href: String,
    /// Its name, already in the reader's language.
    pub label: String,
    /// An icon of the sprite.
    pub icon: &'static str,
    /// Whether the page is in this place.
    pub active: bool,
    /// How much waits there; nothing when zero.
    pub badge: u64,
    /// Its key, for example `g q`; empty for none.
    pub key: &'static str,
    /// Whether it stands at the rail's end, with settings and help.
    pub last: bool,
}

/// A service area one can switch to.
#[derive(Clone, Debug)]
pub struct Area {
    /// Its name.
    pub name: String,
    /// The address that switches to it.
    pub href: String,
    /// Whether it is the one on screen.
    pub current: bool,
}

/// A notice across the top: the demonstration, a moved clock, a known outage.
#[derive(Clone, Debug)]
pub struct Banner {
    /// `info`, `warning` or `danger`.
    pub tone: &'static str,
    /// What it is, in a word or two.
    pub title: String,
    /// The sentence.
    pub text: String,
    /// Where to read on.
    pub link: Option<Link>,
}

impl Banner {
    /// A calm banner without a link.
    pub fn info(title: impl Into<String>, text: impl Into<String>) -> Banner {
        Banner {
            tone: "info",
            title: title.into(),
            text: text.into(),
            link: None,
        }
    }

    /// A banner that asks for attention.
    pub fn warning(title: impl Into<String>, text: impl Into<String>) -> Banner {
        Banner {
            tone: "warning",
            title: title.into(),
            text: text.into(),
            link: None,
        }
    }
}

/// Light, dark, or as the device says. The browser keeps the choice in a cookie named `theme`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the device says.
    #[default]
    Auto,
    /// Light.
    Light,
    /// Dark.
    Dark,
    /// Black on white, with every edge drawn.
    Contrast,
}

impl Theme {
    /// All of them, for the menu.
    pub const ALL: [Theme; 4] = [Theme::Auto, Theme::Light, Theme::Dark, Theme::Contrast];

    /// The value of the cookie and of the page's attribute.
    pub fn code(self) -> &'static str {
        match self {
            Theme::Auto => "auto",
            Theme::Light => "light",
            Theme::Dark => "dark",
            Theme::Contrast => "contrast",
        }
    }

    /// From the value of the cookie; anything unknown is [`Theme::Auto`].
    pub fn from_code(code: &str) -> Theme {
        Theme::ALL
            .into_iter()
            .find(|theme| theme.code() == code)
            .unwrap_or_default()
    }

    /// The key of the theme's name.
    pub fn text_key(&self) -> &'static str {
        match self {
            Theme::Auto => "ui-theme-auto",
            Theme::Light => "ui-theme-light",
            Theme::Dark => "ui-theme-dark",
            Theme::Contrast => "ui-theme-contrast",
        }
    }

    /// Whether this is the theme chosen.
    pub fn is(&self, other: &Theme) -> bool {
        self == other
    }
}

/// Which panes the console shows. On a narrow screen one pane remains: the queue for [`Layout::List`], otherwise `main`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// `main` alone.
    #[default]
    Page,
    /// `queue` and `main`, where `main` is what to read while nothing is open.
    List,
    /// `queue`, `main` and `side`: a record is open.
    Desk,
}

impl Layout {
    /// The name of the layout in the page's classes.
    pub fn code(&self) -> &'static str {
        match self {
            Layout::Page => "page",
            Layout::List => "list",
            Layout::Desk => "desk",
        }
    }
}

/// Addresses the frame itself needs.
#[derive(Clone, Debug)]
pub struct Paths {
    /// The first page.
    pub home: String,
    /// Where the search field leads (`GET`, field `q`).
    pub search: String,
    /// The viewer's own page.
    pub profile: String,
    /// Where `POST` says whether the viewer is there for work.
    pub presence: String,
    /// Where `POST` ends the session.
    pub sign_out: String,
    /// Where `GET ?to=en` changes the language and comes back.
    pub language: String,
    /// What is said about accessibility, and whom one tells of a barrier.
    pub accessibility: String,
    /// The accessibility declaration that the law asks for; empty where there is none.
    pub declaration: String,
    /// The next ticket by risk; empty hides it.
    pub next: String,
    /// Where a ticket is opened for whoever calls; empty for those who may not.
    pub counter: String,
}

impl Default for Paths {
    fn default() -> Self {
        Paths {
            home: "/".into(),
            search: "/search".into(),
            profile: "/profile".into(),
            presence: "/presence".into(),
            sign_out: "/sign-out".into(),
            language: "/language".into(),
            accessibility: "/accessibility".into(),
            declaration: String::new(),
            next: "/tickets/next".into(),
            counter: String::new(),
        }
    }
}

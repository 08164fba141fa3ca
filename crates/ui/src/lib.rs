//! The look of every page.
//!
//! Capabilities write their own pages; this crate gives them the frame around it ([`Frame`] and the templates
//! `console.html`, `portal.html`, `plain.html`), components as askama macros, and the styles, fonts, icons and small
//! scripts behind them. How to make a page is told in the crate's README.

// Templates name this crate's functions as capabilities do, also inside the crate itself.
extern crate self as ui;

mod assets;
mod components;
mod form;
mod frame;
mod part;

pub use assets::{asset, asset_text, routes};
pub use components::{Choice, Link, Phase, Segment, initials, key_cap, palette, priority_name, priority_outline};
pub use form::Errors;
pub use frame::{Area, Banner, Frame, Layout, NavigationItem, Paths, Theme, Viewer};
pub use kernel::Instant;
pub use part::{
    Button, CheckBox, Field, LinkButton, Radios, Select, Summary, TextArea, button, checkbox, field, link_button,
    radios, select, summary, textarea,
};
pub use part::{
    ConsoleEnd, ConsoleFoot, ConsoleHead, ConsoleMain, ConsoleQueueEdge, ConsoleRail, PortalFoot, PortalHead,
};

/// The texts of frames and components.
pub fn sources() -> i18n::Source {
    i18n::Source {
        it: include_str!("../locales/it.ftl"),
        en: include_str!("../locales/en.ftl"),
    }
}

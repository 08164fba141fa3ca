//! Knowledge: articles the desk writes down once, and guides that requesters read before they ask.
//!
//! An article is a record: a draft, published, withdrawn, each step an event, its words content that can be erased. What
//! is published and public is a guide on the portal; everything else is the desk's own.

mod api;
mod article;
mod commands;
mod find;
pub mod markup;
mod migrations;
mod pages;
mod row;
mod suggest;
mod view;

pub use article::{Article, ArticleEvent, ArticleState, Audience, Text};
pub use commands::{Writing, edit, judge, set_state, write};
pub use find::{Shelf, find, list};
pub use row::{ArticleRow, article_row};
pub use view::{ArticleLine, ArticleView, Voices, article, voices};

use record::SuggestionSource;
use std::sync::Arc;

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
        name: "knowledge",
        migrations: migrations::MIGRATIONS,
        texts: Some(texts()),
        api: Some(api::routes),
        pages: Some(pages::routes),
        places: pages::places(),
        records: vec![store::record_kind::<Article>()],
        slots: vec![Arc::new(SuggestionSource(|app, sought| {
            Box::pin(suggest::guides(app, sought))
        }))],
        ..host::Capability::default()
    }
}

//! Journeys, told in both languages and on both screens.

use testkit::browser::{Browser, Screen};

use crate::visit::Visit;

/// Writes journeys once and tells them twice, as `what_they_show::italian_at_a_desk` and `english_on_a_phone`; the two
/// other pairs of language and screen are told when asked for.
///
/// Journeys under one name follow each other in one window: opening it takes longer than most of them.
macro_rules! everywhere {
    ($(#[$only:meta])* $fact:ident: $(async fn $name:ident($visit:ident: &Visit) -> anyhow::Result<()> $body:block)+) => {
        mod $fact {
            #[allow(unused_imports, reason = "a journey takes from its file what it needs")]
            use super::*;

            $(async fn $name($visit: &crate::visit::Visit) -> anyhow::Result<()> $body)+

            async fn journeys(visit: &crate::visit::Visit) -> anyhow::Result<()> {
                $(anyhow::Context::context($name(visit).await, stringify!($name))?;)+
                Ok(())
            }

            #[test]
            $(#[$only])*
            fn italian_at_a_desk() -> anyhow::Result<()> {
                crate::everywhere::tell(stringify!($fact), testkit::browser::Screen::Desk, "it", journeys)
            }

            #[test]
            #[ignore = "the other two tell the same; `cargo test -p behaviours --test browser -- --ignored` tells these"]
            fn italian_on_a_phone() -> anyhow::Result<()> {
                crate::everywhere::tell(stringify!($fact), testkit::browser::Screen::Phone, "it", journeys)
            }

            #[test]
            #[ignore = "the other two tell the same; `cargo test -p behaviours --test browser -- --ignored` tells these"]
            fn english_at_a_desk() -> anyhow::Result<()> {
                crate::everywhere::tell(stringify!($fact), testkit::browser::Screen::Desk, "en", journeys)
            }

            #[test]
            $(#[$only])*
            fn english_on_a_phone() -> anyhow::Result<()> {
                crate::everywhere::tell(stringify!($fact), testkit::browser::Screen::Phone, "en", journeys)
            }
        }
    };
}

/// Tells journeys in a window of its own; it fails when a step does, or when a page on the way was not as it should be.
pub fn tell(
    name: &str,
    screen: Screen,
    language: &'static str,
    journey: impl AsyncFnOnce(&Visit) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    testkit::block_on(async {
        let visit = Visit::new(Browser::open(screen, language).await?, screen, language, true);
        finish(name, visit, journey).await
    })
}

/// Tells a journey in a browser that runs no script.
pub fn tell_without_script(
    name: &str,
    screen: Screen,
    language: &'static str,
    journey: impl AsyncFnOnce(&Visit) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    testkit::block_on(async {
        let browser = Browser::open_without_script(screen, language).await?;
        finish(name, Visit::new(browser, screen, language, false), journey).await
    })
}

async fn finish(
    name: &str,
    visit: Visit,
    journey: impl AsyncFnOnce(&Visit) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    if let Err(error) = journey(&visit).await {
        let place = visit.place().await;
        let _ = visit
            .browser
            .picture(&visit.picture_name(&format!("failed-{name}")))
            .await;
        return Err(error.context(format!("at {place}")));
    }
    visit.leave().await
}

//! The gallery's pages, rendered in both languages: no text is missing and the frames keep their promises.

#[path = "../examples/gallery/views.rs"]
mod views;

use askama::Template;
use i18n::Language;
use ui::Theme;

fn pages(language: Language) -> [(&'static str, String); 5] {
    i18n::install(&[ui::sources()]);
    let theme = Theme::Dark;
    let page = |rendered: askama::Result<String>| rendered.expect("a page renders");
    [
        ("desk", page(views::Desk::sample(language, theme).render())),
        ("list", page(views::List::sample(language, theme).render())),
        ("forms", page(views::Forms::sample(language, theme).render())),
        ("home", page(views::Home::sample(language, theme).render())),
        ("sign in", page(views::SignIn::sample(language, theme).render())),
    ]
}

#[test]
fn texts_are_the_same_in_both_languages() {
    assert_eq!(i18n::check(&[ui::sources()]), Vec::<String>::new());
}

#[test]
fn no_text_is_missing() {
    for language in Language::ALL {
        for (name, page) in pages(language) {
            assert!(
                !page.contains('⟦'),
                "{name} in {language}: {}",
                page.split('⟦').nth(1).unwrap_or_default()
            );
        }
    }
}

#[test]
fn every_page_has_one_heading_and_a_way_to_the_content() {
    for (name, page) in pages(Language::It) {
        assert_eq!(page.matches("<h1").count(), 1, "{name}");
        assert!(
            page.contains("<div class=\"skip\"><a href=\"#") && page.matches("<main").count() == 1,
            "{name}"
        );
        assert!(page.contains("<html lang=\"it\" data-theme=\"dark\">"), "{name}");
    }
}

#[test]
fn the_strict_policy_holds() {
    for (name, page) in pages(Language::En) {
        for forbidden in [" style=", "<style", "onclick=", "javascript:", "<script>"] {
            assert!(!page.contains(forbidden), "{name}: {forbidden}");
        }
    }
}

#[test]
fn what_people_write_is_escaped() {
    let errors = {
        let mut errors = ui::Errors::default();
        errors.add("subject", "<script>");
        errors
    };
    assert_eq!(errors.of("subject"), "<script>");
    let page = views::SignIn::sample(Language::It, Theme::Auto)
        .render()
        .expect("a page renders");
    assert!(!page.contains("<script>"));
}

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

/// So that what is said of the gallery's pages below is said of every component.
#[test]
fn every_component_is_shown_in_the_gallery() {
    let here = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |folder: &str| {
        let files = std::fs::read_dir(here.join(folder)).expect("a folder of templates");
        let text = |entry: std::io::Result<std::fs::DirEntry>| std::fs::read_to_string(entry.expect("an entry").path());
        files.map(|entry| text(entry).expect("a template")).collect::<String>()
    };
    let (components, gallery) = (read("templates/components"), read("examples/gallery/templates"));
    let names: Vec<&str> = components
        .split("{%- macro ")
        .skip(1)
        .filter_map(|after| after.split('(').next())
        .collect();
    assert!(names.len() > 30, "{names:?}");
    for name in names {
        let within = components.matches(&format!("{{{{ {name}(")).count();
        let shown = [format!("::{name}("), format!("{{% call {name}(")]
            .iter()
            .any(|call| gallery.contains(call));
        assert!(shown || within > 0, "{name} is shown nowhere");
    }
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

/// Components with something in them that wants to be more than words.
#[derive(Template)]
#[template(
    ext = "html",
    config = "examples/gallery/askama.toml",
    source = r#"{% import "components/forms.html" as forms %}{% import "components/show.html" as show %}
{%- import "components/ticket.html" as tickets -%}
{{ forms::summary(frame, errors) }}{{ forms::field(frame, "a", words, value=words, help=words, error=words, placeholder=words) }}
{{ forms::textarea(frame, "b", words, value=words) }}{{ forms::select(frame, "c", words, choices, none=words) }}
{{ forms::radios(frame, "d", words, choices) }}{{ forms::checkbox(frame, "e", words) }}{{ forms::button(words) }}
{{ show::avatar(words) }}{{ show::tag(words) }}{{ show::chip("/", words) }}{{ show::pair(words, words) }}
{{ tickets::attachment("/", words, words) }}{% call tickets::message(frame, words, at, to=words) %}{{ words }}{% endcall %}
{% call tickets::row(frame, "/", 3, words, "SR-2026-000001", words, "ok", 10, words) %}{{ words }}{% endcall %}"#
)]
struct Hostile {
    frame: ui::Frame,
    errors: ui::Errors,
    choices: Vec<ui::Choice>,
    words: &'static str,
    at: ui::Instant,
}

#[test]
fn what_people_write_is_escaped() {
    let words = r#"</textarea></select>"'><script>alert(1)</script><img src=x onerror=alert(1)>"#;
    let mut errors = ui::Errors::default();
    errors.add("a", words);
    i18n::install(&[ui::sources()]);
    let page = Hostile {
        frame: ui::Frame::new(Language::It, words),
        errors,
        choices: vec![ui::Choice::new(words, words, words)],
        words,
        at: ui::Instant::from_millis(0),
    };
    let page = page.render().expect("a page renders");
    for live in ["<script", "<img", "\"'>", "</select></textarea>", words] {
        assert!(!page.contains(live), "{live} in {page}");
    }
    assert!(
        page.matches("alert(1)").count() > 40,
        "the words themselves are there, as words"
    );
}

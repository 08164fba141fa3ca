//! The form of a mail: its subject with the number, its words as text and as HTML.

use askama::Template;

/// A mail as HTML: paragraphs, and links that can be followed.
#[derive(Template)]
#[template(path = "notice/mail.html")]
struct Html<'a> {
    language: &'a str,
    subject: &'a str,
    paragraphs: Vec<Vec<Line<'a>>>,
}

/// A line in pieces.
type Line<'a> = Vec<Piece<'a>>;

/// A piece of a line: words, or an address.
struct Piece<'a> {
    text: &'a str,
    is_address: bool,
}

/// The words as HTML; whatever they contain is shown, not obeyed.
pub(crate) fn html(language: &str, subject: &str, text: &str) -> String {
    let paragraphs = text.split("\n\n").filter(|part| !part.trim().is_empty());
    let html = Html {
        language,
        subject,
        paragraphs: paragraphs.map(|part| part.lines().map(pieces).collect()).collect(),
    };
    html.render().unwrap_or_default()
}

fn pieces(line: &str) -> Line<'_> {
    let words = line.split_inclusive(' ');
    let piece = |text| Piece {
        text,
        is_address: is_address(text),
    };
    words.map(piece).collect()
}

fn is_address(word: &str) -> bool {
    let word = word.trim();
    word.starts_with("https://") || word.starts_with("http://")
}

/// A subject that says which request it is about, in one line.
pub(crate) fn subject(subject: &str, number: &str) -> String {
    let line = subject.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.contains(number) {
        line
    } else {
        format!("[{number}] {line}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_always_names_the_request() {
        assert_eq!(subject("Ricevuta\n[SR-1]", "SR-1"), "Ricevuta [SR-1]");
        assert_eq!(subject("Ricevuta", "SR-1"), "[SR-1] Ricevuta");
    }

    #[test]
    fn html_shows_what_was_written_and_obeys_nothing() {
        let html = html(
            "it",
            "<S>",
            "Ciao <b>Rosa</b>,\nuno\n\nqui: https://x.example/a?b=\"1\" fine",
        );
        assert!(
            html.contains("Ciao &#60;b&#62;Rosa") && html.contains("&#60;S&#62;"),
            "{html}"
        );
        assert!(
            html.contains("<a href=\"https://x.example/a?b=&#34;1&#34;\">"),
            "{html}"
        );
        assert_eq!(html.matches("<p").count(), 2, "{html}");
    }
}

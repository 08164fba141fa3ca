//! The small markup of articles: paragraphs, headings, numbered steps, lists, bold, links.
//!
//! A text becomes a tree of plain values, and the page writes each of them escaped: there is no way from an article to
//! HTML of its own. What is not understood stays as it was typed.
//!
//! ```text
//! ## A heading            1. a step             - one of a list
//! **bold**                [words](https://…)    an empty line ends a paragraph
//! ```

/// A part of an article, one below the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading.
    Heading(Vec<Span>),
    /// A paragraph, line by line.
    Paragraph(Vec<Vec<Span>>),
    /// Steps, in order.
    Steps(Vec<Vec<Span>>),
    /// A list without an order.
    List(Vec<Vec<Span>>),
}

/// A part of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Span {
    /// Words.
    Plain(String),
    /// Words that matter.
    Bold(String),
    /// Words that lead somewhere.
    Link {
        /// The words.
        words: String,
        /// Where.
        href: String,
    },
}

/// What a line is.
enum Line<'t> {
    Empty,
    Heading(&'t str),
    Step(&'t str),
    Item(&'t str),
    Words(&'t str),
}

/// Reads a text.
pub fn blocks(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut goes_on = false;
    for line in text.lines() {
        let line = read(line);
        match (&line, blocks.last_mut().filter(|_| goes_on)) {
            (Line::Empty, _) => {}
            (Line::Step(words), Some(Block::Steps(items))) | (Line::Item(words), Some(Block::List(items))) => {
                items.push(spans(words));
            }
            (Line::Words(words), Some(Block::Paragraph(lines))) => lines.push(spans(words)),
            (Line::Heading(words), _) => blocks.push(Block::Heading(spans(words))),
            (Line::Step(words), _) => blocks.push(Block::Steps(vec![spans(words)])),
            (Line::Item(words), _) => blocks.push(Block::List(vec![spans(words)])),
            (Line::Words(words), _) => blocks.push(Block::Paragraph(vec![spans(words)])),
        }
        // An empty line ends a paragraph, but not a list: people leave room between steps.
        let in_list = matches!(blocks.last(), Some(Block::Steps(_) | Block::List(_)));
        goes_on = !matches!(line, Line::Empty) || (in_list && goes_on);
    }
    blocks
}

fn read(line: &str) -> Line<'_> {
    let line = line.trim();
    if line.is_empty() {
        return Line::Empty;
    }
    if let Some(words) = line.strip_prefix("## ").or_else(|| line.strip_prefix("# ")) {
        return Line::Heading(words.trim());
    }
    if let Some(words) = line.strip_prefix("- ").or_else(|| line.strip_prefix("* ")) {
        return Line::Item(words.trim());
    }
    let number = line.bytes().take_while(u8::is_ascii_digit).count();
    let after = line[number..]
        .strip_prefix(". ")
        .or_else(|| line[number..].strip_prefix(") "));
    match after.filter(|_| (1..=2).contains(&number)) {
        Some(words) => Line::Step(words.trim()),
        None => Line::Words(line),
    }
}

/// The spans of a line.
fn spans(line: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut plain = String::new();
    let mut rest = line;
    while let Some(first) = rest.chars().next() {
        let found = match first {
            '*' => bold(rest),
            '[' => link(rest),
            _ => None,
        };
        let Some((span, after)) = found else {
            plain.push(first);
            rest = &rest[first.len_utf8()..];
            continue;
        };
        if !plain.is_empty() {
            spans.push(Span::Plain(std::mem::take(&mut plain)));
        }
        spans.push(span);
        rest = after;
    }
    if !plain.is_empty() {
        spans.push(Span::Plain(plain));
    }
    spans
}

fn bold(rest: &str) -> Option<(Span, &str)> {
    let (words, after) = rest.strip_prefix("**")?.split_once("**")?;
    (!words.trim().is_empty()).then(|| (Span::Bold(words.to_owned()), after))
}

fn link(rest: &str) -> Option<(Span, &str)> {
    let (words, after) = rest.strip_prefix('[')?.split_once("](")?;
    let (href, after) = after.split_once(')')?;
    let whole = !words.trim().is_empty() && !words.contains(['[', ']']) && leads_somewhere(href);
    whole.then(|| {
        let (words, href) = (words.to_owned(), href.to_owned());
        (Span::Link { words, href }, after)
    })
}

/// Addresses of the web, of mail and telephone, and of our own pages: nothing that a browser would run.
fn leads_somewhere(href: &str) -> bool {
    let known = ["https://", "http://", "mailto:", "tel:"];
    let ours = href.starts_with('/') && !href.starts_with("//") && !href.starts_with("/\\");
    let plain = !href.chars().any(|c| c.is_whitespace() || c.is_control() || c == '\\');
    plain
        && (ours
            || known
                .iter()
                .any(|start| href.len() > start.len() && href.starts_with(start)))
}

/// The words of a text without its marks: what it is found by.
pub fn words(text: &str) -> String {
    let mut words = String::new();
    let mut say = |spans: &[Span]| {
        for span in spans {
            match span {
                Span::Plain(said) | Span::Bold(said) | Span::Link { words: said, .. } => words.push_str(said),
            }
        }
        words.push('\n');
    };
    for block in blocks(text) {
        match block {
            Block::Heading(spans) => say(&spans),
            Block::Paragraph(lines) | Block::Steps(lines) | Block::List(lines) => {
                lines.iter().for_each(|line| say(line));
            }
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(words: &str) -> Vec<Span> {
        vec![Span::Plain(words.to_owned())]
    }

    #[test]
    fn paragraphs_steps_and_lists_are_told_apart() {
        let text = "Prima di iniziare:\nsalva il lavoro.\n\n## Passi\n1. Apri\n\n2) Chiudi\n\n- uno\n* due\n\nFine";
        let found = blocks(text);
        assert_eq!(
            found,
            [
                Block::Paragraph(vec![plain("Prima di iniziare:"), plain("salva il lavoro.")]),
                Block::Heading(plain("Passi")),
                Block::Steps(vec![plain("Apri"), plain("Chiudi")]),
                Block::List(vec![plain("uno"), plain("due")]),
                Block::Paragraph(vec![plain("Fine")]),
            ]
        );
    }

    #[test]
    fn bold_and_links_stand_inside_a_line() {
        let bold = Span::Bold("Invio".to_owned());
        let link = Span::Link {
            words: "qui".to_owned(),
            href: "/portal/new".to_owned(),
        };
        let expected = vec![
            Span::Plain("Premi ".to_owned()),
            bold,
            Span::Plain(" o ".to_owned()),
            link,
        ];
        assert_eq!(spans("Premi **Invio** o [qui](/portal/new)"), expected);
    }

    #[test]
    fn what_is_not_understood_stays_as_it_was_typed() {
        for line in [
            "2 * 3 * 4",
            "**",
            "****",
            "[a](b)",
            "[x](javascript:alert(1)",
            "[x](//evil.example)",
            "[x](/\\evil)",
            "[x](data:text/html,y)",
            "[](https://x)",
            "100. no",
            "<b>no</b>",
            "[x](https://a b)",
            "1.senza spazio",
        ] {
            assert_eq!(blocks(line), [Block::Paragraph(vec![plain(line)])], "{line}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_leads_where_a_browser_would_run_it(text in "[\\[\\]()*a-z:/. 1\\n#-]{0,80}") {
            for block in blocks(&text) {
                let lines = match block {
                    Block::Heading(spans) => vec![spans],
                    Block::Paragraph(lines) | Block::Steps(lines) | Block::List(lines) => lines,
                };
                for span in lines.into_iter().flatten() {
                    if let Span::Link { href, .. } = span {
                        proptest::prop_assert!(leads_somewhere(&href));
                    }
                }
            }
        }
    }
}

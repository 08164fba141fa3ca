//! Where what was looked for stands in a text: hits to be marked, an excerpt around them, phrases.
//!
//! A hit is a word of the same stem, as the index understands it. The text itself is never changed: it comes back in pieces,
//! so that whoever shows it escapes each of them and puts the marks around the hits.

use std::collections::HashSet;
use std::ops::Range;
use store::{folded, tokens};

/// Characters of an excerpt, about.
const EXCERPT: usize = 180;
/// Of these, how many stand before the first hit.
const BEFORE: usize = 50;

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The text, to be escaped.
    pub text: String,
    /// True for what was looked for.
    pub hit: bool,
}

/// The whole text, its hits apart.
pub fn marked(text: &str, words: &str) -> Vec<Piece> {
    pieces(text, &hits(text, &stems(words)))
}

/// What stands around the hits of the first text that has most of them; nothing where none has any.
pub fn excerpt<'t>(texts: impl IntoIterator<Item = &'t str>, words: &str) -> Option<Vec<Piece>> {
    let wanted = stems(words);
    let mut best: Option<(usize, &str, Vec<Range<usize>>)> = None;
    for text in texts {
        let found = hits(text, &wanted);
        let kinds: HashSet<String> = found.iter().flat_map(|hit| tokens(&text[hit.clone()])).collect();
        let kinds = kinds.intersection(&wanted).count();
        if kinds > best.as_ref().map_or(0, |(most, ..)| *most) {
            best = Some((kinds, text, found));
        }
    }
    let (_, text, found) = best?;
    let part = around(text, found.first()?.start);
    let within: Vec<Range<usize>> = found
        .into_iter()
        .filter(|hit| part.start <= hit.start && hit.end <= part.end)
        .map(|hit| hit.start - part.start..hit.end - part.start)
        .collect();
    let mut pieces = pieces(&text[part.clone()], &within);
    let plain = |text: &str| Piece {
        text: text.to_owned(),
        hit: false,
    };
    if part.start > 0 {
        pieces.insert(0, plain("… "));
    }
    if part.end < text.len() {
        pieces.push(plain(" …"));
    }
    Some(pieces)
}

/// True when a text holds these words one after the other, whatever their case, accents and the signs between them.
pub fn holds_phrase(text: &str, phrase: &str) -> bool {
    let (text, phrase) = (plain_words(text), plain_words(phrase));
    phrase.is_empty() || text.windows(phrase.len()).any(|window| window == phrase)
}

fn stems(words: &str) -> HashSet<String> {
    tokens(words).into_iter().collect()
}

fn plain_words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(folded).collect()
}

/// Places of the words that were looked for: a whole code, or a word within it.
fn hits(text: &str, wanted: &HashSet<String>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for chunk in split(text, |c| !c.is_whitespace()) {
        let within = split(&text[chunk.clone()], char::is_alphanumeric);
        let words: Vec<Range<usize>> = within
            .map(|word| chunk.start + word.start..chunk.start + word.end)
            .collect();
        let is_code = words.len() > 1 && text[chunk.clone()].contains(|c: char| c.is_ascii_digit());
        if is_code
            && tokens(&text[chunk.clone()])
                .first()
                .is_some_and(|code| wanted.contains(code))
        {
            found.push(words[0].start..words[words.len() - 1].end);
            continue;
        }
        found.extend(words.into_iter().filter(|word| {
            let stems = tokens(&text[word.clone()]);
            !stems.is_empty() && stems.iter().all(|stem| wanted.contains(stem))
        }));
    }
    found
}

/// The stretches of characters of a kind.
fn split(text: &str, wanted: impl Fn(char) -> bool) -> impl Iterator<Item = Range<usize>> {
    let mut rest = text.char_indices().peekable();
    std::iter::from_fn(move || {
        while rest.next_if(|(_, c)| !wanted(*c)).is_some() {}
        let (start, first) = rest.next()?;
        let mut end = start + first.len_utf8();
        while let Some((place, c)) = rest.next_if(|(_, c)| wanted(*c)) {
            end = place + c.len_utf8();
        }
        Some(start..end)
    })
}

fn pieces(text: &str, hits: &[Range<usize>]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut push = |text: &str, hit: bool| {
        if !text.is_empty() {
            pieces.push(Piece {
                text: text.to_owned(),
                hit,
            });
        }
    };
    let mut at = 0;
    for hit in hits {
        push(&text[at..hit.start], false);
        push(&text[hit.clone()], true);
        at = hit.end;
    }
    push(&text[at..], false);
    pieces
}

/// A part of the text around a place, from blank to blank where there is one.
fn around(text: &str, place: usize) -> Range<usize> {
    let start = text[..place]
        .char_indices()
        .rev()
        .take(BEFORE)
        .last()
        .map_or(0, |(at, _)| at);
    let start = match text[start..place].find(char::is_whitespace) {
        Some(blank) if start > 0 => start + blank + text[start + blank..].chars().next().map_or(0, char::len_utf8),
        _ => start,
    };
    let end = text[start..]
        .char_indices()
        .nth(EXCERPT)
        .map_or(text.len(), |(at, _)| start + at);
    let end = match text[place..end].rfind(char::is_whitespace) {
        Some(blank) if end < text.len() && blank > 0 => place + blank,
        _ => end,
    };
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(pieces: &[Piece]) -> String {
        let show = |piece: &Piece| {
            if piece.hit {
                format!("[{}]", piece.text)
            } else {
                piece.text.clone()
            }
        };
        pieces.iter().map(show).collect()
    }

    #[test]
    fn words_of_the_same_stem_are_marked() {
        for (text, words, expected) in [
            (
                "Le stampanti dell'ufficio",
                "stampante uffici",
                "Le [stampanti] dell'[ufficio]",
            ),
            ("Errore su prn-rag-01.", "prn-rag-01", "Errore su [prn-rag-01]."),
            ("Errore su prn-rag-01", "rag", "Errore su prn-[rag]-01"),
            ("<b>Città</b>", "citta", "<b>[Città]</b>"),
            ("niente", "altro", "niente"),
        ] {
            assert_eq!(shown(&marked(text, words)), expected);
        }
    }

    #[test]
    fn an_excerpt_stands_around_the_first_hit() {
        let long = format!(
            "{} la stampante si è fermata {}",
            "parola ".repeat(60),
            "altro ".repeat(60)
        );
        let shown = shown(&excerpt(["niente", &long], "stampanti").unwrap());
        assert!(shown.starts_with("… parola "), "{shown}");
        assert!(
            shown.contains("la [stampante] si è fermata altro") && shown.ends_with("altro …"),
            "{shown}"
        );
        assert_eq!(excerpt(["niente"], "stampanti"), None);
    }

    #[test]
    fn a_phrase_is_found_in_its_order_only() {
        for (text, phrase, held) in [
            ("La posta certificata è ferma", "Posta Certificata", true),
            ("certificata posta", "posta certificata", false),
            ("perché è così", "perche e cosi", true),
            ("posta, certificata", "posta certificata", true),
            ("postale certificata", "posta certificata", false),
            ("qualsiasi", "", true),
        ] {
            assert_eq!(holds_phrase(text, phrase), held, "{text}: {phrase}");
        }
    }

    proptest! {
        #[test]
        fn marking_changes_no_text(text in any::<String>(), words in "[a-zè ]{0,20}") {
            let whole: String = marked(&text, &words).into_iter().map(|piece| piece.text).collect();
            prop_assert_eq!(&whole, &text);
            let words = format!("{words} {text}");
            excerpt([text.as_str()], &words);
        }
    }
}

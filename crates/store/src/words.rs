//! Words: how a text becomes tokens, the same for what is kept and for what is asked.
//!
//! Lower case, elisions split (`dell'ufficio`), accents folded, very common words left out, Snowball stems, and codes
//! (`prn-rag-01`, `SR-2026-000123`, `503`) kept whole. Both databases index these tokens, so both answer alike.
//!
//! Italian words end in a vowel and most English ones do not. So a word that ends otherwise gives up its English ending
//! first (`printers`, `failed`), and then what remains is treated like every other: `errors`, `error` and `errore` meet.

use rust_stemmers::{Algorithm, Stemmer};
use std::sync::OnceLock;

/// Tokens of a text as one line, separated by blanks: letters, digits and underscores only.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words(pub String);

impl Words {
    /// The tokens of a text.
    pub fn of(text: &str) -> Self {
        Self(tokens(text).join(" "))
    }
}

/// Longest text that is indexed, in bytes: a log pasted into a message adds nothing after that.
const MOST: usize = 64 * 1024;
/// Longest token kept.
const LONGEST: usize = 40;

/// Words so common that they find nothing.
const COMMON: [&str; 76] = [
    "a", "ad", "al", "alla", "alle", "ai", "agli", "allo", "anche", "che", "chi", "ci", "come", "con", "cui", "da",
    "dal", "dalla", "dalle", "dai", "dei", "del", "della", "delle", "dello", "degli", "di", "e", "ed", "gli", "ha",
    "hai", "ho", "i", "il", "in", "io", "la", "le", "lo", "ma", "mi", "ne", "nei", "nel", "nella", "nelle", "non", "o",
    "per", "piu", "puo", "si", "sono", "su", "sul", "sulla", "tra", "un", "una", "uno", "and", "the", "of", "to", "is",
    "it", "for", "on", "at", "an", "be", "or", "we", "was", "this",
];

/// The tokens of a text, in order, with repetitions.
pub fn tokens(text: &str) -> Vec<String> {
    let text = cut(text);
    let mut found = Vec::new();
    for chunk in text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '(' | ')' | '"' | '«' | '»')) {
        token_chunk(chunk, &mut found);
    }
    found
}

pub(crate) fn cut(text: &str) -> &str {
    if text.len() <= MOST {
        return text;
    }
    let mut end = MOST;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// A chunk between blanks: a code kept whole (and its parts too), or words.
fn token_chunk(chunk: &str, found: &mut Vec<String>) {
    let chunk = chunk.trim_matches(|c: char| !c.is_alphanumeric());
    if chunk.is_empty() {
        return;
    }
    let is_code = chunk.chars().any(|c| c.is_ascii_digit())
        && chunk.chars().any(|c| matches!(c, '-' | '_' | '.' | '/' | ':' | '@'));
    if is_code {
        push(fold(chunk), found);
    }
    for word in chunk.split(|c: char| !c.is_alphanumeric()) {
        if !word.is_empty() {
            push_word(word, found);
        }
    }
}

fn push_word(word: &str, found: &mut Vec<String>) {
    let word = fold(word);
    if word.chars().any(|c| c.is_ascii_digit()) {
        return push(word, found);
    }
    // A single letter before an apostrophe is an elision (l', d', c'), and alone it finds nothing.
    if word.len() < 2
        || COMMON.contains(&word.as_str())
        || matches!(
            word.as_str(),
            "dell" | "all" | "nell" | "sull" | "dall" | "un" | "quell"
        )
    {
        return;
    }
    push(stem(&word), found);
}

fn push(token: String, found: &mut Vec<String>) {
    if !token.is_empty() && token.len() <= LONGEST {
        found.push(token);
    }
}

fn stem(word: &str) -> String {
    static STEMMERS: OnceLock<[Stemmer; 2]> = OnceLock::new();
    let [italian, english] = STEMMERS.get_or_init(|| [Algorithm::Italian, Algorithm::English].map(Stemmer::create));
    if word.ends_with(['a', 'e', 'i', 'o', 'u']) {
        italian.stem(word).into_owned()
    } else {
        italian.stem(&english.stem(word)).into_owned()
    }
}

/// A text in the form in which its tokens are: lower case without accents, blanks kept.
pub fn folded(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        .filter_map(|c| if c == ' ' { Some(c) } else { plain(c) })
        .collect()
}

/// Lower case without accents; whatever is neither letter nor digit becomes an underscore.
pub(crate) fn fold(word: &str) -> String {
    word.chars().flat_map(char::to_lowercase).filter_map(plain).collect()
}

fn plain(c: char) -> Option<char> {
    Some(match c {
        'a'..='z' | '0'..='9' => c,
        'à' | 'á' | 'â' | 'ä' | 'ã' | 'å' => 'a',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ò' | 'ó' | 'ô' | 'ö' | 'õ' => 'o',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        'ç' => 'c',
        'ñ' => 'n',
        '\u{0300}'..='\u{036F}' => return None,
        c if c.is_alphanumeric() => c,
        _ => '_',
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_stemmed_codes_kept_whole_and_elisions_split() {
        let cases: [(&str, &[&str]); 8] = [
            ("errors errore errori error", &["error", "error", "error", "error"]),
            ("files file printers printer", &["fil", "fil", "printer", "printer"]),
            ("La stampante dell'ufficio", &["stampant", "uffic"]),
            ("stampanti degli uffici", &["stampant", "uffic"]),
            ("errore su prn-rag-01", &["error", "prn_rag_01", "prn", "rag", "01"]),
            ("SR-2026-000123", &["sr_2026_000123", "sr", "2026", "000123"]),
            ("È già così, perché?", &["gia", "cos", "perc"]),
            ("codice 503", &["codic", "503"]),
        ];
        for (text, expected) in cases {
            assert_eq!(tokens(text), expected, "{text}");
        }
    }

    #[test]
    fn nothing_but_letters_digits_and_underscores_comes_out() {
        let text = "'; DROP TABLE x; -- \u{0} NEAR(a b) \"q\" *^:& ﷽ a\u{301}";
        assert!(
            tokens(text)
                .iter()
                .all(|t| t.chars().all(|c| c.is_alphanumeric() || c == '_'))
        );
    }
}

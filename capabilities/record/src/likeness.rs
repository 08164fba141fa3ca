//! How near a word is to one that was typed: the same for everything that is found while somebody types.
//!
//! A field that proposes things is judged letter by letter, so the last word is seldom whole and one in twenty is mistyped.
//! Words are compared as the search index has them (stems without accents).

use store::tokens;

/// What a longer word counts of which few letters were typed.
const BEGUN: i64 = 3;

/// How a word answers one that was typed; the better ones first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// The same word.
    Same,
    /// It goes on where the typed one stops: `stampant` for `stam`.
    Longer,
    /// The typed one goes on where it stops: `stamp` for `stampant`.
    Shorter,
    /// A letter or two differ.
    Near,
}

/// Fewest letters of a word that stands for a longer one, or may be mistyped.
const FEWEST: usize = 4;
/// Most letters by which a longer word may differ from a shorter one it belongs to.
const RELATED: usize = 3;

impl Likeness {
    /// How `word` answers `typed`, if it does.
    pub fn of(typed: &str, word: &str) -> Option<Self> {
        if word == typed {
            return Some(Self::Same);
        }
        if word.starts_with(typed) && typed.chars().count() > 1 {
            return Some(Self::Longer);
        }
        if Self::shorter(typed).any(|shorter| shorter == word) {
            return Some(Self::Shorter);
        }
        is_near(typed, word).then_some(Self::Near)
    }

    /// The shorter words that a typed one belongs to.
    pub fn shorter(typed: &str) -> impl Iterator<Item = &str> {
        let letters = typed.chars().count();
        let fewest = FEWEST.max(letters.saturating_sub(RELATED));
        let ends = typed.char_indices().map(|(end, _)| end).skip(fewest);
        ends.map(|end| &typed[..end])
    }

    /// What a word of this likeness counts.
    pub const fn worth(self) -> i64 {
        match self {
            Self::Same => 10,
            Self::Longer => 8,
            Self::Shorter => 5,
            Self::Near => 4,
        }
    }
}

/// From this nearness on something is worth being proposed.
pub const NEAR: i64 = Likeness::Shorter.worth();

/// How near a title and a text are to what was typed; zero when nothing of it is found.
pub fn closeness(typed: &str, title: &str, text: &str) -> i64 {
    let (title, text) = (tokens(title), tokens(text));
    let best = |typed: &str, words: &[String]| {
        let found = words.iter().filter_map(|word| Likeness::of(typed, word));
        match found.min() {
            // Three letters begin many words.
            Some(Likeness::Longer) if typed.chars().count() < FEWEST => BEGUN,
            found => found.map_or(0, Likeness::worth),
        }
    };
    let each = tokens(typed);
    each.iter()
        .map(|typed| (best(typed, &title) * 3).max(best(typed, &text)))
        .sum()
}

/// True when one letter is wrong, missing, too many or changed places with its neighbour; in long words two.
pub fn is_near(typed: &str, word: &str) -> bool {
    let (typed, word): (Vec<char>, Vec<char>) = (typed.chars().collect(), word.chars().collect());
    let most = match typed.len().min(word.len()) {
        ..FEWEST => return false,
        FEWEST..8 => 1,
        _ => 2,
    };
    // People seldom mistype how a word begins, and words that begin otherwise are other words: `posta`, `costa`.
    let begins = typed[0] == word[0] || (typed[0] == word[1] && typed[1] == word[0]);
    begins && typed.len().abs_diff(word.len()) <= most && distance(&typed, &word) <= most
}

/// Letters to change between two words (optimal string alignment).
fn distance(one: &[char], other: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=other.len()).collect();
    for (row, letter) in one.iter().enumerate() {
        let mut line = vec![row + 1];
        for (column, facing) in other.iter().enumerate() {
            let changed = above[column] + usize::from(letter != facing);
            let mut least = changed.min(above[column + 1] + 1).min(line[column] + 1);
            let swapped = row > 0 && column > 0 && one[row - 1] == *facing && other[column - 1] == *letter;
            if swapped {
                least = least.min(before[column - 1] + 1);
            }
            line.push(least);
        }
        before = std::mem::replace(&mut above, line);
    }
    above[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_like_each_other_or_not() {
        use Likeness::{Longer, Near, Same, Shorter};
        for (typed, word, expected) in [
            ("stampant", "stampant", Some(Same)),
            ("stam", "stampant", Some(Longer)),
            ("s", "stampant", None),
            ("stampant", "stamp", Some(Shorter)),
            ("stampant", "stam", None),
            ("stmpant", "stampant", Some(Near)),
            ("tsampant", "stampant", Some(Near)),
            ("password", "pasword", Some(Near)),
            ("passwrod", "password", Some(Near)),
            ("cod", "cop", None),
            ("posta", "costa", None),
            ("rete", "cedolin", None),
        ] {
            assert_eq!(Likeness::of(typed, word), expected, "{typed} {word}");
        }
    }

    #[test]
    fn what_stands_in_the_title_counts_more() {
        let typed = "la stampante è ferma";
        let (title, text) = (
            closeness(typed, "Stampa ferma", ""),
            closeness(typed, "Rete", "stampa ferma"),
        );
        assert!(title > text && text > 0, "{title} {text}");
        assert_eq!(closeness(typed, "Cedolino", "voci stipendiali"), 0);
        assert_eq!(closeness("", "Stampa", ""), 0);
    }
}

//! How far two words are apart: letters to put, take away, change, or swap with their neighbour.

/// The number of typing errors between two words (each swap of neighbours is one).
pub fn apart(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut before = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for row in 1..=one.len() {
        let mut now = vec![row];
        for column in 1..=other.len() {
            let same = usize::from(one[row - 1] != other[column - 1]);
            let mut least = (last[column - 1] + same).min(last[column] + 1).min(now[column - 1] + 1);
            let swapped =
                row > 1 && column > 1 && one[row - 1] == other[column - 2] && one[row - 2] == other[column - 1];
            if swapped {
                let earlier: &Vec<usize> = &before;
                least = least.min(earlier[column - 2] + 1);
            }
            now.push(least);
        }
        before = std::mem::replace(&mut last, now);
    }
    last.pop().unwrap_or_default()
}

/// Errors that are forgiven in a word: one in a short word, two in a longer one.
pub fn forgiven(word: &str) -> usize {
    if word.chars().count() <= 5 { 1 } else { 2 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_typing_error_counts_once() {
        for (one, other, errors) in [
            ("stampante", "stampante", 0),
            ("stanpante", "stampante", 1),
            ("stamapnte", "stampante", 1),
            ("stampnte", "stampante", 1),
            ("sstampante", "stampante", 1),
            ("tsampnate", "stampante", 2),
            ("", "rete", 4),
            ("città", "citta", 1),
        ] {
            assert_eq!(apart(one, other), errors, "{one} {other}");
        }
    }

    proptest! {
        #[test]
        fn the_way_back_is_as_long(one in "[abc]{0,7}", other in "[abc]{0,7}") {
            prop_assert_eq!(apart(&one, &other), apart(&other, &one));
            prop_assert_eq!(apart(&one, &other) == 0, one == other);
        }
    }
}

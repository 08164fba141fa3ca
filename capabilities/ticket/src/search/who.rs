//! People in a search: one rule for the page and the palette.

use kernel::Outcome;
use people::{Act, Actor, Named};
use record::Question;
use store::Store;

/// People by contact, surname or name, for those who may look people up; of a surname nobody bears, the nearest ones.
pub(crate) async fn people(store: &Store, actor: &Actor, text: &str, limit: usize) -> Outcome<Vec<Named>> {
    let words = contact(&Question::read(text).words());
    if words.chars().count() < 2 || actor.scope(Act::ViewPeople).is_nothing() {
        return Ok(Vec::new());
    }
    let found = people::find_people(store.read(), &words, limit as i64).await?;
    if found.is_empty() {
        return people::near_people(store.read(), &words, limit).await;
    }
    Ok(found)
}

/// A telephone number as it is kept, without the blanks and signs that people put between its digits.
fn contact(words: &str) -> String {
    let is_number = words.chars().any(|c| c.is_ascii_digit())
        && words
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, ' ' | '+' | '-' | '/' | '.' | '(' | ')'));
    if is_number {
        words.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
    } else {
        words.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::contact;

    #[test]
    fn a_telephone_number_is_looked_for_as_it_is_kept() {
        for (typed, kept) in [
            ("06 4761-2147", "0647612147"),
            ("+39 (06) 4761", "+39064761"),
            ("123456", "123456"),
            ("anna.verdi@ente.example", "anna.verdi@ente.example"),
            ("Anna Verdi", "Anna Verdi"),
        ] {
            assert_eq!(contact(typed), kept, "{typed}");
        }
    }
}

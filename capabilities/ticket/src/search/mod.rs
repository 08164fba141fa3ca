//! Looking for tickets: one language for the search page, the queue's field, the palette and the API.

mod days;
mod forgiving;
mod meaning;

mod texts;
mod values;
mod who;

pub use meaning::{SOON, Unclear, Why};
pub(crate) use texts::texts;
pub(crate) use values::{matching, values};
pub(crate) use who::people;

use i18n::{Language, TimeZone};
use kernel::{Instant, Outcome};
use meaning::{Meaning, meaning};
use people::{Act, Actor};
use record::{Filter, Listing, Part, Question, Sort, Term, Wanted};
use store::{Card, Store, tokens};
use web::Cursor;

/// Who asks, in which language, when and where.
pub struct Asker<'a> {
    /// Who.
    pub actor: &'a Actor,
    /// Language in which values are offered.
    pub language: Language,
    /// Now.
    pub now: Instant,
    /// Where days begin.
    pub zone: TimeZone,
}

impl<'a> Asker<'a> {
    /// Whoever looks at a page.
    pub(crate) fn of(actor: &'a Actor, frame: &ui::Frame) -> Self {
        Self {
            actor,
            language: frame.language,
            now: frame.now,
            zone: frame.zone.clone(),
        }
    }
}

/// Which page is wanted.
#[derive(Clone, Copy, Debug)]
pub struct Wish {
    /// Records on it.
    pub limit: usize,
    /// Where it begins.
    pub after: Option<Cursor>,
    /// True where typing errors are put right when nothing is found.
    pub forgiving: bool,
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Sought {
    /// The page.
    pub listing: Listing,
    /// The words that were looked for, to mark them.
    pub words: String,
    /// What could not be understood; then nothing is found.
    pub unclear: Vec<Unclear>,
    /// What was looked for instead, since nothing was found for what was typed.
    pub corrected: Option<String>,
}

impl Sought {
    /// A list for which no words were typed.
    pub(crate) fn listed(listing: Listing) -> Self {
        Self {
            listing,
            ..Self::default()
        }
    }
}

/// What a question narrows a list to; nothing where words are looked for, or a condition is not understood.
pub(crate) async fn narrowed(store: &Store, asker: &Asker<'_>, text: &str, filter: &Filter) -> Outcome<Option<Filter>> {
    let question = Question::read(text);
    let is_condition = |term: &Term| matches!(term.part, Part::Condition(..));
    if !question.terms.iter().all(is_condition) {
        return Ok(None);
    }
    let Meaning { filter, unclear } = meaning(store, asker, &question, filter.clone()).await?;
    Ok(unclear.is_empty().then_some(filter))
}

/// Looks for what was typed, within a filter.
pub async fn find(store: &Store, asker: &Asker<'_>, text: &str, filter: &Filter, wish: Wish) -> Outcome<Sought> {
    let sought = find_as_typed(store, asker, text, filter, wish).await?;
    let found_nothing = sought.listing.cards.is_empty() && sought.unclear.is_empty() && wish.after.is_none();
    if !(found_nothing && wish.forgiving) {
        return Ok(sought);
    }
    let Some(corrected) = forgiving::corrected(store, asker, text).await? else {
        return Ok(sought);
    };
    let better = find_as_typed(store, asker, &corrected, filter, wish).await?;
    if better.listing.cards.is_empty() {
        return Ok(sought);
    }
    Ok(Sought {
        corrected: Some(corrected),
        ..better
    })
}

async fn find_as_typed(store: &Store, asker: &Asker<'_>, text: &str, filter: &Filter, wish: Wish) -> Outcome<Sought> {
    let question = Question::read(text);
    let Meaning { filter, unclear } = meaning(store, asker, &question, filter.clone()).await?;
    let wanted = Wanted::of(&question);
    let mut listing = Listing::default();
    if unclear.is_empty() {
        listing = page(store, asker, &question, &wanted, &filter, wish).await?;
        if let Some(card) = numbered(store, asker, text, &filter, wish).await? {
            listing.cards.retain(|other| other.id != card.id);
            listing.cards.insert(0, card);
        }
    }
    Ok(Sought {
        listing,
        words: wanted.words,
        unclear,
        corrected: None,
    })
}

/// Words lead through the index; conditions alone, or with words that are only denied, are a list.
async fn page(
    store: &Store,
    asker: &Asker<'_>,
    question: &Question,
    wanted: &Wanted,
    filter: &Filter,
    wish: Wish,
) -> Outcome<Listing> {
    let actor = asker.actor;
    if !tokens(&wanted.words).is_empty() {
        let before = record::shown_before(wish.after)?;
        let mut cards = record::ranked(store, actor, wanted, filter).await?;
        if wanted.has_phrases() {
            cards = texts::holding(store, actor, wanted, cards, before + wish.limit).await?;
        }
        return Ok(record::page_of(cards, wish.limit, before));
    }
    let denies = !(wanted.denied.is_empty() && wanted.denied_phrases.is_empty());
    if !question.has_conditions() && !denies {
        return Ok(Listing::default());
    }
    let mut listing = record::list(store, actor, filter, Sort::Newest, wish.limit, wish.after).await?;
    if denies || wanted.has_phrases() {
        let known = texts(store, actor, &listing.cards).await?;
        let fits = |card: &Card| known.get(&card.id).is_some_and(|texts| texts::fits(texts, wanted));
        listing.cards.retain(fits);
    }
    Ok(listing)
}

/// The ticket whose number was typed in any of its forms, at the beginning of the first page.
async fn numbered(store: &Store, asker: &Asker<'_>, text: &str, filter: &Filter, wish: Wish) -> Outcome<Option<Card>> {
    let Some(number) = whole_number(text, asker.now.year()).filter(|_| wish.after.is_none()) else {
        return Ok(None);
    };
    match record::card(store.read(), asker.actor, Act::View, &number).await {
        Ok(card) => Ok(Some(card).filter(|card| filter.matches(card))),
        Err(kernel::Error::Refused(_)) => Ok(None),
        Err(why) => Err(why),
    }
}

/// A number as people say it, made whole: `SR-2026-000183`, `2026-183`, `183`.
pub(crate) fn whole_number(text: &str, this_year: i16) -> Option<String> {
    let text = text.trim().to_uppercase();
    let rest = text
        .strip_prefix("SR")
        .map_or(text.as_str(), |rest| rest.trim_start_matches(['-', ' ']));
    let digits = |part: &str| {
        (!part.is_empty() && part.len() <= 9 && part.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| part.parse::<u64>().ok())?
    };
    match rest.split_once(['-', ' ', '/']) {
        Some((year, number)) if year.len() == 4 => Some(format!("SR-{}-{:06}", digits(year)?, digits(number)?)),
        None => Some(format!("SR-{this_year}-{:06}", digits(rest)?)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::whole_number;

    #[test]
    fn a_number_is_understood_as_people_say_it() {
        for said in [
            "SR-2026-000183",
            "sr 2026-183",
            "2026-183",
            "2026/183",
            " 183 ",
            "SR 183",
            "000183",
        ] {
            assert_eq!(whole_number(said, 2026).as_deref(), Some("SR-2026-000183"), "{said}");
        }
        for said in ["stampante", "06-4761 2147", "", "SR", "12 34"] {
            assert_eq!(whole_number(said, 2026), None, "{said}");
        }
    }
}

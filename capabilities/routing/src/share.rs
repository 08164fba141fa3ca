//! Who of a group is given a new ticket. Pure: the same people and loads always give the same answer.

use kernel::{Instant, Uuid};
use people::{Practice, Sharing};

/// Somebody of the group, as they stand now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub person: Uuid,
    /// Whether they are there for something new.
    pub available: bool,
    /// Open tickets that are theirs, in whatever group.
    pub load: i64,
    /// When they were last given something.
    pub given: Option<Instant>,
}

/// Who is given a ticket of this category; nobody when nobody who could have it is there with room for it.
pub fn choose(practice: &Practice, category: Option<Uuid>, candidates: &[Candidate]) -> Option<Uuid> {
    let knows = |one: &&Candidate| category.is_some_and(|category| practice.knows(one.person, category));
    // What nobody knows, and what nobody knows yet what it is about, is everybody's.
    let asks = practice.sharing == Sharing::BySkill && candidates.iter().any(|one| knows(&one));
    let able = candidates
        .iter()
        .filter(|one| one.available && practice.most_each.is_none_or(|most| one.load < most))
        .filter(|one| !asks || knows(one));
    let chosen = match practice.sharing {
        Sharing::ByHand => None,
        Sharing::Rotation => able.min_by_key(|one| (one.given, one.person)),
        Sharing::LeastLoad | Sharing::BySkill => able.min_by_key(|one| (one.load, one.given, one.person)),
    };
    chosen.map(|one| one.person)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn person(number: u128, load: i64, given: Option<i64>) -> Candidate {
        Candidate {
            person: Uuid::from_u128(number),
            available: true,
            load,
            given: given.map(Instant::from_millis),
        }
    }

    fn practice(sharing: Sharing) -> Practice {
        Practice {
            sharing,
            ..Practice::default()
        }
    }

    const PRINTERS: Uuid = Uuid::from_u128(7);

    #[test]
    fn whoever_has_least_is_given_it_and_of_equals_whoever_waited_longest() {
        let all = [person(1, 3, None), person(2, 1, Some(20)), person(3, 1, Some(10))];
        assert_eq!(
            choose(&practice(Sharing::LeastLoad), None, &all),
            Some(Uuid::from_u128(3))
        );
    }

    #[test]
    fn in_rotation_the_load_does_not_matter() {
        let all = [person(1, 0, Some(20)), person(2, 9, Some(10)), person(3, 5, None)];
        assert_eq!(
            choose(&practice(Sharing::Rotation), None, &all),
            Some(Uuid::from_u128(3)),
            "whoever was never given anything comes first"
        );
    }

    #[test]
    fn by_hand_nobody_is_given_anything() {
        assert_eq!(choose(&practice(Sharing::ByHand), None, &[person(1, 0, None)]), None);
    }

    #[test]
    fn what_somebody_of_the_group_knows_waits_for_them_and_what_nobody_knows_for_nobody() {
        let mut skilled = practice(Sharing::BySkill);
        skilled.skills.insert(Uuid::from_u128(2), vec![PRINTERS]);
        let mut all = [person(1, 0, None), person(2, 5, None)];
        let two = Some(Uuid::from_u128(2));
        assert_eq!(choose(&skilled, Some(PRINTERS), &all), two);
        assert_eq!(
            choose(&skilled, Some(Uuid::from_u128(8)), &all),
            Some(Uuid::from_u128(1))
        );
        assert_eq!(choose(&skilled, None, &all), Some(Uuid::from_u128(1)));
        all[1].available = false;
        assert_eq!(
            choose(&skilled, Some(PRINTERS), &all),
            None,
            "it waits for whoever knows it"
        );
    }

    fn anybody() -> impl Strategy<Value = Candidate> {
        let given = prop::option::of(0_i64..50);
        (1_u128..6, any::<bool>(), 0_i64..8, given).prop_map(|(number, available, load, given)| Candidate {
            available,
            ..person(number, load, given)
        })
    }

    fn any_sharing() -> impl Strategy<Value = Sharing> {
        prop::sample::select(Sharing::ALL.to_vec())
    }

    proptest! {
        #[test]
        fn nobody_is_given_more_than_they_can_carry_or_while_they_are_not_there(
            sharing in any_sharing(), most in 1_i64..8, candidates in prop::collection::vec(anybody(), 0..6),
        ) {
            let practice = Practice { most_each: Some(most), ..practice(sharing) };
            if let Some(chosen) = choose(&practice, None, &candidates) {
                prop_assert!(candidates.iter().any(|one| one.person == chosen && one.available && one.load < most));
            } else if sharing != Sharing::ByHand {
                prop_assert!(candidates.iter().all(|one| !one.available || one.load >= most), "somebody could have had it");
            }
        }

        #[test]
        fn in_rotation_everybody_is_given_as_many(people in 1_u128..6, rounds in 1_usize..5) {
            let mut all: Vec<_> = (1..=people).map(|number| person(number, 0, None)).collect();
            for turn in 0..rounds * all.len() {
                let chosen = choose(&practice(Sharing::Rotation), None, &all);
                let one = all.iter_mut().find(|one| Some(one.person) == chosen).expect("somebody is there");
                (one.load, one.given) = (one.load + 1, Some(Instant::from_millis(turn as i64)));
            }
            prop_assert!(all.iter().all(|one| one.load == rounds as i64));
        }
    }
}

//! Patron saints by municipality (WT-404): proposals, since the day rests on the collective agreement of the work site.

use crate::Rule;

/// The patron saint of a municipality.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patron {
    /// The municipality, as Italians write it.
    pub municipality: &'static str,
    /// The day.
    pub rule: Rule,
}

const fn on(municipality: &'static str, day: i8, month: i8) -> Patron {
    Patron {
        municipality,
        rule: Rule::Yearly { month, day },
    }
}

/// Those of the working-time sheet (WT-404), in alphabetical order; where the sheet is in doubt, its first date. Whoever sets a
/// calendar up sees the date and can change it.
pub const PATRONS: [Patron; 34] = [
    on("Ancona", 4, 5),
    on("Aosta", 7, 9),
    on("Bari", 6, 12),
    on("Belluno", 11, 11),
    on("Bologna", 4, 10),
    Patron {
        municipality: "Bolzano",
        rule: Rule::AfterEaster { days: 50 },
    },
    on("Brescia", 15, 2),
    on("Cagliari", 30, 10),
    on("Campobasso", 23, 4),
    on("Catania", 5, 2),
    on("Catanzaro", 16, 7),
    on("Cosenza", 12, 2),
    on("Ferrara", 23, 4),
    on("Firenze", 24, 6),
    on("Genova", 24, 6),
    on("La Spezia", 19, 3),
    on("L’Aquila", 10, 6),
    on("Messina", 3, 6),
    on("Milano", 7, 12),
    on("Modena", 31, 1),
    on("Monza", 24, 6),
    on("Napoli", 19, 9),
    on("Padova", 13, 6),
    on("Palermo", 15, 7),
    on("Parma", 13, 1),
    on("Perugia", 29, 1),
    on("Piacenza", 4, 7),
    on("Potenza", 30, 5),
    on("Roma", 29, 6),
    on("Torino", 24, 6),
    on("Trento", 26, 6),
    on("Trieste", 3, 11),
    on("Venezia", 25, 4),
    on("Verona", 21, 5),
];

/// The patron saint's day of a municipality; case does not matter.
pub fn patron(municipality: &str) -> Option<Patron> {
    let wanted = municipality.trim().to_lowercase();
    PATRONS
        .into_iter()
        .find(|patron| patron.municipality.to_lowercase() == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::Date;

    #[test]
    fn wt_404_patron_saints_are_where_pages_confirm_them() {
        for (municipality, date) in [
            ("Roma", (6, 29)),
            ("milano", (12, 7)),
            ("Torino", (6, 24)),
            ("Napoli", (9, 19)),
            ("Bologna", (10, 4)),
            ("Venezia", (4, 25)),
            ("Bari", (12, 6)),
            ("Bolzano", (5, 25)),
        ] {
            let found = patron(municipality).and_then(|patron| patron.rule.date(2026));
            assert_eq!(found, Some(Date::constant(2026, date.0, date.1)), "{municipality}");
        }
        assert_eq!(patron("Paperopoli"), None);
    }

    #[test]
    fn the_list_is_in_order_without_doubles() {
        assert!(PATRONS.is_sorted_by(|a, b| a.municipality < b.municipality));
    }
}

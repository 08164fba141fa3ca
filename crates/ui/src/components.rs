//! Values that components show.
//!
//! They are plain: a capability fills them from its own domain, the macros in `templates/components` draw them.

use i18n::Language;

/// A link with words on it.
#[derive(Clone, Debug, Default)]
pub struct Link {
    /// Where it leads.
    pub href: String,
    /// What it says.
    pub label: String,
}

impl Link {
    /// A link.
    pub fn new(href: impl Into<String>, label: impl Into<String>) -> Link {
        Link {
            href: href.into(),
            label: label.into(),
        }
    }
}

/// One thing to choose: an option of a select, a radio button, a tab of the composer.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// What the form sends.
    pub value: String,
    /// What the person reads.
    pub label: String,
    /// Whether it is the one chosen.
    pub chosen: bool,
    /// Its key; empty for none.
    pub key: &'static str,
}

impl Choice {
    /// A choice, chosen when its value is the current one.
    pub fn new(value: impl Into<String>, label: impl Into<String>, current: &str) -> Choice {
        let value = value.into();
        Choice {
            chosen: value == current,
            value,
            label: label.into(),
            key: "",
        }
    }

    /// The same choice with a key.
    #[must_use]
    pub fn key(mut self, key: &'static str) -> Choice {
        self.key = key;
        self
    }
}

/// One of the six phases people see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Nobody has it yet.
    New,
    /// Somebody works on it.
    Working,
    /// At the second level.
    SecondLevel,
    /// It waits for somebody or something.
    Waiting,
    /// The solution is there, the confirmation is not.
    Closing,
    /// Closed.
    Closed,
}

impl Phase {
    /// The six of them, in order.
    pub const ALL: [Phase; 6] = [
        Phase::New,
        Phase::Working,
        Phase::SecondLevel,
        Phase::Waiting,
        Phase::Closing,
        Phase::Closed,
    ];

    /// From the code of the API: `new working second_level waiting closing closed`.
    pub fn from_code(code: &str) -> Option<Phase> {
        let codes = ["new", "working", "second_level", "waiting", "closing", "closed"];
        let place = codes.iter().position(|known| *known == code)?;
        Some(Phase::ALL[place])
    }

    /// The key of the phase's name.
    pub fn text_key(&self) -> &'static str {
        match self {
            Phase::New => "ui-phase-new",
            Phase::Working => "ui-phase-working",
            Phase::SecondLevel => "ui-phase-second-level",
            Phase::Waiting => "ui-phase-waiting",
            Phase::Closing => "ui-phase-closing",
            Phase::Closed => "ui-phase-closed",
        }
    }

    /// `done`, `now` or `ahead`, seen from the current phase.
    pub fn place(&self, current: &Phase) -> &'static str {
        match (*self as u8).cmp(&(*current as u8)) {
            std::cmp::Ordering::Less => "done",
            std::cmp::Ordering::Equal => "now",
            std::cmp::Ordering::Greater => "ahead",
        }
    }
}

/// The outline of a priority on a field of 20 by 20: a shape for those who do not see its colour.
pub fn priority_outline(priority: &u8) -> &'static str {
    match priority {
        1 => "M10 .8 19.6 18.4H.4z",
        2 => "M10 .4 19.6 10 10 19.6.4 10z",
        3 => "M10 1a9 9 0 1 1 0 18 9 9 0 0 1 0-18z",
        _ => "M3.5 1.5h13a2 2 0 0 1 2 2v13a2 2 0 0 1-2 2h-13a2 2 0 0 1-2-2v-13a2 2 0 0 1 2-2z",
    }
}

/// A priority said aloud.
pub fn priority_name(language: &Language, priority: &u8) -> String {
    language.text_with("ui-priority", &[("n", priority.into())])
}

/// A stretch of a clock's ledger.
#[derive(Clone, Debug, PartialEq)]
pub struct Segment {
    /// `first` (first level), `second` (second level), `paused`, `hot` (in the attention zone) or `late`.
    pub kind: &'static str,
    /// Where it begins, in hundredths of the whole.
    pub from: f32,
    /// How long it is, in hundredths of the whole.
    pub length: f32,
}

impl Segment {
    /// Stretches one after the other from the left, each with its kind and length in hundredths.
    pub fn row(stretches: &[(&'static str, f32)]) -> Vec<Segment> {
        let mut from = 0.0;
        let place = |&(kind, length): &(&'static str, f32)| {
            let segment = Segment { kind, from, length };
            from += length;
            segment
        };
        stretches.iter().map(place).collect()
    }
}

/// The letters of a person's round badge: of first and last word; titles with a full stop and pictures are passed over.
pub fn initials(name: &str) -> String {
    let words = name.split([' ', '\u{a0}']).filter(|word| !word.ends_with('.'));
    let letters: Vec<char> = words
        .filter_map(|word| word.chars().find(|letter| letter.is_alphanumeric()))
        .collect();
    let (first, last) = (letters.first(), letters.get(1..).and_then(<[char]>::last));
    first
        .into_iter()
        .chain(last)
        .flat_map(|letter| letter.to_uppercase())
        .collect()
}

/// A key as it is printed on a button: `ctrl+enter` is `Ctrl ↵`.
pub fn key_cap(key: &str) -> String {
    match key.strip_prefix("ctrl+") {
        Some("enter") => "Ctrl ↵".to_owned(),
        Some(letter) => format!("Ctrl {}", letter.to_uppercase()),
        None => key.to_owned(),
    }
}

/// A colour of the badge that stays the same for the same name: one of eight, as a number for a class.
pub fn palette(name: &str) -> u8 {
    let sum = name
        .bytes()
        .fold(0_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte)));
    (sum % 8) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_first_and_last() {
        let cases = [
            ("Paolo Greco", "PG"),
            ("Sara De Luca", "SL"),
            ("Dott. Paolo Greco", "PG"),
            ("monitoraggio", "M"),
            ("ليلى حداد", "لح"),
            ("Zoë 🎉 Rossi 👩🏽‍💻", "ZR"),
            ("🎉", ""),
            ("", ""),
        ];
        for (name, expected) in cases {
            assert_eq!(initials(name), expected);
        }
    }

    #[test]
    fn phases_know_what_is_behind_them() {
        let current = Phase::from_code("second_level").expect("a phase");
        let places: Vec<_> = Phase::ALL.iter().map(|phase| phase.place(&current)).collect();
        assert_eq!(places, ["done", "done", "now", "ahead", "ahead", "ahead"]);
        assert_eq!(Phase::from_code("somewhere"), None);
    }

    #[test]
    fn stretches_follow_one_another() {
        let row = Segment::row(&[("first", 20.0), ("paused", 10.0), ("second", 30.0)]);
        let begins: Vec<_> = row.iter().map(|segment| segment.from).collect();
        assert_eq!(begins, [0.0, 20.0, 30.0]);
    }
}

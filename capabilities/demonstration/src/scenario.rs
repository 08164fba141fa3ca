//! What people ask and how it is answered, as written in `stories/`.

use crate::cast::Requester;
use crate::dice::Dice;
use kernel::Outcome;
use serde::Deserialize;
use ticket::domain::{Channel, TicketKind};

/// What somebody asks about, with everything that may be said on the way.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Scenario {
    pub(crate) area: String,
    /// Service and category: `Stampa/Coda di stampa`.
    pub(crate) category: String,
    pub(crate) kind: TicketKind,
    pub(crate) channels: Vec<Channel>,
    pub(crate) impact: i64,
    pub(crate) urgency: i64,
    subject: Vec<String>,
    description: Vec<String>,
    question: String,
    answer: String,
    pub(crate) note: String,
    pub(crate) diagnosis: String,
    solution: Vec<String>,
    thanks: Vec<String>,
    refusal: String,
    pub(crate) second: Second,
    #[serde(default)]
    pub(crate) file: Option<String>,
}

/// What the second level has to do with it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Second {
    pub(crate) group: String,
    pub(crate) ask: String,
    pub(crate) work: String,
    pub(crate) back: String,
}

#[derive(Deserialize)]
struct Stories {
    scenario: Vec<Scenario>,
}

/// All scenarios.
pub(crate) fn scenarios() -> Outcome<Vec<Scenario>> {
    let files = [
        include_str!("../stories/personale.toml"),
        include_str!("../stories/tecnologia.toml"),
        include_str!("../stories/applicazioni.toml"),
    ];
    let mut all = Vec::new();
    for file in files {
        all.extend(toml::from_str::<Stories>(file).map_err(anyhow::Error::from)?.scenario);
    }
    Ok(all)
}

const MONTHS: [&str; 6] = ["giugno", "luglio", "agosto", "settembre", "ottobre", "novembre"];
const PRINTERS: [&str; 5] = ["RM-2P-KYO07", "RM-1P-HP12", "MI-3P-LEX02", "NA-PT-RIC04", "TO-1P-KYO01"];
const COMPUTERS: [&str; 6] = [
    "PC-104412",
    "PC-098731",
    "NB-221907",
    "NB-220145",
    "PC-110238",
    "NB-230871",
];

/// The words of a scenario for one requester.
pub(crate) struct Told {
    pub(crate) subject: String,
    pub(crate) description: String,
    pub(crate) question: String,
    pub(crate) answer: String,
    pub(crate) note: String,
    pub(crate) diagnosis: String,
    pub(crate) solution: String,
    pub(crate) thanks: String,
    pub(crate) refusal: String,
    pub(crate) ask: String,
    pub(crate) work: String,
    pub(crate) back: String,
}

impl Scenario {
    /// Fills in names, offices and devices.
    pub(crate) fn told(&self, requester: &Requester, dice: &mut Dice) -> Told {
        let identity = &requester.identity;
        let office = identity.office.as_deref().unwrap_or("Roma");
        let (given, surname) = identity.name.split_once(' ').unwrap_or((&identity.name, ""));
        let room = office.rsplit(' ').next().unwrap_or("12");
        let place = office.split(',').next().unwrap_or("Roma");
        let amount = format!("{},{:02}", dice.between(18, 740), dice.between(0, 99));
        let day = dice.between(1, 27).to_string();
        let words: [(&str, &str); 10] = [
            ("{nome}", given),
            ("{cognome}", surname),
            ("{ufficio}", place),
            ("{stanza}", room),
            ("{mese}", MONTHS[dice.place(MONTHS.len())]),
            ("{stampante}", PRINTERS[dice.place(PRINTERS.len())]),
            ("{computer}", COMPUTERS[dice.place(COMPUTERS.len())]),
            ("{importo}", &amount),
            ("{giorno}", &day),
            ("{matricola}", identity.external_id.as_deref().unwrap_or_default()),
        ];
        let fill = |text: &str| {
            words
                .iter()
                .fold(text.trim().to_owned(), |text, (name, word)| text.replace(name, word))
        };
        let mut one = |texts: &[String]| dice.pick(texts).map(|text| fill(text)).unwrap_or_default();
        Told {
            subject: one(&self.subject),
            description: one(&self.description),
            solution: one(&self.solution),
            thanks: one(&self.thanks),
            question: fill(&self.question),
            answer: fill(&self.answer),
            note: fill(&self.note),
            diagnosis: fill(&self.diagnosis),
            refusal: fill(&self.refusal),
            ask: fill(&self.second.ask),
            work: fill(&self.second.work),
            back: fill(&self.second.back),
        }
    }
}

//! Fifty questions that people of a desk ask, each with what must be among the first answers: the judge of the ranking, and
//! the proof that both databases answer alike.

use super::{capabilities, now, open};
use demonstration::{Demonstration, load};
use i18n::Language;
use people::{Actor, Door, Group, Role, RoleGrant};
use record::Filter;
use store::{Card, Store, folded};
use testkit::Backend;
use ticket::{Asker, Sought, Wish};

/// Answers that people look at.
const LOOKED_AT: usize = 3;
/// Of fifty questions, how many must be answered among those.
const LEAST_ANSWERED: usize = 48;
/// Mean of one over the place of the first right answer.
const LEAST_MEAN: f64 = 0.95;

/// What the answer to a question must be.
enum Wanted {
    /// A ticket whose subject holds one of these.
    Subject(&'static [&'static str]),
    /// The same, and it is still open.
    Open(&'static [&'static str]),
    /// The ticket of this number.
    Number(&'static str),
    /// Only tickets of this priority.
    Priority(i64),
    /// Somebody of this name.
    Person(&'static str),
    /// A condition that is told to be wrong, with this among the suggestions.
    Suggested(&'static str),
}

use Wanted::{Number, Open, Person, Priority, Subject, Suggested};

const QUESTIONS: [(&str, Wanted); 50] = [
    // Numbers, in all their forms.
    ("SR-2026-000100", Number("SR-2026-000100")),
    ("2026-100", Number("SR-2026-000100")),
    ("sr 2026 000100", Number("SR-2026-000100")),
    ("100", Number("SR-2026-000100")),
    // Words of the subject, in whatever form.
    ("stampante", Open(&["stampante", "stampe"])),
    ("stampanti non stampano", Subject(&["non stampa"])),
    ("toner", Subject(&["toner"])),
    ("vpn", Subject(&["vpn"])),
    ("wifi sala riunioni", Subject(&["wi-fi"])),
    ("wi-fi", Subject(&["wi-fi"])),
    ("password scaduta", Subject(&["password scaduta"])),
    ("passwords", Subject(&["password"])),
    ("casella piena", Subject(&["casella"])),
    ("phishing", Subject(&["phishing"])),
    ("iban", Subject(&["iban"])),
    ("fattura elettronica", Subject(&["fattura elettronica"])),
    ("fatture", Subject(&["fattura"])),
    ("cedolino", Subject(&["cedolino"])),
    ("cedolini pagina bianca", Subject(&["pagina bianca"])),
    (
        "certificazione unica",
        Subject(&["certificazione unica", "cu per il mutuo"]),
    ),
    ("conguaglio", Subject(&["conguaglio"])),
    ("mandati", Subject(&["mandat"])),
    ("monitor nero", Subject(&["monitor"])),
    ("schermata blu", Subject(&["schermata blu"])),
    ("firma digitale", Subject(&["firma digitale"])),
    ("smart card", Subject(&["smart card"])),
    ("errore 504", Subject(&["errore 504", "portale"])),
    ("errore 500 protocollo", Subject(&["protocollo"])),
    ("protocolli", Subject(&["protocollo"])),
    ("lavoro agile", Subject(&["lavoro agile"])),
    ("timbrature", Subject(&["timbrature"])),
    ("ferie", Subject(&["ferie"])),
    ("PIN bloccato", Subject(&["pin"])),
    ("spid", Subject(&["spid"])),
    ("instructions in english", Subject(&["english"])),
    ("researchers", Subject(&["researcher"])),
    // Words that stand in the messages only.
    ("credenziali non valide", Subject(&["vpn"])),
    ("8MV3", Subject(&["cedolino", "trattenuta"])),
    // Phrases.
    (
        "\"certificato non valido\"",
        Subject(&["firma digitale", "certificato"]),
    ),
    ("\"buste tecniche\"", Subject(&["buste tecniche"])),
    // Conditions.
    ("stampante stato:aperto", Open(&["stamp"])),
    ("priorità:1", Priority(1)),
    ("p:2 -stato:concluso", Priority(2)),
    ("vpn group:sistemi", Subject(&["vpn"])),
    ("gruppo:sistmi", Suggested("Sistemi e reti")),
    ("stato:apert", Open(&[""])),
    // Typing errors.
    ("stanpante", Subject(&["stamp"])),
    ("cedolno", Subject(&["cedolino"])),
    // People.
    ("greco", Person("Paolo Greco")),
    ("paolo.greco@ente.example", Person("Paolo Greco")),
];

/// Somebody of two counters who may see all tickets.
pub(super) async fn lucia(store: &Store) -> Actor {
    let found = people::find_people(store.read(), "lucia.bruni@ente.example", 1)
        .await
        .expect("finds");
    let groups = store.all::<Group>().await.expect("reads");
    let own = ["Front End SPT", "Front End Servizi Tecnologici"];
    let groups = groups.iter().filter(|group| own.contains(&group.state.name.as_str()));
    Actor {
        person: found[0].id,
        name: "Lucia Bruni".to_owned(),
        language: None,
        category: None,
        roles: vec![RoleGrant {
            role: Role::ServiceManager,
            area: None,
        }],
        groups: groups.map(|group| group.id).collect(),
        door: Door::Console,
        token: None,
    }
}

/// What a database answers: the tickets and the people, in their order.
struct Answer {
    sought: Sought,
    people: Vec<String>,
}

impl Answer {
    /// The place of the first right answer, from one.
    fn place(&self, wanted: &Wanted) -> Option<usize> {
        let cards = &self.sought.listing.cards;
        let first = |fits: &dyn Fn(&Card) -> bool| cards.iter().position(fits).map(|place| place + 1);
        let says = |card: &Card, parts: &[&str]| parts.iter().any(|part| folded(&card.subject).contains(&folded(part)));
        match wanted {
            Subject(parts) => first(&|card| says(card, parts)),
            Open(parts) => first(&|card| card.open && says(card, parts)),
            Number(number) => first(&|card| card.number == *number),
            Priority(level) => (!cards.is_empty() && cards.iter().all(|card| card.priority == *level)).then_some(1),
            Person(name) => self.people.iter().position(|one| one == name).map(|place| place + 1),
            Suggested(value) => {
                let suggested = self.sought.unclear.iter().flat_map(|unclear| &unclear.suggested);
                suggested
                    .into_iter()
                    .position(|one| one == value)
                    .map(|place| place + 1)
            }
        }
    }

    /// What both databases must agree on.
    fn shown(&self) -> String {
        let cards = self.sought.listing.cards.iter();
        let numbers: Vec<String> = cards.map(|card| format!("{} {}", card.number, card.subject)).collect();
        format!(
            "{numbers:#?} {:#?} {:?} {:?}",
            self.people, self.sought.corrected, self.sought.unclear
        )
    }
}

async fn answers(db: &Backend) -> Vec<Answer> {
    let store = open(db).await;
    let loaded = load(&store, now()).await.unwrap_or_else(|cause| panic!("{cause}"));
    assert!(matches!(loaded, Demonstration::Loaded(_)));
    let actor = lucia(&store).await;
    let asker = Asker {
        actor: &actor,
        language: Language::It,
        now: now(),
        zone: i18n::default_zone(),
    };
    let wish = Wish {
        limit: 10,
        after: None,
        forgiving: true,
    };
    let mut answers = Vec::new();
    for (question, _) in &QUESTIONS {
        let sought = ticket::find(&store, &asker, question, &Filter::default(), wish).await;
        let people = people::find_people(store.read(), question, 5).await.expect("finds");
        answers.push(Answer {
            sought: sought.unwrap_or_else(|cause| panic!("{question}: {cause}")),
            people: people.into_iter().map(|person| person.identity.name).collect(),
        });
    }
    answers
}

#[test]
fn people_find_what_they_look_for_and_both_databases_answer_alike() {
    let texts = capabilities().into_iter().filter_map(|mut one| one.texts.take());
    i18n::install(
        &[ui::sources(), web::texts()]
            .into_iter()
            .chain(texts)
            .collect::<Vec<_>>(),
    );
    testkit::block_on(async {
        let embedded = answers(&Backend::sqlite()).await;
        let server = answers(&Backend::postgres().await).await;
        let (mut answered, mut sum) = (0, 0.0);
        for (place, (question, wanted)) in QUESTIONS.iter().enumerate() {
            assert_eq!(embedded[place].shown(), server[place].shown(), "{question}");
            let found = embedded[place].place(wanted);
            answered += usize::from(found.is_some_and(|found| found <= LOOKED_AT));
            sum += found.map_or(0.0, |found| 1.0 / found as f64);
            if found.is_none_or(|found| found > 1) {
                println!("{question}: {found:?} {}", embedded[place].shown());
            }
        }
        let mean = sum / QUESTIONS.len() as f64;
        println!(
            "answered among the first {LOOKED_AT}: {answered} of {}, mean reciprocal rank {mean:.3}",
            QUESTIONS.len()
        );
        assert!(answered >= LEAST_ANSWERED && mean >= LEAST_MEAN, "{answered} {mean:.3}");
    });
}

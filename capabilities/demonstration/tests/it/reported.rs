//! Fifty things that people report, each with what stands open already: the judge of what is proposed as *already reported*
//! (SD-055), in words that are not those of the tickets.
//!
//! A proposal is useful among the first three. One that is wrong costs attention on every call, so what nobody reported must
//! find nothing.

use super::search::lucia;
use super::{capabilities, now, open};
use demonstration::{Demonstration, load};
use people::Actor;
use record::Known;
use store::{Sql, Store, folded};
use testkit::Backend;
use ticket::{Proposal, Reported};

/// Proposals that people look at.
const LOOKED_AT: usize = 3;
/// Of those that were reported already, how many must be found among those.
const LEAST_FOUND: usize = 39;
/// Of those that nobody reported, for how many nothing must be proposed.
const LEAST_SILENT: usize = 7;

/// What the answer must be.
enum Wanted {
    /// The open parent whose subject holds one of these.
    Parent(&'static [&'static str]),
    /// The known outage.
    Outage,
    /// An open ticket whose subject holds one of these.
    Open(&'static [&'static str]),
    /// Nothing at all.
    Nothing,
}

use Wanted::{Nothing, Open, Outage, Parent};

const REPORTS: [(&str, Wanted); 50] = [
    ("Portale del personale: errore 504", Parent(&["portale"])),
    ("il portale è lento da stamattina", Parent(&["portale"])),
    ("errore 504 aprendo il portale", Parent(&["portale"])),
    ("portale lentissimo, non si lavora", Parent(&["portale"])),
    ("Wi-Fi assente al quarto piano", Parent(&["wi-fi"])),
    ("segnale Wi-Fi debole nella sala riunioni", Parent(&["wi-fi"])),
    ("il Wi-Fi non prende più", Parent(&["wi-fi"])),
    ("al quarto piano niente Wi-Fi", Parent(&["wi-fi"])),
    ("stampe in coda che non escono", Outage),
    ("stampa ferma nella sede di Avellino", Outage),
    ("stampante ferma, non stampa", Open(&["stamp"])),
    ("toner finito", Open(&["toner"])),
    ("la VPN rifiuta la connessione da casa", Open(&["vpn"])),
    ("VPN che cade ogni pochi minuti", Open(&["vpn"])),
    ("password di dominio dimenticata", Open(&["password"])),
    ("password scaduta mentre ero in ferie", Open(&["password"])),
    ("codice di verifica sbagliato", Open(&["codic"])),
    ("telefono nuovo, non arrivano i codici", Open(&["codic"])),
    ("casella piena", Open(&["casella"])),
    ("messaggio sospetto con allegato", Open(&["sospetto"])),
    ("phishing che chiede di aggiornare l’IBAN", Open(&["phishing"])),
    (
        "casella condivisa: accesso per una collega",
        Open(&["casella condivisa"]),
    ),
    ("computer lento all’avvio", Open(&["lentissimo all"])),
    ("trasloco di una stanza", Open(&["trasloco"])),
    ("secondo monitor nero", Open(&["monitor"])),
    ("webcam non riconosciuta", Open(&["webcam"])),
    ("telefono della stanza senza linea", Open(&["telefono"])),
    ("non si apre il cedolino", Open(&["cedolino"])),
    ("cedolino: pagina bianca", Open(&["cedolino"])),
    ("debito da conguaglio, si può rateizzare?", Open(&["conguaglio"])),
    (
        "copia certificazione unica",
        Open(&["certificazione unica", "della cu"]),
    ),
    ("IBAN cambiato e non recepito", Open(&["iban", "coordinate"])),
    ("timbrature mancanti", Open(&["timbrature"])),
    ("SPID: utente non abilitato", Open(&["spid"])),
    ("PIN dispositivo bloccato di nuovo", Open(&["pin"])),
    ("errore 500 registrando un protocollo", Open(&["protocollo"])),
    ("firma digitale, certificato non valido", Open(&["firma digitale"])),
    ("lettore di smart card non visto", Open(&["smart card"])),
    ("mandato fermo in attesa di firma", Open(&["mandato"])),
    ("fattura elettronica mai arrivata", Open(&["fattura"])),
    ("buste tecniche che non si aprono in gara", Open(&["buste tecniche"])),
    ("tornello che non registra l’uscita", Open(&["tornello"])),
    ("sedia ergonomica rotta", Nothing),
    ("prenotare l’auto di servizio", Nothing),
    ("ascensore fermo al piano terra", Nothing),
    ("parcheggio per disabili", Nothing),
    ("buoni pasto non accreditati", Nothing),
    ("aria condizionata guasta in archivio", Nothing),
    ("corso di inglese avanzato", Nothing),
    ("chiavi dell’armadio smarrite", Nothing),
];

impl Wanted {
    /// The place of the first right proposal, from one; for nothing, one where there is none.
    fn place(&self, proposals: &[Proposal]) -> Option<usize> {
        let says = |one: &Proposal, parts: &[&str]| {
            let subject = one.card.as_ref().map(|card| folded(&card.subject)).unwrap_or_default();
            one.card.as_ref().is_some_and(|card| card.open) && parts.iter().any(|part| subject.contains(&folded(part)))
        };
        let first = |fits: &dyn Fn(&Proposal) -> bool| proposals.iter().position(fits).map(|place| place + 1);
        match self {
            Parent(parts) => first(&|one| one.why.parent && says(one, parts)),
            Outage => first(&|one| one.known.is_some()),
            Open(parts) => first(&|one| says(one, parts)),
            Nothing => proposals.is_empty().then_some(1),
        }
    }
}

/// What is told to be out of order.
async fn known(store: &Store, actor: &Actor) -> Vec<Known> {
    let active = outage::active(store, actor).await.expect("reads");
    let known = active.into_iter().map(|outage| Known {
        id: outage.id,
        href: String::new(),
        sentence: format!("{}, {}.", outage.title, outage.places),
        words: format!("{} {} {}", outage.title, outage.meaning, outage.places),
        area: outage.area,
        ticket: outage.ticket,
        expected_at: outage.restore_at,
    });
    known.collect()
}

/// What is wanted stands open: otherwise nobody could find it.
async fn judged_fairly(store: &Store) {
    let sql = "SELECT subject FROM card WHERE is_open = 1";
    let rows = store.read().rows(sql, vec![]).await.expect("reads");
    let open: Vec<String> = rows
        .iter()
        .map(|row| folded(&row.get::<String>(0).expect("text")))
        .collect();
    let stands = |parts: &[&str]| {
        open.iter()
            .any(|subject| parts.iter().any(|part| subject.contains(&folded(part))))
    };
    let unfair: Vec<&str> = REPORTS
        .iter()
        .filter(|(_, wanted)| matches!(wanted, Open(parts) | Parent(parts) if !stands(parts)))
        .map(|(report, _)| *report)
        .collect();
    assert!(
        unfair.is_empty(),
        "nothing of these is open: {unfair:?} among {open:#?}"
    );
}

async fn proposals(db: &Backend) -> Vec<Vec<Proposal>> {
    let store = open(db).await;
    let loaded = load(&store, now()).await.unwrap_or_else(|cause| panic!("{cause}"));
    assert!(matches!(loaded, Demonstration::Loaded(_)));
    let actor = lucia(&store).await;
    judged_fairly(&store).await;
    let known = known(&store, &actor).await;
    let mut all = Vec::new();
    for (subject, _) in &REPORTS {
        let reported = Reported {
            subject: (*subject).to_owned(),
            at: now(),
            known: known.clone(),
            ..Reported::default()
        };
        let found = ticket::similar(&store, &actor, &reported).await;
        all.push(found.unwrap_or_else(|cause| panic!("{subject}: {cause}")));
    }
    all
}

/// What both databases must agree on, and what a person reads when it is wrong.
fn shown(proposals: &[Proposal]) -> Vec<String> {
    let line = |one: &Proposal| {
        let card = one
            .card
            .as_ref()
            .map(|card| format!("{} {}", card.number, card.subject));
        format!("{} {} {:?}", one.score, card.unwrap_or_default(), one.why)
    };
    proposals.iter().map(line).collect()
}

#[test]
fn sd_055_what_was_reported_already_is_among_the_first_three_and_what_was_not_finds_nothing() {
    let texts = capabilities().into_iter().filter_map(|mut one| one.texts.take());
    i18n::install(
        &[ui::sources(), web::texts()]
            .into_iter()
            .chain(texts)
            .collect::<Vec<_>>(),
    );
    testkit::block_on(async {
        let embedded = proposals(&Backend::sqlite()).await;
        let server = proposals(&Backend::postgres().await).await;
        let (mut found, mut silent, mut first) = (0, 0, 0);
        for (place, (subject, wanted)) in REPORTS.iter().enumerate() {
            assert_eq!(shown(&embedded[place]), shown(&server[place]), "{subject}");
            let at = wanted.place(&embedded[place]).filter(|at| *at <= LOOKED_AT);
            match wanted {
                Nothing => silent += usize::from(at.is_some()),
                _ => {
                    found += usize::from(at.is_some());
                    first += usize::from(at == Some(1));
                }
            }
            if at != Some(1) {
                println!("{subject}: {at:?} {:#?}", shown(&embedded[place]));
            }
        }
        let reported = REPORTS.iter().filter(|(_, wanted)| !matches!(wanted, Nothing)).count();
        println!(
            "among the first {LOOKED_AT}: {found} of {reported}, first: {first}; silent: {silent} of {}",
            REPORTS.len() - reported
        );
        assert!(found >= LEAST_FOUND && silent >= LEAST_SILENT, "{found} {silent}");
    });
}

//! The gallery's pages with their samples.

use askama::Template;
use i18n::Language;
use ui::{Area, Banner, Choice, Errors, Frame, Instant, Layout, Link, NavigationItem, Phase, Segment, Theme, Viewer};

/// Wednesday 25 November 2026, 9:41 in Rome.
const NOW: i64 = 1_795_596_060_000;
const MINUTE: i64 = 60_000;

fn ago(minutes: i64) -> Instant {
    Instant::from_millis(NOW - minutes * MINUTE)
}

fn place(label: &str, icon: &'static str, key: &'static str, badge: u64) -> NavigationItem {
    NavigationItem {
        href: "/list".into(),
        label: label.into(),
        icon,
        key,
        badge,
        ..NavigationItem::default()
    }
}

fn frame(language: Language, theme: Theme, title: &str) -> Frame {
    let mut frame = Frame::new(language, title);
    frame.organisation = "Ente dimostrativo".into();
    frame.theme = theme;
    frame.now = Instant::from_millis(NOW);
    frame
}

fn console(language: Language, theme: Theme, title: &str) -> Frame {
    let mut frame = frame(language, theme, title);
    frame.viewer = Some(Viewer::new("Lucia Bruni", "Operatrice, Assistenza I livello"));
    frame.navigation = vec![
        NavigationItem {
            active: true,
            ..place("Ticket", "ticket", "g q", 7)
        },
        place("Telefono", "phone", "", 0),
        place("Controllo", "control", "g c", 3),
        place("Conoscenza", "knowledge", "g k", 0),
        place("Persone", "people", "", 0),
        place("Quadri", "board", "", 0),
        place("Registro", "register", "", 0),
        NavigationItem {
            last: true,
            ..place("Ambito", "settings", "", 0)
        },
    ];
    frame.areas = ["Servizi tecnologici", "Personale e stipendi"]
        .map(|name| Area {
            name: name.into(),
            href: "/list".into(),
            current: name.starts_with("Servizi"),
        })
        .into();
    frame
}

pub struct Row {
    pub level: u8,
    pub subject: &'static str,
    pub number: &'static str,
    pub who: &'static str,
    pub tone: &'static str,
    pub share: u8,
    pub text: &'static str,
    pub faces: &'static [&'static str],
    pub open: bool,
}

pub struct Group {
    pub name: &'static str,
    pub count: u64,
    pub rows: Vec<Row>,
}

type Line = (
    u8,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    u8,
    &'static str,
    &'static [&'static str],
);

fn group(name: &'static str, count: u64, lines: &[Line]) -> Group {
    let row = |&(level, subject, number, who, tone, share, text, faces): &Line| Row {
        level,
        subject,
        number,
        who,
        tone,
        share,
        text,
        faces,
        open: false,
    };
    Group {
        name,
        count,
        rows: lines.iter().map(row).collect(),
    }
}

fn queue() -> Vec<Group> {
    vec![
        group(
            "Oltre il termine",
            2,
            &[
                (
                    1,
                    "Protocollo informatico non raggiungibile da tutte le sedi",
                    "SR-2026-014178",
                    "Sala operativa · 23 collegati",
                    "late",
                    100,
                    "−0:42",
                    &["Gianni Motta", "Franca Russo"],
                ),
                (
                    3,
                    "Cedolino di ottobre non visibile",
                    "SR-2026-013920",
                    "Chiara Fontana · telefono",
                    "late",
                    100,
                    "−0:07",
                    &[],
                ),
            ],
        ),
        group(
            "Entro due ore",
            5,
            &[
                (
                    2,
                    "Stampanti della Ragioneria ferme dopo l’aggiornamento",
                    "SR-2026-014183",
                    "Paolo Greco · e-mail",
                    "warn",
                    71,
                    "1:09",
                    &["Sara De Luca"],
                ),
                (
                    3,
                    "Accesso VPN negato dopo il cambio password",
                    "SR-2026-014185",
                    "Marta Rinaldi · portale",
                    "warn",
                    64,
                    "1:31",
                    &[],
                ),
                (
                    3,
                    "Nuova utenza per la dott.ssa Ferri: SSO, posta, cartella di rete",
                    "SR-2026-013931",
                    "3 assegnazioni, 1 chiusa",
                    "ok",
                    52,
                    "1:54",
                    &[],
                ),
            ],
        ),
        group(
            "Oggi",
            18,
            &[
                (
                    4,
                    "PEC: sollecito per accesso agli atti",
                    "SR-2026-013902",
                    "Studio Bassi · PEC",
                    "ok",
                    30,
                    "4:20",
                    &[],
                ),
                (
                    3,
                    "Allarme: spazio su db-cont-02 oltre 90 %",
                    "SR-2026-014190",
                    "Monitoraggio · 14 avvisi raggruppati",
                    "ok",
                    22,
                    "5:02",
                    &[],
                ),
                (
                    4,
                    "Informazioni su congedo parentale",
                    "SR-2026-013889",
                    "Attesa richiedente · riprende lun 9:00",
                    "paused",
                    18,
                    "in pausa",
                    &[],
                ),
                (
                    4,
                    "Monitor da sostituire, stanza 214",
                    "SR-2026-013935",
                    "Davide Sala · portale",
                    "ok",
                    15,
                    "6:40",
                    &[],
                ),
                (
                    5,
                    "Proposta: voce di menù per le trasferte",
                    "SR-2026-013877",
                    "Ufficio missioni · fax",
                    "ok",
                    4,
                    "3 g",
                    &[],
                ),
            ],
        ),
    ]
}

/// A ticket open beside its queue.
#[derive(Template)]
#[template(path = "desk.html", config = "examples/gallery/askama.toml")]
pub struct Desk {
    frame: Frame,
    groups: Vec<Group>,
    phase: Phase,
    first: Vec<Segment>,
    reply: Vec<Segment>,
    solution: Vec<Segment>,
    tabs: Vec<Choice>,
    yesterday: Instant,
    classified: Instant,
    noted: Instant,
}

impl Desk {
    pub fn sample(language: Language, theme: Theme) -> Desk {
        let mut groups = queue();
        groups[1].rows[0].open = true;
        Desk {
            frame: console(language, theme, "SR-2026-014183")
                .layout(Layout::Desk)
                .back_to("/list", "Da lavorare"),
            groups,
            phase: Phase::Working,
            first: Segment::row(&[("first", 15.0)]),
            reply: Segment::row(&[("first", 40.0)]),
            solution: Segment::row(&[("first", 22.0), ("second", 30.0), ("paused", 12.0), ("hot", 7.0)]),
            tabs: vec![
                Choice::new("reply", "Risposta", "reply").key("r"),
                Choice::new("note", "Nota interna", "reply").key("i"),
                Choice::new("solution", "Soluzione", "reply").key("s"),
            ],
            yesterday: ago(22 * 60 + 21),
            classified: ago(22 * 60 + 12),
            noted: ago(8),
        }
    }
}

/// The queue alone, with nothing open.
#[derive(Template)]
#[template(path = "list.html", config = "examples/gallery/askama.toml")]
pub struct List {
    frame: Frame,
    groups: Vec<Group>,
}

impl List {
    pub fn sample(language: Language, theme: Theme) -> List {
        let mut frame = console(language, theme, "Da lavorare").layout(Layout::List);
        frame.banners.push(Banner::info(
            "Dimostrazione",
            "I dati sono inventati; l’orologio parte da mercoledì 25 novembre.",
        ));
        List { frame, groups: queue() }
    }
}

/// Every kind of field, and a table.
#[derive(Template)]
#[template(path = "forms.html", config = "examples/gallery/askama.toml")]
pub struct Forms {
    frame: Frame,
    errors: Errors,
    categories: Vec<Choice>,
    impacts: Vec<Choice>,
}

impl Forms {
    pub fn sample(language: Language, theme: Theme) -> Forms {
        let mut errors = Errors::default();
        errors.add("subject", "Scrivi l’oggetto: basta una riga.");
        Forms {
            frame: console(language, theme, "Nuovo ticket"),
            errors,
            categories: ["Stampa › coda di stampa", "Accesso › VPN", "Posta › quota superata"]
                .map(|name| Choice::new(name, name, "Accesso › VPN"))
                .into(),
            impacts: [("1", "Alto"), ("2", "Medio"), ("3", "Basso")]
                .map(|(value, label)| Choice::new(value, label, "2"))
                .into(),
        }
    }
}

/// The portal's first page.
#[derive(Template)]
#[template(path = "home.html", config = "examples/gallery/askama.toml")]
pub struct Home {
    frame: Frame,
}

impl Home {
    pub fn sample(language: Language, theme: Theme) -> Home {
        let mut frame = frame(language, theme, "Di che cosa hai bisogno?");
        frame.viewer = Some(Viewer::new("Paolo Greco", "Ragioneria, ufficio IV"));
        frame.banners.push(Banner {
            link: Some(Link::new("/portal", "Segui l’aggiornamento")),
            ..Banner::warning(
                "Disservizio in corso",
                "Stampa, sedi di Roma e Avellino: ripristino previsto alle 11:30.",
            )
        });
        Home { frame }
    }
}

/// The door.
#[derive(Template)]
#[template(path = "sign_in.html", config = "examples/gallery/askama.toml")]
pub struct SignIn {
    frame: Frame,
    error: &'static str,
}

impl SignIn {
    pub fn sample(language: Language, theme: Theme) -> SignIn {
        SignIn {
            frame: frame(language, theme, "Accedi"),
            error: "",
        }
    }
}

//! The public body of the demonstration: its areas, groups, services and staff.

use people::{GroupKind, Role};

/// Its name.
pub(crate) const ORGANISATION: &str = "Ente dimostrativo";

/// An area: short name and name.
pub(crate) const AREAS: [(&str, &str); 3] = [
    ("spt", "Service Personale Tesoro"),
    ("st", "Servizi Tecnologici"),
    ("aa", "Altre applicazioni"),
];

/// A group: name, kind, area (empty where it answers for several).
pub(crate) const GROUPS: [(&str, GroupKind, &str); 18] = [
    ("Front End SPT", GroupKind::FrontEnd, "spt"),
    ("Back Office SPT", GroupKind::BackOffice, "spt"),
    ("Trattamento economico", GroupKind::BackOfficeL1, "spt"),
    ("Front End Servizi Tecnologici", GroupKind::FrontEnd, "st"),
    ("Back Office Servizi Tecnologici", GroupKind::BackOffice, "st"),
    ("Assistenza da remoto", GroupKind::BackOfficeL1, "st"),
    ("Front End Applicazioni", GroupKind::FrontEnd, "aa"),
    ("Back Office Applicazioni", GroupKind::BackOffice, "aa"),
    ("Supporto funzionale", GroupKind::BackOfficeL1, "aa"),
    ("Sistemi e reti", GroupKind::SecondLevel, ""),
    ("Gestione applicativa SPT", GroupKind::SecondLevel, "spt"),
    ("Postazioni di lavoro", GroupKind::SecondLevel, "st"),
    ("Identità e accessi", GroupKind::SecondLevel, ""),
    ("Documentale e protocollo", GroupKind::SecondLevel, "aa"),
    ("Acquisti e contratti", GroupKind::SecondLevel, "aa"),
    ("Sviluppo applicativo", GroupKind::ThirdLevel, ""),
    ("Infrastruttura centrale", GroupKind::ThirdLevel, ""),
    ("Rete Ufficio s.r.l. (stampanti)", GroupKind::Supplier, "st"),
];

/// Services with their categories, by area.
pub(crate) const CATEGORIES: [(&str, &str, &[&str]); 15] = [
    (
        "spt",
        "Cedolino",
        &[
            "Voci stipendiali",
            "Mancata visualizzazione",
            "Conguaglio fiscale",
            "Certificazione Unica",
        ],
    ),
    (
        "spt",
        "Anagrafica",
        &[
            "Dati anagrafici",
            "Coordinate bancarie",
            "Detrazioni e carichi di famiglia",
        ],
    ),
    (
        "spt",
        "Presenze e assenze",
        &["Timbrature", "Ferie e permessi", "Lavoro agile"],
    ),
    (
        "spt",
        "Portale del personale",
        &["Accesso con SPID o CIE", "PIN e credenziali", "Errori del portale"],
    ),
    (
        "st",
        "Postazione di lavoro",
        &["Computer lento o bloccato", "Monitor e periferiche", "Nuova postazione"],
    ),
    (
        "st",
        "Stampa",
        &["Coda di stampa", "Stampante guasta", "Materiali di consumo"],
    ),
    (
        "st",
        "Posta elettronica",
        &[
            "Casella piena",
            "Mancata ricezione",
            "Caselle condivise",
            "Messaggi sospetti",
        ],
    ),
    ("st", "Rete", &["Connessione di sede", "Wi-Fi", "VPN"]),
    (
        "st",
        "Accessi",
        &[
            "Password dimenticata",
            "Account bloccato",
            "Nuovo utente",
            "Autenticazione a due fattori",
        ],
    ),
    ("st", "Telefonia", &["Interno muto", "Deviazione di chiamata"]),
    (
        "aa",
        "Protocollo informatico",
        &["Registrazione", "Firma digitale", "Errori dell’applicazione"],
    ),
    (
        "aa",
        "Gestione documentale",
        &["Fascicoli", "Permessi di accesso", "Ricerca"],
    ),
    (
        "aa",
        "Contabilità",
        &["Mandati", "Fatture elettroniche", "Stampe e riepiloghi"],
    ),
    ("aa", "Acquisti", &["Ordini", "Gare e affidamenti"]),
    ("aa", "Sito istituzionale", &["Pubblicazione", "Modulistica"]),
];

/// What requesters may ask for: name, a line of what belongs to it, area, category (empty for none), drawing.
pub(crate) const OFFERINGS: [(&str, &str, &str, &str, &str); 4] = [
    (
        "Segnala un guasto",
        "Computer, rete, stampa, applicazioni",
        "st",
        "",
        "fault",
    ),
    (
        "Chiedi un accesso",
        "Utenze, cartelle, VPN",
        "st",
        "st/Accessi/Nuovo utente",
        "access",
    ),
    ("Stipendio e presenze", "Cedolino, ferie, permessi", "spt", "", "pay"),
    (
        "Attrezzature",
        "Postazione, telefono, accessori",
        "st",
        "st/Postazione di lavoro/Nuova postazione",
        "equipment",
    ),
];

/// Somebody of the staff.
pub(crate) struct Member {
    pub(crate) name: &'static str,
    pub(crate) email: &'static str,
    /// Roles, each with its area (empty for all).
    pub(crate) roles: &'static [(Role, &'static str)],
    pub(crate) groups: &'static [&'static str],
    /// True for the accounts that are shown when the service starts.
    pub(crate) shown: bool,
}

const fn member(
    name: &'static str,
    email: &'static str,
    roles: &'static [(Role, &'static str)],
    groups: &'static [&'static str],
) -> Member {
    Member {
        name,
        email,
        roles,
        groups,
        shown: false,
    }
}

const fn shown(member: Member) -> Member {
    Member { shown: true, ..member }
}

use Role::{
    Administrator, Auditor, ControlManager, Dpo, IncidentManager, Operator, SecondLevel, ServiceManager, TeamLead,
};

/// The staff.
pub(crate) const STAFF: [Member; 24] = [
    shown(member(
        "Lucia Bruni",
        "lucia.bruni@ente.example",
        &[(Operator, "spt"), (Operator, "st")],
        &["Front End SPT", "Front End Servizi Tecnologici"],
    )),
    member(
        "Marco Ferri",
        "marco.ferri@ente.example",
        &[(Operator, "spt")],
        &["Back Office SPT", "Front End SPT"],
    ),
    member(
        "Elena Conti",
        "elena.conti@ente.example",
        &[(Operator, "spt")],
        &["Trattamento economico"],
    ),
    member(
        "Fabio Amato",
        "fabio.amato@ente.example",
        &[(Operator, "spt")],
        &["Trattamento economico", "Back Office SPT"],
    ),
    member(
        "Davide Sanna",
        "davide.sanna@ente.example",
        &[(Operator, "st")],
        &["Front End Servizi Tecnologici"],
    ),
    member(
        "Giulia Moretti",
        "giulia.moretti@ente.example",
        &[(Operator, "st")],
        &["Back Office Servizi Tecnologici"],
    ),
    member(
        "Stefano Rizzi",
        "stefano.rizzi@ente.example",
        &[(Operator, "st")],
        &["Assistenza da remoto"],
    ),
    member(
        "Noemi Caruso",
        "noemi.caruso@ente.example",
        &[(Operator, "st")],
        &["Assistenza da remoto", "Back Office Servizi Tecnologici"],
    ),
    member(
        "Chiara Lombardi",
        "chiara.lombardi@ente.example",
        &[(Operator, "aa")],
        &["Front End Applicazioni"],
    ),
    member(
        "Andrea Galli",
        "andrea.galli@ente.example",
        &[(Operator, "aa")],
        &["Back Office Applicazioni", "Supporto funzionale"],
    ),
    member(
        "Sara Vitale",
        "sara.vitale@ente.example",
        &[(Operator, "aa"), (Operator, "spt")],
        &["Front End Applicazioni", "Front End SPT", "Back Office Applicazioni"],
    ),
    shown(member(
        "Roberto Neri",
        "roberto.neri@ente.example",
        &[(SecondLevel, "")],
        &["Sistemi e reti"],
    )),
    member(
        "Francesca Leone",
        "francesca.leone@ente.example",
        &[(SecondLevel, "")],
        &["Gestione applicativa SPT"],
    ),
    member(
        "Luca Marchetti",
        "luca.marchetti@ente.example",
        &[(SecondLevel, "")],
        &["Postazioni di lavoro"],
    ),
    member(
        "Ilaria Costa",
        "ilaria.costa@ente.example",
        &[(SecondLevel, "")],
        &["Identità e accessi", "Infrastruttura centrale"],
    ),
    member(
        "Paolo Serra",
        "paolo.serra@ente.example",
        &[(SecondLevel, "")],
        &["Documentale e protocollo"],
    ),
    member(
        "Matteo Villa",
        "matteo.villa@ente.example",
        &[(SecondLevel, "")],
        &["Sviluppo applicativo", "Acquisti e contratti"],
    ),
    shown(member(
        "Anna De Santis",
        "anna.desantis@ente.example",
        &[(TeamLead, "")],
        &[
            "Front End SPT",
            "Front End Servizi Tecnologici",
            "Front End Applicazioni",
        ],
    )),
    shown(member(
        "Giorgio Fontana",
        "giorgio.fontana@ente.example",
        &[(ControlManager, "")],
        &[],
    )),
    shown(member(
        "Valentina Riva",
        "valentina.riva@ente.example",
        &[(IncidentManager, "")],
        &["Sistemi e reti"],
    )),
    shown(member(
        "Maurizio Bellini",
        "maurizio.bellini@ente.example",
        &[(ServiceManager, "")],
        &[],
    )),
    shown(member(
        "Beatrice Orsini",
        "admin@ente.example",
        &[(Administrator, "")],
        &[],
    )),
    shown(member(
        "Claudio Parisi",
        "claudio.parisi@ente.example",
        &[(Auditor, "")],
        &[],
    )),
    shown(member("Marta Gentile", "marta.gentile@ente.example", &[(Dpo, "")], &[])),
];

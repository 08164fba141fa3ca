//! Italian words by Zipf's law: a few come all the time, most hardly ever.

use super::Dice;

/// Words of a service desk, the frequent ones first.
const BASE: &[&str] = &[
    "problema",
    "accesso",
    "stampante",
    "posta",
    "computer",
    "errore",
    "password",
    "rete",
    "richiesta",
    "ufficio",
    "utente",
    "sistema",
    "pagina",
    "cartella",
    "servizio",
    "telefono",
    "documento",
    "protocollo",
    "firma",
    "aggiornamento",
    "schermo",
    "stipendio",
    "cedolino",
    "presenze",
    "ferie",
    "badge",
    "portale",
    "applicazione",
    "collegamento",
    "server",
    "licenza",
    "monitor",
    "tastiera",
    "scanner",
    "certificato",
    "casella",
    "allegato",
    "messaggio",
    "procedura",
    "fattura",
    "ordine",
    "magazzino",
    "bilancio",
    "contratto",
    "delibera",
    "determina",
    "mandato",
    "pagamento",
    "contabile",
    "archivio",
    "fascicolo",
    "registro",
    "sessione",
    "navigatore",
    "finestra",
    "pulsante",
    "modulo",
    "campo",
    "codice",
    "blocco",
    "lentezza",
    "riavvio",
    "cavo",
    "presa",
    "alimentatore",
    "batteria",
    "disco",
    "memoria",
    "spazio",
    "copia",
    "salvataggio",
    "ripristino",
    "migrazione",
    "dominio",
    "indirizzo",
    "gruppo",
    "permesso",
    "abilitazione",
    "profilo",
    "account",
    "scadenza",
    "rinnovo",
    "sede",
    "piano",
    "stanza",
    "reception",
    "centralino",
    "chiamata",
    "coda",
    "attesa",
    "risposta",
    "soluzione",
    "verifica",
    "controllo",
    "intervento",
    "tecnico",
    "fornitore",
    "garanzia",
    "ricambio",
    "consegna",
    "inventario",
    "etichetta",
    "postazione",
    "portatile",
    "tablet",
    "cellulare",
    "scheda",
    "traffico",
    "dati",
    "videoconferenza",
    "microfono",
    "cuffie",
    "webcam",
    "riunione",
    "calendario",
    "invito",
    "delega",
    "ruolo",
    "formazione",
    "manuale",
    "guida",
    "istruzione",
    "conferma",
    "sollecito",
    "proroga",
    "chiusura",
];
const ENDINGS: &[&str] = &[
    "mento", "zione", "tore", "trice", "ista", "ale", "ario", "enza", "ità", "ura", "ante", "evole",
];
const ROOTS: &[&str] = &[
    "lavor",
    "stamp",
    "cart",
    "form",
    "port",
    "guard",
    "scriv",
    "trasform",
    "invi",
    "ricev",
    "compil",
    "misur",
    "conserv",
    "gest",
    "orient",
    "present",
    "assist",
    "funzion",
    "organ",
    "amministr",
    "comunic",
    "elabor",
    "intern",
    "collabor",
    "ordin",
    "segn",
    "sicur",
    "prepar",
    "regol",
    "spost",
    "verific",
    "risolv",
    "installa",
    "attiv",
    "prenot",
    "manten",
    "rinnov",
    "sostitu",
];

/// A vocabulary with how often each word comes.
pub(crate) struct Vocabulary {
    words: Vec<String>,
    reached: Vec<f64>,
}

impl Vocabulary {
    pub(crate) fn new() -> Self {
        let mut words: Vec<String> = BASE.iter().map(|word| (*word).to_owned()).collect();
        for prefix in ["", "ri", "pre", "auto", "inter", "sotto", "contro", "multi"] {
            for root in ROOTS {
                words.extend(ENDINGS.iter().map(|ending| format!("{prefix}{root}{ending}")));
            }
        }
        let mut total = 0.0;
        let reached = (1..=words.len())
            .map(|rank| {
                total += 1.0 / rank as f64;
                total
            })
            .collect();
        Self { words, reached }
    }

    /// A word.
    pub(crate) fn word(&self, dice: &mut Dice) -> &str {
        let at = dice.share() * self.reached.last().copied().unwrap_or(1.0);
        let place = self
            .reached
            .partition_point(|reached| *reached < at)
            .min(self.words.len() - 1);
        &self.words[place]
    }

    /// Some words as a sentence.
    pub(crate) fn sentence(&self, dice: &mut Dice, count: usize) -> String {
        let mut text = String::new();
        for place in 0..count {
            if place > 0 {
                text.push(' ');
            }
            text.push_str(self.word(dice));
        }
        text
    }
}

knowledge-place = Conoscenza
knowledge-title = Conoscenza
knowledge-find = Cercare tra gli articoli
knowledge-write = Scrivere un articolo
knowledge-states = Stato degli articoli
knowledge-all = Tutti
knowledge-none = Nessun articolo
knowledge-none-text = Quello che si scrive qui una volta non va più spiegato al telefono.
knowledge-article = Articolo
knowledge-state = Stato
knowledge-state-draft = Bozza
knowledge-state-published = Pubblicato
knowledge-state-withdrawn = Ritirato
knowledge-audience = Per chi
knowledge-audience-public = Richiedenti
knowledge-audience-internal = Solo lo sportello
knowledge-area-all = Tutti gli ambiti
knowledge-changed = Aggiornato
knowledge-minutes = { $n ->
    [one] un minuto
   *[other] { $n } minuti
 }
knowledge-internal-note = Lo legge solo chi lavora allo sportello.
knowledge-voices = Utile per { $useful }, non utile per { $useless }.
knowledge-on-portal = Vedere la guida nel portale
knowledge-publish = Pubblicare
knowledge-change = Modificare
knowledge-withdraw = Ritirare
knowledge-new = Nuovo articolo
knowledge-edit = Modifica di { $number }
knowledge-field-title = Titolo
knowledge-field-title-help = Come lo direbbe chi ha il problema.
knowledge-field-body = Testo
knowledge-field-body-help = Una riga vuota separa i paragrafi. «## » apre un titolo, «1. » un passo, «- » un elenco; **grassetto**, [parole](https://…) per un collegamento.
knowledge-field-minutes = Minuti necessari
knowledge-save = Salvare
knowledge-cancel = Annullare
knowledge-meanwhile = Nel frattempo è stato salvato questo testo
knowledge-meanwhile-text = Quello che hai scritto è ancora qui sopra. Riporta ciò che serve e salva di nuovo: il tuo testo prenderà il posto di questo.
knowledge-guides = Guide
knowledge-guides-none = Non ci sono ancora guide
knowledge-guides-none-text = Se ti serve qualcosa, chiedilo: ti rispondiamo noi.
knowledge-back = Assistenza
knowledge-updated = aggiornata il { $day }
knowledge-useful = Ti è stata utile?
knowledge-useful-yes = Sì, ho risolto
knowledge-useful-no = No, non mi è servita
knowledge-thanks = Grazie: con la tua risposta miglioriamo la guida.
knowledge-ask = Non hai risolto?
knowledge-ask-act = Apri una richiesta
knowledge-suggested = guida
knowledge-suggested-minutes = { $n ->
    [one] guida, un minuto
   *[other] guida, { $n } minuti
 }

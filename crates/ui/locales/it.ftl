# Cornici e componenti comuni a ogni pagina.

ui-product = Sportello
ui-tagline = Assistenza ai servizi e al personale
ui-skip-to-content = Vai al contenuto
ui-skip-to-queue = Vai all’elenco
ui-places = Sezioni
ui-queue = Elenco
ui-facts = Dati
ui-main-pane = Conversazione
ui-panes = Parti della pagina
ui-search = Cerca
ui-search-everything = Cerca un ticket, una persona, o fai qualcosa…
ui-next-ticket = Prossimo ticket
ui-new-call = Nuova chiamata
ui-calls-waiting = { $n ->
    [one] una sospesa
   *[other] { $n } sospese
}
ui-area = Ambito di servizio
ui-menu = Menù
ui-more = Altro
ui-language = Lingua
ui-accessibility = Accessibilità
ui-declaration = Dichiarazione di accessibilità
ui-profile = Il tuo profilo
ui-sign-out = Esci
ui-theme = Aspetto
ui-theme-auto = Automatico
ui-theme-light = Chiaro
ui-theme-dark = Scuro
ui-theme-contrast = Contrasto
ui-queue-width = Larghezza dell’elenco
ui-facts-width = Larghezza dei dati
ui-notices = Avvisi
ui-waiting-there = { $n ->
    [one] uno in attesa
   *[other] { $n } in attesa
 }

ui-keys = Tasti
ui-keys-title = Tasti di questa pagina
ui-keys-help = Le lettere valgono quando non si scrive in un campo; Esc lascia il campo.
ui-keys-move = Scorrere l’elenco
ui-keys-open = Aprire
ui-keys-tick = Selezionare la riga
ui-keys-leave = Lasciare il campo
ui-keys-send = Inviare
ui-find = Trova e fai
ui-find-acts = Azioni di questa pagina
ui-find-none = Nessun risultato
ui-find-count = Risultati:
ui-find-offered = Proposte:
ui-find-help = Frecce per scorrere, Invio per aprire, Esc per chiudere
ui-close = Chiudi
ui-link-to-this = Collegamento a questo punto
ui-line-lost = Senza collegamento: quello che vedi può non essere aggiornato. Riprovo…
ui-line-over = La sessione è scaduta. Quello che hai scritto resta qui.
ui-line-sign-in = Accedi di nuovo
ui-line-offline = Manca la rete. Quello che scrivi resta qui: si può inviare quando torna.
ui-line-unsent = Non inviato: il servizio non risponde. Quello che hai scritto resta qui, riprova tra poco.
ui-words-kept = Quello che stavi inviando è ancora qui: controlla che non sia già arrivato e invia di nuovo.

ui-required = obbligatorio
ui-optional = facoltativo
ui-optional-files = facoltativi
ui-errors-title = { $n ->
    [one] C’è una cosa da sistemare
   *[other] Ci sono { $n } cose da sistemare
 }
ui-error = Errore

ui-tone-info = Nota
ui-tone-success = Fatto
ui-tone-warning = Attenzione
ui-tone-danger = Problema

ui-priority = Priorità { $n }
ui-phases = Fasi del ticket
ui-phase-new = Nuova
ui-phase-working = In lavorazione
ui-phase-second-level = Al II livello
ui-phase-waiting = In attesa
ui-phase-closing = In chiusura
ui-phase-closed = Chiusa
ui-phase-done = fatta
ui-phase-now = adesso
ui-phase-ahead = da venire

ui-clock-ok = Tempo rimasto
ui-clock-warn = Tempo rimasto, in zona di attenzione
ui-clock-late = Oltre il termine di
ui-clock-paused = Orologio fermo
ui-clock-met = Rispettato
ui-clock-missed = Non rispettato

ui-internal-note = nota interna
ui-internal-note-help = Non la vede chi ha fatto la richiesta
ui-quoted = Firma e testo citato
ui-draft-saved = bozza salvata { $time }
ui-draft-kept = bozza ritrovata
ui-quote = Cita
ui-quote-this = Cita il messaggio di { $who }
ui-file-remove = Togli { $name }
ui-file-failed = I file non sono arrivati: controlla la rete e invia di nuovo.
ui-file-sending = Invio dei file
ui-draft-away = non ancora salvata: resta in questa scheda
ui-draft-elsewhere = aggiornata da un altro dispositivo
ui-draft-sent = già inviata da un altro dispositivo
ui-draft-other = Versione dell’altro dispositivo
ui-draft-use = Usa quella
ui-draft-leave = Tieni questa
ui-attach = Allega file
ui-message = Messaggio
ui-what-you-write = Che cosa si scrive

ui-pages = Pagine
ui-previous = Precedenti
ui-next = Successivi
ui-filters = Filtri
ui-remove = Togli
ui-presence = Per il lavoro sei

ticket-refusal-not-open = { $number } è concluso: per proseguire va riaperto, oppure si apre una nuova richiesta collegata.
ticket-refusal-reply-given = La risposta è già stata inviata: non si può più riprendere.
ticket-refusal-taken = { $number } è già in carico a { $who }.
ticket-refusal-taken-by-you = { $number } è già in carico a te.
ticket-refusal-take = { $number } non si può prendere in carico nello stato attuale.
ticket-refusal-take-first = Prendi prima in carico { $number }.
ticket-refusal-assign = { $number } è al II livello o collegato a un padre: ritira prima l’assegnazione o il collegamento.
ticket-refusal-back-office = In questo stato { $number } non si può passare al back office di I livello.
ticket-refusal-same-area = { $number } è già in questo ambito.
ticket-refusal-link-self = Un ticket non si collega a sé stesso.
ticket-refusal-linked-already = { $number } è già collegato.
ticket-refusal-complaint = Di un reclamo non si occupa chi ha lavorato sulla richiesta di cui si lamenta: passalo a un collega.
ticket-refusal-link-kind = Solo una malfunzione si collega a un padre: classifica prima { $number } come incidente.
ticket-refusal-link-parent = L’altro ticket deve essere aperto e non avere a sua volta un padre.
ticket-refusal-link-children = { $number } ha già dei figli ({ $children }): non può diventare figlio a sua volta.
ticket-refusal-merge-ended = L’altro ticket è concluso: scegline uno aperto.
ticket-refusal-merge-child = { $number } è il padre dell’altro ticket: unisci il figlio al padre, o togli prima il collegamento.
ticket-refusal-merge-children = Ai figli di { $number } ({ $children }) serve un padre: l’altro ticket è a sua volta un figlio. Unisci { $number } al padre di quello, o togli prima i collegamenti.
ticket-refusal-pause = { $number } è già in attesa.
ticket-refusal-not-waiting = { $number } non è in attesa.
ticket-refusal-solve = In questo stato { $number } non accetta una soluzione del primo livello.
ticket-refusal-identify-first = Indica prima chi è il richiedente di { $number }.
ticket-refusal-classify-first = Classifica prima { $number }.
ticket-refusal-second-level = In questo stato { $number } non si può mandare al II livello.
ticket-refusal-assignment-ended = Questa assegnazione è già conclusa.
ticket-refusal-no-solution = { $number } non ha ancora una soluzione su cui sentire il richiedente.
ticket-refusal-call-gap = Tra una chiamata e l’altra devono passare almeno { $hours } ore.
ticket-refusal-call-written = { $number } ha una soluzione scritta: si aspetta la risposta, e non si chiama chi tace.
ticket-refusal-hear-first = Prima di chiudere { $number } registra che cosa risponde il richiedente.
ticket-refusal-silence = { $number } si chiude per silenzio solo cinque giorni dopo una soluzione scritta.
ticket-refusal-attempts = Per chiudere { $number } come irreperibile servono tutti i tentativi di chiamata previsti.
ticket-refusal-refuse = { $number } si può respingere solo prima di una soluzione; in controllo si chiude per decisione.
ticket-refusal-decide = Solo un ticket in controllo si chiude per decisione.
ticket-refusal-control = { $number } è in controllo: come prosegue lo decide il responsabile del controllo, o chi guida il gruppo.
ticket-refusal-not-closed = { $number } non è chiuso.
ticket-refusal-reopen-term = { $number } si poteva riaprire entro { $days } giorni dalla chiusura: apri una nuova richiesta collegata.
ticket-refusal-rate-open = La valutazione si dà a richiesta chiusa.
ticket-refusal-rate-term = La valutazione si poteva dare entro { $days } giorni dalla chiusura.
ticket-field-override-reason = Spiega perché la priorità è diversa da quella calcolata.
ticket-field-within-a-year = Indica un momento futuro, entro un anno.
ticket-field-promises = Venti promesse sono già aperte: prima se ne mantenga o ritiri una.
ticket-field-future = Indica un momento futuro.
ticket-field-second-level-group = Scegli un gruppo di secondo o terzo livello, o un fornitore.
ticket-field-first-level-group = Per il secondo livello crea un’assegnazione: qui si sceglie un gruppo dello sportello.

# Pagine della console
ticket-page-place = Ticket
ticket-page-views = Viste dell’elenco
ticket-page-view-work = Da lavorare
ticket-page-view-mine = I miei
ticket-page-view-new = Da prendere
ticket-page-view-all = Tutti
ticket-page-view-closed = Chiusi
ticket-page-found = Risultati
ticket-page-filter = Filtra
ticket-page-words = Parole o numero
ticket-page-phase = Fase
ticket-page-priority = Priorità
ticket-page-group = Gruppo
ticket-page-area = Ambito
ticket-page-channel = Canale
ticket-page-apply = Applica i filtri
ticket-page-clear-filters = Togli i filtri
ticket-page-order = Ordine
ticket-page-order-priority = Priorità e scadenza
ticket-page-order-due = Rischio
ticket-page-risk-late = Oltre il termine
ticket-page-risk-soon = Entro due ore
ticket-page-risk-today = Oggi
ticket-page-risk-later = Nei prossimi giorni
ticket-page-risk-still = In attesa o senza termine
ticket-page-due-by = Entro: { $when }
ticket-page-order-newest = Più recenti
ticket-page-order-oldest = Meno recenti
ticket-page-order-updated = Ultimo aggiornamento
ticket-page-updated-column = Aggiornato
ticket-page-due-column = Scadenza
ticket-page-shape-table = Tabella
ticket-page-shape-rows = Due righe
ticket-page-condition = Condizione
ticket-page-condition-add = Aggiungi condizione
ticket-page-condition-last = Togli l’ultima condizione
ticket-page-condition-denied = non { $value }
ticket-page-condition-apply = Aggiungi
ticket-page-condition-requester-help = Cognome, nome, telefono o e-mail.
ticket-page-condition-opened-help = Un giorno, un mese o un intervallo: 3/11/2026, 2026-11, >2026-11-01, 2026-11-01..2026-11-15.
ticket-page-see-new = Vedi quelli da prendere
ticket-page-see-work = Vedi quelli da lavorare
ticket-page-new-ticket = Nuova chiamata
ticket-page-nothing-open = Nessun ticket aperto qui
ticket-page-nothing-open-text = Scegli un ticket dall’elenco, oppure vai al prossimo: il più urgente tra i tuoi e quelli non assegnati.
ticket-page-arrival = 1 nuovo: mostra
ticket-page-arrivals = { $count } nuovi: mostra
ticket-view-saved = Viste salvate
ticket-view-name = Nome della vista
ticket-view-share = Per chi
ticket-view-mine = solo per me
ticket-view-save = Salva questa vista
ticket-view-remove = Elimina la vista { $name }
ticket-view-too-many = Le viste salvate sono già quaranta: eliminane una.
ticket-pins = Ticket fissati
ticket-pin = Tieni a portata di mano
ticket-page-reply-arrived = Mentre scrivevi è arrivato un messaggio del richiedente: leggilo qui sopra, poi invia.
ticket-page-show-what = Che cosa mostrare
ticket-page-show-all = Tutto
ticket-page-show-words = Messaggi
ticket-page-show-facts = Fatti
ticket-page-within = Cerca nel ticket
ticket-page-just-arrived = Appena arrivati
ticket-page-arrived = Nuovo messaggio di { $who }
ticket-page-read-it = Leggi
ticket-page-have-read-it = Ho letto
ticket-page-gone = Questo ticket non è più visibile per te. Quello che hai scritto resta qui sotto.
ticket-page-doing-viewing = { $who } sta leggendo
ticket-page-doing-away = { $who } lo ha aperto
ticket-page-doing-reply = { $who } sta scrivendo una risposta
ticket-page-doing-note = { $who } sta scrivendo una nota
ticket-page-doing-solution = { $who } sta scrivendo la soluzione

ticket-bulk-pick = Selezionare { $number }
ticket-bulk-acts = Azioni sui ticket selezionati
ticket-bulk-title = { $act }: { $count ->
    [one] un ticket
   *[other] { $count } ticket
 }
ticket-bulk-which = Ticket
ticket-bulk-preview = Anteprima
ticket-bulk-do = { $n ->
    [one] Procedere su un ticket
   *[other] Procedere su { $n } ticket
 }
ticket-bulk-help = Dopo la conferma restano dieci secondi per annullare. Quello che un ticket rifiuta non ferma gli altri.
ticket-bulk-can = Si può
ticket-bulk-cannot = Non si può
ticket-bulk-was-done = Fatto
ticket-bulk-was-not = Non fatto
ticket-bulk-waits = { $n ->
    [0] Si comincia adesso.
    [one] Si comincia tra un secondo: si può ancora annullare.
   *[other] Si comincia tra { $n } secondi: si può ancora annullare.
 }
ticket-bulk-runs = { $n ->
    [one] In corso: ne resta uno.
   *[other] In corso: ne restano { $n }.
 }
ticket-bulk-undone = Annullato: non è cambiato nulla.
ticket-bulk-done = Fatto su { $done }, non fatto su { $refused }.
ticket-bulk-undo = Annulla
ticket-bulk-look-again = Aggiorna
ticket-bulk-none = Seleziona almeno un ticket.
ticket-bulk-too-many = Seleziona al massimo 200 ticket per volta.
ticket-bulk-too-late = È troppo tardi per annullare: l’operazione è già cominciata.
ticket-page-empty-narrowed = Nessun ticket con questi filtri
ticket-page-empty-narrowed-text = Togli un filtro o cerca altre parole.
ticket-page-empty-work = Non c’è nulla da lavorare
ticket-page-empty-work-text = Le nuove richieste compaiono qui. Se qualcuno chiama, apri un ticket.
ticket-page-empty-mine = Non hai ticket in carico
ticket-page-empty-mine-text = Prendine uno tra quelli che aspettano.
ticket-page-empty-new = Tutto è stato preso in carico
ticket-page-empty-new-text = Nessuna richiesta aspetta di essere presa in carico.
ticket-page-empty-all = Non ci sono ancora ticket
ticket-page-empty-all-text = Il primo arriva dal portale, dall’API o da qui.
ticket-page-empty-closed = Nessun ticket chiuso
ticket-page-empty-closed-text = I ticket compaiono qui quando il richiedente conferma la soluzione.
ticket-page-nobody-yet = Richiedente da identificare
ticket-page-nobody-yet-text = Non si sa ancora chi ha fatto la richiesta.
ticket-page-opened-at = Aperto il { $when }
ticket-page-opened-by = aperto { $when } { $by }
ticket-page-waits-until = { $reason } fino a { $when }

# Elenchi chiusi
ticket-page-state-new = nuovo
ticket-page-state-taken = preso in carico
ticket-page-state-level1-work = in lavorazione al I livello
ticket-page-state-back-office-work = in lavorazione al back office
ticket-page-state-level2-work = in lavorazione al II livello
ticket-page-state-linked = collegato a un padre
ticket-page-state-waiting = in attesa
ticket-page-state-solution-given = soluzione data, attende conferma
ticket-page-state-technically-closed = chiuso tecnicamente
ticket-page-state-contact-pending = richiedente da chiamare
ticket-page-state-under-control = in controllo
ticket-page-state-closed = chiuso
ticket-page-state-cancelled = annullato
ticket-page-state-merged = unito a un altro
ticket-page-goes-on = Prosegue in { $number }
ticket-page-kind-unknown = da classificare
ticket-page-kind-information = richiesta di informazioni
ticket-page-kind-complaint = reclamo
ticket-page-kind-interpretation = interpretazione amministrativa
ticket-page-kind-specialist = assistenza specialistica
ticket-page-kind-fulfilment = richiesta di servizio
ticket-page-kind-incident = incidente
ticket-page-channel-web = portale
ticket-page-channel-api = API
ticket-page-channel-email = e-mail
ticket-page-channel-pec = PEC
ticket-page-channel-phone = telefono
ticket-page-channel-fax = fax
ticket-page-channel-chat = chat
ticket-page-channel-monitoring = monitoraggio
ticket-page-channel-walk-in = di persona
ticket-page-channel-import = importazione
ticket-page-by-web = dal portale
ticket-page-by-api = tramite API
ticket-page-by-email = per e-mail
ticket-page-by-pec = per PEC
ticket-page-by-phone = per telefono
ticket-page-by-fax = per fax
ticket-page-by-chat = in chat
ticket-page-by-monitoring = dal monitoraggio
ticket-page-by-walk-in = di persona
ticket-page-by-import = da un’importazione
ticket-page-via-console = dalla console
ticket-page-via-portal = dal portale
ticket-page-via-api = tramite API
ticket-page-via-cli = da riga di comando
ticket-page-via-import = da un’importazione
ticket-page-via-system = dal sistema
ticket-page-via-rule = per una regola
ticket-page-via-demo = dal portale
ticket-page-priority-1 = 1 · critica
ticket-page-priority-2 = 2 · alta
ticket-page-priority-3 = 3 · media
ticket-page-priority-4 = 4 · bassa
ticket-page-priority-5 = 5 · pianificata
ticket-page-urgency-1 = alta
ticket-page-urgency-2 = media
ticket-page-urgency-3 = bassa
ticket-page-level-1 = alto
ticket-page-level-2 = medio
ticket-page-level-3 = basso
ticket-page-closed-confirmed = confermato
ticket-page-closed-no-reply = nessuna risposta
ticket-page-closed-unreached = irreperibile
ticket-page-closed-refused = non trattato
ticket-page-closed-withdrawn = ritirato
ticket-page-closed-decided = deciso dal controllo
ticket-page-closed-when-confirmed = la chiusura tecnica basta, non serve chiamare
ticket-page-closed-when-no-reply = la soluzione scritta è senza risposta da cinque giorni
ticket-page-closed-when-unreached = tutti i tentativi di chiamata sono stati fatti
ticket-page-closed-when-refused = la richiesta non può essere trattata: spiega perché
ticket-page-closed-when-withdrawn = il richiedente non ne ha più bisogno
ticket-page-closed-when-decided = il controllo decide di chiudere: spiega perché
ticket-page-waiting-requester = attesa del richiedente
ticket-page-waiting-supplier = attesa del fornitore
ticket-page-waiting-change = attesa di una modifica
ticket-page-waiting-agreed-date = data concordata
ticket-page-link-parent = figlio di
ticket-page-link-child = padre di
ticket-page-link-related = correlato a
ticket-page-link-follows = prosegue
ticket-page-assignment-assigned = da accettare
ticket-page-assignment-accepted = in lavorazione
ticket-page-assignment-tech-closed = chiusa tecnicamente
ticket-page-assignment-returned = restituita
ticket-page-assignment-withdrawn = ritirata
ticket-page-technical-solved = risolto
ticket-page-technical-workaround = soluzione temporanea
ticket-page-technical-not-reproducible = non riproducibile
ticket-page-technical-by-design = funziona come previsto
ticket-page-call-reached = Ha risposto
ticket-page-call-not-reached = Non ha risposto
ticket-page-answer-accepted = La soluzione va bene: il ticket si chiude
ticket-page-answer-refused = Non va bene, la classificazione era giusta: decide il controllo
ticket-page-answer-refused-wrong-class = Non va bene, la classificazione era sbagliata: si riclassifica
ticket-page-hands-free = Da prendere in carico
ticket-page-hands-first = I livello
ticket-page-hands-second = II livello
ticket-page-hands-paused = In attesa
ticket-page-hands-closing = In chiusura

# Il ticket
ticket-page-acts = Azioni sul ticket
ticket-page-solution = Soluzione
ticket-page-erased = Il testo è stato cancellato.
ticket-page-to = a { $who }
ticket-page-to-capital = A { $who }, visibile sul portale
ticket-page-to-nobody = Richiedente da identificare
ticket-page-send = Invia
ticket-page-write-reply = Risposta
ticket-page-write-note = Nota interna
ticket-page-write-solution = Soluzione
ticket-page-too-many-files = Allega al massimo venti file alla volta.
ticket-page-solved-meanwhile = Nel frattempo qualcun altro ha dato una soluzione: leggila sopra. Il tuo testo è ancora qui; invialo di nuovo se la sostituisce.
ticket-page-times = Tempi
ticket-page-explain = spiega
ticket-page-open-since = Aperto da
ticket-page-lasted = Durata
ticket-page-after = dopo { $length }
ticket-page-step-taken = Preso in carico
ticket-page-step-replied = Prima risposta
ticket-page-step-solved = Soluzione
ticket-page-step-closed = Chiusura
ticket-page-metric-taking-charge = Presa in carico
ticket-page-metric-first-reply = Prima risposta
ticket-page-metric-resolution = Soluzione
ticket-page-metric-group-taking-charge = Presa in carico del gruppo
ticket-page-metric-group-work = Lavoro del gruppo
ticket-page-clock-running = entro
ticket-page-clock-paused = sospeso
ticket-page-clock-met = nei tempi
ticket-page-clock-breached = fuori tempo
ticket-page-clock-void = non dovuto
ticket-page-clocks = Tempi da rispettare
ticket-page-ledger-clock = Tempo
ticket-page-ledger-target = Obiettivo
ticket-page-ledger-used = Usato
ticket-page-ledger-due = Scadenza
ticket-page-ledger-stopped = Raggiunto
ticket-page-ledger-outcome = Esito
ticket-page-ledger-agreement = Accordo
ticket-page-ledger-calendar = Calendario
ticket-page-ledger-edition = edizione { $n }
ticket-page-ledger-always = Tutto il tempo
ticket-page-ledger-spans = Ogni tratto, con quanto conta per ciascun tempo
ticket-page-ledger-paused = sospeso
ticket-page-ledger-closed = fuori orario
ticket-page-ledger-late = oltre: { $length }
ticket-page-ledger-sum = In tutto
ticket-page-ledger-clock-running = in corso
ticket-page-ledger-clock-paused = sospeso
ticket-page-ledger-clock-met = nei tempi
ticket-page-ledger-clock-breached = fuori tempo
ticket-page-ledger-clock-void = non dovuto
ticket-page-times-title = Dove è andato il tempo
ticket-page-times-help = Ogni riga è un tratto di tempo trascorso, senza vuoti: la somma è { $total }.
ticket-page-from = Dal
ticket-page-until = Al
ticket-page-length = Durata
ticket-page-state = Stato
ticket-page-operator = Operatore
ticket-page-requester = Richiedente
ticket-page-proven = identificato
ticket-page-unproven = da verificare
ticket-page-guest = ospite
ticket-page-signed-in = ha fatto l’accesso
ticket-page-chosen-at-opening = scelto dall’anagrafica all’apertura
ticket-page-verified-by = dati verificati da { $who }, { $when }
ticket-page-phone = Telefono
ticket-page-email = E-mail
ticket-page-pin = PIN
ticket-page-proof = Come
ticket-page-history = Storia
ticket-page-all-of-them = tutti i ticket
ticket-page-is-open = aperto
ticket-page-classification = Classificazione
ticket-page-kind = Tipo
ticket-page-category = Categoria
ticket-page-by-matrix = impatto { $impact } × urgenza { $urgency }
ticket-page-overridden = scelta a mano
ticket-page-assignment = Assegnazione
ticket-page-external = Riferimento esterno
ticket-page-change = modifica
ticket-page-links = Collegamenti
ticket-page-unlink = Togli il collegamento con { $number }
ticket-page-more-children = { $n ->
    [one] e un altro figlio
   *[other] e altri { $n } figli
 }

# Azioni
ticket-page-back = Torna indietro
ticket-page-choose = Scegli
ticket-page-choose-one = Scegli una voce.
ticket-page-moment = Indica giorno e ora.
ticket-page-act-macro = Macro
ticket-page-field-macro = Macro da usare
ticket-page-act-take = Prendi in carico
ticket-page-act-assign = Assegna o passa
ticket-page-act-assign-help = Scegli il gruppo dello sportello, la persona, o entrambi. Per il II livello si crea un’assegnazione.
ticket-page-act-identify = Identifica il richiedente
ticket-page-act-identify-help = Cerca per nome, e-mail, telefono o PIN. Chi non è in anagrafica si registra come ospite.
ticket-page-act-register = Registra il motivo
ticket-page-act-register-help = Con le parole di chi chiede: perché ci ha contattato.
ticket-page-act-diagnose = Registra la diagnosi
ticket-page-act-diagnose-help = Che cosa si è verificato e che cosa resta da capire. La vede solo lo sportello.
ticket-page-act-classify = Classifica
ticket-page-act-classify-help = La priorità segue da impatto e urgenza, secondo la matrice dell’ambito.
ticket-page-act-subject = Correggi l’oggetto
ticket-page-act-subject-help = Una riga che dica di che cosa si tratta. Il richiedente la vede.
ticket-page-act-reroute = Cambia ambito
ticket-page-act-reroute-help = Il ticket passa a un altro ambito con il suo numero e la sua storia, e torna da prendere in carico.
ticket-page-act-parent = Collega a un padre
ticket-page-act-parent-help = Il ticket segue un incidente già aperto e si conclude con quello.
ticket-page-act-link = Collega a un altro ticket
ticket-page-act-link-help = I due ticket restano separati e si richiamano a vicenda.
ticket-page-act-unlink = Togli il collegamento
ticket-page-act-second-level = Manda al II livello
ticket-page-act-second-level-help = Crea un’assegnazione per un gruppo specialistico. Se ne possono creare più d’una: il ticket torna allo sportello quando sono tutte concluse.
ticket-page-act-accept = Accetta l’assegnazione
ticket-page-act-technical-closure = Chiudi tecnicamente
ticket-page-act-technical-closure-help = Racconta che cosa è stato fatto: lo sportello lo userà per sentire il richiedente.
ticket-page-act-return = Restituisci
ticket-page-act-return-help = L’assegnazione torna allo sportello per una nuova diagnosi.
ticket-page-act-withdraw = Ritira
ticket-page-act-wait = Metti in attesa
ticket-page-act-wait-help = Il tempo d’attesa resta distinto da quello di lavoro. Se si attende il richiedente, una sua risposta fa ripartire il ticket.
ticket-page-act-resume = Riprendi
ticket-page-act-solution = Dai la soluzione
ticket-page-act-solution-help = Il richiedente la riceve e dice se va bene.
ticket-page-act-outcome = Registra l’esito
ticket-page-act-outcome-help = Che cosa dice il richiedente della soluzione.
ticket-page-act-call = Registra una chiamata
ticket-page-act-call-help = Un tentativo di sentire il richiedente prima di chiudere.
ticket-page-act-close = Chiudi
ticket-page-act-close-help = Quando il richiedente risponde, registra l’esito: il ticket si chiude da sé. Qui si chiude negli altri casi.
ticket-page-act-reopen = Riapri
ticket-page-act-reopen-help = Il ticket torna in controllo, con la sua storia.
ticket-page-act-cancel = Annulla il ticket
ticket-page-act-cancel-help = Solo se non era una richiesta: un errore, una prova, una pubblicità. Resta nella storia.
ticket-page-act-merge = Unisci a un altro
ticket-page-act-merge-help = Questo ticket si conclude e prosegue nell’altro. Non si può tornare indietro.
ticket-page-changed-meanwhile = Qualcuno ha cambiato la stessa cosa
ticket-page-changed-meanwhile-text = Scegli quale valore tenere; il resto di quanto hai scritto è al suo posto.
ticket-page-mine = Il tuo: { $value }
ticket-page-theirs = Quello attuale: { $value }
ticket-page-nothing = nessuno
ticket-page-override = Usa una priorità diversa
ticket-page-from-matrix = Quella della matrice
ticket-page-same-group = Nessun gruppo
ticket-page-no-operator = Nessuna persona: lo prende chi è libero
ticket-page-to-be-said = Da stabilire
ticket-page-field-group = Gruppo dello sportello
ticket-page-field-operator = Persona
ticket-page-field-registration = Motivo del contatto
ticket-page-field-diagnosis = Diagnosi
ticket-page-field-kind = Tipo
ticket-page-field-category = Categoria
ticket-page-field-impact = Impatto
ticket-page-field-impact-help = Quante persone e quali servizi sono coinvolti.
ticket-page-field-urgency = Urgenza
ticket-page-field-urgency-help = Quanto in fretta serve.
ticket-page-field-override = Priorità
ticket-page-field-override-reason = Perché è diversa
ticket-page-field-override-reason-help = Serve quando la priorità non è quella della matrice.
ticket-page-field-subject = Oggetto
ticket-page-field-area = Nuovo ambito
ticket-page-field-reason = Motivo
ticket-page-field-reroute-help = Lo legge chi riceve il ticket.
ticket-page-field-parent = Numero del padre
ticket-page-field-parent-help = Per esempio SR-2026-000171, o anche solo 171.
ticket-page-field-to = Numero dell’altro ticket
ticket-page-field-to-help = Per esempio SR-2026-000171, o anche solo 171.
ticket-page-field-link-kind = Questo ticket è
ticket-page-field-group-l2 = Gruppo specialistico
ticket-page-field-asked = Che cosa si chiede
ticket-page-field-asked-help = Che cosa serve a chi lo riceve per cominciare subito.
ticket-page-field-activity = Che cosa è stato fatto
ticket-page-field-technical = Esito
ticket-page-field-callback = Il richiedente va chiamato prima di chiudere
ticket-page-field-callback-help = Lo sportello lo sentirà e ne registrerà la risposta.
ticket-page-field-waiting = Si attende
ticket-page-field-wake-at = Fino a
ticket-page-field-wake-at-help = Quando riguardarlo; lascia vuoto se non si sa.
ticket-page-field-note = Nota
ticket-page-field-solution = Soluzione
ticket-page-field-solution-help = La legge il richiedente: che cosa è stato fatto e che cosa deve fare.
ticket-page-field-answer = Che cosa risponde il richiedente
ticket-page-field-answer-note = Con le sue parole
ticket-page-field-call = Com’è andata
ticket-page-field-close-reason = Perché si chiude
ticket-page-field-close-note-help = Obbligatoria se la richiesta non è trattata o se decide il controllo.
ticket-page-field-into = Numero del ticket in cui prosegue
ticket-page-field-description = Descrizione

# Il banco e la ricerca
ticket-page-who-asks = Chi fa la richiesta
ticket-page-who = PIN, telefono, e-mail o almeno tre lettere del cognome
ticket-page-nobody-found = Nessuno in anagrafica: completa i dati qui sotto e si registra come ospite.
ticket-page-choose-person = Scegli una persona tra quelle trovate, oppure completa i dati dell’ospite.
ticket-page-say-who = Indica chi fa la richiesta: cercalo o inserisci i suoi dati.
ticket-page-new-guest = Nessuno di questi: è un nuovo ospite
ticket-page-guest-data = Dati del nuovo ospite
ticket-page-guest-name = Nome e cognome
ticket-page-verified = Ho verificato i suoi dati
ticket-page-verified-help = Per esempio con matricola, codice fiscale o richiamandolo al numero in anagrafica.
ticket-page-classify-now = Ambito, canale e classificazione
ticket-page-taken-by-me = Presa in carico da me
ticket-page-taken-by-me-help = Il tempo di presa in carico si ferma adesso.
ticket-page-open-it = Apri il ticket
ticket-page-opened-title = Aperto { $number }
ticket-page-opened-heading = Ticket aperto
ticket-page-opened-say = Leggi il numero a chi ha chiamato: serve per chiedere notizie.
ticket-page-you = tu
ticket-page-go-on = Vai al ticket
ticket-page-another = Prossima chiamata
ticket-page-colleagues = Colleghi
ticket-page-reply-leaving = { $n ->
    [0] Risposta in partenza
    [one] Risposta in partenza tra un secondo
   *[other] Risposta in partenza tra { $n } secondi
}
ticket-page-reply-given = Risposta inviata
ticket-page-reply-take-back = Annulla l’invio
ticket-page-closed-heading = Risolto e chiuso
ticket-page-closed-say = { $n ->
    [0] Leggi il numero a chi ha chiamato: la richiesta è chiusa.
    [one] Leggi il numero a chi ha chiamato: se il problema torna entro un giorno, basta citarlo e si riapre.
   *[other] Leggi il numero a chi ha chiamato: se il problema torna entro { $n } giorni, basta citarlo e si riapre.
}
ticket-page-new-call = Nuova chiamata
ticket-page-solved-at-once = Risolta subito
ticket-page-solved-at-once-help = Se non indichi il tipo, si registra come incidente.
ticket-page-close-at-once = Chiudi: il richiedente è in linea e conferma
ticket-page-calls-waiting = { $n ->
    [one] Una chiamata sospesa
   *[other] { $n } chiamate sospese
}
ticket-page-call-without-subject = Senza oggetto
ticket-page-call-throw = Scarta la chiamata: { $what }
ticket-page-call-thrown = Chiamata scartata.
ticket-page-undo = Annulla
ticket-page-caller = Chi chiama
ticket-page-caller-known = in anagrafica
ticket-page-caller-guest = ospite: identità da verificare
ticket-page-caller-open = { $n ->
    [one] Un ticket aperto
   *[other] { $n } ticket aperti
}
ticket-page-caller-ended = Ultimi ticket conclusi
ticket-page-caller-first = È il suo primo ticket.
ticket-page-caller-history = Tutti i suoi ticket
ticket-page-is-it-this = È per questo?
ticket-page-is-it-this-one = È per questo? Prosegui con { $number }
ticket-page-people-found = Persone trovate
ticket-page-nobody-found-live = Nessuno in anagrafica: premi Invio e prosegui come ospite.
ticket-page-to-queue = Torna all’elenco
ticket-page-search = Ricerca
ticket-page-search-label = Parole, un numero o una persona
ticket-page-search-nothing = Nessun risultato
ticket-page-search-nothing-text = Prova con meno parole, con il cognome o con il numero del ticket.
ticket-page-search-more = Vedi tutti i ticket trovati
ticket-page-number = Numero
ticket-page-opened-column = Aperto
ticket-page-changed-column = Modificato
ticket-page-due-condition = Scadenza
ticket-page-people = Persone
ticket-page-name = Nome
ticket-page-office = Ufficio
ticket-page-contacts = Contatti

# Che cosa è successo, una frase per fatto
ticket-event-opened = Aperto { $channel }
ticket-event-taken = Preso in carico
ticket-event-assigned-group = Assegnato al gruppo { $group }
ticket-event-assigned-operator = Assegnato a { $who }
ticket-event-assigned-both = Assegnato a { $who }, gruppo { $group }
ticket-event-automated = La regola «{ $name }» (edizione { $edition }) agisce
ticket-event-given = Dato a { $who }, che aveva { $load } ticket in corso
ticket-event-given-back = Tornato libero: chi l’aveva avuto non c’era più
ticket-event-moved-to-back-office-l1 = Passato al back office: { $group }
ticket-event-guest-linked = Richiedente registrato come { $who }, dati da verificare
ticket-event-data-verified = Identità verificata: { $who }
ticket-event-data-checked-congruent = Dati verificati nelle anagrafiche: concordano
ticket-event-data-checked-discrepant = Dati discordanti nelle anagrafiche: { $fields }
ticket-event-data-checked-absent = Richiedente non presente nelle anagrafiche dell’ambito
ticket-event-data-checked-elsewhere = Richiedente presente solo nelle anagrafiche di altri ambiti
ticket-event-discrepancy-notified = Discordanza comunicata per iscritto: { $fields }
ticket-event-discrepancy-notified-voice = Discordanza comunicata a voce: { $fields }
ticket-event-requester-merged = { $from } è { $who }: il ticket passa a questa persona
ticket-event-requester-unmerged = Unione annullata: il ticket torna a { $who }
ticket-event-registered = Motivo registrato
ticket-event-diagnosis-recorded = Diagnosi
ticket-event-classified = Classificato { $what } · impatto { $impact } × urgenza { $urgency } = P{ $n }
ticket-event-classified-overridden = Classificato { $what } · impatto { $impact } × urgenza { $urgency }, priorità scelta a mano: P{ $n }
ticket-event-rerouted = Passato all’ambito { $area }
ticket-event-put-under-control = Messo in controllo (regola { $rule })
ticket-event-promise-made = Promesso al richiedente entro { $when }
ticket-event-promise-kept = Promessa mantenuta
ticket-event-promise-withdrawn = Promessa ritirata
ticket-event-promise-missed = Promessa non mantenuta in tempo
ticket-event-times-told = Detto a voce al richiedente
ticket-event-linked-parent = Collegato al padre { $number }
ticket-event-linked-related = Collegato a { $number }
ticket-event-linked-follows = Prosegue { $number }
ticket-event-unlinked = Tolto il collegamento con { $number }
ticket-event-unlinked-parent-ended = { $number } è finito senza una soluzione: questo ticket prosegue da solo
ticket-event-unlinked-parent-merged = { $number } è stato unito a un altro ticket: questo segue quello
ticket-event-colleagues-mentioned = Menziona { $who }
ticket-event-assignment-created = Mandato al II livello: { $group }
ticket-event-assignment-accepted = Assegnazione accettata da { $group }
ticket-event-assignment-returned = Assegnazione restituita da { $group }
ticket-event-assignment-withdrawn = Assegnazione a { $group } ritirata
ticket-event-assignment-technically-closed = Chiusura tecnica di { $group }: { $outcome }
ticket-event-assignment-technically-closed-call = Chiusura tecnica di { $group }: { $outcome }, il richiedente va chiamato
ticket-event-paused = Messo in attesa: { $reason }
ticket-event-paused-until = Messo in attesa fino a { $when }: { $reason }
ticket-event-resumed = Lavorazione ripresa
ticket-event-clock-started = Tempi da rispettare: { $what }
ticket-event-clock-moved = Nuova scadenza: { $what }
ticket-event-clock-paused = Tempi sospesi: { $what }
ticket-event-clock-resumed = I tempi riprendono: { $what }
ticket-event-clock-met = Entro i tempi: { $what }
ticket-event-clock-breached = Fuori tempo: { $what }
ticket-event-clock-stopped = Concluso in ritardo: { $what }
ticket-event-clock-ended = Nessun tempo più da rispettare: { $what }
ticket-event-clock-restarted = Il tempo corre di nuovo dall’inizio: { $what }
ticket-event-clock-attention = Scadenza vicina: { $what }
ticket-event-clock-dropped = L’accordo non vale più: { $what }
ticket-event-clock-replanned = Nuova edizione dell’accordo: { $what }
ticket-event-woken = Lavorazione ripresa da sola: l’attesa finiva { $when }
ticket-event-solution-accepted = Il richiedente conferma la soluzione
ticket-event-solution-refused = La soluzione non va bene: passa al controllo
ticket-event-solution-refused-wrong-class = La soluzione non va bene: va riclassificato
ticket-event-outbound-attempted = Chiamata al richiedente: non ha risposto
ticket-event-outbound-attempted-reached = Chiamata al richiedente: ha risposto
ticket-event-contact-needed = Il richiedente va sentito prima di chiudere
ticket-event-closed = Chiuso: { $reason }
ticket-event-reopened = Riaperto
ticket-event-rated = Valutazione: { $n } su 5
ticket-event-cancelled = Annullato
ticket-event-merged-into = Unito a { $number }, dove prosegue
ticket-event-merged-from = Qui prosegue { $number }
ticket-event-attachment-added = File allegato
ticket-event-subject-changed = Oggetto corretto: «{ $subject }»
ticket-event-imported = Stato nel sistema d’origine: { $state }, priorità { $n }

## Il linguaggio della ricerca
ticket-question-open = aperto
ticket-question-ended = concluso
ticket-question-me = io
ticket-question-nobody = nessuno
ticket-question-late = superata
ticket-question-soon = vicina
ticket-question-missing = Dopo «{ $field }:» manca un valore.
ticket-question-unknown = { $field ->
    [state] Nessuno stato «{ $value }».
    [phase] Nessuna fase «{ $value }».
    [group] Nessun gruppo «{ $value }».
    [area] Nessun ambito «{ $value }».
    [priority] Nessuna priorità «{ $value }».
    [channel] Nessun canale «{ $value }».
    [kind] Nessun tipo «{ $value }».
    [category] Nessuna categoria «{ $value }».
    [operator] Nessun operatore «{ $value }».
    [requester] Nessun richiedente «{ $value }».
   *[opened] «{ $value }» non è una data.
 }
ticket-question-ambiguous = { $field ->
    [state] Più stati corrispondono a «{ $value }».
    [phase] Più fasi corrispondono a «{ $value }».
    [group] Più gruppi corrispondono a «{ $value }».
    [area] Più ambiti corrispondono a «{ $value }».
    [priority] Più priorità corrispondono a «{ $value }».
    [channel] Più canali corrispondono a «{ $value }».
    [kind] Più tipi corrispondono a «{ $value }».
    [category] Più categorie corrispondono a «{ $value }».
    [operator] Più operatori corrispondono a «{ $value }».
   *[requester] Più persone corrispondono a «{ $value }».
 }
ticket-question-meant = Intendevi:
ticket-question-strange = Nell'indirizzo «{ $name }={ $value }» non è una condizione di questo elenco: non conta.
ticket-question-lost = Il punto indicato nell'indirizzo non è di questo elenco: eccone l'inizio.
ticket-question-nothing = Nessun risultato per «{ $words }».
ticket-question-looked-for = Forse cercavi:
ticket-question-help = Anche «frasi tra virgolette», stato:attesa, gruppo:sistemi, priorità:1, operatore:io, aperto:oggi; il trattino esclude: -stato:chiuso.
ticket-page-palette-recent = Ticket aperti di recente
ticket-page-palette-mine = I miei ticket
ticket-page-palette-helps = Guide e disservizi
ticket-page-palette-places = Pagine
ticket-page-palette-filters = Filtri
ticket-page-palette-everything = Cerca «{ $words }» dappertutto

ticket-hint = Primi passi
ticket-hint-known = Ho capito
ticket-hint-place = { $n } di { $of }
ticket-hint-next = Il prossimo ticket.
ticket-hint-next-text = Il tasto n apre il più urgente fra i tuoi e quelli che nessuno ha preso; con t lo prendi.
ticket-hint-search = Cerca tutto da qui.
ticket-hint-search-text = Ctrl K trova ticket, persone, pagine e ogni azione con il suo tasto; ? elenca i tasti della pagina.
ticket-hint-call = Una telefonata.
ticket-hint-call-text = Il tasto + apre una chiamata da qualsiasi pagina: bastano tre lettere del cognome e l’oggetto per dettare il numero.
ticket-page-promised = Promesso al richiedente
ticket-page-promise-until = entro
ticket-page-promise-missed = scaduta
ticket-page-promise-kept = Mantenuta
ticket-page-promise-withdraw = Ritira
ticket-page-act-promise = Prometti
ticket-page-act-promise-help = Ciò che si dice al richiedente che si farà, ed entro quando. La coda lo mostra come una scadenza.
ticket-page-field-promise = Che cosa
ticket-page-field-promise-due = Entro
ticket-page-reported = Già segnalato?
ticket-page-reported-words = stesse parole: { $words }
ticket-page-reported-category = stessa categoria
ticket-page-reported-parent = altri vi sono collegati
ticket-page-reported-opened = aperto { $when }
ticket-page-reported-link = È lo stesso: collega
ticket-page-reported-same = È lo stesso: collegalo
ticket-page-reported-told = Detto al richiedente
ticket-page-reported-none = Nessuno di questi
ticket-page-routing = Perché a questo gruppo
ticket-page-routing-by-rule = Arrivato il { $when }: la regola «{ $rule }» l’ha dato a { $group }.
ticket-page-routing-by-former-rule = Arrivato il { $when }: una regola che nel frattempo è cambiata l’ha dato a { $group }.
ticket-page-routing-by-default = Arrivato il { $when }: nessuna regola valeva e l’ha preso { $group }, il gruppo predefinito dell’ambito.
ticket-page-routing-nobody = Arrivato il { $when }: nessuna regola valeva e l’ambito non aveva un gruppo predefinito.
ticket-page-routing-over-hours = In quel momento { $from } era fuori orario: l’ha preso { $to }.
ticket-page-routing-over-full = In quel momento { $from } aveva già tutti i ticket che può tenere in attesa: l’ha preso { $to }.
ticket-page-routing-never = Di questo ticket non si sa come sia arrivato al suo gruppo.
ticket-page-routing-rule = Regola
ticket-page-routing-edition = edizione { $n }
ticket-page-routing-said = Esito
ticket-page-routing-decided = ha deciso
ticket-page-routing-missed-period = non valeva in quel giorno
ticket-page-routing-missed-channel = è arrivato da un altro canale
ticket-page-routing-missed-category = la categoria era un’altra o non ancora nota
ticket-page-routing-missed-words = nessuna delle parole era nell’oggetto
ticket-page-routing-missed-group-closed = il gruppo non riceveva ticket
ticket-page-routing-help = Le regole come erano in quel momento, nell’ordine in cui sono state chieste. Chi ha preso il ticket dopo si legge nella cronologia.

# Il rapporto sui livelli di servizio dalla riga di comando.
ticket-report-agreement = { $agreement }, edizione { $n }. Richieste: { $tickets }
ticket-report-share = { "  " }{ $metric }, { $priority }: { $percent } nei tempi ({ $met } su { $clocks }); mediana { $median }, nove su dieci entro { $most }
ticket-report-all = in tutto
ticket-report-unknown = n/d
ticket-report-nothing = { "  " }Niente da misurare in questo periodo.
ticket-report-bad-day = Scrivi un giorno, per esempio 24/12/2026.
ticket-belongings = { $n ->
    [0] Nessun ticket
    [one] Un ticket
   *[other] { $n } ticket
 }
ticket-refusal-no-discrepancy = I dati di chi ha aperto { $number } concordano con le anagrafiche: non c’è niente da comunicare.
ticket-refusal-told-lately = È già stato comunicato negli ultimi { $days } giorni: non serve ripeterlo.
ticket-refusal-guest-type = In questo ambito gli ospiti non possono fare richieste di questo tipo: identificare il richiedente, o rifiutare il ticket spiegando perché.
ticket-refusal-discrepant-type = In questo ambito chi ha dati discordanti non può fare richieste di questo tipo: prima vanno corretti i dati.
ticket-page-discrepant = Dati discordanti
ticket-page-discrepancy = Non concordano con le anagrafiche: { $fields }.
ticket-page-discrepancy-told = Comunicato { $when }.
ticket-page-tell-discrepancy = Comunica al richiedente
ticket-page-told-by-voice = Detto a voce
ticket-page-ours = (qui: { $value })
ticket-data-name = nome e cognome
ticket-data-email = e-mail
ticket-data-phone = telefono
ticket-data-pin = PIN
ticket-data-external-id = codice
ticket-data-office = ufficio
ticket-discrepancy-text = Ciao, alcuni dei tuoi dati non coincidono con quelli che abbiamo in anagrafica: { $fields }. Controllali e facci sapere quali sono quelli giusti. Intanto continuiamo a occuparci della tua richiesta.
ticket-discrepancy-text-formal = Gentile utente, alcuni dei suoi dati non coincidono con quelli che abbiamo in anagrafica: { $fields }. La preghiamo di controllarli e di farci sapere quali sono quelli giusti. Intanto continuiamo a occuparci della sua richiesta.

admin-title = Amministrazione
admin-place = Gestione
admin-people = Persone
admin-people-find = Cerca una persona
admin-people-find-help = L’inizio del nome o del cognome, oppure e-mail, telefono, PIN o codice interi.
admin-people-none = Nessuna persona trovata
admin-people-none-text = Provare con meno lettere, o con un altro contatto.
admin-person-new = Nuova persona
admin-person-category-help = Gli accordi di servizio possono valere solo per alcune categorie.
admin-person-category-none = Nessuna
admin-person-edit = Correggi i dati
admin-person-kind = Tipo
admin-kind-staff = sportello
admin-kind-guest = ospite
admin-kind-requester = richiedente
admin-phone = Telefono
admin-office = Ufficio
admin-pin = PIN
admin-pin-help = Il codice con cui la persona si identifica al telefono.
admin-external-id = Codice esterno
admin-external-id-help = Matricola o codice in un altro sistema.
admin-login = Accede con
admin-contacts = Recapiti
admin-edit = Correggi
admin-roles-none = Nessun ruolo: questa persona non può fare nulla.
admin-role = Ruolo
admin-role-give = Dai il ruolo
admin-role-take = Togli
admin-areas-all = Tutti gli ambiti
admin-password-help = Almeno 10 caratteri. Per accedere servono l’e-mail e questa password; da comunicare a voce.
admin-password-set = Imposta la password
admin-second-take = Togli l’accesso in due passaggi
admin-second-reason = Perché lo si toglie
admin-second-reason-help = Per esempio «telefono perso, riconosciuta di persona». La persona lo legge nel suo profilo, e resta nel registro.
admin-tickets = Ticket recenti
admin-tickets-none = Nessun ticket.
admin-ticket-number = Numero
admin-ticket-subject = Oggetto
admin-ticket-phase = Fase
admin-ticket-opened = Aperto
admin-save = Salva
admin-cancel = Annulla
admin-name = Nome
admin-code = Codice
admin-groups = Gruppi
admin-group-new = Nuovo gruppo
admin-group-add = Crea il gruppo
admin-group-kind = Tipo
admin-group-kind-front-end = Front end (telefono)
admin-group-kind-back-office = Back office (posta, web, fax)
admin-group-kind-back-office-l1 = Back office di primo livello
admin-group-kind-second-level = Secondo livello
admin-group-kind-third-level = Terzo livello
admin-group-kind-supplier = Fornitore
admin-members = Persone del gruppo
admin-members-none = Nessuno: i ticket affidati al gruppo non li vede nessuno di preciso.
admin-member-add = Aggiungi una persona
admin-member-help = Compaiono le persone che hanno un ruolo allo sportello.
admin-member-add-act = Aggiungi
admin-areas = Ambiti di servizio
admin-area-new = Nuovo ambito
admin-area-help = Come lo leggono le persone, per esempio «Assistenza informatica». Poi servono almeno un gruppo di front end e le categorie.
admin-area-add = Crea l’ambito
admin-matrix = Priorità
admin-matrix-help = La priorità, da 1 (critica) a 5 (pianificata), per impatto e urgenza da 1 (alto) a 3 (basso).
admin-impact = Impatto { $n }
admin-urgency = Urgenza { $n }
admin-gates = Passi obbligatori
admin-gates-help = Quali fatti vanno registrati prima di andare avanti.
admin-gate-identification = Identificare il richiedente prima di dare la soluzione
admin-gate-classification = Classificare prima di dare la soluzione
admin-gate-second-level = Classificare prima di passare al secondo livello
admin-terms = Termini e limiti
admin-between = Da { $least } a { $most }.
admin-parameter-reopen-days = Giorni per riaprire
admin-parameter-reroute-max = Cambi di ambito prima del controllo
admin-parameter-reclass-max = Riclassificazioni prima del controllo
admin-parameter-contact-attempts-max = Chiamate prima della mail di chiusura
admin-parameter-contact-gap-hours = Ore tra due chiamate
admin-informal = Dare del tu a chi fa una richiesta
admin-categories = Categorie
admin-categories-none = Ancora nessuna categoria
admin-categories-none-text = Le categorie dicono di che cosa trattano i ticket.
admin-category-new = Nuova categoria
admin-category-add = Aggiungi la categoria
admin-service = Servizio
admin-service-help = Per esempio «Stampa e scansione».
admin-category = Categoria
admin-category-help = Per esempio «coda di stampa».
admin-jobs = Lavori in coda
admin-jobs-none = Nessun lavoro in attesa
admin-jobs-none-text = Tutto quello che c’era da fare è stato fatto.
admin-jobs-dead = { $n ->
    [one] Un lavoro fallito
   *[other] { $n } lavori falliti
 }
admin-jobs-running = { $n ->
    [one] Un lavoro in corso
   *[other] { $n } lavori in corso
 }
admin-jobs-ready = { $n ->
    [one] Un lavoro in attesa
   *[other] { $n } lavori in attesa
 }
admin-job-kind = Lavoro
admin-job-queued = Messo in coda
admin-job-next = Prossimo tentativo
admin-job-attempts = Tentativi
admin-job-error = Ultimo errore
admin-job-act = Azione
admin-job-requeue = Riprova
admin-naming = Nome e uso
admin-rename = Salva il nome
admin-closed = chiuso
admin-reopen = Rimetti in uso
admin-closed-help = Non viene più proposto; ciò che lo riguarda ne conserva il nome.
admin-close-area = Chiudi l’ambito
admin-close-area-help = Un ambito chiuso non riceve nuovi ticket; quelli aperti si portano a termine.
admin-close-group = Chiudi il gruppo
admin-close-group-help = A un gruppo chiuso non si assegnano più ticket; la storia ne conserva il nome.
admin-close-category = Chiudi la categoria
admin-close-category-help = Una categoria chiusa non viene più proposta; i ticket già classificati la conservano.
admin-refusal-last-area = È l’unico ambito che riceve ticket: apri prima un altro ambito, poi chiudi questo.
admin-refusal-last-group = È l’unico gruppo che riceve i nuovi ticket dell’ambito «{ $area }»: crea o rimetti in uso un altro gruppo di primo livello dell’ambito, poi chiudi questo.
admin-refusal-group-has-tickets = { $n ->
    [one] Il gruppo ha ancora un ticket aperto, nella sua coda: assegnalo a un altro gruppo, poi chiudi questo.
   *[other] Il gruppo ha ancora { $n } ticket aperti, nella sua coda: assegnali a un altro gruppo, poi chiudi questo.
 }
admin-refusal-group-owns-tickets = { $n ->
    [one] Il gruppo è titolare di un ticket aperto che è in lavorazione presso { $groups }: quando torna, o dopo aver ritirato l’assegnazione, affidalo a un altro gruppo; poi chiudi questo.
   *[other] Il gruppo è titolare di { $n } ticket aperti che sono in lavorazione presso { $groups }: quando tornano, o dopo aver ritirato le assegnazioni, affidali a un altro gruppo; poi chiudi questo.
 }
admin-refusal-group-has-and-owns-tickets = Il gruppo ha ancora { $n } ticket aperti, di cui { $queue } nella sua coda e { $away } in lavorazione presso { $groups }: affidali a un altro gruppo (quelli fuori quando tornano, o dopo aver ritirato l’assegnazione), poi chiudi questo.
admin-offerings = Richieste offerte
admin-offerings-none = Ancora nessuna richiesta offerta
admin-offerings-none-text = Diventano i riquadri del portale: poche, con le parole di chi chiede.
admin-offering = Richiesta
admin-offering-new = Nuova richiesta offerta
admin-offering-add = Aggiungi la richiesta
admin-offering-name = Nome
admin-offering-name-help = Come la direbbe chi chiede: «Segnala un guasto».
admin-offering-line = Che cosa comprende
admin-offering-line-help = Una riga: «Computer, rete, stampa, applicazioni».
admin-offering-no-category = Nessuna
admin-offering-icon = Disegno
admin-offering-icon-request = Richiesta
admin-offering-icon-fault = Guasto
admin-offering-icon-access = Accesso
admin-offering-icon-pay = Stipendio
admin-offering-icon-equipment = Attrezzatura
admin-close-offering = Togli dal portale
admin-close-offering-help = Non compare più nel portale; le richieste già aperte restano come sono.

admin-accessibility-text = Gli enti italiani pubblicano ogni anno la dichiarazione sul modulo di AgID; da qui il collegamento compare in fondo a ogni pagina.
admin-accessibility-page = La pagina che leggono tutti
admin-accessibility-declaration-help = L’indirizzo che AgID assegna, per esempio https://form.agid.gov.it/view/… Vuoto toglie il collegamento.
admin-accessibility-contact = E-mail per le segnalazioni
admin-accessibility-contact-help = Chi la legge risponde entro trenta giorni. Vuoto lascia solo la richiesta dal portale.
admin-accessibility-save = Salva

# Calendari
admin-calendars = Calendari
admin-calendars-none = Ancora nessun calendario
admin-calendars-none-text = Dice in quali ore conta il tempo promesso a chi chiede.
admin-calendar = Calendario
admin-calendar-new = Nuovo calendario
admin-calendar-add = Aggiungi il calendario
admin-calendar-zone = Fuso orario
admin-calendar-zone-help = L’orologio con cui si leggono gli orari: «Europe/Rome».
admin-calendar-week = Settimana
admin-calendar-week-help = Come si dice a voce: «9-13, 14:30-18». Oltre la mezzanotte «22-6», sempre aperto «0-24», vuoto se chiuso.
admin-calendar-national = Chiuso nelle feste nazionali
admin-calendar-national-help = Anche il lunedì dell’Angelo e, dal 2026, il 4 ottobre.
admin-calendar-patron = Santo patrono
admin-calendar-patron-help = Il comune, se nel giorno del suo patrono è chiuso.
admin-calendar-closures = Altri giorni chiusi
admin-calendar-closures-help = Uno per riga, e tra parentesi quadre dov’è scritto: «24/12/2026 Vigilia [Ordine 12/2026]», «24/12/2026..31/12/2026 Chiusura di Natale».
admin-calendar-openings = Aperture straordinarie
admin-calendar-openings-help = Una per riga, e tra parentesi quadre dov’è scritto: «28/11/2026 9-13 Sabato di avvio [Ordine 14/2026]».
admin-calendar-closed = Prossimi giorni chiusi
admin-calendar-closed-none = Nessun giorno chiuso nei prossimi mesi, oltre alla settimana.
admin-calendar-feasts = { $n ->
    [one] { $n } festa che ogni anno ritorna viene da un file.
   *[other] { $n } feste che ogni anno ritornano vengono da un file.
 }
admin-calendar-import = Giorni chiusi da un file
admin-calendar-file = File .ics
admin-calendar-file-help = I giorni interi diventano chiusure; quelli che ritornano ogni anno, feste. Di nuovo lo stesso file non raddoppia niente.
admin-calendar-import-button = Aggiungi i giorni
admin-calendar-file-empty = In questo file non c’è nessun giorno da chiudere.
admin-calendar-file-broken = Questo file non si legge come calendario.
admin-calendar-file-large = Il file è troppo grande: al più 1 MB.
admin-calendar-file-partly = Una parte del calendario non si può riprendere: solo giorni interi, al più ogni anno.
admin-ics-too-many = Il file ha troppi giorni: i primi sono stati aggiunti.
admin-ics-no-date = Riga { $line }: l’evento non ha un giorno. Gli altri sono stati aggiunti.
admin-ics-not-all-day = Riga { $line }: l’evento dura solo alcune ore. Gli altri sono stati aggiunti.
admin-ics-recurs = Riga { $line }: l’evento non ritorna una volta all’anno. Gli altri sono stati aggiunti.
admin-calendar-bad-line = La riga { $line } non si capisce.
admin-calendar-bad-hours = «{ $part }» non è un orario. Scrivi per esempio 9-13, 14:30-18.
admin-calendar-seven-days = Servono sette giorni, da lunedì.
admin-close-calendar = Chiudi il calendario
admin-close-calendar-help = Chiuso, non si offre più per gli accordi nuovi. I tempi che corrono non cambiano.
admin-day-monday = Lunedì
admin-day-tuesday = Martedì
admin-day-wednesday = Mercoledì
admin-day-thursday = Giovedì
admin-day-friday = Venerdì
admin-day-saturday = Sabato
admin-day-sunday = Domenica
admin-day-short-monday = lun
admin-day-short-tuesday = mar
admin-day-short-wednesday = mer
admin-day-short-thursday = gio
admin-day-short-friday = ven
admin-day-short-saturday = sab
admin-day-short-sunday = dom
admin-feast-new-year = Capodanno
admin-feast-epiphany = Epifania
admin-feast-unity = Centocinquantenario dell’Unità d’Italia
admin-feast-easter = Pasqua
admin-feast-easter-monday = Lunedì dell’Angelo
admin-feast-liberation = Liberazione
admin-feast-labour = Festa del lavoro
admin-feast-republic = Festa della Repubblica
admin-feast-assumption = Ferragosto
admin-feast-francis = San Francesco
admin-feast-all-saints = Ognissanti
admin-feast-immaculate = Immacolata
admin-feast-christmas = Natale
admin-feast-stephen = Santo Stefano
admin-feast-patron = Santo patrono

# Accordi di servizio
admin-agreements = Accordi di servizio
admin-agreements-none = Ancora nessun accordo
admin-agreements-none-text = Dice entro quanto tempo una richiesta va presa in carico, risposta e risolta.
admin-agreement = Accordo
admin-agreement-new = Nuovo accordo
admin-agreement-add = Aggiungi l’accordo
admin-agreement-solutions = Soluzione, da P1 a P5
admin-agreement-targets = Obiettivi
admin-agreement-targets-help = Tempo del calendario: «15 min», «4 h», «1 h 30 min». Vuoto dove non è promesso niente. I tempi del gruppo contano da quando riceve la sua parte.
admin-agreement-elapsed = Conta tutto il tempo, 24 ore su 24
admin-agreement-elapsed-of = P{ $n }: conta tutto il tempo
admin-agreement-pausing = I tempi si fermano in
admin-agreement-pausing-help = Solo per questi motivi: chi ha scritto l’accordo li deve avere concessi.
admin-agreement-while-solved = Fermi anche mentre la soluzione sembrava buona
admin-agreement-while-solved-help = Se poi è rifiutata, quel tempo non conta.
admin-agreement-attention = Avvisi
admin-agreement-attention-help = In centesimi del tempo: «50, 75, 90».
admin-agreement-for = Per quali richieste
admin-agreement-for-help = Dove niente è spuntato, per tutte.
admin-agreement-kinds = Tipi
admin-agreement-channels = Canali
admin-agreement-requesters = Chi chiede
admin-agreement-services = Servizi
admin-agreement-categories = Categorie
admin-agreement-groups = Gruppi
admin-agreement-groups-help = I tempi del gruppo valgono per le parti affidate a questi gruppi.
admin-agreement-from = Dal
admin-agreement-from-help = Vale per le richieste ricevute da questo giorno in poi.
admin-agreement-until = Al
admin-agreement-fallback = Solo dove non vale nessun altro accordo
admin-agreement-fallback-help = Gli altri accordi si sommano: ognuno ha i propri tempi sulla stessa richiesta.
admin-agreement-fallback-tag = in mancanza d’altri
admin-agreement-bad-target = Scrivi un tempo, per esempio 4 h o 30 min.
admin-agreement-bad-attention = Scrivi numeri da 1 a 99, separati da virgole.
admin-agreement-bad-day = Scrivi un giorno, per esempio 24/12/2026.
admin-agreement-no-metric = Si misurano taking_charge, first_reply, resolution, group_taking_charge e group_work.
admin-agreement-nothing = Così com’è scritto non cambia niente.
admin-close-agreement = Chiudi l’accordo
admin-close-agreement-help = Chiuso, non prende altre richieste. Quelle che ha già finiscono con i suoi tempi.

# Edizioni e ricalcolo
admin-edition = Edizione
admin-edition-n = Edizione { $n }
admin-edition-look = Guarda che cosa cambia
admin-edition-new-only = Salva per le richieste nuove
admin-edition-replan = Salva e ricalcola quelle aperte
admin-edition-help = I tempi già conclusi non cambiano mai. Quelli che corrono cambiano solo con il ricalcolo.
admin-would = Se salvi e ricalcoli le richieste aperte
admin-would-tickets = { $n ->
    [0] Non cambia nessuna richiesta aperta.
    [one] Cambia { $n } richiesta aperta.
   *[other] Cambiano { $n } richieste aperte.
 }
admin-would-earlier = { $n ->
    [one] { $n } scadenza viene prima.
   *[other] { $n } scadenze vengono prima.
 }
admin-would-later = { $n ->
    [one] { $n } scadenza si sposta più avanti.
   *[other] { $n } scadenze si spostano più avanti.
 }
admin-would-started = { $n ->
    [one] Comincia { $n } tempo in più.
   *[other] Cominciano { $n } tempi in più.
 }
admin-would-dropped = { $n ->
    [one] { $n } tempo non è più dovuto.
   *[other] { $n } tempi non sono più dovuti.
 }
admin-would-late = { $n ->
    [one] { $n } tempo sarebbe subito scaduto.
   *[other] { $n } tempi sarebbero subito scaduti.
 }
admin-would-part = Sono guardate le più vecchie delle { $of } aperte.
admin-would-examples = Alcune scadenze
admin-would-number = Richiesta
admin-would-metric = Tempo
admin-would-before = Adesso
admin-would-after = Diventa
admin-replanning = Ricalcolo delle richieste aperte
admin-replanned = { $n ->
    [one] { $n } richiesta spostata
   *[other] { $n } richieste spostate
 }
admin-merge-go = Unisci a…
admin-merge-title = Unisci { $who } a…
admin-merge-text = Se un ospite o un doppione è una persona già nota, i suoi ticket passano a quella persona. Si può annullare.
admin-merge-likely = Persone che potrebbero essere la stessa
admin-merge-likely-none = Nessuna persona con gli stessi recapiti o un nome simile: cercarla qui sopra.
admin-merge-found = Persone trovate
admin-merge-choose = Guarda
admin-merge-preview = Che cosa succede
admin-merge-sentence = { $who } non comparirà più nelle ricerche: resta { $into }.
admin-merge-goes = Non compare più
admin-merge-stays = Resta
admin-merge-moves = Passano a chi resta
admin-merge-contacts-kept = I recapiti: chi scrive o chiama da lì viene riconosciuto
admin-merge-undoable = Chi resta vedrà questi ticket anche nel portale. Annullando, tornano indietro i ticket passati con l’unione e nient’altro.
admin-merge-act = Unisci
admin-merge-other-way = Inverti
admin-merge-somebody-else = Scegli un’altra persona
admin-merge-absorbed = Unite a questa persona
admin-merge-absorbed-text = Chi scrive o chiama da questi recapiti è riconosciuto come questa persona.
admin-merge-undo = Annulla unione
admin-identification = Chi non è ancora certo chi sia
admin-allowed-help = I tipi di richiesta accettati. Gli altri vengono rifiutati quando il ticket viene classificato.
admin-allowed-guest = Agli ospiti si accettano
admin-allowed-discrepant = A chi ha dati discordanti si accettano
admin-type-incident = malfunzionamenti
admin-type-fulfilment = richieste di servizio
admin-type-information = informazioni
admin-type-interpretation = interpretazioni
admin-type-specialist = aiuto specialistico
admin-type-complaint = reclami
admin-discrepancy-text = Che cosa si dice a chi ha dati discordanti
admin-discrepancy-text-help = Con {"{"}campi{"}"} al posto dei dati che non tornano. Vuoto: il testo di Sportello.
admin-parameter-discrepancy-again-days = Giorni prima di ridire una discordanza
admin-origins = Nelle anagrafiche
admin-origin-there = Nell’anagrafica
admin-origin-here = Qui
admin-origin-differs = diverso
admin-link-policy = Già segnalato
admin-link-policy-help = Quando un malfunzionamento somiglia a un incidente padre aperto
admin-link-policy-ask = Proporre il padre a chi lavora il ticket
admin-link-policy-automatic = Collegare da sé quando è chiaro, altrimenti proporre
admin-link-policy-never = Non proporre padri

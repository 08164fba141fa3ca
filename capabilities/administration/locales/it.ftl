admin-title = Amministrazione
admin-place = Gestione
admin-people = Persone
admin-people-find = Cerca una persona
admin-people-find-help = L’inizio del nome o del cognome, oppure e-mail, telefono, PIN o codice interi.
admin-people-none = Nessuna persona trovata
admin-people-none-text = Provare con meno lettere, o con un altro contatto.
admin-person-new = Nuova persona
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
admin-field-own-role = Nessuno può togliere a sé stesso il ruolo di amministratore: chiedere a un altro amministratore.
admin-field-email-first = Per accedere serve un indirizzo e-mail: aggiungerlo ai recapiti.
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

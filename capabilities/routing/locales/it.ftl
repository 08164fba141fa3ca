routing-title = Instradamento
routing-sections = Sezioni dell’amministrazione
routing-help = Ogni nuovo ticket va al gruppo della prima regola che vale; se non ne vale nessuna, al gruppo predefinito dell’ambito. Sul ticket si legge quale regola ha deciso e perché.
routing-none = Nessuna regola: tutti i nuovi ticket vanno a { $group }.
routing-new = Nuova regola
routing-place = Posto
routing-place-help = Le regole si chiedono in quest’ordine, dalla più bassa.
routing-name = Regola
routing-when = Quando
routing-when-help = Devono valere tutte le condizioni; una lasciata vuota vale sempre.
routing-when-channel = canale: { $names }
routing-when-category = categoria: { $names }
routing-when-words = nell’oggetto: { $words }
routing-when-between = dal { $from } al { $until }
routing-when-from = dal { $from }
routing-when-until = fino al { $until }
routing-when-always = sempre
routing-quoted = «{ $word }»
routing-group = Gruppo che riceve
routing-group-help = Di primo livello, con almeno una persona.
routing-no-group = nessun gruppo
routing-default = Altrimenti
routing-default-when = nessuna regola vale
routing-closed = chiusa
routing-words = Parole nell’oggetto
routing-words-help = Basta una. Si scrivono gli inizi, separati da virgola: «band» trova bando e bandi.
routing-channels = Canali
routing-channels-help = Nessuno: tutti.
routing-categories = Categorie
routing-categories-help = Nessuna: tutte, anche quando non è ancora nota.
routing-from = Dal giorno
routing-from-help = Per una coda dedicata: una gara, un avvio in esercizio.
routing-until = Al giorno
routing-save = Salva
routing-rehearse = Prova sui ticket passati
routing-cancel = Annulla
routing-close = Chiudi la regola
routing-close-help = Una regola chiusa non decide più; i ticket già instradati restano dove sono.
routing-reopen = Rimetti in uso
routing-closed-help = Non decide dei nuovi ticket.
routing-would-title = Che cosa sarebbe successo
routing-would = { $tickets ->
    [0] Nessun ticket in questo ambito su cui provare la regola.
    [one] Guardato { $tickets } ticket; { $decided ->
        [0] la regola non avrebbe deciso.
       *[other] la regola avrebbe deciso.
    } { $moved ->
        [0] Sarebbe rimasto dov’era.
       *[other] Sarebbe andato altrove.
    }
   *[other] Guardati gli ultimi { $tickets } ticket: la regola avrebbe deciso di { $decided }; { $moved ->
        [0] nessuno sarebbe andato altrove.
        [one] { $moved } sarebbe andato altrove.
       *[other] { $moved } sarebbero andati altrove.
    }
}
routing-would-help = Confronto con le regole di adesso, su oggetto e categoria come sono oggi. Niente è stato salvato.
routing-now = Con le regole di adesso
routing-then = Con questa
routing-how-many = Quanti
routing-tickets = { $n ->
    [one] { $n } ticket
   *[other] { $n } ticket
}
routing-examples = Per esempio
routing-ticket = Ticket
routing-too-many = Le regole sono già troppe: cambiane una invece di aggiungerne un’altra.
routing-field-backwards = La fine viene prima dell’inizio: correggi una delle due date.
routing-field-place-taken = Un’altra regola ha già questo posto: scegline uno libero.
routing-field-hidden = Non varrebbe mai: «{ $rule }» viene prima e prende tutto ciò che prenderebbe questa. Scegli un posto più basso o cambia le condizioni.
routing-field-hides = «{ $rule }» non varrebbe più: questa verrebbe prima e prenderebbe tutto ciò che prende quella. Scegli un posto più alto o cambia le condizioni.
routing-field-group-level = Un nuovo ticket va a un gruppo di primo livello.
routing-field-group-empty = Nel gruppo non c’è nessuno: aggiungi prima una persona.
routing-field-word = «{ $word }» non può essere l’inizio di una parola: servono da tre a quaranta lettere o cifre.
routing-groups = Come lavorano i gruppi
routing-group-name = Gruppo
routing-practice-help = Come i nuovi ticket trovano chi li lavora, quando il gruppo c’è e chi prende ciò che non può prendere.
routing-sharing = Assegnazione
routing-sharing-help = Il ticket viene dato a chi è disponibile, che poi lo prende in carico; se intanto si assenta, torna libero.
routing-sharing-by-hand = a mano: chi è libero prende il prossimo
routing-sharing-least-load = a chi ha meno ticket
routing-sharing-rotation = a turno
routing-sharing-by-skill = per competenza, poi a chi ha meno ticket
routing-most-each = Ticket al massimo per persona
routing-most-each-help = Chi ne ha già tanti in lavorazione non ne riceve altri. Vuoto: nessun limite.
routing-skills = Competenze
routing-skills-help = Le categorie che ciascuno conosce. Ciò che nessuno conosce è di tutti.
routing-limits = Quando il gruppo non può
routing-limits-help = Fuori orario, o quando ne attendono già troppi, i nuovi ticket passano a un altro gruppo; se non c’è, attendono qui.
routing-hours = Orario
routing-hours-always = sempre
routing-most-waiting = Ticket al massimo in attesa
routing-most-waiting-help = Contano quelli che nessuno ha ancora preso. Vuoto: nessun limite.
routing-overflow = Passano a
routing-overflow-none = nessuno: attendono
routing-field-sharing-level = Solo i gruppi di primo livello ricevono nuovi ticket da dare a qualcuno.
routing-field-not-of-the-group = Qualcuno non è nel gruppo: aggiungilo prima tra le persone.
routing-field-overflow-round = Si tornerebbe qui: quel gruppo passa i suoi ticket, anche attraverso altri, a questo.

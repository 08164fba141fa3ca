automation-title = Automazioni
automation-sections = Sezioni dell’amministrazione
automation-help = Quando accade qualcosa a un ticket, o non accade per un certo tempo, e le condizioni valgono, la regola agisce. Sul ticket si legge quale regola ha agito. Ciò che fa una regola non ne fa partire altre.
automation-none = Nessuna regola: niente accade da sé.
automation-new = Nuova automazione
automation-place = Posto
automation-place-help = Se più regole partono insieme, agisce prima la più bassa.
automation-name = Regola
automation-when = Quando
automation-when-help = Che cosa la fa partire e dopo quanto agisce.
automation-on = Parte quando il ticket
automation-choose = Scegli
automation-after = Agisce dopo
automation-after-help = Per esempio 30 min, 4 h. Vuoto: subito.
automation-hours = Contando le ore di
automation-hours-always = l’orologio, giorno e notte
automation-unless = Solo se intanto non
automation-unless-help = Se una di queste cose accade prima, la regola non agisce.
automation-when-after = { $on }, dopo { $after }
automation-when-unless = { $on }, dopo { $after }, se intanto non: { $unless }
automation-for = Per quali ticket
automation-for-help = Devono valere tutte le condizioni nel momento in cui agisce; una lasciata vuota vale sempre.
automation-for-all = tutti
automation-for-kind = tipo: { $names }
automation-for-priority = priorità: { $names }
automation-for-channel = canale: { $names }
automation-for-category = categoria: { $names }
automation-for-group = gruppo: { $names }
automation-kinds = Tipo
automation-priorities = Priorità
automation-channels = Canale
automation-groups = Gruppo che l’ha in mano
automation-categories = Categoria
automation-does = Che cosa fa
automation-does-help = Almeno una cosa. Se il ticket non ne consente una, non ne fa nessuna e qui sotto si legge.
automation-does-priority = priorità { $priority }
automation-does-group = passa a { $group }
automation-does-note = scrive una nota
automation-does-reply = scrive al richiedente
automation-as-it-is = resta com’è
automation-to-priority = Dà la priorità
automation-to-group = Passa al gruppo
automation-to-group-help = Di primo livello: gli viene assegnato. Di secondo livello: riceve una parte del lavoro.
automation-note = Scrive una nota per i colleghi
automation-reply = Scrive al richiedente
automation-reply-help = Non vale come prima risposta: quella la dà una persona.
automation-save = Salva
automation-rehearse = Prova sui ticket passati
automation-cancel = Annulla
automation-close = Chiudi la regola
automation-close-help = Una regola chiusa non fa più niente, nemmeno ciò che stava per fare.
automation-closed = chiusa
automation-reopen = Rimetti in uso
automation-closed-help = Non fa niente finché è chiusa.
automation-would-title = Che cosa sarebbe successo
automation-would = { $tickets ->
    [0] Nessun ticket in questo ambito su cui provare la regola.
   *[other] Guardati gli ultimi { $tickets } ticket: la regola sarebbe partita { $set_off ->
        [one] { $set_off } volta
       *[other] { $set_off } volte
    } e avrebbe agito { $acted ->
        [one] { $acted } volta
       *[other] { $acted } volte
    }. { $prevented ->
        [0] { "" }
        [one] Una volta ciò che aspettava invano è accaduto.
       *[other] { $prevented } volte ciò che aspettava invano è accaduto.
    } { $missed ->
        [0] { "" }
        [one] Una volta le condizioni non valevano.
       *[other] { $missed } volte le condizioni non valevano.
    }
}
automation-would-help = Su ogni ticket com’era in quel momento. Niente è stato salvato né scritto a nessuno.
automation-examples = Per esempio
automation-ticket = Ticket
automation-at = Quando
automation-runs = Che cosa ha fatto
automation-runs-none = Non è ancora partita.
automation-outcome = Esito
automation-run-done = ha agito
automation-run-prevented = ciò che aspettava invano è accaduto
automation-run-refused = il ticket non lo consentiva ({ $rule })
automation-run-held-back = fermata: aveva già agito tre volte in un’ora
automation-too-many = Le regole sono già troppe: cambiane una invece di aggiungerne un’altra.
automation-field-place-taken = Un’altra regola ha già questo posto: scegline uno libero.
automation-field-unless-at-once = Una regola che agisce subito non può aspettare che qualcosa non accada: scrivi dopo quanto agisce.
automation-field-after = Scrivi ore e minuti, per esempio 30 min o 4 h.
automation-field-group-empty = Nel gruppo non c’è nessuno: aggiungi prima una persona.
automation-field-nothing-done = La regola non fa niente: scegli almeno una cosa.
automation-on-opened = viene aperto
automation-on-taken = viene preso in carico
automation-on-assigned = viene assegnato
automation-on-classified = viene classificato
automation-on-rerouted = arriva da un altro ambito
automation-on-requester-wrote = riceve un messaggio del richiedente
automation-on-desk-wrote = riceve una risposta dello sportello
automation-on-paused = va in attesa
automation-on-resumed = esce dall’attesa
automation-on-sent-to-second-level = passa al secondo livello
automation-on-part-accepted = viene accettato dal secondo livello
automation-on-part-returned = torna dal secondo livello con un motivo
automation-on-part-done = viene chiuso tecnicamente
automation-on-solved = riceve una soluzione
automation-on-refused = ha una soluzione rifiutata
automation-on-attention = si avvicina a una scadenza
automation-on-breached = supera una scadenza
automation-on-promise-missed = ha una promessa non mantenuta in tempo
automation-on-under-control = va sotto controllo
automation-on-closed = viene chiuso
automation-on-reopened = viene riaperto

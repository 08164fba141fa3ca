# Livelli di servizio: che cosa non può essere, e perché.
service-level-field-no-target = Serve almeno un obiettivo: senza, nessun tempo corre.
service-level-field-calendar = Scegli un calendario, oppure fai contare tutto il tempo per ogni priorità che ha un obiettivo.
service-level-field-doubled = Lo stesso tempo ha due obiettivi per la stessa priorità.
service-level-field-backwards = Finisce prima di cominciare.
service-level-field-order = Presa in carico e prima risposta non possono scadere dopo la soluzione, né la presa in carico del gruppo dopo il suo lavoro.
service-level-field-zone = Questo fuso orario non esiste. Scrivi per esempio Europe/Rome.
service-level-field-patron = Di questo comune non è noto il patrono: scegli dall’elenco, oppure scrivi il giorno tra le chiusure.
service-level-field-too-many-days = Sono troppi giorni: al più { $most }.
service-level-field-week-backwards = Un orario finisce prima di cominciare o dura più di un giorno.
service-level-field-week-overlap = Due orari si sovrappongono, forse a cavallo della mezzanotte.
service-level-field-week-empty = Serve almeno un orario: senza, niente scadrebbe mai.
service-level-calendar-in-use = L’accordo «{ $agreement }» usa questo calendario: prima dagliene un altro.

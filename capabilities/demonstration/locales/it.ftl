demonstration-loading = Carico l’organizzazione dimostrativa…
demonstration-loaded = Caricati { $tickets } ticket dimostrativi.
demonstration-broken = Il caricamento della dimostrazione è stato interrotto: i dati sono incompleti. Per ricominciare, ferma il servizio e cancella la cartella dei dati.
demonstration-declined = Questo database ha già i suoi utenti: la dimostrazione non è stata aggiunta.
demonstration-password = Account dimostrativi, tutti con la password { $password }:

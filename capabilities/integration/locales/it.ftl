integration-description = Importato da ServiceNow: { $number }
    Contatto: { $contact }
    Luogo: { $location }
    Sintomo: { $symptom }
    Elemento: { $item }
integration-refusal-unreadable = Non riesco a leggere { $file }: { $cause }
integration-refusal-empty = Il file è vuoto.
integration-refusal-no-csv = Il file non è un CSV del registro degli incidenti di ServiceNow: la prima riga deve elencare le colonne, separate da virgole o punti e virgola.
integration-refusal-missing-columns = Nella prima riga mancano queste colonne: { $columns }.
integration-refusal-doubled-column = Nella prima riga la colonna { $column } compare più di una volta.
integration-reason-too-few-columns = la riga ha meno colonne dell’intestazione: forse è interrotta
integration-reason-too-many-columns = la riga ha più colonne dell’intestazione
integration-reason-control-characters = contiene caratteri di controllo o invisibili
integration-reason-not-utf8 = non è testo in UTF-8
integration-reason-line-too-long = la riga è troppo lunga
integration-reason-open-quote = le virgolette non sono chiuse, o sono seguite da altro testo
integration-reason-missing = il valore manca
integration-reason-too-long = il testo supera 120 caratteri
integration-reason-formula = il testo comincia come una formula (=, +, -, @)
integration-reason-unknown-state = stato non previsto
integration-reason-unknown-level = livello non previsto: atteso un valore come «2 - Medium»
integration-reason-bad-number = non è un numero intero da 0 in su
integration-reason-bad-date = data non valida: attesa come 29-02-2016 01:16
integration-report-done = Importazione completata.
integration-report-dry = Prova completata: nulla è stato modificato.
integration-report-tickets = Ticket nel file: { $tickets } (righe accettate: { $rows })
integration-report-made = Creati: { $created } · proseguiti: { $continued } · invariati: { $unchanged }
integration-report-resolved = Risolti: { $resolved } · riaperti: { $reopened }
integration-report-hours = Ore alla soluzione: media { $mean }, mediana { $median }
integration-report-priority = Per priorità: P1 { $p1 } · P2 { $p2 } · P3 { $p3 } · P4 { $p4 } · P5 { $p5 }
integration-report-refused = Righe rifiutate: { $refused }
integration-report-refused-row = { "  " }riga { $line }, colonna { $column }: { $reason }
integration-report-refused-more = { "  " }… e altre { $more } (con --json tutte)
integration-progress = { $done } ticket su { $total }

# Workspace: ciò che sta sulla scrivania di una persona.
workspace-refusal-busy = Ci sono troppe bozze in attesa di essere salvate. Ciò che scrivi resta in questa scheda: riprova tra poco.
workspace-refusal-too-many = Hai raggiunto il numero massimo di elementi conservati. Eliminane qualcuno per aggiungerne altri.
workspace-presence-available = Disponibile
workspace-presence-wrap-up = In conclusione
workspace-presence-busy = Occupato
workspace-presence-away = Assente

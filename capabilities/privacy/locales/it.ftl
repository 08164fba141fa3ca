privacy-field-reason-names = Il motivo resta nel registro e non deve nominare la persona.
privacy-erased = Persona cancellata: { $tickets } ticket ripassati, { $texts } testi e { $files } file rimossi.
privacy-not-clean = Attenzione: qualcuno tiene aperto il registro della base di dati; tracce possono restarvi finché non sarà svuotato. Ripetere il comando.

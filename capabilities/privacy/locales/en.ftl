privacy-field-reason-names = The reason stays in the journal and must not name the person.
privacy-erased = Person erased: { $tickets } tickets gone through, { $texts } texts and { $files } files removed.
privacy-not-clean = Beware: somebody holds the database's log open; traces may stay in it until it is emptied. Run the command again.

routing-title = Routing
routing-sections = Sections of administration
routing-help = Each new ticket goes to the group of the first rule that holds; where none does, to the area’s default group. The ticket shows which rule decided, and why.
routing-none = No rules: all new tickets go to { $group }.
routing-new = New rule
routing-place = Place
routing-place-help = Rules are asked in this order, the lowest first.
routing-name = Rule
routing-when = When
routing-when-help = All conditions must hold; one left empty always does.
routing-when-channel = channel: { $names }
routing-when-category = category: { $names }
routing-when-words = in the subject: { $words }
routing-when-between = from { $from } to { $until }
routing-when-from = from { $from }
routing-when-until = until { $until }
routing-when-always = always
routing-quoted = “{ $word }”
routing-group = Receiving group
routing-group-help = Of the first level, with at least one person.
routing-no-group = no group
routing-default = Otherwise
routing-default-when = no rule holds
routing-closed = closed
routing-words = Words in the subject
routing-words-help = One is enough. Write how they begin, separated by commas: “tend” finds tender and tenders.
routing-channels = Channels
routing-channels-help = None: all of them.
routing-categories = Categories
routing-categories-help = None: all of them, also while it is not known yet.
routing-from = From
routing-from-help = For a dedicated queue: a tender, a go-live.
routing-until = To
routing-save = Save
routing-rehearse = Try on past tickets
routing-cancel = Cancel
routing-close = Close the rule
routing-close-help = A closed rule decides nothing any more; tickets already routed stay where they are.
routing-reopen = Use again
routing-closed-help = It decides nothing about new tickets.
routing-would-title = What would have happened
routing-would = { $tickets ->
    [0] This area has no ticket to try the rule on.
    [one] One ticket looked at; { $decided ->
        [0] the rule would not have decided.
       *[other] the rule would have decided.
    } { $moved ->
        [0] It would have stayed where it was.
       *[other] It would have gone elsewhere.
    }
   *[other] The last { $tickets } tickets looked at: the rule would have decided about { $decided }; { $moved ->
        [0] none would have gone elsewhere.
        [one] { $moved } would have gone elsewhere.
       *[other] { $moved } would have gone elsewhere.
    }
}
routing-would-help = Compared with the rules as they are, by subject and category as they are today. Nothing was saved.
routing-now = By the present rules
routing-then = With this one
routing-how-many = How many
routing-tickets = { $n ->
    [one] { $n } ticket
   *[other] { $n } tickets
}
routing-examples = For example
routing-ticket = Ticket
routing-too-many = There are too many rules already: change one instead of adding another.
routing-field-backwards = The end is before the beginning: correct one of the two dates.
routing-field-place-taken = Another rule has this place already: choose a free one.
routing-field-hidden = It would never hold: “{ $rule }” comes before it and takes everything this one would. Choose a lower place or change the conditions.
routing-field-hides = “{ $rule }” would never hold again: this one would come before it and take everything it takes. Choose a higher place or change the conditions.
routing-field-group-level = A new ticket goes to a group of the first level.
routing-field-group-empty = Nobody is in this group: add a person first.
routing-field-word = “{ $word }” cannot be the beginning of a word: three to forty letters or digits are needed.
routing-groups = How the groups work
routing-group-name = Group
routing-practice-help = How new tickets find somebody, when the group is there, and who takes what it cannot.
routing-sharing = Assignment
routing-sharing-help = The ticket is given to somebody available, who then takes it; if they leave meanwhile it is free again.
routing-sharing-by-hand = by hand: whoever is free takes the next
routing-sharing-least-load = to whoever has fewest tickets
routing-sharing-rotation = in turn
routing-sharing-by-skill = by skill, then to whoever has fewest tickets
routing-most-each = Most tickets for one person
routing-most-each-help = Whoever has that many in hand is given no more. Empty: no limit.
routing-skills = Skills
routing-skills-help = The categories that each one knows. What nobody knows is everybody’s.
routing-limits = When the group cannot
routing-limits-help = Outside its hours, or while too many wait, new tickets go to another group; where there is none they wait here.
routing-hours = Hours
routing-hours-always = always
routing-most-waiting = Most tickets waiting
routing-most-waiting-help = Those that nobody has taken yet. Empty: no limit.
routing-overflow = They go to
routing-overflow-none = nobody: they wait
routing-field-sharing-level = Only groups of the first level get new tickets to give to somebody.
routing-field-not-of-the-group = Somebody is not in the group: add them to its people first.
routing-field-overflow-round = It would come back here: that group hands on to this one, perhaps by way of others.

automation-title = Automation
automation-sections = Sections of the administration
automation-help = When something happens to a ticket, or does not happen for a time, and the conditions hold, the rule acts. The ticket tells which rule acted. What a rule does sets no other rule off.
automation-none = No rules: nothing happens by itself.
automation-new = New automation
automation-place = Place
automation-place-help = Of several rules set off at once, the lowest acts first.
automation-name = Rule
automation-when = When
automation-when-help = What sets it off and how long after that it acts.
automation-on = Set off when the ticket
automation-choose = Choose
automation-after = Acts after
automation-after-help = For instance 30 min, 4 h. Empty: at once.
automation-hours = Counting the hours of
automation-hours-always = the clock, day and night
automation-unless = Unless meanwhile it
automation-unless-help = If one of these happens before, the rule does not act.
automation-when-after = { $on }, after { $after }
automation-when-unless = { $on }, after { $after }, unless meanwhile: { $unless }
automation-for = For which tickets
automation-for-help = All conditions must hold at the moment at which it acts; one left empty always holds.
automation-for-all = all
automation-for-kind = kind: { $names }
automation-for-priority = priority: { $names }
automation-for-channel = channel: { $names }
automation-for-category = category: { $names }
automation-for-group = group: { $names }
automation-kinds = Kind
automation-priorities = Priority
automation-channels = Channel
automation-groups = Group that has it
automation-categories = Category
automation-does = What it does
automation-does-help = One thing at least. Where the ticket does not allow one of them it does none, and that is told below.
automation-does-priority = priority { $priority }
automation-does-group = hands over to { $group }
automation-does-note = writes a note
automation-does-reply = writes to the requester
automation-as-it-is = as it is
automation-to-priority = Gives the priority
automation-to-group = Hands over to the group
automation-to-group-help = Of the first level: it is assigned. Of the second level: it gets a part of the work.
automation-note = Writes a note for colleagues
automation-reply = Writes to the requester
automation-reply-help = It is no first reply: that is given by a person.
automation-save = Save
automation-rehearse = Try on past tickets
automation-cancel = Cancel
automation-close = Close the rule
automation-close-help = A closed rule does nothing any more, not even what it was about to do.
automation-closed = closed
automation-reopen = Use again
automation-closed-help = It does nothing while it is closed.
automation-would-title = What would have happened
automation-would = { $tickets ->
    [0] No tickets in this area to try the rule on.
   *[other] Looked at the last { $tickets } tickets: the rule would have been set off { $set_off ->
        [one] { $set_off } time
       *[other] { $set_off } times
    } and would have acted { $acted ->
        [one] { $acted } time
       *[other] { $acted } times
    }. { $prevented ->
        [0] { "" }
        [one] Once what it waited for in vain happened.
       *[other] { $prevented } times what it waited for in vain happened.
    } { $missed ->
        [0] { "" }
        [one] Once the conditions did not hold.
       *[other] { $missed } times the conditions did not hold.
    }
}
automation-would-help = On each ticket as it was at that moment. Nothing was saved, and nobody was written to.
automation-examples = For instance
automation-ticket = Ticket
automation-at = When
automation-runs = What it did
automation-runs-none = It has not been set off yet.
automation-outcome = What became of it
automation-run-done = it acted
automation-run-prevented = what it waited for in vain happened
automation-run-refused = the ticket did not allow it ({ $rule })
automation-run-held-back = stopped: it had acted three times within an hour
automation-too-many = There are too many rules already: change one instead of adding another.
automation-field-place-taken = Another rule has this place: choose a free one.
automation-field-unless-at-once = A rule that acts at once cannot wait for something not to happen: write after how long it acts.
automation-field-after = Write hours and minutes, for instance 30 min or 4 h.
automation-field-group-empty = Nobody is in the group: add somebody first.
automation-field-nothing-done = The rule does nothing: choose one thing at least.
automation-on-opened = is opened
automation-on-taken = is taken in charge
automation-on-assigned = is assigned
automation-on-classified = is classified
automation-on-rerouted = comes from another area
automation-on-requester-wrote = gets a message from its requester
automation-on-desk-wrote = gets a reply from the desk
automation-on-paused = begins to wait
automation-on-resumed = waits no more
automation-on-sent-to-second-level = goes to the second level
automation-on-part-accepted = is accepted by the second level
automation-on-part-returned = comes back from the second level with a reason
automation-on-part-done = is technically closed
automation-on-solved = gets a solution
automation-on-refused = has its solution refused
automation-on-attention = comes near a due time
automation-on-breached = passes a due time
automation-on-promise-missed = has a promise that was not kept in time
automation-on-under-control = is put under control
automation-on-closed = is closed
automation-on-reopened = is opened again

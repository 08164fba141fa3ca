ticket-refusal-not-open = { $number } has ended: reopen it, or open a new linked request.
ticket-refusal-reply-given = The reply has been sent already: it cannot be taken back any more.
ticket-refusal-taken = { $number } is already with { $who }.
ticket-refusal-taken-by-you = { $number } is already with you.
ticket-refusal-take = { $number } cannot be taken in its present state.
ticket-refusal-take-first = Take { $number } in charge first.
ticket-refusal-assign = { $number } is at the second level or linked to a parent: withdraw the assignment or the link first.
ticket-refusal-back-office = In this state { $number } cannot be passed to first-level back office.
ticket-refusal-same-area = { $number } is already in this area.
ticket-refusal-link-self = A ticket cannot be linked to itself.
ticket-refusal-linked-already = { $number } is already linked.
ticket-refusal-complaint = A complaint is not handled by whoever worked on the request it is about: pass it on to a colleague.
ticket-refusal-link-kind = Only a malfunction can be linked to a parent: classify { $number } as an incident first.
ticket-refusal-link-parent = The other ticket must be open and have no parent of its own.
ticket-refusal-link-children = { $number } has children already ({ $children }): it cannot become a child itself.
ticket-refusal-merge-ended = The other ticket has ended: choose an open one.
ticket-refusal-merge-child = { $number } is the parent of the other ticket: merge the child into the parent, or remove the link first.
ticket-refusal-merge-children = The children of { $number } ({ $children }) need a parent: the other ticket is a child itself. Merge { $number } into the parent of that one, or remove the links first.
ticket-refusal-pause = { $number } is waiting already.
ticket-refusal-not-waiting = { $number } is not waiting.
ticket-refusal-solve = In this state { $number } takes no first-level solution.
ticket-refusal-identify-first = Say first who the requester of { $number } is.
ticket-refusal-classify-first = Classify { $number } first.
ticket-refusal-second-level = In this state { $number } cannot be sent to the second level.
ticket-refusal-assignment-ended = This assignment has already ended.
ticket-refusal-no-solution = { $number } has no solution yet that the requester could be asked about.
ticket-refusal-call-gap = At least { $hours } hours must pass between two calls.
ticket-refusal-call-written = { $number } has a written solution: the answer is waited for, and nobody is called for being silent.
ticket-refusal-hear-first = Record the requester’s answer before closing { $number }.
ticket-refusal-silence = { $number } can be closed for silence only five days after a written solution.
ticket-refusal-attempts = To close { $number } as unreached, all the call attempts must be used up.
ticket-refusal-refuse = { $number } can be refused only before a solution; under control it is closed by decision.
ticket-refusal-decide = Only a ticket under control is closed by decision.
ticket-refusal-control = { $number } is under control: how it goes on is decided by the control manager, or by whoever leads the group.
ticket-refusal-not-closed = { $number } is not closed.
ticket-refusal-reopen-term = { $number } could be reopened within { $days } days of closing: open a new linked request.
ticket-refusal-rate-open = A request is rated once it is closed.
ticket-refusal-rate-term = It could be rated within { $days } days of closing.
ticket-field-override-reason = Explain why the priority differs from the computed one.
ticket-field-within-a-year = Give a moment in the future, within a year.
ticket-field-promises = Twenty promises are open already: keep one or take one back first.
ticket-field-future = Give a moment in the future.
ticket-field-second-level-group = Choose a second-level or third-level group, or a supplier.
ticket-field-first-level-group = For the second level create an assignment: here a group of the desk is chosen.

# Pages of the console
ticket-page-place = Tickets
ticket-page-views = Views of the list
ticket-page-view-work = To work on
ticket-page-view-mine = Mine
ticket-page-view-new = To take
ticket-page-view-all = All
ticket-page-view-closed = Closed
ticket-page-found = Results
ticket-page-filter = Filter
ticket-page-words = Words or number
ticket-page-phase = Phase
ticket-page-priority = Priority
ticket-page-group = Group
ticket-page-area = Area
ticket-page-channel = Channel
ticket-page-apply = Apply filters
ticket-page-clear-filters = Clear filters
ticket-page-order = Order
ticket-page-order-priority = Priority and due date
ticket-page-risk-late = Late
ticket-page-risk-soon = Within two hours
ticket-page-risk-today = Today
ticket-page-risk-later = In the next days
ticket-page-risk-still = Waiting, or nothing promised
ticket-page-due-by = Due by { $when }
ticket-page-order-due = Risk
ticket-page-order-newest = Newest
ticket-page-order-oldest = Oldest
ticket-page-order-updated = Last updated
ticket-page-updated-column = Updated
ticket-page-due-column = Due
ticket-page-shape-table = Table
ticket-page-shape-rows = Two lines
ticket-page-condition = Condition
ticket-page-condition-add = Add condition
ticket-page-condition-last = Remove the last condition
ticket-page-condition-denied = not { $value }
ticket-page-condition-apply = Add
ticket-page-condition-requester-help = Surname, name, telephone or e-mail.
ticket-page-condition-opened-help = A day, a month or a stretch: 3/11/2026, 2026-11, >2026-11-01, 2026-11-01..2026-11-15.
ticket-page-see-new = See those to take
ticket-page-see-work = See the ones to work on
ticket-page-new-ticket = New call
ticket-page-nothing-open = No ticket open here
ticket-page-nothing-open-text = Choose a ticket from the list, or go to the next one: the most urgent among yours and the unassigned.
ticket-page-arrival = 1 new: show
ticket-page-arrivals = { $count } new: show
ticket-view-saved = Saved views
ticket-view-name = Name of the view
ticket-view-share = For whom
ticket-view-mine = only for me
ticket-view-save = Save this view
ticket-view-remove = Delete the view { $name }
ticket-view-too-many = There are forty saved views already: delete one.
ticket-pins = Pinned tickets
ticket-pin = Keep at hand
ticket-page-reply-arrived = A message from the requester arrived while you were writing: read it above, then send.
ticket-page-show-what = What to show
ticket-page-show-all = Everything
ticket-page-show-words = Messages
ticket-page-show-facts = Facts
ticket-page-within = Search this ticket
ticket-page-just-arrived = Just arrived
ticket-page-arrived = New message from { $who }
ticket-page-read-it = Read it
ticket-page-have-read-it = I have read it
ticket-page-gone = You can no longer see this ticket. What you wrote stays below.
ticket-page-doing-viewing = { $who } is reading
ticket-page-doing-away = { $who } has it open
ticket-page-doing-reply = { $who } is writing a reply
ticket-page-doing-note = { $who } is writing a note
ticket-page-doing-solution = { $who } is writing the solution

ticket-bulk-pick = Select { $number }
ticket-bulk-acts = Acts on the selected tickets
ticket-bulk-title = { $act }: { $count ->
    [one] one ticket
   *[other] { $count } tickets
 }
ticket-bulk-which = Tickets
ticket-bulk-preview = Preview
ticket-bulk-do = { $n ->
    [one] Go ahead with one ticket
   *[other] Go ahead with { $n } tickets
 }
ticket-bulk-help = After you confirm there are ten seconds to undo. What one ticket refuses does not stop the others.
ticket-bulk-can = Can be done
ticket-bulk-cannot = Cannot be done
ticket-bulk-was-done = Done
ticket-bulk-was-not = Not done
ticket-bulk-waits = { $n ->
    [0] It starts now.
    [one] It starts in one second: you can still undo it.
   *[other] It starts in { $n } seconds: you can still undo it.
 }
ticket-bulk-runs = { $n ->
    [one] Under way: one to go.
   *[other] Under way: { $n } to go.
 }
ticket-bulk-undone = Undone: nothing has changed.
ticket-bulk-done = Done on { $done }, not done on { $refused }.
ticket-bulk-undo = Undo
ticket-bulk-look-again = Refresh
ticket-bulk-none = Select at least one ticket.
ticket-bulk-too-many = Select at most 200 tickets at a time.
ticket-bulk-too-late = Too late to undo: it has already begun.
ticket-page-empty-narrowed = No ticket matches these filters
ticket-page-empty-narrowed-text = Take a filter away or try other words.
ticket-page-empty-work = There is nothing to work on
ticket-page-empty-work-text = New requests appear here. If somebody calls, open a ticket.
ticket-page-empty-mine = No ticket is with you
ticket-page-empty-mine-text = Take one of those that are waiting.
ticket-page-empty-new = Everything has been taken
ticket-page-empty-new-text = No request is waiting to be taken.
ticket-page-empty-all = There are no tickets yet
ticket-page-empty-all-text = The first one comes from the portal, the API or from here.
ticket-page-empty-closed = No closed tickets
ticket-page-empty-closed-text = Tickets appear here once the requester confirms the solution.
ticket-page-nobody-yet = Requester not identified yet
ticket-page-nobody-yet-text = It is not known yet who made the request.
ticket-page-opened-at = Opened on { $when }
ticket-page-opened-by = opened { $when } { $by }
ticket-page-waits-until = { $reason } until { $when }

# Closed lists
ticket-page-state-new = new
ticket-page-state-taken = taken
ticket-page-state-level1-work = being worked on at the first level
ticket-page-state-back-office-work = being worked on by back office
ticket-page-state-level2-work = being worked on at the second level
ticket-page-state-linked = linked to a parent
ticket-page-state-waiting = waiting
ticket-page-state-solution-given = solution given, awaiting confirmation
ticket-page-state-technically-closed = technically closed
ticket-page-state-contact-pending = requester to be called
ticket-page-state-under-control = under control
ticket-page-state-closed = closed
ticket-page-state-cancelled = cancelled
ticket-page-state-merged = merged into another
ticket-page-goes-on = Goes on in { $number }
ticket-page-kind-unknown = to be classified
ticket-page-kind-information = request for information
ticket-page-kind-complaint = complaint
ticket-page-kind-interpretation = administrative interpretation
ticket-page-kind-specialist = specialist help
ticket-page-kind-fulfilment = service request
ticket-page-kind-incident = incident
ticket-page-channel-web = portal
ticket-page-channel-api = API
ticket-page-channel-email = e-mail
ticket-page-channel-pec = certified mail
ticket-page-channel-phone = telephone
ticket-page-channel-fax = fax
ticket-page-channel-chat = chat
ticket-page-channel-monitoring = monitoring
ticket-page-channel-walk-in = in person
ticket-page-channel-import = import
ticket-page-by-web = on the portal
ticket-page-by-api = through the API
ticket-page-by-email = by e-mail
ticket-page-by-pec = by certified mail
ticket-page-by-phone = by telephone
ticket-page-by-fax = by fax
ticket-page-by-chat = by chat
ticket-page-by-monitoring = by monitoring
ticket-page-by-walk-in = in person
ticket-page-by-import = by an import
ticket-page-via-console = from the console
ticket-page-via-portal = on the portal
ticket-page-via-api = through the API
ticket-page-via-cli = from the command line
ticket-page-via-import = by an import
ticket-page-via-system = by the system
ticket-page-via-rule = by a rule
ticket-page-via-demo = on the portal
ticket-page-priority-1 = 1 · critical
ticket-page-priority-2 = 2 · high
ticket-page-priority-3 = 3 · medium
ticket-page-priority-4 = 4 · low
ticket-page-priority-5 = 5 · planned
ticket-page-urgency-1 = high
ticket-page-urgency-2 = medium
ticket-page-urgency-3 = low
ticket-page-level-1 = high
ticket-page-level-2 = medium
ticket-page-level-3 = low
ticket-page-closed-confirmed = confirmed
ticket-page-closed-no-reply = no reply
ticket-page-closed-unreached = not reached
ticket-page-closed-refused = not handled
ticket-page-closed-withdrawn = withdrawn
ticket-page-closed-decided = decided under control
ticket-page-closed-when-confirmed = the technical closure is enough, no call is needed
ticket-page-closed-when-no-reply = the written solution has had no reply for five days
ticket-page-closed-when-unreached = all call attempts have been made
ticket-page-closed-when-refused = the request cannot be handled: explain why
ticket-page-closed-when-withdrawn = the requester no longer needs it
ticket-page-closed-when-decided = control decides to close it: explain why
ticket-page-waiting-requester = waiting for the requester
ticket-page-waiting-supplier = waiting for the supplier
ticket-page-waiting-change = waiting for a change
ticket-page-waiting-agreed-date = agreed date
ticket-page-link-parent = child of
ticket-page-link-child = parent of
ticket-page-link-related = related to
ticket-page-link-follows = continues
ticket-page-assignment-assigned = to be accepted
ticket-page-assignment-accepted = being worked on
ticket-page-assignment-tech-closed = technically closed
ticket-page-assignment-returned = returned
ticket-page-assignment-withdrawn = withdrawn
ticket-page-technical-solved = solved
ticket-page-technical-workaround = workaround
ticket-page-technical-not-reproducible = not reproducible
ticket-page-technical-by-design = works as intended
ticket-page-call-reached = Reached
ticket-page-call-not-reached = Not reached
ticket-page-answer-accepted = The solution works: the ticket is closed
ticket-page-answer-refused = It does not work, the classification was right: control decides
ticket-page-answer-refused-wrong-class = It does not work, the classification was wrong: classify again
ticket-page-hands-free = Not taken yet
ticket-page-hands-first = First level
ticket-page-hands-second = Second level
ticket-page-hands-paused = Waiting
ticket-page-hands-closing = Closing

# The ticket
ticket-page-acts = Acts on the ticket
ticket-page-solution = Solution
ticket-page-erased = The text has been erased.
ticket-page-to = to { $who }
ticket-page-to-capital = To { $who }, visible on the portal
ticket-page-to-nobody = Requester not identified yet
ticket-page-send = Send
ticket-page-write-reply = Reply
ticket-page-write-note = Internal note
ticket-page-write-solution = Solution
ticket-page-too-many-files = Attach at most twenty files at a time.
ticket-page-solved-meanwhile = Somebody else gave a solution in the meantime: read it above. Your text is still here; send it again if it replaces theirs.
ticket-page-times = Times
ticket-page-explain = explain
ticket-page-open-since = Open for
ticket-page-lasted = Lasted
ticket-page-after = after { $length }
ticket-page-step-taken = Taken
ticket-page-step-replied = First reply
ticket-page-step-solved = Solution
ticket-page-step-closed = Closing
ticket-page-metric-taking-charge = Taken in charge
ticket-page-metric-first-reply = First reply
ticket-page-metric-resolution = Resolution
ticket-page-metric-group-taking-charge = Taken in charge by the group
ticket-page-metric-group-work = Work of the group
ticket-page-clock-running = by
ticket-page-clock-paused = suspended
ticket-page-clock-met = in time
ticket-page-clock-breached = late
ticket-page-clock-void = not owed
ticket-page-clocks = Times to keep
ticket-page-ledger-clock = Clock
ticket-page-ledger-target = Target
ticket-page-ledger-used = Used
ticket-page-ledger-due = Due
ticket-page-ledger-stopped = Reached
ticket-page-ledger-outcome = Outcome
ticket-page-ledger-agreement = Agreement
ticket-page-ledger-calendar = Calendar
ticket-page-ledger-edition = edition { $n }
ticket-page-ledger-always = All time
ticket-page-ledger-spans = Every span, with what counts for each clock
ticket-page-ledger-paused = paused
ticket-page-ledger-closed = outside hours
ticket-page-ledger-late = over: { $length }
ticket-page-ledger-sum = In all
ticket-page-ledger-clock-running = running
ticket-page-ledger-clock-paused = paused
ticket-page-ledger-clock-met = in time
ticket-page-ledger-clock-breached = late
ticket-page-ledger-clock-void = not owed
ticket-page-times-title = Where the time went
ticket-page-times-help = Each row is a stretch of elapsed time, without gaps: together { $total }.
ticket-page-from = From
ticket-page-until = Until
ticket-page-length = Length
ticket-page-state = State
ticket-page-operator = Operator
ticket-page-requester = Requester
ticket-page-proven = identified
ticket-page-unproven = to be verified
ticket-page-guest = guest
ticket-page-signed-in = signed in
ticket-page-chosen-at-opening = chosen from the directory at opening
ticket-page-verified-by = data verified by { $who }, { $when }
ticket-page-phone = Telephone
ticket-page-email = E-mail
ticket-page-pin = PIN
ticket-page-proof = How
ticket-page-history = History
ticket-page-all-of-them = all tickets
ticket-page-is-open = open
ticket-page-classification = Classification
ticket-page-kind = Kind
ticket-page-category = Category
ticket-page-by-matrix = { $impact } impact × { $urgency } urgency
ticket-page-overridden = set by hand
ticket-page-assignment = Assignment
ticket-page-external = External reference
ticket-page-change = change
ticket-page-links = Links
ticket-page-unlink = Remove the link to { $number }
ticket-page-more-children = { $n ->
    [one] and one more child
   *[other] and { $n } more children
 }

# Acts
ticket-page-back = Go back
ticket-page-choose = Choose
ticket-page-choose-one = Choose one.
ticket-page-moment = Give a day and an hour.
ticket-page-act-macro = Macro
ticket-page-field-macro = Macro to use
ticket-page-act-take = Take it
ticket-page-act-assign = Assign or hand over
ticket-page-act-assign-help = Choose the desk’s group, the person, or both. For the second level create an assignment.
ticket-page-act-identify = Identify the requester
ticket-page-act-identify-help = Search by name, e-mail, telephone or PIN. Whoever is not in the directory is recorded as a guest.
ticket-page-act-register = Register the reason
ticket-page-act-register-help = In the requester’s words: why they contacted us.
ticket-page-act-diagnose = Record the diagnosis
ticket-page-act-diagnose-help = What has been checked and what is still unclear. Only the desk sees it.
ticket-page-act-classify = Classify
ticket-page-act-classify-help = Priority follows from impact and urgency, by the area’s matrix.
ticket-page-act-subject = Correct the subject
ticket-page-act-subject-help = One line that says what it is about. The requester sees it.
ticket-page-act-reroute = Send to another area
ticket-page-act-reroute-help = The ticket moves to another area with its number and history, and waits to be taken there.
ticket-page-act-parent = Link to a parent
ticket-page-act-parent-help = The ticket follows an incident that is already open and ends with it.
ticket-page-act-link = Link to another ticket
ticket-page-act-link-help = The two tickets stay separate and point at each other.
ticket-page-act-unlink = Remove the link
ticket-page-act-second-level = Send to the second level
ticket-page-act-second-level-help = Creates an assignment for a specialist group. There may be several: the ticket comes back to the desk when all of them are done.
ticket-page-act-accept = Accept the assignment
ticket-page-act-technical-closure = Close technically
ticket-page-act-technical-closure-help = Tell what was done: the desk will use it to hear the requester.
ticket-page-act-return = Give it back
ticket-page-act-return-help = The assignment goes back to the desk for a new diagnosis.
ticket-page-act-withdraw = Withdraw
ticket-page-act-wait = Put on hold
ticket-page-act-wait-help = Waiting time is kept apart from working time. If the requester is awaited, their reply wakes the ticket.
ticket-page-act-resume = Resume
ticket-page-act-solution = Give the solution
ticket-page-act-solution-help = The requester gets it and says whether it works.
ticket-page-act-outcome = Record the answer
ticket-page-act-outcome-help = What the requester says of the solution.
ticket-page-act-call = Record a call
ticket-page-act-call-help = An attempt to hear the requester before closing.
ticket-page-act-close = Close
ticket-page-act-close-help = When the requester answers, record the answer: the ticket closes by itself. Here it is closed in the other cases.
ticket-page-act-reopen = Reopen
ticket-page-act-reopen-help = The ticket goes under control, with its history.
ticket-page-act-cancel = Cancel the ticket
ticket-page-act-cancel-help = Only if it was no request: a mistake, a test, an advertisement. It stays in the history.
ticket-page-act-merge = Merge into another
ticket-page-act-merge-help = This ticket ends and goes on in the other. This cannot be undone.
ticket-page-changed-meanwhile = Somebody changed the same thing
ticket-page-changed-meanwhile-text = Choose which value to keep; everything else you wrote is in its place.
ticket-page-mine = Yours: { $value }
ticket-page-theirs = The present one: { $value }
ticket-page-nothing = none
ticket-page-override = Use a different priority
ticket-page-from-matrix = The matrix’s
ticket-page-same-group = No group
ticket-page-no-operator = Nobody: whoever is free takes it
ticket-page-to-be-said = To be decided
ticket-page-field-group = Group of the desk
ticket-page-field-operator = Person
ticket-page-field-registration = Reason of the contact
ticket-page-field-diagnosis = Diagnosis
ticket-page-field-kind = Kind
ticket-page-field-category = Category
ticket-page-field-impact = Impact
ticket-page-field-impact-help = How many people and which services are affected.
ticket-page-field-urgency = Urgency
ticket-page-field-urgency-help = How soon it is needed.
ticket-page-field-override = Priority
ticket-page-field-override-reason = Why it is different
ticket-page-field-override-reason-help = Needed when the priority is not the matrix’s.
ticket-page-field-subject = Subject
ticket-page-field-area = New area
ticket-page-field-reason = Reason
ticket-page-field-reroute-help = Whoever receives the ticket reads it.
ticket-page-field-parent = Number of the parent
ticket-page-field-parent-help = For example SR-2026-000171, or just 171.
ticket-page-field-to = Number of the other ticket
ticket-page-field-to-help = For example SR-2026-000171, or just 171.
ticket-page-field-link-kind = This ticket is
ticket-page-field-group-l2 = Specialist group
ticket-page-field-asked = What is asked
ticket-page-field-asked-help = What the receiving group needs to begin at once.
ticket-page-field-activity = What was done
ticket-page-field-technical = Outcome
ticket-page-field-callback = The requester is to be called before closing
ticket-page-field-callback-help = The desk will call and record the answer.
ticket-page-field-waiting = Waiting for
ticket-page-field-wake-at = Until
ticket-page-field-wake-at-help = When to look again; leave empty if it is not known.
ticket-page-field-note = Note
ticket-page-field-solution = Solution
ticket-page-field-solution-help = The requester reads it: what was done and what they have to do.
ticket-page-field-answer = What the requester answers
ticket-page-field-answer-note = In their own words
ticket-page-field-call = How it went
ticket-page-field-close-reason = Why it is closed
ticket-page-field-close-note-help = Required when the request is not handled or control decides.
ticket-page-field-into = Number of the ticket it goes on in
ticket-page-field-description = Description

# The counter and the search
ticket-page-who-asks = Who asks
ticket-page-who = PIN, telephone, e-mail or three letters of the surname
ticket-page-nobody-found = Nobody in the directory: complete the data below to record a guest.
ticket-page-choose-person = Choose one of the people found, or complete the guest’s data.
ticket-page-say-who = Say who asks: search for them or enter their data.
ticket-page-new-guest = None of these: it is a new guest
ticket-page-guest-data = Data of the new guest
ticket-page-guest-name = Name and surname
ticket-page-verified = I have verified their data
ticket-page-verified-help = For example by staff number, tax code, or by calling back the number in the directory.
ticket-page-classify-now = Area, channel and classification
ticket-page-taken-by-me = Taken by me
ticket-page-taken-by-me-help = The time to take it stops now.
ticket-page-open-it = Open the ticket
ticket-page-opened-title = Opened { $number }
ticket-page-opened-heading = Ticket opened
ticket-page-opened-say = Read the number to the caller: it is what they need to ask for news.
ticket-page-you = you
ticket-page-go-on = Go to the ticket
ticket-page-another = Next call
ticket-page-colleagues = Colleagues
ticket-page-reply-leaving = { $n ->
    [0] Reply about to leave
    [one] Reply leaves in a second
   *[other] Reply leaves in { $n } seconds
}
ticket-page-reply-given = Reply sent
ticket-page-reply-take-back = Undo sending
ticket-page-closed-heading = Solved and closed
ticket-page-closed-say = { $n ->
    [0] Read the number to the caller: the request is closed.
    [one] Read the number to the caller: should it happen again within a day, quoting it reopens the request.
   *[other] Read the number to the caller: should it happen again within { $n } days, quoting it reopens the request.
}
ticket-page-new-call = New call
ticket-page-solved-at-once = Solved at once
ticket-page-solved-at-once-help = Unless you say what it is, it is recorded as an incident.
ticket-page-close-at-once = Close: the requester is on the line and confirms
ticket-page-calls-waiting = { $n ->
    [one] One call on hold
   *[other] { $n } calls on hold
}
ticket-page-call-without-subject = No subject yet
ticket-page-call-throw = Discard the call: { $what }
ticket-page-call-thrown = Call discarded.
ticket-page-undo = Undo
ticket-page-caller = The caller
ticket-page-caller-known = in the directory
ticket-page-caller-guest = guest: identity to be verified
ticket-page-caller-open = { $n ->
    [one] One open ticket
   *[other] { $n } open tickets
}
ticket-page-caller-ended = Latest closed tickets
ticket-page-caller-first = This is their first ticket.
ticket-page-caller-history = All their tickets
ticket-page-is-it-this = Is it about this?
ticket-page-is-it-this-one = Is it about this? Go on with { $number }
ticket-page-people-found = People found
ticket-page-nobody-found-live = Nobody in the directory: press Enter to go on as a guest.
ticket-page-to-queue = Back to the list
ticket-page-search = Search
ticket-page-search-label = Words, a number or a person
ticket-page-search-nothing = Nothing found
ticket-page-search-nothing-text = Try fewer words, the surname or the ticket’s number.
ticket-page-search-more = See all tickets found
ticket-page-number = Number
ticket-page-opened-column = Opened
ticket-page-changed-column = Changed
ticket-page-due-condition = Due
ticket-page-people = People
ticket-page-name = Name
ticket-page-office = Office
ticket-page-contacts = Contacts

# What happened, one sentence each
ticket-event-opened = Opened { $channel }
ticket-event-taken = Taken
ticket-event-assigned-group = Assigned to the group { $group }
ticket-event-assigned-operator = Assigned to { $who }
ticket-event-assigned-both = Assigned to { $who }, group { $group }
ticket-event-automated = The rule “{ $name }” (edition { $edition }) acts
ticket-event-given = Given to { $who }, who had { $load } tickets in hand
ticket-event-given-back = Free again: whoever had been given it was no longer there
ticket-event-moved-to-back-office-l1 = Passed to back office: { $group }
ticket-event-guest-linked = Requester recorded as { $who }, data to be verified
ticket-event-data-verified = Identity verified: { $who }
ticket-event-data-checked-congruent = Data checked against the registries: they agree
ticket-event-data-checked-discrepant = Data that differ from the registries: { $fields }
ticket-event-data-checked-absent = Requester not in the registries of the area
ticket-event-data-checked-elsewhere = Requester only in the registries of other areas
ticket-event-discrepancy-notified = Discrepancy told in writing: { $fields }
ticket-event-discrepancy-notified-voice = Discrepancy told by voice: { $fields }
ticket-event-requester-merged = { $from } is { $who }: the ticket goes over to this person
ticket-event-requester-unmerged = Merge undone: the ticket goes back to { $who }
ticket-event-registered = Reason registered
ticket-event-diagnosis-recorded = Diagnosis
ticket-event-classified = Classified as { $what } · { $impact } impact × { $urgency } urgency = P{ $n }
ticket-event-classified-overridden = Classified as { $what } · { $impact } impact × { $urgency } urgency, priority set by hand: P{ $n }
ticket-event-rerouted = Sent to the area { $area }
ticket-event-put-under-control = Put under control (rule { $rule })
ticket-event-promise-made = Promised to the requester by { $when }
ticket-event-promise-kept = Promise kept
ticket-event-promise-withdrawn = Promise taken back
ticket-event-promise-missed = Promise not kept in time
ticket-event-times-told = Told to the requester by voice
ticket-event-linked-parent = Linked to the parent { $number }
ticket-event-linked-related = Linked to { $number }
ticket-event-linked-follows = Continues { $number }
ticket-event-unlinked = Link to { $number } removed
ticket-event-unlinked-parent-ended = { $number } ended without a solution: this ticket goes on by itself
ticket-event-unlinked-parent-merged = { $number } was merged into another ticket: this one follows it
ticket-event-colleagues-mentioned = Mentions { $who }
ticket-event-assignment-created = Sent to the second level: { $group }
ticket-event-assignment-accepted = Assignment accepted by { $group }
ticket-event-assignment-returned = Assignment given back by { $group }
ticket-event-assignment-withdrawn = Assignment to { $group } withdrawn
ticket-event-assignment-technically-closed = Technical closure by { $group }: { $outcome }
ticket-event-assignment-technically-closed-call = Technical closure by { $group }: { $outcome }, the requester is to be called
ticket-event-paused = Put on hold: { $reason }
ticket-event-paused-until = Put on hold until { $when }: { $reason }
ticket-event-resumed = Work resumed
ticket-event-clock-started = Times to keep: { $what }
ticket-event-clock-moved = Due at another time: { $what }
ticket-event-clock-paused = Times suspended: { $what }
ticket-event-clock-resumed = Times run again: { $what }
ticket-event-clock-met = In time: { $what }
ticket-event-clock-breached = Late: { $what }
ticket-event-clock-stopped = Done late: { $what }
ticket-event-clock-ended = Nothing to keep any more: { $what }
ticket-event-clock-restarted = Time runs again from the start: { $what }
ticket-event-clock-attention = Due soon: { $what }
ticket-event-clock-dropped = The agreement holds no more: { $what }
ticket-event-clock-replanned = New edition of the agreement: { $what }
ticket-event-woken = Work resumed by itself: the wait ended { $when }
ticket-event-solution-accepted = The requester confirms the solution
ticket-event-solution-refused = The solution does not work: control decides
ticket-event-solution-refused-wrong-class = The solution does not work: to be classified again
ticket-event-outbound-attempted = Call to the requester: not reached
ticket-event-outbound-attempted-reached = Call to the requester: reached
ticket-event-contact-needed = The requester is to be heard before closing
ticket-event-closed = Closed: { $reason }
ticket-event-reopened = Reopened
ticket-event-rated = Rated { $n } out of 5
ticket-event-cancelled = Cancelled
ticket-event-merged-into = Merged into { $number }, where it goes on
ticket-event-merged-from = { $number } goes on here
ticket-event-attachment-added = File attached
ticket-event-subject-changed = Subject corrected: “{ $subject }”
ticket-event-imported = State in the system of origin: { $state }, priority { $n }

## The language of search
ticket-question-open = open
ticket-question-ended = ended
ticket-question-me = me
ticket-question-nobody = nobody
ticket-question-late = late
ticket-question-soon = soon
ticket-question-missing = “{ $field }:” needs a value.
ticket-question-unknown = { $field ->
    [state] There is no state “{ $value }”.
    [phase] There is no phase “{ $value }”.
    [group] There is no group “{ $value }”.
    [area] There is no area “{ $value }”.
    [priority] There is no priority “{ $value }”.
    [channel] There is no channel “{ $value }”.
    [kind] There is no kind “{ $value }”.
    [category] There is no category “{ $value }”.
    [operator] There is no operator “{ $value }”.
    [requester] There is no requester “{ $value }”.
   *[opened] “{ $value }” is not a date.
 }
ticket-question-ambiguous = { $field ->
    [state] “{ $value }” fits several states.
    [phase] “{ $value }” fits several phases.
    [group] “{ $value }” fits several groups.
    [area] “{ $value }” fits several areas.
    [priority] “{ $value }” fits several priorities.
    [channel] “{ $value }” fits several channels.
    [kind] “{ $value }” fits several kinds.
    [category] “{ $value }” fits several categories.
    [operator] “{ $value }” fits several operators.
   *[requester] “{ $value }” fits several people.
 }
ticket-question-meant = Did you mean:
ticket-question-strange = In the address “{ $name }={ $value }” is no condition of this list: it does not count.
ticket-question-lost = The place in the address is none of this list: here is its beginning.
ticket-question-nothing = Nothing found for “{ $words }”.
ticket-question-looked-for = Perhaps you were looking for:
ticket-question-help = Also "phrases in quotes", state:waiting, group:systems, priority:1, operator:me, opened:today; a hyphen excludes: -state:closed.
ticket-page-palette-recent = Tickets opened lately
ticket-page-palette-mine = My tickets
ticket-page-palette-helps = Guides and outages
ticket-page-palette-places = Pages
ticket-page-palette-filters = Filters
ticket-page-palette-everything = Search “{ $words }” everywhere

ticket-hint = First steps
ticket-hint-known = Got it
ticket-hint-place = { $n } of { $of }
ticket-hint-next = The next ticket.
ticket-hint-next-text = The key n opens the most urgent of yours and of those nobody has taken; t takes it.
ticket-hint-search = Find anything.
ticket-hint-search-text = Ctrl K finds tickets, people, pages and every act with its key; ? lists the keys of a page.
ticket-hint-call = Somebody calls.
ticket-hint-call-text = The key + begins a call from any page: three letters of the surname and a subject, and you can read the number out.
ticket-page-promised = Promised to the requester
ticket-page-promise-until = by
ticket-page-promise-missed = overdue
ticket-page-promise-kept = Kept
ticket-page-promise-withdraw = Take back
ticket-page-act-promise = Promise
ticket-page-act-promise-help = What the requester is told will be done, and by when. The queue shows it as something due.
ticket-page-field-promise = What
ticket-page-field-promise-due = By
ticket-page-reported = Already reported?
ticket-page-reported-words = same words: { $words }
ticket-page-reported-category = same category
ticket-page-reported-parent = others are linked to it
ticket-page-reported-opened = opened { $when }
ticket-page-reported-link = It is the same: link
ticket-page-reported-same = It is the same: link it
ticket-page-reported-told = Told to the requester
ticket-page-reported-none = None of these
ticket-page-routing = Why this group
ticket-page-routing-by-rule = It came on { $when }: the rule “{ $rule }” gave it to { $group }.
ticket-page-routing-by-former-rule = It came on { $when }: a rule that has changed since gave it to { $group }.
ticket-page-routing-by-default = It came on { $when }: no rule held, and { $group }, the area’s default group, took it.
ticket-page-routing-nobody = It came on { $when }: no rule held, and the area had no default group.
ticket-page-routing-over-hours = { $from } was outside its hours at that moment: { $to } took it.
ticket-page-routing-over-full = { $from } already had as many tickets waiting as it can at that moment: { $to } took it.
ticket-page-routing-never = Nobody knows how this ticket came to its group.
ticket-page-routing-rule = Rule
ticket-page-routing-edition = edition { $n }
ticket-page-routing-said = Outcome
ticket-page-routing-decided = it decided
ticket-page-routing-missed-period = it did not hold on that day
ticket-page-routing-missed-channel = it came by another channel
ticket-page-routing-missed-category = the category was another, or not known yet
ticket-page-routing-missed-words = none of the words stood in the subject
ticket-page-routing-missed-group-closed = the group took no tickets
ticket-page-routing-help = The rules as they stood then, in the order in which they were asked. Who took the ticket afterwards is in the timeline.

# The report on service levels from the command line.
ticket-report-agreement = { $agreement }, edition { $n }. Requests: { $tickets }
ticket-report-share = { "  " }{ $metric }, { $priority }: { $percent } in time ({ $met } of { $clocks }); median { $median }, nine of ten within { $most }
ticket-report-all = in all
ticket-report-unknown = n/a
ticket-report-nothing = { "  " }Nothing to measure in this period.
ticket-report-bad-day = Write a day, for example 24/12/2026.
ticket-belongings = { $n ->
    [0] No tickets
    [one] One ticket
   *[other] { $n } tickets
 }
ticket-refusal-no-discrepancy = The data of whoever opened { $number } agree with the registries: there is nothing to tell.
ticket-refusal-told-lately = They were told within the last { $days } days: there is no need to say it again.
ticket-refusal-guest-type = In this area guests cannot ask for this: identify the requester, or refuse the ticket and say why.
ticket-refusal-discrepant-type = In this area people whose data differ cannot ask for this: the data have to be put right first.
ticket-page-discrepant = Data differ
ticket-page-discrepancy = Not as in the registries: { $fields }.
ticket-page-discrepancy-told = Told { $when }.
ticket-page-tell-discrepancy = Tell the requester
ticket-page-told-by-voice = Told by voice
ticket-page-ours = (here: { $value })
ticket-data-name = name and surname
ticket-data-email = e-mail
ticket-data-phone = phone
ticket-data-pin = PIN
ticket-data-external-id = code
ticket-data-office = office
ticket-discrepancy-text = Hello, some of your data are not the same as in our registry: { $fields }. Please have a look and tell us which are right. Meanwhile we go on with your request.
ticket-discrepancy-text-formal = Dear user, some of your data are not the same as in our registry: { $fields }. Please check them and let us know which are right. Meanwhile we go on with your request.

admin-title = Administration
admin-place = Admin
admin-people = People
admin-people-find = Find a person
admin-people-find-help = The beginning of first or last name, or a whole e-mail address, telephone, PIN or code.
admin-people-none = Nobody found
admin-people-none-text = Try fewer letters, or another contact.
admin-person-new = New person
admin-person-category-help = Agreements may be for some categories only.
admin-person-category-none = None
admin-person-edit = Correct the details
admin-person-kind = Kind
admin-kind-staff = desk
admin-kind-guest = guest
admin-kind-requester = requester
admin-phone = Telephone
admin-office = Office
admin-pin = PIN
admin-pin-help = The code by which the person identifies on the telephone.
admin-external-id = External code
admin-external-id-help = Staff number or key in another system.
admin-login = Signs in with
admin-contacts = Contacts
admin-edit = Correct
admin-roles-none = No role: this person may do nothing.
admin-role = Role
admin-role-give = Give the role
admin-role-take = Take back
admin-areas-all = All areas
admin-password-help = At least 10 characters. Signing in takes the e-mail address and this password; tell it in person.
admin-password-set = Set the password
admin-second-take = Take two-step sign-in away
admin-second-reason = Why it is taken away
admin-second-reason-help = For example “telephone lost, recognised in person”. The person reads it on their profile, and it stays in the journal.
admin-tickets = Recent tickets
admin-tickets-none = No tickets.
admin-ticket-number = Number
admin-ticket-subject = Subject
admin-ticket-phase = Phase
admin-ticket-opened = Opened
admin-save = Save
admin-cancel = Cancel
admin-name = Name
admin-code = Code
admin-groups = Groups
admin-group-new = New group
admin-group-add = Create the group
admin-group-kind = Kind
admin-group-kind-front-end = Front end (telephone)
admin-group-kind-back-office = Back office (mail, web, fax)
admin-group-kind-back-office-l1 = First-level back office
admin-group-kind-second-level = Second level
admin-group-kind-third-level = Third level
admin-group-kind-supplier = Supplier
admin-members = Group members
admin-members-none = Nobody: tickets given to this group are seen by nobody in particular.
admin-member-add = Add a person
admin-member-help = People who have a role at the desk are listed.
admin-member-add-act = Add
admin-areas = Service areas
admin-area-new = New area
admin-area-help = As people read it, for example “IT support”. It then needs at least a front-end group and categories.
admin-area-add = Create the area
admin-matrix = Priority
admin-matrix-help = The priority, from 1 (critical) to 5 (planned), by impact and urgency from 1 (high) to 3 (low).
admin-impact = Impact { $n }
admin-urgency = Urgency { $n }
admin-gates = Required steps
admin-gates-help = Which facts must be recorded before going on.
admin-gate-identification = Identify the requester before giving the solution
admin-gate-classification = Classify before giving the solution
admin-gate-second-level = Classify before the second level
admin-terms = Terms and limits
admin-between = From { $least } to { $most }.
admin-parameter-reopen-days = Days to reopen
admin-parameter-reroute-max = Changes of area before control
admin-parameter-reclass-max = Reclassifications before control
admin-parameter-contact-attempts-max = Calls before the closing mail
admin-parameter-contact-gap-hours = Hours between two calls
admin-informal = Address requesters informally (in Italian)
admin-categories = Categories
admin-categories-none = No categories yet
admin-categories-none-text = Categories tell what tickets are about.
admin-category-new = New category
admin-category-add = Add the category
admin-service = Service
admin-service-help = For example “Printing and scanning”.
admin-category = Category
admin-category-help = For example “print queue”.
admin-jobs = Job queue
admin-jobs-none = No jobs waiting
admin-jobs-none-text = Everything there was to do has been done.
admin-jobs-dead = { $n ->
    [one] One failed job
   *[other] { $n } failed jobs
 }
admin-jobs-running = { $n ->
    [one] One job running
   *[other] { $n } jobs running
 }
admin-jobs-ready = { $n ->
    [one] One job waiting
   *[other] { $n } jobs waiting
 }
admin-job-kind = Job
admin-job-queued = Queued
admin-job-next = Next try
admin-job-attempts = Tries
admin-job-error = Last error
admin-job-act = Act
admin-job-requeue = Try again
admin-naming = Name and use
admin-rename = Save the name
admin-closed = closed
admin-reopen = Put back in use
admin-closed-help = It is no longer offered; what refers to it keeps its name.
admin-close-area = Close the area
admin-close-area-help = A closed area takes no new tickets; open ones are worked to their end.
admin-close-group = Close the group
admin-close-group-help = A closed group is given no more tickets; history keeps its name.
admin-close-category = Close the category
admin-close-category-help = A closed category is no longer offered; tickets classified with it keep it.
admin-refusal-last-area = It is the only area that takes tickets: open another one first, then close this.
admin-refusal-last-group = It is the only group that gets the new tickets of the area “{ $area }”: create another first-level group of the area or put one back in use, then close this.
admin-refusal-group-has-tickets = { $n ->
    [one] The group still has an open ticket, in its queue: give it to another group, then close this one.
   *[other] The group still has { $n } open tickets, in its queue: give them to another group, then close this one.
 }
admin-refusal-group-owns-tickets = { $n ->
    [one] The group owns an open ticket that { $groups } is working on: when it comes back, or once you have withdrawn the assignment, give it to another group; then close this one.
   *[other] The group owns { $n } open tickets that are being worked on by { $groups }: when they come back, or once you have withdrawn the assignments, give them to another group; then close this one.
 }
admin-refusal-group-has-and-owns-tickets = The group still has { $n } open tickets, { $queue } in its queue and { $away } being worked on by { $groups }: give them to another group (those elsewhere when they come back, or once the assignment is withdrawn), then close this one.
admin-offerings = Request types
admin-offerings-none = No request types yet
admin-offerings-none-text = They become the tiles of the portal: few, in the words of those who ask.
admin-offering = Request type
admin-offering-new = New request type
admin-offering-add = Add the request type
admin-offering-name = Name
admin-offering-name-help = The way a requester would put it: “Report a fault”.
admin-offering-line = What belongs to it
admin-offering-line-help = One line: “Computer, network, printing, applications”.
admin-offering-no-category = None
admin-offering-icon = Drawing
admin-offering-icon-request = Request
admin-offering-icon-fault = Fault
admin-offering-icon-access = Access
admin-offering-icon-pay = Pay
admin-offering-icon-equipment = Equipment
admin-close-offering = Take it off the portal
admin-close-offering-help = It no longer shows on the portal; requests already open stay as they are.

admin-accessibility-text = Italian public bodies publish the declaration each year on AgID’s form; once set here, its link stands at the foot of every page.
admin-accessibility-page = The page everybody reads
admin-accessibility-declaration-help = The address AgID gives, such as https://form.agid.gov.it/view/… Leave it empty to take the link away.
admin-accessibility-contact = E-mail for reports
admin-accessibility-contact-help = Whoever reads it answers within thirty days. Leave it empty to offer only a request in the portal.
admin-accessibility-save = Save

# Calendars
admin-calendars = Calendars
admin-calendars-none = No calendar yet
admin-calendars-none-text = It says in which hours the time promised to requesters counts.
admin-calendar = Calendar
admin-calendar-new = New calendar
admin-calendar-add = Add the calendar
admin-calendar-zone = Time zone
admin-calendar-zone-help = The clock by which hours are told: “Europe/Rome”.
admin-calendar-week = Week
admin-calendar-week-help = As people say it: “9-13, 14:30-18”. Past midnight “22-6”, always open “0-24”, empty where closed.
admin-calendar-national = Closed on Italian public holidays
admin-calendar-national-help = Easter Monday too and, from 2026, 4 October.
admin-calendar-patron = Patron saint
admin-calendar-patron-help = The municipality, where its patron saint’s day is closed.
admin-calendar-closures = Other closed days
admin-calendar-closures-help = One to a line, and in square brackets where it is written: “24/12/2026 Christmas Eve [Order 12/2026]”, “24/12/2026..31/12/2026 Christmas break”.
admin-calendar-openings = Extra openings
admin-calendar-openings-help = One to a line, and in square brackets where it is written: “28/11/2026 9-13 First Saturday [Order 14/2026]”.
admin-calendar-closed = Next closed days
admin-calendar-closed-none = No closed day in the months to come, besides the week.
admin-calendar-feasts = { $n ->
    [one] { $n } holiday of every year comes from a file.
   *[other] { $n } holidays of every year come from a file.
 }
admin-calendar-import = Closed days from a file
admin-calendar-file = .ics file
admin-calendar-file-help = Whole days become closures; those that come back each year, holidays. The same file again doubles nothing.
admin-calendar-import-button = Add the days
admin-calendar-file-empty = This file holds no day to close.
admin-calendar-file-broken = This file cannot be read as a calendar.
admin-calendar-file-large = The file is too large: 1 MB at most.
admin-calendar-file-partly = A part of the calendar cannot be taken over: whole days only, each year at most.
admin-ics-too-many = The file has too many days: the first were added.
admin-ics-no-date = Line { $line }: the event has no day. The others were added.
admin-ics-not-all-day = Line { $line }: the event lasts some hours only. The others were added.
admin-ics-recurs = Line { $line }: the event does not come back once a year. The others were added.
admin-calendar-bad-line = Line { $line } makes no sense.
admin-calendar-bad-hours = “{ $part }” is no span of hours. Write for example 9-13, 14:30-18.
admin-calendar-seven-days = Seven days are needed, from Monday.
admin-close-calendar = Close the calendar
admin-close-calendar-help = Once closed, it is offered for no new agreement. Clocks that run do not change.
admin-day-monday = Monday
admin-day-tuesday = Tuesday
admin-day-wednesday = Wednesday
admin-day-thursday = Thursday
admin-day-friday = Friday
admin-day-saturday = Saturday
admin-day-sunday = Sunday
admin-day-short-monday = Mon
admin-day-short-tuesday = Tue
admin-day-short-wednesday = Wed
admin-day-short-thursday = Thu
admin-day-short-friday = Fri
admin-day-short-saturday = Sat
admin-day-short-sunday = Sun
admin-feast-new-year = New Year’s Day
admin-feast-epiphany = Epiphany
admin-feast-unity = 150 years of Italy’s unity
admin-feast-easter = Easter
admin-feast-easter-monday = Easter Monday
admin-feast-liberation = Liberation Day
admin-feast-labour = Labour Day
admin-feast-republic = Republic Day
admin-feast-assumption = Assumption
admin-feast-francis = Saint Francis
admin-feast-all-saints = All Saints
admin-feast-immaculate = Immaculate Conception
admin-feast-christmas = Christmas
admin-feast-stephen = Saint Stephen
admin-feast-patron = Patron saint

# Service level agreements
admin-agreements = Service level agreements
admin-agreements-none = No agreement yet
admin-agreements-none-text = It says within how much time a request is taken in charge, answered and solved.
admin-agreement = Agreement
admin-agreement-new = New agreement
admin-agreement-add = Add the agreement
admin-agreement-solutions = Solution, P1 to P5
admin-agreement-targets = Targets
admin-agreement-targets-help = Time of the calendar: “15 min”, “4 h”, “1 h 30 min”. Empty where nothing is promised. The group’s times count from when it is given its part.
admin-agreement-elapsed = All time counts, around the clock
admin-agreement-elapsed-of = P{ $n }: all time counts
admin-agreement-pausing = Clocks stand still while
admin-agreement-pausing-help = For these reasons only: whoever wrote the agreement must have allowed them.
admin-agreement-while-solved = They stand still too while a solution seemed to be one
admin-agreement-while-solved-help = If it is refused later, that time does not count.
admin-agreement-attention = Attention
admin-agreement-attention-help = In hundredths of the time: “50, 75, 90”.
admin-agreement-for = For which requests
admin-agreement-for-help = Where nothing is ticked, for all.
admin-agreement-kinds = Kinds
admin-agreement-channels = Channels
admin-agreement-requesters = Who asks
admin-agreement-services = Services
admin-agreement-categories = Categories
admin-agreement-groups = Groups
admin-agreement-groups-help = The group’s times hold for the parts these groups are given.
admin-agreement-from = From
admin-agreement-from-help = It holds for requests received from this day on.
admin-agreement-until = Until
admin-agreement-fallback = Only where no other agreement holds
admin-agreement-fallback-help = Other agreements add up: each has its own clocks on the same request.
admin-agreement-fallback-tag = where no other holds
admin-agreement-bad-target = Write a length of time, for example 4 h or 30 min.
admin-agreement-bad-attention = Write numbers from 1 to 99, with commas between them.
admin-agreement-bad-day = Write a day, for example 24/12/2026.
admin-agreement-no-metric = What is measured is taking_charge, first_reply, resolution, group_taking_charge and group_work.
admin-agreement-nothing = As it is written nothing changes.
admin-close-agreement = Close the agreement
admin-close-agreement-help = Once closed, it takes no more requests. Those it has end with its clocks.

# Editions and planning anew
admin-edition = Edition
admin-edition-n = Edition { $n }
admin-edition-look = See what would change
admin-edition-new-only = Save for new requests
admin-edition-replan = Save and move open requests
admin-edition-help = Clocks that have stopped never change. Those that run change only when they are moved.
admin-would = If you save and move open requests
admin-would-tickets = { $n ->
    [0] No open request changes.
    [one] { $n } open request changes.
   *[other] { $n } open requests change.
 }
admin-would-earlier = { $n ->
    [one] { $n } clock is due earlier.
   *[other] { $n } clocks are due earlier.
 }
admin-would-later = { $n ->
    [one] { $n } clock is due later.
   *[other] { $n } clocks are due later.
 }
admin-would-started = { $n ->
    [one] { $n } clock begins.
   *[other] { $n } clocks begin.
 }
admin-would-dropped = { $n ->
    [one] { $n } clock is owed no more.
   *[other] { $n } clocks are owed no more.
 }
admin-would-late = { $n ->
    [one] { $n } clock would be late at once.
   *[other] { $n } clocks would be late at once.
 }
admin-would-part = The oldest of { $of } open requests were looked at.
admin-would-examples = Some of them
admin-would-number = Request
admin-would-metric = Clock
admin-would-before = Now
admin-would-after = Becomes
admin-replanning = Moving open requests
admin-replanned = { $n ->
    [one] { $n } request moved
   *[other] { $n } requests moved
 }
admin-merge-go = Merge into…
admin-merge-title = Merge { $who } into…
admin-merge-text = When a guest or a double is somebody already known, their tickets go over to that person. It can be undone.
admin-merge-likely = People who may be the same
admin-merge-likely-none = Nobody has the same contacts or a similar name: look for the person above.
admin-merge-found = People found
admin-merge-choose = Have a look
admin-merge-preview = What will happen
admin-merge-sentence = { $who } will no longer be found: { $into } stays.
admin-merge-goes = Found no more
admin-merge-stays = Stays
admin-merge-moves = Go over to the one who stays
admin-merge-contacts-kept = Contacts: whoever writes or calls from them is recognised
admin-merge-undoable = The one who stays will see these tickets in the portal too. Undoing brings back the tickets that went over, and nothing else.
admin-merge-act = Merge
admin-merge-other-way = The other way round
admin-merge-somebody-else = Choose somebody else
admin-merge-absorbed = Merged into this person
admin-merge-absorbed-text = Whoever writes or calls from these contacts is recognised as this person.
admin-merge-undo = Undo merge
admin-identification = Those of whom it is not certain yet who they are
admin-allowed-help = The types of request that are accepted. Others are refused when the ticket is classified.
admin-allowed-guest = From guests we accept
admin-allowed-discrepant = From people whose data differ we accept
admin-type-incident = malfunctions
admin-type-fulfilment = service requests
admin-type-information = information
admin-type-interpretation = interpretations
admin-type-specialist = specialist help
admin-type-complaint = complaints
admin-discrepancy-text = What people whose data differ are told
admin-discrepancy-text-help = With {"{"}campi{"}"} in the place of the data that do not agree. Empty: the words of Sportello.
admin-parameter-discrepancy-again-days = Days before a discrepancy is told again
admin-origins = In the registries
admin-origin-there = In the registry
admin-origin-here = Here
admin-origin-differs = differs
admin-link-policy = Already reported
admin-link-policy-help = When a malfunction resembles an open parent incident
admin-link-policy-ask = Propose the parent to whoever works on the ticket
admin-link-policy-automatic = Link it by itself where that is clear, otherwise propose
admin-link-policy-never = Propose no parents

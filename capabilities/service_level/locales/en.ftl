# Service levels: what cannot be, and why.
service-level-field-no-target = At least one target is needed: without one, no clock runs.
service-level-field-calendar = Choose a calendar, or let all time count for every priority that has a target.
service-level-field-doubled = The same clock has two targets for the same priority.
service-level-field-backwards = It ends before it begins.
service-level-field-order = Taking charge and the first reply cannot be due after the solution, nor can a group take charge after its work is due.
service-level-field-zone = There is no such time zone. Write for example Europe/Rome.
service-level-field-patron = No patron saint is known for this municipality: choose one of the list, or write the day among the closures.
service-level-field-too-many-days = These are too many days: { $most } at most.
service-level-field-week-backwards = Some hours end before they begin, or last longer than a day.
service-level-field-week-overlap = Some hours overlap, perhaps past midnight.
service-level-field-week-empty = At least one day needs hours: without them, nothing would ever be due.
service-level-calendar-in-use = The agreement “{ $agreement }” uses this calendar: give it another one first.

integration-description = Imported from ServiceNow: { $number }
    Contact: { $contact }
    Location: { $location }
    Symptom: { $symptom }
    Item: { $item }
integration-refusal-unreadable = { $file } cannot be read: { $cause }
integration-refusal-empty = The file is empty.
integration-refusal-no-csv = The file is no CSV of ServiceNow’s incident log: its first line must name the columns, separated by commas or semicolons.
integration-refusal-missing-columns = These columns are missing from the first line: { $columns }.
integration-refusal-doubled-column = The column { $column } stands more than once in the first line.
integration-reason-too-few-columns = the row has fewer columns than the header: it may be cut
integration-reason-too-many-columns = the row has more columns than the header
integration-reason-control-characters = it holds control characters or invisible marks
integration-reason-not-utf8 = it is not text in UTF-8
integration-reason-line-too-long = the line is too long
integration-reason-open-quote = the quotes are not closed, or followed by other text
integration-reason-missing = the value is missing
integration-reason-too-long = the text is longer than 120 characters
integration-reason-formula = the text begins like a formula (=, +, -, @)
integration-reason-unknown-state = no known state
integration-reason-unknown-level = no known level: expected a value such as “2 - Medium”
integration-reason-bad-number = it is no whole number from 0 up
integration-reason-bad-date = no valid time: expected as 29-02-2016 01:16
integration-report-done = Import completed.
integration-report-dry = Dry run completed: nothing was changed.
integration-report-tickets = Tickets in the file: { $tickets } (rows accepted: { $rows })
integration-report-made = Created: { $created } · continued: { $continued } · unchanged: { $unchanged }
integration-report-resolved = Resolved: { $resolved } · reopened: { $reopened }
integration-report-hours = Hours to resolution: mean { $mean }, median { $median }
integration-report-priority = By priority: P1 { $p1 } · P2 { $p2 } · P3 { $p3 } · P4 { $p4 } · P5 { $p5 }
integration-report-refused = Rows refused: { $refused }
integration-report-refused-row = { "  " }line { $line }, column { $column }: { $reason }
integration-report-refused-more = { "  " }… and { $more } more (all of them with --json)
integration-progress = { $done } tickets of { $total }

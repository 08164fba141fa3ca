# Frames and components common to every page.

ui-product = Sportello
ui-tagline = Help with services and for staff
ui-skip-to-content = Skip to content
ui-skip-to-queue = Skip to the list
ui-places = Sections
ui-queue = List
ui-facts = Facts
ui-main-pane = Conversation
ui-panes = Parts of the page
ui-search = Search
ui-search-everything = Find a ticket, a person, or something to do…
ui-next-ticket = Next ticket
ui-new-call = New call
ui-calls-waiting = { $n ->
    [one] one on hold
   *[other] { $n } on hold
}
ui-area = Service area
ui-menu = Menu
ui-more = More
ui-language = Language
ui-accessibility = Accessibility
ui-declaration = Accessibility declaration
ui-profile = Your profile
ui-sign-out = Sign out
ui-theme = Appearance
ui-theme-auto = Automatic
ui-theme-light = Light
ui-theme-dark = Dark
ui-theme-contrast = Contrast
ui-queue-width = Width of the list
ui-facts-width = Width of the facts
ui-notices = Notices
ui-waiting-there = { $n } waiting

ui-keys = Keys
ui-keys-title = Keys on this page
ui-keys-help = Letters work while you are not typing in a field; Esc leaves the field.
ui-keys-move = Move through the list
ui-keys-open = Open
ui-keys-tick = Select the row
ui-keys-leave = Leave the field
ui-keys-send = Send
ui-find = Find and do
ui-find-acts = Acts on this page
ui-find-none = Nothing found
ui-find-count = Results:
ui-find-offered = Suggestions:
ui-find-help = Arrows to move, Enter to open, Esc to close
ui-close = Close
ui-link-to-this = Link to this point
ui-line-lost = No connection: what you see may be out of date. Trying again…
ui-line-over = Your session has ended. What you wrote stays here.
ui-line-sign-in = Sign in again
ui-line-offline = There is no network. What you write stays here and can be sent once it is back.
ui-line-unsent = Not sent: the service does not answer. What you wrote stays here, try again shortly.
ui-words-kept = What you were sending is still here: check that it has not arrived already, and send it again.

ui-required = required
ui-optional = optional
ui-optional-files = optional
ui-errors-title = { $n ->
    [one] One thing needs fixing
   *[other] { $n } things need fixing
 }
ui-error = Error

ui-tone-info = Note
ui-tone-success = Done
ui-tone-warning = Careful
ui-tone-danger = Problem

ui-priority = Priority { $n }
ui-phases = Phases of the ticket
ui-phase-new = New
ui-phase-working = In progress
ui-phase-second-level = Second level
ui-phase-waiting = Waiting
ui-phase-closing = Closing
ui-phase-closed = Closed
ui-phase-done = done
ui-phase-now = now
ui-phase-ahead = still to come

ui-clock-ok = Time left
ui-clock-warn = Time left, close to the target
ui-clock-late = Late by
ui-clock-paused = Clock stopped
ui-clock-met = Met
ui-clock-missed = Missed

ui-internal-note = internal note
ui-internal-note-help = The requester does not see it
ui-quoted = Signature and quoted text
ui-draft-saved = draft saved { $time }
ui-draft-kept = draft restored
ui-quote = Quote
ui-quote-this = Quote the message from { $who }
ui-file-remove = Remove { $name }
ui-file-failed = The files did not arrive: check the network and send again.
ui-file-sending = Sending files
ui-draft-away = not saved yet: it stays in this tab
ui-draft-elsewhere = updated from another device
ui-draft-sent = already sent from another device
ui-draft-other = The other device’s version
ui-draft-use = Use that one
ui-draft-leave = Keep this one
ui-attach = Attach files
ui-message = Message
ui-what-you-write = What you are writing

ui-pages = Pages
ui-previous = Previous
ui-next = Next
ui-filters = Filters
ui-remove = Remove
ui-presence = For work you are

knowledge-place = Knowledge
knowledge-title = Knowledge
knowledge-find = Search the articles
knowledge-write = Write an article
knowledge-states = State of the articles
knowledge-all = All
knowledge-none = No articles
knowledge-none-text = What is written here once need not be explained on the phone again.
knowledge-article = Article
knowledge-state = State
knowledge-state-draft = Draft
knowledge-state-published = Published
knowledge-state-withdrawn = Withdrawn
knowledge-audience = For whom
knowledge-audience-public = Requesters
knowledge-audience-internal = The desk only
knowledge-area-all = All areas
knowledge-changed = Updated
knowledge-minutes = { $n ->
    [one] one minute
   *[other] { $n } minutes
 }
knowledge-internal-note = Only people who work at the desk read this.
knowledge-voices = Useful to { $useful }, not useful to { $useless }.
knowledge-on-portal = See the guide on the portal
knowledge-publish = Publish
knowledge-change = Edit
knowledge-withdraw = Withdraw
knowledge-new = New article
knowledge-edit = Editing { $number }
knowledge-field-title = Title
knowledge-field-title-help = The way somebody with the problem would put it.
knowledge-field-body = Text
knowledge-field-body-help = An empty line separates paragraphs. “## ” starts a heading, “1. ” a step, “- ” a list; **bold**, [words](https://…) for a link.
knowledge-field-minutes = Minutes needed
knowledge-save = Save
knowledge-cancel = Cancel
knowledge-meanwhile = This text was saved in the meantime
knowledge-meanwhile-text = What you wrote is still above. Carry over what you need and save again: your text will take the place of this one.
knowledge-guides = Guides
knowledge-guides-none = There are no guides yet
knowledge-guides-none-text = If you need something, just ask: we will answer.
knowledge-back = Support
knowledge-updated = updated on { $day }
knowledge-useful = Was this useful?
knowledge-useful-yes = Yes, it worked
knowledge-useful-no = No, it did not help
knowledge-thanks = Thank you: your answer makes the guide better.
knowledge-ask = Still stuck?
knowledge-ask-act = Open a request
knowledge-suggested = guide
knowledge-suggested-minutes = { $n ->
    [one] guide, one minute
   *[other] guide, { $n } minutes
 }

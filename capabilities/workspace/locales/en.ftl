# Workspace: what lies on one person's desk.
workspace-refusal-busy = Too many drafts are waiting to be saved. What you type stays in this tab: try again shortly.
workspace-refusal-too-many = You have reached the largest number of items kept. Remove some to add others.
workspace-presence-available = Available
workspace-presence-wrap-up = Wrapping up
workspace-presence-busy = Busy
workspace-presence-away = Away

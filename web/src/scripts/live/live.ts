// What changes elsewhere is shown here as it happens; what one is reading or writing stays where it is.

import { connect } from "./line";
import type { Told } from "./stream";
import { savedViews, showCounts, type Counts } from "./counts";
import { Queue } from "./queue";
import { Ticket } from "./ticket";
import { showWatchers, sayWhatIDo } from "./watchers";
import { tell } from "./state";

/** So long a line may be gone before anybody is told. */
const UNEASY_AFTER = 4_000;
let uneasy = 0;
let broken = false;

/** Watches what the page says it shows. */
export function goLive(): void {
  const since = document.body.dataset.live;
  if (since === undefined) return;
  const queue = Queue.here();
  const ticket = Ticket.here();
  if (!queue && !ticket) return;
  const topics = { lists: queue ? [queue.list] : [], tickets: ticket ? [ticket.number] : [], counts: savedViews() };
  // Colleagues see each other at a ticket; whoever asked is nobody's business.
  if (ticket && document.body.classList.contains("console")) sayWhatIDo(ticket.number);
  connect(topics, Number(since), (told) => hear(told, queue, ticket));
}

function hear(told: Told, queue?: Queue, ticket?: Ticket): void {
  // Remembered, not told: it says nothing of the line.
  if (told.event === "counted") return showCounts(told.data as Counts, "empty");
  if (line(told.event)) {
    // Nobody knows what was not told while the line was gone.
    queue?.stale();
    ticket?.again();
  }
  switch (told.event) {
    case "rows": queue?.rows(told.data as Parameters<Queue["rows"]>[0]); break;
    case "tickets": ticket?.changed(told.data as [boolean, string][]); break;
    case "watchers": showWatchers(told.data as Parameters<typeof showWatchers>[0], ticket?.number); break;
    case "counts": showCounts(told.data as Counts, "all"); break;
    case "again": queue?.stale(); ticket?.again(); break;
  }
}

/** Says that the line is gone, after a while, and that it is back; true when it has just come back. */
function line(event: string): boolean {
  if (event === "lost") {
    broken = true;
    uneasy ||= window.setTimeout(() => tell("lost"), UNEASY_AFTER);
    return false;
  }
  clearTimeout(uneasy);
  uneasy = 0;
  tell(event === "over" ? "over" : "");
  const back = broken && event !== "over";
  broken = false;
  return back;
}

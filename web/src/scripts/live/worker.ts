// The shared worker: one line for all pages of a browser, which would otherwise use up its connections to the server.

import { Stream, type Told, type Topics } from "./stream";

interface Page { topics: Topics }
interface Hello { topics: Topics; since: number }

const MOST_PAGES = 15;
const pages = new Map<MessagePort, Page>();
/** What was counted last, for a page that comes when nothing changes. */
let counted: Told | undefined;
const stream = new Stream((told) => {
  if (told.event === "counts") counted = { ...told, event: "counted" };
  if (told.event === "over") counted = undefined;
  for (const port of pages.keys()) port.postMessage(told);
});

(globalThis as unknown as { onconnect: (event: MessageEvent) => void }).onconnect = (event) => {
  const port = event.ports[0];
  port.onmessage = ({ data }: MessageEvent<Hello | "bye">) => {
    if (data === "bye") {
      pages.delete(port);
      return;
    }
    pages.delete(port);
    pages.set(port, { topics: data.topics });
    // A page that died could not say so; the oldest are forgotten.
    while (pages.size > MOST_PAGES) pages.delete(pages.keys().next().value as MessagePort);
    if (counted) port.postMessage({ ...counted, upto: data.since });
    stream.watch(together(), data.since);
  };
};

function together(): Topics {
  const all = [...pages.values()].map((page) => page.topics);
  return {
    lists: [...new Set(all.flatMap((topics) => topics.lists))].sort(),
    tickets: [...new Set(all.flatMap((topics) => topics.tickets))].sort(),
    counts: [...new Set(all.flatMap((topics) => topics.counts))].sort(),
  };
}

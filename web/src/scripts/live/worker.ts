// The shared worker: one line for all pages of a browser, which would otherwise use up its connections to the server.

import { Stream, type Topics } from "./stream";

interface Page { topics: Topics }
interface Hello { topics: Topics; since: number }

const MOST_PAGES = 15;
const pages = new Map<MessagePort, Page>();
const stream = new Stream((told) => { for (const port of pages.keys()) port.postMessage(told); });

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
    stream.watch(together(), data.since);
  };
};

function together(): Topics {
  const all = [...pages.values()].map((page) => page.topics);
  return {
    lists: [...new Set(all.flatMap((topics) => topics.lists))].sort(),
    tickets: [...new Set(all.flatMap((topics) => topics.tickets))].sort(),
  };
}

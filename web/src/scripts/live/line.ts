// The page's end of the line: to the shared worker where there is one, else to the server itself.

import { Stream, type Told, type Topics } from "./stream";

/** Begins to watch; every message comes to `hear`. */
export function connect(topics: Topics, since: number, hear: (told: Told) => void): void {
  let upto = since;
  const listen = (told: Told) => {
    upto = Math.max(upto, told.upto);
    hear(told);
  };
  const say = opened(listen);
  say({ topics, since });
  addEventListener("pagehide", () => say("bye"));
  // A page that comes back from the browser's memory goes on from where it was.
  addEventListener("pageshow", (event) => { if (event.persisted) say({ topics, since: upto }); });
}

type Word = { topics: Topics; since: number } | "bye";

function opened(listen: (told: Told) => void): (word: Word) => void {
  const address = document.body.dataset.liveWorker;
  if (address && "SharedWorker" in window) {
    const worker = new SharedWorker(address, { name: "sportello" });
    worker.port.onmessage = ({ data }: MessageEvent<Told>) => listen(data);
    return (word) => worker.port.postMessage(word);
  }
  const stream = new Stream(listen);
  return (word) => { if (word !== "bye") stream.watch(word.topics, word.since); };
}

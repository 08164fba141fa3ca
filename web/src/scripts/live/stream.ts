// One line to the server, kept up: through sleep, a lost network, a restarted server. It lives in the shared worker, or in
// the page where there is none.

/** What a page watches. */
export interface Topics { lists: string[]; tickets: string[]; counts: string[] }

/** What the server told, or what became of the line: "open", "lost". */
export interface Told { event: string; data: unknown; upto: number }

const EVENTS = ["rows", "tickets", "watchers", "counts", "again", "over", "alive"];
/** The server shows a sign of life every fifteen seconds; without one for so long the line is dead. */
const DEAD_AFTER = 40_000;
const LOOK_EVERY = 5_000;
const PATIENCE = [1_000, 2_000, 5_000, 10_000];

/** The line. */
export class Stream {
  #source?: EventSource;
  #query = "";
  #upto = 0;
  #heard = 0;
  #failures = 0;
  #retry = 0;
  #over = false;
  #tell: (told: Told) => void;

  constructor(tell: (told: Told) => void) {
    this.#tell = tell;
    setInterval(() => this.#check(), LOOK_EVERY);
    // A network that is back is not waited for.
    addEventListener("online", () => { if (this.#source && this.#source.readyState !== EventSource.OPEN && !this.#over) this.#open(); });
  }

  /** Watches these topics, from a place in the journal that may lie before what was heard already. */
  watch(topics: Topics, since: number): void {
    const query = new URLSearchParams();
    for (const list of topics.lists) query.append("list", list);
    for (const ticket of topics.tickets) query.append("ticket", ticket);
    for (const view of topics.counts) query.append("count", view);
    const earlier = this.#upto === 0 || since < this.#upto;
    if (earlier) this.#upto = since;
    const changed = query.toString() !== this.#query;
    this.#query = query.toString();
    if (changed || earlier || this.#over || !this.#source) {
      this.#over = false;
      this.#open();
    }
  }

  #open(): void {
    clearTimeout(this.#retry);
    this.#source?.close();
    this.#heard = Date.now();
    const source = new EventSource(`/live?since=${this.#upto}&${this.#query}`);
    this.#source = source;
    source.onerror = () => {
      if (source !== this.#source) return;
      this.#tell({ event: "lost", data: null, upto: this.#upto });
      // The browser comes back by itself unless the answer was no stream at all.
      if (source.readyState === EventSource.CLOSED) this.#later();
    };
    for (const name of EVENTS) source.addEventListener(name, (event) => this.#heardOf(source, name, event as MessageEvent));
  }

  #heardOf(source: EventSource, name: string, event: MessageEvent): void {
    if (source !== this.#source) return;
    this.#heard = Date.now();
    this.#failures = 0;
    const upto = Number(event.lastEventId);
    if (upto > this.#upto) this.#upto = upto;
    if (name === "over") {
      this.#over = true;
      source.close();
    }
    this.#tell({ event: name, data: JSON.parse(event.data), upto: this.#upto });
  }

  #later(): void {
    const pause = PATIENCE[Math.min(this.#failures++, PATIENCE.length - 1)];
    clearTimeout(this.#retry);
    // Not everybody comes back in the same instant when a server was restarted.
    this.#retry = setTimeout(() => this.#open(), pause + Math.random() * 500) as unknown as number;
  }

  #check(): void {
    if (this.#over || !this.#source || Date.now() - this.#heard < DEAD_AFTER) return;
    this.#tell({ event: "lost", data: null, upto: this.#upto });
    this.#open();
  }
}

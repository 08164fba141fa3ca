// The ticket while one reads it: its head, its acts, its conversation and its facts follow; the composer is never touched.

import { fresh, renew } from "./morph";

/** Parts that follow, by their id. */
const PARTS = ["record-head", "acts", "flow", "facts"];
const TOGETHER = 150;

export class Ticket {
  readonly number: string;
  #timer = 0;
  #others = false;

  /** The ticket of this page. */
  static here(): Ticket | undefined {
    const head = document.querySelector<HTMLElement>("[data-live-ticket]");
    return head ? new Ticket(head.dataset.liveTicket ?? "") : undefined;
  }

  private constructor(number: string) {
    this.number = number;
    document.addEventListener("click", (event) => {
      if ((event.target as Element).closest("[data-read-it]")) this.#read();
    });
  }

  /** Tickets that changed, each with whether I did it. */
  changed(tickets: [boolean, string][]): void {
    const own = tickets.find(([, number]) => number === this.number);
    if (!own) return;
    this.#others ||= !own[0];
    this.#soon();
  }

  /** Whatever happened, look again. */
  again(): void {
    this.#soon();
  }

  #soon(): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#renew(), TOGETHER);
  }

  async #renew(): Promise<void> {
    const others = this.#others;
    this.#others = false;
    // What was refused stands under the address it was sent to, which answers no question.
    const now = await fresh(location.pathname.replace(/\/messages$/, "") + location.search);
    if (!now) return;
    if (now.status === 404 || now.status === 403) this.#lost();
    if (now.status !== 200) return;
    const flow = document.getElementById("flow");
    const before = messages(flow);
    const hold = holder(document.getElementById("composer"));
    const atEnd = flow ? flow.scrollHeight - flow.scrollTop - flow.clientHeight < 60 : false;
    for (const id of PARTS) await this.#part(id, now.page);
    const arrived = messages(document.getElementById("flow")).filter((one) => !before.includes(one));
    if (atEnd && arrived.length > 0) flow?.scrollTo({ top: flow.scrollHeight });
    if (others && arrived.length > 0) this.#tell(arrived);
    hold();
  }

  async #part(id: string, page: Document): Promise<void> {
    const old = document.getElementById(id), now = page.getElementById(id);
    if (old && now) await renew(old, now);
    else if (old && id === "acts") old.replaceChildren();
  }

  /** Says it to those who listen, and above the composer to whoever is writing. */
  #tell(arrived: string[]): void {
    const last = document.getElementById(arrived[arrived.length - 1]);
    const who = last?.querySelector(".message-head strong")?.textContent ?? "";
    const flow = document.getElementById("flow");
    const words = (flow?.dataset.arrived ?? "").replace("{who}", who);
    const notices = document.getElementById("notices");
    if (notices) notices.replaceChildren(toast(words));
    const band = document.querySelector<HTMLElement>("[data-arrived-band]");
    const writing = document.querySelector<HTMLTextAreaElement>("#composer-text")?.value.trim();
    if (!band || !writing || !last) return;
    band.hidden = false;
    const link = band.querySelector("a");
    if (link) link.href = `#${last.id}`;
    const text = band.querySelector("[data-arrived-words]");
    if (text) text.textContent = words;
  }

  /** Whoever has read what arrived may send without being asked. */
  #read(): void {
    const band = document.querySelector<HTMLElement>("[data-arrived-band]");
    if (band) band.hidden = true;
    const seen = document.querySelector<HTMLInputElement>("#composer input[name=seen]");
    const latest = document.getElementById("flow")?.dataset.upto;
    if (seen && latest) seen.value = latest;
  }

  /** It can no longer be seen: what is on screen is covered, what was typed stays. */
  #lost(): void {
    const band = document.querySelector<HTMLElement>("[data-gone-band]");
    if (band) band.hidden = false;
    for (const id of ["flow", "facts", "acts"]) document.getElementById(id)?.replaceChildren();
  }
}

/** Where the composer lies under the conversation on one long page, it stays where it is on screen while that grows. */
function holder(composer: HTMLElement | null): () => void {
  const page = composer?.closest<HTMLElement>(".main");
  const stood = composer?.getBoundingClientRect().top ?? Infinity;
  if (!page || stood > innerHeight || getComputedStyle(page).overflowY !== "auto") return () => undefined;
  return () => page.scrollBy({ top: (composer?.getBoundingClientRect().top ?? stood) - stood, behavior: "instant" });
}

function messages(flow: HTMLElement | null): string[] {
  return [...(flow?.querySelectorAll(".message[id]") ?? [])].map((one) => one.id);
}

function toast(words: string): HTMLElement {
  const one = document.createElement("p");
  one.className = "toast";
  one.textContent = words;
  setTimeout(() => one.remove(), 6_000);
  return one;
}

// The queue while one reads it: rows change in their place, what arrives is counted, nothing moves until one looks away.

import { fresh, renew } from "./morph";

interface Row { number: string; html: string }
interface Rows { list: string; rows: [boolean, Row][]; gone: string[]; again: boolean }

/** Without a hand or an eye on the queue for so long, it may put itself in order. */
const AWAY = 8_000;
const LOOK_EVERY = 2_000;

export class Queue {
  readonly list: string;
  #arrived = new Map<string, string>();
  #stale = false;
  #touched = Date.now();
  #working = false;

  /** The queue of this page. */
  static here(): Queue | undefined {
    const body = document.querySelector<HTMLElement>("[data-live-list]");
    return body ? new Queue(body.dataset.liveList ?? "") : undefined;
  }

  private constructor(list: string) {
    this.list = list;
    const queue = document.getElementById("queue");
    for (const sign of ["pointermove", "keydown", "focusin", "wheel", "touchstart"]) {
      queue?.addEventListener(sign, () => { this.#touched = Date.now(); }, { passive: true });
    }
    document.addEventListener("click", (event) => {
      if ((event.target as Element).closest("[data-arrivals]")) void this.renew(true);
    });
    setInterval(() => this.#tidy(), LOOK_EVERY);
  }

  /** Rows that changed, or left. */
  rows({ list, rows, gone, again }: Rows): void {
    if (list !== this.list) return;
    for (const [mine, row] of rows) this.#row(mine, row);
    for (const record of gone) this.#gone(record);
    if (again) this.#stale = true;
    this.#count();
  }

  /** Something happened that the page was not told: it looks again for itself. */
  stale(): void {
    this.#stale = true;
    this.#touched = 0;
  }

  #row(mine: boolean, { number, html }: Row): void {
    const old = document.getElementById(`row-${number}`);
    if (!old) {
      // What I did myself is no news to me; it comes with the next look.
      if (mine) this.#stale = true;
      else this.#arrived.set(number, html);
      return;
    }
    const now = row(html);
    const link = old.querySelector("a"), link2 = now.querySelector("a");
    if (link && link2) {
      link2.setAttribute("href", link.getAttribute("href") ?? "");
      const current = link.getAttribute("aria-current");
      if (current) link2.setAttribute("aria-current", current);
    }
    void renew(old, now);
  }

  #gone(record: string): void {
    const row = document.querySelector(`[data-record="${CSS.escape(record)}"]`);
    const number = row?.id.replace("row-", "") ?? "";
    this.#arrived.delete(number);
    if (!row) return;
    row.classList.add("row--left");
    this.#stale = true;
  }

  #count(): void {
    const button = document.querySelector<HTMLElement>("[data-arrivals]");
    if (!button) return;
    const count = this.#arrived.size;
    const words = (count === 1 ? button.dataset.one : button.dataset.many) ?? "";
    const text = words.replace("{n}", String(count));
    if (count > 0 && button.textContent !== text) button.textContent = text;
    button.hidden = count === 0;
  }

  /** While nobody looks at the queue it puts itself in order. */
  #tidy(): void {
    const due = this.#stale || (this.#arrived.size > 0 && document.hidden);
    const queue = document.getElementById("queue");
    const held = !document.hidden && (queue?.contains(document.activeElement) || Date.now() - this.#touched < AWAY);
    if (due && !held) void this.renew(false);
  }

  /** Shows the queue as it is now; `wanted` when somebody asked for it. */
  async renew(wanted: boolean): Promise<void> {
    if (this.#working) return;
    this.#working = true;
    this.#stale = false;
    const now = await fresh(`/tickets${this.list}`);
    const next = now?.page.getElementById("queue");
    const queue = document.getElementById("queue");
    if (next && queue && now?.status === 200) {
      this.#mark(queue, next);
      // The hint belongs to the page of the queue alone.
      if (!queue.querySelector(".hint")) next.querySelector(".hint")?.remove();
      const arrived = [...this.#arrived.values()];
      this.#arrived.clear();
      await renew(queue, next);
      if (wanted) this.#showArrived(queue, arrived);
    } else if (now?.status === 404 || now?.status === 403) {
      this.#lost(queue);
    } else {
      this.#stale = true;
      this.#touched = Date.now();
    }
    this.#working = false;
    this.#count();
  }

  /** It may no longer be seen: nothing of it stays on screen. */
  #lost(queue: HTMLElement | null): void {
    this.#arrived.clear();
    queue?.querySelector("[data-live-list]")?.replaceChildren();
  }

  /** What somebody asked to see stands on top where its own place is further on. */
  #showArrived(queue: Element, arrived: string[]): void {
    const body = queue.querySelector<HTMLElement>("[data-live-list]");
    const further = arrived.map(row).filter((one) => !document.getElementById(one.id));
    if (body && further.length > 0) {
      for (const one of further) for (const link of one.querySelectorAll("a")) link.href += this.list;
      const table = body.querySelector("tbody");
      if (table) table.prepend(...further);
      else body.prepend(...this.#justArrived(body, further));
    }
    body?.scrollTo({ top: 0 });
    body?.querySelector<HTMLElement>(".row a")?.focus();
  }

  #justArrived(body: HTMLElement, further: Element[]): HTMLElement[] {
    const heading = document.createElement("h2");
    heading.className = "queue-group";
    heading.textContent = body.dataset.justArrived ?? "";
    const rows = document.createElement("ul");
    rows.className = "rows";
    rows.append(...further);
    return [heading, rows];
  }

  /** The ticket on screen stays marked, the heading keeps its rank, and faces stay until they are told anew. */
  #mark(queue: Element, next: Element): void {
    const current = queue.querySelector("[aria-current=page]")?.closest(".row")?.id;
    if (current) next.querySelector(`#${CSS.escape(current)} a`)?.setAttribute("aria-current", "page");
    const title = queue.querySelector(".queue-title"), own = next.querySelector(".queue-title");
    if (title && own && title.tagName !== own.tagName) {
      const same = document.createElement(title.tagName);
      same.className = own.className;
      same.innerHTML = own.innerHTML;
      own.replaceWith(same);
    }
    for (const faces of queue.querySelectorAll<HTMLElement>("[data-watchers]")) {
      const place = next.querySelector(`[data-watchers="${faces.dataset.watchers}"]`);
      place?.replaceWith(faces.cloneNode(true));
    }
  }
}

function row(html: string): Element {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content.firstElementChild ?? document.createElement("li");
}

// What I type is never lost. A form with data-drafts is kept on the server under that key while one types, so that it goes on
// on another device or node; what the server has not acknowledged stays in this tab. A text area with data-draft alone is kept in
// this tab only.

import { keepInTab } from "./tab_drafts";

const PAUSE = 1000;
const LONGEST = 4000;
const AGAIN = [2000, 5000, 15_000, 60_000];
/** Browsers let a page that is going away send this much, in characters. */
const FAREWELL = 60_000;
const PRIVATE = ["call", "draft_writer", "seen_solution"];

type Fields = Record<string, string>;
type Version = { fields: Fields; writer: string; at: number };
type Told = { at: number; fields?: Fields; writer?: string; others?: Version[]; ended_by?: string };
/** What stays in the tab: words the server has not acknowledged, and whether they were sent with the form. */
type Kept = { fields: Fields; writer: string; basedOn: number; sent: boolean };

const open = new WeakMap<HTMLFormElement, Draft>();
/** Other tabs of this browser: each says which draft it has written or sent. */
const tabs = new BroadcastChannel("drafts");

/** Keeps and gives back what is typed into every form with data-drafts, also into those that arrive later. */
export function keepDrafts(): void {
  keepInTab();
  arrived();
  look();
  document.addEventListener("htmx:after:swap", look);
  document.addEventListener("input", (event) => draftOf(event.target)?.typed());
  document.addEventListener("change", (event) => draftOf(event.target)?.typed());
  document.addEventListener("submit", (event) => {
    const draft = draftOf(event.target);
    if (draft) queueMicrotask(() => { if (!event.defaultPrevented) draft.leaves(); });
  });
  document.addEventListener("click", (event) => beforeAnother(event));
  tabs.addEventListener("message", ({ data }) => all().forEach((draft) => { if (draft.key === data) void draft.refresh(); }));
  window.addEventListener("pagehide", () => all().forEach((draft) => draft.farewell()));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") all().forEach((draft) => void draft.refresh());
    else all().forEach((draft) => draft.farewell());
  });
}

/** The draft of a form, for other scripts that change its fields. */
export function draftOf(target: EventTarget | null): Draft | undefined {
  const form = target instanceof Element ? target.closest<HTMLFormElement>("form[data-drafts]") : null;
  return form ? open.get(form) : undefined;
}

/** A page that says that something arrived: what the tab remembers of it goes. */
function arrived(): void {
  const start = document.querySelector<HTMLElement>("[data-drafts-arrived]")?.dataset.draftsArrived;
  if (start === undefined) return;
  for (const place of Object.keys(sessionStorage).filter((one) => one.startsWith(`drafts:${start}`))) {
    if ((JSON.parse(sessionStorage.getItem(place) ?? "{}") as Kept).sent) sessionStorage.removeItem(place);
  }
}

function look(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-drafts]")) {
    if (!open.has(form)) open.set(form, new Draft(form));
  }
}

function all(): Draft[] {
  const forms = [...document.querySelectorAll<HTMLFormElement>("form[data-drafts]")];
  return forms.map((form) => open.get(form)).filter((draft) => draft !== undefined);
}

/** A new call begins only when the one that is half typed has been kept. */
function beforeAnother(event: MouseEvent): void {
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[data-new-call]") : null;
  const dirty = all().filter((draft) => draft.isDirty());
  if (!link || dirty.length === 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented) return;
  event.preventDefault();
  const after = (pause: number) => new Promise((done) => setTimeout(done, pause));
  // Not before the key that led here is up: its letter would land in the next form.
  const kept = Promise.all([...dirty.map((draft) => draft.write()), after(80)]);
  void Promise.race([kept, after(500)]).then(() => location.assign(link.href));
}

class Draft {
  readonly key: string;
  private readonly writer = crypto.randomUUID();
  private basedOn: number;
  private others: Version[] = [];
  private dirty = false;
  private gone = false;
  private tries = 0;
  private firstUnwritten = 0;
  private timer = 0;
  private writing: Promise<void> | null = null;
  private readonly hidden: HTMLInputElement | null;

  constructor(private readonly form: HTMLFormElement) {
    this.key = form.dataset.drafts ?? "";
    this.basedOn = Number(form.dataset.draftAt ?? 0);
    this.hidden = form.querySelector<HTMLInputElement>("input[name=draft_writer]");
    if (this.hidden) this.hidden.value = this.writer;
    this.form.querySelector("[data-draft-use]")?.addEventListener("click", () => this.useOther());
    this.form.querySelector("[data-draft-leave]")?.addEventListener("click", () => this.settle());
    this.giveBack();
    if (this.basedOn === 0) tabs.postMessage(this.key);
    if (this.basedOn > 0) {
      if (!this.dirty && this.tells()) this.say("kept");
      void this.refresh();
    }
  }

  isDirty(): boolean {
    return this.dirty && !this.gone;
  }

  typed(): void {
    // A choice alone is no draft: it is one from the first letter on.
    if (this.basedOn === 0 && !this.tells()) return;
    this.dirty = true;
    this.gone = false;
    this.keepHere(false);
    this.firstUnwritten ||= Date.now();
    const waited = Date.now() - this.firstUnwritten;
    this.later(Math.max(0, Math.min(PAUSE, LONGEST - waited)));
  }

  /** Writes what is typed; one writing at a time, and what is typed meanwhile goes after it. */
  async write(settled = false): Promise<void> {
    clearTimeout(this.timer);
    if (this.writing) await this.writing;
    if (this.gone || (!this.dirty && !settled)) return;
    this.dirty = false;
    this.firstUnwritten = 0;
    this.writing = this.put(settled).finally(() => { this.writing = null; });
    return this.writing;
  }

  private async put(settled: boolean): Promise<void> {
    try {
      const answer = await fetch(this.path(), { ...this.request(settled), redirect: "error" });
      if (!answer.ok) throw new Error(String(answer.status));
      const told = await answer.json() as Told;
      this.tries = 0;
      this.hear(told);
      tabs.postMessage(this.key);
      if (!this.dirty) {
        sessionStorage.removeItem(this.place());
        this.say("saved");
      }
    } catch {
      if (this.gone) return;
      this.dirty = true;
      this.say("away");
      this.later(AGAIN[Math.min(this.tries++, AGAIN.length - 1)]);
    }
  }

  /** Looks whether another device went on; what is typed here and not yet written is never touched. */
  async refresh(): Promise<void> {
    if (this.dirty || this.writing || this.gone) return;
    try {
      const answer = await fetch(this.path(), { headers: { accept: "application/json" }, redirect: "error" });
      if (!answer.ok || this.dirty) return;
      const told = await answer.json() as Told;
      if (told.fields && told.at !== this.basedOn && told.writer !== this.writer) {
        this.fill(told.fields);
        this.say("elsewhere");
      } else if (!told.fields && this.basedOn > 0 && told.ended_by !== this.writer) {
        this.clear();
        this.say("sent");
      }
      this.hear(told);
    } catch {
      // The next look will tell.
    }
  }

  /** The form is on its way: nothing more is written, and the tab remembers what was sent until a page says it arrived. */
  leaves(): void {
    clearTimeout(this.timer);
    this.gone = true;
    this.keepHere(true);
  }

  /** The page goes away or is hidden: what is not written yet is sent without waiting. A hidden page writes it once: a second
   * time, late, would bring back words that another tab has sent meanwhile. */
  farewell(): void {
    if (!this.isDirty()) return;
    if (!this.writing) return void this.write();
    const request = this.request(false);
    if (request.keepalive) void fetch(this.path(), request).catch(() => undefined);
  }

  /** True where somebody wrote something. */
  private tells(): boolean {
    const written = this.form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("textarea, input:not([type=hidden], [type=radio], [type=checkbox], [type=file])");
    return [...written].some((field) => field.value.trim() !== "");
  }

  private request(settled: boolean) {
    const body = JSON.stringify({ fields: this.fields(), writer: this.writer, based_on: this.basedOn, settled });
    const headers = { "content-type": "application/json", accept: "application/json" };
    return { method: "PUT", headers, body, keepalive: body.length < FAREWELL };
  }

  private path(): string {
    return `/drafts/${encodeURIComponent(this.key)}`;
  }

  private place(): string {
    return `drafts:${this.key}`;
  }

  private later(pause: number): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.write(), pause);
  }

  private hear(told: Told): void {
    this.basedOn = told.at;
    this.others = (told.others ?? []).filter((other) => other.writer !== this.writer);
    this.offer();
  }

  private fields(): Fields {
    const fields: Fields = {};
    for (const [name, value] of new FormData(this.form)) {
      if (typeof value === "string" && !PRIVATE.includes(name)) fields[name] = value;
    }
    return fields;
  }

  private fill(fields: Fields): void {
    for (const element of this.form.elements) {
      if (element instanceof HTMLInputElement && ["radio", "checkbox"].includes(element.type)) {
        element.checked = fields[element.name] === element.value;
      } else if (isTyped(element) && !PRIVATE.includes(element.name)) {
        element.value = fields[element.name] ?? "";
      }
    }
    this.form.dispatchEvent(new CustomEvent("draft:filled", { bubbles: true, detail: fields }));
  }

  private clear(): void {
    for (const element of this.form.elements) {
      if (element instanceof HTMLTextAreaElement) element.value = "";
    }
  }

  private keepHere(sent: boolean): void {
    const kept: Kept = { fields: this.fields(), writer: this.writer, basedOn: this.basedOn, sent };
    try {
      sessionStorage.setItem(this.place(), JSON.stringify(kept));
    } catch {
      // A full tab: the server has it within a second.
    }
  }

  /** Words of this tab that never arrived come back; those that were sent with the form and arrived do not. */
  private giveBack(): void {
    const text = sessionStorage.getItem(this.place());
    if (this.form.dataset.draftRefused !== undefined) return this.typed();
    if (!text) return;
    const kept = JSON.parse(text) as Kept;
    const arrived = kept.sent && this.form.dataset.draftEnded === kept.writer;
    if (arrived || words(kept.fields) === words(this.fields())) {
      sessionStorage.removeItem(this.place());
      return;
    }
    this.basedOn = this.basedOn && kept.basedOn;
    this.fill(kept.fields);
    this.say("kept");
    this.typed();
  }

  /** Shows what another device wrote meanwhile, to be taken or left. */
  private offer(): void {
    const band = this.form.querySelector<HTMLElement>("[data-draft-other]");
    if (!band) return;
    const other = this.others[0];
    band.hidden = !other;
    if (!other) return;
    const text = other.fields.text || other.fields.subject || other.fields.description || other.fields.who || "…";
    const time = clock(new Date(other.at));
    const words = band.querySelector("[data-draft-other-text]");
    if (words) words.textContent = text.length > 240 ? `${text.slice(0, 240)}…` : text;
    const when = band.querySelector("[data-draft-other-when]");
    if (when) when.textContent = time;
  }

  /** Takes the other version; the one that stood here is then the other. */
  private useOther(): void {
    const [other, ...rest] = this.others;
    if (!other) return;
    const mine = { fields: this.fields(), writer: "here", at: Date.now() };
    this.fill(other.fields);
    this.dirty = true;
    this.keepHere(false);
    const others = [mine, ...rest];
    const offer = () => {
      this.others = others;
      this.offer();
    };
    offer();
    void this.write(true).then(offer);
  }

  private settle(): void {
    this.others = [];
    this.offer();
    void this.write(true);
  }

  /** The state of the draft is said beside the button, in the words the page brought along. */
  private say(state: "saved" | "kept" | "away" | "elsewhere" | "sent"): void {
    const place = this.form.querySelector<HTMLElement>("[data-draft-state]");
    if (place) place.textContent = (place.dataset[state] ?? "").replace("{time}", clock(new Date()));
  }
}

/** What somebody wrote, without what the page put beside it. */
function words({ once: _once, seen: _seen, ...written }: Fields): string {
  return JSON.stringify(written);
}

function isTyped(element: Element): element is HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement {
  if (element instanceof HTMLInputElement) return element.name !== "" && element.type !== "file" && element.type !== "submit";
  return element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement;
}

function clock(time: Date): string {
  return `${time.getHours()}:${String(time.getMinutes()).padStart(2, "0")}`;
}

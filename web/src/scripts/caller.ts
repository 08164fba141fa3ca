// Who asks: people are found while one types, chosen by arrows and Enter, and what is known of them stands beside the form.

const PAUSE = 90;
const LEAST = 3;
/** A form that stood open longer than this before the first letter was not waiting for this call. */
const STALE = 600_000;

/** Makes every [data-caller] find people while one types. */
export function findCallers(): void {
  for (const part of document.querySelectorAll<HTMLElement>("[data-caller]")) new Caller(part);
  const form = document.querySelector<HTMLFormElement>("form[data-call]");
  form?.addEventListener("input", () => begin(form), { once: true });
  form?.addEventListener("toggle", (event) => unfolded(event.target), { capture: true });
}

/** The call began when the form was opened, or with the first letter where the form had long been open. */
function begin(form: HTMLFormElement): void {
  const began = form.querySelector<HTMLInputElement>("input[name=began]");
  if (began && performance.now() > STALE) began.value = String(Math.round(Number(began.value) + performance.now()));
}

/** What one unfolds, one means to fill in. */
function unfolded(details: EventTarget | null): void {
  if (details instanceof HTMLDetailsElement && details.open && details.contains(document.activeElement)) {
    details.querySelector<HTMLElement>(".form :is(textarea, select, input)")?.focus();
  }
}

class Caller {
  private readonly field: HTMLInputElement;
  private readonly list: HTMLElement;
  private readonly chosen: HTMLElement;
  private timer = 0;
  private asking: AbortController | null = null;
  private wanted = false;
  private active = -1;

  constructor(private readonly part: HTMLElement) {
    this.field = part.querySelector<HTMLInputElement>("[name=who]")!;
    this.list = part.querySelector<HTMLElement>("[data-caller-list]")!;
    this.chosen = part.querySelector<HTMLElement>("[data-caller-chosen]")!;
    part.classList.add("is-live");
    const roles = { role: "combobox", "aria-expanded": "false", "aria-controls": this.list.id, "aria-autocomplete": "list" };
    for (const [name, value] of Object.entries(roles)) this.field.setAttribute(name, value);
    this.field.addEventListener("input", () => this.later());
    this.field.addEventListener("keydown", (event) => this.onKey(event));
    this.field.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = (event.target as Element).closest<HTMLElement>("[role=option]");
      if (option) this.choose(option);
    });
    part.addEventListener("change", (event) => {
      const radio = event.target as HTMLInputElement;
      if (radio.name === "person") this.tell(radio.value);
    });
    part.closest("form")?.addEventListener("draft:filled", (event) => this.back((event as CustomEvent).detail));
  }

  private later(): void {
    clearTimeout(this.timer);
    this.wanted = false;
    this.timer = window.setTimeout(() => void this.ask(), PAUSE);
  }

  private async ask(): Promise<void> {
    this.asking?.abort();
    const who = this.field.value.trim();
    if (who.length < LEAST) return this.close();
    this.asking = new AbortController();
    try {
      const path = `${this.part.dataset.caller}/people?who=${encodeURIComponent(who)}`;
      const answer = await fetch(path, { signal: this.asking.signal, redirect: "error" });
      if (!answer.ok) return;
      this.show(await answer.text());
    } catch {
      // Asked anew meanwhile, or the server is away: the button beside the field finds people too.
    }
  }

  private show(html: string): void {
    this.list.innerHTML = html;
    this.active = -1;
    this.open(true);
    const options = this.options();
    // Somebody who pressed Enter before the answer meant the only one it could be.
    if (this.wanted && options.length === 1) this.choose(options[0]);
    else if (this.wanted && options.length === 0) this.guest();
    this.wanted = false;
  }

  private options(): HTMLElement[] {
    return [...this.list.querySelectorAll<HTMLElement>("[role=option]")];
  }

  private open(shown: boolean): void {
    this.list.hidden = !shown;
    this.field.setAttribute("aria-expanded", String(shown && this.options().length > 0));
    if (!shown) this.field.removeAttribute("aria-activedescendant");
  }

  private close(): void {
    this.asking?.abort();
    this.open(false);
  }

  private onKey(event: KeyboardEvent): void {
    const options = this.list.hidden ? [] : this.options();
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (options.length === 0) return;
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.point((this.active + step + options.length) % options.length, options);
    } else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
      this.enter(options);
    } else if (event.key === "Escape" && !this.list.hidden) {
      this.close();
      event.stopPropagation();
    } else {
      return;
    }
    event.preventDefault();
  }

  private enter(options: HTMLElement[]): void {
    if (options.length > 0) this.choose(options[Math.max(0, this.active)]);
    else if (!this.list.hidden) this.guest();
    else if (this.field.value.trim().length >= LEAST) this.wanted = true;
  }

  private point(place: number, options: HTMLElement[]): void {
    this.active = place;
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === place)));
    this.field.setAttribute("aria-activedescendant", options[place].id);
    options[place].scrollIntoView({ block: "nearest" });
  }

  private choose(option: HTMLElement): void {
    const [id, name] = [option.dataset.person ?? "", option.dataset.name ?? ""];
    this.put(id, option.textContent?.trim().replace(/\s+/g, " ") ?? name);
    this.field.value = name;
    this.close();
    this.field.dispatchEvent(new Event("change", { bubbles: true }));
    this.tell(id);
    this.next();
  }

  /** Nobody is known by these words: they become the guest's. */
  private guest(): void {
    const who = this.field.value.trim();
    const name = who.includes("@") ? "email" : (who.match(/\d/g)?.length ?? 0) >= 4 ? "phone" : "name";
    const field = this.part.parentElement?.querySelector<HTMLInputElement>(`[data-guest] [name=${name}]`);
    const details = field?.closest("details");
    if (details) details.open = true;
    if (field) field.value = who;
    this.chosen.replaceChildren();
    this.tell("");
    this.close();
    field?.dispatchEvent(new Event("change", { bubbles: true }));
    if (name === "name") this.next();
    else this.part.parentElement?.querySelector<HTMLInputElement>("[data-guest] [name=name]")?.focus();
  }

  /** The person who was chosen stands below the field as a radio button, as without script. */
  private put(id: string, words: string): void {
    const label = document.createElement("label");
    label.className = "choice";
    const radio = Object.assign(document.createElement("input"), { type: "radio", name: "person", value: id, checked: true });
    const text = document.createElement("span");
    text.textContent = words;
    label.append(radio, text);
    this.chosen.replaceChildren(label);
  }

  private tell(id: string): void {
    const panel = document.getElementById("caller");
    if (!panel) return;
    if (!/^[0-9a-f-]{36}$/.test(id)) return panel.replaceChildren();
    void fetch(`${this.part.dataset.caller}/caller?person=${id}`, { redirect: "error" })
      .then((answer) => (answer.ok ? answer.text() : ""))
      .then((html) => { panel.innerHTML = html; })
      .catch(() => undefined);
  }

  /** A draft came from another device: the person it names is not among what stands here. */
  private back(fields: Record<string, string>): void {
    const person = fields.person ?? "";
    const radio = [...this.part.querySelectorAll<HTMLInputElement>("[name=person]")].find((one) => one.value === person);
    if (person && !radio) this.put(person, fields.who ?? "");
    if (!person) this.chosen.replaceChildren();
    this.tell(person);
  }

  private next(): void {
    document.querySelector<HTMLElement>(this.part.dataset.callerNext ?? "")?.focus();
  }
}

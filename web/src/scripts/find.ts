// <quick-find>: a field with a list of what it may lead to, moved through by the arrows while one goes on typing.
//
// The server writes the options as a fragment; each says where it leads (data-href), what it makes of the field (data-fill),
// or it is an act of the page. Without this script the field still posts to its form.

const PAUSE = 70;
let count = 0;

/** A part of the list that the browser itself knows. */
export interface Own {
  title: string;
  options: HTMLElement[];
}

/** The element around a search field. */
export class QuickFind extends HTMLElement {
  protected field!: HTMLInputElement;
  protected list = document.createElement("div");
  private said = document.createElement("p");
  private active = -1;
  private timer = 0;
  private asking?: AbortController;

  connectedCallback(): void {
    const field = this.querySelector("input");
    if (!field || this.contains(this.list)) return;
    this.field = field;
    this.list.id = `find-list-${++count}`;
    this.list.className = "find-list";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", this.dataset.found ?? "");
    this.list.hidden = true;
    this.said.className = "hidden";
    this.said.setAttribute("role", "status");
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id })) {
      field.setAttribute(name, value);
    }
    this.append(this.list, this.said);
    this.listen();
  }

  private listen(): void {
    this.field.addEventListener("input", () => this.later());
    this.field.addEventListener("keydown", (event) => this.onKey(event));
    this.field.addEventListener("blur", () => this.leave());
    // The field keeps the focus while somebody points.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = (event.target as Element).closest<HTMLElement>("[role=option]");
      if (option) this.choose(option);
    });
  }

  /** What stands before the options of the server; nothing here. */
  protected first(): Own[] {
    return [];
  }

  /** What stands after them, but before mere places; nothing here. */
  protected last(): Own[] {
    return [];
  }

  /** What the server is told beside the words. */
  protected more(): Record<string, string> {
    return {};
  }

  /** Whether the first option is chosen by itself. */
  protected eager(): boolean {
    return false;
  }

  /** The field is left. */
  protected leave(): void {
    this.close();
  }

  protected later(): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.ask(), PAUSE);
  }

  protected async ask(): Promise<void> {
    this.asking?.abort();
    this.asking = new AbortController();
    const query = new URLSearchParams({ q: this.field.value, ...this.more() });
    try {
      const answer = await fetch(`${this.dataset.source}?${query}`, { signal: this.asking.signal });
      // A session that ended leads to the page for signing in: nothing to offer then.
      this.show(answer.ok && !answer.redirected ? await answer.text() : "");
    } catch (error) {
      if ((error as Error).name !== "AbortError") this.show("");
    }
  }

  private show(fragment: string): void {
    this.list.innerHTML = fragment;
    this.list.prepend(...this.first().filter(({ options }) => options.length > 0).map((own) => this.section(own)));
    const places = this.list.querySelector("#find-places")?.parentElement ?? null;
    for (const own of this.last()) if (own.options.length > 0) this.list.insertBefore(this.section(own), places);
    const options = this.options();
    options.forEach((option, place) => { option.id = `${this.list.id}-${place}`; });
    this.list.hidden = options.length === 0;
    this.field.setAttribute("aria-expanded", String(options.length > 0));
    this.said.textContent = options.length > 0 ? `${this.dataset.found ?? ""} ${options.length}` : this.dataset.none ?? "";
    this.mark(this.eager() && options.length > 0 ? 0 : -1);
  }

  private section({ title, options }: Own): HTMLElement {
    const part = document.createElement("div");
    part.className = "find-part";
    part.setAttribute("role", "group");
    part.setAttribute("aria-label", title);
    const name = document.createElement("div");
    name.className = "find-title";
    name.setAttribute("role", "presentation");
    name.textContent = title;
    part.append(name, ...options);
    return part;
  }

  protected options(): HTMLElement[] {
    return [...this.list.querySelectorAll<HTMLElement>("[role=option]")];
  }

  private mark(place: number): void {
    this.active = place;
    this.options().forEach((option, at) => option.setAttribute("aria-selected", String(at === place)));
    const option = this.options()[place];
    if (option) {
      this.field.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      this.field.removeAttribute("aria-activedescendant");
    }
  }

  private onKey(event: KeyboardEvent): void {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const options = this.options();
    const open = !this.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!open) return void this.ask();
      const step = event.key === "ArrowDown" ? 1 : -1;
      const from = this.active < 0 && step < 0 ? 0 : this.active;
      this.mark((from + step + options.length) % options.length);
    } else if (event.key === "Enter" && open && options[this.active]) {
      event.preventDefault();
      this.choose(options[this.active]);
    } else if (event.key === "Escape") {
      this.escape(event, open);
    }
  }

  /** Escape closes the list, a second one leaves the field; the words stay, which a browser would clear by itself. */
  protected escape(event: KeyboardEvent, open: boolean): void {
    event.preventDefault();
    if (open) this.close();
    else this.field.blur();
  }

  /** What is offered once a question was put into the field: nothing after a whole condition. */
  protected goOn(question: string): void {
    if (!question.endsWith(" ")) void this.ask();
  }

  protected close(): void {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.list.hidden = true;
    this.field.setAttribute("aria-expanded", "false");
    this.field.removeAttribute("aria-activedescendant");
    this.active = -1;
  }

  protected choose(option: HTMLElement): void {
    const { href, fill } = option.dataset;
    if (href !== undefined) {
      location.assign(href);
    } else if (fill !== undefined) {
      this.field.value = fill;
      this.field.focus();
      this.close();
      this.goOn(fill);
    }
  }
}

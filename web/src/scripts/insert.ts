// What is inserted while one writes a note: after @@ the colleagues, chosen by arrows and Enter.

type Offer = { name: string; more: string };

const MARK = /(^|\s)@@([\p{L}'’ ]{0,30})$/u;
const MOST = 8;

/** Offers colleagues in every text area that has a list for them. */
export function offerColleagues(): void {
  for (const list of document.querySelectorAll<HTMLElement>("[data-inserts]")) {
    const area = list.closest("form")?.querySelector("textarea");
    if (area) new Insert(area, list);
  }
}

class Insert {
  private all: Promise<Offer[]> | null = null;
  private shown: Offer[] = [];
  private active = 0;

  constructor(private readonly area: HTMLTextAreaElement, private readonly list: HTMLElement) {
    area.setAttribute("aria-controls", list.id);
    area.addEventListener("input", () => void this.look());
    area.addEventListener("keydown", (event) => this.onKey(event));
    area.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = (event.target as Element).closest<HTMLElement>("[role=option]");
      if (option) this.insert(this.shown[Number(option.dataset.place)]);
    });
  }

  private mark(): RegExpMatchArray | null {
    const isNote = this.area.form?.querySelector<HTMLInputElement>("input[name=kind]:checked")?.value === "note";
    return isNote ? this.area.value.slice(0, this.area.selectionStart).match(MARK) : null;
  }

  private async look(): Promise<void> {
    const mark = this.mark();
    if (!mark) return this.close();
    const words = mark[2].trimStart().toLowerCase();
    const all = await this.colleagues();
    if (!this.mark()) return this.close();
    const begins = (name: string) => [name, ...name.split(" ")].some((part) => part.toLowerCase().startsWith(words));
    this.shown = all.filter((one) => begins(one.name)).slice(0, MOST);
    this.active = 0;
    this.show();
  }

  private colleagues(): Promise<Offer[]> {
    this.all ??= fetch(this.list.dataset.inserts ?? "", { headers: { accept: "application/json" }, redirect: "error" })
      .then((answer) => (answer.ok ? answer.json() as Promise<Offer[]> : []))
      .catch(() => { this.all = null; return []; });
    return this.all;
  }

  private show(): void {
    this.list.replaceChildren(...this.shown.map((one, place) => {
      const option = document.createElement("li");
      option.id = `${this.list.id}-${place}`;
      option.className = "insert";
      option.dataset.place = String(place);
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", String(place === this.active));
      const name = document.createElement("strong");
      name.textContent = one.name;
      option.append(name, ` ${one.more}`);
      return option;
    }));
    this.list.hidden = this.shown.length === 0;
    if (this.list.hidden) this.area.removeAttribute("aria-activedescendant");
    else this.area.setAttribute("aria-activedescendant", `${this.list.id}-${this.active}`);
  }

  private close(): void {
    this.shown = [];
    this.show();
  }

  private onKey(event: KeyboardEvent): void {
    if (this.list.hidden || event.ctrlKey || event.metaKey) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      this.active = (this.active + (event.key === "ArrowDown" ? 1 : -1) + this.shown.length) % this.shown.length;
      this.show();
    } else if (event.key === "Enter" || event.key === "Tab") {
      this.insert(this.shown[this.active]);
    } else if (event.key === "Escape") {
      this.close();
      event.stopPropagation();
    } else {
      return;
    }
    event.preventDefault();
  }

  private insert(one: Offer): void {
    const mark = this.mark();
    const end = this.area.selectionStart;
    if (!mark) return;
    const start = end - mark[0].length + mark[1].length;
    this.area.setRangeText(`@${one.name} `, start, end, "end");
    this.close();
    this.area.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

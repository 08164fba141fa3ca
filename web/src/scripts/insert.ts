// What is inserted while one writes: a sign and letters open a list, arrows and Enter choose. After @@ the colleagues, in a
// note; after :: the ready texts.

type Offer = { name: string; more: string; text: string };

const MOST = 8;

/** Gives every text area the lists that stand in its form. */
export function offerInserts(): void {
  for (const list of document.querySelectorAll<HTMLElement>("[data-inserts]")) {
    const area = list.closest("form")?.querySelector("textarea");
    if (area) new Insert(area, list);
  }
}

class Insert {
  private all: Promise<Offer[]> | null = null;
  private shown: Offer[] = [];
  private active = 0;
  private readonly pattern: RegExp;

  constructor(private readonly area: HTMLTextAreaElement, private readonly list: HTMLElement) {
    this.pattern = new RegExp(`(^|\\s)${list.dataset.sign}([\\p{L}\\p{N}'’ ]{0,30})$`, "u");
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
    const only = this.list.dataset.only;
    const kind = this.area.form?.querySelector<HTMLInputElement>("input[name=kind]:checked")?.value;
    return only && kind !== only ? null : this.area.value.slice(0, this.area.selectionStart).match(this.pattern);
  }

  private async look(): Promise<void> {
    if (!this.mark()) return this.close();
    const all = await this.offers();
    const mark = this.mark();
    if (!mark) return this.close();
    const words = plain(mark[2]).split(" ").filter(Boolean);
    const fits = (one: Offer) => words.every((word) => plain(one.name).split(/[^\p{L}\p{N}]+/u).some((part) => part.startsWith(word)));
    this.shown = all.filter(fits).slice(0, MOST);
    this.active = 0;
    this.show();
  }

  private offers(): Promise<Offer[]> {
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
    const wasHidden = this.list.hidden;
    this.list.hidden = this.shown.length === 0;
    if (this.list.hidden) return wasHidden ? undefined : this.leave();
    this.area.setAttribute("aria-controls", this.list.id);
    this.area.setAttribute("aria-activedescendant", `${this.list.id}-${this.active}`);
    this.list.children[this.active].scrollIntoView({ block: "nearest" });
  }

  /** The list goes; what another one says of the field stays. */
  private close(): void {
    if (this.list.hidden) return;
    this.shown = [];
    this.show();
  }

  private leave(): void {
    this.area.removeAttribute("aria-activedescendant");
    this.area.removeAttribute("aria-controls");
  }

  private onKey(event: KeyboardEvent): void {
    if (this.list.hidden || event.ctrlKey || event.metaKey || event.isComposing) return;
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
    this.area.setRangeText(one.text, start, end, "end");
    this.close();
    this.area.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

/** A word as it is compared: without case and accents. */
function plain(text: string): string {
  return text.trim().toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
}

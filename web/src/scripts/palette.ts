// Ctrl K: one field over tickets, people, places and every act of the page with its key.

import { QuickFind, type Own } from "./find";
import { cap, label, waitsUnseen } from "./keys";

const RECENT = "recent-tickets";
const REMEMBERED = 8;
const FIRST_ACTS = 4;

/** The field of the dialog: it knows the acts of the page it stands on. */
class Palette extends QuickFind {
  private acts: { element: HTMLElement; option: HTMLElement; words: string[] }[] = [];

  /** Begins anew with the acts of the page as it is now. */
  begin(): void {
    this.acts = actsHere().map((element) => {
      const words = label(element);
      return { element, option: actOption(element, words), words: plain(words).split(" ") };
    });
    this.field.value = "";
    this.field.focus();
    void this.ask();
  }

  protected override eager(): boolean {
    return true;
  }

  protected override leave(): void {}

  protected override more(): Record<string, string> {
    return { recent: remembered().join(",") };
  }

  /** Acts whose words begin as typed come first: whoever types "class" wants to classify. */
  protected override first(): Own[] {
    return this.acting(this.typed() === "" ? [] : this.meant().slice(0, FIRST_ACTS));
  }

  protected override last(): Own[] {
    if (this.typed() !== "") return this.acting(this.meant().slice(FIRST_ACTS));
    return this.acting(this.acts.filter(({ element }) => !this.isPlace(element)).map(({ option }) => option));
  }

  /** What the server names as a place does not stand there twice. */
  private isPlace(element: HTMLElement): boolean {
    const href = element.getAttribute("href");
    return href !== null && this.list.querySelector(`[data-href="${CSS.escape(href)}"]`) !== null;
  }

  private acting(options: HTMLElement[]): Own[] {
    return [{ title: this.dataset.acts ?? "", options }];
  }

  private typed(): string {
    return plain(this.field.value);
  }

  private meant(): HTMLElement[] {
    const typed = this.typed().split(" ");
    const fits = (words: string[]) => typed.every((one) => words.some((word) => word.startsWith(one)));
    const meant = this.acts.filter(({ words, element }) => fits(words) && !this.isPlace(element));
    return meant.map(({ option }) => option);
  }

  protected override goOn(): void {
    void this.ask();
  }

  /** Escape is the dialog's. */
  protected override escape(): void {}

  protected override choose(option: HTMLElement): void {
    const act = this.acts.find((one) => one.option === option);
    if (!act) return super.choose(option);
    this.closest("dialog")?.close();
    perform(act.element);
  }
}

/** Defines the elements, listens to Ctrl K, and remembers which tickets are opened. */
export function offerPalette(): void {
  customElements.define("quick-find", QuickFind);
  customElements.define("palette-find", Palette);
  remember();
  const dialog = document.getElementById("palette");
  const field = dialog?.querySelector("palette-find");
  if (!(dialog instanceof HTMLDialogElement) || !(field instanceof Palette)) return;
  const toggle = () => {
    if (dialog.open) return dialog.close();
    if (document.querySelector("dialog[open]")) return;
    dialog.showModal();
    field.begin();
  };
  // Before everybody else: a browser has its own idea of Ctrl K, and so has the field in the header.
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== "k") return;
    event.preventDefault();
    event.stopPropagation();
    toggle();
  }, true);
  document.querySelector<HTMLElement>("[data-palette]")?.addEventListener("click", toggle);
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
}

/** Everything with a key, and the acts of the record that have none; what leads to places the server names itself. */
function actsHere(): HTMLElement[] {
  const all = document.querySelectorAll<HTMLElement>('[data-key], .acts [formaction], .acts a[href], [data-opens="keys"]');
  const isHere = (element: HTMLElement) =>
    element.dataset.opens === "keys" || (!element.closest(".rail, dialog") && !waitsUnseen(element));
  const here = [...all].filter((element) => isHere(element) && element.dataset.key !== "ctrl+k" && label(element) !== "");
  // What the record itself offers comes before what every page has.
  return [...here.filter((element) => element.closest("main")), ...here.filter((element) => !element.closest("main"))];
}

function actOption(element: HTMLElement, words: string): HTMLElement {
  const option = document.createElement("div");
  option.className = "find-option";
  option.setAttribute("role", "option");
  option.setAttribute("aria-selected", "false");
  const name = document.createElement("span");
  name.className = "find-label";
  name.textContent = words;
  option.append(name);
  const hint = element.dataset.opens === "keys" ? "?" : element.dataset.key ?? element.querySelector("kbd")?.textContent ?? "";
  if (hint) {
    const key = document.createElement("kbd");
    key.textContent = cap(hint);
    option.append(key);
  }
  return option;
}

function perform(element: HTMLElement): void {
  const field = element.matches("input:not([type=radio]):not([type=checkbox]):not([type=submit]), textarea, select");
  if (field) element.focus();
  else element.click();
  if (element.dataset.keyFocus) document.querySelector<HTMLElement>(element.dataset.keyFocus)?.focus();
}

/** Lower case without accents. */
function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim().replace(/\s+/g, " ");
}

/** Numbers only, for this tab only: what they are about is asked of the server again. */
function remembered(): string[] {
  return (sessionStorage.getItem(RECENT) ?? "").split(",").filter(Boolean);
}

function remember(): void {
  const number = /^\/tickets\/([A-Z]+-\d{4}-\d+)$/.exec(location.pathname)?.[1];
  if (!number) return;
  const others = remembered().filter((other) => other !== number);
  sessionStorage.setItem(RECENT, [number, ...others].slice(0, REMEMBERED).join(","));
}

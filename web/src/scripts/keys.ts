// Keys: whatever carries data-key can be done without the mouse.
//
// Letters and signs work only while no field has the focus; Escape leaves a field. A key may be a sequence ("g q") or hold
// Ctrl ("ctrl+k"); a second key stands in data-key-too. Ctrl Enter sends the form one is writing in. j and k walk over [data-row].

const PATIENCE = 1200;
let pending = "";
let pendingSince = 0;

/** A page that is there to be filled in is begun at its first field. */
function beginAtFirstField(): void {
  const form = document.querySelector("[data-focus-first]");
  if (!form || location.hash || document.querySelector("[aria-invalid=true]")) return;
  form.querySelector<HTMLElement>("input:not([type=hidden], [type=submit]), select, textarea")?.focus({ preventScroll: true });
}

/** Begins to listen. */
export function listenToKeys(): void {
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", (event) => {
    if ((event.target as Element).closest('[data-opens="keys"]')) fillKeys();
  });
  beginAtFirstField();
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.altKey) return;
  const writing = isWriting(event.target);
  if (event.ctrlKey || event.metaKey) {
    if (event.key === "Enter" && send(event.target)) event.preventDefault();
    else if (event.key.length === 1 && act(`ctrl+${event.key.toLowerCase()}`)) event.preventDefault();
    return;
  }
  if (writing) {
    if (event.key === "Escape") (event.target as HTMLElement).blur();
    return;
  }
  if (document.querySelector("dialog[open]") || event.key.length !== 1) return;
  if (letter(event.key)) event.preventDefault();
}

function letter(key: string): boolean {
  const begun = Date.now() - pendingSince < PATIENCE ? pending : "";
  pending = "";
  if (begun && act(`${begun} ${key}`)) return true;
  if (key === "j" || key === "k") return walk(key === "j" ? 1 : -1);
  if (key === "x") return tick();
  if (key === "?") return showKeys();
  if (act(key)) return true;
  if (document.querySelector(`[data-key^="${CSS.escape(key)} "], [data-key-too^="${CSS.escape(key)} "]`)) {
    pending = key;
    pendingSince = Date.now();
    return true;
  }
  return false;
}

function isWriting(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.matches("textarea, select")) return true;
  return target instanceof HTMLInputElement && !["checkbox", "radio", "button", "submit", "reset", "file", "range"].includes(target.type);
}

/** What belongs to something that is not on screen yet, like the bar of ticked rows, has no key until it is. */
export function waitsUnseen(element: HTMLElement): boolean {
  return element.closest("[data-keys-when-seen]")?.checkVisibility?.() === false;
}

/** Does what the first visible element with this key does. */
function act(key: string): boolean {
  const named = CSS.escape(key);
  const found = [...document.querySelectorAll<HTMLElement>(`[data-key="${named}"], [data-key-too="${named}"]`)];
  const element = found.find((one) => one.checkVisibility?.() ?? true) ?? found[0];
  if (!element || element.matches(":disabled, [aria-disabled=true]") || waitsUnseen(element)) return false;
  const focus = element.dataset.keyFocus;
  if (element.matches("input:not([type=radio]):not([type=checkbox]):not([type=submit]), textarea, select")) element.focus();
  else element.click();
  if (focus) document.querySelector<HTMLElement>(focus)?.focus();
  return true;
}

function send(target: EventTarget | null): boolean {
  const form = target instanceof Element ? target.closest("form") : null;
  if (!form) return false;
  const button = form.querySelector<HTMLElement>('[data-key="ctrl+enter"]');
  if (button) button.click();
  else form.requestSubmit();
  return true;
}

function walk(step: number): boolean {
  const rows = [...document.querySelectorAll<HTMLElement>("[data-row]")];
  if (rows.length === 0) return false;
  const here = rows.findIndex((row) => row.contains(document.activeElement));
  const from = here >= 0 ? here : rows.findIndex((row) => row.querySelector("[aria-current]") || row.matches("[aria-current]"));
  const next = rows[Math.min(rows.length - 1, Math.max(0, from + step))];
  const target = next.matches("a") ? next : next.querySelector<HTMLElement>("a");
  target?.focus();
  target?.scrollIntoView({ block: "nearest" });
  return true;
}

/** Ticks the row one is on, or the one that is open. */
function tick(): boolean {
  const row = document.activeElement?.closest("[data-row]") ?? document.querySelector("[data-row]:has([aria-current])");
  const box = row?.querySelector<HTMLInputElement>("input[type=checkbox]");
  box?.click();
  return Boolean(box);
}

/** Fills the dialog with the keys of this very page and opens it. */
function showKeys(): boolean {
  const dialog = document.getElementById("keys");
  if (!(dialog instanceof HTMLDialogElement)) return false;
  fillKeys();
  dialog.showModal();
  return true;
}

function fillKeys(): void {
  document.querySelector("#keys [data-keys-here]")?.replaceChildren(...keysHere());
}

function keysHere(): HTMLElement[] {
  const seen = new Set<string>();
  const entries: HTMLElement[] = [];
  for (const element of document.querySelectorAll<HTMLElement>("[data-key]")) {
    const key = element.dataset.key ?? "";
    if (seen.has(key) || waitsUnseen(element)) continue;
    seen.add(key);
    const term = document.createElement("dt");
    const keyCap = document.createElement("kbd");
    keyCap.textContent = cap(key);
    term.append(keyCap);
    const meaning = document.createElement("dd");
    meaning.textContent = label(element);
    entries.push(term, meaning);
  }
  return entries;
}

/** A key as it stands on a key cap. */
export function cap(key: string): string {
  return key.replace("ctrl+enter", "Ctrl ↵").replace(/ctrl\+(.)/, (_, one) => `Ctrl ${one.toUpperCase()}`);
}

/** What an element is called. */
export function label(element: HTMLElement): string {
  const given = element.dataset.keyLabel ?? element.getAttribute("aria-label");
  if (given) return given;
  const words = element instanceof HTMLInputElement ? element.labels?.[0] : element;
  if (!words) return (element as HTMLInputElement).placeholder ?? "";
  const copy = words.cloneNode(true) as HTMLElement;
  for (const hint of copy.querySelectorAll("kbd, .nav-badge")) hint.remove();
  return copy.textContent?.trim() ?? "";
}

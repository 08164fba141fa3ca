// A text area with data-draft keeps its words for this tab until its form is sent.

const PAUSE = 400;
const timers = new WeakMap<HTMLTextAreaElement, number>();

/** Keeps and gives back the words of every such text area, also of those that arrive later. */
export function keepInTab(): void {
  restore(document);
  document.addEventListener("input", (event) => {
    if (isDraft(event.target)) later(event.target);
  });
  // Something else on the page may still refuse the sending, so the words go only when the page does or the answer is good.
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (form.matches("[hx-post],[hx-put],[hx-patch]")) return;
    queueMicrotask(() => { if (!event.defaultPrevented) forget(form); });
  });
  document.addEventListener("htmx:after:request", (event) => {
    const { ctx } = (event as CustomEvent).detail ?? {};
    const form = ctx?.sourceElement?.closest?.("form");
    if (form && ctx?.response?.raw?.ok) forget(form);
  });
  document.addEventListener("htmx:after:swap", () => restore(document));
}

function isDraft(target: EventTarget | null): target is HTMLTextAreaElement {
  return target instanceof HTMLTextAreaElement && target.dataset.draft !== undefined;
}

function name(area: HTMLTextAreaElement): string {
  return `draft:${area.dataset.draft}`;
}

function restore(root: ParentNode): void {
  for (const area of root.querySelectorAll<HTMLTextAreaElement>("textarea[data-draft]")) {
    const kept = sessionStorage.getItem(name(area));
    if (kept && area.value === "") {
      area.value = kept;
      say(area, "kept");
    }
  }
}

function later(area: HTMLTextAreaElement): void {
  clearTimeout(timers.get(area));
  timers.set(area, window.setTimeout(() => {
    if (area.value === "") sessionStorage.removeItem(name(area));
    else sessionStorage.setItem(name(area), area.value);
    say(area, area.value === "" ? "" : "saved");
  }, PAUSE));
}

function forget(form: HTMLFormElement): void {
  for (const area of form.querySelectorAll<HTMLTextAreaElement>("textarea[data-draft]")) {
    clearTimeout(timers.get(area));
    sessionStorage.removeItem(name(area));
    say(area, "");
  }
}

/** The state of the draft is said beside the button, in the words the page brought along. */
function say(area: HTMLTextAreaElement, state: "" | "saved" | "kept"): void {
  const place = area.form?.querySelector<HTMLElement>("[data-draft-state]");
  if (!place) return;
  const now = new Date();
  const time = `${now.getHours()}:${String(now.getMinutes()).padStart(2, "0")}`;
  const words = state === "saved" ? place.dataset.saved : state === "kept" ? place.dataset.kept : "";
  place.textContent = (words ?? "").replace("{time}", time);
}

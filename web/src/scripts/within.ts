// Searching within a ticket: every hit is marked, Enter goes to the next one, Shift Enter back. Nothing of the page is
// touched: the marks lie over the text, so what arrives live does not disturb them.

const NAME = "within";
const CURRENT = "within-current";
let hits: Range[] = [];
let at = 0;

/** Listens to the field [data-within]. */
export function searchWithin(): void {
  const field = document.querySelector<HTMLInputElement>("[data-within]");
  if (!field || !("highlights" in CSS)) {
    field?.closest(".flow-find")?.remove();
    return;
  }
  field.addEventListener("input", () => find(field));
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    step(field, event.shiftKey ? -1 : 1);
  });
  document.addEventListener("htmx:after:swap", () => { if (field.value) find(field, false); });
}

function find(field: HTMLInputElement, jump = true): void {
  const words = plain(field.value.trim());
  hits = words.length < 2 ? [] : ranges(words);
  if (jump) at = 0;
  at = Math.min(at, Math.max(0, hits.length - 1));
  CSS.highlights.set(NAME, new Highlight(...hits));
  show(field, jump);
}

function step(field: HTMLInputElement, way: number): void {
  if (hits.length === 0) return;
  at = (at + way + hits.length) % hits.length;
  show(field, true);
}

function show(field: HTMLInputElement, jump: boolean): void {
  const hit = hits[at];
  CSS.highlights.set(CURRENT, new Highlight(...(hit ? [hit] : [])));
  const place = field.closest(".flow-find")?.querySelector<HTMLElement>("[data-within-count]");
  if (place) place.textContent = field.value.trim().length < 2 ? "" : `${hits.length ? at + 1 : 0}/${hits.length}`;
  if (!hit || !jump) return;
  const element = hit.startContainer.parentElement;
  element?.closest("details")?.setAttribute("open", "");
  element?.scrollIntoView({ block: "center" });
}

function ranges(words: string): Range[] {
  const flow = document.getElementById("flow");
  if (!flow) return [];
  const found: Range[] = [];
  const texts = document.createTreeWalker(flow, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = plain(texts.currentNode.textContent ?? "");
    for (let from = text.indexOf(words); from >= 0; from = text.indexOf(words, from + words.length)) {
      const range = document.createRange();
      range.setStart(texts.currentNode, from);
      range.setEnd(texts.currentNode, from + words.length);
      found.push(range);
    }
  }
  return found;
}

/** Without accents and case, each letter still in its place. */
function plain(text: string): string {
  return [...text].map((letter) => {
    const bare = letter.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    return bare.length === letter.length ? bare : letter;
  }).join("");
}

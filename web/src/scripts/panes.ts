// Panes of the console are made wider by their edge: with the hand, or with the arrows. The width is remembered in a cookie,
// as a step, so that the server's first byte already has it and nothing jumps.

const STEP = 20;
const LEAST = 220;
const STEPS = 20;
const YEAR = 31_536_000;

/** Lets edges be moved. */
export function widenPanes(): void {
  for (const edge of document.querySelectorAll<HTMLElement>("[data-pane]")) {
    edge.addEventListener("pointerdown", (event) => begin(edge, event));
    edge.addEventListener("keydown", (event) => arrow(edge, event));
    edge.addEventListener("dblclick", () => set(edge, 0));
  }
}

function begin(edge: HTMLElement, event: PointerEvent): void {
  edge.setPointerCapture(event.pointerId);
  event.preventDefault();
  const move = (to: PointerEvent) => set(edge, stepFor(widthAt(edge, to.clientX)));
  edge.addEventListener("pointermove", move);
  edge.addEventListener("pointerup", () => edge.removeEventListener("pointermove", move), { once: true });
}

/** The width a pane would have with its edge there: the queue grows to the right, the facts to the left. */
function widthAt(edge: HTMLElement, x: number): number {
  const pane = paneOf(edge)?.getBoundingClientRect();
  if (!pane) return LEAST;
  return edge.dataset.pane === "queue" ? x - pane.left : pane.right - x;
}

/** The pane whose edge it is bears its name. */
function paneOf(edge: HTMLElement): HTMLElement | null {
  return document.getElementById(edge.dataset.pane ?? "");
}

function stepFor(width: number): number {
  return Math.min(STEPS, Math.max(1, Math.round((width - LEAST) / STEP)));
}

function arrow(edge: HTMLElement, event: KeyboardEvent): void {
  const way = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (way === undefined) return;
  event.preventDefault();
  const wider = edge.dataset.pane === "queue" ? way : -way;
  const width = paneOf(edge)?.getBoundingClientRect().width ?? LEAST;
  set(edge, stepFor(width + wider * STEP));
}

function set(edge: HTMLElement, step: number): void {
  const desk = document.querySelector(".desk");
  const pane = edge.dataset.pane ?? "";
  if (!desk) return;
  for (let old = 0; old <= STEPS; old++) desk.classList.remove(`desk--${pane}-${old}`);
  desk.classList.add(`desk--${pane}-${step}`);
  edge.setAttribute("aria-valuenow", String(step));
  const now = (name: string) => document.querySelector(`[data-pane="${name}"]`)?.getAttribute("aria-valuenow") ?? remembered()[name === "queue" ? 0 : 1];
  document.cookie = `panes=${now("queue")}-${now("facts")};path=/;max-age=${YEAR};samesite=lax`;
}

/** What the cookie says, for the pane that this page does not show. */
function remembered(): string[] {
  const found = /(?:^|; )panes=(\d+)-(\d+)/.exec(document.cookie);
  return found ? [found[1], found[2]] : ["0", "0"];
}

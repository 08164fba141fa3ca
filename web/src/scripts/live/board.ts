// The board renews its figures by itself, and never lets old ones look fresh.

/** Longer than the server ever says nothing. */
const SILENT = 40_000;

/** Watches the board of this page, if it is one. */
export function watchBoard(): void {
  const board = document.querySelector<HTMLElement>("[data-board]");
  const part = board?.querySelector<HTMLElement>("[data-board-part]");
  if (!board || !part) return;
  const lost = board.querySelector<HTMLElement>("[data-board-lost]");
  let silence = 0;
  const stale = (is: boolean) => {
    board.classList.toggle("is-stale", is);
    if (lost) lost.hidden = !is;
    clearTimeout(silence);
    if (!is) silence = window.setTimeout(() => stale(true), SILENT);
  };
  const line = new EventSource(board.dataset.board ?? "");
  line.addEventListener("board", (event) => {
    show(part, (event as MessageEvent<string>).data);
    stale(false);
  });
  line.addEventListener("over", () => { line.close(); stale(true); });
  line.addEventListener("error", () => stale(true));
  stale(false);
}

/** Puts the new figures in place; whoever stands on a link goes on standing on it. */
function show(part: HTMLElement, html: string): void {
  const at = document.activeElement;
  const links = () => [...part.querySelectorAll<HTMLElement>("a, [tabindex]")];
  const place = at instanceof HTMLElement && part.contains(at) ? links().indexOf(at) : -1;
  const id = at?.id ?? "";
  part.innerHTML = html;
  if (place < 0) return;
  (document.getElementById(id) ?? links()[place])?.focus({ preventScroll: true });
}

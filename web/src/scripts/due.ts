// What is left of a ticket's time goes on being true while one looks at the queue.

const EVERY = 15_000;
const HOUR = 3_600_000;
/** Beyond it the server counts in days. */
const LONG = 24 * HOUR;

interface Seen {
  left: string;
  at: number;
}

const seen = new WeakMap<HTMLElement, Seen>();

/** Counts down every [data-left]. */
export function countDown(): void {
  tick();
  setInterval(tick, EVERY);
}

function tick(): void {
  const now = performance.now();
  for (const time of document.querySelectorAll<HTMLElement>("[data-left]")) {
    const said = time.dataset.left ?? "";
    const known = seen.get(time);
    // A row that was written anew tells anew what is left.
    if (known?.left !== said) {
      seen.set(time, { left: said, at: now });
      continue;
    }
    const left = Number(said) - (now - known.at);
    if (Math.abs(left) >= LONG) continue;
    time.textContent = written(left);
    if (left < 0) time.classList.replace("row-due--soon", "row-due--late");
  }
}

function written(left: number): string {
  const minutes = Math.floor(Math.abs(left) / 60_000);
  const sign = left < 0 ? "−" : "";
  return `${sign}${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
}

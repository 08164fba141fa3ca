// How many tickets stand in the views at the head of the queue.

/** Counts by the name of their view. */
export type Counts = Record<string, string>;

/** Writes each count beside its view; `only` where none stands yet. */
export function showCounts(counts: Counts, only: "all" | "empty"): void {
  for (const place of document.querySelectorAll<HTMLElement>("[data-count]")) {
    const count = counts[place.dataset.count ?? ""];
    const due = count !== undefined && place.textContent !== count && (only === "all" || place.textContent === "");
    if (due) place.textContent = count;
  }
}

/** The saved views beside which a count stands. */
export function savedViews(): string[] {
  return [...document.querySelectorAll<HTMLElement>(".saved [data-count]")].map((place) => place.dataset.count ?? "");
}

// Puts what the server says now in the place of what it said before, touching only what differs.

import htmx from "htmx.org/dist/htmx.esm.min.js";

/** The page as the server writes it now; nothing when it cannot be had. */
export async function fresh(address: string): Promise<{ status: number; page: Document } | undefined> {
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" }, credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return { status: answer.redirected && new URL(answer.url).pathname === "/sign-in" ? 401 : answer.status, page };
  } catch {
    return undefined;
  }
}

/** Makes an element what it is in the fresh page. What is open stays open, what scrolls stays where it is. */
export async function renew(old: Element, now: Element): Promise<void> {
  keepOpen(old, now);
  const scrolled = [...old.querySelectorAll("*"), old].filter((one) => one.scrollTop > 0).map((one) => [one, one.scrollTop] as const);
  await htmx.swap({ text: now.outerHTML, target: old, swap: "outerMorph" });
  for (const [one, top] of scrolled) if (one.scrollTop !== top) one.scrollTop = top;
}

function keepOpen(old: Element, now: Element): void {
  const opened = [...old.querySelectorAll("details[open] > summary")].map((summary) => summary.textContent);
  for (const summary of now.querySelectorAll("details > summary")) {
    if (opened.includes(summary.textContent)) summary.parentElement?.setAttribute("open", "");
  }
}

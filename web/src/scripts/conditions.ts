// The menu that adds a condition: the values of a field come into the menu, not on a page of their own.

/** Begins to listen. */
export function offerConditions(): void {
  document.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>("[data-conditions] a[data-field]");
    if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    void showValues(link);
  });
}

async function showValues(link: HTMLAnchorElement): Promise<void> {
  const menu = link.closest<HTMLElement>("[data-conditions]");
  const values = await valuesAt(link.href);
  if (!menu || !values) return location.assign(link.href);
  const fields = [...menu.childNodes];
  menu.replaceChildren(document.adoptNode(values));
  menu.querySelector<HTMLElement>("input[type=text]")?.focus();
  menu.closest("details")?.addEventListener("toggle", () => menu.replaceChildren(...fields), { once: true });
}

async function valuesAt(address: string): Promise<Element | null> {
  try {
    const answer = await fetch(address, { headers: { accept: "text/html" }, redirect: "error" });
    if (!answer.ok) return null;
    return new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("values");
  } catch {
    return null;
  }
}

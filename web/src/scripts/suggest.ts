// The list under a field that proposes things: the arrows walk through it, Escape leaves it for the field.

/** Begins to listen. */
export function walkSuggestions(): void {
  document.addEventListener("keydown", (event) => {
    if (!(event.target instanceof HTMLElement) || event.isComposing) return;
    const field = fieldOf(event.target);
    if (!field) return;
    const links = [...document.querySelectorAll<HTMLElement>(`#${field.dataset.suggests} a`)];
    const place = links.indexOf(event.target);
    if (event.key === "Escape" && place >= 0) field.focus();
    else if (event.key === "ArrowDown" && place + 1 < links.length) links[place + 1].focus();
    else if (event.key === "ArrowUp" && place >= 0) (links[place - 1] ?? field).focus();
    else return;
    event.preventDefault();
  });
}

/** The field whose list somebody is in, or that they are in themselves. */
function fieldOf(element: HTMLElement): HTMLElement | null {
  if (element.dataset.suggests) return element;
  const list = element.closest("[id]");
  return list ? document.querySelector<HTMLElement>(`[data-suggests="${CSS.escape(list.id)}"]`) : null;
}

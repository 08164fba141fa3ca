// Menus are plain <details>: this closes them when one looks elsewhere, and opens dialogs that a link names.

/** Closes open menus on a click outside and on Escape; opens [data-opens] dialogs. */
export function closeMenus(): void {
  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    for (const menu of openMenus()) if (!menu.contains(target)) menu.open = false;
    const opener = target.closest<HTMLElement>("[data-opens]");
    const dialog = opener && document.getElementById(opener.dataset.opens ?? "");
    if (dialog instanceof HTMLDialogElement) {
      event.preventDefault();
      dialog.showModal();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of openMenus()) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    }
  });
}

function openMenus(): HTMLDetailsElement[] {
  return [...document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")];
}

// Light, dark, or as the device says. The choice lives in a cookie so that the server's first byte already has it.

const YEAR = 31_536_000;

/** Makes every [data-theme-choice] button change the theme at once. */
export function offerThemes(): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-theme-choice]");
    if (!button) return;
    const choice = button.dataset.themeChoice ?? "auto";
    document.documentElement.dataset.theme = choice;
    document.cookie = `theme=${choice};path=/;max-age=${YEAR};samesite=lax`;
    for (const other of document.querySelectorAll<HTMLElement>("[data-theme-choice]")) {
      other.setAttribute("aria-pressed", String(other.dataset.themeChoice === choice));
    }
    event.preventDefault();
  });
}

// Quoting: what is selected in a message, or else the whole message, goes into the composer with a sign before each line.

/** Makes every [data-quote] quote its message, and [data-quote-last] the last one or what is selected. */
export function quoteMessages(): void {
  if (!document.querySelector("#composer-text")) return;
  offer();
  // Messages that arrive or are written anew bring a button that still hides.
  document.addEventListener("htmx:after:swap", offer);
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-quote], [data-quote-last]") : null;
    if (!button) return;
    const message = button.closest(".message") ?? selected()?.message ?? [...document.querySelectorAll(".flow .message:not(.message--note)")].pop();
    if (message) quote(message);
  });
}

function offer(): void {
  for (const button of document.querySelectorAll<HTMLElement>("[data-quote], [data-quote-last]")) button.hidden = false;
}

function selected(): { message: Element; words: string } | null {
  const selection = getSelection();
  const node = selection?.anchorNode;
  const message = (node instanceof Element ? node : node?.parentElement)?.closest(".message");
  const words = selection?.toString().trim() ?? "";
  return message && words ? { message, words } : null;
}

function quote(message: Element): void {
  const area = document.querySelector<HTMLTextAreaElement>("#composer-text");
  if (!area) return;
  const chosen = selected();
  const said = [...message.querySelectorAll(".message-text > p:not(.message-mark)")].map((part) => (part as HTMLElement).innerText.trim());
  const words = chosen?.message === message ? chosen.words : said.join("\n\n");
  const lines = words.split("\n").map((line) => `> ${line}`.trimEnd()).join("\n");
  const before = area.value.trim() === "" ? "" : `${area.value.trimEnd()}\n\n`;
  area.value = `${before}${lines}\n\n`;
  area.focus();
  area.setSelectionRange(area.value.length, area.value.length);
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

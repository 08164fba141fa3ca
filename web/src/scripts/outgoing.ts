// A reply on its way says so until it is given; then it can be taken back no more.

/** Counts down every [data-outgoing]. */
export function watchOutgoing(): void {
  for (const reply of document.querySelectorAll<HTMLElement>("[data-outgoing]")) {
    setTimeout(() => given(reply), Number(reply.dataset.outgoing) * 1000);
  }
}

function given(reply: HTMLElement): void {
  const words = reply.querySelector<HTMLElement>("[data-outgoing-words]");
  if (words) words.textContent = words.dataset.given ?? "";
  reply.querySelector("button")?.remove();
}

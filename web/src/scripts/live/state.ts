// The bar at the foot of the page: what became of the line to the server, in words the page brought along.

/** No line for a while, no network at all, something that could not be sent, a session that is over; nothing when all is well. */
export type State = "" | "lost" | "offline" | "unsent" | "over";

let now: State = "";

/** Says it. */
export function tell(state: State): void {
  // What was not sent, or why, is worth more words than that the line is gone.
  if (state === "lost" && now !== "") return;
  // The line may stand for a moment longer than the network does.
  if (state === "" && !navigator.onLine) return;
  now = state;
  const place = document.querySelector<HTMLElement>("[data-line-state]");
  if (!place) return;
  for (const part of place.querySelectorAll<HTMLElement>("[data-line]")) part.hidden = part.dataset.line !== state;
  place.hidden = state === "";
  if (state === "over") leadBack(place);
}

/** True where the last thing known is that the server cannot be reached. */
export function isAway(): boolean {
  return !navigator.onLine || now === "lost" || now === "offline" || now === "unsent";
}

/** Whoever signs in again comes back to this very page. */
function leadBack(place: HTMLElement): void {
  const link = place.querySelector<HTMLAnchorElement>("a");
  // What was refused stands under the address it was sent to, which answers no question.
  const here = location.pathname.replace(/\/messages$/, "") + location.search;
  if (link) link.href = `/sign-in?to=${encodeURIComponent(here)}`;
}

/** Says at once when the device has no network, and when it has one again. */
export function watchNetwork(): void {
  addEventListener("offline", () => { if (now !== "over") tell("offline"); });
  addEventListener("online", () => { if (now === "offline" || now === "unsent") tell(""); });
  if (!navigator.onLine) tell("offline");
}

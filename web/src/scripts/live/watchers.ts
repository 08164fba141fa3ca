// Who is here and what they do, in the list and on the ticket; and what I do, for the others.

interface Who { name: string; initials: string; palette: string; doing: string }
interface Watched { number: string; who: Who[] }

const AGAIN = 20_000;
/** So long after the last letter somebody is no longer writing. */
const WRITING = 8_000;
const MOST_FACES = 3;

/** Shows who is at these tickets. */
export function showWatchers(tickets: Watched[], here?: string): void {
  for (const { number, who } of tickets) {
    const row = document.querySelector(`[data-watchers="${CSS.escape(number)}"]`);
    row?.replaceChildren(...who.slice(0, MOST_FACES).map(face));
    if (number === here) onTicket(who);
  }
}

function face(who: Who): HTMLElement {
  const round = document.createElement("span");
  const writing = !["viewing", "away"].includes(who.doing);
  round.className = `avatar avatar--small avatar--${who.palette}${writing ? " avatar--writing" : ""}${who.doing === "away" ? " avatar--away" : ""}`;
  round.textContent = who.initials;
  round.title = words(who);
  round.setAttribute("aria-hidden", "true");
  const name = document.createElement("span");
  name.className = "hidden";
  name.textContent = words(who);
  const both = document.createElement("span");
  both.append(round, name);
  return both;
}

function words(who: Who): string {
  const said = document.querySelector<HTMLElement>("[data-doing-words]")?.dataset ?? {};
  const sentence = said[who.doing] ?? said.viewing ?? "{who}";
  return sentence.replace("{who}", who.name);
}

function onTicket(who: Who[]): void {
  const place = document.querySelector("[data-here]");
  place?.replaceChildren(...who.map((one) => {
    const tag = document.createElement("span");
    tag.className = `tag tag--${one.doing === "away" || one.doing === "viewing" ? "neutral" : "info"}`;
    tag.textContent = words(one);
    return tag;
  }));
}

/** Tells the others that I read this ticket, that I write, that I look elsewhere, that I left. */
export function sayWhatIDo(ticket: string): void {
  const page = crypto.randomUUID?.() ?? String(Math.random()).slice(2);
  let told = "", wrote = 0;
  const doing = () => {
    if (document.hidden) return "away";
    if (Date.now() - wrote > WRITING) return "viewing";
    return document.querySelector<HTMLInputElement>("#composer input[name=kind]:checked")?.value ?? "viewing";
  };
  const say = (what: string) => {
    told = what;
    const body = new URLSearchParams({ page, ticket, doing: what });
    if (what === "gone") navigator.sendBeacon("/live/look", body);
    else void fetch("/live/look", { method: "POST", body, keepalive: true }).catch(() => undefined);
  };
  const perhaps = () => { const now = doing(); if (now !== told) say(now); };
  document.addEventListener("input", (event) => {
    if ((event.target as Element).id !== "composer-text") return;
    wrote = Date.now();
    perhaps();
    setTimeout(perhaps, WRITING + 100);
  });
  document.addEventListener("visibilitychange", perhaps);
  addEventListener("pagehide", () => say("gone"));
  addEventListener("pageshow", (event) => { if (event.persisted) say(doing()); });
  setInterval(() => say(doing()), AGAIN);
  say(doing());
}

// Sending a form: once, however often one presses; not at all while nobody would hear it; and what was being sent when the
// session turned out to be over waits in this tab until its form is there again.

import { isAway, tell } from "./live/state";

const PLACE = "sending";
/** So long a form that leads nowhere stays sent; then one may press again. */
const PRESSED = 8_000;
const ANSWER_WITHIN = 4_000;
const PRESSED_AT = "sending-pressed";
/** The second press of a double click may meet the page that answered the first. */
const DOUBLE_CLICK = 500;
/** What the browser itself calls the second of two may come late, where the page was slow. */
const SLOW_DOUBLE_CLICK = 3_000;
const SAME_PLACE = 6;

/** What was typed into a form on its way. */
interface Kept { action: string; who: string; fields: [string, string][]; stopped: boolean }

interface Press { at: number; x: number; y: number }
let last: Press | null = null;
const sent = new WeakMap<HTMLFormElement, number>();
const heard = new WeakSet<HTMLFormElement>();

/** Begins to watch over every form that is sent: before any other script that listens to sending. */
export function guardSending(): void {
  document.addEventListener("submit", (event) => guard(event, event.target as HTMLFormElement));
  swallowSecondPress();
  keepOnTheWayToSignIn();
  addEventListener("pageshow", (event) => { if (event.persisted) for (const form of document.forms) sent.delete(form); });
}

/** Whoever signs in again from the bar at the foot finds what they were typing. */
function keepOnTheWayToSignIn(): void {
  let typing: HTMLFormElement | null = null;
  document.addEventListener("input", (event) => { typing = (event.target as HTMLElement).closest("form"); });
  document.addEventListener("click", (event) => {
    const link = (event.target as HTMLElement).closest("[data-line-state] a");
    if (link && typing?.method === "post") keep(typing, null);
  });
}

/** A press in the same place, right after the one that sent a form, belongs to that one. */
function swallowSecondPress(): void {
  const before = JSON.parse(sessionStorage.getItem(PRESSED_AT) ?? "null") as Press | null;
  sessionStorage.removeItem(PRESSED_AT);
  document.addEventListener("click", (event) => {
    // Keys press where nobody points.
    if (event.detail === 0) return;
    last = { at: Date.now(), x: event.clientX, y: event.clientY };
    if (!before || last.at - before.at > (event.detail > 1 ? SLOW_DOUBLE_CLICK : DOUBLE_CLICK)) return;
    if (Math.hypot(last.x - before.x, last.y - before.y) > SAME_PLACE) return;
    event.preventDefault();
    event.stopPropagation();
  }, true);
}

function guard(event: SubmitEvent, form: HTMLFormElement): void {
  // What another script sends by itself it looks after by itself.
  if (event.defaultPrevented || form.method !== "post") return;
  const answered = heard.delete(form);
  if (Date.now() - (sent.get(form) ?? 0) < PRESSED) {
    event.preventDefault();
  } else if (isAway() && !answered) {
    event.preventDefault();
    void whenHeard(form, event.submitter);
  } else {
    sent.set(form, Date.now());
    if (last) sessionStorage.setItem(PRESSED_AT, JSON.stringify(last));
    keep(form, event.submitter);
  }
}

/** Sends the form if the server answers after all; else says that it was not sent. */
async function whenHeard(form: HTMLFormElement, submitter: HTMLElement | null): Promise<void> {
  if (!(await answers())) return tell("unsent");
  tell("");
  heard.add(form);
  form.requestSubmit(submitter);
}

async function answers(): Promise<boolean> {
  try {
    const answer = await fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(ANSWER_WITHIN) });
    return answer.status < 500;
  } catch {
    return false;
  }
}

/** Forms with a draft on the server keep themselves; secrets are kept nowhere. */
function keep(form: HTMLFormElement, submitter: HTMLElement | null): void {
  if (form.dataset.drafts !== undefined || form.querySelector("[type=password], [autocomplete=one-time-code]")) return;
  const fields = typed(form).map((field): [string, string] => [field.name, isTicked(field) ? String(field.checked) : field.value]);
  if (fields.length === 0) return;
  const kept: Kept = { action: address(form, submitter), who: who(), fields, stopped: false };
  try {
    sessionStorage.setItem(PLACE, JSON.stringify(kept));
  } catch {
    // A full tab: the form goes its way all the same.
  }
}

/** Words whose sending was stopped are where they were; any others have arrived, or the page brings them back itself. */
export function giveBackWords(): void {
  const text = sessionStorage.getItem(PLACE);
  if (!text) return;
  const kept = JSON.parse(text) as Kept;
  const signingIn = document.querySelector('form[action^="/sign-in"]') !== null;
  if (signingIn || !(kept.stopped || arrived(kept))) {
    kept.stopped = true;
    sessionStorage.setItem(PLACE, JSON.stringify(kept));
  }
  if (signingIn) return;
  const mine = kept.stopped && kept.who === who();
  const form = mine ? [...document.forms].find((one) => addresses(one).includes(kept.action)) : undefined;
  // Whoever looks elsewhere first finds them later; somebody else's words are not shown.
  if (mine && !form) return;
  if (form) fill(form, kept.fields);
  sessionStorage.removeItem(PLACE);
}

/** True where this page is the answer to what was sent; the way back, or past a page that told of no network, is none. Whoever
 * signed in before this script was there to see it comes from that page, not from the form. */
function arrived(kept: Kept): boolean {
  const [way] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  const signedIn = document.referrer !== "" && new URL(document.referrer).pathname.startsWith("/sign-in");
  return way?.type === "navigate" && !signedIn && (way.redirectCount > 0 || location.pathname === kept.action);
}

function fill(form: HTMLFormElement, fields: [string, string][]): void {
  const left = [...fields];
  for (const field of typed(form)) {
    const place = left.findIndex(([name]) => name === field.name);
    if (place < 0) continue;
    const [[, value]] = left.splice(place, 1);
    if (isTicked(field)) field.checked = value === "true";
    else field.value = value;
    field.closest("details")?.setAttribute("open", "");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  const said = document.createElement("p");
  said.className = "kept-words";
  said.setAttribute("role", "status");
  said.textContent = document.getElementById("notices")?.dataset.kept ?? "";
  form.prepend(said);
}

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

function typed(form: HTMLFormElement): Field[] {
  const fields = [...form.elements].filter((one): one is Field => one.matches("input, textarea, select"));
  return fields.filter((field) => field.name !== "" && !["hidden", "file", "submit", "password"].includes(field.type));
}

function isTicked(field: Field): field is HTMLInputElement {
  return field instanceof HTMLInputElement && ["radio", "checkbox"].includes(field.type);
}

/** Where a form is sent, by this button. */
function address(form: HTMLFormElement, submitter: HTMLElement | null): string {
  const named = submitter?.getAttribute("formaction") ?? form.getAttribute("action") ?? "";
  return new URL(named, location.href).pathname;
}

function addresses(form: HTMLFormElement): string[] {
  return [form, ...form.querySelectorAll("[formaction]")].map((one) => address(form, one === form ? null : one as HTMLElement));
}

function who(): string {
  return document.querySelector(".account-name")?.textContent ?? "";
}

// The parts of a page that ask the server by themselves: only their own answer takes their place.

import { tell } from "./state";

type Answered = CustomEvent<{ ctx: { response: { raw: Response } } }>;

/** A page for signing in, or one that tells of a failure, is not put into a part of another page. */
export function refuseStrangeParts(): void {
  document.addEventListener("htmx:before:response", (event) => {
    const answer = (event as Answered).detail.ctx.response.raw;
    const isOver = answer.redirected && new URL(answer.url).pathname === "/sign-in";
    if (isOver) tell("over");
    if (isOver || !answer.ok) event.preventDefault();
  });
}

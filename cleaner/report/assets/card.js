// The card that tells about a mark in a text while somebody points at it or has it in focus.

import { element, fill } from "./dom.js";

const GAP = 8;
let shownFor = null;
let waiting = 0;

function place(card, mark) {
  const box = [...mark.getClientRects()].find((one) => one.width > 0) || mark.getBoundingClientRect();
  const width = card.offsetWidth;
  const height = card.offsetHeight;
  const left = Math.max(GAP, Math.min(box.left, innerWidth - width - GAP));
  const below = mark.getBoundingClientRect().bottom + GAP;
  const above = box.top - height - GAP;
  card.style.left = `${left}px`;
  card.style.top = `${below + height < innerHeight || above < 0 ? Math.min(below, innerHeight - height - GAP) : above}px`;
}

function show(mark, describe) {
  clearTimeout(waiting);
  const card = document.getElementById("card");
  if (shownFor !== mark) {
    hide();
    shownFor = mark;
    fill(card, describe(mark));
    card.hidden = false;
    mark.setAttribute("aria-describedby", "card");
  }
  place(card, mark);
}

/** Hide the card at once. */
export function hide() {
  clearTimeout(waiting);
  if (shownFor) shownFor.removeAttribute("aria-describedby");
  shownFor = null;
  document.getElementById("card").hidden = true;
}

function hideSoon() {
  clearTimeout(waiting);
  waiting = setTimeout(hide, 200);
}

/** Show cards for the marks inside an element; "describe" gives the nodes of the card for a mark. Where something else
 * tells about the mark in focus, a card would only cover the text. */
export function withCards(root, describe, onFocus = true) {
  const markOf = (event) => event.target.closest?.("[data-mark]");
  root.addEventListener("pointerover", (event) => markOf(event) && show(markOf(event), describe));
  root.addEventListener("pointerout", (event) => markOf(event) && hideSoon());
  if (!onFocus) return;
  root.addEventListener("focusin", (event) => markOf(event) && show(markOf(event), describe));
  root.addEventListener("focusout", hideSoon);
}

/** What holds for the card wherever it is shown: it stays while one points at it, and Escape hides it. */
export function startCards() {
  const card = document.getElementById("card");
  card.addEventListener("pointerenter", () => clearTimeout(waiting));
  card.addEventListener("pointerleave", hideSoon);
  addEventListener("keydown", (event) => event.key === "Escape" && hide());
  addEventListener("scroll", () => shownFor && place(card, shownFor), { capture: true, passive: true });
}

/** A line of a card: a name and a value. */
export function cardLine(name, value) {
  return element("p", { class: "card-line" }, element("span", { class: "card-name" }, name), " ", value);
}

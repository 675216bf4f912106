// The list of documents. Only the rows that can be seen are elements, so ten thousand are as fluent as ten.

import { counted, element, percent } from "./dom.js";

const ROW = 76; // pixels, as in style.css
const BEYOND = 8; // rows above and below those that are seen

/** A list of documents; "open" is called with the entry that somebody chose. */
export class DocumentList {
  constructor(store, open) {
    this.store = store;
    this.open = open;
    this.entries = [];
    this.active = -1;
    this.space = element("div", { role: "presentation", class: "list-space" });
    this.box = element("div", { class: "list", role: "listbox", tabindex: "0", "aria-label": "Documents" }, this.space);
    this.empty = element("p", { class: "note list-empty", hidden: true }, "No document fits. Take a filter away.");
    this.node = element("div", { class: "list-holder" }, this.box, this.empty);
    this.box.addEventListener("scroll", () => this.drawSoon(), { passive: true });
    this.box.addEventListener("keydown", (event) => this.onKey(event));
    new ResizeObserver(() => this.drawSoon()).observe(this.box);
  }

  /** List other documents. */
  show(entries, openNumber = -1) {
    this.entries = entries;
    this.active = entries.findIndex((entry) => entry.number === openNumber);
    this.space.style.height = `${entries.length * ROW}px`;
    this.box.hidden = !entries.length;
    this.empty.hidden = entries.length > 0;
    if (this.active >= 0) this.reveal();
    else this.box.scrollTop = 0;
    this.draw();
  }

  /** Mark the document that is open. */
  select(number) {
    const place = this.entries.findIndex((entry) => entry.number === number);
    if (place === this.active) return;
    this.active = place;
    if (place >= 0) this.reveal();
    this.draw();
  }

  /** The entry that stands a number of places away from the active one, or nothing. */
  neighbour(step) {
    return this.entries[this.active + step];
  }

  drawSoon() {
    this.waiting ??= requestAnimationFrame(() => {
      this.waiting = undefined;
      this.draw();
    });
  }

  draw() {
    const first = Math.max(0, Math.floor(this.box.scrollTop / ROW) - BEYOND);
    const last = Math.min(this.entries.length, Math.ceil((this.box.scrollTop + this.box.clientHeight) / ROW) + BEYOND);
    const rows = [];
    for (let place = first; place < last; place++) rows.push(this.row(place));
    this.space.replaceChildren(...rows);
    if (this.active >= first && this.active < last) this.box.setAttribute("aria-activedescendant", `row-${this.active}`);
    else this.box.removeAttribute("aria-activedescendant");
  }

  row(place) {
    const entry = this.entries[place];
    const hues = new Set(entry.rules.map((rule) => this.store.hues.get(this.store.rules[rule].class)));
    const row = element(
      "div",
      {
        class: "row",
        role: "option",
        id: `row-${place}`,
        "aria-selected": place === this.active ? "true" : "false",
        "aria-setsize": this.entries.length,
        "aria-posinset": place + 1,
        onclick: () => this.choose(place),
      },
      element("span", { class: "row-title", dir: "auto" }, entry.title),
      element("span", { class: "row-share" }, entry.edits ? (entry.share ? percent(entry.share) : counted(entry.edits, "cut")) : ""),
      element(
        "span",
        { class: "row-about" },
        entry.flags.map((flag) => element("span", { class: "flag" }, flag)),
        element("span", { class: "row-name" }, entry.site && entry.site !== entry.name ? `${entry.site} · ${entry.name}` : entry.name),
      ),
      element("span", { class: "row-dots", "aria-hidden": "true" }, [...hues].sort().slice(0, 6).map((hue) => element("i", { "data-hue": hue }))),
    );
    row.style.transform = `translateY(${place * ROW}px)`;
    return row;
  }

  choose(place) {
    if (place < 0 || place >= this.entries.length) return;
    this.active = place;
    this.reveal();
    this.draw();
    this.open(this.entries[place]);
  }

  reveal() {
    const top = this.active * ROW;
    if (top < this.box.scrollTop) this.box.scrollTop = top;
    const bottom = top + ROW - this.box.clientHeight;
    if (bottom > this.box.scrollTop) this.box.scrollTop = bottom;
  }

  onKey(event) {
    const page = Math.max(1, Math.floor(this.box.clientHeight / ROW) - 1);
    const last = this.entries.length - 1;
    const targets = {
      ArrowDown: Math.min(last, this.active + 1),
      ArrowUp: Math.max(0, this.active - 1),
      PageDown: Math.min(last, this.active + page),
      PageUp: Math.max(0, this.active - page),
      Home: 0,
      End: last,
    };
    if (event.key in targets) {
      event.preventDefault();
      this.choose(targets[event.key]);
    } else if (event.key === "Enter" && this.active >= 0) {
      event.preventDefault();
      document.getElementById("reader").focus();
    }
  }
}

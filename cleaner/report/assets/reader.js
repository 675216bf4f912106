// One document: what stayed, what went, what was repaired, what was harvested.

import { cardLine, hide, withCards } from "./card.js";
import { count, counted, element, fill, percent } from "./dom.js";
import { classChip } from "./rules.js";
import { documentContent } from "./store.js";

const MODES = { marked: "Marked", before: "Before", after: "After" };

/** Only addresses of the web become links; a document may claim any address. */
function addressNode(url) {
  if (!url) return null;
  const isWeb = /^https?:\/\/[^\s]+$/i.test(url);
  return isWeb ? element("a", { href: url, rel: "noreferrer noopener", target: "_blank" }, url) : element("span", {}, url);
}

/** The blanks around a text, apart from it: they are not marked, or a page would show marks without words. */
function apart(text) {
  const [, before, middle, after] = /^(\s*)([^]*?)(\s*)$/.exec(text);
  return { before, middle, after };
}

export class Reader {
  constructor(store, moves, review = null) {
    this.store = store;
    this.moves = moves;
    this.review = review;
    this.mode = "marked";
    this.node = element("article", { class: "reader", id: "reader", tabindex: "-1", "aria-label": "Document" });
    withCards(this.node, (mark) => this.describe(mark), review === null);
    this.node.addEventListener("click", (event) => this.onClick(event));
    this.clear();
  }

  clear() {
    this.entry = null;
    fill(this.node, element("p", { class: "note reader-empty" }, "Choose a document. The arrow keys go through the list."));
  }

  /** Show a document, and bring one of its edits into view. */
  async show(entry, edit = -1) {
    hide();
    const isNew = this.entry !== entry;
    this.entry = entry;
    const content = await documentContent(this.store, entry.number);
    if (this.entry !== entry) return; // another one was chosen meanwhile
    this.content = content;
    if (isNew) this.draw();
    if (edit >= 0) this.current(edit);
    else if (isNew) this.node.scrollTop = 0;
  }

  draw() {
    const { entry, content } = this;
    this.text = element("div", { class: `text mode-${this.mode}`, dir: "auto" }, this.pieces());
    fill(
      this.node,
      element("p", { class: "back" }, element("a", { href: "#", onclick: (event) => this.moves.back(event) }, "← All documents")),
      element(
        "header",
        { class: "reader-head" },
        element("p", { class: "over" }, [entry.site, entry.lang].filter(Boolean).join(" · "), entry.flags.map((flag) => element("span", { class: "flag" }, flag))),
        element("h2", { dir: "auto" }, entry.title),
        element("p", { class: "where" }, entry.name, entry.url && [" · ", addressNode(entry.url)]),
        this.summary(),
        this.harvest(content.metadata),
        this.modeSwitch(),
      ),
      content.whole ? null : element("p", { class: "note" }, "Only what was removed is known of this text. The other lines stand in the results of the run."),
      this.text,
      element(
        "nav",
        { class: "reader-foot", "aria-label": "Other documents" },
        element("button", { type: "button", class: "quiet", onclick: () => this.moves.step(-1) }, "← Previous"),
        element("button", { type: "button", class: "quiet", onclick: () => this.moves.step(1) }, "Next →"),
      ),
    );
    this.review?.decorate(this);
  }

  summary() {
    const { entry, content } = this;
    const classes = [...new Set(entry.rules.map((rule) => this.store.rules[rule].class))];
    const parts = [];
    if (entry.edits) parts.push(`${counted(entry.edits, "removal")}${entry.share ? `, ${percent(entry.share)} of the text` : ""}`);
    else parts.push("nothing removed");
    const repaired = Object.entries(content.repaired).map(([name, value]) => `${name} ${count(value)}`);
    if (repaired.length) parts.push(`repaired: ${repaired.join(", ")}`);
    return element("p", { class: "summary" }, `${parts.join(" · ")} `, classes.map((name) => classChip(this.store, name)));
  }

  harvest(metadata) {
    const pairs = Object.entries(metadata);
    if (!pairs.length) return null;
    return element(
      "dl",
      { class: "facts", "aria-label": "Harvested" },
      pairs.map(([name, value]) => element("div", {}, element("dt", {}, name.replace("_", " ")), element("dd", { dir: "auto" }, value))),
    );
  }

  modeSwitch() {
    const buttons = Object.entries(MODES).map(([mode, name]) =>
      element("button", { type: "button", "aria-pressed": String(mode === this.mode), onclick: () => this.setMode(mode) }, name),
    );
    return element("div", { class: "switch", role: "group", "aria-label": "How the text is shown" }, buttons);
  }

  setMode(mode) {
    this.mode = mode;
    this.text.className = `text mode-${mode}`;
    const names = Object.keys(MODES);
    this.node.querySelectorAll(".switch button").forEach((button, i) => button.setAttribute("aria-pressed", String(names[i] === mode)));
  }

  pieces() {
    let at = 0; // in code points, as edits count
    const nodes = [];
    for (const segment of this.content.segments) {
      if (typeof segment === "string") nodes.push(this.kept(segment, at));
      else if (segment.gap) nodes.push(element("p", { class: "gap" }, `${counted(segment.gap, "character")} stay here`));
      else nodes.push(this.marked(segment));
      at += segment.gap || [...(segment.text ?? segment)].length;
    }
    return nodes;
  }

  kept(text, at) {
    return this.review ? this.review.lines(text, at, this.entry) : text;
  }

  marked(segment) {
    const isTaken = segment.rule !== undefined;
    const was = segment.before;
    let inner = segment.text;
    if (segment.was !== undefined) inner = this.mended(segment);
    if (!isTaken && was === undefined) return inner;
    const { before, middle, after } = typeof inner === "string" ? apart(inner) : { before: "", middle: inner, after: "" };
    // A sign stands for blanks that went; it stands at the end of its line.
    const sign = before.includes("\n") ? "↵" : "␣";
    const parts = middle === "" ? [this.mark(segment, sign, " blank"), before] : [before, this.mark(segment, middle), after];
    const put = segment.put ? element("ins", { class: "put" }, segment.put) : null;
    return element("span", { class: isTaken ? "gone" : "back-again" }, parts, put);
  }

  mark(segment, inner, name = "") {
    const number = segment.rule ?? segment.before;
    const rule = this.store.rules[number];
    const isDiff = this.store.kind === "diff";
    const fate = !isDiff ? "goes" : segment.rule === undefined ? "stays-now" : segment.before === undefined ? "goes-now" : "same";
    return element(
      fate === "stays-now" ? "mark" : "del",
      {},
      element(
        "a",
        {
          class: `mark ${fate}${name}`,
          href: `#/rule/${encodeURIComponent(rule.id)}`,
          "data-mark": "rule",
          "data-rule": number,
          "data-before": segment.before ?? null,
          "data-edit": segment.edit ?? -1,
          "data-hue": this.store.hues.get(rule.class),
          "data-put": segment.put ?? null,
        },
        inner,
      ),
    );
  }

  mended(segment) {
    const isGone = segment.text === "";
    const attributes = { class: isGone ? "mended empty" : "mended", tabindex: "0", "data-mark": "mended", "data-was": segment.was };
    return element("u", attributes, isGone ? "·" : segment.text);
  }

  describe(mark) {
    if (mark.dataset.mark === "mended") {
      const was = mark.dataset.was;
      return [element("p", { class: "card-title" }, "Repaired"), cardLine("was", was === "" ? "nothing" : `“${was}”`)];
    }
    const rule = this.store.rules[mark.dataset.rule];
    const before = mark.dataset.before === undefined ? null : this.store.rules[mark.dataset.before];
    return [
      element("p", { class: "card-title" }, classChip(this.store, rule.class), " ", element("a", { href: mark.getAttribute("href"), tabindex: "-1" }, rule.id)),
      rule.description && element("p", {}, rule.description),
      rule.confidence && cardLine("confidence", rule.confidence),
      mark.dataset.put && cardLine("replaced by", `“${mark.dataset.put}”`),
      this.store.kind === "diff" && cardLine("change", changeText(mark, before)),
      this.review && cardLine("verdict", this.review.verdictText(this.entry, this.content, Number(mark.dataset.edit))),
      element("p", { class: "card-hint" }, this.review ? "R right · W wrong · Enter selects" : "Enter shows the rule"),
    ];
  }

  onClick(event) {
    const mark = event.target.closest("a.mark");
    if (mark && this.review) {
      event.preventDefault();
      this.current(Number(mark.dataset.edit));
    }
  }

  /** Make an edit the current one. */
  current(edit) {
    const marks = [...this.node.querySelectorAll("a.mark")];
    marks.forEach((mark) => mark.classList.toggle("current", Number(mark.dataset.edit) === edit));
    const first = marks.find((mark) => Number(mark.dataset.edit) === edit);
    if (!first) return;
    first.scrollIntoView({ block: "center" });
    first.focus({ preventScroll: true });
    this.review?.select(edit);
  }
}

function changeText(mark, before) {
  if (mark.classList.contains("goes-now")) return "stayed before, goes now";
  if (mark.classList.contains("stays-now")) return "went before, stays now";
  return before && before.id !== mark.textContent ? `went before by ${before.id}` : "as before";
}

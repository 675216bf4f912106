// Reviewing: verdicts on the removals of the open document, and the way to the next one that is worth a look.

import { announce, count, counted, element, fill, percent } from "./dom.js";
import { classChip, ruleLink, table } from "./rules.js";
import { documentContent } from "./store.js";
import { byWorth, Verdicts } from "./verdicts.js";

const NAMES = { right: "right", wrong: "wrong", scrap: "scrap" };

/** A share with its interval, as a bar and in words. */
function precisionNode({ right, count: seen, low, high }) {
  const words = seen ? `${count(right)} of ${count(seen)} right, ${percent(low)} to ${percent(high)}` : "no verdicts yet";
  const span = element("span", { class: "interval-span" });
  span.style.left = `${low * 100}%`;
  span.style.width = `${(high - low) * 100}%`;
  const dot = seen ? element("span", { class: "interval-dot" }) : null;
  if (dot) dot.style.left = `${(right / seen) * 100}%`;
  return element("span", { class: "precision" }, element("span", { class: "interval", "aria-hidden": "true" }, seen ? span : null, dot), element("span", { class: "precision-words" }, words));
}

export class Review {
  constructor(store, go) {
    this.store = store;
    this.go = go;
    this.verdicts = new Verdicts(store.review.verdicts);
    this.skipped = new Set();
    this.bar = element("div", { class: "review-bar", role: "region", "aria-label": "Review" });
    this.error = element("p", { class: "review-error", role: "alert" });
    this.verdicts.listeners.push(() => this.refresh());
    addEventListener("keydown", (event) => this.onKey(event));
  }

  /** What a verdict is about: an edit of a document. */
  subject(entry, content, edit) {
    const [start, end] = content.starts[edit];
    const pieces = content.segments.filter((one) => one.edit === edit);
    return {
      document: entry.name,
      kind: "removal",
      rule: this.store.rules[pieces[0].rule].id,
      start,
      end,
      text: pieces.map((one) => one.text).join(""),
    };
  }

  verdictText(entry, content, edit) {
    return edit < 0 ? "" : NAMES[this.verdicts.of(this.subject(entry, content, edit))] || "none yet";
  }

  /** Kept text, with its lines as something that can be marked. */
  lines(text, at, entry) {
    const nodes = [];
    let start = at;
    for (const part of text.split(/(\n)/)) {
      const length = [...part].length;
      nodes.push(part.trim() ? this.line(part, start, start + length, entry) : part);
      start += length;
    }
    return element("span", {}, nodes);
  }

  line(text, start, end, entry) {
    const subject = { document: entry.name, kind: "line", rule: "", start, end, text };
    const isScrap = () => String(this.verdicts.of(subject) === "scrap");
    const node = element("span", { class: "line", role: "checkbox", tabindex: "0", "aria-checked": isScrap(), title: "A scrap that was left? Click, or press S." }, text);
    const toggle = async () => {
      await this.save(subject, this.verdicts.of(subject) === "scrap" ? "" : "scrap");
      node.setAttribute("aria-checked", isScrap());
    };
    node.addEventListener("click", () => getSelection().isCollapsed && toggle());
    node.addEventListener("keydown", (event) => {
      if ([" ", "Enter", "s", "S"].includes(event.key) && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        event.stopPropagation();
        toggle();
      }
    });
    return node;
  }

  /** Called when a document was drawn. */
  decorate(reader) {
    this.reader = reader;
    this.edit = -1;
    this.paint();
    this.refresh();
  }

  /** The removal that verdicts are about now. */
  select(edit) {
    this.edit = edit;
    this.refresh();
  }

  async save(subject, verdict) {
    try {
      await this.verdicts.give(subject, verdict);
      this.error.textContent = "";
      announce(verdict ? `saved: ${NAMES[verdict]}` : "taken back");
      return true;
    } catch (error) {
      this.error.textContent = `Not saved: ${error.message}. Is the command still running?`;
      return false;
    }
  }

  async judge(verdict) {
    if (!this.reader?.entry || this.edit < 0) return;
    const { entry, content } = this.reader;
    const subject = this.subject(entry, content, this.edit);
    const same = this.verdicts.of(subject) === verdict;
    if ((await this.save(subject, same ? "" : verdict)) && !same) await this.next();
  }

  /** Go to the removal that a verdict is worth most on. */
  async next() {
    if (this.reader?.entry && this.edit >= 0) this.skipped.add(`${this.reader.entry.number}:${this.edit}`);
    for (const rule of byWorth(this.store.rules, this.verdicts)) {
      const found = await this.unjudged(rule);
      if (found) {
        this.go(found.entry, found.edit);
        return;
      }
    }
    announce("Every removal on this page has a verdict.");
    this.error.textContent = "Every removal on this page has a verdict, or was passed over.";
  }

  async unjudged(rule) {
    const number = this.store.rules.indexOf(rule);
    const order = (entry) => Math.imul(entry.number + 1, 2654435761) >>> 0; // as good as by chance, and always the same
    const entries = this.store.index.filter((entry) => entry.rules.includes(number)).sort((a, b) => order(a) - order(b));
    for (const entry of entries) {
      const content = await documentContent(this.store, entry.number);
      for (const segment of content.segments) {
        if (segment.rule !== number || this.skipped.has(`${entry.number}:${segment.edit}`)) continue;
        if (!this.verdicts.of(this.subject(entry, content, segment.edit))) return { entry, edit: segment.edit };
      }
    }
    return null;
  }

  onKey(event) {
    const isTyping = event.target.closest?.("input, select, textarea");
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    const actions = { r: () => this.judge("right"), w: () => this.judge("wrong"), n: () => this.next() };
    const action = actions[event.key.toLowerCase()];
    const mark = event.target.closest?.("a.mark");
    if (mark) this.edit = Number(mark.dataset.edit);
    if (action) {
      event.preventDefault();
      action();
    }
  }

  /** Show on each mark what was said about it. */
  paint() {
    if (!this.reader?.entry) return;
    const { entry, content, node } = this.reader;
    for (const mark of node.querySelectorAll("a.mark")) {
      const verdict = this.verdicts.of(this.subject(entry, content, Number(mark.dataset.edit)));
      mark.dataset.verdict = verdict;
    }
  }

  refresh() {
    this.paint();
    const subject = this.reader?.entry && this.edit >= 0 ? this.subject(this.reader.entry, this.reader.content, this.edit) : null;
    const given = subject ? this.verdicts.of(subject) : "";
    const button = (verdict, name, key) =>
      element("button", { type: "button", class: `verdict ${verdict}`, disabled: !subject, "aria-pressed": String(given === verdict), onclick: () => this.judge(verdict) }, name, element("kbd", {}, key));
    fill(
      this.bar,
      element("div", { class: "review-about" }, subject ? this.about(subject.rule) : element("span", { class: "note" }, "Choose a removal, or go to the next.")),
      element("div", { class: "review-buttons" }, button("right", "Right", "R"), button("wrong", "Wrong", "W"), element("button", { type: "button", class: "next", onclick: () => this.next() }, "Next", element("kbd", {}, "N"))),
      this.error,
    );
    if (this.table?.isConnected) this.table.replaceWith((this.table = this.priorities()));
  }

  about(id) {
    const rule = this.store.ruleByName.get(id);
    return [
      element("p", {}, ruleLink(id), rule.confidence && element("span", { class: "note" }, ` ${rule.confidence} confidence`)),
      rule.description && element("p", { class: "note review-what" }, rule.description),
      precisionNode(this.verdicts.precision(id)),
    ];
  }

  priorities() {
    const rules = byWorth(this.store.rules, this.verdicts);
    const rows = rules.map((rule) => [ruleLink(rule.id), classChip(this.store, rule.class), count(rule.edits), precisionNode(this.verdicts.precision(rule.id))]);
    return element("div", {}, table("Rules by what a verdict on them is worth", ["rule", "class", "removals", "precision, 95 % interval"], rows));
  }

  /** The nodes of the view that says where a person's minutes count most. */
  view() {
    this.table = this.priorities();
    return [
      element("h1", {}, "Review"),
      element("p", { class: "lead" }, `${counted(this.verdicts.size, "verdict")} so far. Rules with few verdicts or little agreement come first.`),
      element("p", {}, element("button", { type: "button", class: "next", onclick: () => this.next() }, "Next removal", element("kbd", {}, "N"))),
      this.table,
    ];
  }
}

/** The precision of a rule, for its page. */
export function rulePrecision(review, id) {
  return element("p", {}, precisionNode(review.verdicts.precision(id)));
}

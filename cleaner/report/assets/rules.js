// The table of rules, and the page of one rule.

import { documentsAt } from "./bars.js";
import { count, counted, element, percent } from "./dom.js";

function isNumber(cell) {
  return typeof cell === "string" && /^[\d,]+$/.test(cell);
}

/** A table with a heading for each column; cells are nodes or strings. */
export function table(caption, headings, rows) {
  return element(
    "div",
    { class: "table-holder", role: "region", "aria-label": caption, tabindex: "0" },
    element(
      "table",
      {},
      element("caption", { class: "unseen" }, caption),
      element("thead", {}, element("tr", {}, headings.map((name, i) => element("th", { scope: "col", class: isNumber(rows[0]?.[i]) ? "number" : null }, name)))),
      element("tbody", {}, rows.map((cells) => element("tr", {}, cells.map((cell) => element("td", { class: isNumber(cell) ? "number" : null }, cell))))),
    ),
  );
}

/** A class with its colour. */
export function classChip(store, name) {
  return element("span", { class: "chip", "data-hue": store.hues.get(name) }, name);
}

export function ruleLink(id) {
  return element("a", { href: `#/rule/${encodeURIComponent(id)}`, class: "rule-name" }, id);
}

/** Lines by rule that a comparison found. */
export function changesTable(store) {
  if (!store.changes) return null;
  const rows = store.changes.map((one) => [ruleLink(one.rule), count(one.lost), count(one.words), count(one.back), count(one.renamed)]);
  if (!rows.length) return element("p", { class: "lead" }, "The two rule sets do the same to every line.");
  return table("What changes, by rule", ["rule", "lines newly removed", "their words", "lines that stay now", "by another rule"], rows);
}

/** All rules that acted, those that removed most first. */
export function rulesView(store) {
  const rules = [...store.rules].sort((a, b) => b.edits - a.edits || (a.id < b.id ? -1 : 1));
  return [
    element("h1", {}, "Rules"),
    element("p", { class: "lead" }, `${counted(rules.length, "rule")} acted on these documents.`),
    table(
      "Rules that acted",
      ["rule", "class", "confidence", "removals", "documents", "words"],
      rules.map((rule) => [
        ruleLink(rule.id),
        classChip(store, rule.class),
        rule.confidence || "–",
        count(rule.edits),
        count(rule.documents),
        count(rule.words),
      ]),
    ),
  ];
}

function facts(rule) {
  const pairs = [
    ["confidence", rule.confidence],
    ["acts on", rule.unit && `${rule.unit}, ${rule.zones.includes("any") ? "anywhere" : rule.zones.join(" or ")}`],
    ["languages", rule.languages?.length ? rule.languages.join(" ") : "any"],
    ["profiles", rule.profiles?.join(", ")],
  ];
  return element("dl", { class: "facts" }, pairs.filter(([, value]) => value).map(([name, value]) => element("div", {}, element("dt", {}, name), element("dd", {}, value))));
}

function quoted(title, texts) {
  if (!texts?.length) return null;
  return element("section", {}, element("h2", {}, title), element("ul", { class: "quotes" }, texts.map((text) => element("li", { dir: "auto" }, text))));
}

function takenTexts(rule) {
  if (!rule.texts.length) return null;
  const rows = rule.texts.map(([text, value]) =>
    element("li", {}, element("span", { class: "taken-count" }, count(value)), element("span", { class: "taken-text", dir: "auto" }, text)),
  );
  return element("section", {}, element("h2", {}, "What it took"), element("ol", { class: "taken" }, rows));
}

/** The page of a rule. "extra" is what a review adds. */
export function ruleView(store, id, extra = null) {
  const rule = store.ruleByName.get(id);
  if (!rule) return [element("h1", {}, id), element("p", { class: "lead" }, "No rule of this name acted here.")];
  const share = store.totals.edits ? ` – ${percent(rule.edits / store.totals.edits)} of all` : "";
  return [
    element("p", { class: "over" }, classChip(store, rule.class)),
    element("h1", { class: "rule-title" }, rule.id),
    element("p", { class: "lead" }, rule.description || "This rule is not among those at hand; name its file with --rules."),
    facts(rule),
    element(
      "p",
      {},
      `${counted(rule.edits, "removal")} in ${counted(rule.documents, "document")}${share}. `,
      element("a", { href: documentsAt({ rule: rule.id }) }, "Show the documents"),
    ),
    extra,
    takenTexts(rule),
    quoted("What it must keep", rule.keeps),
    quoted("Known risks", rule.risks),
  ];
}

// The overview: sums, and bars that lead to the documents behind them.

import { count, counted, element, percent } from "./dom.js";

const FEW = 12;

/** The address of the documents that a choice lets through. */
export function documentsAt(choice) {
  return `#/documents?${new URLSearchParams(choice)}`;
}

function tile(value, label, detail) {
  return element(
    "div",
    { class: "tile" },
    element("dt", {}, label),
    element("dd", {}, element("span", { class: "figure" }, value), detail && element("span", { class: "detail" }, detail)),
  );
}

/** Bars, longest first. A row is { name, value, hue, href, detail }. */
export function bars(rows, unit) {
  const most = Math.max(1, ...rows.map((row) => row.value));
  return element(
    "ul",
    { class: "bars" },
    rows.map((row) => {
      const fillElement = element("span", { class: "bar-fill" });
      fillElement.style.width = `${Math.max(0.5, (row.value / most) * 100)}%`;
      return element(
        "li",
        {},
        element(
          "a",
          { class: "bar", href: row.href, "data-hue": row.hue ?? null, title: row.detail || null },
          element("span", { class: "bar-name" }, row.name),
          element("span", { class: "bar-track", "aria-hidden": "true" }, fillElement),
          element("span", { class: "bar-value" }, count(row.value), element("span", { class: "unseen" }, ` ${unit}`)),
        ),
      );
    }),
  );
}

function panel(title, note, body, name = "") {
  return element(
    "section",
    { class: `panel ${name}` },
    element("h2", {}, title),
    note && element("p", { class: "note" }, note),
    body,
  );
}

/** Bars of which at first only the longest are shown. */
function barPanel(title, note, rows, unit, name = "") {
  if (!rows.length) return null;
  const holder = element("div", {}, bars(rows.slice(0, FEW), unit));
  if (rows.length > FEW) {
    const more = element("button", { type: "button", class: "quiet more" }, `Show all ${count(rows.length)}`);
    more.addEventListener("click", () => holder.replaceChildren(bars(rows, unit)));
    holder.append(more);
  }
  return panel(title, note, holder, name);
}

function placesPanel(places, noun) {
  const all = places.reduce((sum, value) => sum + value, 0);
  if (!all) return null;
  const most = Math.max(...places);
  const said = places.map((value, i) => `tenth ${i + 1}: ${percent(value / all)}`).join(", ");
  const columns = places.map((value) => {
    const column = element("span", { class: "column" });
    column.style.height = `${(value / most) * 100}%`;
    return element("span", { class: "column-place" }, element("span", { class: "column-value" }, percent(value / all)), column);
  });
  return panel(
    "Where in the text",
    `${noun} by tenths of the text, from its beginning to its end`,
    element(
      "div",
      {},
      element("div", { class: "columns", role: "img", "aria-label": said }, columns),
      element("p", { class: "columns-ends", "aria-hidden": "true" }, element("span", {}, "beginning"), element("span", {}, "end")),
    ),
  );
}

function headline(store) {
  const { documents, changed, words, removed, length, flagged } = store.totals;
  const share = length ? `, ${percent(removed / length)} of the text` : "";
  if (!documents) return "There are no documents.";
  if (!store.totals.edits) return `Nothing was removed from ${counted(documents, "document")}.`;
  const guarded = flagged ? ` ${counted(flagged, "document carries", "documents carry")} a flag.` : "";
  return `${counted(words, "word")} went from ${count(changed)} of ${counted(documents, "document")}${share}.${guarded}`;
}

function tiles(store) {
  const sums = store.totals;
  const of = (value) => (sums.documents ? `${percent(value / sums.documents)} of documents` : "");
  return element(
    "dl",
    { class: "tiles" },
    tile(count(sums.documents), sums.documents === 1 ? "document" : "documents", store.index.length < sums.documents && `${count(store.index.length)} shown here`),
    tile(count(sums.changed), "with removals", of(sums.changed)),
    tile(count(sums.edits), sums.edits === 1 ? "removal" : "removals", sums.length ? `${percent(sums.removed / sums.length)} of the text` : ""),
    tile(count(sums.repairs), sums.repairs === 1 ? "repair" : "repairs", of(sums.repaired)),
    tile(count(sums.flagged), "flagged", of(sums.flagged)),
  );
}

function groupRows(groups, key, unknown) {
  return groups
    .filter((group) => group[3] > 0)
    .map(([name, documents, , edits]) => ({
      name: name || unknown,
      value: edits,
      href: documentsAt({ [key]: name }),
      detail: `${counted(edits, "removal")} in ${counted(documents, "document")}`,
    }));
}

/** The nodes of the overview. "table" is put under the sums where a page has one, such as a comparison. */
export function overview(store, table = null) {
  const isDiff = store.kind === "diff";
  const noun = isDiff ? "newly removed lines" : "removals";
  const rules = [...store.rules].filter((rule) => rule.edits).sort((a, b) => b.edits - a.edits);
  const several = (groups) => groups.length > 1;
  return [
    element("h1", {}, store.title),
    element("p", { class: "lead" }, store.lead || headline(store)),
    store.notes.map((note) => element("p", { class: "note" }, note)),
    isDiff ? null : tiles(store),
    table,
    element(
      "div",
      { class: "panels" },
      store.flags.length
        ? barPanel("Flagged", "documents to look at first", store.flags.map(([name, value]) => ({ name, value, href: documentsAt({ flag: name }) })), "documents", "flagged")
        : null,
      barPanel("By class of scrap", `${noun}, of all documents`, store.classes.filter((one) => one.edits).map((one) => ({
        name: one.name,
        value: one.edits,
        hue: store.hues.get(one.name),
        href: documentsAt({ class: one.name }),
        detail: `${counted(one.edits, "removal")}, ${counted(one.words, "word")}`,
      })), noun),
      barPanel("By rule", `${noun}, of all documents`, rules.map((rule) => ({
        name: rule.id,
        value: rule.edits,
        hue: store.hues.get(rule.class),
        href: `#/rule/${encodeURIComponent(rule.id)}`,
        detail: rule.description || "",
      })), noun),
      placesPanel(store.places, noun),
      several(store.sites) ? barPanel("By site", noun, groupRows(store.sites, "site", "no site known"), noun) : null,
      several(store.languages) ? barPanel("By language", noun, groupRows(store.languages, "lang", "not told"), noun) : null,
    ),
    element("footer", { class: "foot" }, footText(store)),
  ];
}

function footText(store) {
  const { version, rules, packs } = store.stamp;
  const parts = [store.source && `made from ${store.source}`, version && `cleaner ${version}`, rules && `rules ${rules}`, packs && `packs ${packs}`];
  return parts.filter(Boolean).join(" · ");
}

// Addresses become views: #/ is the overview, #/documents?... the list with a document, #/rules and #/rule/ID.

import { overview } from "./bars.js";
import { hide, startCards } from "./card.js";
import { announce, counted, element, fill } from "./dom.js";
import { CHOICES, chosen, ORDER_NAMES, SHARE_NAMES } from "./filter.js";
import { DocumentList } from "./list.js";
import { Reader } from "./reader.js";
import { Review, rulePrecision } from "./review.js";
import { changesTable, ruleView, rulesView } from "./rules.js";
import { openStore } from "./store.js";

const NARROW = 860; // pixels; below, the list and the document do not fit beside each other

class DocumentsView {
  constructor(store) {
    this.store = store;
    this.choice = new URLSearchParams();
    this.review = store.review ? new Review(store, (entry, edit) => this.goTo(entry, edit)) : null;
    this.reader = new Reader(store, { back: (event) => this.back(event), step: (by) => this.step(by) }, this.review);
    this.list = new DocumentList(store, (entry) => this.open(entry));
    this.found = element("p", { class: "found", "aria-live": "polite" });
    this.chips = element("p", { class: "chips" });
    this.node = element("div", { class: "documents" }, element("h1", { class: "unseen" }, "Documents"), element("div", { class: "side" }, this.filters(), this.list.node), element("div", { class: "reading" }, this.reader.node, this.review?.bar));
  }

  filters() {
    this.search = element("input", { type: "search", id: "search", placeholder: "Search titles, sites, removed text", "aria-label": "Search titles, sites and removed text", autocomplete: "off", spellcheck: "false" });
    this.search.addEventListener("input", () => this.change("q", this.search.value || null));
    this.search.addEventListener("keydown", (event) => event.key === "ArrowDown" && this.list.box.focus());
    const names = { class: "class", rule: "rule", site: "site", lang: "language", flag: "flag", share: "share removed" };
    this.selects = Object.fromEntries(CHOICES.map((key) => [key, this.select(key, `any ${names[key]}`, this.values(key))]));
    this.order = this.select("sort", null, Object.entries(ORDER_NAMES));
    const holder = element("details", { class: "filters" }, element("summary", {}, "Filter and order"), element("div", { class: "filter-grid" }, CHOICES.map((key) => this.labelled(names[key], this.selects[key])), this.labelled("order", this.order)));
    return element("form", { class: "finder", role: "search", onsubmit: (event) => event.preventDefault() }, this.search, holder, this.chips, this.found);
  }

  labelled(name, select) {
    return element("label", {}, element("span", {}, name), select);
  }

  select(key, any, values) {
    const select = element("select", { name: key }, any && element("option", { value: "\u0000" }, any), values.map(([value, name]) => element("option", { value }, name)));
    select.addEventListener("change", () => this.change(key, select.value === "\u0000" ? null : select.value));
    return select;
  }

  values(key) {
    const { store } = this;
    const sorted = (names) => [...names].sort().map((name) => [name, name || "not told"]);
    if (key === "class") return sorted(new Set(store.rules.map((rule) => rule.class)));
    if (key === "rule") return sorted(new Set(store.rules.map((rule) => rule.id)));
    if (key === "site") return sorted(new Set(store.index.map((entry) => entry.site)));
    if (key === "lang") return sorted(new Set(store.index.map((entry) => entry.lang || "")));
    if (key === "flag") return [["*", "any flag at all"], ...sorted(new Set(store.index.flatMap((entry) => entry.flags)))];
    return Object.entries(SHARE_NAMES);
  }

  /** Change one part of the choice; the address follows, without a step in the history. */
  change(key, value) {
    if (value === null || (key === "sort" && value === "flagged")) this.choice.delete(key);
    else this.choice.set(key, value);
    this.choice.delete("doc");
    this.choice.delete("edit");
    history.replaceState(null, "", `#/documents?${this.choice}`);
    this.update(this.choice);
  }

  open(entry, edit = -1) {
    this.choice.set("doc", entry.number);
    if (edit >= 0) this.choice.set("edit", edit);
    else this.choice.delete("edit");
    const address = `#/documents?${this.choice}`;
    if (innerWidth < NARROW) location.hash = address;
    else {
      history.replaceState(null, "", address);
      this.update(this.choice);
    }
  }

  /** Open a document from anywhere, whatever the filters. */
  goTo(entry, edit) {
    if (!this.list.entries.includes(entry)) this.choice = new URLSearchParams();
    this.choice.set("doc", entry.number);
    this.choice.set("edit", edit);
    const address = `#/documents?${this.choice}`;
    if (location.hash === address) this.update(this.choice);
    else location.hash = address;
  }

  back(event) {
    event.preventDefault();
    this.choice.delete("doc");
    this.choice.delete("edit");
    location.hash = `#/documents?${this.choice}`;
    this.list.box.focus();
  }

  step(by) {
    const entry = this.list.neighbour(by);
    if (entry) this.open(entry);
  }

  update(choice) {
    this.choice = new URLSearchParams(choice);
    const key = [...this.choice].filter(([name]) => name !== "doc" && name !== "edit").join("\n");
    const open = this.choice.has("doc") ? Number(this.choice.get("doc")) : -1;
    if (this.key !== key) {
      this.key = key;
      this.applyFilters(open);
    } else this.list.select(open);
    this.node.classList.toggle("is-open", open >= 0);
    const entry = this.store.index[open];
    if (entry) this.reader.show(entry, this.choice.has("edit") ? Number(this.choice.get("edit")) : -1);
    else this.reader.clear();
  }

  applyFilters(open) {
    const entries = chosen(this.store, this.choice);
    this.list.show(entries, open);
    if (document.activeElement !== this.search) this.search.value = this.choice.get("q") || "";
    for (const [key, select] of Object.entries(this.selects)) select.value = this.choice.get(key) ?? "\u0000";
    this.order.value = this.choice.get("sort") || "flagged";
    const all = this.store.index.length;
    this.found.textContent = entries.length === all ? counted(all, "document") : `${counted(entries.length, "document")} of ${counted(all, "document").split(" ")[0]}`;
    const active = CHOICES.filter((key) => this.choice.has(key));
    fill(this.chips, active.map((key) => this.chip(key)));
  }

  chip(key) {
    const value = this.choice.get(key);
    const name = key === "share" ? SHARE_NAMES[value] || value : value === "*" ? "flagged" : value || "not told";
    return element("button", { type: "button", class: "filter-chip", "aria-label": `Take the filter ${name} away`, onclick: () => this.change(key, null) }, name, element("span", { "aria-hidden": "true" }, " ×"));
  }
}

class App {
  constructor(store) {
    this.store = store;
    this.main = document.getElementById("main");
    this.documents = new DocumentsView(store);
    this.names = [["#/", "Overview"], ["#/documents", "Documents"], ["#/rules", "Rules"]];
    if (store.review) this.names.push(["#/review", "Review"]);
    addEventListener("hashchange", () => this.route());
    addEventListener("keydown", (event) => this.onKey(event));
    this.route(true);
  }

  route(isFirst = false) {
    hide();
    const [path, query] = location.hash.replace(/^#/, "").split("?", 2);
    const isDocuments = path === "/documents";
    document.body.dataset.view = isDocuments ? "documents" : "page";
    if (isDocuments) {
      if (!this.documents.node.isConnected) fill(this.main, this.documents.node);
      this.documents.update(new URLSearchParams(query));
    } else {
      fill(this.main, element("div", { class: "page" }, this.page(path)));
      scrollTo(0, 0);
    }
    this.navigation(path);
    if (!isFirst && !isDocuments) this.main.focus({ preventScroll: true });
  }

  page(path) {
    const { store } = this;
    const { review } = this.documents;
    if (path === "/rules") return rulesView(store);
    if (path.startsWith("/rule/")) {
      const id = decodeURIComponent(path.slice("/rule/".length));
      return ruleView(store, id, review && store.ruleByName.has(id) ? rulePrecision(review, id) : null);
    }
    if (path === "/review" && review) return review.view();
    return overview(store, changesTable(store));
  }

  navigation(path) {
    const current = path.startsWith("/rule") ? "#/rules" : `#${path || "/"}`;
    fill(document.getElementById("views"), this.names.map(([href, name]) => element("a", { href, "aria-current": href === current ? "page" : null }, name)));
  }

  onKey(event) {
    const isTyping = event.target.closest?.("input, select, textarea");
    if (event.key === "/" && !isTyping) {
      event.preventDefault();
      if (document.body.dataset.view !== "documents") location.hash = "#/documents";
      setTimeout(() => this.documents.search.focus(), 0);
    } else if (!isTyping && (event.key === "j" || event.key === "k") && document.body.dataset.view === "documents") {
      this.documents.step(event.key === "j" ? 1 : -1);
    }
  }
}

function startTheme() {
  const root = document.documentElement;
  const isDark = () => (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  document.getElementById("theme").addEventListener("click", () => (root.dataset.theme = isDark() ? "light" : "dark"));
}

async function start() {
  startTheme();
  startCards();
  document.getElementById("skip").addEventListener("click", (event) => {
    event.preventDefault();
    document.getElementById("main").focus();
  });
  try {
    new App(await openStore());
    document.body.dataset.ready = "yes";
    announce("The report is ready.");
  } catch (error) {
    fill(document.getElementById("main"), element("p", { class: "loading", role: "alert" }, `The page cannot be shown: ${error.message}`));
    throw error;
  }
}

start();

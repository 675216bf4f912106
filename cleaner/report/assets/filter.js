// Which documents are listed, and in which order. The choice is the part of the address behind "?".

export const CHOICES = ["class", "rule", "site", "lang", "flag", "share"];

const SHARES = { any: 0.000001, some: 0.05, much: 0.2, most: 0.4 };

export const SHARE_NAMES = { any: "anything removed", some: "5 % or more", much: "20 % or more", most: "40 % or more" };

const ORDERS = {
  flagged: (a, b) => (b.flags.length > 0) - (a.flags.length > 0) || a.number - b.number,
  share: (a, b) => b.share - a.share || a.number - b.number,
  edits: (a, b) => b.edits - a.edits || a.number - b.number,
  name: (a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0),
};

export const ORDER_NAMES = {
  flagged: "flagged first",
  share: "most removed",
  edits: "most removals",
  name: "by name",
};

/** What a search looks at; made once for each document. */
function searched(entry) {
  entry.haystack ??= [entry.title, entry.name, entry.site, entry.url || "", entry.find || ""].join("\n").toLowerCase();
  return entry.haystack;
}

/** The documents that a choice lets through, in its order. */
export function chosen(store, choice) {
  const words = (choice.get("q") || "").toLowerCase().split(/\s+/).filter(Boolean);
  const ruleName = choice.get("rule");
  const className = choice.get("class");
  const site = choice.get("site");
  const language = choice.get("lang");
  const flag = choice.get("flag");
  const least = SHARES[choice.get("share")] || 0;
  const rules = new Set();
  store.rules.forEach((rule, number) => {
    if ((ruleName && rule.id === ruleName) || (className && rule.class === className && !ruleName)) rules.add(number);
  });
  const byRule = Boolean(ruleName || className);
  const found = store.index.filter(
    (entry) =>
      (!byRule || entry.rules.some((rule) => rules.has(rule))) &&
      (site === null || entry.site === site) &&
      (language === null || (entry.lang || "") === language) &&
      (flag === null || (flag === "*" ? entry.flags.length > 0 : entry.flags.includes(flag))) &&
      entry.share >= least &&
      words.every((word) => searched(entry).includes(word)),
  );
  return found.sort(ORDERS[choice.get("sort")] || ORDERS.flagged);
}

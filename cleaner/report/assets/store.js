// The data of the page: the overview at once, the documents by chunks when they are asked for.

const HUES = 8;

async function unpacked(id) {
  const block = document.getElementById(id);
  const binary = atob(block.textContent);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

/** Reads the overview and gives everything that views need. */
export async function openStore() {
  if (typeof DecompressionStream === "undefined") {
    throw new Error("This browser is too old for the page: it cannot unpack the data. Any browser of 2023 or later can.");
  }
  const data = await unpacked("overview");
  data.index.forEach((entry, number) => {
    entry.number = number;
    entry.title = entry.title || entry.name;
    entry.site = entry.site || "";
    entry.flags = entry.flags || [];
    entry.share = entry.share || 0;
    entry.edits = entry.edits || 0;
  });
  const classes = sumByClass(data.rules);
  return { ...data, classes, hues: hueByClass(classes), ruleByName: new Map(data.rules.map((rule) => [rule.id, rule])) };
}

function sumByClass(rules) {
  const sums = new Map();
  for (const rule of rules) {
    const sum = sums.get(rule.class) || { name: rule.class, edits: 0, words: 0, rules: 0 };
    sum.edits += rule.edits;
    sum.words += rule.words;
    sum.rules += 1;
    sums.set(rule.class, sum);
  }
  return [...sums.values()].sort((a, b) => b.edits - a.edits || (a.name < b.name ? -1 : 1));
}

/** Eight colours go around: the eight most frequent classes have one of their own, the others share them. */
function hueByClass(classes) {
  return new Map(classes.map((one, place) => [one.name, place % HUES]));
}

const chunks = new Map();

/** The content of a document, from its chunk. */
export async function documentContent(store, number) {
  const chunk = Math.floor(number / store.chunk);
  if (!chunks.has(chunk)) {
    if (chunks.size > 8) chunks.delete(chunks.keys().next().value);
    chunks.set(chunk, unpacked(`chunk-${chunk}`));
  }
  return (await chunks.get(chunk))[number % store.chunk];
}

// Elements are made here and nowhere else. Strings become text nodes, so no text of a document is ever markup.

/** An element. Attributes that begin with "on" are listeners; true is an attribute without a value; null is none. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? "" : String(value));
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

/** Put new children in the place of the old ones. */
export function fill(parent, ...children) {
  parent.replaceChildren(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
}

/** Say something to those who listen to the page. */
export function announce(text) {
  document.getElementById("status").textContent = text;
}

const WHOLE = new Intl.NumberFormat("en");

/** A whole number with its commas. */
export function count(value) {
  return WHOLE.format(value);
}

/** A number with its noun, in the plural unless it is one. */
export function counted(value, noun, plural = noun + "s") {
  return `${count(value)} ${value === 1 ? noun : plural}`;
}

/** A share as per cent, with as many digits as tell something. */
export function percent(share) {
  const value = share * 100;
  if (value === 0) return "0 %";
  if (value < 0.1) return "< 0.1 %";
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} %`;
}

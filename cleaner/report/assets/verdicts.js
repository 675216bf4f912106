// What a person said about removals and lines. Each verdict is sent to the server, which appends it to a file.

import { wilson } from "./interval.js";

function keyOf(one) {
  return `${one.document}|${one.kind}|${one.start}|${one.end}|${one.rule}`;
}

export class Verdicts {
  constructor(written) {
    this.latest = new Map(written.map((one) => [keyOf(one), one]));
    this.listeners = [];
  }

  /** The verdict on a removal or line: "right", "wrong", "scrap" or "". */
  of(subject) {
    return this.latest.get(keyOf(subject))?.verdict || "";
  }

  /** Save a verdict; the old one counts again when the server does not take it. */
  async give(subject, verdict) {
    const given = { ...subject, verdict };
    const key = keyOf(given);
    const old = this.latest.get(key);
    this.latest.set(key, given);
    this.tell();
    try {
      const answer = await fetch("verdicts", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(given),
      });
      if (!answer.ok) throw new Error((await answer.text()) || answer.statusText);
    } catch (error) {
      if (old) this.latest.set(key, old);
      else this.latest.delete(key);
      this.tell();
      throw error;
    }
  }

  tell() {
    this.sums = undefined;
    for (const listener of this.listeners) listener();
  }

  /** By rule, how many verdicts there are and how many of them say "right". */
  byRule() {
    if (this.sums) return this.sums;
    this.sums = new Map();
    for (const one of this.latest.values()) {
      if (one.kind !== "removal" || !one.verdict) continue;
      const sum = this.sums.get(one.rule) || { right: 0, count: 0 };
      sum.count += 1;
      sum.right += one.verdict === "right";
      this.sums.set(one.rule, sum);
    }
    return this.sums;
  }

  /** How many verdicts there are, lines included. */
  get size() {
    let sum = 0;
    for (const one of this.latest.values()) sum += Boolean(one.verdict);
    return sum;
  }

  /** Count and precision of a rule, with the bounds between which it lies. */
  precision(rule) {
    const { right, count } = this.byRule().get(rule) || { right: 0, count: 0 };
    const [low, high] = wilson(right, count);
    return { right, count, low, high };
  }
}

/** Rules in the order in which verdicts on them tell most: where the interval is wide, which is so for few verdicts
 * and for low agreement; then those that remove most. */
export function byWorth(rules, verdicts) {
  const width = (rule) => {
    const { low, high } = verdicts.precision(rule.id);
    return high - low;
  };
  return rules
    .filter((rule) => rule.edits > 0)
    .map((rule) => ({ rule, width: width(rule) }))
    .sort((a, b) => b.width - a.width || b.rule.edits - a.rule.edits || (a.rule.id < b.rule.id ? -1 : 1))
    .map((pair) => pair.rule);
}

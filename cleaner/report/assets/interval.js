// How sure a share is that was counted on few cases. cleaner/report/intervals.py computes the same.

const DEVIATIONS = 1.959964;

/** Wilson's interval of 95 % for the share of right verdicts. */
export function wilson(right, count) {
  if (!count) return [0, 1];
  const share = right / count;
  const z = DEVIATIONS;
  const middle = share + (z * z) / (2 * count);
  const spread = z * Math.sqrt((share * (1 - share)) / count + (z * z) / (4 * count * count));
  const scale = 1 + (z * z) / count;
  return [right ? (middle - spread) / scale : 0, right < count ? (middle + spread) / scale : 1];
}

// How well confidence goes with being right; twin of mindbody/calibration.py, run on the same fixtures.

import { parseNumber } from "./rule.js";

const BANDS = 5;
const FEWEST = 10;
const WIDE = 15;
export const SURE = 80;

/** What a checked answer says of its own certainty: [[confidence in per cent, 1 right or 0], ...]. */
export function judgements(answer, confidence, mark, shape) {
  const found = confidence === null ? [] : [[confidence, Number(mark.max > 0 && mark.points === mark.max)]];
  const right = new Set(mark.notes.filter(({ verdict }) => verdict === "right").map(({ atom }) => atom));
  for (const [name, { atoms = [] }] of Object.entries(shape.fields)) {
    const field = `${name}-sure`;
    const typed = Object.hasOwn(answer.numbers, field) ? parseNumber(answer.numbers[field]) : null;
    const chosen = atoms.filter((atom) => answer.atoms.includes(atom));
    if (!typed || typed[0] % typed[1] || !chosen.length) continue;
    const sure = Number(typed[0] / typed[1]);
    if (sure >= 0 && sure <= 100) found.push([sure, Number(chosen.some((atom) => right.has(atom)))]);
  }
  return found;
}

const sum = (found, of) => found.reduce((total, one) => total + of(one), 0);

/** Integers in, integers out: half away from nought. */
function rounded(above, below) {
  const whole = Math.floor((2 * Math.abs(above) + below) / (2 * below));
  return above < 0 && whole ? -whole : whole;
}

/** Compare confidence with outcomes: {n, confidence, right, gap, brier, verdict, bands}. */
export function calibrate(found) {
  const n = found.length;
  if (!n) return { n: 0, confidence: 0, right: 0, gap: 0, brier: 0, verdict: "few", bands: [] };
  const mean = (some) => rounded(sum(some, ([sure]) => sure), some.length);
  const share = (some) => rounded(sum(some, ([, right]) => 100 * right), some.length);
  const gap = rounded(sum(found, ([sure, right]) => sure - 100 * right), n);
  const brier = rounded(sum(found, ([sure, right]) => (sure - 100 * right) ** 2), 10 * n);
  const verdict = n < FEWEST ? "few" : gap > WIDE ? "over" : gap < -WIDE ? "under" : "close";
  const width = 100 / BANDS;
  const bands = [];
  for (let index = 0; index < BANDS; index++) {
    const inside = found.filter(([sure]) => Math.min(BANDS - 1, Math.floor(sure / width)) === index);
    if (!inside.length) continue;
    bands.push({ start: index * width, end: (index + 1) * width, n: inside.length, confidence: mean(inside), right: share(inside) });
  }
  return { n, confidence: mean(found), right: share(found), gap, brier, verdict, bands };
}

/** Whether a safety item was first answered wrongly by somebody sure of it; `last` is the last state of its re-take. */
export function retakeDue({ first, last }, again) {
  if (!first || first.confidence === null || first.confidence < SURE || first.points === first.max) return false;
  const settled = again ?? last;
  return !(settled?.max > 0 && settled.points === settled.max);
}

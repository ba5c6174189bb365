// What is remembered of an exercise beside the answer: first and last answer, attempts, confidence, hints.

import { readAnswer } from "./rule.js";
import { same } from "./answer.js";

export const emptyRecord = () => ({
  first: null,
  last: null,
  attempts: 0,
  confidence: null,
  hints: 0,
  earlier: [],
  way_round: false,
});

/**
 * Practice: an answer was checked. The first one stays; the same answer checked twice is one attempt.
 * `judged` is what the answer says of its own certainty, for the meter.
 */
export function afterCheck(record, answer, mark, at, judged = []) {
  if (record.last && same(record.last.answer, answer)) return record;
  const state = { answer, at, confidence: record.confidence, points: mark.points, max: mark.max, judged };
  return { ...record, first: record.first ?? state, last: state, attempts: record.attempts + 1 };
}

/** Graded: the answer was changed. */
export function afterChange(record, answer, at) {
  return { ...record, last: { answer, at, confidence: record.confidence, points: null, max: null } };
}

/** Graded: the exercise was left with an answer that is complete; the first such answer stays. */
export function afterLeaving(record) {
  if (record.first || !record.last) return record;
  return { ...record, first: record.last, attempts: Math.max(1, record.attempts) };
}

const whole = (value, most = Number.MAX_SAFE_INTEGER) => Number.isInteger(value) && value >= 0 && value <= most;
const isTime = (value) => typeof value === "string" && value.length < 40 && !Number.isNaN(Date.parse(value));

/** Read a state {answer, at, confidence, points, max} as it was stored; throws when it is broken. */
export function readState(data) {
  if (data == null) return null;
  if (typeof data !== "object" || !isTime(data.at)) throw new Error("a saved state has no time");
  const { confidence = null, points = null, max = null, judged = [] } = data;
  if (![confidence, points, max].every((value) => value === null || whole(value))) {
    throw new Error("a saved state has broken numbers");
  }
  if (!Array.isArray(judged) || !judged.every((one) => whole(one?.[0], 100) && whole(one[1], 1))) {
    throw new Error("a saved state has a broken confidence");
  }
  return { answer: readAnswer(data.answer ?? {}), at: data.at, confidence, points, max, ...(judged.length ? { judged } : {}) };
}

/** Read a record as it was stored; throws when it is broken. */
export function readRecord(data) {
  if (typeof data !== "object" || data === null) throw new Error("the record is no record");
  const { confidence = null, attempts = 0, hints = 0, earlier = [], way_round = false } = data;
  if (confidence !== null && !whole(confidence, 100)) throw new Error("the confidence is not 0 to 100");
  if (!whole(attempts) || !whole(hints) || typeof way_round !== "boolean") throw new Error("the record is broken");
  if (!Array.isArray(earlier)) throw new Error("the earlier versions are no list");
  const versions = earlier.map((entry) => {
    if (!whole(entry?.version)) throw new Error("an earlier answer has no version");
    return {
      version: entry.version,
      answer: readAnswer(entry.answer ?? {}),
      first: readState(entry.first),
      last: readState(entry.last),
    };
  });
  const [first, last] = [readState(data.first), readState(data.last)];
  return { first, last, attempts, confidence, hints, earlier: versions, way_round };
}

/** Read a stored entry {format, version, answer, record, saved_at}; throws when it is broken. */
export function readEntry(data) {
  if (typeof data !== "object" || data === null || data.format !== 1) throw new Error("the format is not 1");
  if (!whole(data.version) || data.version < 1) throw new Error("the version is not a number");
  if (!isTime(data.saved_at)) throw new Error("the time is missing");
  const { version, saved_at } = data;
  return { format: 1, version, answer: readAnswer(data.answer ?? {}), record: readRecord(data.record), saved_at };
}

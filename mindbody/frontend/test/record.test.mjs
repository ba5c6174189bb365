import assert from "node:assert/strict";
import { test } from "node:test";
import { change, emptyAnswer, fit, same, typed } from "../src/answer.js";
import { afterChange, afterCheck, afterLeaving, emptyRecord, readEntry } from "../src/record.js";

const chose = (...atoms) => ({ ...emptyAnswer(), atoms });
const mark = (points) => ({ points, max: 100 });

test("the first checked answer stays, the last follows, attempts count", () => {
  let record = { ...emptyRecord(), confidence: 70 };
  record = afterCheck(record, chose("opt:a"), mark(0), "t1");
  record = afterCheck({ ...record, confidence: 90 }, chose("opt:b"), mark(100), "t2");
  assert.deepEqual([record.first.points, record.last.points, record.attempts], [0, 100, 2]);
  assert.deepEqual([record.first.confidence, record.last.confidence], [70, 90]);
});

test("the same answer checked again is no new attempt", () => {
  const record = afterCheck(emptyRecord(), chose("opt:a"), mark(0), "t1");
  assert.equal(afterCheck(record, chose("opt:a"), mark(0), "t2"), record);
});

test("a graded first answer is the one she first left complete", () => {
  let record = afterChange(emptyRecord(), chose("opt:a"), "t1");
  record = afterLeaving(record);
  record = afterLeaving(afterChange(record, chose("opt:b"), "t2"));
  assert.deepEqual([record.first.at, record.last.at, record.attempts], ["t1", "t2", 1]);
});

test("answers are compared whatever the order", () => {
  assert.ok(same(chose("b", "a"), chose("a", "b")));
  assert.ok(!same(chose("a"), chose("a", "b")));
});

test("changing an answer leaves the old one as it was", () => {
  const before = chose("a");
  assert.deepEqual(change(before, { add: ["b"], remove: ["a"] }).atoms, ["b"]);
  assert.deepEqual(before.atoms, ["a"]);
});

test("an emptied field is left out", () => {
  const answer = typed(emptyAnswer(), "texts", "text", "x");
  assert.deepEqual(typed(answer, "texts", "text", "").texts, {});
});

test("a field called __proto__ is a field like any other", () => {
  const answer = typed(emptyAnswer(), "texts", "__proto__", "x");
  assert.ok(Object.hasOwn(answer.texts, "__proto__"));
  assert.deepEqual(fit(answer, { fields: { text: { text: { max: 9 } } } }).texts, {});
});

const entry = (more = {}) => ({ format: 1, version: 1, answer: {}, record: emptyRecord(), saved_at: "2026-11-22T00:00:00Z", ...more });

test("a good entry is read", () => assert.equal(readEntry(entry()).version, 1));

for (const [name, more] of Object.entries({
  "a version of nought": { version: 0 },
  "no time": { saved_at: "yesterday" },
  "a confidence of 101": { record: { ...emptyRecord(), confidence: 101 } },
  "half an attempt": { record: { ...emptyRecord(), attempts: 0.5 } },
  "earlier versions that are no list": { record: { ...emptyRecord(), earlier: {} } },
  "a first state without a time": { record: { ...emptyRecord(), first: { answer: {} } } },
  "an atom that is no string": { answer: { atoms: [{}] } },
})) {
  test(`an entry with ${name} is refused`, () => assert.throws(() => readEntry(entry(more))));
}

import assert from "node:assert/strict";
import { test } from "node:test";
import { dueAfter, lastWork } from "../src/host/due.js";
import { Store } from "../src/host/store.js";

const at = (text) => Date.parse(text);

/** A store of a course whose storage holds these entries: key without its prefix -> text. */
function store(entries) {
  const held = new Map(Object.entries(entries).map(([key, text]) => [`mindbody:course:${key}`, text]));
  const storage = { length: held.size, key: (i) => [...held.keys()][i], getItem: (key) => held.get(key) ?? null };
  return new Store({ storage, course: "course" });
}
const saved = (saved_at) => JSON.stringify({ format: 1, version: 1, saved_at });

test("the last work on an assignment is the latest of its items", () => {
  const some = store({
    "post-test/flags-b": saved("2026-11-20T10:00:00.000Z"),
    "post-test/route-b": saved("2026-11-22T18:30:00.000Z"),
    "post-test/terms-b": saved("2026-11-21T10:00:00.000Z"),
  });
  assert.equal(lastWork(some, "post-test"), at("2026-11-22T18:30:00.000Z"));
});

test("work on other assignments, and what cannot be read, counts for nothing", () => {
  const some = store({
    "pre-test/flags-a": saved("2026-09-01T10:00:00.000Z"),
    "post-test-two/flags-b": saved("2026-12-01T10:00:00.000Z"),
    "post-test/board-b": "{ cut short",
    "post-test/link-b": saved("yesterday"),
    learner: JSON.stringify({ id: "Ada" }),
  });
  assert.equal(lastWork(some, "post-test"), null);
});

test("six weeks are 42 days of the calendar, across the change of the clocks too", () => {
  const start = new Date(2026, 9, 1, 21, 0);
  const due = new Date(dueAfter(start.getTime(), 6));
  assert.deepEqual([due.getFullYear(), due.getMonth(), due.getDate(), due.getHours()], [2026, 10, 12, 21]);
});

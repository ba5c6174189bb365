import assert from "node:assert/strict";
import { test } from "node:test";
import { emptyAnswer } from "../src/answer.js";
import { Store } from "../src/host/store.js";
import { emptyRecord } from "../src/record.js";

const ID = "07-conflict/c1-corners";
const KEY = `mindbody:course:${ID}`;
const SHAPE = {
  fields: {
    answer: { atoms: ["opt:a", "opt:b"], at_most: 1, required: 1 },
    nnt: { number: true },
    text: { text: { max: 100 } },
  },
};
const spec = (version = 1, shape = SHAPE) => ({ version, shape });
const work = (atoms, more = {}) => ({ version: 1, answer: { ...emptyAnswer(), atoms }, record: emptyRecord(), ...more });

/** A storage over a Map; `fault` may throw before a write. */
function storage(fault = () => {}) {
  const held = new Map();
  return {
    held,
    get length() {
      return held.size;
    },
    key: (i) => [...held.keys()][i],
    getItem: (key) => held.get(key) ?? null,
    setItem: (key, text) => {
      fault(key);
      held.set(key, text);
    },
    removeItem: (key) => held.delete(key),
  };
}
const store = (held = storage()) => new Store({ storage: held, course: "course", now: () => new Date("2026-11-22T21:04:00Z") });
const full = () => {
  throw Object.assign(new Error("exceeded the quota"), { name: "QuotaExceededError", code: 22 });
};

test("an answer that was written is read by the next page", () => {
  const held = storage();
  assert.deepEqual(store(held).write(ID, work(["opt:a"])), { ok: true, at: "2026-11-22T21:04:00.000Z" });
  const read = store(held).read(ID, spec());
  assert.deepEqual(read.answer.atoms, ["opt:a"]);
  assert.equal(read.saved_at, "2026-11-22T21:04:00.000Z");
  assert.equal(read.notice, "");
});

test("what is stored has the format the contract names", () => {
  const held = storage();
  store(held).write(ID, work(["opt:a"]));
  const entry = JSON.parse(held.held.get(KEY));
  assert.deepEqual(Object.keys(entry).sort(), ["answer", "format", "record", "saved_at", "version"]);
  assert.equal(entry.format, 1);
});

test("nothing stored is an empty answer", () => {
  assert.deepEqual(store().read(ID, spec()), { answer: emptyAnswer(), record: emptyRecord(), saved_at: null, notice: "" });
});

test("a full storage is said, and the answer lives on in this page and its downloads", () => {
  const page = store(storage(full));
  const saved = page.write(ID, work(["opt:b"]));
  assert.equal(saved.ok, false);
  assert.match(saved.reason, /storage is full\. Download a backup now/);
  assert.deepEqual(page.read(ID, spec()).answer.atoms, ["opt:b"]);
  assert.ok(page.all().has(KEY));
});

test("once there is room again the newer answer is stored and the unsaved one forgotten", () => {
  let room = false;
  const held = storage(() => room || full());
  const page = store(held);
  page.write(ID, work(["opt:b"]));
  room = true;
  assert.equal(page.write(ID, work(["opt:a"])).ok, true);
  assert.deepEqual(store(held).read(ID, spec()).answer.atoms, ["opt:a"]);
  assert.deepEqual(page.read(ID, spec()).answer.atoms, ["opt:a"]);
});

for (const [name, disabled] of Object.entries({
  "no storage at all": null,
  "a storage that throws": {
    getItem() {
      throw new Error("denied");
    },
    setItem() {
      throw new Error("denied");
    },
    get length() {
      throw new Error("denied");
    },
  },
  "a storage that takes and keeps nothing": { length: 0, key: () => null, getItem: () => null, setItem() {}, removeItem() {} },
})) {
  test(`${name} is said, and nothing breaks`, () => {
    const page = store(disabled);
    const saved = page.write(ID, work(["opt:a"]));
    assert.equal(saved.ok, false);
    assert.match(saved.reason, /keeps nothing/);
    assert.deepEqual(page.read(ID, spec()).answer.atoms, ["opt:a"]);
    page.clear();
    assert.deepEqual(page.read(ID, spec()).answer, emptyAnswer());
  });
}

for (const [name, text] of Object.entries({
  "no JSON": "{oops",
  "another format": '{"format":2}',
  "no answer to speak of": '{"format":1,"version":1,"saved_at":"2026-11-22T00:00:00Z","answer":{"atoms":"x"},"record":{}}',
  "a record that is none": '{"format":1,"version":1,"saved_at":"2026-11-22T00:00:00Z","answer":{},"record":null}',
  "null": "null",
})) {
  test(`broken work (${name}) is kept aside, said and never dropped`, () => {
    const held = storage();
    held.held.set(KEY, text);
    const read = store(held).read(ID, spec());
    assert.deepEqual(read.answer, emptyAnswer());
    assert.match(read.notice, /cannot be read.*kept as it was/);
    const aside = [...held.held].find(([key]) => key.startsWith(`${KEY}:broken:`));
    assert.equal(aside[1], text);
    assert.ok(!held.held.has(KEY));
  });
}

test("a new version keeps the earlier answer and carries over what fits", () => {
  const held = storage();
  const record = {
    ...emptyRecord(),
    first: { answer: { ...emptyAnswer(), atoms: ["opt:b"] }, at: "2026-11-20T00:00:00Z", confidence: 80, points: 0, max: 100 },
    last: null,
    attempts: 1,
    way_round: true,
  };
  const answer = { atoms: ["opt:b"], numbers: { nnt: "3,7" }, texts: { text: "Hello", gone: "x" } };
  store(held).write(ID, { version: 1, answer, record });
  const next = { fields: { answer: { atoms: ["opt:b", "opt:c"], at_most: 1 }, text: { text: { max: 100 } } } };
  const read = store(held).read(ID, spec(2, next));
  assert.deepEqual(read.answer, { atoms: ["opt:b"], numbers: {}, texts: { text: "Hello" } });
  assert.equal(read.record.attempts, 0);
  assert.equal(read.record.first, null);
  assert.equal(read.record.way_round, true);
  assert.deepEqual(read.record.earlier, [{ version: 1, answer, first: record.first, last: null }]);
  assert.match(read.notice, /has changed since you answered/);
});

test("an answer that a new shape forbids is not carried over in part", () => {
  const held = storage();
  store(held).write(ID, work(["opt:a", "opt:b"]));
  assert.deepEqual(store(held).read(ID, spec(2)).answer.atoms, []);
});

test("another course's work is neither seen nor cleared", () => {
  const held = storage();
  held.held.set("mindbody:other:07-conflict/c1-corners", "{}");
  held.held.set("unrelated", "1");
  const page = store(held);
  page.write(ID, work(["opt:a"]));
  assert.deepEqual([...page.all().keys()], [KEY]);
  page.clear();
  assert.deepEqual([...held.held.keys()], ["mindbody:other:07-conflict/c1-corners", "unrelated"]);
});

test("listeners hear what changed and whether an exercise wrote it", () => {
  const page = store();
  const heard = [];
  page.onChange((key, own) => heard.push([key, own]));
  page.write(ID, work([]));
  page.set("gate:02-medicine/red-flags", { passed_at: "2026-11-22T00:00:00Z", item: "02-medicine/board-a" });
  page.clear();
  assert.deepEqual(heard, [
    [KEY, true],
    ["mindbody:course:gate:02-medicine/red-flags", false],
    [null, false],
  ]);
});

test("small values come back, and broken ones are none", () => {
  const held = storage();
  const page = store(held);
  page.set("learner", { id: "S042" });
  assert.deepEqual(page.get("learner"), { id: "S042" });
  held.held.set("mindbody:course:learner", "{");
  assert.equal(page.get("learner"), null);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { emptyAnswer } from "../src/answer.js";
import { backupName, makeBackup, readBackup } from "../src/host/backup.js";
import { Store } from "../src/host/store.js";
import { emptyRecord } from "../src/record.js";

const NOW = new Date(2026, 10, 22, 21, 4);
const ID = "07-conflict/q";
const KEY = `mindbody:course:${ID}`;
// A storage that keeps nothing serves: the store holds what it could not save.
const store = () => new Store({ storage: null, course: "course", now: () => NOW });
const write = (page, atoms) => page.write(ID, { version: 1, answer: { ...emptyAnswer(), atoms }, record: emptyRecord() });
const entry = (more = {}) => ({ format: 1, version: 1, answer: { atoms: ["opt:a"] }, record: emptyRecord(), saved_at: NOW.toISOString(), ...more });
const file = (entries, more = {}) =>
  JSON.stringify({ format: "mindbody-backup/1", course: "course", saved_at: NOW.toISOString(), entries, ...more });

test("a backup has the day in its name", () => assert.equal(backupName(NOW), "mind-body-backup-2026-11-22.json"));

test("what was backed up comes back on another computer", () => {
  const here = store();
  write(here, ["opt:a"]);
  here.set("learner", { id: "S042", profession: "", language: "" });
  here.set("gate:02-medicine/red-flags", { passed_at: NOW.toISOString(), item: "02-medicine/board-a" });
  here.restore(`${KEY}:broken:17`, "{oops");
  here.restore(`${KEY}:broken:18`, "[1, 2]");
  const there = store();
  const { entries, refused } = readBackup(JSON.stringify(makeBackup(here, NOW)), there);
  assert.deepEqual(refused, []);
  for (const { key, text } of entries) there.restore(key, text);
  assert.deepEqual(there.all(), here.all());
});

test("work saved after the backup is named as newer, older work is not", () => {
  const page = store();
  write(page, ["opt:b"]);
  const [older] = readBackup(file({ [KEY]: entry({ saved_at: "2020-01-01T00:00:00Z" }) }), page).entries;
  const [newer] = readBackup(file({ [KEY]: entry({ saved_at: "2030-01-01T00:00:00Z" }) }), page).entries;
  assert.deepEqual([older.newer, newer.newer], [true, false]);
});

test("work that is the same here is not restored again", () => {
  const page = store();
  write(page, ["opt:b"]);
  assert.deepEqual(readBackup(JSON.stringify(makeBackup(page, NOW)), page), { entries: [], refused: [] });
});

for (const [name, text, message] of [
  ["no JSON", "%PDF", /not JSON/],
  ["null", "null", /not a backup/],
  ["another format", file({}, { format: "x/1" }), /not a backup/],
  ["another course", file({}, { course: "other" }), /another course \(other\)/],
  ["entries that are a list", file([]), /no entries/],
]) {
  test(`a file is refused as a whole: ${name}`, () => assert.throws(() => readBackup(text, store()), message));
}

for (const [name, key, value] of [
  ["another course's key", `mindbody:other:${ID}`, entry()],
  ["a key of nobody's", "token", entry()],
  ["a key that climbs", "mindbody:course:../x", entry()],
  ["a broken answer", KEY, entry({ answer: { atoms: [1] } })],
  ["a broken record", KEY, entry({ record: { attempts: -1 } })],
  ["a text where an entry should be", KEY, "<script>"],
  ["null", KEY, null],
  ["a gate without a time", "mindbody:course:gate:02-medicine/red-flags", { item: "x" }],
  ["a learner that is a number", "mindbody:course:learner", { id: 7 }],
]) {
  test(`an entry is refused with a reason, the others are not: ${name}`, () => {
    const good = "mindbody:course:07-conflict/good";
    const { entries, refused } = readBackup(file({ [key]: value, [good]: entry() }), store());
    assert.deepEqual(entries.map((read) => read.key), [good]);
    assert.equal(refused.length, 1);
    assert.ok(refused[0].reason);
  });
}

test("what a backup adds beside the known fields does not come in", () => {
  const [read] = readBackup(file({ [KEY]: entry({ mark: { points: 999 }, html: "<b>" }) }), store()).entries;
  assert.deepEqual(Object.keys(JSON.parse(read.text)), ["format", "version", "answer", "record", "saved_at"]);
});

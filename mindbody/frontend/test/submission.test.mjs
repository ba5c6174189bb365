import assert from "node:assert/strict";
import { test } from "node:test";
import { strFromU8, unzipSync } from "fflate";
import { emptyAnswer } from "../src/answer.js";
import { answersOf, checkCode, escape, fileName, itemAnswer, pack, progress, readablePage } from "../src/host/submission.js";
import { emptyRecord } from "../src/record.js";

const SHAPE = { fields: { answer: { atoms: ["opt:a", "opt:b"], at_most: 1, required: 1 } } };
const item = (more = {}) => ({ id: "07-conflict/q", title: "Which?", mode: "graded", kind: "choice", shape: SHAPE, version: 3, href: "#ex-q", ...more });
const done = (atoms, more = {}) => ({
  answer: { ...emptyAnswer(), atoms },
  record: { ...emptyRecord(), ...more },
  saved_at: "2026-11-22T21:04:00.000Z",
});
const untouched = { answer: emptyAnswer(), record: emptyRecord(), saved_at: null };
const submission = (items, read) =>
  answersOf({ course: "c", assignment: "07-conflict", learner: { id: "S042" }, items, read, at: "2026-11-22T21:05:00.000Z" });

test("answers.json has the form the course reads", () => {
  assert.deepEqual(submission([item()], () => done(["opt:a"], { confidence: 80 })), {
    format: "mindbody-answers/1",
    course: "c",
    assignment: "07-conflict",
    learner: { id: "S042" },
    profession: null,
    language: null,
    saved_at: "2026-11-22T21:05:00.000Z",
    items: {
      q: {
        version: 3,
        answer: { atoms: ["opt:a"], numbers: {}, texts: {} },
        first: { answer: { atoms: ["opt:a"], numbers: {}, texts: {} }, at: "2026-11-22T21:04:00.000Z", confidence: 80, points: null, max: null },
        last: { answer: { atoms: ["opt:a"], numbers: {}, texts: {} }, at: "2026-11-22T21:04:00.000Z", confidence: 80, points: null, max: null },
        attempts: 1,
        confidence: 80,
        saved_at: "2026-11-22T21:04:00.000Z",
      },
    },
  });
});

test("an exercise never touched is not in it", () => assert.deepEqual(submission([item()], () => untouched).items, {}));

test("an incomplete graded answer has no first one", () => {
  const entry = itemAnswer(item(), done([]));
  assert.equal(entry.first, null);
  assert.equal(entry.attempts, 0);
});

test("practice keeps the states that were checked", () => {
  const state = { answer: { ...emptyAnswer(), atoms: ["opt:a"] }, at: "t", confidence: null, points: 0, max: 100 };
  const entry = itemAnswer(item({ mode: "practice" }), done(["opt:b"], { first: state, last: state, attempts: 1 }));
  assert.deepEqual([entry.first, entry.last, entry.attempts], [state, state, 1]);
});

test("progress counts what is answered, and re-takes are nobody's debt", () => {
  const work = { a: done(["opt:a"]), b: untouched, c: done(["opt:a"], { last: {} }), d: untouched };
  const items = [item({ id: "x/a" }), item({ id: "x/b" }), item({ id: "x/c", mode: "practice" }), item({ id: "x/d", retake_of: "x/a" })];
  const { graded, practice, open } = progress(items, ({ id }) => work[id.at(-1)]);
  assert.deepEqual([graded, practice, open.map((left) => left.item.id)], [[1, 2], [1, 1], ["x/b"]]);
});

test("a number that is none is still to mend", () => {
  const shape = { fields: { nnt: { number: true, required: 1 } } };
  const work = { answer: { ...emptyAnswer(), numbers: { nnt: "many" } }, record: emptyRecord(), saved_at: "t" };
  assert.match(progress([item({ shape })], () => work).open[0].reason, /not a number/);
});

for (const [id, name] of [
  ["S042", "S042_07-conflict.zip"],
  ["Öznur Çelik", "Öznur-Çelik_07-conflict.zip"],
  ["../../etc/passwd", "etc-passwd_07-conflict.zip"],
  ["a/b\\c:d*e?\u0000f", "a-b-c-d-e-f_07-conflict.zip"],
  ["...", "learner_07-conflict.zip"],
]) {
  test(`a file of "${id}" is called ${name}`, () => assert.equal(fileName(id, "07-conflict"), name));
}

test("another implementation opens the zip and finds both files as they were", () => {
  const [answers, page] = ['{"texts":"ä € 😀"}', "<p>" + "x".repeat(100_000)];
  const opened = unzipSync(pack(answers, page, new Date(2026, 10, 22, 21, 4, 6)));
  assert.deepEqual(Object.keys(opened), ["answers.json", "my-answers.html"]);
  assert.equal(strFromU8(opened["answers.json"]), answers);
  assert.equal(strFromU8(opened["my-answers.html"]), page);
});

test("nothing a learner wrote becomes markup in her readable page", () => {
  const hostile = '<script>alert(1)</script>"\'&<img onerror=x>';
  const shape = { fields: { text: { text: { max: 999 }, required: 1 } } };
  const items = [item({ kind: "text", shape, title: "Write" })];
  const work = { answer: { ...emptyAnswer(), texts: { text: hostile } }, record: emptyRecord(), saved_at: "t" };
  const answers = { ...submission(items, () => work), learner: { id: hostile } };
  const page = readablePage({ title: "T", answers, items, specs: new Map() });
  assert.ok(!/<script|<img/i.test(page));
  assert.ok(page.includes(escape(hostile)));
  assert.match(page, /default-src 'none'/);
});

test("the check code is the start of the file's SHA-256, or plainly none", async () => {
  assert.equal(await checkCode("abc", globalThis.crypto), "ba7816bf");
  assert.equal(await checkCode("abc", undefined), null);
  assert.equal(await checkCode("abc", {}), null);
});

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { AnswerError, mark, parseNumber, readAnswer, shapeFaults, unanswered } from "../src/rule.js";

const folder = new URL("../../../tests/fixtures/marking/", import.meta.url);
const fixtures = readdirSync(folder)
  .filter((file) => file.endsWith(".json"))
  .flatMap((file) => JSON.parse(readFileSync(new URL(file, folder), "utf8")));

test("there are shared fixtures of every form", () => {
  for (const part of ["mark", "faults", "number"]) {
    assert.ok(fixtures.some((fixture) => Object.hasOwn(fixture, part)), part);
  }
});

for (const fixture of fixtures) {
  test(`fixture: ${fixture.name}`, () => {
    if (Object.hasOwn(fixture, "number")) {
      const value = parseNumber(fixture.number);
      assert.equal(value && value.join("/"), fixture.value);
      return;
    }
    const answer = readAnswer(fixture.answer);
    if (fixture.faults) {
      assert.deepEqual(shapeFaults(answer, fixture.shape), fixture.faults);
      assert.deepEqual(unanswered(answer, fixture.shape), fixture.unanswered);
    }
    if (fixture.mark) assert.deepEqual(mark(answer, fixture.table, fixture.shape), fixture.mark);
  });
}

test("an answer that breaks its shape is refused with every fault", () => {
  const shape = { fields: { answer: { atoms: ["opt:a"], at_most: 1 } } };
  assert.throws(() => mark({ atoms: ["x", "y"] }, { points: 100, groups: [] }, shape), {
    constructor: AnswerError,
    message: '"x" is not one of the choices; "y" is not one of the choices',
  });
});

for (const [name, data] of Object.entries({
  "atoms that are no list": { atoms: "opt:a" },
  "an atom that is no string": { atoms: [1] },
  "an atom twice": { atoms: ["a", "a"] },
  "numbers that are a list": { numbers: [] },
  "a number that is no string": { numbers: { nnt: 3 } },
  "texts that are null": { texts: null },
})) {
  test(`an answer file is refused: ${name}`, () => assert.throws(() => readAnswer(data), AnswerError));
}

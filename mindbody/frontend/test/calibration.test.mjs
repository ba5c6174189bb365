import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { calibrate, judgements, retakeDue } from "../src/calibration.js";

const fixtures = (name) => JSON.parse(readFileSync(new URL(`../../../tests/fixtures/calibration/${name}.json`, import.meta.url)));

for (const { name, judgements: judged, result } of fixtures("statistics")) {
  test(`statistics: ${name}`, () => assert.deepEqual(calibrate(judged), result));
}

for (const { name, answer, confidence, mark, shape, judgements: wanted } of fixtures("reading")) {
  test(`reading: ${name}`, () => assert.deepEqual(judgements(answer, confidence, mark, shape), wanted));
}

const state = (confidence, points) => ({ confidence, points, max: 100 });

test("sure and mistaken asks for a re-take until it, or the item itself, is right", () => {
  const first = state(80, 0);
  assert.ok(retakeDue({ first, last: first }));
  assert.ok(!retakeDue({ first, last: state(50, 100) }));
  assert.ok(retakeDue({ first, last: state(50, 100) }, {}), "another item is to be answered");
  assert.ok(!retakeDue({ first, last: first }, state(50, 100)));
});

test("doubt, or being right, asks for nothing", () => {
  for (const first of [null, state(null, 0), state(75, 0), state(100, 100)]) assert.ok(!retakeDue({ first, last: first }));
});

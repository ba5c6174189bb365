// The teaching model runs as its Python twin does. Nothing here says anything of patients.

import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import test from "node:test";

import { capital, readArrow, sentence } from "../src/arrows.js";
import { STEPS, run } from "../src/teaching-model.js";

const folder = new URL("../../../tests/fixtures/teaching_model/", import.meta.url);
for (const file of (await readdir(folder)).filter((name) => name.endsWith(".json"))) {
  for (const { name, inputs, symptom, tissue } of JSON.parse(await readFile(new URL(file, folder), "utf8"))) {
    test(`${file}: ${name}`, () => {
      const made = run(inputs);
      assert.equal(made.symptom.length, STEPS + 1);
      for (const [mine, wanted] of [[made.symptom, symptom], [made.tissue, tissue]]) {
        mine.forEach((value, step) => assert.ok(Math.abs(value - wanted[step]) < 1e-9, `step ${step}`));
      }
    });
  }
}

test("an arrow is read and said as Python says it", () => {
  const nodes = [{ id: "fear", label: "“is it back?”" }, { id: "a-b", label: "a pain" }];
  assert.deepEqual(readArrow("fear>a-b:lowers"), { atom: "fear>a-b:lowers", start: "fear", end: "a-b", effect: "lowers", way: "fear>a-b" });
  assert.equal(sentence("fear>a-b:lowers", nodes), "“Is it back?” lowers a pain");
  assert.equal(capital("…"), "…");
});

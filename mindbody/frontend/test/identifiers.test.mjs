import assert from "node:assert/strict";
import { test } from "node:test";
import { countWords, identifierWarning } from "../src/free-text.js";
import { identifiers } from "../src/identifiers.js";

const FOUND = {
  "a date": ["seen on 12/03/2024", "on 3.4.24 he", "2024-03-12", "12 March 2024", "the 3rd of may 2023", "March 12, 2024", "on Sept. 3, 2021"],
  "an e-mail address": ["write to jo.bloggs@nhs.example today", "ä.ö@example.org"],
  "a phone number": ["ring 0151 234 5678", "+44 7700 900123", "(0151) 234-5678", "555-123-4567"],
  "a record number": ["MRN 483920", "number 1234567", "AB-123456"],
  "a name": ["Mr Brown said", "with Dr. Öztürk", "Ms O'Neil", "Mrs Smith-Jones"],
  "a postcode": ["lives in L8 7SS", "SW1A 1AA", "MA 02139"],
  "an age over 89": ["a 93-year-old man", "aged 91", "101 years old", "94yo", "92 y/o"],
};
for (const [kind, texts] of Object.entries(FOUND)) {
  for (const text of texts) {
    test(`"${text}" holds ${kind}`, () => assert.deepEqual(identifiers(text).map((found) => found.kind), [kind]));
  }
}

for (const text of [
  "Marcus, 44, has had back pain for fourteen months [1, 2].",
  "It rose from 22 to 49 % (OR 7.54, 1.28 to 44.56) in 2023.",
  "He is 89 years old and walks 10 km.",
  "The father's voice; the mother of four; Sunday evenings at 21:04.",
  "See chapter 7, excerpts 9-12, and 3.5/5.",
  "In March 2024 guidance changed, 90% agreed, and 100 took part.",
]) {
  test(`nothing is suspected in: ${text}`, () => assert.deepEqual(identifiers(text), []));
}

test("each place is named once, in the order of the text", () => {
  const found = identifiers("On 12/03/2024 Mr Brown (NHS 943 476 5919) rang.");
  assert.deepEqual(found.map(({ text }) => text), ["12/03/2024", "Mr Brown", "943 476 5919"]);
});

test("a warning names what it means, once each", () => {
  assert.match(identifierWarning("Mr Brown and Mr Brown"), /^This may identify somebody: a name \(“Mr Brown”\)\./);
  assert.equal(identifierWarning("Marcus smiles."), "");
});

test("twenty thousand characters of digits and dots are searched quickly", () => {
  const started = performance.now();
  for (const text of ["0 ".repeat(10_000), "a.".repeat(10_000), "1-".repeat(10_000), "A".repeat(20_000), "9".repeat(20_000)]) identifiers(text);
  assert.ok(performance.now() - started < 1000);
});

test("words are counted as a reader counts them", () => {
  assert.equal(countWords("It's a mother-in-law's “view” — fine, 3.5 %."), 7);
  assert.equal(countWords("  \n"), 0);
});

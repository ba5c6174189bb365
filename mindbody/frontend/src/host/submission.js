// What leaves the computer: answers.json and a page for the learner herself, in one zip. Pure functions of the work.

import { KINDS } from "../kinds/registry.js";
import { shapeFaults, unanswered } from "../rule.js";
import { zip } from "./zip.js";

export const LARGEST = 1_000_000;

/** What of an item stands in answers.json; null when nothing was done on it. */
export function itemAnswer({ version, shape, mode }, { answer, record, saved_at }) {
  if (!saved_at) return null;
  let { first, last } = record;
  // Work that was never left nor checked still has a last state, and a first one once it is complete.
  if (mode === "graded") {
    last = { ...(last ?? { confidence: record.confidence, points: null, max: null }), answer, at: last?.at ?? saved_at };
    if (!first && !unanswered(answer, shape).length) first = last;
  }
  const attempts = Math.max(record.attempts, Number(Boolean(mode === "graded" && first)));
  return { version, answer, first, last, attempts, confidence: record.confidence, saved_at };
}

/** answers.json as plain data. `items` are the panel's; `read(item)` gives an item's work. */
export function answersOf({ course, assignment, learner, items, read, at }) {
  const entries = items.map((item) => [item.id.split("/").at(-1), itemAnswer(item, read(item))]);
  return {
    format: "mindbody-answers/1",
    course,
    assignment,
    learner: { id: learner.id },
    profession: learner.profession || null,
    language: learner.language || null,
    saved_at: at,
    items: Object.fromEntries(entries.filter(([, entry]) => entry)),
  };
}

/** How far an assignment is: counts, and what is still open or cannot be read. */
export function progress(items, read) {
  const counts = { graded: [0, 0], practice: [0, 0] };
  const open = [];
  const look = (item) => {
    const { answer, record } = read(item);
    const faults = shapeFaults(answer, item.shape);
    return { record, faults, complete: !faults.length && !unanswered(answer, item.shape).length };
  };
  for (const item of items) {
    if (item.retake_of || item.alternative_to) continue;
    const { record, faults, complete: whole } = look(item);
    const complete = whole || items.some((other) => other.alternative_to === item.id && look(other).complete);
    const done = item.mode === "graded" ? complete : Boolean(record.last);
    counts[item.mode][0] += Number(done);
    counts[item.mode][1] += 1;
    if (item.mode === "graded" && !done) open.push({ item, reason: faults.join("; ") });
  }
  return { ...counts, open };
}

/** A name for a file: letters, digits, full stops and dashes of any script, at most 60. */
export function fileName(id, assignment) {
  const safe = (text) => text.normalize("NFC").replace(/[^\p{L}\p{N}.-]+/gu, "-").replace(/^[.-]+|[.-]+$/g, "");
  return `${safe(id).slice(0, 60) || "learner"}_${safe(assignment)}.zip`;
}

const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
export const escape = (text) => String(text).replace(/[&<>"']/g, (character) => ENTITIES[character]);

const plain = (answer) => [
  ["Chosen", answer.atoms.map((atom) => atom.replace(/^opt:/, "").replace("@", " in ")).join(", ")],
  ...Object.entries(answer.numbers),
  ...Object.entries(answer.texts),
];

/** The learner's own copy: everything escaped, no script, nothing from elsewhere. */
export function readablePage({ title, answers, items, specs }) {
  const blocks = items
    .map((item) => {
      const entry = answers.items[item.id.split("/").at(-1)];
      const spec = specs.get(item.id);
      const rows = !entry ? [] : spec && KINDS.has(spec.kind) ? KINDS.get(spec.kind).describe(spec, entry.answer) : plain(entry.answer);
      const shown = rows
        .map(([label, text]) => `<dt>${escape(label)}</dt><dd>${text ? escape(text) : "<em>left open</em>"}</dd>`)
        .join("");
      return `<section><h2>${escape(item.title)} <small>${item.mode === "graded" ? "graded" : "practice"}</small></h2>${
        entry ? `<dl>${shown}</dl>` : "<p><em>not answered</em></p>"
      }</section>`;
    })
    .join("\n");
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escape(title)}: my answers</title>
<style>body{font:17px/1.5 system-ui,sans-serif;max-width:42rem;margin:2rem auto;padding:0 1rem;color:#222}h1{font-size:1.4rem}
h2{font-size:1.1rem;margin:1.6rem 0 .3rem}small{color:#5b5b5b;font-weight:400}dt{color:#5b5b5b}dd{margin:0 0 .6rem;white-space:pre-wrap;overflow-wrap:anywhere}</style></head>
<body><h1>${escape(title)}: my answers</h1><p>${escape(answers.learner.id)} · ${escape(answers.saved_at)}</p>
${blocks}
</body></html>
`;
}

/** The zip with its two files. */
export function pack(answersText, page, date) {
  return zip([["answers.json", answersText], ["my-answers.html", page]], date);
}

/** The first eight hexadecimal digits of SHA-256; null where the browser does not offer it. */
export async function checkCode(text, crypto) {
  if (!crypto?.subtle) return null;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return [...digest.slice(0, 4)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

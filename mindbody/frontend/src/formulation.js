// A formulation as a picture and as a page: what stands where, both triangles, and one sheet of paper with all of it.

import { has } from "./answer.js";
import { h, s, words } from "./dom.js";

/** Whether an excerpt stands in a slot: placed by the learner, or given. */
export const stands = (answer, id, slot) => slot.given.includes(id) || has(answer, `${id}@${slot.id}`);

// --- the triangle ----------------------------------------------------------------------------------------------

// Malan's triangles: defence, anxiety, feeling; current person, clinician, past person.
export const TRIANGLES = {
  conflict: { defence: [52, 46], anxiety: [268, 46], feeling: [160, 194] },
  person: { current: [52, 46], clinician: [268, 46], past: [160, 194] },
};
const OUTLINES = {
  circle: (x, y) => s("circle", { cx: x, cy: y, r: 34 }),
  triangle: (x, y) => s("path", { d: `M${x} ${y - 38}l40 68h-80z` }),
  square: (x, y) => s("rect", { x: x - 32, y: y - 32, width: 64, height: 64 }),
};

/** A picture of what the lists say; it stays silent for those who hear the lists. */
export function drawTriangle(family, slots, onpick) {
  const corners = Object.entries(TRIANGLES[family]);
  const element = s("svg", { class: "mb-triangle", viewBox: "0 0 320 244", "aria-hidden": "true" });
  element.append(s("path", { class: "mb-sides", d: `M${corners.map(([, at]) => at.join(" ")).join("L")}z` }));
  const texts = new Map();
  for (const [id, [x, y]] of corners) {
    const slot = slots.find((candidate) => candidate.id === id);
    if (!slot) continue;
    const numbers = s("text", { class: "mb-corner-numbers", x, y: y + (slot.shape === "triangle" ? 14 : 5), "text-anchor": "middle" });
    const corner = s("g", { class: `mb-corner mb-slot-${id}`, "data-slot": id }, OUTLINES[slot.shape](x, y), numbers);
    corner.addEventListener("click", () => onpick(slot));
    // The lower corner is named beside its circle, the upper ones below or above theirs.
    const [labelX, labelY, anchor] = y > 100 ? [x + 42, y + 5, "start"] : [x, y + 52, "middle"];
    corner.append(s("text", { class: "mb-corner-name", x: labelX, y: labelY, "text-anchor": anchor }, slot.label));
    element.append(corner);
    texts.set(slot, { numbers, x, corner });
  }
  return {
    element,
    refresh(answer, excerpts) {
      for (const [slot, { numbers, x, corner }] of texts) {
        const placed = excerpts.filter((excerpt) => stands(answer, excerpt.id, slot)).map((excerpt) => excerpt.id);
        const shown = placed.length > 6 ? [...placed.slice(0, 5), "…"] : placed;
        const lines = shown.length > 3 ? [shown.slice(0, 3), shown.slice(3)] : [shown];
        const wanted = lines.map((line) => line.join(" ")).join("/");
        if (numbers.dataset.shown === wanted) continue;
        numbers.dataset.shown = wanted;
        numbers.replaceChildren(
          ...lines.map((line, i) => s("tspan", { x, dy: i ? 15 : lines.length > 1 ? -7 : 0 }, line.join(" "))),
        );
        corner.classList.toggle("mb-filled", placed.length > 0);
      }
    },
  };
}

// --- the sheet -------------------------------------------------------------------------------------------------

/** A button that prints what `formulation()` gives: the view and answer of a canvas, and perhaps a text. */
export const printButton = (formulation) =>
  h("button", { type: "button", class: "mb-secondary mb-print", onclick: () => printSheet(...formulation()) }, "Print my formulation");

function printSheet(view, answer, text) {
  const page = document.documentElement;
  const sheet = buildSheet(view, answer, text);
  // A fuller formulation is set smaller, so that an ordinary one is one page.
  sheet.style.setProperty("--mb-size", `${Math.min(9, Math.max(7, 500 / Math.sqrt(sheet.textContent.length)))}pt`);
  document.body.append(sheet);
  page.classList.add("mb-printing");
  addEventListener(
    "afterprint",
    () => {
      sheet.remove();
      page.classList.remove("mb-printing");
    },
    { once: true },
  );
  print();
}

function buildSheet({ case: patient, excerpts, slots }, answer, text = "") {
  const said = new Set();
  /** An excerpt's words stand once on the sheet, and afterwards its number. */
  function cited({ id, html }) {
    const first = !said.has(id);
    said.add(id);
    return h("li", {}, h("b", {}, `[${id}]`), first ? ` ${words(html)}` : " (see above)");
  }
  const placed = (slot) => excerpts.filter(({ id }) => stands(answer, id, slot));
  const entry = (slot) =>
    placed(slot).length > 0 && h("div", { class: `mb-entry mb-slot-${slot.id}` }, h("p", {}, slot.label), h("ul", {}, placed(slot).map(cited)));
  const corners = Object.keys(TRIANGLES).map((family) => {
    const own = slots.filter((slot) => slot.family === family);
    if (!own.length) return null;
    const drawing = drawTriangle(family, own, () => {});
    drawing.refresh(answer, excerpts);
    return h("div", {}, drawing.element, own.map(entry));
  });
  const others = slots.filter((slot) => !Object.hasOwn(TRIANGLES, slot.family));
  const [bin, rest] = [others.find(({ id }) => id === "bin"), others.filter(({ id }) => id !== "bin")];
  const named = (label, members) => members.length > 0 && h("p", {}, h("b", {}, `${label}: `), `${members.join(", ")}.`);
  const empty = slots.filter((slot) => slot !== bin && !placed(slot).length);
  const none = (slot) => has(answer, `none@${slot.id}`);
  const labels = (members) => members.map(({ label }) => label);
  const date = new Date().toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
  return h(
    "div",
    { class: "mindbody-exercise mindbody-sheet" },
    h("p", { class: "mb-title" }, `Formulation: ${patient.title}. ${patient.summary}`),
    h("p", { class: "mb-quiet" }, `A fictional composite · ${date}`),
    h("div", { class: "mb-corners" }, corners),
    h("div", { class: "mb-entries" }, rest.map(entry)),
    named("None found", labels(empty.filter(none))),
    named("Left open", labels(empty.filter((slot) => !none(slot)))),
    bin ? named("Not evidence", placed(bin).map(({ id }) => `[${id}]`)) : null,
    text.trim() ? h("div", { class: "mb-words" }, h("p", { class: "mb-label" }, "In words"), h("p", {}, text)) : null,
  );
}

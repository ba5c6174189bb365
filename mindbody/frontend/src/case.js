// A case on its sheet of paper: who, how it is said, and the numbered excerpts as the kind wants them.

import { h, trusted } from "./dom.js";

export function buildCase(patient, excerpts, row) {
  const body = (html) => trusted("span", { class: "mb-excerpt-text" }, html);
  return h(
    "div",
    { class: "mb-case" },
    patient.loose
      ? h("p", { class: "mb-case-title" }, "Statements", h("span", { class: "mb-quiet" }, ` ${patient.title}`))
      : h("p", { class: "mb-case-title" }, patient.title),
    h("p", { class: "mb-quiet" }, [patient.summary, patient.state].filter(Boolean).join(". ").replace("..", ".")),
    patient.content_note ? h("p", { class: "mb-content-note" }, patient.content_note) : null,
    h("ol", { class: "mb-excerpts" }, excerpts.map((excerpt) => row(excerpt, body))),
  );
}

/** A case that is only read. */
export const readCase = (patient) =>
  buildCase(patient, patient.excerpts, ({ id, html }, body) =>
    h("li", { class: "mb-excerpt-row mb-excerpt mb-read" }, h("span", { class: "mb-number" }, id), body(html)),
  );

/** A workspace, and beside it the case it speaks of, if there is one. */
export function besideCase({ case: patient, excerpts }, workspace) {
  if (!patient) return h("div", { class: "mb-workspace" }, workspace);
  const paper = readCase({ ...patient, excerpts });
  // A long case scrolls beside the workspace, so it must be reachable by keyboard.
  for (const [name, value] of Object.entries({ tabindex: 0, role: "region", "aria-label": patient.title })) paper.setAttribute(name, value);
  return h("div", { class: "mb-columns mb-with-case" }, paper, h("div", { class: "mb-workspace" }, workspace));
}

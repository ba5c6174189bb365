// What the dialogue kinds share: somebody's words on paper, one choice along a scale, the case to read again.

import { change, has } from "./answer.js";
import { readCase } from "./case.js";
import { h, trusted, uid, words } from "./dom.js";

/** One choice of a few that stand in order. */
export function buildScale(ctx, { labelledBy, atoms, labels, describedBy }) {
  const name = uid();
  const inputs = atoms.map((atom) =>
    h("input", { type: "radio", name, "aria-describedby": describedBy, onchange: () => ctx.change(change(ctx.answer, { remove: atoms, add: [atom] })) }),
  );
  return {
    element: h(
      "fieldset",
      { class: "mb-scale", style: `--mb-steps: ${atoms.length}`, "aria-labelledby": labelledBy },
      inputs.map((input, i) => h("label", {}, input, labels[i])),
    ),
    refresh: (answer) => inputs.forEach((input, i) => (input.checked = has(answer, atoms[i]))),
    focus: () => (inputs.find(({ checked }) => checked) ?? inputs[0]).focus(),
  };
}

/** The case, folded away beside a task that can be done without it. */
export function caseFold(patient) {
  if (!patient) return null;
  return h("details", {}, h("summary", {}, `Read the case: ${patient.title}`), readCase(patient));
}

/** A mark somewhere along a line of 100 %. */
export const spot = (look, at) => h("span", { class: look, style: `left: ${at}%` });

/** Which of some choices was made, in words. */
export const chosen = (answer, options, atomOf) => {
  const found = options.find((option) => has(answer, atomOf(option.id)));
  return found ? words(found.html ?? found.label) : "";
};

/** Texts to compare one's own with; they stand in the table, so that nobody sees them before checking. */
export function compare(table, prefix) {
  const texts = Object.entries(table.why).filter(([name]) => name.startsWith(`${prefix}:`));
  return h("div", { class: "mb-why mb-compare" }, h("p", { class: "mb-verdict" }, "To compare with; look also for what yours has and these lack."), h("ul", {}, texts.map(([, html]) => trusted("li", {}, html))));
}

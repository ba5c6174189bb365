// What choice and select share: one list of options, as radio buttons or as check boxes.

import { change, has } from "../answer.js";
import { h, trusted, uid, words } from "../dom.js";
import { explanation } from "../rule.js";
import { fill, notesOf, verdict } from "../verdict.js";

/** Build the options; `says(chosen, right, partial)` words what is said of an option after checking. */
export function buildOptions(ctx, { type, legend, says, options = ctx.spec.view.options, prefix = "opt" }) {
  const name = uid();
  const atoms = options.map(({ id }) => `${prefix}:${id}`);
  const rows = options.map((option, i) => {
    const atom = atoms[i];
    const whyId = uid();
    const input = h("input", {
      type,
      name,
      "aria-describedby": whyId,
      onchange: () =>
        ctx.change(
          type === "radio"
            ? change(ctx.answer, { remove: atoms, add: [atom] })
            : change(ctx.answer, input.checked ? { add: [atom] } : { remove: [atom] }),
        ),
    });
    const why = h("div", { id: whyId });
    const label = h("label", { class: "mb-option" }, input, trusted("span", {}, option.html));
    return { atom, input, why, element: h("div", { class: "mb-row" }, label, why) };
  });
  return {
    element: h(
      "fieldset",
      { class: "mb-options" },
      h("legend", { class: "mb-quiet" }, legend),
      rows.map((row) => row.element),
    ),
    refresh(answer) {
      for (const { atom, input, element } of rows) {
        input.checked = has(answer, atom);
        element.classList.toggle("mb-chosen", input.checked);
      }
    },
    showFeedback(mark) {
      const notes = notesOf(mark);
      for (const { atom, why } of rows) {
        const note = notes.get(atom);
        const chosen = Boolean(note && note.verdict !== "missed");
        const right = note ? note.verdict === "right" || note.verdict === "missed" : false;
        const partial = note?.verdict === "partial";
        const name = chosen ? (right ? "right" : partial ? "partial" : "neutral") : right ? "missed" : "neutral";
        fill(why, mark && verdict(name, says(chosen, right, partial), explanation(ctx.spec.table, atom)));
        why.classList.toggle("mb-aside", !chosen && !right);
      }
    },
    focusFirst: () => (rows.find((row) => row.input.checked) ?? rows[0]).input.focus(),
    fieldLabel: () => "your answer",
  };
}

/** The chosen options in words, for the learner's own copy. */
export function describeOptions(spec, answer) {
  const chosen = spec.view.options.filter((option) => has(answer, `opt:${option.id}`));
  return [["Your answer", chosen.map((option) => words(option.html)).join("; ")]];
}

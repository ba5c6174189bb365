// A set of statements, each true or false.

import { change, has } from "../answer.js";
import { h, trusted, uid, words } from "../dom.js";
import { explanation } from "../rule.js";
import { fill, notesOf, verdict } from "../verdict.js";

export const kind = "true-false";

const VALUES = [
  ["true", "True"],
  ["false", "False"],
];

export function build(ctx) {
  const rows = ctx.spec.view.statements.map((statement, index) => {
    const [name, whyId] = [uid(), uid()];
    const atoms = VALUES.map(([value]) => `${statement.id}:${value}`);
    const inputs = atoms.map((atom) =>
      h("input", {
        type: "radio",
        name,
        "aria-describedby": whyId,
        onchange: () => ctx.change(change(ctx.answer, { remove: atoms, add: [atom] })),
      }),
    );
    const why = h("div", { id: whyId });
    const element = h(
      "fieldset",
      { class: "mb-statement mb-row" },
      h("legend", {}, h("span", { class: "mb-number" }, `${index + 1}`), trusted("span", {}, statement.html)),
      h(
        "div",
        { class: "mb-segments" },
        VALUES.map(([, label], i) => h("label", {}, inputs[i], h("span", {}, label))),
      ),
      why,
    );
    return { atoms, inputs, why, element };
  });
  return {
    element: h("div", { class: "mb-statements" }, rows.map((row) => row.element)),
    refresh(answer) {
      for (const { atoms, inputs } of rows) atoms.forEach((atom, i) => (inputs[i].checked = has(answer, atom)));
    },
    showFeedback(mark) {
      const notes = notesOf(mark);
      for (const { atoms, why } of rows) {
        const chosen = atoms.findIndex((atom) => notes.has(atom) && notes.get(atom).verdict !== "missed");
        const right = atoms.findIndex((atom) => ["right", "missed"].includes(notes.get(atom)?.verdict));
        const said = chosen < 0 ? "You left this open" : `You said ${VALUES[chosen][0]}`;
        fill(
          why,
          mark &&
            verdict(
              chosen < 0 ? "missed" : chosen === right ? "right" : "neutral",
              chosen === right ? `${said}, and it is.` : `${said}. It is ${VALUES[right]?.[0]}.`,
              explanation(ctx.spec.table, atoms[Math.max(0, right)]),
            ),
        );
      }
    },
    focusFirst: () => rows[0].inputs[0].focus(),
    fieldLabel: (name) => `statement ${ctx.spec.view.statements.findIndex(({ id }) => id === name) + 1}`,
  };
}

export function describe(spec, answer) {
  return spec.view.statements.map(({ id, html }) => {
    const value = VALUES.find(([name]) => has(answer, `${id}:${name}`));
    return [words(html), value?.[1] ?? ""];
  });
}

export const sentence = ({ recall }) => `${recall[0]} of ${recall[1]} statements read as the evidence has them.`;

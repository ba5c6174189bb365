// Numbers to work out.

import { h } from "../dom.js";
import { describeNumbers, numberRow } from "../number-field.js";
import { notesOf } from "../verdict.js";

export function build(ctx) {
  const rows = ctx.spec.view.fields.map((field) => numberRow(ctx, field));
  return {
    element: h("div", { class: "mb-numbers" }, rows.map((row) => row.element)),
    refresh: (answer) => rows.forEach((row) => row.refresh(answer)),
    showFeedback(mark) {
      const notes = notesOf(mark);
      rows.forEach((row) => row.showFeedback(notes));
    },
    focusFirst: () => (rows.find(({ input }) => input.hasAttribute("aria-invalid")) ?? rows[0]).input.focus(),
    fieldLabel: (name) => ctx.spec.view.fields.find(({ id }) => id === name)?.label ?? name,
  };
}

export const describe = (spec, answer) => describeNumbers(spec.view.fields, answer);

// Written work, marked by a person; perhaps beside the placements of a formulation.

import { h } from "../dom.js";
import { freeText } from "../free-text.js";
import { KINDS } from "./registry.js";

export function build(ctx) {
  const { words, criteria } = ctx.spec.view;
  const field = freeText(ctx, { field: "text", label: "Your text", range: words, rows: ctx.spec.beside ? 16 : 10 });
  const marked = criteria.map(({ label, levels }) =>
    h(
      "li",
      {},
      h("p", {}, h("strong", {}, label), ` (0 to ${levels.length - 1})`),
      h("ol", { start: "0", class: "mb-levels" }, levels.map((level) => h("li", {}, level))),
    ),
  );
  // What stands beside a text comes with the canvas, so that a page without one need not load it.
  const beside = ctx.spec.beside ? KINDS.get("placement")?.buildBeside(ctx, field.insert) : null;
  const writing = h(
    "div",
    {},
    field.element,
    h("details", { class: "mb-criteria" }, h("summary", {}, "How a person will mark it"), h("ul", {}, marked)),
    beside?.print,
  );
  return {
    element: beside ? h("div", { class: "mb-columns mb-writing" }, writing, beside.element) : writing,
    refresh(answer) {
      field.refresh(answer);
      beside?.refresh();
    },
    showFeedback() {},
    focusFirst: field.focus,
    fieldLabel: () => "your text",
  };
}

export const describe = (spec, answer) => [["Your text", answer.texts.text ?? ""]];

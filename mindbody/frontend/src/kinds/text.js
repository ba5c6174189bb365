// Written work, marked by a person.

import { h } from "../dom.js";
import { freeText } from "../free-text.js";

export const kind = "text";

export function build(ctx) {
  const { words, criteria } = ctx.spec.view;
  const field = freeText(ctx, { field: "text", label: "Your text", range: words, rows: 10 });
  const marked = criteria.map(({ label, levels }) =>
    h(
      "li",
      {},
      h("p", {}, h("strong", {}, label), ` (0 to ${levels.length - 1})`),
      h("ol", { start: "0", class: "mb-levels" }, levels.map((level) => h("li", {}, level))),
    ),
  );
  return {
    element: h(
      "div",
      {},
      field.element,
      h("details", { class: "mb-criteria" }, h("summary", {}, "How a person will mark it"), h("ul", {}, marked)),
    ),
    refresh: field.refresh,
    showFeedback() {},
    focusFirst: field.focus,
    fieldLabel: () => "your text",
  };
}

export const describe = (spec, answer) => [["Your text", answer.texts.text ?? ""]];

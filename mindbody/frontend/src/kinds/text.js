// Written work, marked by a person; perhaps beside the placements of a formulation.

import { h, mark as shapeMark, words as plain } from "../dom.js";
import { printButton, stands } from "../formulation.js";
import { freeText } from "../free-text.js";
import { fill } from "../verdict.js";

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
  const print = ctx.spec.beside && printButton(() => [ctx.beside.view, ctx.beside.answer, ctx.answer.texts.text]);
  const writing = h(
    "div",
    {},
    field.element,
    h("details", { class: "mb-criteria" }, h("summary", {}, "How a person will mark it"), h("ul", {}, marked)),
    print,
  );
  const placements = ctx.spec.beside && buildPlacements(ctx, field.insert);
  return {
    element: placements ? h("div", { class: "mb-columns mb-writing" }, writing, placements.element) : writing,
    refresh(answer) {
      field.refresh(answer);
      if (!placements) return;
      print.disabled = !ctx.beside;
      placements.refresh();
    },
    showFeedback() {},
    focusFirst: field.focus,
    fieldLabel: () => "your text",
  };
}

/** What was placed in the other exercise, by slot; a click cites it. */
function buildPlacements(ctx, insert) {
  const entries = h("div", {});
  let shown = null;
  const cite = (id, text) =>
    h(
      "button",
      {
        type: "button",
        class: "mb-excerpt mb-cite",
        onclick: () => {
          insert(`[${id}]`);
          ctx.announce(`[${id}] put into your text.`);
        },
      },
      h("span", { class: "mb-number" }, h("span", { class: "mb-hidden" }, "Cite "), id),
      h("span", { class: "mb-excerpt-text" }, text),
    );
  return {
    element: h(
      "div",
      { class: "mb-case mb-workspace mb-folded" },
      h("p", { class: "mb-case-title" }, "What you placed"),
      h("p", { class: "mb-quiet" }, "Choose an excerpt to put its number into your text."),
      entries,
    ),
    refresh() {
      if (!ctx.beside || shown === ctx.beside) return;
      shown = ctx.beside;
      const { view, answer } = shown;
      const filled = view.slots
        .map((slot) => [slot, view.excerpts.filter(({ id }) => slot.id !== "bin" && stands(answer, id, slot))])
        .filter(([, placed]) => placed.length);
      fill(
        entries,
        !filled.length && h("p", {}, "Nothing is placed yet."),
        ...filled.map(([slot, placed]) =>
          h(
            "div",
            { class: `mb-slot-${slot.id}` },
            h("p", { class: "mb-slot-name" }, shapeMark(slot.shape), slot.label),
            placed.map(({ id, html }) => cite(id, plain(html))),
          ),
        ),
      );
    },
  };
}

export const describe = (spec, answer) => [["Your text", answer.texts.text ?? ""]];

// What stands beside a written formulation: what was placed in the other exercise, and a button that prints both.

import { h, mark as shapeMark, words as plain } from "./dom.js";
import { printButton, stands } from "./formulation.js";
import { fill } from "./verdict.js";

/** The placements by slot, of which a click cites one through `insert`, and the button. */
export function buildBeside(ctx, insert) {
  const print = printButton(() => [ctx.beside.view, ctx.beside.answer, ctx.answer.texts.text]);
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
    print,
    element: h(
      "div",
      { class: "mb-case mb-workspace mb-folded" },
      h("p", { class: "mb-case-title" }, "What you placed"),
      h("p", { class: "mb-quiet" }, "Choose an excerpt to put its number into your text."),
      entries,
    ),
    refresh() {
      print.disabled = !ctx.beside;
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

// A finished loop: tick the arrows that are wrong.

import { change, has } from "../answer.js";
import { drawGraph, legend, sentence as say } from "../arrows.js";
import { besideCase } from "../case.js";
import { h, uid } from "../dom.js";
import { explanation } from "../rule.js";
import { fill, notesOf, verdict } from "../verdict.js";

export function build(ctx) {
  const { nodes, arrows } = ctx.spec.view;
  const graph = drawGraph(nodes);
  const key = h("div", {});
  let mark = null;
  const rows = arrows.map(({ id, arrow }, index) => {
    const atom = `opt:${id}`;
    const whyId = uid();
    const why = h("div", { id: whyId });
    const input = h("input", {
      type: "checkbox",
      "aria-describedby": whyId,
      onchange: () => ctx.change(change(ctx.answer, input.checked ? { add: [atom] } : { remove: [atom] })),
    });
    const light = () => graph.light(arrow);
    const off = () => graph.light(null);
    const element = h(
      "div",
      { class: "mb-row", onpointerenter: light, onfocusin: light, onpointerleave: off, onfocusout: off },
      h("label", { class: "mb-option" }, input, h("span", { class: "mb-number" }, `${index + 1}`), h("span", {}, `${say(arrow, nodes)}.`)),
      why,
    );
    return { atom, arrow, input, why, element, tag: `${index + 1} ` };
  });

  function draw(answer) {
    fill(key, legend(mark ? "Solid: it holds. Dashed: it is wrong." : "Dashed: you say it is wrong."));
    const right = (atom) => ctx.spec.table.groups[0].credits[atom] < 0;
    graph.refresh(
      rows.map(({ atom, arrow, tag }) => {
        const wrong = mark ? !right(atom) : has(answer, atom);
        return { atom: arrow, tag, status: wrong ? "mb-is-wrong" : mark ? "mb-is-right" : "" };
      }),
    );
  }

  return {
    element: besideCase(
      ctx.spec.view,
      h(
        "div",
        { class: "mb-loop" },
        graph.element,
        key,
        h(
          "fieldset",
          { class: "mb-options" },
          h("legend", { class: "mb-label" }, "Which of these arrows are wrong?"),
          rows.map((row) => row.element),
        ),
      ),
    ),
    refresh(answer) {
      for (const { atom, input, element } of rows) {
        input.checked = has(answer, atom);
        element.classList.toggle("mb-chosen", input.checked);
      }
      draw(answer);
    },
    showFeedback(result) {
      mark = result;
      const notes = notesOf(mark);
      for (const { atom, why } of rows) {
        const name = notes.get(atom)?.verdict;
        const said = { right: "Found: this one is wrong.", wrong: "This one holds.", missed: "Wrong, and not ticked." };
        fill(why, mark && verdict(name === "wrong" ? "neutral" : (name ?? "right"), said[name] ?? "It holds.", explanation(ctx.spec.table, atom)));
      }
      draw(ctx.answer);
    },
    focusFirst: () => rows[0].input.focus(),
    fieldLabel: () => "the arrows",
  };
}

export function describe(spec, answer) {
  const ticked = spec.view.arrows.filter(({ id }) => has(answer, `opt:${id}`));
  return [["Ticked as wrong", ticked.map(({ arrow }) => say(arrow, spec.view.nodes)).join("\n")]];
}

export const sentence = ({ recall, precision }) =>
  `you found ${recall[0]} of ${recall[1]}; ${precision[0]} of your ${precision[1]} ${precision[1] === 1 ? "tick" : "ticks"} right.`;

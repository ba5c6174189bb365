// Statements on the rungs of a ladder; then, perhaps, a question that would help one of them a rung up.

import { buildCards } from "../cards.js";
import { h, words } from "../dom.js";
import { freeText } from "../free-text.js";
import { compare } from "../talk.js";
import { fill } from "../verdict.js";
import * as sort from "./sort.js";

export { sentence } from "./sort.js";

const asked = ({ view: { cards, next } }) =>
  cards.filter(({ id }) => id === next).map(({ html }) => `Ask what could help this statement a rung up: ${words(html)}`);

export function build(ctx) {
  const { cards, places } = ctx.spec.view;
  const rungs = buildCards(ctx, { cards, places, draw: "mb-ladder", ladder: true });
  const [label] = asked(ctx.spec);
  if (!label) return rungs;
  const models = h("div", {});
  const question = freeText(ctx, { field: "next", label, rows: 2 });
  return {
    ...rungs,
    element: h("div", {}, rungs.element, question.element, models),
    refresh(answer) {
      rungs.refresh(answer);
      question.refresh(answer);
    },
    showFeedback(mark) {
      rungs.showFeedback(mark);
      fill(models, mark && compare(ctx.spec.table, "expert"));
    },
    fieldLabel: (field) => (field === "next" ? "your question" : rungs.fieldLabel(field)),
  };
}

export const describe = (spec, answer) => [
  ...sort.describe(spec, answer),
  ...asked(spec).map((label) => [label, answer.texts.next ?? ""]),
];

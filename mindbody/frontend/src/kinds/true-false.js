// A set of statements, each true or false.

import { buildCards, placeOf } from "../cards.js";
import { words } from "../dom.js";

const PLACES = [
  { id: "true", label: "True" },
  { id: "false", label: "False" },
];

export const build = (ctx) =>
  buildCards(ctx, {
    cards: ctx.spec.view.statements,
    places: PLACES,
    join: ":",
  });

export const describe = (spec, answer) =>
  spec.view.statements.map(({ id, html }) => [words(html), placeOf(PLACES, answer, id, ":")?.label ?? ""]);

export const sentence = ({ recall }) => `${recall[0]} of ${recall[1]} statements read as the evidence has them.`;

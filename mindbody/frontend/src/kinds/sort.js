// Cards into places; claims to evidence badges are the same.

import { buildCards, placeOf } from "../cards.js";
import { words } from "../dom.js";

export function build(ctx) {
  const { cards, places, badges } = ctx.spec.view;
  return buildCards(ctx, { cards, places, draw: places[0].hint && "mb-places", badge: badges });
}

export const describe = ({ view: { cards, places } }, answer) =>
  cards.map(({ id, html }) => {
    const sure = answer.numbers[`${id}-sure`];
    return [words(html), [placeOf(places, answer, id)?.label, sure && `${sure} % sure`].filter(Boolean).join(", ")];
  });

export const sentence = ({ recall }) => `${recall[0]} of ${recall[1]} as in the key.`;

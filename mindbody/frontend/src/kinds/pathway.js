// Signs of anxiety to pathways, what must not be missed, and the pace.

import { change, has } from "../answer.js";
import { buildCards } from "../cards.js";
import { readCase } from "../case.js";
import { h, trusted, words } from "../dom.js";
import { buildTrack } from "../track.js";
import { fill, notesOf, verdict } from "../verdict.js";
import * as sort from "./sort.js";

export { sentence } from "./sort.js";

const NONE = "none@risk";
const MUST = "Must not be missed";
const NO_SIGN = "There is no such sign here";

const SAYS = { right: `${MUST}: yes.`, wrong: "Ticked; it can wait.", missed: `Not ticked. ${MUST}.` };

export function build(ctx) {
  const { cards, places, note, paces, risk, case: patient } = ctx.spec.view;
  const parts = [];

  /** A box for an atom; ticking it clears others. */
  function tick(atom, others, label) {
    const why = h("div", {});
    const input = h("input", {
      type: "checkbox",
      onchange: () => {
        if (input.checked && others.some((other) => has(ctx.answer, other))) ctx.announce("The tick that this excludes was cleared.");
        ctx.change(change(ctx.answer, input.checked ? { add: [atom], remove: others } : { remove: [atom] }));
      },
    });
    parts.push({
      refresh: (answer) => (input.checked = has(answer, atom)),
      showFeedback(notes) {
        const found = notes.get(atom);
        const said = atom === NONE ? (found?.verdict === "wrong" ? "There is one." : `${NO_SIGN}: yes.`) : SAYS[found?.verdict];
        fill(why, found && verdict(found.verdict === "wrong" ? "neutral" : found.verdict, said, atom === NONE && found.why));
      },
    });
    return h("div", {}, h("label", { class: "mb-box" }, input, h("span", {}, label)), why);
  }

  const signs = buildCards(ctx, {
    cards,
    places,
    draw: "mb-places",
    extra: ({ id }) => risk && tick(`${id}@risk`, [NONE], MUST),
  });
  const none = risk && tick(NONE, cards.map(({ id }) => `${id}@risk`), NO_SIGN);
  const track =
    paces[0] &&
    buildTrack(ctx, {
      legend: "At what pace do you go on?",
      token: "You",
      lanes: paces,
      atoms: paces.map(({ id }) => `pace:${id}`),
      near: "one step off",
      noun: "pace",
    });
  if (track) parts.push(track);
  return {
    ...signs,
    element: h("div", {}, trusted("p", { class: "mb-help" }, note), patient && readCase(patient), signs.element, none, track?.parts),
    refresh(answer) {
      for (const part of [signs, ...parts]) part.refresh(answer);
    },
    showFeedback(mark) {
      signs.showFeedback(mark);
      for (const part of parts) part.showFeedback(notesOf(mark));
    },
    fieldLabel: (field) => ({ pace: "the pace", risk: "what must not be missed" })[field] ?? signs.fieldLabel(field),
    describeAtom: (atom) => words(cards.find(({ id }) => atom === `${id}@risk`)?.html ?? ""),
  };
}

export function describe(spec, answer) {
  const { cards, paces, risk } = spec.view;
  const ticked = cards.filter(({ id }) => has(answer, `${id}@risk`)).map(({ html }) => words(html));
  const pace = paces.find(({ id }) => has(answer, `pace:${id}`));
  return [
    ...sort.describe(spec, answer),
    ...(risk ? [[MUST, has(answer, NONE) ? NO_SIGN : ticked.join("\n")]] : []),
    ...(pace ? [["Pace", pace.label]] : []),
  ];
}

// Cards and the places they go to. Every card is a row of radio buttons, so mouse, finger, keyboard and screen reader
// need nothing else; where the places are drawn, a card may also be dragged there by its number.

import { change, has } from "./answer.js";
import { h, trusted, uid, words } from "./dom.js";
import { draggable } from "./drag.js";
import { explanation } from "./rule.js";
import { buildSlider } from "./slider.js";
import { fill, notesOf, verdict } from "./verdict.js";

/** What a card was given, of the places in their order. */
export const placeOf = (places, answer, card, join = "@") => places.find(({ id }) => has(answer, `${card}${join}${id}`));

function says(chosen, right, near) {
  const said = chosen ? `You said ${chosen}` : "You left this open";
  return chosen === right ? `${said}, and it is.` : `${said}${near ? ": close" : ""}. It is ${right}.`;
}

/**
 * Build the rows. `draw` is the class of the places where they are drawn: as a ladder, they hold the cards put there,
 * and the buttons bear the numbers of its rungs. `extra(card)` may add an element to a row.
 */
export function buildCards(ctx, { cards, places, join = "@", draw, ladder, badge, extra }) {
  const called = (i) => (join === "@" ? places[i]?.label : places[i]?.id);
  const name = (place) => h("span", { class: badge && "mb-badge" }, place.label);

  const rows = cards.map((card, index) => {
    const [group, whyId] = [uid(), uid()];
    const atoms = places.map(({ id }) => `${card.id}${join}${id}`);
    const put = (i) => ctx.change(change(ctx.answer, { remove: atoms, add: [atoms[i]] }));
    const inputs = places.map((_, i) =>
      h("input", { type: "radio", name: group, "aria-describedby": whyId, onchange: () => put(i) }),
    );
    const number = h("span", { class: "mb-number" }, `${index + 1}`);
    const field = `${card.id}-sure`;
    const sure =
      field in ctx.spec.shape.fields
        ? buildSlider({
            label: "How sure?",
            tell(value) {
              ctx.type("numbers", field, `${value}`);
              sure.refresh(value);
            },
          })
        : null;
    const why = h("div", { id: whyId });
    const element = h(
      "fieldset",
      { class: "mb-statement mb-row" },
      h("legend", {}, number, trusted("span", {}, card.html)),
      h(
        "div",
        { class: "mb-segments" },
        places.map((place, i) =>
          h("label", {}, inputs[i], ladder ? h("span", {}, `${i + 1}`, h("span", { class: "mb-rung" }, ` ${place.label}`)) : place.label),
        ),
      ),
      extra?.(card),
      sure?.element,
      why,
    );
    return { card, atoms, put, inputs, number, sure, field, why, element };
  });

  const drawn = places.map((place) => {
    const here = h("ul", {});
    const element = h("li", {}, name(place), place.hint && h("span", { class: "mb-quiet" }, ` ${place.hint}`), ladder && here);
    return { here, element };
  });
  // A ladder is read from its top.
  const order = ladder ? [...drawn].reverse() : drawn;
  const board = draw && h("ol", { class: draw, reversed: ladder }, order.map(({ element }) => element));
  const list = h("div", { class: "mb-statements" }, rows.map((row) => row.element));
  const element = h("div", { class: join === "@" && "mb-sort" }, board, list);
  for (const { number, put } of draw ? rows : []) {
    number.classList.add("mb-handle");
    draggable(number, number, {
      label: number.textContent,
      within: () => element,
      target: (below) => drawn.find((place) => place.element === below.closest("li"))?.element,
      drop: (found) => put(drawn.findIndex((place) => place.element === found)),
    });
  }

  return {
    element,
    refresh(answer) {
      for (const { atoms, inputs, sure, field } of rows) {
        atoms.forEach((atom, i) => (inputs[i].checked = has(answer, atom)));
        const typed = parseFloat(answer.numbers[field]);
        sure?.refresh(typed >= 0 ? typed : null);
      }
      drawn.forEach(({ here }, i) => {
        fill(here, ...rows.map(({ card, inputs }) => inputs[i].checked && h("li", {}, words(card.html))));
      });
    },
    showFeedback(mark) {
      const notes = notesOf(mark);
      for (const { atoms, why } of rows) {
        const chosen = atoms.findIndex((atom) => notes.has(atom) && notes.get(atom).verdict !== "missed");
        const right = atoms.findIndex((atom) => ["right", "missed"].includes(notes.get(atom)?.verdict));
        const given = notes.get(atoms[chosen])?.verdict ?? "missed";
        fill(
          why,
          mark &&
            verdict(
              given,
              says(called(chosen), called(right), given === "partial"),
              explanation(ctx.spec.table, atoms[Math.max(0, right)]),
            ),
        );
      }
    },
    focusFirst: () => rows[0].inputs[0].focus(),
    fieldLabel: (field) => `statement ${cards.findIndex(({ id }) => id === field) + 1}`,
  };
}

// What is said of an atom after checking. Words carry it; the mark beside them repeats it.

import { h, trusted } from "./dom.js";

const MARKS = { right: "●", partial: "◐", neutral: "○", unsupported: "○", wrong: "○", missed: "◌" };

/** A verdict in words, if there is one to give, with its explanation (compiled HTML of the book). */
export function verdict(name, words, why) {
  return h(
    "div",
    { class: `mb-why mb-why-${name}` },
    words ? h("p", { class: "mb-verdict" }, h("span", { "aria-hidden": "true" }, `${MARKS[name]} `), words) : null,
    why ? trusted("p", {}, why) : null,
  );
}

/** Replace what an element shows. */
export function fill(element, ...children) {
  element.replaceChildren(...children.filter(Boolean));
}

/** Notes of a mark by atom. */
export const notesOf = (mark) => new Map((mark?.notes ?? []).map((note) => [note.atom, note]));

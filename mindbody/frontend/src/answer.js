// An answer is {atoms, numbers, texts}; these make new ones and never change the one they are given.

import { readAnswer, shapeFaults } from "./rule.js";

export const emptyAnswer = () => ({ atoms: [], numbers: {}, texts: {} });

/** What an exercise begins with: nothing, or a starting state. */
export const startAnswer = (shape) => readAnswer({ atoms: shape.start ?? [] });

export const has = (answer, atom) => answer.atoms.includes(atom);

/** The answer with some atoms taken out and some put in. */
export function change(answer, { add = [], remove = [] }) {
  const atoms = new Set(answer.atoms);
  for (const atom of remove) atoms.delete(atom);
  for (const atom of add) atoms.add(atom);
  return readAnswer({ ...answer, atoms: [...atoms] });
}

/** The answer with one number or text typed; an emptied field is left out. */
export function typed(answer, part, field, value) {
  const others = Object.entries(answer[part]).filter(([name]) => name !== field);
  return { ...answer, [part]: Object.fromEntries(value === "" ? others : [...others, [field, value]]) };
}

/** What of an answer still fits a shape: atoms and fields that exist, together within its limits. */
export function fit(answer, shape) {
  const known = new Set(Object.values(shape.fields).flatMap((field) => field.atoms ?? []));
  const keep = (part, wanted) =>
    Object.fromEntries(
      Object.entries(answer[part]).filter(([name]) => Object.hasOwn(shape.fields, name) && shape.fields[name][wanted]),
    );
  const fitting = {
    atoms: answer.atoms.filter((atom) => known.has(atom)),
    numbers: keep("numbers", "number"),
    texts: keep("texts", "text"),
  };
  const chosen = { atoms: fitting.atoms, numbers: {}, texts: {} };
  return shapeFaults(chosen, shape).length ? { ...fitting, atoms: [] } : fitting;
}

const canonical = ({ atoms, numbers, texts }) =>
  JSON.stringify([[...atoms].sort(), ...[numbers, texts].map((part) => Object.entries(part).sort())]);

export const same = (a, b) => canonical(a) === canonical(b);

export const isEmpty = (answer) => same(answer, emptyAnswer());

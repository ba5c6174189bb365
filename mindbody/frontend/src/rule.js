// The marking rule, the twin of mindbody/marking.py: the same names, sentences and results.
// Python is the authority; the fixtures in tests/fixtures/marking are run by both.
// Credits are integer hundredths; shares are exact fractions [numerator, denominator] of BigInt.

export const FULL = 100;

export class AnswerError extends Error {}

const own = (object, name) => (object && Object.hasOwn(object, name) ? object[name] : undefined);
const isMapping = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

// What Python's `\s` and `str.strip` call a space; JavaScript's own set differs (U+001C-1F, U+0085, U+FEFF).
const SPACE = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const SPACES = new RegExp(`[${SPACE}]+`, "g");
const THOUSANDS = /^[+-]?[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]+)?$/;
const DECIMAL = /^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)$/;
const LONGEST_NUMBER = 40;

const isBlank = (text) => text.replace(SPACES, "") === "";

/** Python sorts strings by code point, JavaScript by UTF-16 unit; the two differ beyond U+FFFF. */
function byCodePoint(a, b) {
  const [left, right] = [[...a], [...b]];
  for (let i = 0; i < left.length && i < right.length; i++) {
    if (left[i] !== right[i]) return left[i].codePointAt(0) - right[i].codePointAt(0);
  }
  return left.length - right.length;
}

// --- exact fractions -------------------------------------------------------------------------------------------

const fraction = (numerator, denominator = 1n) =>
  denominator < 0n ? [-numerator, -denominator] : [numerator, denominator];
const ZERO = fraction(0n);
const ONE = fraction(1n);
const compare = (a, b) => {
  const difference = a[0] * b[1] - b[0] * a[1];
  return difference < 0n ? -1 : Number(difference > 0n);
};

function roundHalfUp([numerator, denominator]) {
  const [n, d] = [2n * numerator + denominator, 2n * denominator];
  const down = n / d;
  return Number(n < 0n && n % d !== 0n ? down - 1n : down);
}

function fromDecimal(text) {
  const [, sign, whole, , part = ""] = /^([+-]?)([0-9]*)(\.([0-9]*))?$/.exec(text);
  const numerator = BigInt(whole + part || "0");
  return fraction(sign === "-" ? -numerator : numerator, 10n ** BigInt(part.length));
}

/** The end of a range: a string is decimal, a JSON number is exactly the binary number it is (as in Python). */
function fromTable(value) {
  if (typeof value === "string") {
    // Python writes very small and very large decimals with an exponent.
    const [digits, exponent = "0"] = value.split(/e/i);
    const [numerator, denominator] = fromDecimal(digits);
    const power = BigInt(exponent);
    return power < 0n
      ? fraction(numerator, denominator * 10n ** -power)
      : fraction(numerator * 10n ** power, denominator);
  }
  let [scaled, denominator] = [value, 1n];
  while (!Number.isInteger(scaled)) [scaled, denominator] = [scaled * 2, denominator * 2n];
  return fraction(BigInt(scaled), denominator);
}

/** Read a number as a clinician types it; a fraction in lowest terms, or null. See parse_number in marking.py. */
export function parseNumber(text) {
  let typed = text.replace(SPACES, "").replaceAll("\u2212", "-");
  if (/[^\x00-\x7f]/.test(typed) || typed.length > LONGEST_NUMBER) return null;
  if (typed.endsWith("%")) typed = typed.slice(0, -1);
  if (THOUSANDS.test(typed)) typed = typed.replaceAll(",", "");
  else if (typed.split(",").length === 2 && !typed.includes(".")) typed = typed.replace(",", ".");
  return DECIMAL.test(typed) ? lowest(fromDecimal(typed)) : null;
}

function lowest([numerator, denominator]) {
  let [a, b] = [numerator < 0n ? -numerator : numerator, denominator];
  while (b) [a, b] = [b, a % b];
  return [numerator / a, denominator / a];
}

// --- answers and shapes ----------------------------------------------------------------------------------------

/** Read `{"atoms": [...], "numbers": {...}, "texts": {...}}`; absent parts are empty. Throws AnswerError. */
export function readAnswer(data) {
  const part = (name, empty) => (Object.hasOwn(data, name) ? data[name] : empty);
  const atoms = part("atoms", []);
  if (!Array.isArray(atoms) || !atoms.every((atom) => typeof atom === "string")) {
    throw new AnswerError("atoms must be a list of strings");
  }
  if (new Set(atoms).size !== atoms.length) throw new AnswerError("an atom stands twice in the answer");
  const read = { atoms: [...atoms].sort(byCodePoint), numbers: part("numbers", {}), texts: part("texts", {}) };
  for (const name of ["numbers", "texts"]) {
    if (!isMapping(read[name]) || !Object.values(read[name]).every((value) => typeof value === "string")) {
      throw new AnswerError(`${name} must map a field to a string`);
    }
  }
  return read;
}

const count = (atoms, of) => of.reduce((sum, atom) => sum + Number(atoms.has(atom)), 0);

/** Say how an answer breaks the shape of its item: one sentence for each fault. */
export function shapeFaults(answer, shape) {
  const faults = [];
  const fields = shape.fields;
  const chosen = new Set(answer.atoms);
  const given = new Set(shape.given ?? []);
  const known = new Set(Object.values(fields).flatMap((field) => field.atoms ?? []));
  for (const atom of [...chosen].sort(byCodePoint)) {
    if (given.has(atom)) faults.push(`"${atom}" was given, it is not an answer`);
    else if (!known.has(atom)) faults.push(`"${atom}" is not one of the choices`);
  }
  for (const [name, field] of Object.entries(fields)) {
    const have = count(chosen, field.atoms ?? []);
    if (field.at_most != null && have > field.at_most) {
      faults.push(`"${name}" takes at most ${field.at_most}, not ${have}`);
    }
  }
  for (const limit of shape.at_most ?? []) {
    if (count(chosen, limit.atoms) > limit.n) faults.push(limit.say);
  }
  for (const rule of shape.excludes ?? []) {
    if (chosen.has(rule.if) && count(chosen, rule.not)) {
      faults.push(`"${rule.if}" cannot stand beside other choices`);
    }
  }
  for (const order of shape.orders ?? []) faults.push(...orderFaults(chosen, order.items));
  for (const [name, number] of Object.entries(answer.numbers ?? {})) {
    if (!own(fields, name)?.number) faults.push(`"${name}" is not a number of this exercise`);
    else if (!isBlank(number) && parseNumber(number) === null) {
      faults.push(`"${name}" is not a number: write it like 3.7 or 27 %`);
    }
  }
  for (const [name, text] of Object.entries(answer.texts ?? {})) {
    const rule = own(fields, name)?.text;
    if (rule == null) faults.push(`"${name}" is not a text of this exercise`);
    else if (text.length > rule.max) faults.push(`"${name}" is longer than ${rule.max} characters`);
  }
  return faults;
}

function orderFaults(chosen, items) {
  const pairs = items.flatMap((a, i) => items.slice(i + 1).map((b) => [a, b]));
  const before = [...pairs, ...pairs.map(([a, b]) => [b, a])].filter(([a, b]) => chosen.has(`${a}<${b}`));
  if (!before.length) return [];
  const ahead = items.map((item) => before.filter(([first]) => first === item).length).sort((a, b) => a - b);
  const oneWay = pairs.every(([a, b]) => chosen.has(`${a}<${b}`) !== chosen.has(`${b}<${a}`));
  return oneWay && ahead.every((number, i) => number === i) ? [] : ["the order must give every item one place"];
}

/** Whether an answer is still the starting state of its item, which is not the learner's. */
export function untouched(answer, shape) {
  const start = new Set(shape.start);
  return start.size > 0 && start.size === answer.atoms.length && answer.atoms.every((atom) => start.has(atom));
}

/** Name the fields that still need an answer; an untouched starting state is none. */
export function unanswered(answer, shape) {
  const chosen = new Set(untouched(answer, shape) ? [] : answer.atoms);
  return Object.entries(shape.fields)
    .filter(([name, field]) => {
      let have;
      if (field.atoms) have = count(chosen, field.atoms);
      else have = Number(!isBlank(own(field.number ? answer.numbers : answer.texts, name) ?? ""));
      return have < (field.required ?? 0);
    })
    .map(([name]) => name);
}

// --- marks -----------------------------------------------------------------------------------------------------

/** The sentence for an atom: its own, else its subject's (what stands before `@`, `<` or `>`), else none. */
export function explanation(table, atom) {
  return own(table.why, atom) || own(table.why_unlisted, atom.split(/[@<>]/, 1)[0]) || "";
}

/** Mark one answer. Throws AnswerError when the answer breaks the shape. See mark in marking.py. */
export function mark(answer, table, shape) {
  const faults = shapeFaults(answer, shape);
  if (faults.length) throw new AnswerError(faults.join("; "));
  const chosen = new Set(answer.atoms);
  const gates = (table.gates ?? []).map((gate) => ({ id: gate.id, label: gate.label, passed: passed(gate, chosen) }));
  const failed = (table.gates ?? []).filter((gate, i) => !gates[i].passed);
  const zeroed = new Set(failed.flatMap((gate) => (gate.effect === "zero-group" ? gate.groups ?? [] : [])));
  const groups = [];
  const notes = [];
  let [earned, weights] = [ZERO, 0n];
  for (const group of table.groups) {
    const { marked, share, said } = markGroup(group, chosen, answer, table, shape);
    const nought = zeroed.has(group.id);
    const weight = BigInt(group.weight ?? 1);
    groups.push(nought ? { ...marked, value: 0, share: 0 } : marked);
    notes.push(...said);
    weights += weight;
    if (!nought) earned = fraction(earned[0] * share[1] + weight * share[0] * earned[1], earned[1] * share[1]);
  }
  let share = weights ? fraction(earned[0], earned[1] * weights) : ZERO;
  if (failed.some((gate) => gate.effect === "zero-item")) share = ZERO;
  const points = roundHalfUp(fraction(share[0] * BigInt(table.points), share[1]));
  return { points, max: table.points, groups, gates, notes };
}

function passed(gate, chosen) {
  const anyOf = gate.any_of ?? [];
  return (
    (gate.all_of ?? []).every((atom) => chosen.has(atom)) &&
    (!anyOf.length || anyOf.some((atom) => chosen.has(atom))) &&
    !(gate.none_of ?? []).some((atom) => chosen.has(atom)) &&
    (gate.at_most ?? []).every((limit) => count(chosen, limit.atoms) <= limit.n)
  );
}

function markGroup(group, chosen, answer, table, shape) {
  const note = (atom, verdict, credit, why = explanation(table, atom)) => ({ atom, verdict, credit, why });
  const unlisted = group.unlisted ?? 0;
  const universe = group.fields.flatMap((name) => shape.fields[name].atoms ?? []);
  const mine = universe.filter((atom) => chosen.has(atom)).sort(byCodePoint);
  const credit = new Map(mine.map((atom) => [atom, own(group.credits, atom) ?? unlisted]));
  const notes = mine.map((atom) => note(atom, verdict(atom, group), credit.get(atom)));
  let raw = sum(credit.values());
  for (const rivals of group.best_of ?? []) {
    const both = rivals.filter((atom) => credit.has(atom)).map((atom) => credit.get(atom));
    if (both.length) raw -= sum(both) - Math.max(...both);
  }
  for (const rule of group.adjust ?? []) {
    const all = (rule.if_all ?? []).every((atom) => chosen.has(atom));
    if (all && !(rule.if_none ?? []).some((atom) => chosen.has(atom))) raw += rule.credit;
  }
  const references = Object.keys(group.credits)
    .filter((atom) => group.credits[atom] >= FULL)
    .sort(byCodePoint);
  const ranges = Object.entries(group.ranges ?? {});
  let supported = [...credit.values()].filter((value) => value > 0).length;
  let placed = mine.length;
  let found = count(chosen, references);
  for (const [name, spans] of ranges) {
    const said = readNumber(name, own(answer.numbers, name) ?? "", spans, note);
    raw += said.credit;
    notes.push(said);
    supported += Number(said.credit > 0);
    found += Number(said.credit >= FULL);
    placed += Number(said.verdict !== "missed");
  }
  const value = Math.min(group.cap ?? group.total, Math.max(group.floor ?? 0, raw));
  const share = shareOf(value, group.total, group.transform ?? "linear");
  for (const atom of references) if (!chosen.has(atom)) notes.push(note(atom, "missed", 0));
  const marked = {
    id: group.id,
    label: group.label,
    value,
    total: group.total,
    share: roundHalfUp(fraction(share[0] * BigInt(FULL), share[1])),
    recall: [found, references.length + ranges.length],
    precision: [supported, placed],
  };
  return { marked, share, said: notes };
}

function readNumber(name, typed, spans, note) {
  const value = parseNumber(typed);
  if (value === null) return note(name, "missed", 0);
  for (const span of spans) {
    if (compare(fromTable(span.from), value) <= 0 && compare(value, fromTable(span.to)) <= 0) {
      const why = span.why || undefined;
      return note(name, span.credit >= FULL ? "right" : "partial", span.credit, why);
    }
  }
  return note(name, "wrong", 0);
}

function verdict(atom, group) {
  const value = own(group.credits, atom);
  if (value === undefined) return (group.unlisted ?? 0) === 0 ? "neutral" : "unsupported";
  if (value >= FULL) return "right";
  return value > 0 ? "partial" : "wrong";
}

function shareOf(value, total, transform) {
  if (total <= 0) return ZERO;
  let share = fraction(BigInt(value), BigInt(total));
  if (compare(share, ZERO) < 0) share = ZERO;
  if (compare(share, ONE) > 0) share = ONE;
  const all = compare(share, ONE) === 0;
  if (transform === "all-or-none") return all ? ONE : ZERO;
  if (transform === "half-point" && !all) return compare(share, [1n, 2n]) > 0 ? [1n, 2n] : ZERO;
  return share;
}

const sum = (values) => [...values].reduce((total, value) => total + value, 0);

// A field for one number: read as the marking rule reads it, and said back where commas or spaces leave room for doubt.

import { flag, h, say, uid } from "./dom.js";
import { parseNumber } from "./rule.js";
import { fill, verdict } from "./verdict.js";

const SAYS = {
  right: "Within the accepted range.",
  partial: "A known slip: the method is there.",
  wrong: "Outside the accepted range.",
  missed: "Not filled in.",
};
const BEGUN = /^[\s+\u2212-]*[.,]?$/;

/** How a typed number was read, where commas or spaces leave room for doubt. */
function reading(typed) {
  const value = parseNumber(typed);
  if (value === null || !/[,\s]/.test(typed.trim())) return "";
  return `Read as ${String(Number(value[0]) / Number(value[1]))}.`;
}

/** Build the parts; who asks puts them where they belong. `labelledby` names the input when no label is `for` it. */
export function numberField(ctx, name, labelledby = null) {
  const [id, hintId, whyId] = [uid(), uid(), uid()];
  const hint = h("p", { class: "mb-hint-number", id: hintId, role: "status" });
  const why = h("div", { id: whyId });
  const printed = h("span", { class: "mb-printed", "aria-hidden": "true" });
  const input = h("input", {
    id,
    type: "text",
    inputmode: "decimal",
    autocomplete: "off",
    maxlength: 60,
    "aria-labelledby": labelledby,
    "aria-describedby": `${hintId} ${whyId}`,
    oninput: () => {
      ctx.type("numbers", name, input.value);
      show(BEGUN.test(input.value));
    },
    onblur: () => {
      ctx.flush();
      show(input.value.trim() === "");
    },
  });
  function show(silent) {
    const broken = !silent && parseNumber(input.value) === null;
    flag(input, "aria-invalid", broken ? "true" : null);
    hint.classList.toggle("mb-warning", broken);
    say(hint, broken ? `“${input.value.trim()}” is not a number. Write it like 3.7 or 27 %.` : reading(input.value));
    say(printed, input.value || "\u00a0");
  }
  return {
    id,
    name,
    input,
    hint,
    why,
    printed,
    refresh(answer) {
      const value = Object.hasOwn(answer.numbers, name) ? answer.numbers[name] : "";
      if (input.value !== value) input.value = value;
      show(BEGUN.test(value));
    },
    showFeedback(notes, label = "", says = SAYS) {
      const note = notes.get(name);
      fill(why, note && verdict(note.verdict === "wrong" ? "neutral" : note.verdict, label + says[note.verdict], note.why));
    },
  };
}

/** One labelled number on a line of its own. */
export function numberRow(ctx, { id, label, unit }) {
  const field = numberField(ctx, id);
  const element = h(
    "div",
    { class: "mb-row" },
    h("label", { for: field.id, class: "mb-label" }, label),
    h("div", { class: "mb-number-line" }, field.input, field.printed, unit ? h("span", {}, unit) : null),
    field.hint,
    field.why,
  );
  return { ...field, element };
}

/** The numbers of an answer in words, for the learner's own copy. */
export const describeNumbers = (fields, answer) =>
  fields.map(({ id, label, unit }) => [
    label,
    Object.hasOwn(answer.numbers, id) ? [answer.numbers[id], unit].filter(Boolean).join(" ") : "",
  ]);

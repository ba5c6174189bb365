// Numbers to work out.

import { flag, h, say, uid } from "../dom.js";
import { parseNumber } from "../rule.js";
import { fill, notesOf, verdict } from "../verdict.js";

export const kind = "number";

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

export function build(ctx) {
  const rows = ctx.spec.view.fields.map((field) => {
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
      "aria-describedby": `${hintId} ${whyId}`,
      oninput: () => {
        ctx.type("numbers", field.id, input.value);
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
    const element = h(
      "div",
      { class: "mb-row" },
      h("label", { for: id, class: "mb-label" }, field.label),
      h("div", { class: "mb-number-line" }, input, printed, field.unit ? h("span", {}, field.unit) : null),
      hint,
      why,
    );
    return { field, input, why, element, show };
  });
  return {
    element: h("div", { class: "mb-numbers" }, rows.map((row) => row.element)),
    refresh(answer) {
      for (const { field, input, show } of rows) {
        const value = Object.hasOwn(answer.numbers, field.id) ? answer.numbers[field.id] : "";
        if (input.value !== value) input.value = value;
        show(BEGUN.test(value));
      }
    },
    showFeedback(mark) {
      const notes = notesOf(mark);
      for (const { field, why } of rows) {
        const note = notes.get(field.id);
        fill(why, note && verdict(note.verdict === "wrong" ? "neutral" : note.verdict, SAYS[note.verdict], note.why));
      }
    },
    focusFirst: () => (rows.find(({ input }) => input.hasAttribute("aria-invalid")) ?? rows[0]).input.focus(),
    fieldLabel: (name) => ctx.spec.view.fields.find(({ id }) => id === name)?.label ?? name,
  };
}

export function describe(spec, answer) {
  return spec.view.fields.map(({ id, label, unit }) => [
    label,
    Object.hasOwn(answer.numbers, id) ? [answer.numbers[id], unit].filter(Boolean).join(" ") : "",
  ]);
}

// A field for free text: length advised, identifiers warned of, ruled lines where it is printed empty.

import { h, say, uid } from "./dom.js";
import { identifiers } from "./identifiers.js";

export const countWords = (text) => text.match(/[\p{L}\p{N}][\p{L}\p{N}'’–-]*/gu)?.length ?? 0;

/** Join names as a sentence does. */
export function list(names) {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** One sentence on what in a text may identify somebody; empty when nothing does. */
export function identifierWarning(text) {
  const found = [...new Set(identifiers(text).map(({ kind, text: words }) => `${kind} (“${words}”)`))];
  if (!found.length) return "";
  const named = list(found.slice(0, 4));
  const more = found.length > 4 ? ` and ${found.length - 4} more` : "";
  return `This may identify somebody: ${named}${more}. If it could belong to a real person, change it.`;
}

function advice(words, range) {
  const counted = `${words} ${words === 1 ? "word" : "words"}`;
  if (!range) return counted;
  const [fewest, most] = range;
  if (!words) return `About ${fewest} to ${most} words.`;
  if (words < fewest) return `${counted} of about ${fewest} to ${most}.`;
  if (words > most) return `${counted}; about ${fewest} to ${most} were asked for.`;
  return `${counted}, within ${fewest} to ${most}.`;
}

/** Build the field. `ctx` is a kind's; `field` the field of the answer's texts. */
export function freeText(ctx, { field, label, range = null, rows = 8 }) {
  const [id, count, warn, note] = [uid(), uid(), uid(), uid()];
  const counted = h("p", { class: "mb-count", id: count });
  const warning = h("p", { class: "mb-warning", id: warn, role: "status" });
  const printed = h("div", { class: "mb-printed", "aria-hidden": "true" });
  const area = h("textarea", {
    id,
    rows,
    class: "mb-textarea",
    maxlength: ctx.spec.shape.fields[field].text.max,
    "aria-describedby": `${count} ${note} ${warn}`,
    oninput: () => {
      ctx.type("texts", field, area.value);
      show(area.value);
    },
    onblur: () => ctx.flush(),
  });
  let waiting;
  function show(text) {
    say(counted, advice(countWords(text), range));
    say(printed, text);
    printed.classList.toggle("mb-lines", !text.trim());
    clearTimeout(waiting);
    // A warning at every keystroke would interrupt; it comes when the hand rests.
    waiting = setTimeout(() => say(warning, identifierWarning(text)), 400);
  }
  const element = h(
    "div",
    { class: "mb-free" },
    h("label", { for: id, class: "mb-label" }, label),
    h("p", { class: "mb-quiet", id: note }, "No real patient material: write about the invented case only."),
    area,
    printed,
    counted,
    warning,
  );
  return {
    element,
    refresh(answer) {
      const text = Object.hasOwn(answer.texts, field) ? answer.texts[field] : "";
      if (area.value !== text) area.value = text;
      show(text);
    },
    /** Put words where the caret is, and leave the caret behind them. */
    insert(text) {
      const { value, selectionStart: at } = area;
      area.setRangeText(`${/[^\s([]$/.test(value.slice(0, at)) ? " " : ""}${text}`, at, area.selectionEnd, "end");
      area.dispatchEvent(new Event("input"));
      area.focus();
    },
    focus: () => area.focus(),
  };
}

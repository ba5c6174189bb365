// Predict what the teaching model does, run it, then play with it. A teaching model, not data.

import { change, has } from "../answer.js";
import { h, s, say, trusted, uid, words } from "../dom.js";
import { STEPS, run } from "../teaching-model.js";
import { fill, notesOf, verdict } from "../verdict.js";

export const checkLabel = "Run the model";

const WAYS = [
  ["higher", "Higher"],
  ["same", "About the same"],
  ["lower", "Lower"],
];
const MODEL = "A teaching model, not data.";

const one = (value) => value.toFixed(1);

/** A curve in words. */
function course(values) {
  const peak = Math.max(...values);
  const at = values.indexOf(peak);
  const top = at === 0 || at === STEPS ? "" : `, peaks at ${one(peak)} (step ${at})`;
  return `starts at ${one(values[0])}${top}, ends at ${one(values.at(-1))}`;
}

const [W, H, LEFT, RIGHT, TOP] = [400, 176, 22, 76, 8];

/** Curves with their names where they end: `[{name, values, look}]`. What they say stands in words beside them. */
function chart(curves) {
  const x = (step) => LEFT + (step / STEPS) * (W - LEFT - RIGHT);
  const y = (value) => TOP + (1 - value / 10) * (H - 2 * TOP - 16);
  const labels = curves.map(({ name, values, look }) => ({ name, look, at: y(values.at(-1)) })).sort((a, b) => b.at - a.at);
  // Names that would stand on each other move up.
  labels.forEach((label, i) => i && (label.at = Math.min(label.at, labels[i - 1].at - 15)));
  return s(
    "svg",
    { class: "mb-chart", viewBox: `0 0 ${W} ${H}`, "aria-hidden": "true" },
    [0, 5, 10].map((value) => [
      s("path", { class: "mb-axis", d: `M${LEFT} ${y(value)}H${W - RIGHT}` }),
      s("text", { x: LEFT - 6, y: y(value) + 4, "text-anchor": "end" }, `${value}`),
    ]).flat(),
    s("text", { x: LEFT, y: H - 4 }, "Symptom, step by step (0 to 60)"),
    curves.map(({ values, look }) =>
      s("path", { class: `mb-curve mb-${look}`, d: `M${values.map((value, i) => `${x(i).toFixed(1)} ${y(value).toFixed(1)}`).join("L")}` }),
    ),
    labels.map(({ name, look, at }) => s("text", { class: `mb-${look}`, x: W - RIGHT + 6, y: at + 4 }, name)),
  );
}

export function build(ctx) {
  const { inputs, scenarios } = ctx.spec.view;
  const rows = scenarios.map(({ id, html, from, to }, index) => {
    const name = uid();
    const atoms = WAYS.map(([way]) => `${id}:${way}`);
    const radios = atoms.map((atom) =>
      h("input", { type: "radio", name, onchange: () => ctx.change(change(ctx.answer, { remove: atoms, add: [atom] })) }),
    );
    const changed = inputs.filter((input) => from[input.id] !== to[input.id]);
    const result = h("div", { class: "mb-result" });
    const element = h(
      "fieldset",
      { class: "mb-statement mb-row" },
      h("legend", {}, h("span", { class: "mb-number" }, `${index + 1}`), trusted("span", {}, html)),
      h(
        "p",
        { class: "mb-quiet mb-changed" },
        `${changed.map((input) => `${input.label} from ${from[input.id] * 10} to ${to[input.id] * 10}`).join("; ")}. At the end the symptom is`,
      ),
      h("div", { class: "mb-segments" }, WAYS.map(([, label], i) => h("label", {}, radios[i], h("span", {}, label)))),
      result,
    );
    return { atoms, radios, result, element, from, to };
  });
  const play = buildPlay();
  // With the sliders one can run any change, so they open only with the feedback: never in a graded exercise.
  play.hidden = true;

  function buildPlay() {
    const first = scenarios[0].from;
    const level = { ...first };
    const begun = run(first).symptom;
    const picture = h("div", {});
    const told = h("p", { role: "status" });
    let waiting;
    const sliders = inputs.map(({ id, label, hint }) => {
      const [inputId, hintId] = [uid(), uid()];
      const value = h("output", { for: inputId });
      const range = h("input", { id: inputId, type: "range", min: 0, max: 10, step: 1, "aria-describedby": hintId, oninput: () => {
        level[id] = range.value / 10;
        show();
      } });
      const element = h("div", { class: "mb-slider" }, h("label", { for: inputId }, label), value, range, h("p", { class: "mb-quiet", id: hintId }, hint));
      return { id, range, value, element };
    });
    function show() {
      for (const { id, range, value } of sliders) {
        range.value = level[id] * 10;
        say(value, `${Math.round(level[id] * 10)}`);
      }
      const { symptom, tissue } = run(level);
      fill(picture, chart([{ name: "tissue", values: tissue, look: "faint" }, { name: "at first", values: begun, look: "before" }, { name: "now", values: symptom, look: "after" }]));
      clearTimeout(waiting);
      // Spoken when the hand rests, not at every step of a slider.
      waiting = setTimeout(() => say(told, `The symptom ${course(symptom)}. The tissue signal ${course(tissue)}. ${MODEL}`), 400);
    }
    const back = h("button", { type: "button", class: "mb-secondary", onclick: () => {
      Object.assign(level, first);
      show();
    } }, "Put the sliders back");
    show();
    return h(
      "div",
      { class: "mb-play", role: "group", "aria-label": "Free play" },
      h("p", { class: "mb-label" }, "Now play with it"),
      h("div", { class: "mb-sliders" }, sliders.map(({ element }) => element)),
      picture,
      told,
      back,
    );
  }

  return {
    element: h("div", { class: "mb-simulator" }, rows.map(({ element }) => element), play),
    refresh(answer) {
      for (const { atoms, radios } of rows) atoms.forEach((atom, i) => (radios[i].checked = has(answer, atom)));
    },
    showFeedback(mark) {
      play.hidden = !mark;
      const notes = notesOf(mark);
      for (const { atoms, result, from, to } of rows) {
        if (!mark) {
          fill(result);
          continue;
        }
        const [before, after] = [run(from).symptom, run(to).symptom];
        const ran = WAYS[atoms.findIndex((atom) => ["right", "missed"].includes(notes.get(atom)?.verdict))];
        const said = WAYS[atoms.findIndex((atom) => notes.has(atom) && notes.get(atom).verdict !== "missed")];
        const right = ran === said;
        const words = right ? `${ran[1]}, as you predicted.` : `${ran[1]}.${said ? ` You predicted: ${said[1].toLowerCase()}.` : " You left this open."}`;
        fill(
          result,
          chart([{ name: "without", values: before, look: "before" }, { name: "with", values: after, look: "after" }]),
          h("p", {}, `Without the change it ${course(before)}. With it, it ${course(after)}. ${MODEL}`),
          verdict(right ? "right" : said ? "neutral" : "missed", words, notes.get(atoms[WAYS.indexOf(ran)]).why),
        );
      }
    },
    focusFirst: () => rows[0].radios[0].focus(),
    fieldLabel: (name) => `change ${scenarios.findIndex(({ id }) => id === name) + 1}`,
  };
}

export function describe(spec, answer) {
  return spec.view.scenarios.map(({ id, html }) => [words(html), WAYS.find(([way]) => has(answer, `${id}:${way}`))?.[1] ?? ""]);
}

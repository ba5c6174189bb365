// A trial: which number is which, the two-by-two table, what follows from it, what may mislead; then two critics.

import { change, has } from "../answer.js";
import { flag, h, say, trusted, uid, words } from "../dom.js";
import { sheets } from "../experts.js";
import { describeNumbers, numberField, numberRow } from "../number-field.js";
import { parseNumber } from "../rule.js";
import { fill, notesOf, verdict } from "../verdict.js";
import { buildOptions } from "./options.js";

const CELLS = ["a", "b", "c", "d"];
const marked = (view) => view.abstract.flat().filter(({ id }) => id);
const cellLabel = ({ rows, columns }, i) => `${rows[i >> 1]}, ${columns[i & 1]}`;
const biasSays = (chosen, right) => (right ? (chosen ? "Ticked, and it stands." : "Not ticked; it stands.") : chosen ? "Ticked; it does not stand." : "Left out; it does not stand.");

export function build(ctx) {
  const { view } = ctx.spec;
  const steps = [buildParts(ctx), view.table && buildTable(ctx), view.fields.length && buildNumbers(ctx), view.bias.length && buildBias(ctx)].filter(Boolean);
  const critics = h("div", {});
  const each = (act) => steps.forEach(({ step }) => act(step));
  return {
    element: h(
      "div",
      { class: "mb-appraisal" },
      steps.map(({ title, step }, i) =>
        h("section", { class: "mb-step" }, h("p", { class: "mb-step-title" }, h("span", { class: "mb-count-badge" }, i + 1), title), step.element),
      ),
      critics,
    ),
    refresh: (answer) => each((step) => step.refresh(answer)),
    showFeedback(mark) {
      each((step) => step.showFeedback(mark));
      fill(critics, mark && sheets(ctx.spec.table, "Two who read the same trial"));
    },
    focusFirst() {
      const broken = critics.parentNode.querySelector("[aria-invalid]");
      if (broken) broken.focus();
      else steps[0].step.focusFirst();
    },
    fieldLabel(name) {
      const [, part] = name.split("part:");
      if (part) return `“${view.parts.find(({ id }) => id === part)?.label}”`;
      if (name === "bias") return "what may mislead";
      const cell = CELLS.indexOf(name);
      return cell < 0 ? view.fields.find(({ id }) => id === name)?.label ?? name : cellLabel(view.table, cell);
    },
  };
}

// --- which number is which ------------------------------------------------------------------------------------

function buildParts(ctx) {
  const { view } = ctx.spec;
  const group = uid();
  const numbers = marked(view);
  const atom = (number, part) => `${number}@${part}`;
  const chosenFor = (part) => numbers.find(({ id }) => has(ctx.answer, atom(id, part)));

  const parts = view.parts.map(({ id, label }, i) => {
    const input = h("input", { type: "radio", name: group, checked: i === 0 });
    const value = h("strong", { class: "mb-part-value" });
    const why = h("div", {});
    const row = h("div", { class: "mb-row" }, h("label", { class: "mb-option" }, input, h("span", { class: "mb-count-badge" }, i + 1), h("span", { class: "mb-part-label" }, label), value), why);
    input.addEventListener("change", arm);
    return { id, label, input, value, why, row };
  });
  const armed = () => parts.find(({ input }) => input.checked);
  function arm() {
    for (const { row, input } of parts) row.classList.toggle("mb-chosen", input.checked);
  }

  function choose({ id, text }) {
    const part = armed();
    const wanted = atom(id, part.id);
    const taken = has(ctx.answer, wanted);
    const remove = [...numbers.map((number) => atom(number.id, part.id)), ...parts.map((other) => atom(id, other.id))];
    ctx.change(change(ctx.answer, { remove, add: taken ? [] : [wanted] }));
    const next = taken ? null : parts.find((other) => !chosenFor(other.id));
    if (next) next.input.checked = true;
    arm();
    ctx.announce(`${text} ${taken ? "is no longer" : "is now"} “${part.label}”.${next ? ` Next: ${next.label}.` : ""}`);
  }

  const buttons = numbers.map((number) => {
    const tag = h("span", { class: "mb-count-badge", "aria-hidden": "true" });
    const said = h("span", { class: "mb-hidden" });
    const button = h("button", { type: "button", class: "mb-num", "aria-pressed": "false", onclick: () => choose(number) }, number.text, tag, said);
    return { number, button, tag, said };
  });
  const left = [...buttons];
  const paragraphs = view.abstract.map((pieces) =>
    h("p", {}, pieces.map((piece) => (piece.id ? left.shift().button : trusted("span", {}, piece.html)))),
  );

  const step = {
    element: h(
      "div",
      { class: "mb-abstract-side" },
      h("div", { class: "mb-case mb-abstract" }, paragraphs),
      h(
        "fieldset",
        { class: "mb-parts" },
        h("legend", { class: "mb-quiet" }, "Choose a line, then press its number in the text."),
        parts.map(({ row }) => row),
      ),
    ),
    refresh(answer) {
      for (const { id, value } of parts) say(value, numbers.find((number) => has(answer, atom(number.id, id)))?.text ?? "");
      for (const { number, button, tag, said } of buttons) {
        const at = parts.findIndex(({ id }) => has(answer, atom(number.id, id)));
        flag(button, "aria-pressed", String(at >= 0));
        tag.hidden = at < 0;
        say(tag, at < 0 ? "" : String(at + 1));
        say(said, at < 0 ? "" : `, ${parts[at].label}`);
      }
    },
    showFeedback(mark) {
      const notes = mark?.notes ?? [];
      for (const { id, why } of parts) {
        const mine = notes.filter((note) => note.atom.endsWith(`@${id}`));
        const right = mine.find(({ verdict: name }) => name === "right" || name === "missed");
        const wrong = mine.find(({ verdict: name }) => name === "neutral");
        const number = right && numbers.find((found) => atom(found.id, id) === right.atom);
        fill(
          why,
          wrong && verdict("neutral", "Another number.", wrong.why),
          right && verdict(right.verdict, right.verdict === "right" ? "Yes." : `It is ${number.text}.`, right.why),
        );
      }
    },
    focusFirst: () => armed().input.focus(),
  };
  arm();
  return { title: "Which number is which?", step };
}

// --- the table, and what follows ------------------------------------------------------------------------------

function buildTable(ctx) {
  const { rows, columns } = ctx.spec.view.table;
  const [rowIds, columnIds] = [[uid(), uid()], [uid(), uid()]];
  const cells = CELLS.map((cell, i) => numberField(ctx, cell, `${rowIds[i >> 1]} ${columnIds[i & 1]}`));
  const sums = rows.map(() => h("td", { class: "mb-sum" }));
  const heading = (scope, id, text) => h("th", { scope, id }, text);
  return {
    title: "Put them in a table",
    step: {
      element: h(
        "div",
        {},
        h("p", { class: "mb-quiet" }, "People, not per cent. The last column adds up each row for you."),
        h(
          "table",
          { class: "mb-2x2" },
          h("thead", {}, h("tr", {}, h("td", {}), columns.map((text, i) => heading("col", columnIds[i], text)), heading("col", uid(), "Together"))),
          h(
            "tbody",
            {},
            rows.map((text, r) =>
              h("tr", {}, heading("row", rowIds[r], text), [0, 1].map((c) => cellOf(cells[2 * r + c])), sums[r]),
            ),
          ),
        ),
        cells.map(({ why }) => why),
      ),
      refresh(answer) {
        for (const cell of cells) cell.refresh(answer);
        sums.forEach((sum, r) => {
          const two = [cells[2 * r], cells[2 * r + 1]].map(({ input }) => parseNumber(input.value));
          say(sum, two.every(Boolean) ? String(two.reduce((total, [n, d]) => total + Number(n) / Number(d), 0)) : "");
        });
      },
      showFeedback(mark) {
        const notes = notesOf(mark);
        cells.forEach((cell, i) => cell.showFeedback(notes, `${cellLabel(ctx.spec.view.table, i)}: `, CELL_SAYS));
      },
      focusFirst: () => cells[0].input.focus(),
    },
  };
}

const CELL_SAYS = { right: "yes.", wrong: "another number.", missed: "not filled in." };
const cellOf = ({ input, printed, hint }) => h("td", {}, h("div", { class: "mb-number-line" }, input, printed), hint);

function buildNumbers(ctx) {
  const rows = ctx.spec.view.fields.map((field) => numberRow(ctx, field));
  return {
    title: "Work out what follows",
    step: {
      element: h("div", { class: "mb-numbers" }, rows.map((row) => row.element)),
      refresh: (answer) => rows.forEach((row) => row.refresh(answer)),
      showFeedback(mark) {
        const notes = notesOf(mark);
        rows.forEach((row) => row.showFeedback(notes));
      },
    },
  };
}

function buildBias(ctx) {
  const step = buildOptions(ctx, {
    type: "checkbox",
    legend: "Tick what stands in this trial. A wrong tick costs what a right one earns.",
    says: biasSays,
    options: ctx.spec.view.bias,
    prefix: "bias",
  });
  return { title: "What may mislead?", step };
}

export function describe(spec, answer) {
  const { view } = spec;
  const numbers = marked(view);
  const cells = view.table ? CELLS.map((id, i) => ({ id, label: cellLabel(view.table, i) })) : [];
  const ticked = view.bias.filter(({ id }) => has(answer, `bias:${id}`)).map(({ html }) => words(html));
  return [
    ...view.parts.map(({ id, label }) => [label, numbers.find((number) => has(answer, `${number.id}@${id}`))?.text ?? ""]),
    ...describeNumbers([...cells, ...view.fields], answer),
    ...(view.bias.length ? [["What may mislead", ticked.join("; ")]] : []),
  ];
}

export const sentence = ({ recall, precision }) =>
  `${recall[0]} of ${recall[1]}${precision[1] > precision[0] ? `; ${precision[1] - precision[0]} that ${precision[1] - precision[0] === 1 ? "does" : "do"} not fit` : ""}.`;

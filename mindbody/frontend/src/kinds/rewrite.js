// A sentence said to a patient: mark what harms, name the fault, write it better, compare.

import { change, has } from "../answer.js";
import { flag, h, uid } from "../dom.js";
import { freeText } from "../free-text.js";
import { chosen, compare } from "../talk.js";
import { fill, notesOf, verdict } from "../verdict.js";
import { buildOptions } from "./options.js";

export function build(ctx) {
  const { view } = ctx.spec;
  const helpId = uid();
  const atoms = view.words.map((_, i) => `word:${i + 1}`);
  let at = 0;
  let pressed = null;

  function mark(from, to, wanted) {
    const range = atoms.slice(Math.min(from, to), Math.max(from, to) + 1);
    ctx.change(change(ctx.answer, wanted ? { add: range } : { remove: range }));
  }

  function go(to) {
    at = Math.max(0, Math.min(atoms.length - 1, to));
    buttons.forEach((button, i) => (button.tabIndex = i === at ? 0 : -1));
    buttons[at].focus();
  }

  const buttons = view.words.map((word, i) =>
    h(
      "button",
      {
        type: "button",
        class: "mb-word",
        tabindex: i ? -1 : 0,
        "aria-pressed": "false",
        onclick: (event) => {
          const wanted = !has(ctx.answer, atoms[i]);
          if (event.shiftKey) mark(at, i, true);
          else mark(i, i, wanted);
          go(i);
        },
        // Drawn over several words with the mouse, all of them are marked; a finger scrolls instead.
        onpointerdown: (event) => (pressed = event.pointerType === "mouse" ? i : null),
        onpointerup: () => {
          if (pressed !== null && pressed !== i) mark(pressed, i, true);
          pressed = null;
        },
        onkeydown: (event) => {
          const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 1, ArrowUp: -1, Home: -atoms.length, End: atoms.length }[event.key];
          if (!step) return;
          event.preventDefault();
          const from = at;
          go(at + step);
          if (event.shiftKey) mark(from, at, true);
        },
      },
      word,
    ),
  );
  const about = h("div", {});
  const faults = buildOptions(ctx, {
    type: "radio",
    legend: "Which fault is it, first of all?",
    options: view.faults,
    prefix: "fault",
    says: (mine, right, partial) => (right ? "This fits best." : partial ? "This is near." : "Not this one."),
  });
  const own = freeText(ctx, { field: "rewrite", label: "Say it better", rows: 3 });
  const versions = h("div", {});

  // Words that stand together are one phrase; a full stop at its end is no part of it.
  const phrase = (wanted) =>
    view.words
      .map((word, i) => (wanted(atoms[i]) ? word : "|"))
      .join(" ")
      .split("|")
      .map((run) => run.trim().replace(/[.,;:!?]$/, ""))
      .filter(Boolean)
      .map((run) => `“${run}”`)
      .join(", ");

  return {
    element: h(
      "div",
      { class: "mb-rewrite" },
      h("p", { class: "mb-label" }, "Mark the words that harm"),
      h("div", { class: "mb-paper mb-words", role: "group", "aria-label": "The words of the sentence", "aria-describedby": helpId }, buttons),
      h("p", { class: "mb-help mb-keys", id: helpId }, "Arrow keys move from word to word, the space bar marks one; with Shift, a whole run."),
      about,
      faults.element,
      own.element,
      versions,
    ),
    refresh(answer) {
      buttons.forEach((button, i) => flag(button, "aria-pressed", String(has(answer, atoms[i]))));
      faults.refresh(answer);
      own.refresh(answer);
    },
    showFeedback(result) {
      const notes = notesOf(result);
      const is = (name) => (atom) => notes.get(atom)?.verdict === name;
      const [right, wrong, missed] = ["right", "wrong", "missed"].map((name) => phrase(is(name)));
      buttons.forEach((button, i) => button.classList.toggle("mb-word-missed", is("missed")(atoms[i])));
      fill(
        about,
        result &&
          verdict(
            right ? (wrong || missed ? "partial" : "right") : "neutral",
            [right && `Harmful, and marked: ${right}.`, missed && `Harmful, and not marked: ${missed}.`, wrong && `Marked, and not the harm: ${wrong}.`].filter(Boolean).join(" "),
            ctx.spec.table.why.words,
          ),
      );
      faults.showFeedback(result);
      fill(versions, result && compare(ctx.spec.table, "version"));
    },
    focusFirst: () => buttons[at].focus(),
    fieldLabel: (name) => ({ words: "the words that harm", fault: "the fault", rewrite: "your own sentence" })[name],
  };
}

export function describe(spec, answer) {
  const { words: said, faults } = spec.view;
  const marked = said.map((word, i) => (has(answer, `word:${i + 1}`) ? `[${word}]` : word)).join(" ");
  return [
    ["Words that harm, in brackets", marked],
    ["The fault", chosen(answer, faults, (id) => `fault:${id}`)],
    ["Rewritten", answer.texts.rewrite ?? ""],
  ];
}

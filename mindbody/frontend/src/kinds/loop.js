// A loop to draw: arrows between nodes, each with a word, made in the picture or by the form beside it.

import { change, has, typed } from "../answer.js";
import { capital, drawGraph, legend, readArrow, sentence as say } from "../arrows.js";
import { besideCase } from "../case.js";
import { h } from "../dom.js";
import { freeText } from "../free-text.js";
import { fill, notesOf, verdict } from "../verdict.js";

const EFFECTS = ["raises", "lowers"];
const SURE = ["likely", "possible", "a guess"];
const SAYS = {
  right: "The text supports this.",
  partial: "Defensible, in part.",
  unsupported: "Not supported by the text.",
  wrong: "Tempting, and it misleads.",
};

const options = (pairs) => pairs.map(([value, text]) => h("option", { value }, text));
const text = (answer, field) => (Object.hasOwn(answer.texts, field) ? answer.texts[field] : "");

/** The arrows of an answer in the order of the nodes, which no change of effect disturbs. */
const drawn = (spec, answer) => spec.shape.fields.arrows.atoms.filter((atom) => has(answer, atom));

export function build(ctx) {
  const { nodes, given, certainty, cut } = ctx.spec.view;
  const most = ctx.spec.shape.fields.arrows.at_most ?? Infinity;
  const label = (id) => nodes.find((node) => node.id === id).label;
  const named = nodes.map(({ id, label: words }) => [id, capital(words)]);
  const turned = new Set((ctx.spec.table?.groups[0].best_of ?? []).map(([, other]) => other));
  let [chosen, mark] = [null, null];

  // --- changing the loop ---------------------------------------------------------------------------------------

  const standing = (way) => [...given, ...drawn(ctx.spec, ctx.answer)].find((atom) => readArrow(atom).way === way);

  function add(start, end) {
    const atom = `${start}>${end}:${effect.value}`;
    const there = standing(`${start}>${end}`);
    if (start === end) return tell("An arrow needs two ends: choose another place for it to lead to.");
    if (there) return tell(`It stands already: ${say(there, nodes)}. Change its word in the list.`);
    if (ctx.answer.atoms.length >= most) return tell(`No more than ${most} arrows here. Remove one first.`);
    ctx.change(change(ctx.answer, { add: [atom] }));
    tell(`Added: ${say(atom, nodes)}.`);
  }

  /** Take an arrow out, or put another in its place; what was said of it goes or stays with it. */
  function replace(atom, other) {
    const { way } = readArrow(atom);
    let next = change(ctx.answer, { remove: [atom], add: other ? [other] : [] });
    if (!other && text(next, `sure:${way}`)) next = typed(next, "texts", `sure:${way}`, "");
    if (text(next, "cut-arrow") === atom) next = typed(next, "texts", "cut-arrow", other ?? "");
    ctx.change(next);
    tell(other ? `${say(other, nodes)}.` : `Removed: ${say(atom, nodes)}.`);
  }

  function choose(id) {
    if (chosen === null) {
      chosen = from.value = id;
      tell(`From “${label(id)}”: now choose where the arrow leads.`);
    } else if (chosen === id) {
      chosen = null;
      tell("Nothing chosen.");
    } else {
      to.value = id;
      const start = chosen;
      chosen = null;
      add(start, id);
    }
    refresh(ctx.answer);
  }

  const told = h("p", { class: "mb-told" });
  function tell(sentence) {
    told.textContent = sentence;
    ctx.announce(sentence);
  }

  // --- the form, the picture, the list -------------------------------------------------------------------------

  const field = (words, select) => h("label", { class: "mb-field" }, h("span", {}, words), select);
  const from = h("select", { onchange: () => (chosen = null) }, options(named));
  const effect = h("select", {}, options(EFFECTS.map((word) => [word, word])));
  const to = h("select", {}, options(named));
  to.value = nodes[1].id;
  const form = h(
    "form",
    {
      class: "mb-arrow-form",
      "aria-label": "A new arrow",
      onsubmit: (event) => {
        event.preventDefault();
        add(from.value, to.value);
      },
    },
    field("From", from),
    field("What it does", effect),
    field("To", to),
    h("button", { class: "mb-secondary" }, "Add arrow"),
  );
  const graph = drawGraph(nodes, choose);
  const key = h("div", {});
  const list = h("ul", { class: "mb-arrows", "aria-label": "Your arrows" });
  const empty = h("p", { class: "mb-quiet mb-empty" }, "No arrow yet.");
  const missed = h("div", {});
  const rows = new Map();

  function row(atom) {
    const { start, end, way } = readArrow(atom);
    const fixed = given.includes(atom);
    const whole = say(atom, nodes);
    const why = h("div", {});
    const word = h(
      "select",
      { "aria-label": `Effect: ${whole}`, onchange: () => {
        const other = `${way}:${word.value}`;
        replace(atom, other);
        rows.get(other).word.focus();
      } },
      options(EFFECTS.map((one) => [one, one])),
    );
    word.value = readArrow(atom).effect;
    const sure = certainty && !fixed && h(
      "select",
      { class: "mb-how-sure", "aria-label": `How sure: ${whole}`, onchange: () => ctx.change(typed(ctx.answer, "texts", `sure:${way}`, sure.value)) },
      options([["", "how sure?"], ...SURE.map((one) => [one, one])]),
    );
    const remove = h("button", { type: "button", class: "mb-remove", "aria-label": `Remove: ${whole}`, onclick: () => {
      const at = [...list.children].indexOf(element);
      replace(atom);
      (list.children[Math.min(at, list.children.length - 1)]?.querySelector("button") ?? from).focus();
    } }, "×");
    const light = () => graph.light(atom);
    const element = h(
      "li",
      { onpointerenter: light, onfocusin: light, onpointerleave: () => graph.light(null), onfocusout: () => graph.light(null) },
      h(
        "div",
        { class: "mb-arrow-row" },
        h("span", { class: "mb-arrow-words" }, `${capital(label(start))} `, fixed ? h("strong", {}, readArrow(atom).effect) : word, ` ${label(end)}`),
        fixed ? h("span", { class: "mb-quiet" }, "given") : [sure, remove],
      ),
      why,
    );
    return { element, word, sure, why, way };
  }

  // --- the cut -------------------------------------------------------------------------------------------------

  const knife = cut ? buildCut() : null;
  function buildCut() {
    const select = h("select", {
      onchange: () => {
        ctx.change(typed(ctx.answer, "texts", "cut-arrow", select.value));
        ctx.announce(select.value ? `Cut in the picture: ${say(select.value, nodes)}.` : "Nothing is cut.");
      },
    });
    const change = freeText(ctx, { field: "cut", label: "What would change, and how would you both notice?", rows: 3 });
    return {
      element: h("div", { class: "mb-cut" }, field("Which arrow would you test or cut first?", select), change.element),
      refresh(answer, atoms) {
        this.element.hidden = !atoms.length;
        const wanted = [["", "Choose an arrow"], ...atoms.map((atom) => [atom, say(atom, nodes)])];
        if (select.dataset.shown !== atoms.join()) select.replaceChildren(...options(wanted));
        select.dataset.shown = atoms.join();
        select.value = text(answer, "cut-arrow");
        change.refresh(answer);
      },
    };
  }

  function refresh(answer) {
    const mine = drawn(ctx.spec, answer);
    const all = [...given, ...mine];
    for (const [atom, { element }] of rows) {
      if (all.includes(atom)) continue;
      element.remove();
      rows.delete(atom);
    }
    all.forEach((atom, position) => {
      if (!rows.has(atom)) rows.set(atom, row(atom));
      const { element, sure, way } = rows.get(atom);
      if (list.children[position] !== element) list.insertBefore(element, list.children[position] ?? null);
      if (sure) sure.value = text(answer, `sure:${way}`);
    });
    empty.hidden = all.length > 0;
    knife?.refresh(answer, all);
    show();
  }

  /** Draw the loop, with what is said of it once it was checked. */
  function show() {
    const answer = ctx.answer;
    const notes = notesOf(mark);
    const gone = [...notes.values()].filter(({ atom, verdict: name }) => name === "missed" && !standing(readArrow(atom).way));
    // Whoever drew an arrow the other way round reads it there, not among the missing.
    const absent = gone.filter(({ atom }) => {
      const { start, end, effect: does } = readArrow(atom);
      return !turned.has(`${end}>${start}:${does}`) || !has(answer, `${end}>${start}:${does}`);
    });
    const shown = [...rows.keys()].map((atom) => {
      const name = notes.get(atom)?.verdict;
      const { way } = readArrow(atom);
      const doubt = ["possible", "a guess"].includes(text(answer, `sure:${way}`)) ? "? " : "";
      return { atom, status: given.includes(atom) ? "mb-given" : `mb-is-${name}`, tag: (text(answer, "cut-arrow") === atom ? "✂ " : "") + doubt };
    });
    graph.refresh([...absent.map(({ atom }) => ({ atom, status: "mb-is-missed" })), ...shown], chosen);
    fill(key, legend(mark ? "Solid: supported. Dashed: not supported. Dotted: missing." : ""));
    for (const [atom, { why }] of rows) {
      const note = notes.get(atom);
      if (!note || note.verdict === "missed") fill(why);
      else if (!turned.has(atom)) fill(why, verdict(note.verdict, SAYS[note.verdict], note.why));
      else {
        const { start, end, effect: does } = readArrow(atom);
        const twice = has(answer, `${end}>${start}:${does}`);
        fill(why, verdict(twice ? "neutral" : "partial", twice ? "You have it the other way too; one direction is supported." : "Half.", note.why));
      }
    }
    fill(
      missed,
      absent.length > 0 && h("p", { class: "mb-label" }, "Not drawn, and supported by the text"),
      ...absent.map(({ atom, why }) => verdict("missed", `${say(atom, nodes)}.`, why)),
    );
  }

  return {
    element: besideCase(
      ctx.spec.view,
      h(
        "div",
        {
          class: "mb-loop",
          onkeydown: (event) => {
            if (event.key !== "Escape" || chosen === null) return;
            chosen = null;
            tell("Nothing chosen.");
            refresh(ctx.answer);
          },
        },
        h("p", { class: "mb-help" }, "Choose where an arrow starts, then where it leads: in the picture, or in the form below it."),
        graph.element,
        key,
        form,
        told,
        list,
        empty,
        missed,
        knife?.element,
      ),
    ),
    refresh,
    showFeedback(result) {
      mark = result;
      show();
    },
    focusFirst: () => from.focus(),
    fieldLabel: () => "the arrows",
  };
}

export function describe(spec, answer) {
  const { nodes, cut } = spec.view;
  const lines = drawn(spec, answer).map((atom) => {
    const sure = text(answer, `sure:${readArrow(atom).way}`);
    return say(atom, nodes) + (sure && ` (${sure})`);
  });
  const arrow = text(answer, "cut-arrow");
  // A restored file may hold anything here; only an arrow of this loop is said as a sentence.
  const known = [...spec.view.given, ...spec.shape.fields.arrows.atoms].includes(arrow);
  return [
    ["Arrows", lines.join("\n")],
    ...(cut ? [["Arrow to cut or test first", known ? say(arrow, nodes) : arrow], ["What would change", text(answer, "cut")]] : []),
  ];
}

export const sentence = ({ recall, precision }) =>
  `you found ${recall[0]} of ${recall[1]}; ${precision[0]} of your ${precision[1]} arrows ${precision[0] === 1 ? "has" : "have"} support.`;

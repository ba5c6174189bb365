// Life and symptoms on one line: choose an event of each lane, say how well the link stands, finish the sentence.

import { change, has } from "../answer.js";
import { flag, h, s, trusted, words } from "../dom.js";
import { draggable } from "../drag.js";
import { sheets } from "../experts.js";
import { freeText } from "../free-text.js";
import { explanation } from "../rule.js";
import { fill, verdict } from "../verdict.js";

const LANES = { life: "Life", symptom: "Symptom" };
const SHORT = 58;
const short = (text) => (text.length > SHORT ? `${text.slice(0, SHORT - 1).trim()}…` : text);
const lanesOf = (view) => Object.keys(LANES).map((lane) => view.events.filter((event) => event.lane === lane));
const ratingOf = (view, answer, link) => view.ratings.find(({ id }) => has(answer, `${link}@${id}`));

export function build(ctx) {
  const { view } = ctx.spec;
  const named = new Map(view.events.map((event) => [event.id, { ...event, text: words(event.html) }]));
  const [lives, symptoms] = lanesOf(view);
  const links = lives.flatMap((life) => symptoms.map((symptom) => `${life.id}>${symptom.id}`));
  const title = (link) => link.split(">").map((id) => named.get(id).text.replace(/\.$/, "")).join(" → ");
  const atoms = (link) => view.ratings.map(({ id }) => `${link}@${id}`);

  // --- the line --------------------------------------------------------------------------------------------------

  const drawing = s("svg", { class: "mb-links", "aria-hidden": "true" });
  const events = new Map();
  let before = null;
  const items = view.events.map((event) => {
    // Years to pixels by their root: childhood and last week stand on one line.
    const gap = before === null ? 0 : Math.min(64, Math.sqrt(Math.max(0, event.at - before)) * 15);
    before = event.at;
    const when = h("span", { class: "mb-when" }, h("span", { class: "mb-lane-word" }, `${LANES[event.lane]} · `), event.when);
    const button = h(
      "button",
      { type: "button", class: "mb-event", "aria-pressed": "false", onclick: () => pick(event.lane, selects[event.lane].value === event.id ? "" : event.id) },
      when,
      trusted("span", {}, event.html),
    );
    const dot = h("span", { class: "mb-pin", "aria-hidden": "true" });
    draggable(button, when, {
      label: event.when,
      within: () => workspace,
      target: (below) => [...events.values()].find((other) => other.event.lane !== event.lane && other.button.contains(below))?.button,
      drop(found) {
        pick(event.lane, event.id);
        const other = [...events.values()].find(({ button: its }) => its === found).event;
        pick(other.lane, other.id);
      },
    });
    events.set(event.id, { event, button, dot });
    return h("li", { class: `mb-on-${event.lane}`, style: `margin-top:${Math.round(gap)}px` }, button, dot);
  });
  const line = h("ol", { class: "mb-time" }, items);
  const stage = h("div", { class: "mb-stage" }, h("div", { class: "mb-lane-names", "aria-hidden": "true" }, h("span", {}, "Life"), h("span", {}, "Symptoms")), line, drawing);

  function draw() {
    const box = stage.getBoundingClientRect();
    const middle = ({ dot }) => {
      const at = dot.getBoundingClientRect();
      return [at.x + at.width / 2 - box.x, at.y + at.height / 2 - box.y];
    };
    const paths = links
      .map((link) => [link, ratingOf(view, ctx.answer, link)])
      .filter(([link, rating]) => rating || view.drawn.includes(link))
      .map(([link, rating]) => {
        const [[x1, y1], [x2, y2]] = link.split(">").map((id) => middle(events.get(id)));
        // Two lanes: a curve across. One lane, on a phone: an arc beside the line.
        const bend = x2 - x1 > 20 ? (x2 - x1) / 2 : -Math.min(60, 18 + Math.abs(y2 - y1) / 9);
        const turn = x2 - x1 > 20 ? x2 - bend : x2 + bend;
        return s("path", { class: `mb-link mb-is-${rating?.id ?? "open"}`, d: `M${x1} ${y1}C${x1 + bend} ${y1} ${turn} ${y2} ${x2} ${y2}` });
      });
    fill(drawing, ...paths);
  }
  new ResizeObserver(draw).observe(stage);

  // --- drawing a link ---------------------------------------------------------------------------------------------

  const selects = Object.fromEntries(
    [
      ["life", lives],
      ["symptom", symptoms],
    ].map(([lane, list]) => [
      lane,
      h(
        "select",
        { onchange: () => show() },
        h("option", { value: "" }, "Choose …"),
        list.map(({ id, when }) => h("option", { value: id }, short(`${when}: ${named.get(id).text}`))),
      ),
    ]),
  );
  const labelled = (lane, text) => h("label", { class: "mb-end" }, h("span", {}, text), selects[lane]);

  function pick(lane, id) {
    selects[lane].value = id;
    show();
    const both = selects.life.value && selects.symptom.value;
    ctx.announce(id ? `${LANES[lane]} event chosen.${both ? " Now say how well the link stands." : ""}` : `${LANES[lane]} event no longer chosen.`);
  }

  function show() {
    for (const { event, button } of events.values()) flag(button, "aria-pressed", String(selects[event.lane].value === event.id));
  }

  function rate(link, rating) {
    ctx.change(change(ctx.answer, { remove: atoms(link), add: rating ? [`${link}@${rating.id}`] : [] }));
  }

  const sample = (id) => h("span", { class: `mb-sample mb-is-${id}`, "aria-hidden": "true" });
  const raters = view.ratings.map((rating) =>
    h(
      "button",
      {
        type: "button",
        class: "mb-secondary",
        onclick: () => {
          const open = ["life", "symptom"].find((lane) => !selects[lane].value);
          if (open) {
            ctx.announce("First choose an event of each lane.");
            selects[open].focus();
            return;
          }
          const link = `${selects.life.value}>${selects.symptom.value}`;
          rate(link, rating);
          selects.life.value = selects.symptom.value = "";
          show();
          ctx.announce(`Linked as ${rating.label.toLowerCase()}: ${title(link)}.`);
        },
      },
      rating.label,
      sample(rating.id),
    ),
  );
  const builder = h(
    "div",
    { class: "mb-builder", role: "group", "aria-label": "Draw a link" },
    h("div", { class: "mb-ends" }, labelled("life", "Life event"), labelled("symptom", "Symptom event")),
    h("div", { class: "mb-ratings" }, h("span", { class: "mb-label" }, "Link them as"), raters),
  );

  // --- the links as a list ----------------------------------------------------------------------------------------

  const rows = new Map();
  const list = h("ul", { class: "mb-linked" });
  const none = h("p", { class: "mb-quiet" }, "No link yet.");
  function rowOf(link) {
    if (!rows.has(link)) {
      const drawn = view.drawn.includes(link);
      const why = h("div", {});
      const select = h(
        "select",
        {
          onchange: () => {
            const rating = view.ratings.find(({ id }) => id === select.value);
            rate(link, rating);
            if (rating || drawn) return;
            // The row is gone, and the keyboard must not go with it.
            ctx.announce(`Link taken away: ${title(link)}.`);
            selects.life.focus();
          },
        },
        h("option", { value: "" }, drawn ? "Not rated yet" : "No link"),
        view.ratings.map(({ id, label }) => h("option", { value: id }, label)),
      );
      const name = h("span", {}, title(link), drawn ? h("span", { class: "mb-quiet" }, " (drawn by a colleague)") : null);
      rows.set(link, { element: h("li", { class: "mb-row" }, h("label", { class: "mb-linking" }, name, select), why), select, why });
    }
    return rows.get(link);
  }
  const missed = h("div", {});
  const stem = view.stem ? freeText(ctx, { field: "sentence", label: `Finish the sentence: “${view.stem}”`, rows: 3 }) : null;
  const model = h("div", {});
  const workspace = h("div", { class: "mb-workbench" }, stage, builder);

  return {
    element: h(
      "div",
      { class: "mb-timeline" },
      h(
        "p",
        { class: "mb-help" },
        "Press a life event and a symptom event, then say how their link stands. ",
        view.ratings.map(({ label, hint }) => [h("strong", {}, label), `: ${hint}. `]).flat(),
        "Time runs down; long gaps are shortened.",
      ),
      workspace,
      h("p", { class: "mb-label" }, "Your links"),
      none,
      list,
      missed,
      stem && h("div", { class: "mb-stem" }, stem.element),
      model,
    ),
    refresh(answer) {
      const shown = links.filter((link) => view.drawn.includes(link) || ratingOf(view, answer, link));
      for (const [link, { element }] of rows) if (!shown.includes(link)) element.remove();
      shown.forEach((link, i) => {
        const { element, select } = rowOf(link);
        select.value = ratingOf(view, answer, link)?.id ?? "";
        if (list.children[i] !== element) list.insertBefore(element, list.children[i] ?? null);
      });
      none.hidden = shown.length > 0;
      stem?.refresh(answer);
      draw();
    },
    showFeedback(mark) {
      const notes = mark?.notes ?? [];
      const of = (link, ...names) => notes.find((note) => note.atom.startsWith(`${link}@`) && names.includes(note.verdict));
      const best = (link) => of(link, "right", "missed");
      const label = (note) => view.ratings.find(({ id }) => note.atom.endsWith(`@${id}`)).label.toLowerCase();
      for (const [link, { why }] of rows) {
        const mine = of(link, "right", "partial", "neutral", "unsupported", "wrong");
        const right = best(link);
        const said = mine?.verdict === "right" ? "That is how it stands." : right ? `It stands as ${label(right)}.` : "The record does not bear it out.";
        fill(why, mark && (mine || right) && verdict(mine ? mine.verdict : "missed", said, explanation(ctx.spec.table, atoms(link)[0])));
      }
      const left = links.filter((link) => best(link) && !rows.get(link)?.element.isConnected);
      fill(
        missed,
        ...left.map((link) => verdict("missed", `Not drawn: ${title(link)}. It stands as ${label(best(link))}.`, explanation(ctx.spec.table, atoms(link)[0]))),
      );
      fill(model, mark && sheets(ctx.spec.table, "To compare with your sentence"));
    },
    focusFirst: () => events.values().next().value.button.focus(),
    fieldLabel: (name) => (name === "links" ? "a link" : `how this stands: ${title(name.replace("drawn:", ""))}`),
  };
}

export function describe(spec, answer) {
  const { view } = spec;
  const [lives, symptoms] = lanesOf(view);
  const said = lives.flatMap((life) =>
    symptoms.flatMap((symptom) => {
      const rating = ratingOf(view, answer, `${life.id}>${symptom.id}`);
      return rating ? [`${words(life.html)} → ${words(symptom.html)} (${rating.label.toLowerCase()})`] : [];
    }),
  );
  return [["Links", said.join("\n")], ...(view.stem ? [["Link sentence", Object.hasOwn(answer.texts, "sentence") ? answer.texts.sentence : ""]] : [])];
}

export const sentence = ({ recall, precision }) =>
  `you rated ${recall[0]} of ${recall[1]} links as the record bears them out${precision[1] > precision[0] ? `; ${precision[1] - precision[0]} of yours did not hold` : ""}.`;

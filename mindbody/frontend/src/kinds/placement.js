// Numbered excerpts of a case into the slots of a formulation: by click, by check boxes under the excerpt, by
// number keys, and by dragging as a bonus. A large canvas has its slots in groups that open and close.

import { change, has } from "../answer.js";
import { buildCase } from "../case.js";
import { draggable } from "../drag.js";
import { flag, h, mark as shapeMark, say, uid, words } from "../dom.js";
import { drawTriangle, printButton, stands, TRIANGLES } from "../formulation.js";
import { list } from "../free-text.js";
import { explanation, FULL, shapeFaults } from "../rule.js";
import { fill, notesOf, verdict } from "../verdict.js";

const PLACES = 3;
const MANY = 7; // places that are shown without groups to open
const BIN = "bin";
const SAYS = {
  right: "The text supports this.",
  partial: "This can be argued.",
  neutral: "The text does not speak for this.",
  unsupported: "The text does not support this.",
  wrong: "This misleads.",
};

export { buildBeside } from "../beside.js";

export function build(ctx) {
  const { case: patient, excerpts, slots, families: names } = ctx.spec.view;
  const grouped = families(slots);
  const folded = slots.length > MANY;
  const known = new Set(Object.values(ctx.spec.shape.fields).flatMap((field) => field.atoms ?? []));
  const text = new Map(excerpts.map(({ id, html }) => [id, words(html)]));
  const most = Math.min(PLACES, slots.filter(({ id }) => id !== BIN).length);
  let selected = null;
  let active = 0;
  let mark = null;

  // --- changing the answer -------------------------------------------------------------------------------------

  const noun = patient.loose ? "Statement" : "Excerpt";
  const places = (answer, excerpt) => slots.filter((slot) => stands(answer, excerpt, slot));

  function place(excerpt, slot, wanted) {
    const atom = `${excerpt}@${slot.id}`;
    const none = `none@${slot.id}`;
    const before = ctx.answer;
    if (!known.has(atom)) {
      tell(`${noun} ${excerpt} is given${slot.id === BIN ? " elsewhere" : ` in ${slot.label}`}, and stays there.`, selected === excerpt ? placer.element : null);
      placer.refresh(before);
      return;
    }
    const cleared = wanted && has(before, none);
    // The bin holds what stands nowhere else.
    const left = places(before, excerpt).filter((other) => wanted && other !== slot && [other.id, slot.id].includes(BIN));
    const out = left.map((other) => `${excerpt}@${other.id}`);
    const after = change(before, wanted ? { add: [atom], remove: [none, ...out] } : { remove: [atom] });
    const refused = wanted ? shapeFaults({ atoms: after.atoms }, ctx.spec.shape) : [];
    if (refused.length) {
      tell(`${refused.join(". ")}. Take it out of one first.`, rows.get(excerpt).element);
      placer.refresh(before);
      return;
    }
    ctx.change(after);
    const used = places(after, excerpt).filter(({ id }) => id !== BIN).length;
    const done = wanted
      ? `${noun} ${excerpt} placed in ${slot.label}${left.length ? `, and taken out of ${list(left.map(({ label }) => label))}` : ""}.`
      : `${noun} ${excerpt} taken out of ${slot.label}.`;
    const where = selected === excerpt ? placer.element : null;
    tell(`${done}${cleared ? " The tick “None found” was cleared." : ""} ${used} of ${most} places used.`, where);
  }

  function tickNone(slot, wanted) {
    const none = `none@${slot.id}`;
    const placed = excerpts.filter(({ id }) => has(ctx.answer, `${id}@${slot.id}`)).map(({ id }) => id);
    const out = placed.map((id) => `${id}@${slot.id}`);
    ctx.change(change(ctx.answer, wanted ? { add: [none], remove: out } : { remove: [none] }));
    const cleared = wanted && placed.length ? ` ${list(placed)} taken out.` : "";
    tell(`${slot.label}: “None found” ${wanted ? "ticked" : "cleared"}.${cleared}`);
  }

  const told = h("p", { class: "mb-told" });
  /** Announce a sentence, and show it where the eye is. */
  function tell(sentence, where) {
    const full = sentence[0].toUpperCase() + sentence.slice(1);
    if (where) where.append(told);
    else told.remove();
    say(told, full);
    ctx.announce(full);
  }

  function select(excerpt) {
    selected = selected === excerpt ? null : excerpt;
    if (selected === null) placer.element.remove();
    else {
      told.remove();
      rows.get(selected).element.append(placer.element);
    }
    refresh(ctx.answer);
  }

  // --- the case ------------------------------------------------------------------------------------------------

  const rows = new Map();
  const paper = buildCase(patient, excerpts, ({ id, html }, body) => {
    const tags = h("span", { class: "mb-tags" });
    const button = h("button", {
      type: "button",
      class: "mb-excerpt",
      "aria-pressed": "false",
      onclick: () => select(id),
      onkeydown: (event) => {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        const turn = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
        if (turn && folded) {
          event.preventDefault();
          turnTo((active + turn + grouped.length) % grouped.length);
          ctx.announce(`${names[grouped[active][0]]}: ${reach().map(({ label }, i) => `${i + 1} ${label}`).join(", ")}.`);
        }
        const slot = /^[1-9]$/.test(event.key) && reach()[event.key - 1];
        if (!slot) return;
        event.preventDefault();
        place(id, slot, !has(ctx.answer, `${id}@${slot.id}`));
      },
    });
    const chip = h("span", { class: "mb-number" }, id);
    button.append(chip, body(html), tags);
    const element = h("li", { class: "mb-excerpt-row" }, button);
    rows.set(id, { element, button, tags });
    draggable(button, chip, {
      label: id,
      target: (at) => at?.closest?.("[data-slot]"),
      within: () => element.closest(".mb-placement"),
      drop: (target) => {
        const slot = slots.find((candidate) => candidate.id === target.dataset.slot);
        if (!has(ctx.answer, `${id}@${slot.id}`)) place(id, slot, true);
      },
    });
    return element;
  });

  /** The places that number keys reach: all of a small canvas, one group of a large one. */
  const reach = () => (folded ? grouped[active][1] : slots);

  function turnTo(index) {
    active = index;
    placer.refresh(ctx.answer);
  }

  const placer = buildPlacer();
  function buildPlacer() {
    const legend = h("legend", {});
    const boxes = new Map();
    const chips = [];
    const families = grouped.map(([family, members], index) => {
      const chip = folded && h("button", { type: "button", class: "mb-chip", onclick: () => turnTo(index) }, names[family]);
      chips.push(chip);
      return h(
        "div",
        { class: "mb-family" },
        chip || (grouped.length > 1 && h("p", { class: "mb-quiet" }, names[family])),
        h(
          "div",
          { class: "mb-boxes" },
          members.map((slot) => {
            const box = h("input", {
              type: "checkbox",
              onchange: () => place(selected, slot, box.checked),
            });
            boxes.set(slot.id, box);
            return h(
              "label",
              { class: `mb-box mb-slot-${slot.id}` },
              box,
              shapeMark(slot.shape),
              h("span", {}, slot.label),
            );
          }),
        ),
      );
    });
    return {
      element: h("fieldset", { class: `mb-placer${folded ? " mb-folded" : ""}` }, legend, h("div", { class: "mb-families" }, families)),
      refresh(answer) {
        if (selected === null) return;
        say(legend, `Place ${selected} in`);
        for (const slot of slots) {
          const box = boxes.get(slot.id);
          box.checked = stands(answer, selected, slot);
          box.disabled = !known.has(`${selected}@${slot.id}`);
        }
        families.forEach((element, i) => {
          element.classList.toggle("mb-here", folded && i === active);
          if (folded) flag(chips[i], "aria-expanded", String(i === active));
        });
      },
    };
  }

  // --- the workspace -------------------------------------------------------------------------------------------

  const groups = grouped.map(buildGroup);
  const sections = groups.flatMap((group) => group.sections);
  function buildGroup([family, members]) {
    const pick = (slot) => selected !== null && place(selected, slot, true);
    const drawing = Object.hasOwn(TRIANGLES, family) ? drawTriangle(family, slots, pick) : null;
    const own = members.map((slot) => buildSlot(slot));
    const body = h("div", { id: uid() }, drawing?.element, own.map(({ element }) => element));
    const tally = h("span", { class: "mb-quiet" });
    const head = folded
      ? h("button", { type: "button", class: "mb-group", "aria-controls": body.id, onclick: () => unfold(body.hidden) }, h("span", {}, names[family]), tally)
      : grouped.length > 1
        ? h("p", { class: "mb-family-name" }, names[family])
        : null;
    function unfold(shown) {
      body.hidden = !shown;
      flag(head, "aria-expanded", String(shown));
    }
    if (folded) unfold(family === grouped[0][0]);
    return {
      sections: own,
      unfold,
      element: h("div", { class: "mb-slots" }, head, body),
      refresh(answer) {
        drawing?.refresh(answer, excerpts);
        const full = members.filter((slot) => filled(answer, slot)).length;
        const found = mark?.groups.filter(({ id }) => members.some((slot) => slot.id === id)) ?? [];
        const recall = [0, 1].map((i) => found.reduce((sum, group) => sum + group.recall[i], 0));
        say(tally, recall[1] ? `found ${recall[0]} of ${recall[1]}` : `${full} of ${members.length} filled`);
      },
    };
  }

  const filled = (answer, slot) => has(answer, `none@${slot.id}`) || excerpts.some(({ id }) => stands(answer, id, slot));
  function buildSlot(slot) {
    const nameId = uid();
    const button = h("button", {
      type: "button",
      class: "mb-place",
      onclick: () => {
        if (selected === null) tell(`Choose ${patient.loose ? "a statement" : "an excerpt"} first, then place it here.`, element);
        else place(selected, slot, !has(ctx.answer, `${selected}@${slot.id}`));
      },
    });
    const placed = h("ul", { class: "mb-placed", "aria-labelledby": nameId });
    const empty = h("p", { class: "mb-quiet mb-empty" }, "Nothing placed yet.");
    const missed = h("div", { class: "mb-missed" });
    const noneAtom = `none@${slot.id}`;
    const none = known.has(noneAtom)
      ? h("input", { type: "checkbox", onchange: () => tickNone(slot, none.checked) })
      : null;
    const noneWhy = h("div", {});
    const sum = h("p", { class: "mb-quiet" });
    const credits = ctx.spec.table?.groups.find(({ id }) => id === slot.id)?.credits ?? {};
    const told = h("span", { class: "mb-quiet" });
    const counter =
      ctx.spec.view.counts && ctx.spec.table
        ? h(
            "p",
            { class: "mb-counter" },
            h("button", { type: "button", class: "mb-place", "aria-label": `How many are missing: ${slot.label}`, onclick: count }, "How many are missing?"),
            told,
          )
        : null;
    function count() {
      const missing = Object.entries(credits).filter(([atom, credit]) => credit >= FULL && atom !== noneAtom && !has(ctx.answer, atom));
      say(told, missing.length ? `${missing.length} still to find.` : "Nothing more to find here.");
      ctx.announce(`${slot.label}: ${told.textContent}`);
    }
    const element = h(
      "div",
      { class: `mb-slot mb-slot-${slot.id}`, "data-slot": slot.id, role: "group", "aria-labelledby": nameId },
      h(
        "div",
        { class: "mb-slot-head" },
        h("p", { class: "mb-slot-name", id: nameId }, shapeMark(slot.shape), slot.label),
        button,
      ),
      h("p", { class: "mb-quiet" }, slot.ask),
      placed,
      empty,
      none && h("label", { class: "mb-box mb-none" }, none, h("span", {}, "None found")),
      noneWhy,
      counter,
      folded && sum,
      missed,
    );
    const items = new Map();
    let [saidOf, saidFor] = [null, ""];
    function item(id) {
      const why = h("div", {});
      const remove = slot.given.includes(id) ? h("span", { class: "mb-quiet" }, "given") : h(
        "button",
        {
          type: "button",
          class: "mb-remove",
          "aria-label": `Take ${id} out of ${slot.label}`,
          onclick: () => {
            const next = [...placed.children].indexOf(row);
            place(id, slot, false);
            (placed.children[Math.min(next, placed.children.length - 1)]?.querySelector("button") ?? button).focus();
          },
        },
        "×",
      );
      const row = h(
        "li",
        {},
        h(
          "div",
          { class: "mb-placed-row" },
          h("span", { class: "mb-number" }, id),
          h("span", { class: "mb-snippet" }, text.get(id)),
          remove,
        ),
        why,
      );
      return { row, why };
    }
    return {
      element,
      refresh(answer) {
        let position = 0;
        const before = [...items.keys()].join();
        for (const { id } of excerpts) {
          const here = stands(answer, id, slot);
          if (here) {
            if (!items.has(id)) items.set(id, item(id));
            const { row } = items.get(id);
            // Moved only when it stands elsewhere: a row that is put back where it is would lose the focus.
            if (placed.children[position] !== row) placed.insertBefore(row, placed.children[position] ?? null);
            position += 1;
          } else if (items.has(id)) {
            items.get(id).row.remove();
            items.delete(id);
          }
        }
        empty.hidden = position > 0;
        if ([...items.keys()].join() !== before) say(told, "");
        if (none) none.checked = has(answer, noneAtom);
        const inside = selected !== null && stands(answer, selected, slot);
        say(button, selected === null ? "Place here" : inside ? `Take ${selected} out` : `Place ${selected} here`);
        flag(button, "aria-label", `${button.textContent}: ${slot.label}`);
        element.classList.toggle("mb-ready", selected !== null);
      },
      showFeedback(notes) {
        // What is explained changes with the mark and with what stands here, and not with every refresh.
        const said = [...items.keys()].join();
        if (saidOf === mark && saidFor === said) return;
        [saidOf, saidFor] = [mark, said];
        for (const [id, { why }] of items) {
          const note = slot.id === BIN ? left(id) : notes.get(`${id}@${slot.id}`);
          fill(why, note && note.verdict !== "missed" && verdict(note.verdict, note.say ?? SAYS[note.verdict], note.why));
        }
        const own = mark?.groups.find(({ id }) => id === slot.id);
        say(sum, own ? own.recall[1] || own.precision[1] ? capital(sentence(own)) : "" : "");
        const noneNote = notes.get(noneAtom);
        fill(
          noneWhy,
          noneNote &&
            noneNote.verdict !== "missed" &&
            verdict(noneNote.verdict, noneNote.verdict === "right" ? "Nothing belongs here." : "Something belongs here.", noneNote.why),
        );
        const absent = [...notes.values()].filter(({ atom, verdict: name }) => name === "missed" && atom.endsWith(`@${slot.id}`));
        fill(
          missed,
          absent.length > 0 && h("p", { class: "mb-label" }, "Not placed, and worth placing"),
          ...absent.map(({ atom, why }) => {
            const id = atom.slice(0, atom.lastIndexOf("@"));
            return verdict("missed", id === "none" ? "The tick “None found”." : `${id} · ${text.get(id) ?? ""}`, why);
          }),
        );
      },
    };
  }

  /** What the bin is told: it earns nothing, and the key may have a use for what lies in it. */
  function left(id) {
    if (!mark) return null;
    const used = ctx.spec.table.groups.some(({ credits }) => slots.some((slot) => credits[`${id}@${slot.id}`] > 0));
    return { verdict: "neutral", say: used ? "The key has a use for this." : "The key leaves it out too.", why: explanation(ctx.spec.table, `${id}@${BIN}`) };
  }

  const shortcuts = Math.min(9, Math.max(...(folded ? grouped.map(([, members]) => members.length) : [slots.length])));
  const help = h(
    "div",
    { class: "mb-help" },
    `Choose ${patient.loose ? "a statement" : "an excerpt"}, then say where it belongs. One ${noun.toLowerCase()} may stand in up to ${most} ${most === 1 ? "place" : "places"}. `,
    h("span", { class: "mb-keys" }, `Keyboard: Enter chooses, ${folded ? "← and → change the group, " : ""}${shortcuts > 1 ? `1 to ${shortcuts}` : "1"} places, Escape lets go.`),
  );

  function refresh(answer) {
    for (const { id } of excerpts) {
      const { element, button, tags } = rows.get(id);
      const chosen = selected === id;
      flag(button, "aria-pressed", String(chosen));
      element.classList.toggle("mb-selected", chosen);
      const here = places(answer, id);
      const wanted = here.map((slot) => slot.id).join(" ");
      if (tags.dataset.slots !== wanted) {
        tags.dataset.slots = wanted;
        tags.replaceChildren(
          ...here.map((slot) => h("span", { class: `mb-tag mb-slot-${slot.id}` }, shapeMark(slot.shape, 10), slot.label, slot.given.includes(id) && " (given)")),
        );
      }
    }
    placer.refresh(answer);
    for (const section of sections) section.refresh(answer);
    if (mark) showFeedback(mark);
    else for (const group of groups) group.refresh(answer);
    const full = slots.filter((slot) => slot.id !== BIN && filled(answer, slot)).length;
    const used = excerpts.filter(({ id }) => places(answer, id).length).length;
    say(far, `${full} of ${slots.filter(({ id }) => id !== BIN).length} places filled; ${used} of ${excerpts.length} excerpts used`);
  }

  function showFeedback(shown) {
    mark = shown;
    const notes = notesOf(mark);
    for (const section of sections) section.showFeedback(notes);
    for (const group of groups) group.refresh(ctx.answer);
  }

  const far = h("span", { class: "mb-quiet" });
  const all = h(
    "button",
    {
      type: "button",
      class: "mb-place",
      onclick: () => {
        const shown = all.textContent === "Open all";
        for (const group of groups) group.unfold(shown);
        say(all, shown ? "Close all" : "Open all");
      },
    },
    "Open all",
  );
  const element = h(
    "div",
    {
      class: "mb-placement",
      onkeydown: (event) => {
        if (event.key !== "Escape" || selected === null) return;
        const { button } = rows.get(selected);
        select(selected);
        button.focus();
        ctx.announce("Nothing chosen.");
      },
    },
    help,
    h(
      "div",
      { class: "mb-columns" },
      paper,
      h(
        "div",
        { class: `mb-workspace${folded ? " mb-folded" : ""}` },
        folded && h("div", { class: "mb-far" }, far, all),
        groups.map((group) => group.element),
      ),
    ),
    !patient.loose && !ctx.spec.written && slots.length >= 6 && printButton(() => [ctx.spec.view, ctx.answer]),
  );
  return {
    element,
    refresh,
    showFeedback,
    focusFirst: () => rows.get(excerpts[0].id).button.focus(),
    fieldLabel: (name) => slots.find(({ id }) => id === name)?.label ?? "your reflection",
  };
}

function families(slots) {
  const groups = new Map();
  for (const slot of slots) groups.set(slot.family, [...(groups.get(slot.family) ?? []), slot]);
  return [...groups];
}

export function describe(spec, answer) {
  const { excerpts, slots } = spec.view;
  const rows = slots.map((slot) => {
    const placed = excerpts.filter(({ id }) => stands(answer, id, slot));
    const said = placed.map(({ id, html }) => `[${id}] ${words(html)}${slot.given.includes(id) ? " (given)" : ""}`);
    return [slot.label, has(answer, `none@${slot.id}`) ? "None found" : said.join("\n")];
  });
  return spec.shape.fields.reflection ? [...rows, ["Your reflection", answer.texts.reflection ?? ""]] : rows;
}

const capital = (text) => text[0].toUpperCase() + text.slice(1);

/** Recall and precision over all places. */
export function overall({ groups }) {
  const sum = (part) => [0, 1].map((i) => groups.reduce((total, group) => total + group[part][i], 0));
  return `In all, ${sentence({ recall: sum("recall"), precision: sum("precision") })}`;
}

export const sentence = ({ recall, precision }) => {
  const found = recall[1] ? `you found ${recall[0]} of ${recall[1]}` : "the text gives no firm evidence here";
  const supported = precision[1]
    ? `${precision[0]} of ${precision[1]} ${precision[1] === 1 ? "placement" : "placements"} ${precision.includes(1) ? "is" : "are"} supported`
    : "nothing placed";
  return `${found}; ${supported}.`;
};

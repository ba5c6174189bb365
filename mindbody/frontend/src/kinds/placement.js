// Numbered excerpts of a case into the slots of a formulation: by click, by check boxes under the excerpt, by
// number keys, and by dragging as a bonus.

import { change, has } from "../answer.js";
import { buildCase } from "../case.js";
import { draggable } from "../drag.js";
import { flag, h, mark as shapeMark, s, say, uid, words } from "../dom.js";
import { list } from "../free-text.js";
import { shapeFaults } from "../rule.js";
import { fill, notesOf, verdict } from "../verdict.js";

export const kind = "placement";

const PLACES = 3;
const FAMILIES = {
  conflict: "Conflict",
  person: "Persons",
  "five-ps": "Five Ps",
  "rule-in": "Ruling in",
  medical: "Medical",
  safety: "Safety",
  pathway: "Pathway",
  culture: "Culture",
};
const SAYS = {
  right: "The text supports this.",
  partial: "This can be argued.",
  neutral: "The text does not speak for this.",
  unsupported: "The text does not support this.",
  wrong: "This misleads.",
};

export function build(ctx) {
  const { case: patient, excerpts, slots, picture } = ctx.spec.view;
  const atoms = (excerpt) => slots.map((slot) => `${excerpt}@${slot.id}`);
  const known = new Set(Object.values(ctx.spec.shape.fields).flatMap((field) => field.atoms ?? []));
  const text = new Map(excerpts.map(({ id, html }) => [id, words(html)]));
  const most = Math.min(PLACES, slots.length);
  let selected = null;
  let mark = null;

  // --- changing the answer -------------------------------------------------------------------------------------

  const noun = patient.loose ? "Statement" : "Excerpt";
  const places = (answer, excerpt) => slots.filter((slot) => has(answer, `${excerpt}@${slot.id}`));

  function place(excerpt, slot, wanted) {
    const atom = `${excerpt}@${slot.id}`;
    const none = `none@${slot.id}`;
    const before = ctx.answer;
    const cleared = wanted && has(before, none);
    const after = change(before, wanted ? { add: [atom], remove: [none] } : { remove: [atom] });
    const refused = wanted ? shapeFaults({ atoms: after.atoms }, ctx.spec.shape) : [];
    if (refused.length) {
      tell(`${refused.join(". ")}. Take it out of one first.`, rows.get(excerpt).element);
      placer.refresh(before);
      return;
    }
    ctx.change(after);
    const used = places(after, excerpt).length;
    const done = wanted
      ? `${noun} ${excerpt} placed in ${slot.label}.`
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
        const slot = /^[1-9]$/.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey && slots[event.key - 1];
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

  const placer = buildPlacer();
  function buildPlacer() {
    const legend = h("legend", {});
    const boxes = new Map();
    const groups = families(slots).map(([family, members], _, all) =>
      h(
        "div",
        { class: "mb-family" },
        all.length > 1 ? h("p", { class: "mb-quiet" }, FAMILIES[family] ?? family) : null,
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
      ),
    );
    return {
      element: h("fieldset", { class: "mb-placer" }, legend, groups),
      refresh(answer) {
        if (selected === null) return;
        say(legend, `Place ${selected} in`);
        for (const slot of slots) boxes.get(slot.id).checked = has(answer, `${selected}@${slot.id}`);
      },
    };
  }

  // --- the workspace -------------------------------------------------------------------------------------------

  const drawing = picture && drawTriangle(picture, slots, (slot) => selected !== null && place(selected, slot, true));
  const sections = slots.map((slot) => buildSlot(slot));
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
      missed,
    );
    const items = new Map();
    function item(id) {
      const why = h("div", {});
      const remove = h(
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
        for (const { id } of excerpts) {
          const here = has(answer, `${id}@${slot.id}`);
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
        if (none) none.checked = has(answer, noneAtom);
        const inside = selected !== null && has(answer, `${selected}@${slot.id}`);
        say(button, selected === null ? "Place here" : inside ? `Take ${selected} out` : `Place ${selected} here`);
        flag(button, "aria-label", `${button.textContent}: ${slot.label}`);
        element.classList.toggle("mb-ready", selected !== null);
      },
      showFeedback(notes) {
        for (const [id, { why }] of items) {
          const note = notes.get(`${id}@${slot.id}`);
          fill(why, note && note.verdict !== "missed" && verdict(note.verdict, SAYS[note.verdict], note.why));
        }
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

  const shortcuts = Math.min(9, slots.length);
  const help = h(
    "div",
    { class: "mb-help" },
    `Choose ${patient.loose ? "a statement" : "an excerpt"}, then say where it belongs. One ${noun.toLowerCase()} may stand in up to ${most} ${most === 1 ? "place" : "places"}. `,
    h("span", { class: "mb-keys" }, `Keyboard: Enter chooses, ${shortcuts > 1 ? `1 to ${shortcuts}` : "1"} places, Escape lets go.`),
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
          ...here.map((slot) => h("span", { class: `mb-tag mb-slot-${slot.id}` }, shapeMark(slot.shape, 10), slot.label)),
        );
      }
    }
    placer.refresh(answer);
    drawing?.refresh(answer, excerpts);
    for (const section of sections) section.refresh(answer);
    if (mark) showFeedback(mark);
  }

  function showFeedback(shown) {
    mark = shown;
    const notes = notesOf(mark);
    for (const section of sections) section.showFeedback(notes);
  }

  const grouped = families(slots);
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
        { class: "mb-workspace" },
        drawing?.element,
        grouped.map(([family, members]) =>
          h(
            "div",
            { class: "mb-slots" },
            grouped.length > 1 ? h("p", { class: "mb-family-name" }, FAMILIES[family] ?? family) : null,
            members.map((slot) => sections[slots.indexOf(slot)].element),
          ),
        ),
      ),
    ),
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

// --- the triangle ----------------------------------------------------------------------------------------------

// Malan's triangles: defence, anxiety, feeling; current person, clinician, past person.
const CORNERS = {
  conflict: { defence: [52, 46], anxiety: [268, 46], feeling: [160, 194] },
  person: { current: [52, 46], clinician: [268, 46], past: [160, 194] },
};
const OUTLINES = {
  circle: (x, y) => s("circle", { cx: x, cy: y, r: 34 }),
  triangle: (x, y) => s("path", { d: `M${x} ${y - 38}l40 68h-80z` }),
  square: (x, y) => s("rect", { x: x - 32, y: y - 32, width: 64, height: 64 }),
};

/** A picture of what the lists say; it stays silent for those who hear the lists. */
function drawTriangle(picture, slots, onpick) {
  const corners = Object.entries(CORNERS[picture]);
  const element = s("svg", { class: "mb-triangle", viewBox: "0 0 320 244", "aria-hidden": "true" });
  element.append(s("path", { class: "mb-sides", d: `M${corners.map(([, at]) => at.join(" ")).join("L")}z` }));
  const texts = new Map();
  for (const [id, [x, y]] of corners) {
    const slot = slots.find((candidate) => candidate.id === id);
    if (!slot) continue;
    const numbers = s("text", { class: "mb-corner-numbers", x, y: y + (slot.shape === "triangle" ? 14 : 5), "text-anchor": "middle" });
    const corner = s("g", { class: `mb-corner mb-slot-${id}`, "data-slot": id }, OUTLINES[slot.shape](x, y), numbers);
    corner.addEventListener("click", () => onpick(slot));
    // The lower corner is named beside its circle, the upper ones below or above theirs.
    const [labelX, labelY, anchor] = y > 100 ? [x + 42, y + 5, "start"] : [x, y + 52, "middle"];
    corner.append(s("text", { class: "mb-corner-name", x: labelX, y: labelY, "text-anchor": anchor }, slot.label));
    element.append(corner);
    texts.set(id, { numbers, x, corner });
  }
  return {
    element,
    refresh(answer, excerpts) {
      for (const [id, { numbers, x, corner }] of texts) {
        const placed = excerpts.filter((excerpt) => has(answer, `${excerpt.id}@${id}`)).map((excerpt) => excerpt.id);
        const shown = placed.length > 6 ? [...placed.slice(0, 5), "…"] : placed;
        const lines = shown.length > 3 ? [shown.slice(0, 3), shown.slice(3)] : [shown];
        const wanted = lines.map((line) => line.join(" ")).join("/");
        if (numbers.dataset.shown === wanted) continue;
        numbers.dataset.shown = wanted;
        numbers.replaceChildren(
          ...lines.map((line, i) => s("tspan", { x, dy: i ? 15 : lines.length > 1 ? -7 : 0 }, line.join(" "))),
        );
        corner.classList.toggle("mb-filled", placed.length > 0);
      }
    },
  };
}

export function describe(spec, answer) {
  const { excerpts, slots } = spec.view;
  const rows = slots.map((slot) => {
    const placed = excerpts.filter(({ id }) => has(answer, `${id}@${slot.id}`));
    const said = placed.map(({ id, html }) => `[${id}] ${words(html)}`);
    return [slot.label, has(answer, `none@${slot.id}`) ? "None found" : said.join("\n")];
  });
  return spec.shape.fields.reflection ? [...rows, ["Your reflection", answer.texts.reflection ?? ""]] : rows;
}

export const sentence = ({ recall, precision }) => {
  const found = recall[1] ? `you found ${recall[0]} of ${recall[1]}` : "the text gives no firm evidence here";
  const supported = precision[1]
    ? `${precision[0]} of ${precision[1]} ${precision[1] === 1 ? "placement" : "placements"} ${precision.includes(1) ? "is" : "are"} supported`
    : "nothing placed";
  return `${found}; ${supported}.`;
};

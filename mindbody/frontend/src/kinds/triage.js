// How soon must a physician see each patient, and which excerpts say so.

import { change, has } from "../answer.js";
import { buildCase } from "../case.js";
import { buildClock } from "../clock.js";
import { flag, h, uid, words } from "../dom.js";
import { list } from "../free-text.js";
import { explanation } from "../rule.js";
import { buildTrack } from "../track.js";
import { fill, notesOf, verdict } from "../verdict.js";

const FLAG_SAYS = {
  right: "This is one of the features.",
  partial: "This adds to the picture.",
  neutral: "Not a red flag.",
  unsupported: "Not a red flag.",
  wrong: "This misleads.",
  missed: "Not flagged, and it should be.",
};

export function build(ctx) {
  const cards = ctx.spec.view.patients.map((patient) => buildCard(ctx, patient));
  const each = (act) => cards.forEach(act);
  return {
    element: h(
      "div",
      { class: "mb-triage" },
      h("p", { class: "mb-help" }, "For each patient: flag the excerpts that decide it, then say how soon a physician should see them."),
      ctx.spec.view.minutes ? buildClock(ctx.spec.view.minutes) : null,
      cards.map((card) => card.element),
    ),
    refresh: (answer) => each((card) => card.refresh(answer)),
    showFeedback: (mark) => each((card) => card.showFeedback(mark)),
    focusFirst: () => cards[0].focus(),
    fieldLabel: (name) => {
      const [patient, part] = name.split(":");
      const title = ctx.spec.view.patients.find(({ id }) => id === patient)?.title ?? patient;
      return `${title} (${part === "lane" ? "how soon" : "flags"})`;
    },
    /** An atom of a gate in words. */
    describeAtom(atom) {
      for (const patient of ctx.spec.view.patients) {
        const found = patient.excerpts.find(({ id }) => atom === `${patient.id}:${id}@flag`);
        if (found) return `[${found.id}] ${words(found.html)}`;
      }
      return "";
    },
  };
}

function buildCard(ctx, patient) {
  const nameId = uid();
  const none = `none@${patient.id}:flag`;
  const flags = patient.excerpts.map(({ id }) => `${patient.id}:${id}@flag`);
  const name = patient.title.split(",")[0];

  const rows = new Map();
  const paper = buildCase(patient, patient.excerpts, ({ id, html }, body) => {
    const atom = `${patient.id}:${id}@flag`;
    const state = h("span", { class: "mb-tag mb-flagged" }, "Flagged");
    const why = h("div", {});
    const button = h(
      "button",
      {
        type: "button",
        class: "mb-excerpt",
        "aria-pressed": "false",
        onclick: () => {
          const wanted = !has(ctx.answer, atom);
          const cleared = wanted && has(ctx.answer, none);
          ctx.change(change(ctx.answer, wanted ? { add: [atom], remove: [none] } : { remove: [atom] }));
          ctx.announce(
            `Excerpt ${id} ${wanted ? "flagged" : "no longer flagged"}.${cleared ? " The tick “No red flag here” was cleared." : ""}`,
          );
        },
      },
      h("span", { class: "mb-number" }, id),
      body(html),
      state,
    );
    rows.set(atom, { id, text: words(html), button, state, why });
    return h("li", { class: "mb-excerpt-row" }, button, why);
  });

  const noneBox = h("input", {
    type: "checkbox",
    onchange: () => {
      const wanted = noneBox.checked;
      const out = flags.filter((atom) => has(ctx.answer, atom));
      ctx.change(change(ctx.answer, wanted ? { add: [none], remove: flags } : { remove: [none] }));
      const cleared = wanted && out.length ? ` The flags on ${list(out.map((atom) => rows.get(atom).id))} were cleared.` : "";
      ctx.announce(`“No red flag here” ${wanted ? "ticked" : "cleared"}.${cleared}`);
    },
  });
  const noneWhy = h("div", {});
  const rest = h("div", { class: "mb-aside" });
  const other = ([atom, { id, text }]) => verdict("neutral", `${id} · ${text}`, explanation(ctx.spec.table, atom));

  const track = buildTrack(ctx, {
    legend: `How soon should a physician see ${name}?`,
    token: name,
    lanes: ctx.spec.view.lanes,
    atoms: ctx.spec.view.lanes.map((lane) => `${patient.id}:${lane.id}`),
    near: "sooner than needed, and safe",
    noun: "lane",
  });

  const element = h(
    "div",
    { class: "mb-card", role: "group", "aria-labelledby": nameId },
    paper,
    h("label", { class: "mb-box mb-none" }, noneBox, h("span", {}, "No red flag here")),
    noneWhy,
    rest,
    track.parts,
  );
  paper.querySelector(".mb-case-title").id = nameId;

  return {
    element,
    refresh(answer) {
      for (const [atom, { button, state }] of rows) {
        const flagged = has(answer, atom);
        flag(button, "aria-pressed", String(flagged));
        state.hidden = !flagged;
      }
      noneBox.checked = has(answer, none);
      track.refresh(answer);
    },
    showFeedback(mark) {
      const notes = notesOf(mark);
      for (const [atom, { why }] of rows) {
        const note = notes.get(atom);
        fill(why, note && verdict(note.verdict, FLAG_SAYS[note.verdict], note.why));
      }
      const others = [...rows].filter(([atom]) => mark && !notes.has(atom));
      fill(rest, others.length > 0 && h("details", {}, h("summary", {}, "Why the other excerpts are no red flags"), others.map(other)));
      const noneNote = notes.get(none);
      const right = noneNote && ["right", "missed"].includes(noneNote.verdict);
      fill(
        noneWhy,
        noneNote &&
          verdict(
            noneNote.verdict === "missed" ? "missed" : right ? "right" : "neutral",
            right ? "There is no red flag in these excerpts." : "There is a red flag in these excerpts.",
            noneNote.why,
          ),
      );
      track.showFeedback(notes);
    },
    focus: () => rows.get(flags[0]).button.focus(),
  };
}

export function describe(spec, answer) {
  return spec.view.patients.flatMap((patient) => {
    const lane = spec.view.lanes.find(({ id }) => has(answer, `${patient.id}:${id}`));
    const flagged = patient.excerpts.filter(({ id }) => has(answer, `${patient.id}:${id}@flag`));
    const said = flagged.map(({ id, html }) => `[${id}] ${words(html)}`).join("\n");
    return [
      [`${patient.title}: how soon`, lane?.label ?? ""],
      [`${patient.title}: flags`, has(answer, `none@${patient.id}:flag`) ? "No red flag here" : said],
    ];
  });
}

export const sentence = ({ id, recall, precision }) => {
  if (!id.endsWith(":flag")) return "";
  const found = recall[1] ? `you found ${recall[0]} of ${recall[1]}` : "";
  const supported = precision[1] ? `${precision[0]} of ${precision[1]} supported` : "";
  return `${[found, supported].filter(Boolean).join("; ")}.`;
};

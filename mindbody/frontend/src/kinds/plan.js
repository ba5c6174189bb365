// Phases to put in order: by buttons, by number, or by dragging.

import { besideCase } from "../case.js";
import { change } from "../answer.js";
import { draggable } from "../drag.js";
import { h, say, trusted, words } from "../dom.js";
import { list as join } from "../free-text.js";
import { explanation } from "../rule.js";
import { fill, verdict } from "../verdict.js";

const pairs = (order) => order.flatMap((first, i) => order.slice(i + 1).map((other) => `${first}<${other}`));

/** The order that atoms say, or null when they say none. */
function ordered(names, atoms) {
  if (!atoms.length) return null;
  const ahead = (name) => names.filter((other) => atoms.includes(`${name}<${other}`)).length;
  return [...names].sort((a, b) => ahead(b) - ahead(a));
}

export function build(ctx) {
  const { phases } = ctx.spec.view;
  const names = phases.map(({ id }) => id);
  const every = ctx.spec.shape.fields.order.atoms;
  const current = () => ordered(names, ctx.answer.atoms) ?? names;
  const list = h("ol", { class: "mb-plan" });
  const save = (order) => ctx.change(change(ctx.answer, { remove: every, add: pairs(order) }));

  function move(name, place) {
    const order = current().filter((other) => other !== name);
    const at = Math.max(0, Math.min(order.length, place));
    order.splice(at, 0, name);
    save(order);
    ctx.announce(`${rows.get(name).title}: place ${at + 1} of ${names.length}.`);
  }

  const rows = new Map(
    phases.map(({ id, html }) => {
      const title = words(html);
      const why = h("div", {});
      const step = (text, sign, by) => {
        const button = h("button", { type: "button", class: "mb-remove", "aria-label": `${text}: ${title}`, onclick: () => {
          move(id, current().indexOf(id) + by);
          // A row that moved has lost the focus.
          button.focus();
        } }, sign);
        return button;
      };
      const select = h(
        "select",
        { "aria-label": `Place: ${title}`, onchange: () => {
          move(id, select.value - 1);
          select.focus();
        } },
        names.map((_, i) => h("option", { value: i + 1 }, `${i + 1}`)),
      );
      const grip = h("button", { type: "button", class: "mb-grip", tabindex: -1, "aria-hidden": "true" }, "⠿");
      draggable(grip, grip, {
        label: title,
        target: (at) => at?.closest?.(".mb-phase"),
        within: () => list,
        drop: (target) => move(id, [...list.children].indexOf(target)),
      });
      const element = h(
        "li",
        { class: "mb-phase" },
        h("div", { class: "mb-arrow-row" }, select, trusted("span", { class: "mb-arrow-words" }, html), step("Up", "↑", -1), step("Down", "↓", 1), grip),
        why,
      );
      return [id, { element, select, why, title }];
    }),
  );
  const keep = h("div", { class: "mb-keep" }, h("span", {}, "This is not your order yet."), h("button", {
    type: "button",
    class: "mb-secondary",
    onclick: () => {
      save(names);
      ctx.announce("This order is yours now.");
      rows.get(names[0]).select.focus();
    },
  }, "Keep it as it is"));

  return {
    element: besideCase(ctx.spec.view, h("div", {}, list, keep)),
    refresh(answer) {
      current().forEach((name, i) => {
        const { element, select } = rows.get(name);
        if (list.children[i] !== element) list.insertBefore(element, list.children[i] ?? null);
        select.value = i + 1;
      });
      keep.hidden = answer.atoms.length > 0;
    },
    showFeedback(mark) {
      const checked = (mark?.notes ?? []).filter(({ verdict: name }) => name !== "missed").map(({ atom }) => atom);
      const order = ordered(names, checked);
      const credits = ctx.spec.table?.groups[0].credits ?? {};
      const place = (name) => order.indexOf(name);
      for (const [id, { why }] of rows) {
        if (!order) fill(why);
        else {
          // Named by the places they had when this was checked.
          const wrong = (atom) => order.filter((other) => Object.hasOwn(credits, atom(other)) && !checked.includes(atom(other))).map((other) => place(other) + 1);
          const [before, after] = [wrong((other) => `${id}<${other}`), wrong((other) => `${other}<${id}`)];
          const moves = [before.length && `before ${join(before.map(String))}`, after.length && `after ${join(after.map(String))}`].filter(Boolean);
          const said = moves.length ? `Place ${place(id) + 1}. It belongs ${moves.join(" and ")}.` : `Place ${place(id) + 1}: well placed.`;
          fill(why, verdict(moves.length ? "neutral" : "right", said, explanation(ctx.spec.table, `${id}<`)));
        }
      }
    },
    focusFirst: () => rows.get(current()[0]).select.focus(),
    fieldLabel: () => "your order",
  };
}

export function describe(spec, answer) {
  const order = ordered(spec.view.phases.map(({ id }) => id), answer.atoms) ?? [];
  const title = (name) => words(spec.view.phases.find(({ id }) => id === name).html);
  return [["Order", order.map((name, i) => `${i + 1}. ${title(name)}`).join("\n")]];
}

export const sentence = ({ recall }) => `${recall[0]} of ${recall[1]} pairs stand in the right order.`;

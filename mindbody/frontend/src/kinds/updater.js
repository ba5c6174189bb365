// Evidence as it arrives: each fact comes when the one before it has been weighed.

import { has } from "../answer.js";
import { h, trusted, uid, words } from "../dom.js";
import { explanation } from "../rule.js";
import { buildSlider } from "../slider.js";
import { buildScale, caseFold, chosen, spot } from "../talk.js";
import { fill, notesOf, verdict } from "../verdict.js";

export function build(ctx) {
  const { view, table } = ctx.spec;
  const labels = view.ways.map(({ label }) => label);
  const numbers = (field) => (Object.hasOwn(ctx.answer.numbers, field) ? Number(ctx.answer.numbers[field]) : null);
  const slider = (field, label) =>
    view[field] &&
    buildSlider({
      label,
      hint: "0 is ruled out, 100 is certain.",
      tell: (value) => {
        ctx.type("numbers", field, String(value));
        show();
      },
    });
  const prior = slider("prior", "Before any fact: how likely is it?");
  const estimate = slider("estimate", "And now: how likely is it?");
  const bar = h("div", {});
  const facts = view.facts.map((fact, i) => {
    const [id, whyId] = [uid(), uid()];
    const atoms = view.ways.map(({ id }) => `${fact.id}@${id}`);
    const scale = buildScale(ctx, { labelledBy: id, atoms, labels, describedBy: whyId });
    const why = h("div", { id: whyId });
    return {
      fact,
      atoms,
      scale,
      why,
      element: h("li", { class: "mb-fact" }, h("div", { class: "mb-paper", id }, h("span", { class: "mb-who" }, `Fact ${i + 1} of ${view.facts.length}`), trusted("div", {}, fact.html)), scale.element, why),
    };
  });

  let open = 0;
  let begun = false;
  function show() {
    const answer = ctx.answer;
    prior?.refresh(numbers("prior"));
    estimate?.refresh(numbers("estimate"));
    const before = open;
    let ready = !prior || numbers("prior") !== null;
    facts.forEach((one, i) => {
      const said = one.atoms.some((atom) => has(answer, atom));
      // What was shown once stays: nobody can unread it.
      if (ready || said) open = Math.max(open, i + 1);
      one.element.hidden = i >= open;
      one.scale.refresh(answer);
      ready = ready && said;
    });
    if (estimate) estimate.element.hidden = !ready && numbers("estimate") === null;
    if (begun && open > before) ctx.announce(`Fact ${open}: ${words(view.facts[open - 1].html)}`);
    begun = true;
  }

  return {
    element: h(
      "div",
      { class: "mb-updater" },
      caseFold(view.case),
      h("div", { class: "mb-hypothesis" }, h("span", { class: "mb-who" }, "Hypothesis"), trusted("div", {}, view.hypothesis)),
      prior?.element,
      h("ol", { class: "mb-facts" }, facts.map(({ element }) => element)),
      estimate?.element,
      bar,
    ),
    refresh: show,
    showFeedback(mark) {
      const notes = notesOf(mark);
      for (const { fact, atoms, why } of facts) {
        const note = atoms.map((atom) => notes.get(atom)).find((found) => found && found.verdict !== "missed");
        const panel = mark && table.why[`panel:${fact.id}`];
        fill(why, mark && verdict(panel ? (note?.verdict ?? "missed") : "neutral", panel ?? (view.discussion ? "" : "For discussion."), explanation(table, atoms[0])));
      }
      fill(bar, mark && table.why.from && range());
    },
    focusFirst: () => (prior ?? facts[0].scale).focus(),
    fieldLabel: (name) => ({ prior: "the first estimate", estimate: "the last estimate" })[name] ?? `fact ${view.facts.findIndex(({ id }) => id === name) + 1}`,
  };

  function range() {
    const { from, to, estimate: why, ...whys } = table.why;
    const [start, end] = [numbers("prior"), numbers("estimate")];
    const source = whys["panel:estimate"] ?? "That range is the authors’ proposal.";
    return h(
      "div",
      {},
      h("div", { class: "mb-bar", "aria-hidden": "true" }, h("span", { class: "mb-band", style: `left: ${from}%; width: ${to - from}%` }), start !== null && spot("mb-mean", start), end !== null && spot("mb-dot", end)),
      verdict(
        "neutral",
        `You began at ${start ?? "–"} and ended at ${end ?? "–"}. Between ${from} and ${to} can be defended. ${source}`,
        why,
      ),
    );
  }
}

export function describe(spec, answer) {
  const { prior, estimate, facts, ways } = spec.view;
  const sure = (field) => (answer.numbers[field] ? `${answer.numbers[field]} %` : "");
  return [
    ...(prior ? [["How likely before the facts", sure("prior")]] : []),
    ...facts.map(({ id, html }) => [words(html), chosen(answer, ways, (way) => `${id}@${way}`)]),
    ...(estimate ? [["How likely after them", sure("estimate")]] : []),
  ];
}

// Situational judgement: how apt is each reply, beside the mean that is proposed.

import { has } from "../answer.js";
import { h, trusted, uid, words } from "../dom.js";
import { explanation } from "../rule.js";
import { buildScale } from "../talk.js";
import { fill, verdict } from "../verdict.js";

export const kind = "replies";

export function build(ctx) {
  const { scene, replies, ratings } = ctx.spec.view;
  const labels = ratings.map(({ label }) => label);
  const atomsOf = (reply) => ratings.map(({ id }) => `${reply.id}@${id}`);
  const about = h("p", { class: "mb-quiet" });
  const rows = replies.map((reply) => {
    const [id, whyId] = [uid(), uid()];
    const atoms = atomsOf(reply);
    const scale = buildScale(ctx, { labelledBy: id, atoms, labels, describedBy: whyId });
    const line = h("div", { class: "mb-means", "aria-hidden": "true" });
    const why = h("div", { id: whyId });
    return {
      reply,
      atoms,
      scale,
      element: h("div", { class: "mb-row mb-rated" }, trusted("p", { id }, reply.html), scale.element, line, why),
      showFeedback(mark) {
        const note = mark?.notes.find(({ atom }) => atoms.includes(atom));
        const { table } = ctx.spec;
        fill(line);
        fill(why);
        if (!mark) return;
        const given = note ? atoms.indexOf(note.atom) + 1 : 0;
        const mean = Number(table.why[`mean:${reply.id}`]);
        const apart = Math.abs(given - mean);
        const grave = reply.id === table.why.harmful && given > 2;
        fill(line, point(mean, ratings.length, "mb-mean"), given > 0 && point(given, ratings.length, "mb-dot"));
        fill(
          why,
          verdict(
            !given || grave ? "neutral" : apart <= 0.6 ? "right" : apart <= 1.2 ? "partial" : "neutral",
            `${given ? `You: ${given}, ${labels[given - 1]}` : "You left this open"}. The mean: ${mean.toFixed(1)}.${
              grave ? " This reply would do harm; rated as apt, it takes the points of the whole scene." : ""
            }`,
            explanation(table, atoms[0]),
          ),
        );
      },
    };
  });
  return {
    element: h(
      "div",
      {},
      trusted("div", { class: "mb-paper" }, scene),
      about,
      rows.map((row) => row.element),
    ),
    refresh: (answer) => rows.forEach((row) => row.scale.refresh(answer)),
    showFeedback(mark) {
      rows.forEach((row) => row.showFeedback(mark));
      fill(about, mark && `● yours, ◇ the mean. ${ctx.spec.table.why.means}`);
    },
    focusFirst: () => rows[0].scale.focus(),
    fieldLabel: (name) => `reply ${replies.findIndex(({ id }) => id === name) + 1}`,
  };
}

const point = (value, steps, look) => h("span", { class: look, style: `left: ${((value - 0.5) / steps) * 100}%` });

export function describe(spec, answer) {
  const { replies, ratings } = spec.view;
  return replies.map(({ id, html }) => {
    const rated = ratings.find((rating) => has(answer, `${id}@${rating.id}`));
    return [words(html), rated ? `${rated.id} (${rated.label})` : ""];
  });
}

// Situational judgement: how apt is each reply, beside the mean that is proposed.

import { h, trusted, uid, words } from "../dom.js";
import { explanation } from "../rule.js";
import { buildScale, chosen, spot } from "../talk.js";
import { fill, verdict } from "../verdict.js";

export function build(ctx) {
  const { scene, replies, ratings } = ctx.spec.view;
  const labels = ratings.map(({ label }) => label);
  const middle = (rating) => (100 * (rating - 0.5)) / ratings.length;
  const about = h("p", { class: "mb-quiet" });
  const rows = replies.map((reply) => {
    const [id, whyId] = [uid(), uid()];
    const atoms = ratings.map((rating) => `${reply.id}@${rating.id}`);
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
        const grave = reply.id === table.why.harmful && given > 2;
        fill(line, spot("mb-mean", middle(mean)), given > 0 && spot("mb-dot", middle(given)));
        fill(
          why,
          verdict(
            !note || grave || note.credit < 60 ? "neutral" : note.credit < 80 ? "partial" : "right",
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

export const describe = ({ view: { replies, ratings } }, answer) =>
  replies.map(({ id, html }) => [words(html), chosen(answer, ratings, (rating) => `${id}@${rating}`)]);

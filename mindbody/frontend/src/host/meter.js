// The calibration meter: how sure the learner was, how often she was right, over everything of the course she checked.

import { calibrate, retakeDue } from "../calibration.js";
import { h, s, say } from "../dom.js";
import { readEntry } from "../record.js";
import { fill } from "../verdict.js";

const SAYS = {
  over: "You were surer than right. Before acting on a feeling of certainty, name what would show you wrong.",
  under: "You were right more often than you trusted yourself to be.",
  close: "What you felt and what you knew went well together.",
};
const SIZE = 200;

export function mountMeter(root, { data, store }) {
  const told = h("p", { role: "status" });
  const drawn = h("div", {});
  const due = h("div", {});
  root.append(h("div", { class: "mb mb-meter" }, h("p", { class: "mb-title" }, "How sure, and how right"), told, drawn, due));
  const still = root.querySelector(":scope > .mindbody-static");
  if (still) still.hidden = true;

  function refresh() {
    const records = new Map();
    for (const [key, text] of store.all()) {
      try {
        records.set(key.slice(store.prefix.length), readEntry(JSON.parse(text)).record);
      } catch {
        // No exercise's work, or broken work, which is told of where it stands.
      }
    }
    const judged = [...records.values()].flatMap((record) => record.first?.judged ?? []);
    const result = calibrate(judged);
    const most = `${result.n} ${result.n === 1 ? "answer" : "answers"} with a confidence so far`;
    say(
      told,
      result.verdict === "few"
        ? `${most}; from ten on, this shows how well your confidence goes with being right.`
        : `${most}: ${result.confidence} % sure on average, ${result.right} % right. ${SAYS[result.verdict]} ` +
            `Brier score ${(result.brier / 1000).toFixed(2)}: 0 is perfect, 0.25 is what saying 50 % each time earns.`,
    );
    const shown = JSON.stringify(result.bands);
    if (drawn.dataset.shown !== shown) {
      drawn.dataset.shown = shown;
      fill(drawn, result.verdict !== "few" && curve(result.bands));
    }
    const open = data.items.filter(({ id, again }) => {
      const record = records.get(id);
      return record && retakeDue(record, again ? (records.get(again.id)?.last ?? {}) : undefined);
    });
    fill(
      due,
      open.length > 0 && h("p", {}, "Sure and mistaken on a question of safety, so worth a second try:"),
      open.length > 0 &&
        h("ul", {}, open.map(({ title, href, again }) => h("li", {}, h("a", { href: again?.href ?? href }, again?.title ?? title)))),
    );
  }

  refresh();
  store.onChange(refresh);
}

/** The reliability curve; a table says the same to those who do not see it. */
function curve(bands) {
  const at = (percent) => (percent / 100) * SIZE;
  const picture = s("svg", { viewBox: `-34 -10 ${SIZE + 60} ${SIZE + 50}`, class: "mb-curve", "aria-hidden": "true" });
  picture.append(
    s("path", { class: "mb-frame", d: `M0 0V${SIZE}H${SIZE}` }),
    s("path", { class: "mb-diagonal", d: `M0 ${SIZE}L${SIZE} 0` }),
    ...bands.map(({ n, confidence, right }) =>
      s("circle", { cx: at(confidence), cy: SIZE - at(right), r: 4 + Math.min(8, Math.sqrt(n) * 1.5) }),
    ),
    s("text", { x: SIZE / 2, y: SIZE + 32, "text-anchor": "middle" }, "how sure, %"),
    s("text", { x: -SIZE / 2, y: -22, transform: "rotate(-90)", "text-anchor": "middle" }, "how often right, %"),
    ...[0, 50, 100].flatMap((tick) => [
      s("text", { x: at(tick), y: SIZE + 15, "text-anchor": "middle" }, String(tick)),
      s("text", { x: -5, y: SIZE - at(tick) + 4, "text-anchor": "end" }, String(tick)),
    ]),
  );
  const row = (...cells) => h("tr", {}, cells.map((cell, i) => h(i ? "td" : "th", i ? {} : { scope: "row" }, String(cell))));
  return h(
    "div",
    { class: "mb-meter-row" },
    picture,
    h(
      "table",
      {},
      h("thead", {}, h("tr", {}, ["You said", "Answers", "Right"].map((name) => h("th", { scope: "col" }, name)))),
      h("tbody", {}, bands.map(({ start, end, n, right }) => row(`${start} to ${end} %`, n, `${right} %`))),
    ),
    h("p", { class: "mb-quiet" }, "On the dotted line, confidence and being right agree; below it one is too sure. An answer counts as right when it earned all its points."),
  );
}

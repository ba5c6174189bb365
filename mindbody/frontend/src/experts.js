// What must not be read before checking: an expert's version, a critic's reply. It travels with the table.

import { h, trusted } from "./dom.js";

const PREFIX = "expert:";

/** The texts with their labels. */
export const experts = (table) =>
  Object.entries(table?.why ?? {})
    .filter(([name]) => name.startsWith(PREFIX))
    .map(([name, html]) => [name.slice(PREFIX.length), html]);

/** Sheets side by side where there is room; null when there are none. */
export function sheets(table, heading) {
  const found = experts(table);
  const sheet = ([label, html]) => h("div", { class: "mb-sheet" }, h("p", { class: "mb-label" }, label), trusted("p", {}, html));
  return found.length ? h("div", {}, h("p", { class: "mb-step-title" }, heading), h("div", { class: "mb-sheets" }, found.map(sheet))) : null;
}

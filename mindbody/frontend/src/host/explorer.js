// The evidence explorer: three selects hide rows of tables that Python wrote. Nothing is kept.

import { say } from "../dom.js";

export function mountExplorer(root) {
  const form = root.querySelector("form");
  const shown = root.querySelector(".mb-shown");
  const tables = [...root.querySelectorAll("table")];
  const rows = tables.flatMap((table) => [...table.tBodies[0].rows]);
  const total = rows.length;

  function narrow() {
    const wanted = [...new FormData(form)].filter(([, value]) => value);
    const fits = (row) => wanted.every(([name, value]) => row.getAttribute(`data-${name.replace("_", "-")}`) === value);
    for (const row of rows) row.hidden = !fits(row);
    for (const table of tables) table.hidden = [...table.tBodies[0].rows].every((row) => row.hidden);
    const left = rows.filter((row) => !row.hidden);
    root.classList.toggle("mb-whole", left.length === total);
    const works = new Set(left.map((row) => row.dataset.key)).size;
    say(
      shown,
      left.length
        ? `${left.length} of ${total} comparisons shown, from ${works} ${works === 1 ? "source" : "sources"}.`
        : "No comparison fits all of these. That is a gap in what we found, and perhaps in what has been done. Choose “All” somewhere.",
    );
  }
  form.addEventListener("change", narrow);
  // The selects are emptied after the event.
  form.addEventListener("reset", () => setTimeout(narrow));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  root.classList.add("mb-live");
  narrow();
}

// When a test is due: some weeks after the last answer to the one before it, as far as this browser knows.

import { say } from "../dom.js";

const day = (time) => new Date(time).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });

/** When an assignment was last worked on here, in milliseconds; null when it never was. */
export function lastWork(store, assignment) {
  const start = `${store.prefix}${assignment}/`;
  const times = [...store.all().keys()]
    .filter((key) => key.startsWith(start))
    .map((key) => Date.parse(store.get(key.slice(store.prefix.length))?.saved_at))
    .filter(Number.isFinite);
  return times.length ? Math.max(...times) : null;
}

/** The day that many weeks later, at the same hour of the clock whatever summer time does. */
export function dueAfter(time, weeks) {
  const due = new Date(time);
  due.setDate(due.getDate() + weeks * 7);
  return due.getTime();
}

export function showDue(root, store) {
  const { after, title, weeks } = root.dataset;
  const last = lastWork(store, after);
  if (last === null) return;
  say(root, `Your last answer to the ${title} in this browser is of ${day(last)}. So this test is due on ${day(dueAfter(last, Number(weeks)))}.`);
  root.hidden = false;
}

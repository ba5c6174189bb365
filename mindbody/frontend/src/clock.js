// A clock that the learner may switch on. It speaks at whole minutes, at half a minute and at the end, so that nobody
// is interrupted in between; nothing moves, and nothing is locked.

import { h, say } from "./dom.js";

const minutes = (n) => `${n} ${n > 1 ? "minutes" : "minute"}`;

export function buildClock(most) {
  const said = h("p", { role: "status" });
  let end;
  let ticking;

  function tick() {
    const left = (end - Date.now()) / 1000;
    say(
      said,
      left > 30 ? `${minutes(Math.ceil(left / 60))} left.` : left > 0 ? "Half a minute left." : "The time is over. Nothing is locked: go on as long as you need.",
    );
    if (left <= 0 || !said.isConnected) clearInterval(ticking);
  }

  const box = h("input", {
    type: "checkbox",
    onchange: () => {
      clearInterval(ticking);
      say(said, "");
      if (!box.checked) return;
      end = Date.now() + most * 60_000;
      ticking = setInterval(tick, 1000);
      tick();
    },
  });
  return h("div", { class: "mb-clock" }, h("label", { class: "mb-box" }, box, h("span", {}, `Try it against a clock (${minutes(most)})`)), said);
}

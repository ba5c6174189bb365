// A slider from 0 to 100 that says whether anything was said yet.

import { flag, h, say, uid } from "./dom.js";

/** Build it; `tell(value)` hears each value. `refresh(null)` is a slider nobody has touched. */
export function buildSlider({ label, hint, step = 5, tell }) {
  const [id, hintId] = [uid(), uid()];
  const value = h("output", { for: id, class: "mb-sure" });
  const told = () => tell(Number(range.value));
  const range = h("input", {
    id,
    type: "range",
    min: 0,
    max: 100,
    step,
    value: 50,
    "aria-describedby": hintId,
    oninput: told,
    // A click, a tap (which is no click here) or Enter on the middle is an answer too, though it moves nothing.
    onclick: told,
    onpointerup: told,
    onkeydown: (event) => event.key === "Enter" && told(),
  });
  return {
    element: h(
      "div",
      { class: "mb-confidence" },
      h("label", { for: id }, label),
      range,
      value,
      h("p", { class: "mb-quiet", id: hintId }, hint),
    ),
    refresh(sure) {
      if (sure !== null) range.value = sure;
      range.classList.toggle("mb-unset", sure === null);
      flag(range, "aria-valuetext", sure === null ? "not said yet" : `${sure} per cent`);
      say(value, sure === null ? "not said yet" : `${sure} %`);
    },
    focus: () => range.focus(),
  };
}

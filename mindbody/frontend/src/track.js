// A track of steps of which one is taken: how soon, or at what pace. A marker stands at the step that is.

import { change, has } from "./answer.js";
import { h, uid } from "./dom.js";
import { fill, verdict } from "./verdict.js";

/** Build it; after checking, `near` says what is half right of a step, and `noun` what the right one is. */
export function buildTrack(ctx, { legend, token, lanes, atoms, near, noun }) {
  const [name, whyId] = [uid(), uid()];
  const marker = h("span", { class: "mb-marker", "aria-hidden": "true" }, token);
  const steps = lanes.map((lane, i) => {
    const input = h("input", {
      type: "radio",
      name,
      "aria-describedby": whyId,
      onchange: () => ctx.change(change(ctx.answer, { remove: atoms, add: [atoms[i]] })),
    });
    const place = h("span", { class: "mb-lane-place" });
    const element = h(
      "label",
      { class: "mb-lane" },
      input,
      h("strong", {}, lane.label),
      h("span", { class: "mb-quiet" }, lane.hint),
      place,
    );
    return { atom: atoms[i], lane, input, place, element };
  });
  const why = h("div", { id: whyId });

  function moveMarker(place) {
    if (marker.parentNode === place) return;
    const from = marker.isConnected && marker.getBoundingClientRect();
    if (place) place.append(marker);
    else marker.remove();
    if (!from || !place || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    const to = marker.getBoundingClientRect();
    const way = `translate(${from.x - to.x}px, ${from.y - to.y}px)`;
    marker.animate?.([{ transform: way }, { transform: "none" }], { duration: 140, easing: "ease-out" });
  }

  return {
    parts: [
      h(
        "fieldset",
        { class: "mb-lanes" },
        h("legend", { class: "mb-label" }, legend),
        h("div", { class: "mb-track" }, steps.map((step) => step.element)),
      ),
      why,
    ],
    refresh(answer) {
      let at = null;
      for (const { atom, input, place, element } of steps) {
        input.checked = has(answer, atom);
        element.classList.toggle("mb-chosen", input.checked);
        if (input.checked) at = place;
      }
      moveMarker(at);
    },
    showFeedback(notes) {
      fill(
        why,
        ...steps.map(({ atom, lane }) => {
          const note = notes.get(atom);
          const said = {
            right: `${lane.label}: yes.`,
            partial: `You said ${lane.label}: ${near}.`,
            neutral: `You said ${lane.label}.`,
            missed: `The ${noun} is ${lane.label}.`,
          };
          return note && verdict(note.verdict, said[note.verdict], note.why);
        }),
      );
    },
  };
}

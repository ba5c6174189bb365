// All that apply.

import { buildOptions, describeOptions } from "./options.js";

export function build(ctx) {
  return buildOptions(ctx, {
    type: "checkbox",
    legend: "Select all that apply.",
    says: (chosen, right) =>
      right
        ? chosen
          ? "Ticked, and it applies."
          : "Not ticked; it applies."
        : chosen
          ? "Ticked; it does not apply."
          : "Left out; it does not apply.",
  });
}

export const describe = describeOptions;

export const sentence = ({ recall, precision }) =>
  `You found ${recall[0]} of ${recall[1]}; ${precision[0]} of your ${precision[1]} ${precision[1] === 1 ? "tick" : "ticks"} ${precision.includes(1) ? "applies" : "apply"}.`;

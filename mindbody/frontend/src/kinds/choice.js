// One best answer of a few.

import { buildOptions, describeOptions } from "./options.js";

export function build(ctx) {
  return buildOptions(ctx, {
    type: "radio",
    legend: "Choose one.",
    says: (chosen, right) =>
      right
        ? chosen
          ? "You chose this, and it is the best answer."
          : "The best answer."
        : chosen
          ? "You chose this; another answer is better supported."
          : "Not this one.",
  });
}

export const describe = describeOptions;

// Kinds that come as scripts of their own. A part may arrive before this script or after it: it puts a function into
// a list that stands in the window, and is handed the modules which it shares with the page.

import shared from "virtual:shared";

const LIST = "mindbodyParts";

/** Take in the parts that are here, and call `arrived` for each that comes later. */
export function openParts(arrived) {
  const early = globalThis[LIST] ?? [];
  globalThis[LIST] = {
    push(part) {
      part(shared);
      arrived();
    },
  };
  for (const part of early) part(shared);
}

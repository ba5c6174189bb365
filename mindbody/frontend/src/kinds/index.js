// Every kind of exercise the page knows. A new kind is one module and one line here.

import * as choice from "./choice.js";
import * as number from "./number.js";
import * as placement from "./placement.js";
import * as select from "./select.js";
import * as text from "./text.js";
import * as triage from "./triage.js";
import * as trueFalse from "./true-false.js";

export const KINDS = new Map(
  [choice, select, trueFalse, number, placement, triage, text].map((module) => [module.kind, module]),
);

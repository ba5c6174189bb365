// Every kind of exercise the page knows. A new kind is one module and two lines here.

import * as appraisal from "./appraisal.js";
import * as choice from "./choice.js";
import * as ladder from "./ladder.js";
import * as loopErrors from "./loop-errors.js";
import * as loop from "./loop.js";
import * as number from "./number.js";
import * as pathway from "./pathway.js";
import * as placement from "./placement.js";
import * as plan from "./plan.js";
import * as replies from "./replies.js";
import * as rewrite from "./rewrite.js";
import * as scene from "./scene.js";
import * as select from "./select.js";
import * as sort from "./sort.js";
import * as simulator from "./simulator.js";
import * as text from "./text.js";
import * as timeline from "./timeline.js";
import * as triage from "./triage.js";
import * as trueFalse from "./true-false.js";
import * as updater from "./updater.js";

export const KINDS = new Map(
  [
    choice,
    select,
    trueFalse,
    number,
    sort,
    { ...sort, kind: "claims" },
    ladder,
    pathway,
    placement,
    triage,
    text,
    replies,
    scene,
    rewrite,
    updater,
    appraisal,
    timeline,
    loop,
    loopErrors,
    plan,
    simulator,
  ].map((module) => [module.kind, module]),
);

// Every kind of exercise, for Jupyter, where one module holds them all.

import "./core.js";
import * as appraisal from "./appraisal.js";
import * as ladder from "./ladder.js";
import * as loopErrors from "./loop-errors.js";
import * as loop from "./loop.js";
import * as pathway from "./pathway.js";
import * as placement from "./placement.js";
import * as plan from "./plan.js";
import { register } from "./registry.js";
import * as replies from "./replies.js";
import * as rewrite from "./rewrite.js";
import * as scene from "./scene.js";
import * as simulator from "./simulator.js";
import * as timeline from "./timeline.js";
import * as triage from "./triage.js";
import * as updater from "./updater.js";

register("ladder", ladder);
register("pathway", pathway);
register("placement", placement);
register("triage", triage);
register("replies", replies);
register("scene", scene);
register("rewrite", rewrite);
register("updater", updater);
register("appraisal", appraisal);
register("timeline", timeline);
register("loop", loop);
register("loop-errors", loopErrors);
register("plan", plan);
register("simulator", simulator);

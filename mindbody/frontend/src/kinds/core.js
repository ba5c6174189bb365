// The kinds that every page has: small ones, which nearly every page uses. The others are listed in parts.json and
// come as scripts of their own to the pages that hold them.

import * as choice from "./choice.js";
import * as number from "./number.js";
import { register } from "./registry.js";
import * as select from "./select.js";
import * as sort from "./sort.js";
import * as text from "./text.js";
import * as trueFalse from "./true-false.js";

register("choice", choice);
register("select", select);
register("true-false", trueFalse);
register("number", number);
register("sort", sort);
register("claims", sort);
register("text", text);

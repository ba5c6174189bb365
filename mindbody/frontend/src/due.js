// A script of its own, which one page loads: when the delayed test is due.

import { showDue } from "./host/due.js";
import { findStorage, Store } from "./host/store.js";

const { course } = JSON.parse(document.getElementById("mindbody-course").textContent);
const store = new Store({ storage: findStorage(window), course });
document.querySelectorAll(".mindbody-due").forEach((root) => showDue(root, store));

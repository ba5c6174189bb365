// The book page's host: finds the exercises, gives each its model over this browser's storage, mounts them.
// A classic script, loaded async: it works from file:// and does not wait for the theme's own scripts.

import "../kinds/core.js";
import { KINDS } from "../kinds/registry.js";
import { mountExercise } from "../shell.js";
import { mountExplorer } from "./explorer.js";
import { mountMeter } from "./meter.js";
import { Model } from "./model.js";
import { mountPanel } from "./panel.js";
import { openParts } from "./parts.js";
import { findStorage, Store } from "./store.js";

const TURN = 12; // milliseconds

const json = (element) => JSON.parse(element.textContent);

function start() {
  const settings = document.getElementById("mindbody-course");
  const course = settings ? json(settings) : { course: "mind-body-formulation" };
  const store = new Store({ storage: findStorage(window), course: course.course });
  const models = new Map();
  const leaves = [];
  let persisted = null;

  /** Ask once, after the first work worth keeping. */
  function askPersistence() {
    if (persisted !== null) return;
    persisted = false;
    navigator.storage?.persist?.().then(
      (promised) => {
        persisted = promised;
        store.changed("", true);
      },
      () => {},
    );
  }

  function load(model) {
    const spec = model.get("spec");
    const { answer, record, saved_at, notice } = store.read(spec.id, spec);
    model.set("notice", notice);
    model.set("record", record);
    model.set("answer", answer);
    model.set("saved", saved_at ? { ok: true, at: saved_at } : null);
  }

  function modelFor(spec) {
    if (!models.has(spec.id)) {
      const model = new Model({ spec, answer: null, record: null, mark: null, saved: null }, (changed) => {
        const result = store.write(spec.id, {
          version: spec.version,
          answer: changed.get("answer"),
          record: changed.get("record"),
        });
        if (result.ok) askPersistence();
        return result;
      });
      load(model);
      models.set(spec.id, model);
    }
    return models.get(spec.id);
  }

  const host = {
    gateWayRound: course.gate_way_round ?? true,
    gatePassed: (gate) => store.get(`gate:${gate}`) !== null,
    passGate: (gate, item) => {
      if (!host.gatePassed(gate)) store.set(`gate:${gate}`, { passed_at: new Date().toISOString(), item });
    },
  };

  function mount(section) {
    const spec = json(section.querySelector("script.mindbody-spec"));
    const mounted = mountExercise(section, modelFor(spec), host);
    leaves.push(mounted.leave);
    const still = section.querySelector(":scope > .mindbody-static");
    if (mounted.live && still) still.hidden = true;
  }

  // One broken exercise leaves its static form and never stops the others.
  function attempt(act, section) {
    try {
      act(section);
    } catch (error) {
      console.error(error);
    }
  }
  const adopted = new Set();
  const queue = [];
  let working = false;
  let settled = false;
  // Once the page has loaded, a script that has not come will not come.
  let loaded = document.readyState === "complete";
  const sections = () => [...document.querySelectorAll("section[data-mindbody]")];

  /**
   * Take in the exercises that are parsed by now and whose kind is here: the first can be worked in while the rest is
   * still arriving.
   */
  function adopt() {
    for (const section of sections()) {
      if (adopted.has(section) || !isParsed(section)) continue;
      if (!KINDS.has(section.dataset.needs) && !loaded) continue;
      adopted.add(section);
      if (section.contains(document.getElementById(location.hash.slice(1)))) queue.unshift(section);
      else queue.push(section);
    }
    if (!working) turn();
  }

  /** Mount in short turns, so that what is mounted can be used in between. */
  function turn() {
    const began = performance.now();
    while (queue.length && performance.now() - began < TURN) attempt(mount, queue.shift());
    working = queue.length > 0;
    if (working) setTimeout(turn);
    else if (!settled && document.readyState !== "loading" && sections().every((one) => adopted.has(one))) settle();
  }

  /** A text is written beside the placements of another exercise of its page. */
  function showBeside(model) {
    const other = models.get(model.get("spec").beside);
    const show = () => model.set("beside", { view: other.get("spec").view, answer: other.get("answer") });
    if (!other) return;
    other.on("change:answer", show);
    show();
  }

  function settle() {
    settled = true;
    models.forEach(showBeside);
    mountPanels();
    document.querySelectorAll("[data-mindbody-explorer]").forEach((section) => attempt(mountExplorer, section));
    openTarget();
    document.documentElement.dataset.mindbody = "ready";
  }

  function mountPanels() {
    const specs = new Map([...models].map(([id, model]) => [id, model.get("spec")]));
    const flush = () => leaves.forEach((leave) => leave());
    document.querySelectorAll("section[data-mindbody-submission]").forEach((section) =>
      attempt((root) => {
        const data = json(root.querySelector('script[type="application/json"]'));
        mountPanel(root, { data, store, specs, flush, persisted: () => persisted });
      }, section),
    );
    document.querySelectorAll("section[data-mindbody-calibration]").forEach((section) =>
      attempt((root) => mountMeter(root, { data: json(root.querySelector('script[type="application/json"]')), store }), section),
    );
  }

  // What another tab saved, or a restore or a clearing here, shows at once; a model's own save does not come back.
  store.onChange((key, own) => {
    if (own) return;
    for (const [id, model] of models) {
      if (key === null || key === store.prefix + id) load(model);
      model.set("gates", Symbol("changed"));
    }
  });
  addEventListener("storage", ({ key }) => {
    if (key === null || key.startsWith(store.prefix)) store.changed(key);
  });
  // A page that comes back from the browser's memory has heard nothing meanwhile.
  addEventListener("pageshow", (event) => event.persisted && store.changed(null));

  addEventListener("hashchange", openTarget);
  openParts(adopt);
  addEventListener("load", () => {
    loaded = true;
    adopt();
  });
  if (document.readyState === "loading") {
    adopt();
    document.addEventListener("readystatechange", adopt, { once: true });
  } else adopt();
}

/** Whether the parser has passed a section: its data may otherwise be cut short. */
function isParsed(section) {
  if (document.readyState !== "loading") return true;
  for (let node = section; node; node = node.parentNode) if (node.nextSibling) return true;
  return false;
}

/** A link to an exercise that stands in a closed fold opens it, and leads the keyboard there. */
function openTarget() {
  const target = location.hash.startsWith("#ex-") && document.getElementById(location.hash.slice(1));
  if (!target) return;
  const fold = target.querySelector(":scope > details");
  if (fold) fold.open = true;
  // Somebody quick may be working in it already.
  if (target.contains(document.activeElement)) return;
  target.tabIndex = -1;
  target.focus({ preventScroll: false });
}

start();

// The shell of every exercise: header, confidence, checking, hints, what is saved, feedback. It speaks to a model
// with anywidget's interface and does not know whether a page or a notebook stands behind it.

import { isEmpty, same, typed } from "./answer.js";
import { judgements, retakeDue } from "./calibration.js";
import { flag, h, say, trusted, uid, words } from "./dom.js";
import { freeText, list } from "./free-text.js";
import { KINDS } from "./kinds/registry.js";
import { afterChange, afterCheck, afterLeaving, emptyRecord } from "./record.js";
import { explanation, mark, shapeFaults, unanswered, untouched } from "./rule.js";
import { buildSlider } from "./slider.js";
import { fill } from "./verdict.js";

const TYPING_RESTS = 300;

/** Hundredths as a reader writes them. */
export const points = (hundredths) => String(Math.round(hundredths) / 100);

/** When something was saved: the time, and the day if it was not today. */
export function clock(iso, now = new Date()) {
  const at = new Date(iso);
  const time = `${String(at.getHours()).padStart(2, "0")}:${String(at.getMinutes()).padStart(2, "0")}`;
  if (at.toDateString() === now.toDateString()) return time;
  return `${at.toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric" })}, ${time}`;
}

/** Say which kind of work this is and what it is worth. */
function eyebrow(spec) {
  const worth = spec.points ? `${spec.points} ${spec.points === 1 ? "point" : "points"}` : "for discussion, no marks";
  return [spec.mode === "graded" ? "Graded" : "Practice", worth].join(" · ");
}

/**
 * Build an exercise into `root`. `host` may know gates and their way round.
 *
 * Returns `{live, leave, takeDown}`: whether the kind is known, and what saves what was typed and removes it all.
 */
export function mountExercise(root, model, host = {}) {
  const spec = model.get("spec");
  const module = KINDS.get(spec.kind);
  if (!module) {
    root.append(h("p", { class: "mb-message" }, "This page does not know this kind of exercise yet. Reload the page to get its newest version."));
    return { live: false, leave() {}, takeDown: () => root.replaceChildren() };
  }
  const graded = spec.mode === "graded";
  const now = () => new Date().toISOString();
  // A kernel sends only what there is.
  const record = () => ({ ...emptyRecord(), ...model.get("record") });
  const watched = [];
  const watch = (name, listener) => {
    model.on(`change:${name}`, listener);
    watched.push([`change:${name}`, listener]);
  };

  // --- the answer: what the model holds, and what was typed since ------------------------------------------------

  const pending = new Map();
  let resting;
  const current = () => {
    let answer = model.get("answer");
    for (const { part, field, value } of pending.values()) answer = typed(answer, part, field, value);
    return answer;
  };

  function save(answer) {
    pending.clear();
    clearTimeout(resting);
    model.set("answer", answer);
    if (graded) model.set("record", afterChange(record(), answer, now()));
    model.save_changes();
  }

  const flush = () => pending.size && save(current());

  function setRecord(next) {
    model.set("record", next);
    model.save_changes();
  }

  function leave() {
    flush();
    if (!graded || record().first || unanswered(current(), spec.shape).length) return;
    if (record().last && !shapeFaults(current(), spec.shape).length) setRecord(afterLeaving(record()));
  }

  const announcer = h("p", { class: "mb-hidden", role: "status" });
  const ctx = {
    spec,
    id: uid(),
    get answer() {
      return current();
    },
    get beside() {
      return model.get("beside");
    },
    change: save,
    type(part, field, value) {
      pending.set(`${part}/${field}`, { part, field, value });
      clearTimeout(resting);
      resting = setTimeout(flush, TYPING_RESTS);
    },
    flush,
    announce(text) {
      // The same sentence twice is silence to a screen reader; a trailing space makes it new.
      announcer.textContent = announcer.textContent === text ? `${text}\u00a0` : text;
    },
  };

  // --- the parts -------------------------------------------------------------------------------------------------

  const kind = module.build(ctx);
  const titleId = uid();
  const title = h("p", { class: "mb-title", id: titleId }, spec.title);
  const notice = h("p", { class: "mb-notice", role: "status" });
  const confidence = spec.confidence ? buildConfidence() : null;
  const reflection = spec.shape.fields.reflection
    ? freeText(ctx, {
        field: "reflection",
        label: "In your own words: which placement were you least sure of, and what in the text would settle it?",
        rows: 4,
      })
    : null;
  const message = h("div", { class: "mb-message", role: "status" });
  const saved = h("p", { class: "mb-saved", role: "status" });
  const state = h("p", { class: "mb-state" });
  const hints = spec.hints?.length ? buildHints() : null;
  const checkButton = graded ? null : h("button", { type: "button", class: "mb-check", onclick: () => check(false) }, module.checkLabel ?? (spec.points ? "Check my answer" : "Compare my answer"));
  const feedback = h("div", { class: "mb-feedback", role: "group", "aria-label": "Feedback", hidden: true });
  const stale = h("p", { class: "mb-stale", role: "status" });
  const body = h(
    "div",
    { class: "mb-body" },
    kind.element,
    confidence?.element,
    hints?.shown,
    h("div", { class: "mb-footer" }, checkButton, hints?.button, graded ? state : null, saved),
    message,
    stale,
    feedback,
    reflection && h("div", { class: "mb-reflection" }, reflection.element),
  );
  const gate = spec.needs ? buildNeeds() : null;
  let element = h(
    "div",
    { class: "mb" },
    h("p", { class: "mb-eyebrow" }, eyebrow(spec)),
    title,
    trusted("div", { class: "mb-prompt" }, spec.prompt),
    notice,
    gate?.element,
    body,
    announcer,
  );
  if (spec.retake_of) {
    element = h("details", { class: "mb-retake" }, h("summary", {}, `Re-take: only if your instructor has asked for it (${spec.title})`), element);
  }

  function buildConfidence() {
    const slider = buildSlider({
      label: "How sure are you?",
      hint: "0 is a guess, 100 is certain. It changes no mark.",
      tell: (sure) => setRecord({ ...record(), confidence: sure }),
    });
    return { ...slider, refresh: () => slider.refresh(record().confidence) };
  }

  function buildHints() {
    const shown = h("ol", { class: "mb-hints", "aria-label": "Hints" });
    const button = h("button", {
      type: "button",
      class: "mb-secondary",
      onclick: () => {
        const next = Math.min(spec.hints.length, record().hints + 1);
        setRecord({ ...record(), hints: next });
        ctx.announce(`Hint ${next}: ${shown.lastElementChild?.textContent ?? ""}`);
        if (next < spec.hints.length) return;
        // The button is gone, and the keyboard must not go with it.
        shown.tabIndex = -1;
        shown.focus();
      },
    });
    return {
      shown,
      button,
      refresh() {
        const seen = Math.min(record().hints, spec.hints.length);
        while (shown.children.length > seen) shown.lastElementChild.remove();
        while (shown.children.length < seen) shown.append(trusted("li", {}, spec.hints[shown.children.length]));
        shown.hidden = !seen;
        button.hidden = seen === spec.hints.length;
        say(button, `Hint ${seen + 1} of ${spec.hints.length}`);
      },
    };
  }

  function buildNeeds() {
    const round = h(
      "button",
      {
        type: "button",
        class: "mb-secondary",
        onclick: () => {
          setRecord({ ...record(), way_round: true });
          kind.focusFirst();
        },
      },
      "Work on it anyway",
    );
    const offered = host.gateWayRound ?? true;
    return {
      element: h(
        "div",
        { class: "mb-needs" },
        h("p", {}, "First: ", h("a", { href: spec.needs.href }, spec.needs.title), ". This exercise opens when you have passed that gate."),
        offered ? round : null,
      ),
      refresh() {
        const open = Boolean(host.gatePassed?.(spec.needs.gate)) || (offered && record().way_round);
        this.element.hidden = open;
        body.hidden = !open;
      },
    };
  }

  // --- checking --------------------------------------------------------------------------------------------------

  function missingNames(names) {
    const labels = names.map((name) => kind.fieldLabel?.(name) ?? name);
    return list(labels.length > 6 ? [...labels.slice(0, 5), `${labels.length - 5} more`] : labels);
  }

  function check(asItIs) {
    flush();
    const answer = current();
    fill(message);
    const faults = shapeFaults(answer, spec.shape);
    if (faults.length) {
      fill(message, h("p", {}, `This cannot be checked yet: ${faults.join("; ")}.`));
      kind.focusFirst();
      return;
    }
    if (untouched(answer, spec.shape)) {
      fill(message, h("p", {}, "Nothing to check yet: all stands as it did at the start."));
      return;
    }
    const missing = unanswered(answer, spec.shape);
    const required = Object.values(spec.shape.fields).filter((field) => field.required);
    if (missing.length && (missing.length === required.length || isEmpty(answer))) {
      fill(message, h("p", {}, `Nothing to check yet: ${missingNames(missing)} ${missing.length === 1 ? "is" : "are"} still open.`));
      return;
    }
    if (missing.length && !asItIs) {
      const anyway = h("button", { type: "button", class: "mb-secondary", onclick: () => check(true) }, "Check it as it is");
      fill(message, h("p", {}, `Still open: ${missingNames(missing)}.`), anyway);
      return;
    }
    if (confidence && record().confidence === null) {
      fill(message, h("p", {}, "First say how sure you are; then check."));
      confidence.focus();
      return;
    }
    const result = mark(answer, spec.table, spec.shape);
    const judged = judgements(answer, record().confidence, result, spec.shape);
    model.set("record", afterCheck(record(), answer, result, now(), judged));
    model.set("mark", result);
    model.save_changes();
    if (spec.gate && result.gates.length && result.gates.every(({ passed }) => passed)) host.passGate?.(spec.gate.id, spec.id);
    showMark();
    feedback.firstElementChild?.focus();
  }

  // The mark that is shown is worked out here, from the answer that was checked and the table of this page: what a
  // storage or a kernel says of it is not trusted.
  function checkedMark() {
    const { last } = record();
    if (graded || !last || !spec.table) return null;
    try {
      return mark(last.answer, spec.table, spec.shape);
    } catch {
      return null;
    }
  }

  let shownFor = null;
  function showMark() {
    const { last, first, attempts } = record();
    const wanted = last && JSON.stringify(last);
    if (graded || shownFor === wanted) return;
    shownFor = wanted;
    const result = checkedMark();
    kind.showFeedback(result);
    feedback.hidden = !result;
    if (!result) return fill(feedback);
    fill(
      feedback,
      h("p", { class: "mb-feedback-title", tabindex: "-1" }, result.max ? `${points(result.points)} of ${points(result.max)} points` : "For discussion: nothing here is marked"),
      ...gateResult(result),
      module.overall && result.groups.length > 1 ? h("p", {}, module.overall(result)) : null,
      groupLines(result),
      attempts > 1 && first && result.max
        ? h("p", { class: "mb-quiet" }, `Your first answer, kept: ${points(first.points ?? 0)} of ${points(first.max ?? result.max)}. Checked ${attempts} times.`)
        : null,
      spec.safety && retakeDue(record(), spec.again && {}) ? sureAndWrong() : null,
      last.confidence === null || !spec.confidence ? null : h("p", { class: "mb-quiet" }, `You were ${last.confidence} % sure.`),
    );
  }

  function sureAndWrong() {
    const first = "You were sure, and on a question of safety mistaken. Read the explanation; then answer ";
    const other = spec.again ? h("a", { href: spec.again.href, class: "mb-variant" }, spec.again.title) : "this one again";
    return h("p", { class: "mb-gate" }, first, other, ".");
  }

  function groupLines(result) {
    if (!module.sentence) return null;
    const lines = result.groups.map((group) => [group.label, module.sentence(group)]).filter(([, sentence]) => sentence);
    if (!lines.length) return null;
    if (lines.length === 1) return h("p", {}, lines[0][1][0].toUpperCase() + lines[0][1].slice(1));
    const each = h("ul", { class: "mb-groups" }, lines.map(([label, sentence]) => h("li", {}, h("strong", {}, label), `: ${sentence}`)));
    return lines.length > 6 ? h("details", {}, h("summary", {}, "Place by place"), each) : each;
  }

  function gateResult(result) {
    if (!result.gates.length) return [];
    const failed = result.gates.filter(({ passed }) => !passed);
    if (!failed.length) {
      return [h("p", { class: "mb-gate mb-gate-passed" }, "Gate passed: nothing that must not be missed was missed.")];
    }
    const others = (spec.gate?.variants ?? []).filter(({ id }) => id !== spec.id);
    return [
      h(
        "div",
        { class: "mb-gate" },
        h("p", { class: "mb-gate-title" }, "Gate not passed"),
        h("p", {}, "A gate is all or nothing: it does not average. This is what it turned on."),
        h("ul", {}, failed.map((gate) => h("li", {}, h("strong", {}, gate.label), gateReasons(gate.id)))),
        others.length > 0 &&
          h(
            "p",
            {},
            "Read the explanations, then take the other variant: ",
            others.flatMap(({ href, title: name }, i) => [i ? ", " : "", h("a", { href, class: "mb-variant" }, name)]),
            ".",
          ),
      ),
    ];
  }

  function gateReasons(id) {
    const gate = spec.table.gates.find((candidate) => candidate.id === id);
    const atoms = new Set(record().last.answer.atoms);
    const missed = (gate.all_of ?? []).filter((atom) => !atoms.has(atom));
    const chosen = (gate.none_of ?? []).filter((atom) => atoms.has(atom));
    const told = (atom) => h("li", { class: "mb-quoted" }, kind.describeAtom?.(atom) || words(explanation(spec.table, atom)));
    const anyOf = gate.any_of ?? [];
    return h(
      "ul",
      {},
      anyOf.length && !anyOf.some((atom) => atoms.has(atom)) ? h("li", {}, "How soon, or how fast: left open, or not what is safe here.") : null,
      missed.map(told),
      chosen.map(told),
      (gate.at_most ?? []).some(({ atoms: limited, n }) => limited.filter((atom) => atoms.has(atom)).length > n)
        ? h("li", {}, "More was marked than the text bears out. Marking everything does not pass: what decides it must stand out.")
        : null,
    );
  }

  // --- refreshing ------------------------------------------------------------------------------------------------

  function refreshAnswer() {
    const answer = current();
    kind.refresh(answer);
    reflection?.refresh(answer);
    const { last } = record();
    const changed = !graded && last && shownFor && !same(withoutTexts(answer), withoutTexts(last.answer));
    say(stale, changed ? "You have changed this since; check again." : "");
    feedback.classList.toggle("mb-is-stale", Boolean(changed));
    if (graded) {
      const missing = unanswered(answer, spec.shape);
      const faults = shapeFaults(answer, spec.shape);
      say(state, faults.length ? `To mend: ${faults.join("; ")}.` : untouched(answer, spec.shape) ? "Still to do: nothing is changed yet." : missing.length ? `Still to do: ${missingNames(missing)}.` : "Answered");
      state.classList.toggle("mb-done", !missing.length && !faults.length);
    }
    refreshReflection();
  }

  function refreshReflection() {
    if (!reflection) return;
    const answer = current();
    const ready = graded ? !unanswered(answer, spec.shape).length : record().last;
    reflection.element.parentNode.hidden = !ready && !answer.texts.reflection;
  }

  function refreshRecord() {
    confidence?.refresh();
    hints?.refresh();
    gate?.refresh();
    if (confidence && record().confidence !== null && message.textContent.startsWith("First say how sure")) fill(message);
    showMark();
    refreshReflection();
  }

  function refreshSaved() {
    const result = model.get("saved");
    say(saved, !result ? "" : result.ok ? `Saved ${clock(result.at)}` : `NOT saved: ${result.reason}`);
    saved.classList.toggle("mb-not-saved", Boolean(result && !result.ok));
  }

  const refreshNotice = () => {
    say(notice, model.get("notice") ?? "");
    notice.hidden = !notice.textContent;
  };

  watch("answer", () => {
    fill(message);
    refreshAnswer();
  });
  watch("record", () => {
    refreshRecord();
    refreshAnswer();
  });
  watch("saved", refreshSaved);
  watch("beside", () => kind.refresh(current()));
  watch("notice", refreshNotice);
  watch("gates", () => gate?.refresh());

  const hiding = () => document.visibilityState === "hidden" && leave();
  const leaving = (event) => !root.contains(event.relatedTarget) && leave();
  addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", hiding);
  root.addEventListener("focusout", leaving);

  root.append(element);
  root.setAttribute("aria-labelledby", titleId);
  refreshRecord();
  refreshAnswer();
  refreshSaved();
  refreshNotice();
  if (!model.get("mark") && checkedMark()) model.set("mark", checkedMark());

  function takeDown() {
    leave();
    for (const [name, listener] of watched) model.off(name, listener);
    removeEventListener("pagehide", leave);
    document.removeEventListener("visibilitychange", hiding);
    root.removeEventListener("focusout", leaving);
    element.remove();
  }
  return { live: true, leave, takeDown };
}

/** A reflection written after checking does not make the checked answer another one. */
const withoutTexts = (answer) => ({ ...answer, texts: {} });

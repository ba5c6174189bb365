// Saving and handing in: how far an assignment is, the submission, backup, restore, clear.

import { h, say, uid } from "../dom.js";
import { identifiers } from "../identifiers.js";
import { clock } from "../shell.js";
import { fill } from "../verdict.js";
import { backupName, makeBackup, readBackup } from "./backup.js";
import { answersOf, checkCode, fileName, LARGEST, pack, progress, readablePage } from "./submission.js";

/** Hand a file to the browser. */
function download(name, data, type) {
  const href = URL.createObjectURL(new Blob([data], { type }));
  const link = h("a", { href, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  // Safari still reads the blob after the click has returned.
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}

const button = (label, onclick, look = "mb-secondary") => h("button", { type: "button", class: look, onclick }, label);
const counted = (count, one, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;

/** Ask in a real dialog; `children` may use the `close` they are given. */
function ask(title, build) {
  const titleId = uid();
  const dialog = h("dialog", { class: "mb-dialog", "aria-labelledby": titleId, onclose: () => dialog.remove() });
  dialog.append(h("p", { class: "mb-title", id: titleId }, title), ...build(() => dialog.close()));
  document.querySelector(".mindbody-panel").append(dialog);
  dialog.showModal();
}

/**
 * Put an act off while a button or finger is down. Pressing a button takes the focus from a text, which saves it, and
 * a list that then grows shorter would carry the button away from under the hand: the click would go nowhere.
 */
function whenReleased(act) {
  let down = false;
  let due = false;
  const released = () => {
    down = false;
    if (due) setTimeout(act);
    due = false;
  };
  addEventListener("pointerdown", () => (down = true), true);
  addEventListener("pointerup", released, true);
  addEventListener("pointercancel", released, true);
  return () => (down ? (due = true) : act());
}

export function mountPanel(root, { data, store, specs, flush, persisted }) {
  const items = data.items.map((item) => ({ ...item, id: item.id.includes("/") ? item.id : `${data.assignment}/${item.id}` }));
  const read = (item) => store.read(item.id, item);
  root.classList.add("mindbody-panel");
  const still = root.querySelector(":scope > .mindbody-static");

  // --- progress --------------------------------------------------------------------------------------------------

  const far = h("p", { class: "mb-progress" });
  const open = h("div", { class: "mb-open" });
  function refresh() {
    const { graded, practice, open: left } = progress(items, read);
    const parts = [];
    if (graded[1]) parts.push(`${graded[0]} of ${graded[1]} graded exercises answered`);
    if (practice[1]) parts.push(`practice ${practice[0]} of ${practice[1]}`);
    say(far, `${parts.join("; ")}.`);
    const wanted = JSON.stringify(left.map(({ item, reason }) => [item.id, reason]));
    if (open.dataset.shown === wanted) return;
    open.dataset.shown = wanted;
    fill(
      open,
      left.length > 0 && h("p", { class: "mb-quiet" }, "Still to do:"),
      left.length > 0 &&
        h(
          "ul",
          {},
          left.map(({ item, reason }) => h("li", {}, h("a", { href: item.href }, item.title), reason ? ` (to mend: ${reason})` : "")),
        ),
    );
  }

  // --- the submission --------------------------------------------------------------------------------------------

  const remembered = store.get("learner") ?? {};
  const [nameId, errorId, professionId, languageId, whyId] = [uid(), uid(), uid(), uid(), uid()];
  const name = h("input", {
    id: nameId,
    type: "text",
    autocomplete: "name",
    maxlength: 200,
    required: true,
    "aria-describedby": errorId,
    value: String(remembered.id ?? ""),
  });
  const profession = h("input", { id: professionId, type: "text", maxlength: 200, "aria-describedby": whyId, value: String(remembered.profession ?? "") });
  const language = h("input", { id: languageId, type: "text", maxlength: 200, "aria-describedby": whyId, value: String(remembered.language ?? "") });
  const error = h("p", { id: errorId, class: "mb-warning", role: "alert" });
  const outcome = h("div", { class: "mb-outcome", role: "status" });
  const form = h(
    "form",
    {
      class: "mb-form",
      novalidate: true,
      onsubmit: (event) => {
        event.preventDefault();
        submit(false);
      },
    },
    h("label", { for: nameId, class: "mb-label" }, "Your name or course id"),
    name,
    error,
    h(
      "details",
      {},
      h("summary", {}, "Two optional questions"),
      h("p", { class: "mb-quiet", id: whyId }, "Used only in aggregate, to see whether an exercise is fair to everyone. Leave them empty if you like."),
      h("label", { for: professionId, class: "mb-label" }, "Your profession (optional)"),
      profession,
      h("label", { for: languageId, class: "mb-label" }, "The language you work in (optional)"),
      language,
    ),
    h("button", { type: "submit", class: "mb-check" }, "Download my submission"),
  );

  function suspicious() {
    return items.flatMap((item) =>
      Object.values(read(item).answer.texts).flatMap((text) => identifiers(text).map((found) => ({ item, found }))),
    );
  }

  function submit(anyway) {
    flush();
    const learner = { id: name.value.trim(), profession: profession.value.trim(), language: language.value.trim() };
    say(error, learner.id ? "" : "Write your name or course id: the file is marked under it.");
    if (!learner.id) {
      name.setAttribute("aria-invalid", "true");
      name.focus();
      return;
    }
    name.removeAttribute("aria-invalid");
    store.set("learner", learner);
    const found = anyway ? [] : suspicious();
    if (found.length) return warn(found);
    handIn(learner);
  }

  function warn(found) {
    const title = h("p", { class: "mb-label", tabindex: "-1" }, "Before this leaves your computer");
    fill(
      outcome,
      title,
      h("p", {}, "These words may identify somebody. If they could belong to a real person, go back and change them."),
      h(
        "ul",
        {},
        found.slice(0, 12).map(({ item, found: { kind, text } }) => h("li", {}, h("a", { href: item.href }, item.title), `: ${kind}, “${text}”`)),
        found.length > 12 && h("li", {}, `and ${found.length - 12} more`),
      ),
      button("They are invented: download", () => submit(true)),
    );
    title.focus();
  }

  async function handIn(learner) {
    const at = new Date();
    const answers = answersOf({
      course: store.course,
      assignment: data.assignment,
      learner,
      items,
      read,
      at: at.toISOString(),
    });
    const text = `${JSON.stringify(answers, null, 1)}\n`;
    const size = new TextEncoder().encode(text).length;
    if (size > LARGEST) {
      fill(outcome, h("p", { class: "mb-warning" }, `Your answers are ${Math.ceil(size / 1000)} KB, and a submission may hold 1,000 KB. Shorten the longest text.`));
      return;
    }
    const file = fileName(learner.id, data.assignment);
    download(file, pack(text, readablePage({ title: data.title, answers, items, specs }), at), "application/zip");
    const code = await checkCode(text, globalThis.crypto);
    const { graded } = progress(items, read);
    const title = h("p", { class: "mb-label", tabindex: "-1" }, "Your submission was made");
    fill(
      outcome,
      title,
      h(
        "dl",
        { class: "mb-receipt" },
        ...[
          ["File", file],
          ["Made", clock(at.toISOString())],
          ["Answers in it", `${Object.keys(answers.items).length} (${graded[0]} of ${graded[1]} graded ones complete)`],
          ["Check code", code ?? "this browser cannot work one out on this page"],
        ].flatMap(([label, value]) => [h("dt", {}, label), h("dd", {}, value)]),
      ),
      h("p", {}, "It is in your downloads folder. Nothing has been sent: hand the zip in where your course asks for it. my-answers.html inside it is for you to read."),
    );
    title.focus();
  }

  // --- backup, restore, clear --------------------------------------------------------------------------------------

  function backup() {
    flush();
    const now = new Date();
    download(backupName(now), `${JSON.stringify(makeBackup(store, now), null, 1)}\n`, "application/json");
    tell(`Backup made: ${backupName(now)}.`);
  }

  const told = h("div", { class: "mb-outcome", role: "status" });
  const tell = (...parts) => fill(told, ...parts.map((part) => (typeof part === "string" ? h("p", {}, part) : part)));

  const picker = h("input", { type: "file", accept: ".json,application/json", class: "mb-hidden", tabindex: "-1", "aria-hidden": "true", onchange: pick });
  async function pick() {
    const [file] = picker.files;
    picker.value = "";
    if (!file) return;
    flush();
    try {
      const { entries, refused } = readBackup(await file.text(), store);
      const newer = entries.filter((entry) => entry.newer);
      if (newer.length) askNewer(entries, refused, newer);
      else bringBack(entries, refused, 0);
    } catch (problem) {
      tell(`Nothing was restored. ${problem.message}`);
    }
  }

  const titled = (name) => items.find(({ id }) => id === name)?.title ?? name;

  function askNewer(entries, refused, newer) {
    ask("Newer work is here", (close) => {
      const boxes = newer.map((entry) => ({ entry, box: h("input", { type: "checkbox" }) }));
      const go = () => {
        close();
        const replaced = new Set(boxes.filter(({ box }) => box.checked).map(({ entry }) => entry));
        bringBack(entries.filter((entry) => !entry.newer || replaced.has(entry)), refused, newer.length - replaced.size);
      };
      return [
        h("p", {}, `${counted(newer.length, "exercise")} on this computer ${newer.length === 1 ? "was" : "were"} saved after the backup. What is here is kept, unless you tick it to be replaced.`),
        h("ul", { class: "mb-ticks" }, boxes.map(({ entry, box }) => h("li", {}, h("label", { class: "mb-box" }, box, h("span", {}, `Replace: ${titled(entry.name)}`))))),
        h("div", { class: "mb-footer" }, button("Restore", go, "mb-check"), button("Restore nothing", close)),
      ];
    });
  }

  function bringBack(entries, refused, kept) {
    const failed = entries.filter(({ key, text }) => !store.restore(key, text).ok);
    const back = entries.filter(({ name }) => name.includes("/") && !name.startsWith("gate:") && !name.includes(":broken:"));
    tell(
      `${counted(back.length, "exercise")} restored.${kept ? ` ${kept} kept as newer here.` : ""}`,
      failed.length > 0 ? h("p", { class: "mb-warning" }, "NOT saved: this browser could not store all of it. It is here until you close the page.") : null,
      refused.length > 0
        ? h("div", {}, h("p", {}, "Refused:"), h("ul", {}, refused.map(({ name: what, reason }) => h("li", {}, `${what}: ${reason}`))))
        : null,
    );
  }

  function askClear() {
    flush();
    const keys = [...store.all().keys()].map((key) => key.slice(store.prefix.length));
    const work = keys.filter((key) => /^[a-z0-9-]+\/[a-z0-9-]+$/.test(key));
    const chapters = new Set(work.map((key) => key.split("/")[0]));
    ask("Clear my work on this computer?", (close) => [
      h(
        "p",
        {},
        work.length
          ? `This removes your answers to ${counted(work.length, "exercise")} of ${counted(chapters.size, "chapter")}, the gates you passed and your name from this browser. It cannot be undone.`
          : "There is no work of yours in this browser.",
      ),
      h(
        "div",
        { class: "mb-footer" },
        button("Keep it", close, "mb-check"),
        button("Download a backup first", backup),
        work.length > 0 &&
          button("Clear it", () => {
            store.clear();
            for (const field of [name, profession, language]) field.value = "";
            fill(outcome);
            tell("Your work was cleared from this computer.");
            close();
          }),
      ),
    ]);
  }

  const kept = h("p", { class: "mb-quiet" });
  const refreshKept = () =>
    say(
      kept,
      persisted() === true
        ? "This browser has promised not to remove it by itself."
        : "A private window forgets it when it closes, and some browsers remove it after weeks without a visit. A backup is a file of your own.",
    );

  root.append(
    h(
      "div",
      { class: "mb" },
      h("p", { class: "mb-eyebrow" }, "Save and hand in"),
      h("p", { class: "mb-title", id: uid() }, data.title),
      far,
      open,
      form,
      outcome,
      h(
        "div",
        { class: "mb-keeping" },
        h("p", { class: "mb-label" }, "Where your work is"),
        h("p", { class: "mb-quiet" }, "Your answers are saved in this browser, on this computer, at every change. They are sent to nobody. On a shared computer the next person can see them: take a backup and clear them."),
        kept,
        h(
          "div",
          { class: "mb-footer" },
          button("Download a backup", backup),
          button("Restore from a backup", () => picker.click()),
          button("Clear my work on this computer", askClear),
          picker,
        ),
        told,
      ),
    ),
  );
  root.setAttribute("aria-labelledby", root.querySelector(".mb-title").id);
  if (still) still.hidden = true;
  const refreshAll = () => {
    refresh();
    refreshKept();
  };
  refreshAll();
  store.onChange(whenReleased(refreshAll));
}

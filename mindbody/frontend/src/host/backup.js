// A backup is everything of the course that this browser holds, as one file. What comes back is checked first.

import { readEntry } from "../record.js";

export const FORMAT = "mindbody-backup/1";
export const LARGEST = 20_000_000;

const ITEM = /^[a-z0-9-]+\/[a-z0-9-]+$/;
const GATE = /^gate:[a-z0-9-]+\/[a-z0-9-]+$/;
const BROKEN = /^[a-z0-9-]+\/[a-z0-9-]+:broken:\d+$/;

/** `mindbody:<course>:<assignment>/<item>` and the like -> the part after the course. */
const nameOf = (key, prefix) => (key.startsWith(prefix) ? key.slice(prefix.length) : null);

export const backupName = (date) =>
  `mind-body-backup-${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, "0")}-${String(date.getDate()).padStart(2, "0")}.json`;

/** The backup as plain data; broken work that is kept travels as its text, exactly as it was found. */
export function makeBackup(store, at) {
  const entries = {};
  for (const [key, text] of store.all()) {
    entries[key] = text;
    if (BROKEN.test(nameOf(key, store.prefix))) continue;
    try {
      entries[key] = JSON.parse(text);
    } catch {
      // Not read yet, so not set aside yet: it travels as its text too.
    }
  }
  return { format: FORMAT, course: store.course, saved_at: at.toISOString(), entries };
}

const isTime = (value) => typeof value === "string" && value.length < 40 && !Number.isNaN(Date.parse(value));

function readGate(value) {
  if (!isTime(value?.passed_at) || typeof value.item !== "string") throw new Error("the gate has no time");
  return { passed_at: value.passed_at, item: value.item };
}

function readLearner(value) {
  const fields = ["id", "profession", "language"].map((name) => [name, value?.[name] ?? ""]);
  if (!fields.every(([, text]) => typeof text === "string" && text.length <= 200)) throw new Error("the name is broken");
  return Object.fromEntries(fields);
}

function readValue(name, value) {
  if (ITEM.test(name)) return readEntry(value);
  if (GATE.test(name)) return readGate(value);
  if (name === "learner") return readLearner(value);
  if (BROKEN.test(name) && typeof value === "string") return value;
  throw new Error("this page does not know what it is");
}

/**
 * Read a backup's text against what is here now.
 *
 * Returns `{entries: [{key, name, text, newer}], refused: [{name, reason}]}`, where `newer` says that the work here
 * was saved after the backup's; throws a sentence when the file as a whole is no backup of this course.
 */
export function readBackup(text, store) {
  if (text.length > LARGEST) throw new Error("The file is too large to be a backup.");
  let data;
  try {
    data = JSON.parse(text);
  } catch {
    throw new Error("The file is not a backup: it is not JSON.");
  }
  if (data?.format !== FORMAT) throw new Error(`The file is not a backup of this kind (${FORMAT}).`);
  if (data.course !== store.course) throw new Error(`The backup is of another course (${String(data.course).slice(0, 80)}).`);
  if (typeof data.entries !== "object" || data.entries === null || Array.isArray(data.entries)) {
    throw new Error("The backup has no entries.");
  }
  const here = store.all();
  const entries = [];
  const refused = [];
  for (const [key, value] of Object.entries(data.entries)) {
    const name = nameOf(key, store.prefix);
    try {
      if (name === null) throw new Error("it is not of this course");
      const read = readValue(name, value);
      const written = typeof read === "string" ? read : JSON.stringify(read);
      if (here.get(key) !== written) entries.push({ key, name, text: written, newer: isNewer(here.get(key), read) });
    } catch (error) {
      refused.push({ name: (name ?? key).slice(0, 80), reason: error.message });
    }
  }
  return { entries, refused };
}

function isNewer(mine, theirs) {
  if (mine === undefined) return false;
  let saved;
  try {
    saved = JSON.parse(mine);
  } catch {
    return false;
  }
  if (!theirs.saved_at) return true;
  return Date.parse(saved?.saved_at) > Date.parse(theirs.saved_at);
}

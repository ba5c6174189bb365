// The learner's work in the browser. The storage is given, so that tests can fill it up, break it and take it away.
// What could not be stored stays in memory, and every download of this page contains it.

import { fit, startAnswer } from "../answer.js";
import { emptyRecord, readEntry } from "../record.js";

const FULL = "this browser's storage is full. Download a backup now.";
const NOTHING = "this browser keeps nothing for this page (a private window, or storage is blocked). Download a backup before you close it.";

/** `window.localStorage`, or null where even asking for it throws. */
export function findStorage(view) {
  try {
    return view.localStorage;
  } catch {
    return null;
  }
}

export class Store {
  #storage;
  #now;
  #unsaved = new Map();
  #listeners = new Set();

  constructor({ storage, course, now = () => new Date() }) {
    this.#storage = storage;
    this.#now = now;
    this.course = course;
    this.prefix = `mindbody:${course}:`;
  }

  onChange(listener) {
    this.#listeners.add(listener);
  }

  /** Tell listeners what changed (null: everything), and whether an exercise of this page wrote it itself. */
  changed(key, own = false) {
    for (const listener of this.#listeners) listener(key, own);
  }

  #raw(key) {
    if (this.#unsaved.has(key)) return this.#unsaved.get(key);
    try {
      return this.#storage?.getItem(key) ?? null;
    } catch {
      return null;
    }
  }

  #put(key, text) {
    try {
      if (!this.#storage) throw new Error("no storage");
      this.#storage.setItem(key, text);
      // Some private windows take everything and keep nothing.
      if (this.#storage.getItem(key) !== text) throw new Error("not kept");
    } catch (error) {
      this.#unsaved.set(key, text);
      const full = /quota/i.test(`${error.name} ${error.message}`) || error.code === 22;
      return { ok: false, reason: full ? FULL : NOTHING };
    }
    this.#unsaved.delete(key);
    return { ok: true, at: this.#now().toISOString() };
  }

  /** Write an item's work; says whether it was saved, and why not. */
  write(id, { version, answer, record }) {
    const saved_at = this.#now().toISOString();
    const saved = this.#put(this.prefix + id, JSON.stringify({ format: 1, version, answer, record, saved_at }));
    this.changed(this.prefix + id, true);
    return saved.ok ? { ok: true, at: saved_at } : saved;
  }

  /** Read an item's work as it fits the item's version and shape; `notice` says what a learner should know. */
  read(id, { version, shape }) {
    const nothing = { answer: startAnswer(shape), record: emptyRecord(), saved_at: null, notice: "" };
    const raw = this.#raw(this.prefix + id);
    if (raw === null) return nothing;
    let entry;
    try {
      entry = readEntry(JSON.parse(raw));
    } catch (error) {
      const kept = this.#put(`${this.prefix}${id}:broken:${this.#now().getTime()}`, raw);
      if (kept.ok) this.#remove(this.prefix + id);
      return {
        ...nothing,
        notice: `What was saved here cannot be read (${error.message}). It is kept as it was, and a backup contains it.`,
      };
    }
    const { answer, record, saved_at } = entry;
    if (entry.version === version) return { answer: fit(answer, shape), record, saved_at, notice: "" };
    const earlier = { version: entry.version, answer, first: record.first, last: record.last };
    return {
      answer: fit(answer, shape),
      record: { ...emptyRecord(), way_round: record.way_round, earlier: [...record.earlier, earlier] },
      saved_at,
      notice: "This exercise has changed since you answered it. What still fits was carried over; your earlier answer is kept.",
    };
  }

  /** Every key of this course with its text, saved or not. */
  all() {
    const keys = new Set(this.#unsaved.keys());
    try {
      for (let i = 0; i < (this.#storage?.length ?? 0); i++) keys.add(this.#storage.key(i));
    } catch {
      // A storage that cannot be listed holds nothing we could offer.
    }
    const mine = [...keys].filter((key) => key.startsWith(this.prefix)).sort();
    return new Map(mine.map((key) => [key, this.#raw(key)]));
  }

  /** A small value beside the items (`learner`, `gate:<id>`); null when there is none or it is broken. */
  get(name) {
    try {
      return JSON.parse(this.#raw(this.prefix + name));
    } catch {
      return null;
    }
  }

  set(name, value) {
    const saved = this.#put(this.prefix + name, JSON.stringify(value));
    this.changed(this.prefix + name);
    return saved;
  }

  /** Put back the text of one key, as a backup has it. */
  restore(key, text) {
    const saved = this.#put(key, text);
    this.changed(key);
    return saved;
  }

  #remove(key) {
    this.#unsaved.delete(key);
    try {
      this.#storage?.removeItem(key);
    } catch {
      // Nothing was there to remove.
    }
  }

  /** Remove everything of this course from this computer. */
  clear() {
    for (const key of this.all().keys()) this.#remove(key);
    this.changed(null);
  }
}

// anywidget's model interface (get, set, save_changes, on, off) over plain values; the page's stand-in for a kernel.

export class Model {
  #values;
  #save;
  #listeners = new Map();

  constructor(values, save) {
    this.#values = { ...values };
    this.#save = save;
  }

  get(name) {
    return this.#values[name];
  }

  set(name, value) {
    if (Object.is(this.#values[name], value)) return;
    this.#values[name] = value;
    for (const listener of [...(this.#listeners.get(`change:${name}`) ?? [])]) listener();
  }

  save_changes() {
    this.set("saved", this.#save(this));
  }

  on(name, listener) {
    if (!this.#listeners.has(name)) this.#listeners.set(name, new Set());
    this.#listeners.get(name).add(listener);
  }

  off(name, listener) {
    this.#listeners.get(name)?.delete(listener);
  }
}

// Plain DOM. `trusted` is the one door for HTML, and only our own compiled Markdown goes through it;
// whatever a learner typed is set as text or as a field's value.

const LAST = Symbol.for("mindbody.last");

/**
 * A fresh id: one item may stand twice on a page. The document counts, and not this module: Jupyter loads it anew for
 * every exercise, and two groups of radio buttons of one name would be one group.
 */
export const uid = () => `mb-${(document[LAST] = (document[LAST] ?? 0) + 1)}`;

/** Make an element: `on*` are listeners, true/false/null set or leave out an attribute, text children are text. */
export function h(tag, props, ...children) {
  return dress(document.createElement(tag), props, children);
}

/** The same for SVG. */
export function s(tag, props, ...children) {
  return dress(document.createElementNS("http://www.w3.org/2000/svg", tag), props, children);
}

function dress(element, props, children) {
  for (const [name, value] of Object.entries(props ?? {})) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "checked" || name === "value") element[name] = value;
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child != null && child !== false));
  return element;
}

/** An element that holds compiled HTML of the book (never a learner's words). */
export function trusted(tag, props, html) {
  const element = h(tag, props);
  element.innerHTML = html;
  return element;
}

/** The words of compiled HTML. */
export function words(html) {
  const holder = document.implementation.createHTMLDocument("").body;
  holder.innerHTML = html;
  return holder.textContent.replace(/\s+/g, " ").trim();
}

/** Set text only when it differs, so that a live region stays silent when nothing changed. */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Set or remove an attribute. */
export function flag(element, name, value) {
  if (value === false || value == null) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? "" : value);
}

/** The shape that stands for a slot wherever it is drawn. */
export function mark(shape, box = 14) {
  const drawn = { circle: "M7 1a6 6 0 1 1 0 12A6 6 0 0 1 7 1z", triangle: "M7 1l6.5 12H.5z", square: "M1.5 1.5h11v11h-11z" };
  if (!Object.hasOwn(drawn, shape ?? "")) return null;
  return s(
    "svg",
    { class: "mb-shape", viewBox: "0 0 14 14", width: box, height: box, "aria-hidden": "true" },
    s("path", { d: drawn[shape], fill: "currentColor" }),
  );
}

// Labelled arrows between nodes, `sway>threat:raises`: read, said in a sentence, and drawn.

import { flag, h, s } from "./dom.js";

export function readArrow(atom) {
  const [, start, end, effect] = /^(.+?)>(.+):(.+)$/.exec(atom);
  return { atom, start, end, effect, way: `${start}>${end}` };
}

/** A label as a sentence begins, past an opening quotation mark. */
export const capital = (label) => label.replace(/[\p{L}\p{N}]/u, (letter) => letter.toUpperCase());

/** An arrow as a sentence. */
export function sentence(atom, nodes) {
  const { start, end, effect } = readArrow(atom);
  const label = (id) => nodes.find((node) => node.id === id)?.label ?? id;
  return `${capital(label(start))} ${effect} ${label(end)}`;
}

const ROW = 108;
const HALF_ROOM = 34;
const PILL = 32;
const SIGN = { raises: "+", lowers: "−" };

/**
 * Draw nodes on a ring, arrows curved inward between them. `pick(id)` makes the nodes buttons.
 *
 * `refresh(arrows, chosen)` takes `{atom, status, tag}`: a class, and what stands beside the sign. The picture says
 * nothing that the sentences beside it do not; to those who hear them it is silent, its buttons excepted.
 */
export function drawGraph(nodes, pick) {
  const boxes = new Map(
    nodes.map(({ id, label }) => [
      id,
      pick
        ? h("button", { type: "button", class: "mb-node", "aria-pressed": "false", onclick: () => pick(id) }, capital(label))
        : h("span", { class: "mb-node" }, capital(label)),
    ]),
  );
  const lines = s("svg", { class: "mb-lines-drawn", "aria-hidden": "true" });
  const board = h("div", { class: "mb-board", ...(pick ? {} : { "aria-hidden": "true" }) }, lines, [...boxes.values()]);
  const element = h("div", { class: "mb-graph" }, board);
  const places = new Map();
  let [width, arrows, lit] = [0, [], null];

  function place() {
    const wide = Math.min(element.clientWidth, 760);
    if (!wide || wide === width) return;
    width = wide;
    const levels = Math.floor(nodes.length / 2);
    const box = Math.min(wide < 520 ? 116 : 156, wide / 2.6);
    const height = levels * ROW + 2 * HALF_ROOM;
    Object.assign(board.style, { width: `${wide}px`, height: `${height}px` });
    for (const [name, value] of [["width", wide], ["height", height]]) flag(lines, name, value);
    nodes.forEach(({ id }, i) => {
      // Down the right side and up the left, one or two to a row, so that labels never stand on each other.
      const level = Math.min(i, nodes.length - i);
      const side = i === level ? 1 : -1;
      const alone = level === 0 || (nodes.length % 2 === 0 && level === levels);
      const bulge = Math.sqrt(1 - ((2 * level) / nodes.length - 0.5) ** 2 * 2);
      const x = wide / 2 + (alone ? 0 : (side * bulge * (wide - box)) / 2);
      const node = boxes.get(id);
      Object.assign(node.style, { width: `${box}px`, left: `${x - box / 2}px`, top: `${HALF_ROOM + level * ROW}px` });
      places.set(id, { x, y: HALF_ROOM + level * ROW, w: box / 2 + 3, h: node.offsetHeight / 2 + 3 });
    });
    draw();
  }

  function draw() {
    if (!width) return;
    const pills = [];
    const free = ([x, y]) =>
      pills.every(([a, b]) => Math.hypot(a - x, b - y) > PILL) &&
      outside([x, y], [...places.values()], 9);
    const ways = new Set(arrows.map(({ atom }) => readArrow(atom).way));
    const drawn = arrows.map(({ atom, status = "", tag = "" }) => {
      const { start, end, effect } = readArrow(atom);
      const [a, b] = [places.get(start), places.get(end)];
      const others = [...places.values()].filter((box) => box !== a && box !== b);
      const clear = ({ at }) => [1, 2, 3, 4, 5, 6, 7, 8, 9].every((t) => outside(at(t / 10), others));
      // The way back keeps its distance; a curve that would run behind a label bends further.
      const back = ways.has(`${end}>${start}`) && start > end ? 32 : 0;
      const curves = [0, 40, 80, 120, 160, -60, -120].map((more) => bend(a, b, width / 2, more + back));
      const curve = curves.find(clear) ?? curves[0];
      const at = [0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78].map((t) => curve.at(t)).find(free) ?? curve.at(0.5);
      pills.push(at);
      const text = `${tag}${SIGN[effect]}`;
      const half = 8 + 4 * text.length;
      return [
        s(
          "g",
          { class: `mb-arrow ${status}${atom === lit ? " mb-lit" : ""}` },
          s("path", { class: "mb-line", d: curve.path }),
          s("path", { class: "mb-head", d: "M1 0L-10 5L-10-5z", transform: curve.head }),
        ),
        s(
          "g",
          { class: `mb-pill ${status}` },
          s("rect", { x: at[0] - half, y: at[1] - 11, width: 2 * half, height: 22, rx: 11 }),
          s("text", { x: at[0], y: at[1] + 5, "text-anchor": "middle" }, text),
        ),
      ];
    });
    // Signs above all lines.
    lines.replaceChildren(...[0, 1].flatMap((layer) => drawn.map((parts) => parts[layer])));
  }

  new ResizeObserver(place).observe(element);
  return {
    element,
    refresh(shown, chosen = null) {
      arrows = shown;
      for (const [id, box] of boxes) if (pick) flag(box, "aria-pressed", String(id === chosen));
      draw();
    },
    /** Show which arrow a sentence speaks of. */
    light(atom) {
      if (atom === lit) return;
      lit = atom;
      draw();
    },
  };
}

const outside = ([x, y], boxes, by = 0) =>
  boxes.every((box) => Math.abs(box.x - x) > box.w + by || Math.abs(box.y - y) > box.h + by);

/** A quadratic curve from border to border, bent toward the middle of the ring. */
function bend(a, b, middle, more) {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = Math.hypot(dx, dy);
  const inward = (a.x + b.x) / 2 === middle ? Math.sign(dy) || 1 : Math.sign(middle - (a.x + b.x) / 2);
  const sideways = Math.sign(-dy || dx) * inward * (dy ? 1 : -1);
  const reach = 0.14 * length + 8 + more;
  const control = [(a.x + b.x) / 2 + (sideways * reach * -dy) / length, (a.y + b.y) / 2 + (sideways * reach * dx) / length];
  const [from, to] = [border(a, control), border(b, control)];
  const at = (t) => [0, 1].map((i) => (1 - t) ** 2 * from[i] + 2 * t * (1 - t) * control[i] + t * t * to[i]);
  const turn = (Math.atan2(to[1] - control[1], to[0] - control[0]) * 180) / Math.PI;
  const point = ([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`;
  return {
    at,
    path: `M${point(from)}Q${point(control)} ${point(to)}`,
    head: `translate(${point(to)}) rotate(${turn.toFixed(1)})`,
  };
}

/** Where the way from a box's middle to a point leaves the box. */
function border({ x, y, w, h: high }, [px, py]) {
  const [dx, dy] = [px - x, py - y];
  const scale = Math.min(w / Math.abs(dx || 1e-9), high / Math.abs(dy || 1e-9), 1);
  return [x + dx * scale, y + dy * scale];
}

/** What the lines of the picture mean, in words. */
export const legend = (lines) => h("p", { class: "mb-quiet mb-legend" }, `+ raises, − lowers. ${lines}`);

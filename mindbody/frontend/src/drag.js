// Dragging an excerpt onto a place: a bonus, never the only way. With a mouse the whole excerpt can be taken, by
// touch its number only, so that a finger on the text still scrolls the page.

import { h } from "./dom.js";

const FAR_ENOUGH = 6;

export function draggable(button, handle, { label, target, within, drop }) {
  let start = null;
  let ghost = null;
  let over = null;
  let quietUntil = 0;

  // The click that follows a drag is not a choice.
  button.addEventListener("click", (event) => event.timeStamp < quietUntil && event.stopImmediatePropagation(), true);

  function hover(element) {
    if (over === element) return;
    over?.classList.remove("mb-over");
    over = element;
    over?.classList.add("mb-over");
  }

  function end(event) {
    if (!start) return;
    const dropped = ghost && event.type === "pointerup" ? over : null;
    hover(null);
    ghost?.remove();
    if (ghost) quietUntil = event.timeStamp + 100;
    [start, ghost] = [null, null];
    if (dropped) drop(dropped);
  }

  button.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || (event.pointerType !== "mouse" && !handle.contains(event.target))) return;
    start = { x: event.clientX, y: event.clientY, id: event.pointerId };
    // A quick hand has left the excerpt before its first move is heard.
    button.setPointerCapture(event.pointerId);
  });
  button.addEventListener("pointermove", (event) => {
    if (!start || event.pointerId !== start.id) return;
    if (!ghost) {
      if (Math.hypot(event.clientX - start.x, event.clientY - start.y) < FAR_ENOUGH) return;
      ghost = h("div", { class: "mb-ghost", "aria-hidden": "true" }, label);
      within().append(ghost);
    }
    ghost.style.translate = `${event.clientX + 8}px ${event.clientY + 8}px`;
    const below = document.elementsFromPoint(event.clientX, event.clientY).find((element) => target(element));
    const found = below ? target(below) : null;
    hover(found && within().contains(found) ? found : null);
  });
  button.addEventListener("pointerup", end);
  button.addEventListener("pointercancel", end);
}

// The floor plan's second way: drag a place with the pointer, and the numbers in the table follow.
// Numbers typed move the drawing. Without this script the table alone does everything.

const plan = document.querySelector("[data-plan]");
const EDGE = 1000;
// Depths are thousandths too, and drawn on a sheet that is wider than high.
const SHRINK = plan ? plan.viewBox.baseVal.height / EDGE : 1;

function input(unit, axis) {
  return document.querySelector(`input[data-unit="${unit}"][data-axis="${axis}"]`);
}

function number(unit, axis) {
  const value = Number.parseInt(input(unit, axis)?.value ?? "", 10);
  return Number.isNaN(value) ? null : value;
}

function draw(group) {
  const [x, y, width, height] = ["x", "y", "width", "height"].map((axis) => number(group.dataset.unit, axis));
  if ([x, y, width, height].includes(null)) return;
  const [rect, text] = [group.querySelector("rect"), group.querySelector("text")];
  const drawn = { x, y: y * SHRINK, width, height: height * SHRINK };
  for (const [name, value] of Object.entries(drawn)) rect.setAttribute(name, value);
  text.setAttribute("x", x + width / 2);
  text.setAttribute("y", (y + height / 2) * SHRINK);
}

function pointOf(event) {
  return new DOMPoint(event.clientX, event.clientY).matrixTransform(plan.getScreenCTM().inverse());
}

function within(value, size) {
  return Math.round(Math.min(Math.max(value, 0), EDGE - size) / 5) * 5;
}

function drag(group, begun) {
  const unit = group.dataset.unit;
  const from = pointOf(begun);
  const [x, y] = [number(unit, "x") ?? 0, number(unit, "y") ?? 0];
  group.setPointerCapture(begun.pointerId);
  group.dataset.dragged = "";
  const move = (event) => {
    const at = pointOf(event);
    input(unit, "x").value = within(x + at.x - from.x, number(unit, "width") ?? 0);
    input(unit, "y").value = within(y + (at.y - from.y) / SHRINK, number(unit, "height") ?? 0);
    draw(group);
  };
  const end = () => {
    delete group.dataset.dragged;
    group.removeEventListener("pointermove", move);
  };
  group.addEventListener("pointermove", move);
  group.addEventListener("lostpointercapture", end, { once: true });
}

if (plan) {
  plan.dataset.plan = "live";
  for (const group of plan.querySelectorAll("[data-unit]")) {
    group.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      drag(group, event);
    });
    for (const axis of ["x", "y", "width", "height"]) {
      input(group.dataset.unit, axis)?.addEventListener("input", () => draw(group));
    }
  }
}

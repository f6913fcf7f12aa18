// The running total of <form data-score-sheet data-scale="100" data-places="2">. Each mark is
// <input data-score data-weight="30" data-max="10" data-step="0.5">. Comma or point is the decimal
// mark; Enter goes to the next field; an empty mark is never counted as zero: the total stays
// partial and says what is missing. The server computes the total that counts.
const texts = document.getElementById("client-texts")?.dataset ?? {};

function parse(text) {
  const clean = text.trim().replace(",", ".");
  return /^\d+(\.\d*)?$|^\.\d+$/.test(clean) ? Number(clean) : NaN;
}
function isValid(input) {
  const mark = parse(input.value);
  const step = Number(input.dataset.step) || 0;
  const steps = step ? mark / step : 0;
  return mark >= 0 && mark <= Number(input.dataset.max) && Math.abs(steps - Math.round(steps)) < 1e-6;
}
function shown(number, places) {
  return number.toLocaleString(document.documentElement.lang,
    { minimumFractionDigits: places, maximumFractionDigits: places });
}
function tell(input, wrong) {
  const message = wrong ? (texts.scoreFormat ?? "")
    .replace("{max}", shown(Number(input.dataset.max), 0))
    .replace("{step}", Number(input.dataset.step).toLocaleString(document.documentElement.lang)) : "";
  input.setAttribute("aria-invalid", String(wrong));
  input.closest(".criterion")?.toggleAttribute("data-invalid", wrong);
  let place = document.getElementById(`${input.id}_live_error`);
  if (!place && wrong) {
    place = document.createElement("p");
    place.id = `${input.id}_live_error`;
    place.className = "field__errors criterion__anchor";
    input.closest(".criterion")?.append(place);
    input.setAttribute("aria-describedby", `${input.getAttribute("aria-describedby") ?? ""} ${place.id}`.trim());
  }
  if (place) place.textContent = message;
  if (wrong) document.dispatchEvent(new CustomEvent("portal:announce", { detail: message }));
}
function total(form) {
  const inputs = [...form.querySelectorAll("[data-score]")];
  const marked = inputs.filter((input) => input.value.trim() !== "" && isValid(input));
  const sum = (list, of) => list.reduce((all, input) => all + of(input), 0);
  const weights = sum(inputs, (input) => Number(input.dataset.weight));
  const scale = Number(form.dataset.scale || 100);
  const points = sum(marked, (input) =>
    (parse(input.value) / Number(input.dataset.max)) * Number(input.dataset.weight));
  const missing = inputs.length - marked.length;
  const output = form.querySelector("[data-score-total]");
  if (output) output.textContent = marked.length && weights
    ? shown((points / weights) * scale, Number(form.dataset.places ?? 2)) : "–";
  const note = form.querySelector("[data-score-missing]");
  if (note) note.textContent = missing
    ? (texts.marksMissing ?? "").replace("{count}", missing) : texts.marksComplete ?? "";
  form.toggleAttribute("data-complete", missing === 0);
}

document.addEventListener("input", (event) => {
  const form = event.target.closest?.("[data-score-sheet]");
  if (!form) return;
  if (event.target.matches("[data-score]") && isValid(event.target)) tell(event.target, false);
  total(form);
});
document.addEventListener("change", (event) => {
  if (!event.target.matches?.("[data-score]")) return;
  tell(event.target, event.target.value.trim() !== "" && !isValid(event.target));
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches?.("[data-score]")) return;
  event.preventDefault();
  const form = event.target.closest("form");
  const stops = [...form.querySelectorAll("[data-score], [data-score-next]")];
  const next = stops[stops.indexOf(event.target) + 1];
  if (next) { next.focus(); next.select?.(); } else event.target.blur();
});
const start = (root) => root.querySelectorAll("[data-score-sheet]").forEach(total);
document.addEventListener("htmx:load", () => start(document));
start(document);

// Keeps what is typed into <form data-keep="entry-12-section-3"> on this device until the server
// has received it, and offers it back. The server says so by answering an htmx request with
// HX-Trigger: saved, or by the next page, which then carries data-kept-clear="entry-12-section-3".
// Only what was changed here is kept, with the version tokens that stood beside it: restored text
// meets a colleague's newer answer as a conflict, and never in place of it. Passwords and files are
// never kept. Texts: components/live_region.html.
const PREFIX = "portal-kept:";
const MAX_AGE = 30 * 24 * 3600 * 1000;
const texts = document.getElementById("client-texts")?.dataset ?? {};
let announced = false;

const say = (text) => document.dispatchEvent(new CustomEvent("portal:announce", { detail: text }));
const language = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
const moment = (time) => new Date(time).toLocaleString(language, language === "vi"
  ? { hour: "2-digit", minute: "2-digit", day: "numeric", month: "numeric", year: "numeric" }
  : { dateStyle: "medium", timeStyle: "short" });

function read(key) {
  try {
    const kept = JSON.parse(localStorage.getItem(PREFIX + key));
    return kept && Date.now() - kept.time < MAX_AGE ? kept : null;
  } catch { return null; }
}
function drop(key) { try { localStorage.removeItem(PREFIX + key); } catch { /* storage is off */ } }

function fieldsOf(form) {
  return [...form.elements].filter((field) => field.name && field.name !== "csrfmiddlewaretoken"
    && !["password", "file", "hidden", "submit", "button", "reset"].includes(field.type));
}
const isChoice = (field) => ["checkbox", "radio"].includes(field.type);
function isChanged(field) {
  if (isChoice(field)) return field.checked !== field.defaultChecked;
  if (field.type !== "select-one") return field.value !== field.defaultValue;
  const standard = [...field.options].findIndex((option) => option.defaultSelected);
  return field.selectedIndex !== Math.max(standard, 0);
}
function changesOf(form) {
  return fieldsOf(form).filter(isChanged).map((field) =>
    [field.name, isChoice(field) ? [field.value, field.checked] : field.value]);
}
// "version" is the token of a whole form, "q12-version" that of the field "q12".
function tokensOf(form, changes) {
  return [...form.elements].filter((field) => field.type === "hidden" && field.name
    && (field.name === "version" || changes.some(([name]) => field.name.startsWith(`${name}-`))))
    .map((field) => [field.name, field.value]);
}
function keep(form) {
  const values = changesOf(form);
  if (!values.length) { drop(form.dataset.keep); return; }
  try {
    localStorage.setItem(PREFIX + form.dataset.keep,
      JSON.stringify({ time: Date.now(), values, tokens: tokensOf(form, values) }));
  } catch { /* full or switched off: the page still works */ }
}
// Pairs of what was kept and the field of this form that it belongs to.
function matched(form, kept) {
  const left = fieldsOf(form);
  return kept.values.flatMap(([name, value]) => {
    const at = left.findIndex((one) => one.name === name
      && (!Array.isArray(value) || one.value === value[0]));
    return at < 0 ? [] : [[left.splice(at, 1)[0], value]];
  });
}
const stands = ([field, value]) => (Array.isArray(value) ? field.checked === value[1] : field.value === value);
function restore(form, kept) {
  for (const [field, value] of matched(form, kept)) {
    if (Array.isArray(value)) field.checked = value[1];
    else field.value = value;
  }
  for (const [name, value] of kept.tokens ?? []) {
    const token = form.elements.namedItem(name);
    if (token) token.value = value;
  }
  form.dispatchEvent(new CustomEvent("portal:restored", { bubbles: true }));
  form.dispatchEvent(new Event("input", { bubbles: true }));
}
function offer(form, kept) {
  const bar = document.createElement("div");
  bar.className = "kept-bar";
  const words = document.createElement("p");
  words.textContent = (texts.keptFound ?? "").replace("{time}", moment(kept.time));
  bar.append(words);
  for (const [label, act] of [[texts.restore, () => restore(form, kept)],
    [texts.discard, () => drop(form.dataset.keep)]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button--secondary";
    button.textContent = label;
    button.addEventListener("click", () => { act(); bar.remove(); });
    bar.append(button);
  }
  form.prepend(bar);
}
function showState(form, state, text) {
  const place = form.querySelector("[data-save-state]") ?? document.querySelector("[data-save-state]");
  if (!place) return;
  place.dataset.state = state;
  (place.querySelector("[data-save-text]") ?? place).textContent = text;
}
function failed(form) {
  keep(form);
  showState(form, "kept", texts.kept);
  say(texts.kept);
}
function saved(form) {
  drop(form.dataset.keep);
  const text = (texts.saved ?? "").replace("{time}", new Date().toLocaleTimeString(
    language, { hour: "2-digit", minute: "2-digit" }));
  showState(form, "saved", text);
  if (!announced) say(text);
  announced = true;
}
function watch(root) {
  for (const form of root.querySelectorAll("form[data-keep]:not([data-kept-watched])")) {
    form.dataset.keptWatched = "";
    const kept = read(form.dataset.keep);
    if (kept && !matched(form, kept).every(stands)) offer(form, kept);
    form.addEventListener("input", () => keep(form));
    form.addEventListener("change", () => keep(form));
  }
}

const formOf = (event) => event.target.closest?.("form[data-keep]");
document.addEventListener("saved", (event) => { const form = formOf(event); if (form) saved(form); });
for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.addEventListener(name, (event) => { const form = formOf(event); if (form) failed(form); });
}
// A broken connection that is back is used at once, without waiting for the next key.
window.addEventListener("online", () => {
  for (const place of document.querySelectorAll('[data-save-state][data-state="kept"]')) {
    place.closest("form[data-keep]")?.dispatchEvent(new Event("input", { bubbles: true }));
  }
});
for (const mark of document.querySelectorAll("[data-kept-clear]")) drop(mark.dataset.keptClear);
document.addEventListener("htmx:load", (event) => watch(event.target.parentElement ?? document));
watch(document);

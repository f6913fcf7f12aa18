// Counts the words of every textarea with data-word-limit="300" under the field.
// The limit itself is checked by the server; this only tells the writer in time.
const texts = document.getElementById("client-texts")?.dataset ?? {};

function countWords(text) {
  return text.trim() === "" ? 0 : text.trim().split(/\s+/u).length;
}

function fill(template, values) {
  return (template ?? "").replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

function counterOf(field) {
  const id = `${field.id}_words`;
  let counter = document.getElementById(id);
  if (!counter) {
    counter = document.createElement("p");
    counter.id = id;
    counter.className = "word-count";
    field.insertAdjacentElement("afterend", counter);
    const described = field.getAttribute("aria-describedby");
    field.setAttribute("aria-describedby", described ? `${described} ${id}` : id);
  }
  return counter;
}

function show(field) {
  const limit = Number(field.dataset.wordLimit);
  const count = countWords(field.value);
  const over = count - limit;
  const counter = counterOf(field);
  counter.toggleAttribute("data-over", over > 0);
  counter.textContent = fill(over > 0 ? texts.wordsOver : texts.words, { count, limit, over });
}

function showAll(root) {
  for (const field of root.querySelectorAll("textarea[data-word-limit]")) show(field);
}

document.addEventListener("input", (event) => {
  if (event.target.matches?.("textarea[data-word-limit]")) show(event.target);
});
document.addEventListener("htmx:load", (event) => showAll(event.target));
document.addEventListener("portal:restored", (event) => showAll(event.target));
showAll(document);

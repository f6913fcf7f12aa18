// Titles under a search box while somebody types: an ARIA combobox with a listbox.
// Without this file, or when the server does not answer, the box is a plain search form.
const PAUSE = 200; // milliseconds without a key before the server is asked
const SHORTEST = 2;

function suggestFor(input) {
  const box = input.form;
  const list = document.createElement("div");
  const status = document.createElement("span");
  list.className = "search-box__list";
  list.hidden = true;
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  box.append(list, status);

  let timer = 0;
  let asked = null;
  let options = [];
  let current = -1;
  const listId = `${input.id}-suggestions`;

  function choose(index) {
    options[current]?.setAttribute("aria-selected", "false");
    current = index;
    const option = options[current];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  }

  function close() {
    clearTimeout(timer);
    asked?.abort();
    choose(-1);
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
  }

  function show(fragment) {
    list.innerHTML = fragment; // our own server's, escaped there
    const found = list.querySelector("[role=listbox]");
    options = [...list.querySelectorAll("[role=option]")];
    current = -1;
    status.textContent = found?.dataset.status ?? "";
    if (!found) {
      close();
      return;
    }
    found.id = listId;
    options.forEach((option, index) => { option.id = `${listId}-${index}`; });
    list.hidden = false;
    input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-expanded", "true");
  }

  async function ask() {
    asked?.abort();
    const typed = input.value.trim();
    if (typed.length < SHORTEST) {
      close();
      return;
    }
    asked = new AbortController();
    const { signal } = asked;
    try {
      const address = `${input.dataset.suggest}?${new URLSearchParams({ q: typed })}`;
      const answer = await fetch(address, { signal });
      const fragment = answer.ok ? await answer.text() : "";
      if (!signal.aborted && document.activeElement === input) show(fragment);
    } catch {
      if (!signal.aborted) close();
    }
  }

  function step(by) {
    // One place more than there are options: the box itself, where typing goes on.
    const places = options.length + 1;
    choose(((current + 1 + by + places) % places) - 1);
  }

  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", listId);

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // an input method is still making a word
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) ask();
      else step(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && options[current] && !list.hidden) {
      event.preventDefault();
      location.assign(options[current].dataset.url);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  });
  // A press must not take the focus away, or the list would close before the click.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.url);
  });
}

for (const input of document.querySelectorAll("input[data-suggest]")) suggestFor(input);

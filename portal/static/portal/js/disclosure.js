// The menu button on narrow screens, menus that close on Escape or a click elsewhere, and the
// current part of a long line of steps brought into sight.
// Without this file the navigation is a plain open list and menus are <details>.
const header = document.querySelector("[data-site-header]");
const button = header?.querySelector("[data-menu-button]");

function openMenu(open) {
  header.toggleAttribute("data-menu-open", open);
  button.setAttribute("aria-expanded", String(open));
}

button?.addEventListener("click", () => openMenu(button.getAttribute("aria-expanded") !== "true"));

function closeDropdowns(except) {
  for (const menu of document.querySelectorAll("details[data-dropdown][open]")) {
    if (menu !== except) menu.open = false;
  }
}

document.addEventListener("click", (event) => closeDropdowns(event.target.closest("details[data-dropdown]")));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = event.target.closest("details[data-dropdown][open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  } else if (button?.getAttribute("aria-expanded") === "true") {
    openMenu(false);
    button.focus();
  }
});

const step = document.querySelector(".steps--scroll [aria-current]");
const steps = step?.closest(".steps");
if (steps) steps.scrollLeft += step.getBoundingClientRect().left - steps.getBoundingClientRect().left - 16;

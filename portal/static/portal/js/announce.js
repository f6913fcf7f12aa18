// Writes to the page's one live region. Any module says
//   document.dispatchEvent(new CustomEvent("portal:announce", { detail: "text" }))
// Only the first save and errors are announced: repeated "saved" would drown a screen reader.
const region = document.querySelector("[data-live-region]");

document.addEventListener("portal:announce", (event) => {
  if (!region) return;
  region.textContent = "";
  // A changed node is read out; the same text set twice in one task is not.
  requestAnimationFrame(() => { region.textContent = event.detail; });
});

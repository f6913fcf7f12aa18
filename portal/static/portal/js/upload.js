// <form data-upload> with one file input sends itself as soon as a file is chosen and shows how
// far it is. Whatever fails, the plain button still works: the form is never disabled.
const texts = document.getElementById("client-texts")?.dataset ?? {};
const say = (text) => document.dispatchEvent(new CustomEvent("portal:announce", { detail: text }));

function stateOf(form) {
  let place = form.querySelector("[data-upload-state]");
  if (!place) {
    place = document.createElement("p");
    place.dataset.uploadState = "";
    place.className = "save-state";
    form.append(place);
  }
  return place;
}
function failed(form, bar, place) {
  bar?.setAttribute("hidden", "");
  place.dataset.state = "failed";
  place.textContent = texts.uploadFailed ?? "";
  say(place.textContent);
}
// The answer is the page after the redirect: its row is taken as it is, error beside the file
// included. Says whether it could be used.
function takeAnswer(request, form) {
  const next = new DOMParser().parseFromString(request.responseText, "text/html");
  const row = form.closest(".file-row");
  const fresh = row?.id && next.getElementById(row.id);
  if (!fresh) {
    if (request.status < 400) window.location.assign(request.responseURL);
    return request.status < 400;
  }
  row.replaceWith(document.adoptNode(fresh));
  window.htmx?.process(fresh);
  const error = fresh.querySelector(".field__errors");
  if (error) say(error.textContent.trim());
  fresh.querySelector("input[type=file]")?.focus();
  return true;
}
function send(form, file) {
  const bar = form.querySelector("progress");
  const place = stateOf(form);
  const request = new XMLHttpRequest();
  place.dataset.state = "";
  bar?.removeAttribute("hidden");
  request.upload.addEventListener("progress", (event) => {
    if (!event.lengthComputable) return;
    const percent = Math.round((100 * event.loaded) / event.total);
    if (bar) bar.value = percent;
    place.textContent = (texts.uploading ?? "").replace("{name}", file.name).replace("{percent}", `${percent}%`);
  });
  request.addEventListener("load", () => {
    const html = request.getResponseHeader("Content-Type")?.includes("text/html");
    if (!html || request.status >= 500 || !takeAnswer(request, form)) failed(form, bar, place);
  });
  for (const name of ["error", "timeout", "abort"]) {
    request.addEventListener(name, () => failed(form, bar, place));
  }
  request.open("POST", form.action);
  request.send(new FormData(form));
}
function sendChosen(input) {
  const form = input.closest?.("form[data-upload]");
  if (form && input.type === "file" && input.files.length) send(form, input.files[0]);
}
document.addEventListener("change", (event) => sendChosen(event.target));
// On a slow line a file may be chosen before this script has come.
document.querySelectorAll("form[data-upload] input[type=file]").forEach(sendChosen);

// The desk of an event: the camera reads tickets where the browser can decode QR codes itself, and
// the counts are brought up to date. Without this script the code is typed, or the phone's own
// camera app opens the ticket.

const COUNT_EVERY = 15000;
const LOOK_EVERY = 250;

function followCounts() {
  const shown = document.querySelector("[data-count-url]");
  if (!shown) return;
  setInterval(async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(shown.dataset.countUrl, { headers: { Accept: "application/json" } });
      if (!answer.ok) return;
      for (const [name, value] of Object.entries(await answer.json())) {
        const place = document.querySelector(`[data-count="${name}"]`);
        if (place) place.textContent = value;
      }
    } catch {
      // Off the net for a moment: the next time will do.
    }
  }, COUNT_EVERY);
}

async function scanWith(form, detector) {
  const button = form.querySelector("[data-scan-start]");
  const video = form.querySelector("[data-scan-video]");
  const status = form.querySelector("[data-scan-status]");
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch {
    status.textContent = button.dataset.scanFailed;
    return;
  }
  video.srcObject = stream;
  video.hidden = false;
  await video.play();
  const timer = setInterval(async () => {
    const [found] = await detector.detect(video).catch(() => []);
    if (!found) return;
    clearInterval(timer);
    for (const track of stream.getTracks()) track.stop();
    form.querySelector("[name=code]").value = found.rawValue;
    form.requestSubmit();
  }, LOOK_EVERY);
}

async function offerScanning() {
  const form = document.querySelector("[data-scan]");
  const able = "BarcodeDetector" in window && navigator.mediaDevices?.getUserMedia;
  if (!form || !able) return;
  const formats = await window.BarcodeDetector.getSupportedFormats();
  if (!formats.includes("qr_code")) return;
  const detector = new window.BarcodeDetector({ formats: ["qr_code"] });
  const button = form.querySelector("[data-scan-start]");
  button.hidden = false;
  button.addEventListener("click", () => scanWith(form, detector));
}

followCounts();
offerScanning();

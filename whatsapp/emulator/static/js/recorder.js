/** Records a voice message; the emulator turns it into the Ogg Opus file that a phone would send. */

import { alertUser, h, iconButton, spanOf } from "./dom.js";

export async function record(form, actions) {
  const stream = await navigator.mediaDevices?.getUserMedia({ audio: true }).catch(() => null);
  if (!stream) return alertUser("The browser gives no microphone.");
  const recorder = new MediaRecorder(stream);
  const pieces = [];
  const since = Date.now();
  const time = h("span", { class: "time", role: "timer" }, "0:00");
  const timer = setInterval(() => { time.textContent = spanOf((Date.now() - since) / 1000); }, 250);
  let isWanted = false;
  const stop = (wanted) => { isWanted = wanted; recorder.stop(); };
  const bar = h("div", { class: "recording", "data-testid": "phone-recording" },
    iconButton("trash", "Discard the recording", { "data-testid": "phone-record-cancel", onclick: () => stop(false) }),
    h("span", { class: "dot", "aria-hidden": "true" }), time, h("span", { class: "muted" }, "Recording…"),
    iconButton("send", "Send the voice message", { class: "primary-round", "data-testid": "phone-record-send", onclick: () => stop(true) }));
  recorder.addEventListener("dataavailable", (event) => pieces.push(event.data));
  recorder.addEventListener("stop", async () => {
    clearInterval(timer);
    for (const track of stream.getTracks()) track.stop();
    bar.remove();
    form.classList.remove("is-recording");
    if (!isWanted) return;
    const stored = await actions.upload(new Blob(pieces, { type: recorder.mimeType }), "voice.ogg", true);
    if (stored) await actions.send({ type: "audio", media_id: stored.id, voice: true });
  });
  form.classList.add("is-recording");
  form.append(bar);
  recorder.start();
  return bar.querySelector(".primary-round").focus();
}

/** A small audio player: play, seek, time. */

import { h, icon, spanOf } from "./dom.js";

export function player(one, onFirstPlay) {
  const isVoice = Boolean(one.content.audio.voice);
  const audio = new Audio(one.media.url);
  audio.preload = "metadata";
  const time = h("span", { class: "time" }, "0:00");
  const seek = h("input", { type: "range", min: "0", max: "1000", value: "0", "aria-label": "Position" });
  const button = h("button", { type: "button", class: "round", "data-testid": "phone-play" });
  const draw = () => {
    button.replaceChildren(icon(audio.paused ? "play" : "pause"));
    button.setAttribute("aria-label", audio.paused ? "Play" : "Pause");
    const length = Number.isFinite(audio.duration) ? audio.duration : 0;
    time.textContent = spanOf(audio.paused && !audio.currentTime ? length : audio.currentTime);
    if (length) seek.value = String((audio.currentTime / length) * 1000);
  };
  button.addEventListener("click", () => {
    if (!audio.paused) return audio.pause();
    onFirstPlay();
    return audio.play();
  });
  seek.addEventListener("input", () => { audio.currentTime = (Number(seek.value) / 1000) * (audio.duration || 0); });
  for (const name of ["play", "pause", "timeupdate", "loadedmetadata", "ended"]) audio.addEventListener(name, draw);
  draw();
  return h("div", { class: "audio", "data-testid": isVoice ? "phone-voice" : "phone-audio", role: "group", "aria-label": isVoice ? "Voice message" : "Audio" }, button, seek, time);
}

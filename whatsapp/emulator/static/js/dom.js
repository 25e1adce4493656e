/** Small helpers that build and replace elements. */

const SVG = "http://www.w3.org/2000/svg";

/** Makes an element: `h("button", { class: "send", onclick: send }, "Send")`. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name in element && typeof value !== "string") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const PATHS = {
  back: "M15 5l-7 7 7 7",
  send: "M4 12l16-8-6 16-2.5-6.5z",
  mic: "M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3zM5.5 11a6.5 6.5 0 0 0 13 0M12 17.5V21",
  clip: "M19.5 11.5l-7.6 7.6a4.6 4.6 0 0 1-6.5-6.5l8-8a3.1 3.1 0 0 1 4.4 4.4l-7.9 7.9a1.6 1.6 0 0 1-2.2-2.3l7-7",
  smile: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8.5 14.5c1.8 2.4 5.2 2.4 7 0M9 9.6v.4M15 9.6v.4",
  more: "M12 6v.01M12 12v.01M12 18v.01",
  plus: "M12 5v14M5 12h14",
  close: "M6 6l12 12M18 6L6 18",
  play: "M8 5.5v13l10.5-6.5z",
  pause: "M8.5 5.5v13M15.5 5.5v13",
  reply: "M10 6L4 12l6 6M4.5 12H14c4 0 6 2 6 6",
  trash: "M5 7h14M10 7V4.5h4V7M7 7l1 12.5h8L17 7",
  list: "M8 7h11M8 12h11M8 17h11M4.5 7v.01M4.5 12v.01M4.5 17v.01",
  file: "M7 3h7l4 4v14H7zM14 3v4h4",
  link: "M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7l-1.4 1.4M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7l1.4-1.4",
  pin: "M12 21c4-4.5 6.5-7.8 6.5-11a6.5 6.5 0 0 0-13 0c0 3.2 2.5 6.5 6.5 11zM12 12a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4z",
  sliders: "M5 8h8M17 8h2M5 16h2M11 16h8M15 6v4M9 14v4",
  tick: "M4 12.5l4.5 4.5L18 7.5",
  ticks: "M2 12.5L6.5 17 15 8M10.5 15.5L12 17l9.5-9.5",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7.5V12l3 2",
  plane: "M12 3l2 7 7 4v2l-7-2-1 5 2 1.5V22l-3-1-3 1v-1.5L11 19l-1-5-7 2v-2l7-4z",
};

/** A line icon; decorative unless it gets a label. */
export function icon(name, label = "") {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  if (label) {
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", label);
  } else svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

/** A round button with an icon and a spoken name. */
export function iconButton(name, label, attributes = {}) {
  const look = `icon-button ${attributes.class ?? ""}`.trim();
  return h("button", { type: "button", "aria-label": label, title: label, ...attributes, class: look }, icon(name));
}

/** Initials on a colour that stays the same for the same name. */
export function avatar(name, seed = name) {
  const letters = name.replace(/[^\p{L}\p{N} ]/gu, "").trim();
  const initials = letters.split(/\s+/).slice(0, 2).map((word) => [...word][0] ?? "").join("");
  const hue = [...seed].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 997, 7) % 8;
  return h("span", { class: `avatar avatar-${hue}`, "aria-hidden": "true" }, initials.toUpperCase() || "#");
}

/** Redraws a part of the page without losing the keyboard's place in it. */
export function keepFocus(part, redraw) {
  const name = part.contains(document.activeElement) ? document.activeElement.dataset.testid : null;
  redraw();
  if (name) part.querySelector(`[data-testid="${CSS.escape(name)}"]`)?.focus({ preventScroll: true });
}

/** Says something important for a moment. */
export function alertUser(words) {
  const toast = document.getElementById("toast");
  toast.textContent = words;
  toast.hidden = false;
  clearTimeout(alertUser.timer);
  alertUser.timer = setTimeout(() => { toast.hidden = true; }, 6000);
}

const clockFormat = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const dayFormat = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });

export const timeOf = (seconds) => clockFormat.format(new Date(seconds * 1000));

export function dayOf(seconds) {
  const day = new Date(seconds * 1000);
  const today = new Date();
  if (day.toDateString() === today.toDateString()) return "Today";
  today.setDate(today.getDate() - 1);
  return day.toDateString() === today.toDateString() ? "Yesterday" : dayFormat.format(day);
}

export const spanOf = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

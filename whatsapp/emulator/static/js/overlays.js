/** Dialogs and small menus; native elements, so Escape, focus and the inert page behind come for free. */

import { h, iconButton } from "./dom.js";

export function openDialog(title, content, look = "") {
  const close = () => dialog.close();
  const dialog = h("dialog", { class: `dialog ${look}`.trim(), "aria-label": title },
    h("header", { class: "dialog-head" }, h("h2", {}, title), iconButton("close", "Close", { onclick: close })),
    content);
  dialog.addEventListener("click", (event) => { if (event.target === dialog) close(); });
  dialog.addEventListener("close", () => dialog.remove());
  document.getElementById("overlays").append(dialog);
  dialog.showModal();
  return dialog;
}

/** Opens a menu next to a button: above it where there is room, and never outside the window. */
export function openMenu(anchor, content, label) {
  const menu = h("div", { class: "menu", role: "group", "aria-label": label }, content);
  menu.setAttribute("popover", "auto");
  menu.addEventListener("toggle", (event) => {
    if (event.newState !== "closed") return;
    menu.remove();
    anchor.setAttribute("aria-expanded", "false");
    if (document.activeElement === document.body) anchor.focus();
  });
  document.getElementById("overlays").append(menu);
  menu.showPopover();
  anchor.setAttribute("aria-expanded", "true");
  place(menu, anchor.getBoundingClientRect());
  menu.addEventListener("keydown", arrowKeys);
  menu.querySelector("button")?.focus();
  return menu;
}

function place(menu, spot) {
  const { width, height } = menu.getBoundingClientRect();
  const left = Math.min(Math.max(8, spot.left), window.innerWidth - width - 8);
  const above = spot.top - height - 8;
  menu.style.left = `${left}px`;
  menu.style.top = `${above > 8 ? above : Math.min(spot.bottom + 8, window.innerHeight - height - 8)}px`;
}

function arrowKeys(event) {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const buttons = [...event.currentTarget.querySelectorAll("button")];
  const here = buttons.indexOf(document.activeElement);
  buttons[(here + step + buttons.length) % buttons.length]?.focus();
}

/** The customers that can be played, and the dialog that makes a new one. */

import { avatar, h, icon, iconButton, keepFocus } from "./dom.js";
import { openDialog } from "./overlays.js";

const PRESENCE_WORDS = {
  offline: "airplane mode",
  receipts_off: "read receipts off",
  slow: "slow connection",
  blocked: "blocks businesses",
  unregistered: "not on WhatsApp",
};
// A test may bring ten thousand customers; nobody scrolls through them.
const SHOWN = 200;

let drawn = "";

/** Draws the pane once; after that only the list, and only when it changed. */
export function showPeople(state, actions) {
  const people = document.getElementById("people");
  const now = JSON.stringify([state.personas, state.persona?.id]);
  if (now === drawn) return;
  drawn = now;
  if (!people.childElementCount) people.append(header(actions), searchBox(() => fill(state, actions)), h("ul", { class: "rows" }));
  fill(state, actions);
}

function header(actions) {
  return h("header", { class: "pane-head" },
    h("h2", {}, "Customers"),
    iconButton("plus", "Add a customer", { "data-testid": "persona-add", onclick: () => addPerson(actions) }));
}

function searchBox(oninput) {
  return h("div", { class: "search" },
    h("input", { type: "search", placeholder: "Search customers", "aria-label": "Search customers", "data-testid": "persona-search", oninput }));
}

function fill(state, actions) {
  const wanted = document.querySelector("#people input").value.trim().toLowerCase();
  const found = state.personas.filter((one) => `${one.name} ${one.id} ${one.username}`.toLowerCase().includes(wanted));
  const rows = found.slice(0, SHOWN).map((one) => row(one, state, actions));
  if (!state.personas.length) rows.push(hint("Nobody yet. Add the first customer."));
  else if (!found.length) rows.push(hint("Nobody by that name or number."));
  else if (found.length > SHOWN) rows.push(hint(`And ${found.length - SHOWN} more: search for them.`));
  const list = document.querySelector("#people ul");
  keepFocus(list, () => list.replaceChildren(...rows));
}

const hint = (words) => h("li", { class: "hint" }, words);

function row(one, state, actions) {
  const about = one.username ? `@${one.username}` : `+${one.id}`;
  return h("li", {},
    h("button", {
      type: "button",
      class: "row",
      "data-testid": `persona-${one.id}`,
      "aria-current": state.persona?.id === one.id ? "true" : null,
      onclick: () => actions.openPersona(one.id),
    },
    avatar(one.name, one.id),
    h("span", { class: "row-words" },
      h("span", { class: "row-name" }, one.name),
      h("span", { class: "row-about" }, PRESENCE_WORDS[one.presence] ? `${about} · ${PRESENCE_WORDS[one.presence]}` : about)),
    one.presence === "offline" && icon("plane", "airplane mode")));
}

function addPerson(actions) {
  const form = h("form", { method: "dialog", class: "form" },
    h("label", {}, "Name", h("input", { name: "name", required: true, autocomplete: "off", "data-testid": "persona-name" })),
    h("label", {}, "Phone number, with country code",
      h("input", {
        name: "id", required: true, inputmode: "tel", pattern: "\\+?[0-9 \\-]{5,24}", autocomplete: "off",
        placeholder: "+55 11 98765-4321", "data-testid": "persona-number",
      })),
    h("button", { class: "primary", "data-testid": "persona-save" }, "Add customer"));
  const dialog = openDialog("Add a customer", form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { name, id } = Object.fromEntries(new FormData(form));
    const saved = await actions.savePersona({ name, id: id.replace(/\D/g, "") });
    if (!saved) return;
    dialog.close();
    await actions.openPersona(saved.id);
  });
}

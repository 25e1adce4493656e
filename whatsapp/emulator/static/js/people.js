/** The customers that can be played, and the dialog that makes a new one. */

import { avatar, h, icon, iconButton } from "./dom.js";
import { openDialog } from "./overlays.js";

const PRESENCE_WORDS = {
  offline: "airplane mode",
  receipts_off: "read receipts off",
  slow: "slow connection",
  blocked: "blocks businesses",
  unregistered: "not on WhatsApp",
};

export function showPeople(state, actions) {
  const people = document.getElementById("people");
  const search = people.querySelector("input")?.value ?? "";
  const hadFocus = document.activeElement?.matches?.("#people input");
  const scroll = people.querySelector("ul")?.scrollTop ?? 0;
  people.replaceChildren(header(actions), searchBox(search), list(state, actions, search));
  people.querySelector("ul").scrollTop = scroll;
  if (hadFocus) people.querySelector("input").focus();
}

function header(actions) {
  return h("header", { class: "pane-head" },
    h("h2", {}, "Customers"),
    iconButton("plus", "Add a customer", { "data-testid": "persona-add", onclick: () => addPerson(actions) }));
}

function searchBox(value) {
  const filter = (event) => {
    for (const row of document.querySelectorAll("#people li")) row.hidden = !matches(row.dataset.words, event.target.value);
  };
  return h("div", { class: "search" },
    h("input", { type: "search", value, placeholder: "Search customers", "aria-label": "Search customers", oninput: filter }));
}

const matches = (words, search) => words.includes(search.trim().toLowerCase());

function list(state, actions, search) {
  const rows = state.personas.map((one) => row(one, state, actions, search));
  if (!rows.length) rows.push(h("li", { class: "hint", "data-words": "" }, "Nobody yet. Add the first customer."));
  return h("ul", { class: "rows" }, rows);
}

function row(one, state, actions, search) {
  const about = one.username ? `@${one.username}` : `+${one.id}`;
  const words = `${one.name} ${one.id} ${one.username}`.toLowerCase();
  return h("li", { "data-words": words, hidden: !matches(words, search) },
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

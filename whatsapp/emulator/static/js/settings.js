/** The played customer's phone: presence, username privacy, a new number. */

import { h } from "./dom.js";
import { openDialog } from "./overlays.js";

const PRESENCES = [
  ["online", "Online", "Gets and reads messages at once"],
  ["offline", "Airplane mode", "Messages wait with one tick"],
  ["receipts_off", "Read receipts off", "The business never sees that something was read"],
  ["slow", "Slow connection", "Everything takes ten times as long"],
  ["blocked", "Blocked the business", "Messages never arrive"],
  ["unregistered", "Not on WhatsApp", "Sends fail with 131026"],
];

export function openSettings(state, actions) {
  const { persona } = state;
  const save = (change) => actions.savePersona({ id: persona.id, ...change });
  const dialog = openDialog(`${persona.name}'s phone`, h("div", { class: "form" },
    h("p", { class: "muted" }, `+${persona.id}`),
    h("fieldset", {}, h("legend", {}, "Connection"), PRESENCES.map((one) => presence(one, persona, save))),
    privacy(persona, save),
    number(actions, () => dialog.close()),
    recycled(actions, () => dialog.close())));
}

function presence([value, title, about], persona, save) {
  return h("label", { class: "choice" },
    h("input", {
      type: "radio", name: "presence", value, checked: persona.presence === value,
      "data-testid": `presence-${value}`, onchange: () => save({ presence: value }),
    }),
    h("span", {}, h("strong", {}, title), h("small", {}, about)));
}

function privacy(persona, save) {
  return h("fieldset", {}, h("legend", {}, "Username"),
    h("label", {}, "Username",
      h("input", {
        value: persona.username, placeholder: "none", autocomplete: "off", pattern: "[a-z0-9._]{3,35}",
        "data-testid": "phone-username", onchange: (event) => save({ username: event.target.value.trim() }),
      })),
    h("label", { class: "choice" },
      h("input", {
        type: "checkbox", checked: persona.hide_phone, "data-testid": "phone-hide-number",
        onchange: (event) => save({ hide_phone: event.target.checked }),
      }),
      h("span", {}, h("strong", {}, "Hide the phone number"), h("small", {}, "With a username, strangers get only the business-scoped id; who met the number within 30 days, or keeps it in the contact book, still sees it"))));
}

function number(actions, close) {
  const form = h("form", { class: "inline" },
    h("label", {}, "Move to a new number", h("input", { name: "to", required: true, inputmode: "tel", placeholder: "5511912345678", pattern: "[0-9]{5,20}" })),
    h("button", {}, "Move"));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    close();
    await actions.changeNumber(new FormData(form).get("to"));
  });
  return form;
}

/** The number changes hands: somebody else starts with an empty phone. */
function recycled(actions, close) {
  const form = h("form", { class: "inline" },
    h("label", {}, "Give the number to somebody else", h("input", { name: "name", required: true, autocomplete: "off", placeholder: "Name", "data-testid": "phone-heir" })),
    h("button", { "data-testid": "phone-recycle" }, "Give"));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    close();
    await actions.recycle(new FormData(form).get("name"));
  });
  return form;
}

/** The dialog that makes a group of customers with a business number. */

import { h } from "./dom.js";
import { openDialog } from "./overlays.js";

const MOST = 8;

export function openNewGroup(state, actions) {
  const others = state.personas.filter((one) => one.id !== state.persona.id && one.presence !== "unregistered").slice(0, 50);
  const form = h("form", { method: "dialog", class: "form" },
    h("label", {}, "Name of the group", h("input", { name: "subject", required: true, autocomplete: "off", "data-testid": "group-subject" })),
    state.lines.length > 1 && h("label", {}, "Business number",
      h("select", { name: "line" }, state.lines.map((one) => h("option", { value: one.phone_number_id }, one.name)))),
    h("fieldset", {}, h("legend", {}, `Who is in it, besides ${state.persona.name} (at most ${MOST})`),
      others.map((one) => h("label", { class: "choice" },
        h("input", { type: "checkbox", name: "member", value: one.id, "data-testid": `group-member-${one.id}` }),
        h("span", {}, h("strong", {}, one.name), h("small", {}, `+${one.id}`))))),
    h("button", { class: "primary", "data-testid": "group-save" }, "Make the group"));
  const dialog = openDialog("New group", form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const given = new FormData(form);
    dialog.close();
    await actions.makeGroup({
      subject: given.get("subject"),
      phone_number_id: given.get("line") ?? state.lines[0].phone_number_id,
      members: [state.persona.id, ...given.getAll("member")].slice(0, MOST),
    });
  });
}

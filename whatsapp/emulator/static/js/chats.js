/** The business numbers that the played customer can write to. */

import { avatar, dayOf, h, iconButton, keepFocus, timeOf } from "./dom.js";
import { openNewGroup } from "./groups.js";
import { openSettings } from "./settings.js";
import { tickOf } from "./ticks.js";

export function showChats(state, actions) {
  const pane = document.getElementById("chats");
  const { persona } = state;
  if (!persona) {
    pane.replaceChildren(h("p", { class: "hint" }, "Choose the customer you want to be."));
    return;
  }
  keepFocus(pane, () => pane.replaceChildren(
    h("header", { class: "pane-head" },
      iconButton("back", "All customers", { class: "only-narrow", "data-testid": "phone-back-people", onclick: actions.closePersona }),
      h("h2", {}, persona.name),
      state.lines.length > 0 && iconButton("plus", "New group", { "data-testid": "group-add", onclick: () => openNewGroup(state, actions) }),
      iconButton("sliders", "Phone settings", { "data-testid": "phone-settings", onclick: () => openSettings(state, actions) })),
    h("ul", { class: "rows" }, rows(state, actions))));
}

function rows(state, actions) {
  if (!state.lines.length) return h("li", { class: "hint" }, "No business number is connected to this emulator yet.");
  const summaries = new Map(state.chats.filter((one) => !one.group).map((one) => [one.phone_number_id, one]));
  const latest = (line) => summaries.get(line.phone_number_id)?.at ?? 0;
  const groups = state.chats.filter((one) => one.group).map((one) => groupRow(one, state, actions));
  return [
    ...[...state.lines].sort((a, b) => latest(b) - latest(a)).map((line) => row(line, summaries.get(line.phone_number_id), state, actions)),
    ...groups,
  ];
}

/** A group looks like a business, with its own name. */
function groupRow(one, state, actions) {
  const named = { phone_number_id: one.group, name: one.name, number: `${one.members} people and the business` };
  const acts = { ...actions, openChat: () => actions.openChat(one.phone_number_id, one.group) };
  return row(named, one, { ...state, line: state.group ? { phone_number_id: state.group } : null }, acts);
}

function row(line, summary, state, actions) {
  const unread = summary?.unread ?? 0;
  return h("li", {},
    h("button", {
      type: "button",
      class: "row",
      "data-testid": `business-${line.phone_number_id}`,
      "aria-current": state.line?.phone_number_id === line.phone_number_id && (!state.group || line.phone_number_id === state.group) ? "true" : null,
      onclick: () => actions.openChat(line.phone_number_id),
    },
    avatar(line.name, line.phone_number_id),
    h("span", { class: "row-words" },
      h("span", { class: "row-top" },
        h("span", { class: "row-name" }, line.name),
        summary?.at && h("span", { class: "row-time" }, moment(summary.at))),
      h("span", { class: "row-top" },
        h("span", { class: "row-about" }, preview(summary, line)),
        unread > 0 && h("span", { class: "badge", "aria-label": `${unread} unread`, role: "img" }, String(unread))))));
}

function preview(summary, line) {
  if (summary?.typing) return h("em", { class: "is-typing" }, "typing…");
  if (!summary?.at) return line.number;
  return [summary.mine && tickOf(summary.state), summary.preview];
}

const moment = (at) => (dayOf(at) === "Today" ? timeOf(at) : dayOf(at) === "Yesterday" ? "Yesterday" : new Date(at * 1000).toLocaleDateString());

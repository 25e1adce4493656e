/** The open chat: its head, its thread and the composer below. */

import { bubble } from "./bubbles.js";
import { composer, quote } from "./composer.js";
import { avatar, dayOf, h, iconButton } from "./dom.js";
import { openSettings } from "./settings.js";

const BLOCKERS = {
  offline: "Airplane mode is on: this phone neither sends nor receives.",
  blocked: "You blocked this business: its messages do not arrive.",
  unregistered: "This number is not on WhatsApp.",
};

export function showEmpty(state) {
  const words = state.persona ? "Choose a business to write to." : "Choose a customer on the left, then a business to write to.";
  document.getElementById("chat").replaceChildren(h("p", { class: "hint hint-big" }, words));
}

/** Draws the frame of a chat; `updateChat` fills it. */
export function showChat(state, actions) {
  const { line } = state;
  const thread = h("div", {
    class: "thread", role: "log", "aria-label": `Messages with ${line.name}`, tabindex: "0", "data-testid": "phone-thread",
  });
  document.getElementById("chat").replaceChildren(
    h("header", { class: "chat-head" },
      iconButton("back", "All chats", { class: "only-narrow", "data-testid": "phone-back-chats", onclick: actions.closeChat }),
      avatar(line.name, line.phone_number_id),
      h("div", { class: "chat-title" }, h("h2", { "data-testid": "phone-chat-title" }, line.name), h("p", { class: "chat-about", "data-testid": "phone-about" }, line.number)),
      state.group && iconButton("close", "Leave the group", { "data-testid": "group-leave", onclick: actions.leaveGroup }),
      iconButton("sliders", "Phone settings", { class: "only-narrow", onclick: () => openSettings(state, actions) })),
    h("p", { class: "banner", "data-testid": "phone-banner", hidden: true }),
    thread,
    composer(actions));
}

export function updateChat(state, actions) {
  const { chat, persona } = state;
  if (!chat) return;
  const root = document.getElementById("chat");
  const about = root.querySelector(".chat-about");
  root.querySelector(".chat-title h2").textContent = chat.name;
  const window = chat.window_open && h("span", { class: "only-wide" }, " · 24-hour window open");
  about.replaceChildren(...(chat.typing_s > 0 ? ["typing…"] : [chat.number, window || ""]));
  about.classList.toggle("is-typing", chat.typing_s > 0);
  clearTimeout(updateChat.timer);
  // A typing indicator ends by itself after 25 seconds, without an event.
  if (chat.typing_s > 0) updateChat.timer = setTimeout(() => { chat.typing_s = 0; updateChat(state, actions); }, chat.typing_s * 1000);
  const banner = root.querySelector(".banner");
  banner.hidden = !BLOCKERS[persona.presence];
  banner.textContent = BLOCKERS[persona.presence] ?? "";
  fill(root.querySelector(".thread"), chat, actions);
}

/** Keeps the nodes of unchanged bubbles, so that playing audio and focus survive a redraw. */
function fill(thread, chat, actions) {
  const isAtEnd = thread.scrollHeight - thread.scrollTop - thread.clientHeight < 80 || !thread.childElementCount;
  const before = new Map([...thread.querySelectorAll("[data-key]")].map((node) => [node.dataset.key, node]));
  const answered = new Set(chat.bubbles.filter(isTap).map((one) => one.quote.wamid));
  const nodes = [];
  if (chat.has_more) nodes.push(keep(before, "earlier", () => earlier(actions)));
  let day = "";
  for (const one of chat.bubbles) {
    if (dayOf(one.at) !== day) {
      day = dayOf(one.at);
      nodes.push(keep(before, `day:${day}`, () => h("p", { class: "day" }, h("span", {}, day))));
    }
    const key = JSON.stringify([one, answered.has(one.wamid)]);
    nodes.push(keep(before, key, () => bubble(one, { ...actions, reply: quote, isAnswered: answered.has(one.wamid) })));
  }
  if (chat.typing_s > 0) nodes.push(keep(before, "typing", typing));
  sync(thread, nodes);
  if (isAtEnd) thread.scrollTop = thread.scrollHeight;
}

/** A tapped button or list row; its question can be answered once. */
const isTap = (one) => one.mine && one.quote && ["interactive", "button"].includes(one.type);

function keep(before, key, make) {
  const node = before.get(key) ?? make();
  before.delete(key);
  node.dataset.key = key;
  return node;
}

/** Moves as few nodes as possible: replacing all of them would drop focus and stop playback. */
function sync(parent, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  nodes.forEach((node, index) => {
    if (parent.children[index] !== node) parent.insertBefore(node, parent.children[index] ?? null);
  });
}

const earlier = (actions) => h("p", { class: "day" }, h("button", { type: "button", class: "chip", onclick: actions.showEarlier }, "Show earlier messages"));

const typing = () =>
  h("div", { class: "bubble bubble-theirs typing", "data-testid": "phone-typing", role: "status", "aria-label": "The business is typing" },
    h("i", {}), h("i", {}), h("i", {}));

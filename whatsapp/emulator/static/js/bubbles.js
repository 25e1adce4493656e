/** One bubble: what is in it, its footer, and what the customer can do with it. */

import { body } from "./contents.js";
import { h, iconButton, timeOf } from "./dom.js";
import { openMenu } from "./overlays.js";
import { tickOf } from "./ticks.js";

const QUICK = ["👍", "❤️", "😂", "😮", "😢", "🙏"];

export function bubble(one, actions) {
  if (one.error) return refused(one);
  const side = one.mine ? "mine" : "theirs";
  return h("article", {
    class: `bubble bubble-${side} bubble-${one.type}`,
    "aria-label": `${one.mine ? "You" : "Business"}, ${timeOf(one.at)}`,
    "data-testid": "phone-bubble",
    "data-side": side,
    "data-type": one.type,
    "data-wamid": one.wamid,
    "data-state": one.state,
  },
  one.forwarded && h("p", { class: "forwarded" }, "Forwarded"),
  one.quote && quoted(one.quote),
  one.revoked ? h("p", { class: "revoked" }, "This message was deleted") : body(one, actions),
  footer(one),
  reactions(one),
  !one.revoked && menuButton(one, actions));
}

/** The customer never sees these; the player should, to understand why nothing came. */
function refused(one) {
  return h("p", { class: "refused", "data-testid": "phone-refused", "data-code": one.error.code, "data-wamid": one.wamid },
    h("strong", {}, `The business could not reach you (${one.error.code})`),
    h("span", {}, one.error.detail || one.preview));
}

function quoted(quote) {
  const jump = () => {
    const target = document.querySelector(`[data-wamid="${CSS.escape(quote.wamid)}"]`);
    target?.scrollIntoView({ block: "center", behavior: "smooth" });
    target?.animate([{ filter: "brightness(0.85)" }, { filter: "none" }], { duration: 900 });
  };
  return h("button", { type: "button", class: "quote", onclick: jump, "data-testid": "phone-quote" },
    h("strong", {}, quote.mine ? "You" : "Business"), h("span", {}, quote.preview));
}

function footer(one) {
  return h("footer", { class: "foot" },
    one.edited && h("span", {}, "Edited"),
    one.price && h("span", { class: "price", title: "What this message would cost the business (illustrative)", "data-testid": "phone-price" }, priceTag(one.price)),
    h("time", {}, timeOf(one.at)),
    one.mine && tickOf(one.state));
}

const priceTag = (price) => (price.billable ? `$${price.usd.toFixed(4)} ${price.category}` : `free ${price.category}`);

function reactions(one) {
  const emojis = [...new Set(Object.values(one.reactions))];
  if (!emojis.length) return null;
  const who = Object.entries(one.reactions).map(([side, emoji]) => `${side === "me" ? "You" : "Business"} ${emoji}`).join(", ");
  return h("span", { class: "reactions", role: "img", "aria-label": `Reactions: ${who}`, "data-testid": "phone-reactions" }, emojis.join(""));
}

function menuButton(one, actions) {
  const button = iconButton("more", "Message actions", {
    class: "bubble-menu", "aria-haspopup": "true", "aria-expanded": "false", "data-testid": "phone-bubble-menu",
    onclick: () => openActions(button, one, actions),
  });
  return button;
}

function openActions(button, one, actions) {
  const act = (work) => () => { menu.hidePopover(); work(); };
  const react = (emoji) => act(() => actions.send({ type: "reaction", message_id: one.wamid, emoji: one.reactions.me === emoji ? "" : emoji }));
  const isMyText = one.mine && one.type === "text";
  const menu = openMenu(button, [
    h("div", { class: "menu-emoji" }, QUICK.map((emoji) =>
      h("button", { type: "button", "aria-label": `React ${emoji}`, "aria-pressed": String(one.reactions.me === emoji), "data-testid": `phone-react-${emoji}`, onclick: react(emoji) }, emoji))),
    h("button", { type: "button", class: "menu-item", "data-testid": "phone-reply", onclick: act(() => actions.reply(one)) }, "Reply"),
    isMyText && h("button", { type: "button", class: "menu-item", onclick: act(() => edit(one, actions)) }, "Edit"),
    one.mine && h("button", { type: "button", class: "menu-item", onclick: act(() => actions.send({ type: "revoke", message_id: one.wamid })) }, "Delete for everyone"),
  ], "Message actions");
}

function edit(one, actions) {
  const words = window.prompt("Edit message", one.edited ?? one.content.text.body);
  if (words) actions.send({ type: "edit", message_id: one.wamid, body: words });
}

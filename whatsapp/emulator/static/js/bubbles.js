/** One bubble: what is in it, its footer, and what the customer can do with it. */

import { body } from "./contents.js";
import { h, iconButton, timeOf } from "./dom.js";
import { openDialog, openMenu } from "./overlays.js";
import { tickOf } from "./ticks.js";

const EDITABLE = 15 * 60; // seconds
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
  one.author && h("p", { class: "author", "data-testid": "phone-author" }, one.author),
  one.forwarded && h("p", { class: "forwarded" }, "Forwarded"),
  one.content.referral && h("p", { class: "forwarded" }, `From an ad: ${one.content.referral.headline}`),
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
  const hasWords = one.type === "text" || one.content[one.type]?.caption;
  const isEditable = one.mine && hasWords && Date.now() / 1000 - one.at < EDITABLE;
  const menu = openMenu(button, [
    h("div", { class: "menu-emoji" }, QUICK.map((emoji) =>
      h("button", { type: "button", "aria-label": `React ${emoji}`, "aria-pressed": String(one.reactions.me === emoji), "data-testid": `phone-react-${emoji}`, onclick: react(emoji) }, emoji))),
    h("button", { type: "button", class: "menu-item", "data-testid": "phone-reply", onclick: act(() => actions.reply(one)) }, "Reply"),
    again(one) && h("button", { type: "button", class: "menu-item", "data-testid": "phone-forward", onclick: act(() => actions.send({ ...again(one), forwarded: true })) }, "Forward"),
    isEditable && h("button", { type: "button", class: "menu-item", "data-testid": "phone-edit", onclick: act(() => edit(one, actions)) }, "Edit"),
    one.mine && one.type !== "call" && h("button", { type: "button", class: "menu-item", "data-testid": "phone-delete", onclick: act(() => actions.send({ type: "revoke", message_id: one.wamid })) }, "Delete for everyone"),
  ], "Message actions");
}

/** The same once more, to the same business: WhatsApp marks it as forwarded. */
function again({ type, content, mine, revoked, edited }) {
  if (revoked) return null;
  if (type === "text") return { type, body: edited ?? content.text.body };
  if (!mine) return null;
  if (type === "location") return { type, ...content.location };
  if (type === "contacts") return { type, contacts: content.contacts };
  const { id, caption, voice } = content[type] ?? {};
  return id && ["image", "video", "audio", "document", "sticker"].includes(type) ? { type, media_id: id, caption, voice } : null;
}

function edit(one, actions) {
  const words = one.edited ?? one.content.text?.body ?? one.content[one.type].caption;
  const form = h("form", { method: "dialog", class: "form" },
    h("label", {}, "Message", h("textarea", { name: "words", rows: "3", required: one.type === "text", "data-testid": "phone-edit-words" }, words)),
    h("button", { class: "primary", "data-testid": "phone-edit-save" }, "Save"));
  openDialog("Edit message", form);
  form.addEventListener("submit", () => actions.send({ type: "edit", message_id: one.wamid, body: new FormData(form).get("words") }));
}

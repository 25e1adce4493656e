/** A small emoji picker. */

import { h } from "./dom.js";
import { openMenu } from "./overlays.js";

const EMOJI = [..."😀😄😂🤣😊😍😘😎🤔😅😉😢😭😡😱🙄😴🤗🤝👍👎👏🙏💪👋✋🤞❤💔💙💚💛🔥✨🎉🎁✅❌❓❗⏰📦🚚💳💰📷📞📍🏠🚗🍕☕🌹⭐"];

export function openEmoji(anchor, pick) {
  const buttons = EMOJI.map((one) =>
    h("button", { type: "button", "aria-label": one, onclick: () => { menu.hidePopover(); pick(one === "❤" ? "❤️" : one); } }, one));
  const menu = openMenu(anchor, h("div", { class: "emoji-grid" }, buttons), "Emoji");
}

/** Stickers without a file at hand: an emoji drawn large, or a picture of one's own. */

import { alertUser, h } from "./dom.js";
import { openDialog } from "./overlays.js";

const STICKERS = ["😂", "😍", "🥳", "😭", "🙏", "👍", "👏", "❤️", "🎉", "☕", "🐶", "🐱"];
const SIDE = 512; // pixels: WhatsApp takes no other size

export function chooseSticker(actions, fromFile) {
  const give = (work) => () => { dialog.close(); work(); };
  const dialog = openDialog("Send a sticker", h("div", { class: "form" },
    h("div", { class: "stickers" }, STICKERS.map((one) =>
      h("button", { type: "button", "aria-label": `Sticker ${one}`, "data-testid": `phone-sticker-${one}`, onclick: give(() => send(one, actions)) }, one))),
    h("button", { type: "button", "data-testid": "phone-sticker-file", onclick: give(fromFile) }, "From a WebP file…")));
}

async function send(emoji, actions) {
  const picture = await drawn(emoji);
  // Safari draws, and writes no WebP.
  if (picture?.type !== "image/webp") return alertUser("This browser cannot make a sticker; choose a WebP file.");
  const stored = await actions.upload(picture, "sticker.webp", false);
  if (stored) await actions.send({ type: "sticker", media_id: stored.id });
}

function drawn(emoji) {
  const canvas = h("canvas", { width: SIDE, height: SIDE });
  const pen = canvas.getContext("2d");
  pen.font = `${SIDE * 0.78}px "Apple Color Emoji", "Noto Color Emoji", "Segoe UI Emoji", sans-serif`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillText(emoji, SIDE / 2, SIDE * 0.54);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/webp", 0.8));
}

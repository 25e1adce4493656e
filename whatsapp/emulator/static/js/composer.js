/** Where the customer writes: text, emoji, attachments, voice. */

import { openAttachments } from "./attach.js";
import { h, iconButton } from "./dom.js";
import { openEmoji } from "./emoji.js";
import { record } from "./recorder.js";

let answering = null;

export function composer(actions) {
  answering = null;
  const input = h("textarea", { rows: 1, placeholder: "Message", "aria-label": "Message", maxlength: "4096", "data-testid": "phone-input" });
  const emoji = iconButton("smile", "Emoji", { "data-testid": "phone-emoji", "aria-haspopup": "true", "aria-expanded": "false", onclick: () => openEmoji(emoji, (one) => insert(input, one)) });
  const attach = iconButton("clip", "Attach", { "data-testid": "phone-attach", "aria-haspopup": "true", "aria-expanded": "false", onclick: () => openAttachments(attach, withContext(actions)) });
  const send = iconButton("send", "Send", { class: "primary-round", "data-testid": "phone-send", type: "submit" });
  const mic = iconButton("mic", "Record a voice message", { class: "primary-round", "data-testid": "phone-record" });
  const form = h("form", { class: "composer" }, h("div", { class: "answering", hidden: true }), h("div", { class: "composer-row" }, emoji, attach, input, send, mic));
  const fit = () => {
    const hasWords = Boolean(input.value.trim());
    send.hidden = !hasWords;
    mic.hidden = hasWords;
    input.style.height = "auto";
    input.style.height = `${Math.min(input.scrollHeight, 140)}px`;
  };
  mic.addEventListener("click", () => record(form, withContext(actions)));
  input.addEventListener("input", fit);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    } else if (event.key === "Escape" && answering) quote(null);
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const words = input.value.trim();
    if (!words) return;
    input.value = "";
    fit();
    // What could not be sent goes back into the box.
    if (!(await withContext(actions).send({ type: "text", body: words })) && !input.value) input.value = words;
    fit();
  });
  queueMicrotask(fit);
  return form;
}

/** Everything sent next answers this message, until it was sent or the answer was given up. */
export function quote(one) {
  answering = one;
  const box = document.querySelector(".answering");
  box.hidden = !one;
  if (!one) return box.replaceChildren();
  box.replaceChildren(
    h("div", { class: "quote", "data-testid": "phone-answering" }, h("strong", {}, one.mine ? "You" : "Business"), h("span", {}, one.preview)),
    iconButton("close", "Do not reply", { onclick: () => quote(null) }));
  return document.querySelector("[data-testid=phone-input]").focus();
}

function withContext(actions) {
  return {
    ...actions,
    async send(draft) {
      const context = answering?.wamid;
      quote(null);
      return actions.send(context ? { ...draft, context } : draft);
    },
  };
}

function insert(input, words) {
  input.setRangeText(words, input.selectionStart, input.selectionEnd, "end");
  input.dispatchEvent(new Event("input"));
  input.focus();
}

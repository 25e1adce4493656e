/** Everything a customer can send besides words. */

import { alertUser, h } from "./dom.js";
import { openDialog, openMenu } from "./overlays.js";
import { askAboutProduct, showProducts } from "./shop.js";
import { chooseSticker } from "./stickers.js";

// type, label, what the file chooser offers
const FILES = [
  ["image", "Photo", "image/jpeg,image/png"],
  ["video", "Video", "video/mp4,video/3gpp,video/*"],
  ["document", "Document", ""],
  ["audio", "Audio file", "audio/*"],
];

export function openAttachments(anchor, actions) {
  const item = (name, label, work) =>
    h("button", { type: "button", class: "menu-item", "data-testid": `phone-attach-${name}`, onclick: () => { menu.hidePopover(); work(); } }, label);
  const menu = openMenu(anchor, [
    FILES.map(([kind, label, accept]) => item(kind === "image" ? "photo" : kind, label, () => chooseFile(kind, accept, actions))),
    item("sticker", "Sticker", () => chooseSticker(actions, () => chooseFile("sticker", "image/webp", actions))),
    item("location", "Location", () => askPlace(actions)),
    item("contact", "Contact", () => askContact(actions)),
    item("order", "Order", () => showProducts({}, "TOY-CATALOG", [{ title: "", products: ["SKU-1", "SKU-2", "SKU-3"] }], actions)),
    item("product", "Ask about a product", () => askAboutProduct("TOY-CATALOG", actions)),
    item("ad", "Write from an ad", () => askAd(actions)),
    item("call", "Call", () => askCall(actions)),
    item("poll", "Poll (unsupported)", () => actions.send({ type: "unsupported", body: "poll" })),
    item("other", "Something else unsupported", () => askUnsupported(actions)),
  ], "Attach");
}

function chooseFile(kind, accept, actions) {
  const input = h("input", { type: "file", accept, hidden: true, multiple: kind === "image" || kind === "video", "data-testid": "phone-file" });
  input.addEventListener("change", () => {
    const [first, ...others] = input.files;
    if (others.length > 0) sendAll(kind, [first, ...others], actions);
    else if (first) preview(kind, first, actions);
    input.remove();
  });
  input.addEventListener("cancel", () => input.remove());
  document.getElementById("overlays").append(input);
  input.click();
}

function preview(kind, file, actions) {
  if (kind === "audio" || kind === "sticker") return sendFile(kind, file, "", actions);
  const url = URL.createObjectURL(file);
  const sight = { image: () => h("img", { src: url, alt: "" }), video: () => h("video", { src: url, controls: true }) }[kind];
  const form = h("form", { method: "dialog", class: "form preview" },
    sight ? sight() : h("p", { class: "file" }, h("strong", {}, file.name)),
    h("label", {}, "Caption", h("input", { name: "caption", maxlength: "1024", autocomplete: "off", "data-testid": "phone-caption" })),
    h("button", { class: "primary", "data-testid": "phone-file-send" }, "Send"));
  const dialog = openDialog(`Send ${file.name}`, form);
  form.addEventListener("submit", () => sendFile(kind, file, new FormData(form).get("caption"), actions));
  dialog.addEventListener("close", () => URL.revokeObjectURL(url));
  return dialog;
}

/** Several at once are an album: one message each, in their order, without words. */
async function sendAll(kind, files, actions) {
  for (const file of files) await sendFile(kind, file, "", actions);
}

async function sendFile(kind, file, caption, actions) {
  const stored = await actions.upload(file, file.name, false);
  if (stored) await actions.send({ type: kind, media_id: stored.id, caption });
}

/** `more`: which question of the business this answers. */
export function askPlace(actions, more = {}) {
  const form = h("form", { method: "dialog", class: "form" },
    h("label", {}, "Name", h("input", { name: "name", value: "Praça da Sé" })),
    h("label", {}, "Address", h("input", { name: "address", value: "Sé, São Paulo" })),
    h("div", { class: "pair" },
      h("label", {}, "Latitude", h("input", { name: "latitude", required: true, value: "-23.55052", inputmode: "decimal" })),
      h("label", {}, "Longitude", h("input", { name: "longitude", required: true, value: "-46.63331", inputmode: "decimal" }))),
    h("button", { type: "button", onclick: () => here(form) }, "Where I am"),
    h("button", { class: "primary", "data-testid": "phone-location-send" }, "Send location"));
  openDialog("Send a location", form);
  form.addEventListener("submit", () => {
    const { latitude, longitude, ...words } = Object.fromEntries(new FormData(form));
    actions.send({ type: "location", latitude: Number(latitude), longitude: Number(longitude), ...words, ...more });
  });
}

function here(form) {
  const fill = ({ coords }) => {
    form.elements.latitude.value = coords.latitude.toFixed(5);
    form.elements.longitude.value = coords.longitude.toFixed(5);
    form.elements.name.value = form.elements.address.value = "";
  };
  navigator.geolocation.getCurrentPosition(fill, () => alertUser("The browser does not say where it is."));
}

export function askContact(actions, { origin, ...more } = {}) {
  const form = h("form", { method: "dialog", class: "form" },
    h("label", {}, "First name", h("input", { name: "first", required: true, value: "Bruno" })),
    h("label", {}, "Last name", h("input", { name: "last", value: "Lima" })),
    h("label", {}, "Phone", h("input", { name: "phone", required: true, inputmode: "tel", value: "+55 21 99876-5432" })),
    h("button", { class: "primary", "data-testid": "phone-contact-send" }, "Send contact"));
  openDialog("Send a contact", form);
  form.addEventListener("submit", () => {
    const { first, last, phone } = Object.fromEntries(new FormData(form));
    const name = { formatted_name: `${first} ${last}`.trim(), first_name: first, ...(last && { last_name: last }) };
    const phones = [{ phone, wa_id: phone.replace(/\D/g, ""), type: "CELL" }];
    actions.send({ type: "contacts", contacts: [{ name, phones, ...(origin && { origin }) }], ...more });
  });
}

function askAd(actions) {
  const form = h("form", { method: "dialog", class: "form" },
    h("label", {}, "Headline of the ad", h("input", { name: "headline", required: true, value: "50% off trainers" })),
    h("label", {}, "Text of the ad", h("input", { name: "about", value: "Only this week" })),
    h("label", {}, "Your message", h("input", { name: "body", required: true, value: "Hi! I saw your ad.", "data-testid": "phone-ad-words" })),
    h("button", { class: "primary", "data-testid": "phone-ad-send" }, "Send"));
  openDialog("Write from an ad", form);
  form.addEventListener("submit", () => {
    const { headline, about, body } = Object.fromEntries(new FormData(form));
    const referral = { source_url: "https://fb.me/toy-ad", source_id: "120200000000001", source_type: "ad", headline, body: about, media_type: "image", image_url: "https://example.com/ad.jpg", ctwa_clid: "ARAkLkA8rmlFeiCktEJQ" };
    actions.send({ type: "text", body, referral });
  });
}

function askCall(actions) {
  const end = (ending, label) => h("button", { "data-testid": `phone-call-${ending}`, onclick: () => actions.send({ type: "call", ending, duration: 62 }) }, label);
  const form = h("form", { method: "dialog", class: "form" },
    h("p", {}, "How does the call end?"),
    end("missed", "Nobody answers"), end("rejected", "Declined"), end("answered", "Answered, 1:02"));
  openDialog("Call", form);
}

const UNSUPPORTED = { event: "Event", live_location: "Live location", view_once: "View-once photo", video_note: "Round video", group_invite: "Group invitation", payment: "Payment", media_too_big: "File of more than 100 MB" };

function askUnsupported(actions) {
  const form = h("form", { method: "dialog", class: "form" },
    h("label", {}, "Kind", h("select", { name: "body", "data-testid": "phone-unsupported" },
      Object.entries(UNSUPPORTED).map(([value, label]) => h("option", { value }, label)))),
    h("button", { class: "primary", "data-testid": "phone-unsupported-send" }, "Send"));
  openDialog("Something else unsupported", form);
  form.addEventListener("submit", () => actions.send({ type: "unsupported", body: new FormData(form).get("body") }));
}

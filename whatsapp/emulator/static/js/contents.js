/** What is inside a bubble, by message type. */

import { interactive, option, order } from "./asks.js";
import { h, icon } from "./dom.js";
import { openDialog } from "./overlays.js";
import { player } from "./player.js";

const KINDS = { text, image, video, audio, document: file, sticker, location: place, contacts, call, interactive, order, button, template, unsupported };

export function body(one, actions) {
  const draw = KINDS[one.type] ?? unsupported;
  return draw(one, actions);
}

const LINK = /https?:\/\/[^\s<>"]+/u;
const STYLED = /\*(\S(?:[^*\n]*\S)?)\*|_(\S(?:[^_\n]*\S)?)_|~(\S(?:[^~\n]*\S)?)~|`([^`\n]+)`/u;

/** Plain text with links, *bold*, _italic_, ~struck~ and `code`, as WhatsApp shows them. */
export function rich(words) {
  const pattern = new RegExp(`(${LINK.source})|${STYLED.source}`, "gu");
  const parts = [];
  let end = 0;
  for (const found of words.matchAll(pattern)) {
    const [whole, link, bold, italic, struck, code] = found;
    parts.push(words.slice(end, found.index));
    if (link) parts.push(h("a", { href: link, target: "_blank", rel: "noopener noreferrer" }, link));
    else if (bold) parts.push(h("strong", {}, bold));
    else if (italic) parts.push(h("em", {}, italic));
    else if (struck) parts.push(h("s", {}, struck));
    else parts.push(h("code", {}, code));
    end = found.index + whole.length;
  }
  parts.push(words.slice(end));
  return h("p", { class: "words" }, parts);
}

function text(one) {
  const words = one.edited ?? one.content.text.body;
  return [one.content.text.preview_url && linkCard(words), rich(words)];
}

/** Where the card of the page behind the first link stands. Nothing is fetched: the page itself would tell more. */
function linkCard(words) {
  const link = words.match(LINK)?.[0];
  if (!link || !URL.canParse(link)) return null;
  const { host, pathname } = new URL(link);
  return h("a", { class: "card link-card", href: link, target: "_blank", rel: "noopener noreferrer", "data-testid": "phone-link-preview" },
    h("span", {}, h("strong", {}, host), pathname !== "/" && h("small", {}, pathname)));
}

const caption = (one) => {
  const words = one.edited ?? one.content[one.type].caption;
  return words && rich(words);
};

function missing(one, name) {
  const link = one.media?.link ?? one.media?.url;
  return h("p", { class: "words muted" }, link ? h("a", { href: link, target: "_blank", rel: "noopener noreferrer" }, link) : `${name} (no longer stored)`);
}

function image(one) {
  if (!one.media?.url) return [missing(one, "Photo"), caption(one)];
  const alt = one.content.image.caption || "Photo";
  const view = () => openDialog("Photo", h("img", { src: one.media.url, alt }), "viewer");
  return [h("button", { type: "button", class: "picture", "aria-label": `Open photo: ${alt}`, "data-testid": "phone-image", onclick: view },
    h("img", { src: one.media.url, alt, loading: "lazy" })), caption(one)];
}

function sticker(one) {
  if (!one.media?.url) return missing(one, "Sticker");
  return h("img", { class: "sticker", src: one.media.url, alt: "Sticker", "data-testid": "phone-sticker" });
}

function video(one) {
  if (!one.media?.url) return [missing(one, "Video"), caption(one)];
  return [h("video", { class: "video", src: one.media.url, controls: true, preload: "metadata", "aria-label": "Video", "data-testid": "phone-video" }), caption(one)];
}

function audio(one, actions) {
  if (!one.media?.url) return missing(one, "Audio");
  return player(one, () => { if (!one.mine && one.content.audio.voice && one.state !== "played") actions.played(one.wamid); });
}

function file(one) {
  if (!one.media?.url) return [missing(one, "Document"), caption(one)];
  const { filename, size, mime_type: mime } = one.media;
  const about = [mime.split(";")[0].split("/").pop().toUpperCase().slice(0, 12), sizeOf(size)].join(" · ");
  return [h("a", { class: "file", href: one.media.url, download: filename || "document", "data-testid": "phone-document" },
    icon("file"), h("span", {}, h("strong", {}, filename || "Document"), h("small", {}, about))), caption(one)];
}

const sizeOf = (size) => (size < 1024 ? `${size} B` : size < 1048576 ? `${Math.round(size / 1024)} KB` : `${(size / 1048576).toFixed(1)} MB`);

function place(one) {
  const { latitude, longitude, name, address } = one.content.location;
  return h("div", { class: "place", "data-testid": "phone-location" },
    h("div", { class: "map" }, icon("pin")),
    name && h("strong", {}, name),
    address && h("span", {}, address),
    h("small", { class: "muted" }, `${Number(latitude).toFixed(5)}, ${Number(longitude).toFixed(5)}`));
}

function contacts(one) {
  return one.content.contacts.map((card) =>
    h("div", { class: "card", "data-testid": "phone-contact" },
      icon("smile"),
      h("span", {}, h("strong", {}, card.name?.formatted_name ?? "Contact"),
        (card.phones ?? []).map((phone) => h("small", {}, phone.phone ?? phone.wa_id)))));
}

function template(one, actions) {
  const shown = one.template ?? {};
  const isPicture = one.media?.kind === "image" && one.media.url;
  return [
    isPicture && h("div", { class: "picture" }, h("img", { src: one.media.url, alt: "" })),
    one.media && !isPicture && missing(one, `Template ${one.media.kind}`),
    shown.header && h("p", { class: "words" }, h("strong", {}, shown.header)),
    rich(shown.body ?? ""),
    shown.footer && h("p", { class: "muted small" }, shown.footer),
    taps(one, shown, actions),
    shown.cards && h("div", { class: "slides" }, shown.cards.map((each) => slide(one, each, actions))),
  ];
}

function slide(one, shown, actions) {
  const isPicture = shown.media?.kind === "image" && shown.media.url;
  return h("div", { class: "slide", "data-testid": "phone-slide" },
    isPicture ? h("img", { src: shown.media.url, alt: "" }) : shown.media && missing(shown, `Card ${shown.media.kind}`),
    rich(shown.body ?? ""),
    taps(one, shown, actions));
}

function taps(one, shown, actions) {
  return shown.buttons && h("div", { class: "options" }, shown.buttons.map((each) => option(each.text, actions.isAnswered, () =>
    actions.send({ type: "button", body: each.text, payload: each.text, context: one.wamid }))));
}

const ENDINGS = { missed: "Nobody answered", rejected: "Declined" };

function call(one) {
  const { ending, duration } = one.content.call;
  const length = `${Math.floor(duration / 60)}:${String(duration % 60).padStart(2, "0")}`;
  return h("p", { class: "words", "data-testid": "phone-call" }, "📞 Voice call", h("br"), h("small", { class: "muted" }, ENDINGS[ending] ?? length));
}

function button(one) {
  return h("p", { class: "words" }, one.content.button.text);
}

function unsupported(one) {
  return h("p", { class: "words muted" }, `${one.content.unsupported?.type ?? one.type} (the business sees “unsupported”)`);
}

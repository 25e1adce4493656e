/** What a business asks with something to tap, and how the customer answers. */

import { askContact, askPlace } from "./attach.js";
import { rich } from "./contents.js";
import { h, icon } from "./dom.js";
import { openDialog } from "./overlays.js";
import { priceOf, productName, showProducts } from "./shop.js";

export const option = (title, isDone, onclick, sign = "reply") =>
  h("button", { type: "button", class: "option", disabled: isDone, "data-testid": "phone-option", onclick }, icon(sign), title);

const TAPS = { button: buttons, list, cta_url: link, location_request_message: place, request_contact_info: contact, flow, product, product_list: products };

export function interactive(one, actions) {
  const ask = one.content.interactive;
  if (one.mine) return answer(ask);
  return [
    above(one, ask),
    ask.header?.text && h("p", { class: "words" }, h("strong", {}, ask.header.text)),
    ask.type === "product" && card(ask.action.product_retailer_id),
    ask.body?.text && rich(ask.body.text),
    ask.footer?.text && h("p", { class: "muted small" }, ask.footer.text),
    h("div", { class: "options", "data-ask": ask.type }, TAPS[ask.type]?.(one, ask, actions)),
  ];
}

/** The picture, film or document above the words. */
function above(one, ask) {
  if (!one.media) return null;
  const { url, kind, filename } = one.media;
  if (!url) return h("p", { class: "muted small" }, `${kind} (no longer stored)`);
  if (kind === "image") return h("div", { class: "picture" }, h("img", { src: url, alt: "", "data-testid": "phone-header-image" }));
  if (kind === "video") return h("video", { class: "video", src: url, controls: true, preload: "metadata", "aria-label": "Video" });
  return h("a", { class: "file", href: url, download: filename || "document" }, icon("file"), h("span", {}, h("strong", {}, filename || "Document")));
}

function buttons(one, ask, actions) {
  return ask.action.buttons.map(({ reply }) => option(reply.title, actions.isAnswered, () =>
    actions.send({ type: "button_reply", id: reply.id, title: reply.title, context: one.wamid })));
}

function list(one, ask, actions) {
  return option(ask.action.button, actions.isAnswered, () => chooseRow(one, ask, actions), "list");
}

function link(one, ask) {
  const { url, display_text: words } = ask.action.parameters;
  return h("a", { class: "option", href: url, target: "_blank", rel: "noopener noreferrer", "data-testid": "phone-link" }, icon("link"), words);
}

function place(one, ask, actions) {
  return option("Send location", false, () => askPlace(actions, { context: one.wamid }), "pin");
}

/** Only the customer's own number answers this; WhatsApp marks it so. */
function contact(one, ask, actions) {
  return option("Share phone number", actions.isAnswered, () => askContact(actions, { context: one.wamid, origin: "contact_request" }), "smile");
}

function flow(one, ask, actions) {
  const words = ask.action.parameters.flow_cta;
  return option(words, actions.isAnswered, () => fillIn(one, words, actions), "file");
}

function product(one, ask, actions) {
  const { catalog_id: catalog, product_retailer_id: id } = ask.action;
  return option("View", false, () => showProducts(one, catalog, [{ title: "", products: [id] }], actions), "list");
}

function products(one, ask, actions) {
  const sections = ask.action.sections.map((section) => ({
    title: section.title ?? "", products: section.product_items.map((item) => item.product_retailer_id),
  }));
  return option("View items", false, () => showProducts(one, ask.action.catalog_id, sections, actions), "list");
}

const card = (id) => h("div", { class: "card", "data-testid": "phone-product" }, icon("list"),
  h("span", {}, h("strong", {}, productName(id)), h("small", {}, priceOf(id).words)));

function chooseRow(one, ask, actions) {
  const pick = (row) => {
    dialog.close();
    actions.send({ type: "list_reply", id: row.id, title: row.title, description: row.description, context: one.wamid });
  };
  const sections = ask.action.sections.map((section) =>
    h("section", {}, section.title && h("h3", {}, section.title), section.rows.map((row) =>
      h("button", { type: "button", class: "row-option", "data-testid": `phone-row-${row.id}`, onclick: () => pick(row) },
        h("strong", {}, row.title), row.description && h("small", {}, row.description)))));
  const dialog = openDialog(ask.action.button, h("div", { class: "form" }, sections));
}

/** A toy form: Meta keeps the real one, and the emulator does not know its fields. */
function fillIn(one, title, actions) {
  const form = h("form", { method: "dialog", class: "form", "data-testid": "phone-form" },
    h("label", {}, "Name", h("input", { name: "name", required: true, autocomplete: "off", value: "Maria Clara" })),
    h("label", {}, "Email", h("input", { name: "email", type: "email", autocomplete: "off", value: "maria@example.com" })),
    h("label", {}, "Date", h("input", { name: "date", type: "date", value: "2026-12-01" })),
    h("label", {}, "Anything else", h("input", { name: "comment", autocomplete: "off" })),
    h("button", { class: "primary", "data-testid": "phone-form-send" }, "Send"));
  openDialog(title, form);
  form.addEventListener("submit", () => {
    const answers = Object.fromEntries([...new FormData(form)].filter(([, value]) => value));
    actions.send({ type: "form_reply", answers, context: one.wamid });
  });
}

function answer(ask) {
  const reply = ask.button_reply ?? ask.list_reply;
  if (reply) return [h("p", { class: "words" }, reply.title), reply.description && h("p", { class: "muted small" }, reply.description)];
  if (!ask.nfm_reply) return h("p", { class: "words" }, ask.type);
  const { flow_token: _, ...answers } = JSON.parse(ask.nfm_reply.response_json);
  return h("dl", { class: "answers" }, Object.entries(answers).map(([name, value]) => [h("dt", {}, name), h("dd", {}, String(value))]));
}

export function order(one) {
  const { product_items: items, text } = one.content.order;
  const total = items.reduce((sum, item) => sum + item.item_price * item.quantity, 0);
  return [
    h("div", { class: "card" }, icon("list"), h("span", {}, h("strong", {}, `${items.length} item${items.length === 1 ? "" : "s"}`),
      h("small", {}, `${items[0].currency} ${total.toFixed(2)}`))),
    text && rich(text),
  ];
}

/** A toy catalogue: any product id has a name and a price that stay the same. */

import { h } from "./dom.js";
import { openDialog } from "./overlays.js";

const CURRENCY = "BRL";
const NAMES = { "SKU-1": "Camiseta Aurora", "SKU-2": "Caneca Aurora", "SKU-3": "Boné Aurora" };

export const productName = (id) => NAMES[id] ?? id;

export function priceOf(id) {
  const amount = 10 + ([...id].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 9000, 7) / 100);
  return { amount: Number(amount.toFixed(2)), words: `${CURRENCY} ${amount.toFixed(2)}` };
}

/** "Message business" beside a product of the catalogue. */
export function askAboutProduct(catalog, actions) {
  const form = h("form", { method: "dialog", class: "form" },
    h("label", {}, "Product", h("select", { name: "id" }, Object.entries(NAMES).map(([id, name]) => h("option", { value: id }, name)))),
    h("label", {}, "Your message", h("input", { name: "body", required: true, autocomplete: "off", value: "Hi! Do you still have this?" })),
    h("button", { class: "primary", "data-testid": "phone-product-send" }, "Send"));
  openDialog("Ask about a product", form);
  form.addEventListener("submit", () => {
    const { id, body } = Object.fromEntries(new FormData(form));
    actions.send({ type: "text", body, product: { catalog_id: catalog, product_retailer_id: id } });
  });
}

/** Looks at products and orders some of them. */
export function showProducts(one, catalog, sections, actions) {
  const amount = (id) => h("label", { class: "product" },
    h("span", {}, h("strong", {}, productName(id)), h("small", {}, priceOf(id).words)),
    h("input", { type: "number", name: id, min: "0", max: "99", value: "1", "aria-label": `How many of ${productName(id)}`, "data-testid": `phone-amount-${id}` }));
  const form = h("form", { method: "dialog", class: "form" },
    sections.map(({ title, products }) => h("section", {}, title && h("h3", {}, title), products.map(amount))),
    h("label", {}, "Message", h("input", { name: "\u0000words", autocomplete: "off" })),
    h("button", { class: "primary", "data-testid": "phone-order" }, "Send order"));
  openDialog("Products", form);
  form.addEventListener("submit", () => {
    const given = Object.fromEntries(new FormData(form));
    const items = sections.flatMap(({ products }) => products)
      .map((id) => ({ product_retailer_id: id, quantity: Number(given[id]), item_price: priceOf(id).amount, currency: CURRENCY }))
      .filter(({ quantity }) => quantity > 0);
    if (items.length > 0) actions.send({ type: "order", catalog_id: catalog, items, body: given["\u0000words"], context: one.wamid });
  });
}

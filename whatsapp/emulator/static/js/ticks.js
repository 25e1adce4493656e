/** What became of a customer's message: on its way, at the business, read. */

import { h, icon } from "./dom.js";

const TICKS = {
  accepted: ["tick", "sent"],
  sent: ["tick", "sent"],
  delivered: ["ticks", "delivered"],
  read: ["ticks", "read"],
  played: ["ticks", "played"],
};

export function tickOf(state) {
  const [name, words] = TICKS[state] ?? TICKS.accepted;
  return h("span", { class: `tick tick-${words}`, "data-testid": "phone-tick", "data-state": words }, icon(name, words));
}

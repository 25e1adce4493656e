/** The owner's phone: what the business writes in its own app, which the API hears as echoes. */

import { h } from "./dom.js";

const [, , , line] = location.pathname.split("/");
const $ = (id) => document.getElementById(id);
let shown = "";

async function ask(path, body) {
  const options = body ? { method: "POST", body: JSON.stringify(body) } : {};
  const answer = await fetch(path, options);
  const found = await answer.json();
  $("problem").hidden = answer.ok;
  if (!answer.ok) $("problem").textContent = found.detail;
  return answer.ok ? found : null;
}

const act = async (what, body) => {
  const done = await ask(`/_ctl/owner/${line}/${what}`, body);
  if (done) await refresh();
  return done;
};

async function refresh() {
  const owner = await ask(`/_ctl/owner/${line}`);
  if (!owner) return;
  $("name").textContent = `${owner.name} ${owner.number}`;
  $("about").textContent = owner.on_phone
    ? `Shared with the API. Asked for: ${owner.synced.join(", ") || "nothing yet"}. Contacts: ${owner.book.length}.`
    : "Used through the API only: nothing can be written here.";
  $("sms").hidden = !owner.code;
  $("sms").textContent = owner.code ? `SMS from WhatsApp: your code is ${owner.code}` : "";
  $("chats").replaceChildren(...owner.chats.map(chatRow));
  await showThread();
}

function chatRow({ persona, preview }) {
  const open = h("button", { type: "button" }, `${persona.name}: ${preview}`);
  open.addEventListener("click", () => {
    shown = persona.id;
    $("write").persona.value = persona.id;
    void showThread();
  });
  return h("li", {}, open);
}

async function showThread() {
  if (!shown) return;
  const chat = await ask(`/phone/api/chats/${line}/${shown}`);
  if (chat) $("thread").replaceChildren(...chat.bubbles.slice(-20).map(messageRow));
}

function messageRow({ wamid, mine, preview, revoked }) {
  const row = h("div", { class: "message", "data-ours": String(!mine) }, h("span", {}, preview));
  if (mine || revoked) return row;
  const edit = h("button", { type: "button" }, "Edit");
  edit.addEventListener("click", () => {
    const body = prompt("New text", preview);
    if (body) void act("change", { message_id: wamid, type: "edit", body });
  });
  const remove = h("button", { type: "button" }, "Delete");
  remove.addEventListener("click", () => void act("change", { message_id: wamid, type: "revoke" }));
  row.append(h("span", {}, edit, remove));
  return row;
}

$("write").addEventListener("submit", async (event) => {
  event.preventDefault();
  const values = Object.fromEntries(new FormData(event.target));
  shown = values.persona.replace(/\D/g, "");
  if (await act("send", { ...values, persona: shown })) event.target.body.value = "";
});

$("book").addEventListener("submit", async (event) => {
  event.preventDefault();
  const values = Object.fromEntries(new FormData(event.target));
  if (await act("book", { contacts: [values] })) event.target.reset();
});

new EventSource("/phone/api/events").onmessage = () => void refresh();
void refresh();

/** Everything the page asks of the emulator. */

async function ask(path, options = {}) {
  const answer = await fetch(path, options);
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(body.detail ?? `The emulator answered ${answer.status}.`);
  return body;
}

const post = (path, body, method = "POST") =>
  ask(path, { method, headers: { "content-type": "application/json" }, body: JSON.stringify(body) });

export const getState = () => ask("/phone/api/state");
export const getChats = (persona) => ask(`/phone/api/personas/${persona}/chats`);
export const getChat = (line, persona, limit, group = "") =>
  ask(`/phone/api/chats/${line}/${persona}?limit=${limit}${group ? `&group=${encodeURIComponent(group)}` : ""}`);
export const makeGroup = (group) => post("/_ctl/groups", group);
export const leaveGroup = (group, persona) => post(`/_ctl/groups/${group}`, { leave: [persona] }, "PATCH");
export const savePersona = (persona) => post("/_ctl/personas", persona, "PUT");
export const changeNumber = (persona, to) => post(`/_ctl/personas/${persona}/change_number`, { to });
export const recycle = (persona, name) => post(`/_ctl/personas/${persona}/recycle`, { name });
export const send = (persona, draft) => post(`/_ctl/personas/${persona}/send`, draft);
export const read = (persona, line, group) => post(`/_ctl/personas/${persona}/read`, { phone_number_id: line, ...(group && { group }) });
export const played = (persona, wamid) => post(`/_ctl/personas/${persona}/read`, { wamid, played: true });

/** Puts a file on the customer's phone; a recording becomes a voice note on the way. */
export function upload(line, blob, filename, voice = false) {
  const query = new URLSearchParams({ phone_number_id: line, filename });
  if (voice) query.set("voice", "1");
  const mime = blob.type || "application/octet-stream";
  return ask(`/_ctl/media?${query}`, { method: "POST", headers: { "content-type": mime }, body: blob });
}

/** Calls `hear` for every change; EventSource reconnects by itself, and then everything is read again. */
export function listen(hear, onReconnect) {
  const source = new EventSource("/phone/api/events");
  let hasFailed = false;
  source.onmessage = (event) => hear(JSON.parse(event.data));
  source.onerror = () => { hasFailed = true; document.body.classList.add("is-offline"); };
  source.onopen = () => {
    document.body.classList.remove("is-offline");
    if (hasFailed) onReconnect();
    hasFailed = false;
  };
}

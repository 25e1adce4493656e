// whatsapp-api-js: sends everything, reads a file back, and parses what it is given on stdin.
import { readFileSync } from "node:fs";
import { WhatsAppAPI } from "whatsapp-api-js";
import { ActionButtons, ActionList, Body, BodyComponent, BodyParameter, Button, Image, Interactive, Language, ListSection, Reaction, Row, Template, Text } from "whatsapp-api-js/messages";

const { root, token, secret, line, to, inbound, webhooks } = JSON.parse(readFileSync(0, "utf8"));

// The library knows only Meta's host.
const toEmulator = (url, options) => fetch(String(url).replace("https://graph.facebook.com", root), options);
const api = new WhatsAppAPI({ token, appSecret: secret, v: "v24.0", ponyfill: { fetch: toEmulator } });

async function tour() {
  const picture = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(200, 7)]);
  const form = new FormData();
  form.set("messaging_product", "whatsapp");
  form.set("type", "image/jpeg");
  form.set("file", new Blob([picture], { type: "image/jpeg" }), "a.jpg");
  const uploaded = await api.uploadMedia(line, form);
  const { url } = await api.retrieveMedia(uploaded.id);
  const bytes = Buffer.from(await (await api.fetchMedia(url)).arrayBuffer());
  const send = async (message, cookie) => {
    const answer = await api.sendMessage(line, { phone: to }, message, undefined, cookie);
    if (answer.error) throw new Error(JSON.stringify(answer.error));
    return answer.messages[0].id;
  };
  const ids = {
    text: await send(new Text("Hello"), "api-js"),
    image: await send(new Image(uploaded.id, true, "Look")),
    buttons: await send(new Interactive(new ActionButtons(new Button("b1", "Yes")), new Body("Choose"))),
    list: await send(new Interactive(new ActionList("Open", new ListSection("Morning", new Row("r1", "9 am", "first"))), new Body("Choose"))),
    template: await send(new Template("conversation_reopen", new Language("en"), new BodyComponent(new BodyParameter("Ana")))),
    reaction: await send(new Reaction(inbound, "👍")),
  };
  const read = await api.markAsRead(line, inbound, "text");
  return { ids, read: read.success, downloaded: Buffer.compare(bytes, picture) === 0 };
}

async function parse() {
  const found = [];
  api.on.message = ({ message }) => found.push({ isSigned: true, messages: [[message.id, message.type]], statuses: [] });
  api.on.status = ({ id, status }) => found.push({ isSigned: true, messages: [], statuses: [[id, status]] });
  for (const { raw, signature } of webhooks) await api.post(JSON.parse(raw), raw, signature);
  return found;
}

console.log(JSON.stringify(webhooks ? await parse() : await tour()));

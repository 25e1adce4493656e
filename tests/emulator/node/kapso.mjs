// @kapso/whatsapp-cloud-api: sends everything, reads a file back, and parses what it is given on stdin.
import { readFileSync } from "node:fs";
import { WhatsAppClient } from "@kapso/whatsapp-cloud-api";
import { normalizeWebhook, verifySignature } from "@kapso/whatsapp-cloud-api/server";

const { root, token, secret, line, to, inbound, webhooks } = JSON.parse(readFileSync(0, "utf8"));

async function tour() {
  const client = new WhatsAppClient({ accessToken: token, baseUrl: root, graphVersion: "v24.0" });
  const base = { phoneNumberId: line, to };
  const picture = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(200, 7)]);
  const file = new Blob([picture], { type: "image/jpeg" });
  const uploaded = await client.media.upload({ phoneNumberId: line, type: "image/jpeg", file, fileName: "a.jpg" });
  const bytes = await client.media.download({ mediaId: uploaded.id, auth: "always" });
  const body = { type: "body", parameters: [{ type: "text", text: "Ana" }] };
  const template = { name: "conversation_reopen", language: { code: "en" }, components: [body] };
  const sections = [{ title: "Morning", rows: [{ id: "r1", title: "9 am", description: "first" }] }];
  const answers = {
    text: await client.messages.sendText({ ...base, body: "Hello", bizOpaqueCallbackData: "kapso" }),
    image: await client.messages.sendImage({ ...base, image: { id: uploaded.id, caption: "Look" } }),
    buttons: await client.messages.sendInteractiveButtons({ ...base, bodyText: "Choose", buttons: [{ id: "b1", title: "Yes" }] }),
    list: await client.messages.sendInteractiveList({ ...base, bodyText: "Choose", buttonText: "Open", sections }),
    template: await client.messages.sendTemplate({ ...base, template }),
    reaction: await client.messages.sendReaction({ ...base, reaction: { messageId: inbound, emoji: "👍" } }),
  };
  const read = await client.messages.markRead({ phoneNumberId: line, messageId: inbound });
  const ids = Object.fromEntries(Object.entries(answers).map(([kind, answer]) => [kind, answer.messages[0].id]));
  return { ids, read: read.success, downloaded: Buffer.compare(Buffer.from(bytes), picture) === 0 };
}

function parse() {
  return webhooks.map(({ raw, signature }) => {
    const isSigned = verifySignature({ appSecret: secret, rawBody: raw, signatureHeader: signature });
    const { messages, statuses } = normalizeWebhook(JSON.parse(raw));
    return { isSigned, messages: messages.map((one) => [one.id, one.type]), statuses: statuses.map((one) => [one.id, one.status]) };
  });
}

console.log(JSON.stringify(webhooks ? parse() : await tour()));

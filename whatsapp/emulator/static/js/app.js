/** The phone page: which customer is played, which chat is open, and what to redraw when something happens. */

import * as api from "./api.js";
import { showChat, showEmpty, updateChat } from "./chat.js";
import { showChats } from "./chats.js";
import { alertUser } from "./dom.js";
import { showPeople } from "./people.js";

const PAGE = 100;

const state = { personas: [], lines: [], persona: null, line: null, group: null, chats: [], chat: null, limit: PAGE };

/** What the panes may do; they get data and call these. */
const actions = {
  async openPersona(id) {
    await go(id, null);
  },
  async openChat(line, group = null) {
    await go(state.persona?.id ?? null, line, false, group);
  },
  async makeGroup(group) {
    const made = await attempt(() => api.makeGroup(group));
    if (made) await go(state.persona.id, group.phone_number_id, false, made.id);
  },
  async leaveGroup() {
    if (await attempt(() => api.leaveGroup(state.group, state.persona.id))) await go(state.persona.id, null);
  },
  closeChat: () => go(state.persona?.id ?? null, null),
  closePersona: () => go(null, null),
  async savePersona(persona) {
    const saved = await attempt(() => api.savePersona(persona));
    if (saved) await refresh();
    return saved?.personas[0];
  },
  async changeNumber(to) {
    const moved = await attempt(() => api.changeNumber(state.persona.id, to));
    if (moved) await go(moved.id, null, true);
  },
  async recycle(name) {
    const heir = await attempt(() => api.recycle(state.persona.id, name));
    if (heir) await go(heir.id, null, true);
  },
  send: (draft) => attempt(() => api.send(state.persona.id, { phone_number_id: state.line.phone_number_id, ...(state.group && { group: state.group }), ...draft })),
  upload: (blob, filename, voice) =>
    attempt(() => api.upload(state.line.phone_number_id, blob, filename, voice)),
  played: (wamid) => attempt(() => api.played(state.persona.id, wamid)),
  async showEarlier() {
    state.limit += PAGE;
    await refreshChat();
  },
};

async function attempt(work) {
  try {
    return await work();
  } catch (problem) {
    alertUser(problem.message);
    return null;
  }
}

async function go(persona, line, replace = false, group = null) {
  const query = line ? `?line=${line}${group ? `&group=${encodeURIComponent(group)}` : ""}` : "";
  const path = persona ? `/phone/${persona}${query}` : "/phone/";
  history[replace ? "replaceState" : "pushState"](null, "", path);
  await follow();
}

/** Makes the page show what the address says. */
async function follow() {
  const [, , persona] = location.pathname.split("/");
  const asked = new URLSearchParams(location.search);
  const line = asked.get("line");
  state.persona = state.personas.find((one) => one.id === persona) ?? null;
  state.line = (state.persona && state.lines.find((one) => one.phone_number_id === line)) || null;
  state.group = state.line && asked.get("group");
  state.limit = PAGE;
  state.chat = null;
  await refreshChats();
  if (state.line) {
    showChat(state, actions);
    await refreshChat();
    document.querySelector("[data-testid=phone-input]")?.focus({ preventScroll: true });
  } else showEmpty(state, actions);
  draw();
}

function draw() {
  const phone = document.getElementById("phone");
  phone.dataset.view = state.line ? "chat" : state.persona ? "chats" : "people";
  document.title = state.persona ? `${state.persona.name} – Phone` : "Phone";
  showPeople(state, actions);
  showChats(state, actions);
}

async function refresh() {
  Object.assign(state, await api.getState());
  const same = (list, key, one) => list.find((other) => one && other[key] === one[key]) ?? null;
  state.persona = same(state.personas, "id", state.persona);
  state.line = same(state.lines, "phone_number_id", state.line);
  await refreshChats();
  if (state.line) updateChat(state, actions);
}

async function refreshChats() {
  state.chats = state.persona ? (await api.getChats(state.persona.id)).chats : [];
  draw();
  // "typing…" ends without an event.
  if (state.chats.some((one) => one.typing)) setTimeout(soonChats, 5000);
}

async function refreshChat() {
  const { persona, line } = state;
  if (!persona || !line) return;
  const { group } = state;
  const chat = await api.getChat(line.phone_number_id, persona.id, state.limit, group);
  // The answer may come after another chat was opened.
  if (state.persona?.id !== persona.id || state.line?.phone_number_id !== line.phone_number_id || state.group !== group) return;
  state.chat = chat;
  updateChat(state, actions);
  await look();
}

/** Whoever has the chat open and in view has read it. */
async function look() {
  const isUnread = state.chat?.bubbles.some((one) => !one.mine && !one.seen && !one.error);
  const isReachable = ["online", "slow", "receipts_off"].includes(state.persona?.presence);
  if (isUnread && isReachable && document.visibilityState === "visible") {
    await api.read(state.persona.id, state.line.phone_number_id, state.group);
  }
}

/** Many events in a row cause one redraw. */
function gather(work, pause = 40) {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(() => work().catch((problem) => alertUser(problem.message)), pause);
  };
}

const soonChats = gather(refreshChats);
const soonChat = gather(refreshChat);
const soonAll = gather(async () => {
  await refresh();
  await refreshChat();
});

function hear(event) {
  if (event.type === "message" || event.type === "typing") {
    const isMine = event.persona === state.persona?.id || state.chats.some((one) => one.group === event.persona);
    if (!isMine) return;
    soonChats();
    if (event.phone_number_id === state.line?.phone_number_id) soonChat();
  } else soonAll();
}

window.addEventListener("popstate", () => follow());
document.addEventListener("visibilitychange", () => look());
api.listen(hear, soonAll);
await attempt(async () => {
  Object.assign(state, await api.getState());
  await follow();
});

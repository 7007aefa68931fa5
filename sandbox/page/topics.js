// Whoever shows a forum's topics and a bot's own keyboard below the field: two rows of buttons that belong to a chat, not to a message.

import { byId, el } from "./dom.js";

const GENERAL = 0;

/** Topics are known by the messages that created them; "All" shows every topic and speaks in General. */
export function drawTopics(chat, messages, thread, choose) {
  const strip = byId("topics");
  strip.hidden = !chat.is_forum;
  if (!chat.is_forum) return;
  const made = messages.filter((message) => message.forum_topic_created);
  const named = made.map((message) => [message.message_thread_id ?? message.message_id, message.forum_topic_created.name]);
  const button = ([id, name]) => {
    const look = { type: "button", class: "topic", dir: "auto", "aria-pressed": String(id === (thread ?? null)) };
    return el("button", { ...look, click: () => choose(id) }, name);
  };
  strip.replaceChildren(...[[null, "All"], [GENERAL, "General"], ...named].map(button));
}

/** The newest message that brings or takes away a keyboard decides. */
export function drawReplyKeyboard(messages, send) {
  const holder = byId("reply-keyboard");
  const latest = messages.findLast(({ reply_markup: markup }) => markup?.keyboard || markup?.remove_keyboard);
  const rows = latest?.reply_markup.keyboard ?? [];
  holder.hidden = rows.length === 0;
  const words = (button) => (typeof button === "string" ? button : button.text);
  const key = (name) => el("button", { type: "button", class: "key", dir: "auto", click: () => send(name) }, name);
  holder.replaceChildren(...rows.map((row) => el("div", { class: "keys" }, row.map((button) => key(words(button))))));
}

// Whoever draws a message's buttons and waits for the answer to a press. A pressed button stays busy until the bot answers,
// also when the bot edits the message meanwhile; the answer may come by the stream before the press itself is acknowledged.

import { el, icon } from "./dom.js";
import { showAlert, showToast } from "./notice.js";
import * as server from "./server.js";

const PATIENCE_MS = 30_000;
const waiting = new Map();
const early = new Map();
const busyKey = (chat, message, data) => `${chat}/${message}/${data}`;

export function keyboardElement(message, chat) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  const keys = (row) => row.map((button) => key(button, message, chat));
  return el("div", { class: "keyboard", role: "group", "aria-label": "Buttons" }, rows.map((row) => el("div", { class: "keys" }, keys(row))));
}

function key(button, message, chat) {
  const look = { class: `key ${button.style ?? ""}`.trim() };
  const words = el("span", { dir: "auto" }, button.text);
  if (button.callback_data !== undefined) {
    const busy = isBusy(chat, message.message_id, button.callback_data);
    return el("button", { ...look, type: "button", "data-callback": button.callback_data, "aria-busy": busy && "true" }, words);
  }
  if (button.url && /^(https?|tg):/i.test(button.url)) {
    return el("a", { ...look, href: button.url, target: "_blank", rel: "noopener noreferrer" }, words, icon("link"));
  }
  if (button.copy_text) return el("button", { ...look, type: "button", "data-copy": button.copy_text.text }, words, icon("copy"));
  return el("button", { ...look, type: "button", disabled: true, title: "This kind of button does nothing in the sandbox" }, words);
}

const isBusy = (chat, message, data) => [...waiting.values()].some((press) => press.key === busyKey(chat, message, data));

function settle(press) {
  waiting.delete(press.callback);
  clearTimeout(press.timer);
  for (const node of document.querySelectorAll(`[data-message-id="${press.message}"] .key[aria-busy]`)) {
    if (node.dataset.callback === press.data && !isBusy(press.chat, press.message, press.data)) node.removeAttribute("aria-busy");
  }
}

export async function pressButton(node, view, { message_id: message }) {
  const data = node.dataset.callback;
  const [person, chat] = [view.person.id, view.chat.id];
  if (isBusy(chat, message, data) || node.hasAttribute("aria-busy")) return;
  node.setAttribute("aria-busy", "true");
  try {
    const { callback } = await server.press(person, chat, message, data);
    const press = { callback: String(callback), person, chat, message, data, key: busyKey(chat, message, data) };
    press.timer = setTimeout(() => giveUp(press), PATIENCE_MS);
    waiting.set(press.callback, press);
    const answer = early.get(press.callback);
    if (answer) answered(answer);
  } catch (problem) {
    node.removeAttribute("aria-busy");
    showToast(problem.message);
  }
}

function giveUp(press) {
  settle(press);
  showToast("The bot has not answered this press.");
}

/** An `answered` event. Presses made in another tab or before this page was loaded are not ours to tell. */
export function answered(event) {
  const press = waiting.get(String(event.callback));
  if (!press) {
    early.set(String(event.callback), event);
    if (early.size > 50) early.delete(early.keys().next().value);
    return;
  }
  early.delete(press.callback);
  settle(press);
  if (!event.text) return;
  if (event.show_alert) showAlert(event.text);
  else showToast(event.text);
}

/** After a break an answer may have been missed: ask for each press that still waits. */
export async function askAgain() {
  for (const press of [...waiting.values()]) {
    const state = await server.pressed(press.person, press.callback).catch(() => ({ answered: true }));
    if (state.answered) answered({ ...state, callback: press.callback });
  }
}

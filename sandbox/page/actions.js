// Whoever offers what can be done with one message: react, reply, edit, copy, delete.

import * as conversation from "./conversation.js";
import { byId, copy, el, icon } from "./dom.js";
import { showToast } from "./notice.js";
import { inColour } from "./words.js";

const QUICK = ["👍", "❤", "🔥", "👏", "🙏", "👀"];
const MOST_QUICK = 6;
const menu = byId("actions");
const phone = byId("phone");
let doing = null;
let origin = null;

/** acts: {view(), reply(message), edit(message), remove(message), react(message, emoji)} */
export function offerActions(acts) {
  doing = acts;
}

export function openActions(node, x, y) {
  const message = conversation.find(node.dataset.messageId);
  if (!message || node.matches(".service")) return;
  origin = node;
  node.classList.add("chosen");
  menu.replaceChildren(...[emojiRow(message), ...items(message)].filter(Boolean));
  menu.hidden = false;
  place(x, y);
  menu.querySelector("button").focus({ preventScroll: true });
}

function emojiRow(message) {
  const mine = message.reactions?.find(({ user }) => user === doing.view().person.id)?.emoji;
  const offered = (doing.view().chat.reactions ?? QUICK).slice(0, MOST_QUICK);
  if (!offered.length) return null;
  const buttons = offered.map((emoji) => emojiButton(message, emoji, emoji === mine));
  return el("div", { class: "emoji-row", role: "group", "aria-label": "Reactions" }, buttons);
}

function emojiButton(message, emoji, chosen) {
  const look = { type: "button", role: "menuitemradio", class: "emoji", "aria-checked": String(chosen), "aria-label": `React with ${emoji}` };
  return el("button", { ...look, click: () => done(doing.react, message, emoji) }, inColour(emoji));
}

function items(message) {
  const own = message.from?.id === doing.view().person.id;
  const words = message.text ?? message.caption;
  return [
    item("reply", "Reply", doing.reply, message),
    own && words && item("edit", "Edit", doing.edit, message),
    words && item("copy", "Copy text", copyWords, message),
    own && item("delete", "Delete", doing.remove, message),
  ].filter(Boolean);
}

function item(name, title, act, message) {
  const look = { type: "button", role: "menuitem", class: "action", "data-action": name };
  return el("button", { ...look, click: () => done(act, message) }, icon(name), title);
}

async function copyWords(message) {
  showToast((await copy(message.text ?? message.caption)) ? "Copied" : "The browser did not let this be copied.");
}

function done(act, ...what) {
  closeActions();
  act(...what);
}

/** Beside the finger, but always within the phone. */
function place(x, y) {
  const frame = phone.getBoundingClientRect();
  const left = Math.min(x - frame.left, frame.width - menu.offsetWidth - 8);
  const top = Math.min(y - frame.top, frame.height - menu.offsetHeight - 8);
  menu.style.left = `${Math.max(8, left)}px`;
  menu.style.top = `${Math.max(8, top)}px`;
}

function closeActions() {
  if (menu.hidden) return;
  menu.hidden = true;
  origin?.classList.remove("chosen");
  origin?.focus({ preventScroll: true });
  origin = null;
}

function step(by) {
  const buttons = [...menu.querySelectorAll("button")];
  const at = buttons.indexOf(document.activeElement);
  buttons[(at + by + buttons.length) % buttons.length].focus();
}

menu.addEventListener("keydown", (event) => {
  const moves = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
  if (moves[event.key]) {
    event.preventDefault();
    step(moves[event.key]);
  } else if (event.key === "Escape" || event.key === "Tab") {
    event.preventDefault();
    closeActions();
  }
});
addEventListener("pointerdown", (event) => {
  if (!menu.hidden && !menu.contains(event.target)) {
    // The tap that closes the menu must not open it again on the message below.
    addEventListener("click", (click) => click.stopPropagation(), { capture: true, once: true });
    closeActions();
  }
}, { capture: true });
// Only where the person scrolls: a message that arrives scrolls too, and must not take the menu away.
for (const kind of ["wheel", "touchmove"]) byId("scroll").addEventListener(kind, closeActions, { passive: true });

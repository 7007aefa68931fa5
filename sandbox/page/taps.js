// Whoever answers taps and keys inside the conversation: buttons, commands, spoilers, quotes, links to the bot, and the menu of a message.

import { openActions } from "./actions.js";
import * as conversation from "./conversation.js";
import { byId, copy } from "./dom.js";
import { pressButton } from "./keyboard.js";
import { showToast } from "./notice.js";

const list = byId("messages");
const PASSIVE = "a, button, [role=button], code, pre";

/** doing: {view(), send(text), react(message, emoji), start(username, payload)} */
export function listenToTaps(doing) {
  list.addEventListener("click", (event) => tapped(event, doing));
  list.addEventListener("contextmenu", (event) => {
    const node = event.target.closest(".message");
    if (!node || event.target.closest("a, img")) return;
    event.preventDefault();
    openActions(node, event.clientX, event.clientY);
  });
  list.addEventListener("keydown", (event) => typed(event));
}

const TAPS = [
  ["[data-callback]", (node, message, doing) => pressButton(node, doing.view(), message)],
  ["[data-copy]", async (node) => showToast((await copy(node.dataset.copy)) ? "Copied" : "The browser did not let this be copied.")],
  ["[data-command]", (node, message, doing) => doing.send(node.dataset.command)],
  ["[data-spoiler]:not(.shown)", (node) => node.closest(".message").querySelectorAll(".spoiler").forEach(reveal)],
  ["[data-fold]", (node) => unfold(node)],
  ["[data-go]", (node) => conversation.goTo(Number(node.dataset.go)) || showToast("That message is no longer here.")],
  ["[data-react]", (node, message, doing) => doing.react(message, node.dataset.react)],
];

function tapped(event, doing) {
  const node = event.target.closest(".message");
  if (!node) return;
  const message = conversation.find(node.dataset.messageId);
  for (const [selector, act] of TAPS) {
    const target = event.target.closest(selector);
    if (target) return void act(target, message, doing);
  }
  const anchor = event.target.closest("a[href]");
  if (anchor) return followToBot(anchor, event, doing);
  const plain = event.target.closest(".bubble") && !event.target.closest(PASSIVE);
  if (plain && getSelection().isCollapsed) openActions(node, event.clientX, event.clientY);
}

/** t.me links to a bot of this world stay in this world. */
function followToBot(anchor, event, doing) {
  const address = new URL(anchor.href);
  const direct = address.hostname === "t.me" && address.pathname.slice(1);
  const username = direct || (address.protocol === "tg:" && address.searchParams.get("domain"));
  if (username && doing.start(username, address.searchParams.get("start"))) event.preventDefault();
}

function reveal(spoiler) {
  spoiler.classList.add("shown");
  for (const name of ["role", "tabindex", "aria-label"]) spoiler.removeAttribute(name);
}

function unfold(button) {
  const folded = button.closest(".quote").classList.toggle("folded");
  button.textContent = folded ? "Show more" : "Show less";
  button.setAttribute("aria-expanded", String(!folded));
}

function typed(event) {
  const tap = event.target.closest("[role=button]");
  if (tap && (event.key === "Enter" || event.key === " ")) {
    event.preventDefault();
    tap.click();
    return;
  }
  if (!event.target.matches(".message")) return;
  if (event.key === "Enter" || event.key === "ContextMenu") {
    event.preventDefault();
    const place = (event.target.querySelector(".bubble") ?? event.target).getBoundingClientRect();
    openActions(event.target, place.left + 24, place.top + 24);
  } else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
    event.preventDefault();
    walk(event.target, event.key === "ArrowUp" ? "previousElementSibling" : "nextElementSibling");
  }
}

/** One message at a time can be reached with Tab; the arrows go on from there. */
function walk(node, direction) {
  let next = node[direction];
  while (next && !next.matches(".message")) next = next[direction];
  if (!next) return;
  node.setAttribute("tabindex", "-1");
  next.setAttribute("tabindex", "0");
  next.focus();
}

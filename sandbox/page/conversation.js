// Whoever keeps the conversation that is looked at: its messages, the part of it that is drawn, and where one has scrolled to.

import { messageElement } from "./bubble.js";
import { byId, el, oncePerFrame } from "./dom.js";
import { speak } from "./notice.js";
import { dayHeading, dayKey, gist, nameOf, serviceText } from "./words.js";

const PAGE = 120;
const NEAR_END_PX = 80;
const RUN_SECONDS = 600;

const scroll = byId("scroll");
const list = byId("messages");
const messages = new Map();
const nodes = new Map();
let view = null;
let drawn = PAGE;
let missed = 0;
let pinned = true;
let knownSize = "";

export const find = (id) => messages.get(Number(id));
export const all = () => [...messages.values()].sort((one, other) => one.message_id - other.message_id);

/** Begin another conversation: nothing of the one before stays. */
export function open(next) {
  view = next;
  messages.clear();
  nodes.clear();
  drawn = PAGE;
  missed = 0;
  pinned = true;
  list.replaceChildren();
  byId("empty").hidden = true;
}

/** What the sandbox says is there. What came by the stream while it was asked is newer and stays. */
export function fill(found) {
  const newest = found.at(-1)?.message_id ?? 0;
  const present = new Set(found.map((message) => message.message_id));
  for (const id of messages.keys()) if (id <= newest && !present.has(id)) messages.delete(id);
  // A reaction that was taken back meanwhile is told by its absence here, unlike in an event about the message alone.
  for (const message of found) keep({ ...message, reactions: message.reactions ?? [] });
  draw();
}

/** Unchanged messages stay the same object, so they are not drawn again. */
function keep(message) {
  const old = messages.get(message.message_id);
  if (old && message.reactions === undefined && old.reactions) message.reactions = old.reactions;
  if (!old || JSON.stringify(old) !== JSON.stringify(message)) messages.set(message.message_id, message);
}

export function put(message, isNew) {
  const incoming = isNew && !messages.has(message.message_id) && message.from?.id !== view.person.id;
  keep(message);
  if (incoming) {
    speak(`${nameOf(message.from)}: ${gist(message)}`);
    if (!pinned) missed += 1;
  }
  plan();
}

export function drop(id) {
  messages.delete(id);
  plan();
}

export function setReactions(id, reactions) {
  const message = messages.get(id);
  if (message) messages.set(id, { ...message, reactions });
  plan();
}

/** All of it anew, as when the time zone has changed. */
export function redraw() {
  nodes.clear();
  draw();
}

/** Only one topic of a forum, or all (null). */
export function showTopic(thread) {
  view.thread = thread;
  draw();
  toEnd();
}

const plan = oncePerFrame(draw);

function inTopic(message) {
  if (view.thread === null || view.thread === undefined) return true;
  return (message.message_thread_id ?? 0) === view.thread;
}

export function draw() {
  if (!view) return;
  const fitting = all().filter(inTopic);
  const shown = fitting.slice(-drawn);
  byId("earlier").hidden = shown.length === fitting.length;
  byId("empty").hidden = fitting.length > 0;
  const wanted = [];
  shown.forEach((message, index) => {
    const before = shown[index - 1];
    if (!before || dayKey(before.date) !== dayKey(message.date)) wanted.push(dayNode(message));
    const node = nodeFor(message);
    node.classList.toggle("first", !sameRun(before, message));
    node.classList.toggle("last", !sameRun(message, shown[index + 1]));
    wanted.push(node);
  });
  arrange(wanted);
  if (pinned) toEnd();
  showMissed();
}

function sameRun(one, other) {
  if (!one || !other || serviceText(one) || serviceText(other)) return false;
  return one.from?.id === other.from?.id && other.date - one.date < RUN_SECONDS && dayKey(one.date) === dayKey(other.date);
}

function nodeFor(message) {
  const id = message.message_id;
  const known = nodes.get(id);
  if (known?.message === message) return known.node;
  const node = messageElement(message, view);
  const refocus = known?.node.contains(document.activeElement);
  if (known) known.node.replaceWith(node);
  nodes.set(id, { message, node });
  if (refocus) node.focus({ preventScroll: true });
  return node;
}

function dayNode(message) {
  const heading = dayHeading(message.date, view.now());
  const key = `${dayKey(message.date)} ${heading}`;
  if (!nodes.has(key)) nodes.set(key, { node: el("li", { class: "day" }, el("span", {}, heading)) });
  return nodes.get(key).node;
}

/** Puts the wanted nodes in order and moves none that already stands right, so focus and scrolling survive. */
function arrange(wanted) {
  const staying = new Set(wanted);
  for (const child of [...list.children]) if (!staying.has(child)) child.remove();
  let at = list.firstElementChild;
  for (const node of wanted) {
    if (node === at) at = at.nextElementSibling;
    else list.insertBefore(node, at);
  }
  const reachable = list.querySelector('[tabindex="0"].message');
  if (!reachable) list.querySelector(".message:last-child")?.setAttribute("tabindex", "0");
  list.querySelectorAll(".quote.folded:not(.measured)").forEach(measureQuote);
}

/** A folded quote that is short enough anyway needs no button. */
function measureQuote(quote) {
  const lines = quote.firstElementChild;
  quote.classList.add("measured");
  if (lines.scrollHeight <= lines.clientHeight + 2) quote.classList.add("short");
}

const sizeNow = () => `${scroll.clientHeight} ${scroll.scrollHeight}`;
const atEnd = () => scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < NEAR_END_PX;

export function toEnd() {
  scroll.scrollTop = scroll.scrollHeight;
  pinned = true;
  missed = 0;
  showMissed();
}

function showMissed() {
  if (pinned) missed = 0;
  byId("to-end").hidden = pinned || atEnd();
  byId("to-end-count").hidden = missed === 0;
  byId("to-end-count").textContent = String(missed);
}

export function goTo(id) {
  if (!messages.has(id)) return false;
  drawn = Math.max(drawn, all().filter((message) => message.message_id >= id).length + 5);
  pinned = false;
  draw();
  const node = nodes.get(id)?.node;
  node?.scrollIntoView({ block: "center" });
  node?.classList.add("flash");
  setTimeout(() => node?.classList.remove("flash"), 1400);
  return true;
}

// A scroll that comes with a change of size is the browser's doing, not the person's: it doesn't unpin.
scroll.addEventListener("scroll", () => {
  if (sizeNow() === knownSize) pinned = atEnd();
  showMissed();
}, { passive: true });
byId("to-end").addEventListener("click", toEnd);
byId("earlier").addEventListener("click", () => {
  const fromEnd = scroll.scrollHeight - scroll.scrollTop;
  drawn += PAGE;
  draw();
  scroll.scrollTop = scroll.scrollHeight - fromEnd;
});

// The composer grows, a phone's keyboard opens, a picture arrives: whoever was at the end stays there.
const sizes = new ResizeObserver(() => {
  knownSize = sizeNow();
  if (pinned) toEnd();
});
sizes.observe(scroll);
sizes.observe(list);

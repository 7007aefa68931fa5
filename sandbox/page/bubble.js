// Whoever draws one message: a bubble with its sender, quote, media, words, time, reactions and keyboard.

import { runsFromTheRight } from "./direction.js";
import { avatar, el, icon, tintOf } from "./dom.js";
import { richText } from "./entities.js";
import { keyboardElement } from "./keyboard.js";
import { mediaOf } from "./media.js";
import { gist, inColour, nameOf, serviceText, timeOf } from "./words.js";

const BLOCK = /^(pre|blockquote|expandable_blockquote)$/;

/** view: {person, bot, chat} — who looks, which bot is the first one, and where. */
export function messageElement(message, view) {
  const service = serviceText(message);
  if (service) return frame(message, "service", el("span", { class: "service-text", dir: "auto" }, service));
  const own = message.from?.id === view.person.id;
  const group = view.chat.type !== "private";
  const face = group && !own && avatar(message.from, nameOf(message.sender_chat ?? message.from), "small");
  const stack = el("div", { class: "stack" }, bubble(message, view, own, group), keyboardElement(message, view.chat.id));
  return frame(message, own ? "own" : "other", face, stack);
}

function frame(message, kind, ...children) {
  const label = `${nameOf(message.from)}, ${timeOf(message.date)}`;
  return el(
    "li",
    { class: `message ${kind}`, "data-message-id": message.message_id, "data-from": message.from?.id, tabindex: "-1", "aria-label": label },
    ...children,
  );
}

function bubble(message, view, own, group) {
  const words = message.text ?? message.caption;
  const media = mediaOf(message);
  const stranger = !own && (group || message.from?.id !== view.bot.id);
  const parts = [
    stranger && sender(message),
    message.forward_origin && el("div", { class: "forwarded" }, `Forwarded from ${origin(message.forward_origin)}`),
    // In a topic Telegram makes every message a reply to the one that created it; clients don't show that.
    message.reply_to_message && !message.reply_to_message.forum_topic_created && quoted(message),
  ];
  const text = words && el("div", { class: "text" }, richText(words, message.entities ?? message.caption_entities));
  const body = message.show_caption_above_media ? [text, media] : [media, text];
  if (!words && !media) body.push(el("div", { class: "text quiet" }, "A message this page can't show."));
  const node = el("div", { class: "bubble" }, ...parts, ...body, reactions(message, view), meta(message, own));
  if (media && !words) node.classList.add("media-only");
  if (timeNeedsRow(message, words)) node.classList.add("time-below");
  return node;
}

/** The time sits at the right end of the last line, which is taken where the line runs to the right or is a block. */
function timeNeedsRow(message, words) {
  if (!words || message.reactions?.length || message.show_caption_above_media) return true;
  const entities = message.entities ?? message.caption_entities ?? [];
  const endsInBlock = entities.some(({ type, offset, length }) => BLOCK.test(type) && offset + length >= words.trimEnd().length);
  return endsInBlock || runsFromTheRight(words.slice(words.lastIndexOf("\n") + 1));
}

function sender(message) {
  const from = message.sender_chat ?? message.from;
  return el("div", { class: `sender name-${tintOf(from)}`, dir: "auto" }, nameOf(from));
}

const origin = (from) => from.sender_user_name ?? nameOf(from.sender_user ?? from.sender_chat ?? from.chat);

function quoted(message) {
  const target = message.reply_to_message;
  const words = message.quote?.text ?? gist(target);
  return el(
    "button",
    { type: "button", class: "reply", "data-go": target.message_id, "aria-label": `In reply to ${nameOf(target.from)}: ${words}` },
    el("b", { dir: "auto" }, nameOf(target.from)),
    el("span", { dir: "auto" }, words),
  );
}

function reactions(message, view) {
  if (!message.reactions?.length) return null;
  const byEmoji = new Map();
  for (const { emoji, user } of message.reactions) byEmoji.set(emoji, [...(byEmoji.get(emoji) ?? []), user]);
  const chips = [...byEmoji].map(([emoji, users]) => reaction(emoji, users.length, users.includes(view.person.id)));
  return el("div", { class: "reactions" }, chips);
}

function reaction(emoji, count, mine) {
  const label = `${emoji} ${count}${mine ? ", yours too" : ""}`;
  const look = { type: "button", class: "reaction", "data-react": emoji, "aria-pressed": String(mine), "aria-label": label };
  return el("button", look, el("span", { class: "emoji" }, inColour(emoji)), el("span", {}, String(count)));
}

function meta(message, own) {
  return el(
    "span",
    { class: "meta" },
    message.edit_date && el("span", { class: "edited" }, "edited"),
    el("time", { datetime: new Date(message.date * 1000).toISOString() }, timeOf(message.date)),
    own && icon("check"),
  );
}

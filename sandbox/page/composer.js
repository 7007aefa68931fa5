// Whoever writes for the person: the field, what it refers to (a reply, an edit, a file), and sending.

import { byId } from "./dom.js";
import { showToast } from "./notice.js";
import * as server from "./server.js";
import { gist, nameOf, size } from "./words.js";

const field = byId("composer");
const form = byId("composer-form");
const keyboardIsReal = matchMedia("(hover: hover) and (pointer: fine)");
const drafts = new Map();
let view = null;
let about = null;
let sending = false;
let hooks = null;

const draftKey = () => `${view.person.id}/${view.chat.id}`;

/** acts: {sent(message), typed(text), lastOwn()} */
export function prepareComposer(acts) {
  hooks = acts;
}

export function writeIn(next) {
  if (view && about?.kind !== "edit") drafts.set(draftKey(), field.value);
  view = next;
  refer(null);
  setText(drafts.get(draftKey()) ?? "");
  field.placeholder = view.chat.type === "private" ? `Message as ${view.person.first_name}` : `Message the group as ${view.person.first_name}`;
}

export function setText(text) {
  field.value = text;
  changed();
}

function changed() {
  // Only a height read anew can shrink as well as grow.
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight, 160)}px`;
  byId("send").disabled = !field.value.trim() && !about?.files;
  hooks.typed(about?.kind === "edit" ? "" : field.value);
}

export function reply(message) {
  refer({ kind: "reply", message, title: `Reply to ${nameOf(message.from)}`, words: gist(message) });
  field.focus();
}

export function edit(message) {
  refer({ kind: "edit", message, title: "Edit message", words: gist(message) });
  setText(message.text ?? message.caption);
  field.focus();
}

function attach(list) {
  const files = [...list];
  if (!files.length) return;
  const whole = size(files.reduce((sum, file) => sum + file.size, 0));
  const title = files.length > 1 ? `Album of ${files.length}` : files[0].name;
  refer({ kind: "file", files, title, words: `${whole}, with the text below as its caption` });
  changed();
  field.focus();
}

function refer(next) {
  if (about?.kind === "edit" && next?.kind !== "edit") setText("");
  about = next;
  byId("context").hidden = !about;
  if (!about) return;
  byId("context-icon").setAttribute("href", `#i-${about.kind}`);
  byId("context-title").textContent = about.title;
  byId("context-preview").textContent = about.words;
}

function deliver(text) {
  const { person, chat, thread } = view;
  if (about?.kind === "edit") return server.edit(person.id, chat.id, about.message.message_id, text);
  if (about?.kind === "file") return server.send(person.id, chat.id, about.files, text);
  const replyTo = about?.kind === "reply" ? about.message.message_id : undefined;
  return server.say(person.id, chat.id, text, replyTo, thread);
}

/** What was typed stays in the field until the sandbox has taken it. */
async function submit() {
  const text = field.value.trim();
  if (sending || !view || (!text && !about?.files)) return;
  sending = true;
  const at = view;
  try {
    const message = await deliver(text);
    drafts.delete(`${at.person.id}/${at.chat.id}`);
    if (view === at) {
      about = null;
      refer(null);
      setText("");
      for (const one of [message].flat()) hooks.sent(one);
    }
  } catch (problem) {
    showToast(problem.message);
  } finally {
    sending = false;
  }
}

export async function sendNow(text) {
  try {
    hooks.sent(await server.say(view.person.id, view.chat.id, text, undefined, view.thread));
  } catch (problem) {
    showToast(problem.message);
  }
}

function cancel() {
  refer(null);
  changed();
  field.focus();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  submit();
});
field.addEventListener("input", changed);
field.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing) return;
  if (event.key === "Enter" && !event.shiftKey && keyboardIsReal.matches) {
    event.preventDefault();
    submit();
  } else if (event.key === "Escape" && about) {
    cancel();
  } else if (event.key === "ArrowUp" && !field.value && !about) {
    const last = hooks.lastOwn();
    if (last) {
      event.preventDefault();
      edit(last);
    }
  }
});
field.addEventListener("paste", (event) => {
  const { files } = event.clipboardData;
  if (!files.length) return;
  event.preventDefault();
  attach(files);
});
byId("context-cancel").addEventListener("click", cancel);
byId("attach").addEventListener("click", () => byId("file").click());
byId("file").addEventListener("change", (event) => {
  attach(event.target.files);
  event.target.value = "";
});
byId("phone").addEventListener("dragover", (event) => {
  if (event.dataTransfer.types.includes("Files")) event.preventDefault();
});
byId("phone").addEventListener("drop", (event) => {
  if (!event.dataTransfer.files.length) return;
  event.preventDefault();
  attach(event.dataTransfer.files);
});
byId("skip").addEventListener("click", (event) => {
  event.preventDefault();
  field.focus();
});
